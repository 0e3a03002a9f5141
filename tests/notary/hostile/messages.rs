//! Signed messages that break the rules, in a file that is otherwise sound.

use super::{Attack, judged};
use crate::scene::{CEDULA, OTHER_CEDULA, RUC, Scene, Upload};
use rstest::rstest;
use shared::signatures::{Check, Finding, Reason};
use tests::EPOCH;
use tests::pki::{Authority, Digest, Holder, Layout, der};
use tests::signing::{Fault, Message, SubFilter, prepare};

/// The request with another message in its hole.
fn with(scene: &Scene, subfilter: SubFilter, change: impl FnOnce(Message, &[u8]) -> Message) -> Upload {
    let prepared = prepare(&scene.issued, subfilter);
    let covered = prepared.covered();
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &covered);
    scene.upload(prepared.filled(&change(message, &covered).seal()))
}

fn faulty(scene: &Scene, fault: Fault) -> Upload {
    with(scene, SubFilter::Etsi, |message, _| Message { fault, ..message })
}

fn digested_with_sha_1(scene: &Scene) -> Upload {
    with(scene, SubFilter::Adobe, |message, covered| {
        message.digested(Digest::Sha1, covered)
    })
}

fn names_another_certificate(scene: &Scene) -> Upload {
    let other = scene.pki.issue(&Holder::representative(OTHER_CEDULA, RUC));
    with(scene, SubFilter::Etsi, |message, _| Message {
        named: Some(other.certificate),
        ..message
    })
}

fn names_another_certificate_to_adobe(scene: &Scene) -> Upload {
    let other = scene.pki.issue(&Holder::representative(OTHER_CEDULA, RUC));
    with(scene, SubFilter::Adobe, |message, _| Message {
        named: Some(other.certificate),
        ..message
    })
}

fn names_no_certificate(scene: &Scene) -> Upload {
    with(scene, SubFilter::Etsi, |message, _| Message {
        named: None,
        ..message
    })
}

/// The certificate of the representative with a key of somebody else's.
fn with_another_key(scene: &Scene) -> Upload {
    let thief = tests::pki::Identity {
        key: tests::pki::Key::P256("thief"),
        ..scene.signer.clone()
    };
    with(scene, SubFilter::Etsi, |message, _| Message {
        signer: thief,
        ..message
    })
}

fn digest_of_something_else(scene: &Scene) -> Upload {
    with(scene, SubFilter::Etsi, |message, _| Message {
        content_digest: Digest::Sha256.of(b"something else"),
        ..message
    })
}

fn without_message_digest(scene: &Scene) -> Upload {
    faulty(scene, Fault::NoMessageDigest)
}

fn two_message_digests(scene: &Scene) -> Upload {
    faulty(scene, Fault::TwoMessageDigests)
}

fn without_content_type(scene: &Scene) -> Upload {
    faulty(scene, Fault::NoContentType)
}

fn without_attributes(scene: &Scene) -> Upload {
    faulty(scene, Fault::NoAttributes)
}

fn two_signers(scene: &Scene) -> Upload {
    faulty(scene, Fault::TwoSigners)
}

fn no_signer(scene: &Scene) -> Upload {
    faulty(scene, Fault::NoSigner)
}

fn without_the_certificate(scene: &Scene) -> Upload {
    faulty(scene, Fault::NoCertificate)
}

fn another_algorithm(scene: &Scene) -> Upload {
    faulty(scene, Fault::OtherAlgorithm)
}

fn wrong_signature(scene: &Scene) -> Upload {
    faulty(scene, Fault::WrongSignature)
}

/// A message that carries its own content, where the file is the content.
fn with_content_inside(scene: &Scene) -> Upload {
    with(scene, SubFilter::Etsi, |message, _| Message {
        content: Some(b"something else".to_vec()),
        ..message
    })
}

fn detached_message(scene: &Scene) -> Upload {
    let message = Message::detached(&scene.signer, &[&scene.pki.issuer], &scene.issued);
    scene.upload(message.seal())
}

fn message_with_another_content(scene: &Scene) -> Upload {
    let message = Message::attached(&scene.signer, &[&scene.pki.issuer], &scene.issued);
    let mut content = scene.issued.clone();
    let last = content.len() - 1;
    content[last] = b' ';
    scene.upload(
        Message {
            content: Some(content),
            ..message
        }
        .seal(),
    )
}

fn message_by_two(scene: &Scene) -> Upload {
    let message = Message::attached(&scene.signer, &[&scene.pki.issuer], &scene.issued);
    scene.upload(
        Message {
            fault: Fault::TwoSigners,
            ..message
        }
        .seal(),
    )
}

fn message_with_a_wrong_signature(scene: &Scene) -> Upload {
    let message = Message::attached(&scene.signer, &[&scene.pki.issuer], &scene.issued);
    scene.upload(
        Message {
            fault: Fault::WrongSignature,
            ..message
        }
        .seal(),
    )
}

fn message_with_something_behind_it(scene: &Scene) -> Upload {
    let mut file = Message::attached(&scene.signer, &[&scene.pki.issuer], &scene.issued).seal();
    file.extend(b"more");
    scene.upload(file)
}

/// A signed message in a signed message.
fn message_in_a_message(scene: &Scene) -> Upload {
    let inner = Message::attached(&scene.signer, &[&scene.pki.issuer], &scene.issued).seal();
    scene.upload(Message::attached(&scene.signer, &[&scene.pki.issuer], &inner).seal())
}

/// A PDF that is signed, in a message that is signed: two signatures.
fn signed_file_in_a_message(scene: &Scene) -> Upload {
    let message = Message::attached(&scene.signer, &[&scene.pki.issuer], &scene.signed());
    scene.upload(message.seal())
}

fn nested_deeply(scene: &Scene) -> Upload {
    let mut inside = der::null();
    for _ in 0..20_000 {
        inside = der::context(0, &inside);
    }
    let file = der::seq(&[der::oid("1.2.840.113549.1.7.2"), inside]);
    scene.upload(file)
}

/// Lengths that are not said, a hundred thousand times.
fn nested_without_lengths(scene: &Scene) -> Upload {
    let mut file = vec![0x30, 0x80];
    file.extend(der::oid("1.2.840.113549.1.7.2"));
    for _ in 0..100_000 {
        file.extend([0xa0, 0x80]);
    }
    scene.upload(file)
}

#[rstest]
#[case::digested_with_sha_1(digested_with_sha_1, Check::Digest, Reason::WeakAlgorithm)]
#[case::names_another_certificate(names_another_certificate, Check::Signature, Reason::SignatureWrong)]
#[case::names_another_certificate_to_adobe(
    names_another_certificate_to_adobe,
    Check::Signature,
    Reason::SignatureWrong
)]
#[case::names_no_certificate(names_no_certificate, Check::Signature, Reason::AttributeMissing)]
#[case::with_another_key(with_another_key, Check::Signature, Reason::SignatureWrong)]
#[case::digest_of_something_else(digest_of_something_else, Check::Digest, Reason::DigestDiffers)]
#[case::without_message_digest(without_message_digest, Check::Digest, Reason::AttributeMissing)]
#[case::two_message_digests(two_message_digests, Check::Signature, Reason::SignatureMalformed)]
#[case::without_content_type(without_content_type, Check::Signature, Reason::AttributeMissing)]
#[case::without_attributes(without_attributes, Check::Signature, Reason::AttributeMissing)]
#[case::two_signers(two_signers, Check::OneSignature, Reason::SeveralSignatures)]
#[case::no_signer(no_signer, Check::OneSignature, Reason::Unsigned)]
#[case::without_the_certificate(without_the_certificate, Check::Signature, Reason::SignatureMalformed)]
#[case::another_algorithm(another_algorithm, Check::Digest, Reason::DigestDiffers)]
#[case::wrong_signature(wrong_signature, Check::Signature, Reason::SignatureWrong)]
#[case::with_content_inside(with_content_inside, Check::Signature, Reason::SignatureMalformed)]
#[case::detached_message(detached_message, Check::File, Reason::Malformed)]
#[case::message_with_another_content(message_with_another_content, Check::Digest, Reason::DigestDiffers)]
#[case::message_by_two(message_by_two, Check::OneSignature, Reason::SeveralSignatures)]
#[case::message_with_a_wrong_signature(
    message_with_a_wrong_signature,
    Check::Signature,
    Reason::SignatureWrong
)]
#[case::message_with_something_behind_it(
    message_with_something_behind_it,
    Check::Signature,
    Reason::SignatureMalformed
)]
#[case::message_in_a_message(message_in_a_message, Check::File, Reason::OtherType)]
#[case::signed_file_in_a_message(signed_file_in_a_message, Check::OneSignature, Reason::SeveralSignatures)]
#[case::nested_deeply(nested_deeply, Check::Signature, Reason::SignatureMalformed)]
#[case::nested_without_lengths(nested_without_lengths, Check::Signature, Reason::SignatureMalformed)]
fn a_message_that_breaks_the_rules_fails(
    #[case] attack: Attack,
    #[case] check: Check,
    #[case] reason: Reason,
) {
    judged(attack, check, Finding::Failed(reason));
}

/// The claimed time is recorded, and decides nothing.
#[test]
fn a_claimed_time_is_recorded_only() {
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    let long_ago = EPOCH.before(std::time::Duration::from_hours(10 * 365 * 24));
    let upload = with(&scene, SubFilter::Adobe, |message, _| Message {
        claimed: Some(long_ago),
        ..message
    });
    upload.assert_passes();
    let signer = upload.opinion().signer.unwrap();
    assert_eq!(signer.claimed_at, Some(long_ago));
    assert!(signer.identification.as_deref() == Some(CEDULA));
}
