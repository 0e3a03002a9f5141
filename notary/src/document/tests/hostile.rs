//! Files as nobody should write them.

use super::super::{Kind, Structure, read};
use super::paper::{
    self, CATALOG, CONTENT, FREE, NOW, PAGE, PAGE_TEXT, SIGNATURE, Signing, WIDGET, issued, object, stream,
};
use super::sound::PASSED;
use proptest::prelude::*;
use rstest::rstest;
use shared::signatures::{Finding, Reason};

const fn failed(reason: Reason) -> Finding {
    Finding::Failed(reason)
}

fn findings(file: &[u8]) -> Structure {
    read(file, Some(&issued()), NOW).findings
}

fn signed(signing: &Signing) -> Structure {
    findings(&signing.sign(&issued().bytes))
}

#[rstest]
#[case::empty(b"", Reason::Empty)]
#[case::page_of_the_web(b"<!DOCTYPE html><html></html>", Reason::OtherType)]
#[case::text_before_the_header(b"x%PDF-1.7\n", Reason::OtherType)]
#[case::nothing_but_a_header(b"%PDF-1.7\n", Reason::Malformed)]
#[case::a_picture(b"\x89PNG\r\n\x1a\n", Reason::OtherType)]
fn what_is_no_signed_file_is_named(#[case] file: &[u8], #[case] reason: Reason) {
    assert_eq!(
        findings(file),
        Structure {
            file: failed(reason),
            ..Structure::NONE
        }
    );
}

#[test]
fn a_file_is_read_up_to_the_limit_and_not_beyond() {
    let mut file = Signing::default().sign(&issued().bytes);
    let room = super::super::limits::FILE - file.len();
    let filler = stream(FREE, "", &vec![b'x'; room - 200]);
    let padded = Signing::default().with(filler).sign(&issued().bytes);
    assert!(padded.len() <= super::super::limits::FILE);
    assert_eq!(findings(&padded), PASSED);
    file.resize(super::super::limits::FILE + 1, b' ');
    assert_eq!(findings(&file).file, failed(Reason::TooLarge));
}

#[rstest]
#[case::javascript("<< /S /JavaScript /JS (app.alert) >>", Reason::ActiveContent)]
#[case::escaped_name("<< /S /J#61vaScript >>", Reason::ActiveContent)]
#[case::launch("<< /Type /Action /S /Launch /F (calc.exe) >>", Reason::ActiveContent)]
#[case::form_sent("<< /S /SubmitForm >>", Reason::ActiveContent)]
#[case::data_fetched("<< /S /ImportData >>", Reason::ActiveContent)]
#[case::other_file("<< /S /GoToR >>", Reason::ActiveContent)]
#[case::further_actions("<< /AA << >> >>", Reason::ActiveContent)]
#[case::opening_action("<< /OpenAction << /S /GoTo >> >>", Reason::ActiveContent)]
#[case::opening_action_elsewhere("<< /OpenAction 4 0 R >>", Reason::ActiveContent)]
#[case::xfa("<< /XFA [ (a) 4 0 R ] >>", Reason::ActiveContent)]
#[case::rich_media("<< /Subtype /RichMedia >>", Reason::ActiveContent)]
#[case::deep_inside("[ << /A [ << /B << /JS (x) >> >> ] >> ]", Reason::ActiveContent)]
#[case::attachment("<< /Type /Filespec /EF << /F 4 0 R >> >>", Reason::Attachment)]
#[case::attachments("<< /EmbeddedFiles << >> >>", Reason::Attachment)]
#[case::associated_file("<< /AF [ 4 0 R ] >>", Reason::Attachment)]
#[case::attached_note("<< /Subtype /FileAttachment >>", Reason::Attachment)]
fn active_content_is_found_wherever_it_stands(#[case] text: &str, #[case] reason: Reason) {
    let found = signed(&Signing::default().with(object(FREE, text)));
    assert_eq!(found.contents, failed(reason));
    // In a revision before the signature, and overwritten since.
    let base = paper::append(&issued().bytes, &[object(FREE, text)]);
    let found = findings(&Signing::default().with(object(FREE, "null")).sign(&base));
    assert_eq!(found.contents, failed(reason));
    // Inside an object stream.
    let packed = stream(
        FREE,
        "/Type /ObjStm /N 1 /First 5",
        format!("20 0 {text}").as_bytes(),
    );
    let found = signed(&Signing::default().with(packed));
    assert_eq!(found.contents, failed(reason));
}

#[test]
fn a_stream_with_its_data_elsewhere_is_active() {
    let found = signed(&Signing::default().with(stream(FREE, "/F (http://example.com/a)", b"")));
    assert_eq!(found.contents, failed(Reason::ActiveContent));
}

#[test]
fn an_encrypted_file_is_not_read() {
    let mut file = Signing::default().sign(&issued().bytes);
    paper::put(&mut file, b"/Info 6 0 R", "/Encrypt <<");
    paper::put(&mut file, b"/Prev", ">>/P ");
    assert_eq!(
        findings(&file),
        Structure {
            file: failed(Reason::Encrypted),
            ..Structure::NONE
        }
    );
}

#[test]
fn an_unsigned_request_is_unsigned() {
    let found = findings(&issued().bytes);
    let expected = Structure {
        one_signature: failed(Reason::Unsigned),
        coverage: Finding::Skipped,
        ..PASSED
    };
    assert_eq!(found, expected);
}

#[test]
fn a_signature_that_no_field_has_is_none() {
    let found = signed(&Signing::default().with(object(CATALOG, "<< /Type /Catalog /Pages 2 0 R >>")));
    assert_eq!(found.one_signature, failed(Reason::Unsigned));
}

#[test]
fn two_signatures_are_too_many() {
    let once = Signing::default().sign(&issued().bytes);
    let second = Signing {
        objects: Signing::default()
            .objects
            .into_iter()
            .filter(|(number, _)| *number == SIGNATURE)
            .map(|(_, text)| (FREE, text))
            .collect(),
        ..Signing::default()
    };
    let found = findings(&second.sign(&once));
    let expected = Structure {
        one_signature: failed(Reason::SeveralSignatures),
        coverage: Finding::Skipped,
        unaltered: Finding::Skipped,
        ..PASSED
    };
    assert_eq!(found, expected);
}

#[test]
fn what_is_added_after_the_signature_is_seen() {
    let signed = Signing::default().sign(&issued().bytes);
    let added = paper::append(&signed, &[object(paper::INFO, "<< /ModDate (D:20270101) >>")]);
    assert_eq!(findings(&added).coverage, failed(Reason::ChangedAfterSigning));
    let mut comment = signed.clone();
    comment.extend_from_slice(b"%x");
    assert_eq!(findings(&comment).coverage, failed(Reason::ChangedAfterSigning));
    let mut lines = signed;
    lines.extend_from_slice(b"\n\n");
    assert_eq!(findings(&lines).coverage, failed(Reason::ChangedAfterSigning));
}

/// Signs with a range other than it should be.
fn with_range(change: impl Fn(usize, usize, usize) -> [usize; 4]) -> Structure {
    let mut file = Signing::default().sign(&issued().bytes);
    let (open, close) = paper::hole(&file);
    let genuine = format!("[0 {open:010} {close:010} {:010}]", file.len() - close);
    let [start, before, from, after] = change(open, close, file.len());
    let range = format!("[{start} {before:010} {from:010} {after:010}]");
    paper::put(&mut file, genuine.as_bytes(), &range);
    findings(&file)
}

#[rstest]
#[case::before_begins_late([1, 0, 0, 0], Reason::PartUncovered)]
#[case::gap_before([0, 1, 0, 0], Reason::PartUncovered)]
#[case::gap_after([0, 0, 1, 0], Reason::PartUncovered)]
#[case::end_missing([0, 0, 0, 1], Reason::ChangedAfterSigning)]
fn a_range_that_leaves_something_out_does_not_cover(#[case] less: [usize; 4], #[case] reason: Reason) {
    let found = with_range(|open, close, length| {
        let [start, before, from, after] = less;
        [
            start,
            open - before,
            close + from,
            length - close - from - after - 2 * after,
        ]
    });
    assert_eq!(found.coverage, failed(reason));
}

#[test]
fn a_range_beyond_the_file_or_into_the_hole_does_not_cover() {
    let beyond = with_range(|open, close, length| [0, open, close, length - close + 1]);
    assert_eq!(beyond.coverage, failed(Reason::PartUncovered));
    let into = with_range(|open, close, length| [0, open + 1, close, length - close]);
    assert_eq!(into.coverage, failed(Reason::SignatureMalformed));
    let turned = with_range(|open, close, length| [0, close, open, length - close]);
    assert_eq!(turned.coverage, failed(Reason::PartUncovered));
    let nothing = with_range(|_, close, length| [0, close, close, length - close]);
    assert_eq!(nothing.coverage, failed(Reason::SignatureMalformed));
}

#[test]
fn a_hole_with_more_than_the_signature_hides_it() {
    let mut file = Signing::default().sign(&issued().bytes);
    let (_, close) = paper::hole(&file);
    file[close - 2] = b'1';
    assert_eq!(findings(&file).coverage, failed(Reason::HiddenContent));
    let mut spaced = Signing::default().sign(&issued().bytes);
    spaced[close - 2] = b' ';
    assert_eq!(findings(&spaced).coverage, failed(Reason::HiddenContent));
}

#[test]
fn a_hole_that_is_another_text_is_refused() {
    // The range leaves out a decoy of the same form, and the dictionary's own text is covered.
    let signing = Signing::default().with(object(FREE, &format!("[ /Contents <{}> ]", "00".repeat(64))));
    let found = signed(&signing);
    assert_eq!(found.coverage, failed(Reason::PartUncovered));
}

#[rstest]
#[case::the_content(stream(CONTENT, "", b"BT (Factura) Tj ET"))]
#[case::the_font(object(paper::FONT, "<< /Type /Font /Subtype /Type3 >>"))]
#[case::the_page_tree(object(2, "<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 /MediaBox [0 0 595 842] >>"))]
#[case::the_pages_content(object(PAGE, &PAGE_TEXT.replace("/Contents 4 0 R", "/Annots [7 0 R] /Contents [4 0 R 10 0 R]")))]
#[case::the_pages_size(object(PAGE, &PAGE_TEXT.replace("/Contents", "/Annots [7 0 R] /MediaBox [0 0 10 10] /Contents")))]
#[case::the_pages_fonts(object(PAGE, &PAGE_TEXT.replace("/F1 5 0 R", "/F1 10 0 R")))]
#[case::another_note(object(PAGE, &PAGE_TEXT.replace("/Contents", "/Annots [7 0 R 10 0 R] /Contents")))]
#[case::a_layer(object(
    CATALOG,
    "<< /Type /Catalog /Pages 2 0 R /OCProperties << >> /AcroForm << /Fields [7 0 R] >> >>"
))]
#[case::another_field(object(
    CATALOG,
    "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R 10 0 R] >> >>"
))]
#[case::another_tree(object(CATALOG, "<< /Type /Catalog /Pages 10 0 R /AcroForm << /Fields [7 0 R] >> >>"))]
#[case::an_unused_page(object(FREE, "<< /Type /Page /Contents 4 0 R >>"))]
#[case::an_unused_catalog(object(FREE, "<< /Type /Catalog >>"))]
#[case::an_unused_note(object(FREE, "<< /Subtype /FreeText /Rect [0 0 500 800] >>"))]
#[case::a_picture_over_the_page(object(WIDGET, &paper::widget("[0 0 595 842]")))]
#[case::a_rectangle_of_no_numbers(object(WIDGET, &paper::widget("[0 0 (a) 1]")))]
fn what_is_hidden_or_replaced_before_signing_is_found(#[case] written: paper::Written) {
    let extra = object(FREE, "<< /Extra true >>");
    let signing = Signing::default().with(extra).with(written.clone());
    assert_eq!(signed(&signing).unaltered, failed(Reason::HiddenContent));
    // The same in a revision of its own.
    if written.0 != WIDGET && written.0 != PAGE && written.0 != CATALOG {
        let base = paper::append(&issued().bytes, &[written]);
        let found = findings(&Signing::default().sign(&base));
        assert_eq!(found.unaltered, failed(Reason::HiddenContent));
    }
}

#[test]
fn a_signature_may_take_a_fifth_of_the_page_and_no_more() {
    // The page has 595 × 842 points: a fifth is 100 198.
    let at = signed(&Signing::default().with(object(WIDGET, &paper::widget("[0 0 595 168.4]"))));
    assert_eq!(at.unaltered, Finding::Passed);
    let over = signed(&Signing::default().with(object(WIDGET, &paper::widget("[0 0 595 168.5]"))));
    assert_eq!(over.unaltered, failed(Reason::HiddenContent));
}

#[test]
fn tables_that_lead_elsewhere_are_found() {
    // The entry of the page leads into the data of a stream.
    let bait = stream(FREE, "", format!("\n3 0 obj\n{PAGE_TEXT}\nendobj\n").as_bytes());
    let mut file = Signing::default().with(bait).sign(&issued().bytes);
    let inside = file
        .windows(8)
        .rposition(|window| window == b"3 0 obj\n")
        .unwrap();
    let genuine = file.windows(8).position(|window| window == b"3 0 obj\n").unwrap();
    let own = file[genuine + 1..]
        .windows(8)
        .position(|window| window == b"3 0 obj\n")
        .unwrap()
        + genuine
        + 1;
    assert!(own < inside);
    paper::put(
        &mut file,
        format!("{own:010}").as_bytes(),
        &format!("{inside:010}"),
    );
    assert_eq!(findings(&file).coverage, failed(Reason::HiddenContent));
    // And to the page as it was before, although there is a later one.
    let mut file = Signing::default().sign(&issued().bytes);
    paper::put(
        &mut file,
        format!("{own:010}").as_bytes(),
        &format!("{genuine:010}"),
    );
    assert_eq!(findings(&file).coverage, failed(Reason::HiddenContent));
}

#[test]
fn an_object_twice_in_a_revision_is_found() {
    let mut objects = Signing::default().objects;
    objects.insert(0, object(PAGE, "<< /Type /Page /Other true >>"));
    let signing = Signing {
        objects,
        ..Signing::default()
    };
    assert_eq!(signed(&signing).coverage, failed(Reason::HiddenContent));
}

#[test]
fn an_object_that_is_taken_away_is_found() {
    let mut file = Signing::default()
        .with(object(FREE, "null"))
        .sign(&issued().bytes);
    let at = format!("{CONTENT} 1\n");
    // The entry of the added object is turned into one that frees the content.
    let from = file.windows(5).rposition(|window| window == b"10 1\n").unwrap();
    file.splice(
        from..from + 5 + 20,
        format!("{at}0000000000 00001 f \n").into_bytes(),
    );
    let found = findings(&file);
    assert!(
        found.unaltered == failed(Reason::HiddenContent) || found.coverage == failed(Reason::HiddenContent)
    );
}

#[test]
fn a_second_header_is_found() {
    let mut objects = paper::append(&issued().bytes, &[]);
    objects.extend_from_slice(b"%PDF-1.4\n");
    assert_eq!(
        findings(&Signing::default().sign(&objects)).coverage,
        failed(Reason::HiddenContent)
    );
}

#[test]
fn tables_in_a_circle_are_refused() {
    let mut file = Signing::default().sign(&issued().bytes);
    let (first, last) = (paper::last_start(&issued().bytes), paper::last_start(&file));
    let width = last.to_string().len();
    if width == first.to_string().len() {
        paper::put(
            &mut file,
            format!("/Prev {first}").as_bytes(),
            &format!("/Prev {last}"),
        );
        assert_eq!(findings(&file).file, failed(Reason::Malformed));
    }
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..26 {
        packed.write_all(&vec![b' '; 1024 * 1024]).unwrap();
    }
    let packed = packed.finish().unwrap();
    for kind in ["", "/Type /ObjStm /N 1 /First 4", "/Type /XRef /W [1 1 1]"] {
        let bomb = stream(FREE, &format!("{kind} /Filter /FlateDecode"), &packed);
        let found = signed(&Signing::default().with(bomb));
        assert_eq!(
            found,
            Structure {
                file: failed(Reason::TooComplex),
                ..Structure::NONE
            }
        );
    }
    let nested = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(
        signed(&Signing::default().with(object(FREE, &nested))).file,
        failed(Reason::TooComplex)
    );
    let brackets = format!("{}{}", "(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(
        signed(&Signing::default().with(object(FREE, &brackets))).file,
        failed(Reason::TooComplex)
    );
    let many = format!("[{}]", "0 ".repeat(400_000));
    assert_eq!(
        signed(&Signing::default().with(object(FREE, &many))).file,
        failed(Reason::TooComplex)
    );
}

#[test]
fn a_page_that_is_its_own_parent_is_no_page() {
    let mut objects = paper::objects(&paper::NONCE, paper::PURPOSE);
    objects[1] = object(2, "<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>");
    let issued = paper::issued_as(paper::write(&objects));
    let file = Signing::default().sign(&issued.bytes);
    assert_eq!(
        read(&file, Some(&issued), NOW).findings.unaltered,
        failed(Reason::HiddenContent)
    );
}

#[rstest]
#[case::another_request(&paper::OTHER_NONCE, paper::PURPOSE, failed(Reason::OtherRequest), Finding::Skipped)]
#[case::another_purpose(&paper::NONCE, "Solicito otro correo", Finding::Passed, failed(Reason::ContentChanged))]
fn another_document_is_told_apart(
    #[case] nonce: &crate::Nonce,
    #[case] purpose: &str,
    #[case] request: Finding,
    #[case] unaltered: Finding,
) {
    let file = Signing::default().sign(&paper::write(&paper::objects(nonce, purpose)));
    let found = findings(&file);
    assert_eq!((found.request, found.unaltered), (request, unaltered));
}

#[test]
fn a_document_of_somebody_else_is_not_ours() {
    let mut objects = paper::objects(&paper::NONCE, paper::PURPOSE);
    objects[3] = stream(CONTENT, "", b"BT /F1 11 Tf (Factura 001) Tj ET");
    let found = findings(&Signing::default().sign(&paper::write(&objects)));
    assert_eq!(
        (found.request, found.unaltered),
        (failed(Reason::NotOurs), Finding::Skipped)
    );
}

#[test]
fn a_file_written_anew_in_another_way_is_left_to_a_person() {
    let mut objects = paper::objects(&paper::NONCE, paper::PURPOSE);
    let mut moved = b"q ".to_vec();
    moved.extend(paper::content(&paper::NONCE, paper::PURPOSE));
    moved.extend_from_slice(b" Q");
    objects[3] = stream(CONTENT, "", &moved);
    let found = findings(&Signing::default().sign(&paper::write(&objects)));
    assert_eq!(
        (found.request, found.unaltered),
        (Finding::Passed, Finding::Unknown(Reason::Rewritten))
    );
}

#[test]
fn a_note_on_a_file_written_anew_is_left_to_a_person() {
    let mut objects = paper::objects(&paper::NONCE, paper::PURPOSE);
    objects.push(object(
        FREE,
        "<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 800] >>",
    ));
    let page = object(
        PAGE,
        &PAGE_TEXT.replace("/Contents", "/Annots [7 0 R 10 0 R] /Contents"),
    );
    let found = findings(
        &Signing::default()
            .with(page)
            .sign(&paper::write(&objects).replace_header()),
    );
    assert_eq!(found.unaltered, Finding::Unknown(Reason::Rewritten));
}

trait Header {
    fn replace_header(self) -> Vec<u8>;
}

impl Header for Vec<u8> {
    /// The same file by another version, so that it does not begin as the issued one.
    fn replace_header(mut self) -> Vec<u8> {
        paper::put(&mut self, b"%PDF-1.7", "%PDF-1.6");
        self
    }
}

proptest! {
    /// One byte less, more or other anywhere: it does not panic, and what passes shows what was issued, signed as a whole.
    #[test]
    fn a_file_that_was_changed_by_a_byte_never_panics(at in any::<prop::sample::Index>(), byte: u8, how in 0..3_u8) {
        let issued = issued();
        let genuine = Signing::default().sign(&issued.bytes);
        let mut file = genuine.clone();
        let at = at.index(file.len());
        match how {
            0 => file[at] = byte,
            1 => { file.remove(at); }
            _ => file.insert(at, byte),
        }
        let document = read(&file, Some(&issued), NOW);
        if document.findings == PASSED && file != genuine {
            // What passes here fails by its digest, unless the byte is in the hole.
            let field = document.signature.unwrap();
            let covered: usize = field.signed.iter().map(|part| part.len()).sum();
            let (open, close) = paper::hole(&file);
            prop_assert!(file.len() - covered - (close - open) <= 2);
        }
    }

    #[test]
    fn any_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..600), begin: bool) {
        let mut file = if begin { b"%PDF-1.7\n".to_vec() } else { Vec::new() };
        file.extend(bytes);
        let document = read(&file, Some(&issued()), NOW);
        prop_assert_ne!(document.findings, PASSED);
        prop_assert!(document.kind == Kind::Pdf || !begin);
    }

    /// Pieces of the format in any order, which go deeper than bytes do.
    #[test]
    fn any_pieces_are_judged(pieces in prop::collection::vec(piece(), 0..40)) {
        let mut file = b"%PDF-1.7\n".to_vec();
        file.extend(pieces.concat());
        prop_assert_ne!(read(&file, Some(&issued()), NOW).findings, PASSED);
        let mut behind = Signing::default().sign(&issued().bytes);
        behind.extend(pieces.concat());
        let _ = read(&behind, Some(&issued()), NOW);
    }
}

fn piece() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&'static [u8]> = vec![
        b"1 0 obj\n",
        b"3 0 obj\n",
        b"endobj\n",
        b"<< ",
        b" >>\n",
        b"[ ",
        b" ]",
        b"stream\n",
        b"\nendstream\n",
        b"xref\n",
        b"0 1\n0000000000 65535 f \n",
        b"trailer\n",
        b"startxref\n",
        b"%%EOF\n",
        b"/Length 3 ",
        b"/Length 1 0 R ",
        b"/Type /ObjStm /N 1 /First 4 ",
        b"/Type /XRef /W [1 2 1] ",
        b"/Size 9 ",
        b"/Root 1 0 R ",
        b"/Prev 9 ",
        b"/Kids [1 0 R] ",
        b"/Parent 1 0 R ",
        b"/ByteRange [0 1 2 3] ",
        b"/Contents <00> ",
        b"(text) ",
        b"9 ",
        b"null ",
        b"/Filter /FlateDecode ",
        b"abc",
    ];
    prop::sample::select(words).prop_map(<[u8]>::to_vec)
}
