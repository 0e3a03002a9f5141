//! A soundly signed file in which somebody changed something afterwards.

use super::{Attack, judged};
use crate::scene::{Scene, Upload};
use rstest::rstest;
use shared::signatures::{Check, Finding, Reason};
use tests::pki::{Authority, Layout};
use tests::signing::paper::{Paper, first, last, with_entry};
use tests::signing::{self, Message, SubFilter, prepare};

/// The signed file with another byte at a place.
fn with_byte(scene: &Scene, at: impl FnOnce(&[u8]) -> usize, byte: u8) -> Upload {
    let mut file = scene.signed();
    let at = at(&file);
    assert_ne!(file[at], byte);
    file[at] = byte;
    scene.upload(file)
}

fn in_the_header(scene: &Scene) -> Upload {
    with_byte(scene, |_| 7, b'6')
}

fn in_the_issued_part(scene: &Scene) -> Upload {
    with_byte(scene, |file| first(file, 0, b"/Producer(").unwrap() + 10, b'X')
}

fn in_the_appended_part(scene: &Scene) -> Upload {
    with_byte(scene, |file| last(file, b"(Firma").unwrap() + 1, b'X')
}

fn in_the_signature_dictionary(scene: &Scene) -> Upload {
    with_byte(scene, |file| last(file, b"/M (D:2026").unwrap() + 9, b'9')
}

fn in_the_last_table(scene: &Scene) -> Upload {
    with_byte(scene, |file| last(file, b"%%EOF").unwrap() + 4, b'f')
}

/// The hole of the signed file.
fn hole(file: &[u8]) -> usize {
    last(file, b"/Contents <").unwrap() + 11
}

fn in_the_filling_of_the_hole(scene: &Scene) -> Upload {
    with_byte(scene, |file| hole(file) + 16_000, b'1')
}

fn digits_of_another_kind_in_the_filling(scene: &Scene) -> Upload {
    with_byte(scene, |file| hole(file) + 16_000, b' ')
}

/// The place in the hole where some bytes of the message stand, in digits.
fn in_the_message(file: &[u8], bytes: &[u8]) -> usize {
    let digits = signing::hexadecimal(bytes);
    first(file, hole(file), digits.as_bytes()).unwrap()
}

fn in_the_signed_digest(scene: &Scene) -> Upload {
    let prepared = prepare(&scene.issued, SubFilter::Etsi);
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered());
    let mut file = prepared.filled(&message.seal());
    let at = in_the_message(&file, &message.content_digest);
    file[at] = if file[at] == b'0' { b'1' } else { b'0' };
    scene.upload(file)
}

fn in_the_signature_itself(scene: &Scene) -> Upload {
    let prepared = prepare(&scene.issued, SubFilter::Etsi);
    let sealed = Message::detached(&scene.signer, &[&scene.pki.issuer], &prepared.covered()).seal();
    let mut file = prepared.filled(&sealed);
    let at = in_the_message(&file, &sealed[sealed.len() - 8..]);
    file[at] = if file[at] == b'0' { b'1' } else { b'0' };
    scene.upload(file)
}

fn something_after_the_end(scene: &Scene) -> Upload {
    let mut file = scene.signed();
    file.extend(b"\n% a remark\n");
    scene.upload(file)
}

fn noughts_after_the_end(scene: &Scene) -> Upload {
    let mut file = scene.signed();
    file.extend([0; 64]);
    scene.upload(file)
}

fn cut_short(scene: &Scene) -> Upload {
    let mut file = scene.signed();
    file.truncate(file.len() - 40);
    scene.upload(file)
}

fn signed_twice(scene: &Scene) -> Upload {
    let twice = signing::sign(&scene.signed(), &scene.signer, &scene.pki.issuer, SubFilter::Etsi);
    scene.upload(twice)
}

fn updated_with_an_annotation(scene: &Scene) -> Upload {
    let signed = scene.signed();
    let paper = Paper::read(&signed);
    let mut update = paper.update();
    let page = paper.page();
    let note = update.add("<< /Type /Annot /Subtype /Text /Rect [10 10 40 40] /Contents (Acepto) >>");
    let body = paper
        .object(page)
        .replace("/Annots [", &format!("/Annots [{note} 0 R "));
    update.put(page, body);
    scene.upload(paper.with(&update))
}

fn updated_with_another_catalogue(scene: &Scene) -> Upload {
    let signed = scene.signed();
    let paper = Paper::read(&signed);
    let mut update = paper.update();
    let catalogue = with_entry(&paper.object(paper.root), "/PageLayout /OneColumn");
    update.root = update.add(catalogue);
    scene.upload(paper.with(&update))
}

fn signature_of_another_file(scene: &Scene) -> Upload {
    let other = prepare(&scene.issued, SubFilter::Adobe);
    let sealed = Message::detached(&scene.signer, &[&scene.pki.issuer], &other.covered()).seal();
    scene.upload(prepare(&scene.issued, SubFilter::Etsi).filled(&sealed))
}

fn empty_hole(scene: &Scene) -> Upload {
    scene.upload(prepare(&scene.issued, SubFilter::Etsi).filled(&[]))
}

fn noise_in_the_hole(scene: &Scene) -> Upload {
    scene.upload(prepare(&scene.issued, SubFilter::Etsi).filled(&[0x30, 0x82, 0x01, 0x00, 0xff, 0xff]))
}

#[rstest]
#[case::in_the_header(in_the_header, Check::Digest, Reason::DigestDiffers)]
#[case::in_the_issued_part(in_the_issued_part, Check::Digest, Reason::DigestDiffers)]
#[case::in_the_appended_part(in_the_appended_part, Check::Digest, Reason::DigestDiffers)]
#[case::in_the_signature_dictionary(in_the_signature_dictionary, Check::Digest, Reason::DigestDiffers)]
#[case::in_the_last_table(in_the_last_table, Check::File, Reason::Malformed)]
#[case::in_the_filling_of_the_hole(in_the_filling_of_the_hole, Check::Coverage, Reason::HiddenContent)]
#[case::no_digits_in_the_filling(
    digits_of_another_kind_in_the_filling,
    Check::Coverage,
    Reason::HiddenContent
)]
#[case::in_the_signed_digest(in_the_signed_digest, Check::Digest, Reason::DigestDiffers)]
#[case::in_the_signed_digest_too(in_the_signed_digest, Check::Signature, Reason::SignatureWrong)]
#[case::in_the_signature_itself(in_the_signature_itself, Check::Signature, Reason::SignatureWrong)]
#[case::something_after_the_end(something_after_the_end, Check::Coverage, Reason::ChangedAfterSigning)]
#[case::noughts_after_the_end(noughts_after_the_end, Check::Coverage, Reason::ChangedAfterSigning)]
#[case::cut_short(cut_short, Check::File, Reason::Malformed)]
#[case::signed_twice(signed_twice, Check::OneSignature, Reason::SeveralSignatures)]
#[case::updated_with_an_annotation(updated_with_an_annotation, Check::Coverage, Reason::ChangedAfterSigning)]
#[case::updated_with_another_catalogue(
    updated_with_another_catalogue,
    Check::Coverage,
    Reason::ChangedAfterSigning
)]
#[case::signature_of_another_file(signature_of_another_file, Check::Digest, Reason::DigestDiffers)]
#[case::empty_hole(empty_hole, Check::Signature, Reason::SignatureMalformed)]
#[case::noise_in_the_hole(noise_in_the_hole, Check::Signature, Reason::SignatureMalformed)]
fn what_was_changed_after_signing_fails(
    #[case] attack: Attack,
    #[case] check: Check,
    #[case] reason: Reason,
) {
    judged(attack, check, Finding::Failed(reason));
}

/// Any byte of the file but the noughts that fill the hole, in steps: none can be another.
#[test]
fn no_byte_can_be_another() {
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    let signed = scene.signed();
    let mut places: Vec<usize> = (0..signed.len()).step_by(997).collect();
    places.extend([
        signed.len() - 2,
        hole(&signed) - 2,
        hole(&signed),
        hole(&signed) + 4,
    ]);
    for at in places {
        let mut file = signed.clone();
        file[at] ^= 1;
        let findings = scene.upload(file).findings();
        let outcome = shared::signatures::Verdict::of(findings).outcome();
        assert_ne!(
            outcome,
            shared::signatures::Outcome::TotalPassed,
            "the byte at {at} of {}",
            signed.len()
        );
    }
}
