//! Files that are no request at all, that do something by themselves, or that are made to be expensive.

use super::{Attack, judged};
use crate::scene::{Scene, Upload};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use rstest::rstest;
use shared::signatures::{Check, Finding, Reason};
use std::fmt::Write as _;
use std::io::Write as _;
use tests::signing::paper::{Paper, Update, stream, with_entry};
use tests::signing::{Message, SubFilter, prepare, prepare_with};

/// The request with something else in the update that signs it.
fn with(scene: &Scene, more: impl FnOnce(&Paper, &mut Update)) -> Upload {
    let prepared = prepare_with(&scene.issued, SubFilter::Etsi, more);
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered());
    scene.upload(prepared.filled(&message.seal()))
}

/// The request with another entry in its catalogue, then signed.
fn with_catalogue(scene: &Scene, entry: &str) -> Upload {
    let paper = Paper::read(&scene.issued);
    let mut update = paper.update();
    update.put(paper.root, with_entry(&paper.object(paper.root), entry));
    let prepared = prepare(&paper.with(&update), SubFilter::Etsi);
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered());
    scene.upload(prepared.filled(&message.seal()))
}

fn nothing(scene: &Scene) -> Upload {
    scene.upload(Vec::new())
}

fn a_web_page(scene: &Scene) -> Upload {
    scene.upload(b"<!DOCTYPE html><html><body>%PDF-1.7</body></html>".to_vec())
}

fn a_picture(scene: &Scene) -> Upload {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    file.extend([0; 64]);
    scene.upload(file)
}

fn an_archive(scene: &Scene) -> Upload {
    let mut file = b"PK\x03\x04".to_vec();
    file.extend(&scene.signed());
    scene.upload(file)
}

fn a_page_before_the_file(scene: &Scene) -> Upload {
    let mut file = b"<script>alert(1)</script>\n".to_vec();
    file.extend(&scene.signed());
    scene.upload(file)
}

fn too_large(scene: &Scene) -> Upload {
    let mut file = scene.signed();
    file.resize(10 * 1024 * 1024 + 1, b'\n');
    scene.upload(file)
}

fn only_a_header(scene: &Scene) -> Upload {
    scene.upload(b"%PDF-1.7\n".to_vec())
}

fn encrypted(scene: &Scene) -> Upload {
    let mut file = scene.signed();
    let at = tests::signing::paper::last(&file, b"/Root ").unwrap();
    let entry = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (00000000000000000000000000000000) \
                  /U (00000000000000000000000000000000) /P -44 >> ";
    file.splice(at..at, entry.iter().copied());
    scene.upload(file)
}

fn a_script(scene: &Scene) -> Upload {
    with_catalogue(scene, "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")
}

fn a_script_by_name(scene: &Scene) -> Upload {
    with_catalogue(
        scene,
        "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>",
    )
}

/// The name of the key is written in another way.
fn a_script_in_disguise(scene: &Scene) -> Upload {
    with_catalogue(scene, "/OpenAction << /S /Java#53cript /J#53 (1) >>")
}

fn a_script_nobody_leads_to(scene: &Scene) -> Upload {
    with(scene, |_, update| {
        update.add("<< /S /JavaScript /JS (1) >>");
    })
}

fn a_program(scene: &Scene) -> Upload {
    with_catalogue(scene, "/OpenAction << /S /Launch /F (/bin/sh) >>")
}

fn a_form_of_xfa(scene: &Scene) -> Upload {
    with(scene, |_, update| {
        let form = update.add(stream("", b"<xdp/>"));
        update.add(format!("<< /XFA {form} 0 R >>"));
    })
}

fn a_form_that_is_sent(scene: &Scene) -> Upload {
    with_catalogue(
        scene,
        "/AA << /WC << /S /SubmitForm /F (https://elsewhere.example) >> >>",
    )
}

fn an_attachment(scene: &Scene) -> Upload {
    let paper = Paper::read(&scene.issued);
    let mut update = paper.update();
    let file = update.add(stream("/Type /EmbeddedFile", b"MZ"));
    let named = update.add(format!(
        "<< /Type /Filespec /F (a.exe) /EF << /F {file} 0 R >> >>"
    ));
    let entry = format!("/Names << /EmbeddedFiles << /Names [(a.exe) {named} 0 R] >> >>");
    update.put(paper.root, with_entry(&paper.object(paper.root), &entry));
    let prepared = prepare(&paper.with(&update), SubFilter::Etsi);
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered());
    scene.upload(prepared.filled(&message.seal()))
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Noughts that unpack to 200 MB, packed twice.
fn packed_noughts(scene: &Scene) -> Upload {
    let packed = deflated(&deflated(&vec![0; 200_000_000]));
    let body = stream(
        "/Type /ObjStm /N 1 /First 4 /Filter [/FlateDecode /FlateDecode]",
        &packed,
    );
    with(scene, |_, update| {
        update.add(body);
    })
}

/// The page's content unpacks to 200 MB.
fn packed_content(scene: &Scene) -> Upload {
    let body = stream("/Filter /FlateDecode", &deflated(&vec![b' '; 200_000_000]));
    rewritten(scene, &body)
}

/// A file of one page with this content, made from nothing.
fn rewritten(scene: &Scene, content: &[u8]) -> Upload {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    let objects: [&[u8]; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        content,
    ];
    for (index, body) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(*body);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    let mut table = "xref\n0 5\n0000000000 65535 f \n".to_owned();
    for place in places {
        writeln!(table, "{place:010} 00000 n ").unwrap();
    }
    file.extend(table.bytes());
    file.extend(format!("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    let signed = tests::signing::sign(&file, &scene.signer, &scene.pki.issuer, SubFilter::Etsi);
    scene.upload(signed)
}

fn another_document(scene: &Scene) -> Upload {
    rewritten(scene, &stream("", b"BT ET"))
}

fn arrays_in_arrays(scene: &Scene) -> Upload {
    let mut body = "[".repeat(100_000);
    body.push_str(&"]".repeat(100_000));
    with(scene, |_, update| {
        update.add(body);
    })
}

fn dictionaries_in_dictionaries(scene: &Scene) -> Upload {
    let mut body = "<</A".repeat(50_000);
    body.push_str(" null");
    body.push_str(&">>".repeat(50_000));
    with(scene, |_, update| {
        update.add(body);
    })
}

fn brackets_that_never_close(scene: &Scene) -> Upload {
    let mut file = scene.issued.clone();
    file.extend(b"1 0 obj\n");
    file.extend("(".repeat(1_000_000).bytes());
    scene.upload(file)
}

/// Pages that are their own children.
fn pages_in_a_circle(scene: &Scene) -> Upload {
    with(scene, |paper, update| {
        let pages = paper.named(paper.root, "/Pages");
        update.put(
            pages,
            format!("<< /Type /Pages /Count 1 /Kids [{pages} 0 R] /Parent {pages} 0 R >>"),
        );
    })
}

/// A length that is given by a stream whose length is given by it.
fn lengths_in_a_circle(scene: &Scene) -> Upload {
    with(scene, |_, update| {
        let (one, two) = (update.reserve(), update.reserve());
        update.put(one, format!("<< /Length {two} 0 R >>\nstream\nx\nendstream"));
        update.put(two, format!("<< /Length {one} 0 R >>\nstream\nx\nendstream"));
    })
}

/// References that lead to each other.
fn references_in_a_circle(scene: &Scene) -> Upload {
    with(scene, |paper, update| {
        let (one, two) = (update.reserve(), update.reserve());
        update.put(one, format!("{two} 0 R"));
        update.put(two, format!("{one} 0 R"));
        let page = paper.page();
        let content = paper.named(page, "/Contents");
        update.put(
            page,
            paper.object(page).replace(
                &format!("/Contents {content} 0 R"),
                &format!("/Contents {one} 0 R"),
            ),
        );
    })
}

/// A table that names itself as the one before it.
fn tables_in_a_circle(scene: &Scene) -> Upload {
    let mut file = scene.signed();
    let table = tests::signing::paper::last(&file, b"\nxref\n").unwrap() + 1;
    let from = tests::signing::paper::last(&file, b"/Prev ").unwrap() + 6;
    let to = from + file[from..].iter().position(|byte| *byte == b' ').unwrap();
    file.splice(from..to, table.to_string().into_bytes());
    scene.upload(file)
}

fn a_huge_length(scene: &Scene) -> Upload {
    with(scene, |_, update| {
        update.add("<< /Length 99999999999 >>\nstream\nx\nendstream");
    })
}

fn a_huge_table(scene: &Scene) -> Upload {
    let mut file = scene.issued.clone();
    let start = file.len();
    file.extend(b"xref\n0 4000000000\n0000000000 65535 f \ntrailer\n<< /Size 4000000000 /Root 77 0 R >>\n");
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    scene.upload(file)
}

fn many_revisions(scene: &Scene) -> Upload {
    let mut file = scene.issued.clone();
    for _ in 0..200 {
        let paper = Paper::read(&file);
        let mut update = paper.update();
        update.add("null");
        file = paper.with(&update);
    }
    scene.upload(file)
}

#[rstest]
#[case::nothing(nothing, Check::File, Reason::Empty)]
#[case::a_web_page(a_web_page, Check::File, Reason::OtherType)]
#[case::a_picture(a_picture, Check::File, Reason::OtherType)]
#[case::an_archive(an_archive, Check::File, Reason::OtherType)]
#[case::a_page_before_the_file(a_page_before_the_file, Check::File, Reason::OtherType)]
#[case::too_large(too_large, Check::File, Reason::TooLarge)]
#[case::only_a_header(only_a_header, Check::File, Reason::Malformed)]
#[case::encrypted(encrypted, Check::File, Reason::Encrypted)]
#[case::another_document(another_document, Check::Request, Reason::NotOurs)]
fn what_is_no_request_fails(#[case] attack: Attack, #[case] check: Check, #[case] reason: Reason) {
    judged(attack, check, Finding::Failed(reason));
}

#[rstest]
#[case::a_script(a_script, Reason::ActiveContent)]
#[case::a_script_by_name(a_script_by_name, Reason::ActiveContent)]
#[case::a_script_in_disguise(a_script_in_disguise, Reason::ActiveContent)]
#[case::a_script_nobody_leads_to(a_script_nobody_leads_to, Reason::ActiveContent)]
#[case::a_program(a_program, Reason::ActiveContent)]
#[case::a_form_of_xfa(a_form_of_xfa, Reason::ActiveContent)]
#[case::a_form_that_is_sent(a_form_that_is_sent, Reason::ActiveContent)]
#[case::an_attachment(an_attachment, Reason::Attachment)]
fn what_does_something_by_itself_fails(#[case] attack: Attack, #[case] reason: Reason) {
    judged(attack, Check::Contents, Finding::Failed(reason));
}

#[rstest]
#[case::packed_noughts(packed_noughts, Check::File, Reason::TooComplex)]
#[case::packed_content(packed_content, Check::File, Reason::TooComplex)]
#[case::arrays_in_arrays(arrays_in_arrays, Check::File, Reason::TooComplex)]
#[case::dictionaries_in_dictionaries(dictionaries_in_dictionaries, Check::File, Reason::TooComplex)]
#[case::brackets_that_never_close(brackets_that_never_close, Check::File, Reason::TooComplex)]
#[case::pages_in_a_circle(pages_in_a_circle, Check::Unaltered, Reason::HiddenContent)]
#[case::lengths_in_a_circle(lengths_in_a_circle, Check::File, Reason::Malformed)]
#[case::references_in_a_circle(references_in_a_circle, Check::Coverage, Reason::HiddenContent)]
#[case::tables_in_a_circle(tables_in_a_circle, Check::File, Reason::Malformed)]
#[case::a_huge_length(a_huge_length, Check::File, Reason::Malformed)]
#[case::a_huge_table(a_huge_table, Check::File, Reason::Malformed)]
#[case::many_revisions(many_revisions, Check::File, Reason::TooComplex)]
fn what_is_made_to_be_expensive_fails(#[case] attack: Attack, #[case] check: Check, #[case] reason: Reason) {
    judged(attack, check, Finding::Failed(reason));
}
