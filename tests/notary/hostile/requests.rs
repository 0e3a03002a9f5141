//! Sound signatures of what is not this request, or not any more.

use super::{Attack, judged};
use crate::scene::{OTHER_RUC, Scene, Upload, just_before, request};
use notary::{Nonce, Use};
use rstest::rstest;
use shared::signatures::{Check, Finding, Reason};
use std::time::Duration;
use tests::signing::{self, SubFilter};

fn another_number(scene: &Scene) -> Upload {
    let other = request(crate::scene::RUC, Nonce([8; 16]), scene.expires);
    scene.upload(signing::sign(
        &other,
        &scene.signer,
        &scene.pki.issuer,
        SubFilter::Etsi,
    ))
}

fn another_employer(scene: &Scene) -> Upload {
    let other = request(OTHER_RUC, scene.nonce, scene.expires);
    scene.upload(signing::sign(
        &other,
        &scene.signer,
        &scene.pki.issuer,
        SubFilter::Etsi,
    ))
}

fn expired(scene: &Scene) -> Upload {
    let mut upload = scene.upload(scene.signed());
    upload.expectation.now = scene.expires.instant();
    upload
}

fn expired_long_ago(scene: &Scene) -> Upload {
    let mut upload = scene.upload(scene.signed());
    upload.expectation.now = scene.expires.instant().after(Duration::from_hours(1));
    upload
}

fn used(scene: &Scene) -> Upload {
    let mut upload = scene.upload(scene.signed());
    upload.expectation.issued.as_mut().unwrap().used = Use::Used;
    upload
}

fn not_signed(scene: &Scene) -> Upload {
    scene.upload(scene.issued.clone())
}

fn message_with_another_number(scene: &Scene) -> Upload {
    let other = request(crate::scene::RUC, Nonce([8; 16]), scene.expires);
    scene.upload(signing::envelop(&other, &scene.signer, &scene.pki.issuer))
}

fn message_for_another_employer(scene: &Scene) -> Upload {
    let other = request(OTHER_RUC, scene.nonce, scene.expires);
    scene.upload(signing::envelop(&other, &scene.signer, &scene.pki.issuer))
}

fn message_with_a_text(scene: &Scene) -> Upload {
    scene.upload(signing::envelop(
        b"Soy el representante legal.",
        &scene.signer,
        &scene.pki.issuer,
    ))
}

fn used_message(scene: &Scene) -> Upload {
    let mut upload = scene.upload(signing::envelop(&scene.issued, &scene.signer, &scene.pki.issuer));
    upload.expectation.issued.as_mut().unwrap().used = Use::Used;
    upload
}

#[rstest]
#[case::another_number(another_number, Check::Request, Reason::OtherRequest)]
#[case::another_employer(another_employer, Check::Unaltered, Reason::ContentChanged)]
#[case::expired_at_its_deadline(expired, Check::Request, Reason::RequestExpired)]
#[case::expired_long_ago(expired_long_ago, Check::Request, Reason::RequestExpired)]
#[case::used_before(used, Check::Request, Reason::RequestUsed)]
#[case::not_signed(not_signed, Check::OneSignature, Reason::Unsigned)]
#[case::message_with_another_number(message_with_another_number, Check::Request, Reason::OtherRequest)]
#[case::message_for_another_employer(message_for_another_employer, Check::Unaltered, Reason::ContentChanged)]
#[case::message_with_a_text(message_with_a_text, Check::File, Reason::OtherType)]
#[case::used_message(used_message, Check::Request, Reason::RequestUsed)]
fn what_is_not_this_request_fails(#[case] attack: Attack, #[case] check: Check, #[case] reason: Reason) {
    judged(attack, check, Finding::Failed(reason));
}

#[test]
fn a_request_passes_until_its_deadline() {
    let scene = Scene::new(tests::pki::Authority::SecurityData, tests::pki::Layout::A);
    let mut upload = scene.upload(scene.signed());
    upload.expectation.now = just_before(scene.expires.instant());
    upload.assert_passes();
}
