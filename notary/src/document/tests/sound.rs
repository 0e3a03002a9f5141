//! Files as tools write them.

use super::super::{Kind, Profile, Structure, compare, read};
use super::paper::{self, FREE, INFO, NOW, Signing, issued, object, stream};
use crate::Use;
use core::time::Duration;
use shared::signatures::{Finding, Reason};
use shared::time::{Deadline, Timestamp};

pub(super) const PASSED: Structure = Structure {
    file: Finding::Passed,
    contents: Finding::Passed,
    request: Finding::Passed,
    unaltered: Finding::Passed,
    one_signature: Finding::Passed,
    coverage: Finding::Passed,
};

#[test]
fn a_signed_request_passes_and_is_handed_on() {
    let issued = issued();
    let signing = Signing::default();
    let file = signing.sign(&issued.bytes);
    let document = read(&file, Some(&issued), NOW);
    assert_eq!(document.findings, PASSED);
    assert_eq!(document.kind, Kind::Pdf);
    let field = document.signature.unwrap();
    assert_eq!(field.cms, signing.cms);
    assert_eq!(field.profile, Profile::EtsiDetached);
    let (open, close) = paper::hole(&file);
    assert_eq!(field.signed, [&file[..open], &file[close..]]);
    // 2026-09-21 08:00 in Ecuador.
    assert_eq!(field.claimed_at, Some(Timestamp::from_millis(1_789_995_600_000)));
}

#[test]
fn without_an_issued_request_nothing_is_said_about_it() {
    let issued = issued();
    let file = Signing::default().sign(&issued.bytes);
    let findings = read(&file, None, NOW).findings;
    assert_eq!(
        findings,
        Structure {
            request: Finding::Skipped,
            unaltered: Finding::Skipped,
            ..PASSED
        }
    );
}

#[test]
fn a_request_is_good_until_one_tick_before_its_deadline() {
    let mut issued = issued();
    let file = Signing::default().sign(&issued.bytes);
    let request = |issued: &crate::Issued| read(&file, Some(issued), NOW).findings.request;
    let tick = Duration::from_micros(1);
    issued.expires = Deadline::at(NOW.after(tick));
    assert_eq!(request(&issued), Finding::Passed);
    issued.expires = Deadline::at(NOW);
    assert_eq!(request(&issued), Finding::Failed(Reason::RequestExpired));
    issued.expires = Deadline::at(NOW.before(tick));
    assert_eq!(request(&issued), Finding::Failed(Reason::RequestExpired));
    issued.expires = Deadline::after(NOW, tick);
    issued.used = Use::Used;
    assert_eq!(request(&issued), Finding::Failed(Reason::RequestUsed));
}

#[test]
fn a_signature_that_is_not_seen_passes() {
    let issued = issued();
    let signing = Signing::default()
        .with(object(paper::PAGE, paper::PAGE_TEXT))
        .with(object(paper::WIDGET, &paper::widget("[0 0 0 0]")));
    assert_eq!(
        read(&signing.sign(&issued.bytes), Some(&issued), NOW).findings,
        PASSED
    );
}

#[test]
fn what_tools_add_to_a_catalog_and_to_the_metadata_passes() {
    let issued = issued();
    let catalog = "<< /Type /Catalog /Pages 2 0 R /Version /2.0 /Metadata 10 0 R /DSS << /Certs [] >> \
                   /Extensions << /ESIC << /BaseVersion /1.7 /ExtensionLevel 2 >> >> \
                   /Perms << /DocMDP 8 0 R >> /AcroForm << /Fields [7 0 R] /SigFlags 3 /DA (/Helv 0 Tf 0 g) >> >>";
    let signing = Signing::default()
        .with(object(paper::CATALOG, catalog))
        .with(object(
            INFO,
            "<< /Title (Solicitud) /ModDate (D:20260922130000Z) /Producer (x) >>",
        ))
        .with(stream(FREE, "/Type /Metadata /Subtype /XML", b"<x/>"));
    assert_eq!(
        read(&signing.sign(&issued.bytes), Some(&issued), NOW).findings,
        PASSED
    );
}

#[test]
fn a_revision_before_the_signature_passes_if_it_changes_nothing() {
    let issued = issued();
    let base = paper::append(
        &issued.bytes,
        &[object(INFO, "<< /ModDate (D:20260922130000Z) >>")],
    );
    assert_eq!(
        read(&Signing::default().sign(&base), Some(&issued), NOW).findings,
        PASSED
    );
}

#[test]
fn an_end_of_line_after_the_file_is_let_go() {
    let issued = issued();
    let mut file = Signing::default().sign(&issued.bytes);
    file.extend_from_slice(b"\r\n");
    assert_eq!(read(&file, Some(&issued), NOW).findings, PASSED);
}

#[test]
fn a_file_written_anew_passes_if_it_shows_the_same() {
    let issued = issued();
    // Another order, another header: the bytes are not a continuation of ours.
    let mut objects = paper::objects(&paper::NONCE, paper::PURPOSE);
    objects.reverse();
    let signing = Signing::default();
    objects.retain(|(number, _)| signing.objects.iter().all(|(own, _)| own != number));
    objects.extend(signing.objects.iter().cloned());
    let file = paper::seal(paper::write(&objects), &signing.cms);
    assert_eq!(read(&file, Some(&issued), NOW).findings, PASSED);
}

#[test]
fn the_content_of_a_signed_message_is_the_issued_file() {
    let issued = issued();
    let findings = compare(&issued.bytes, Some(&issued), NOW);
    let expected = Structure {
        one_signature: Finding::Skipped,
        coverage: Finding::Skipped,
        ..PASSED
    };
    assert_eq!(findings, expected);
}

#[test]
fn a_signed_message_is_known_by_what_is_in_it() {
    use base64::Engine as _;
    let mut message = vec![
        0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02, 0x05, 0x00,
    ];
    let text = base64::engine::general_purpose::STANDARD.encode(&message);
    let armoured = format!("-----BEGIN CMS-----\n{text}\n-----END CMS-----\n");
    let old = format!("-----BEGIN PKCS7-----\r\n{text}\r\n-----END PKCS7-----");
    for file in [
        message.as_slice(),
        text.as_bytes(),
        armoured.as_bytes(),
        old.as_bytes(),
    ] {
        let document = read(file, None, NOW);
        assert_eq!(document.kind, Kind::SignedMessage(message.clone()));
        assert_eq!(
            document.findings,
            Structure {
                file: Finding::Passed,
                ..Structure::NONE
            }
        );
    }
    message[12] = 0x01;
    assert_eq!(
        read(&message, None, NOW).findings.file,
        Finding::Failed(Reason::OtherType)
    );
}
