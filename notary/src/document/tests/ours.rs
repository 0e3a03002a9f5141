//! The request that is issued, not one made for these tests.

use super::super::{Structure, read};
use super::paper::{self, APPEARANCE, NOW, SIGNATURE, Signing, object};
use super::sound::PASSED;
use crate::issue::{self, Issuer, Request, Standing};
use crate::{Issued, Nonce, Use};
use core::time::Duration;
use rstest::rstest;
use shared::recovery::api::CaseReference;
use shared::signatures::{Finding, Purpose, Reason};
use shared::time::Deadline;

fn request() -> Request {
    Request {
        issuer: Issuer {
            name: "Instituto de Ejemplo".to_owned(),
            standing: Standing::Unofficial,
        },
        purpose: Purpose::Recovery,
        employer: "1790011674001".parse().unwrap(),
        branch: "0001".parse().unwrap(),
        representative: "1729999993".parse().unwrap(),
        reference: CaseReference::from_random([7; 8]),
        nonce: Nonce([0x3a; 16]),
        issued_at: NOW,
        expires: Deadline::after(NOW, Duration::from_hours(1)),
    }
}

/// Appends a signature to a file of any tool: the catalog and the page as they are, with what signing adds to them.
fn sign(issued: &[u8], rectangle: &str) -> Vec<u8> {
    let document = lopdf::Document::load_mem(issued).unwrap();
    let root = document.trailer.get(b"Root").unwrap().as_reference().unwrap().0;
    let page = document.get_pages()[&1].0;
    let with = |number: u32, entry: &str| {
        let head = format!("\n{number} 0 obj\n");
        let from = issued
            .windows(head.len())
            .rposition(|window| window == head.as_bytes())
            .unwrap()
            + head.len();
        let length = issued[from..]
            .windows(6)
            .position(|window| window == b"endobj")
            .unwrap();
        let text = core::str::from_utf8(&issued[from..from + length]).unwrap();
        let (text, _) = text.rsplit_once(">>").unwrap();
        object(number, &format!("{text} {entry} >>"))
    };
    let mut signing = Signing::default();
    signing
        .objects
        .retain(|(number, _)| *number == SIGNATURE || *number == APPEARANCE);
    for (number, _) in &mut signing.objects {
        *number += 200;
    }
    let widget = paper::widget(rectangle).replace("/P 3 0 R /V 8 0 R", &format!("/P {page} 0 R /V 208 0 R"));
    let signing = signing
        .with(object(
            207,
            &widget.replace("/AP << /N 9 0 R >>", "/AP << /N 209 0 R >>"),
        ))
        .with(with(root, "/AcroForm << /Fields [207 0 R] /SigFlags 3 >>"))
        .with(with(page, "/Annots [207 0 R]"));
    let file = paper::append_to(issued, &signing.objects, root);
    paper::seal(file, &signing.cms)
}

fn issued() -> Issued {
    let request = request();
    let bytes = issue::issue(&request).unwrap();
    Issued {
        bytes,
        nonce: request.nonce,
        expires: request.expires,
        used: Use::Fresh,
    }
}

#[test]
fn a_signed_request_of_ours_passes() {
    let issued = issued();
    let file = sign(&issued.bytes, "[0 0 0 0]");
    assert_eq!(read(&file, Some(&issued), NOW).findings, PASSED);
}

/// The page is 842 points high. The declaration ends, and the room for a signature begins, somewhat below its middle.
#[rstest]
#[case::in_the_room("[60 320 260 420]", Finding::Passed)]
#[case::over_the_instructions("[60 150 260 200]", Finding::Passed)]
#[case::in_the_margin("[2 2 200 50]", Finding::Passed)]
#[case::over_the_table("[200 690 400 710]", Finding::Failed(Reason::HiddenContent))]
#[case::over_the_code("[450 640 530 660]", Finding::Failed(Reason::HiddenContent))]
#[case::over_the_declaration("[60 500 300 530]", Finding::Failed(Reason::HiddenContent))]
#[case::over_the_title("[60 720 300 760]", Finding::Failed(Reason::HiddenContent))]
fn a_signature_shows_where_nothing_is_said(#[case] rectangle: &str, #[case] unaltered: Finding) {
    let issued = issued();
    let file = sign(&issued.bytes, rectangle);
    assert_eq!(
        read(&file, Some(&issued), NOW).findings,
        Structure { unaltered, ..PASSED }
    );
}

#[test]
fn another_request_of_ours_is_told_apart() {
    let other = Request {
        nonce: Nonce([0x3b; 16]),
        ..request()
    };
    let file = sign(&issue::issue(&other).unwrap(), "[0 0 0 0]");
    let found = read(&file, Some(&issued()), NOW).findings;
    assert_eq!(
        (found.request, found.unaltered),
        (Finding::Failed(Reason::OtherRequest), Finding::Skipped)
    );
    let other = Request {
        purpose: Purpose::Unlock,
        ..request()
    };
    let file = sign(&issue::issue(&other).unwrap(), "[0 0 0 0]");
    let found = read(&file, Some(&issued()), NOW).findings;
    assert_eq!(
        (found.request, found.unaltered),
        (Finding::Passed, Finding::Failed(Reason::ContentChanged))
    );
}
