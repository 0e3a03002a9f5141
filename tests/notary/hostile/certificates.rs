//! Sound signatures by certificates that do not make the signer the representative.

use super::{Attack, judged};
use crate::scene::{CEDULA, OTHER_CEDULA, OTHER_RUC, RUC, Scene, Upload, just_before};
use rstest::rstest;
use shared::signatures::{Check, Finding, Reason};
use std::time::Duration;
use tests::EPOCH;
use tests::pki::certificate::{id, name, usage};
use tests::pki::{Authority, Digest, Draft, Extension, Holder, Identity, Key, Layout, Pki, RsaKey, der};
use tests::signing::{self, Message, SubFilter, prepare};

const MINUTE: Duration = Duration::from_mins(1);

/// The representative's certificate with something else about it.
fn with(scene: &Scene, change: impl FnOnce(Draft) -> Draft) -> Upload {
    let draft = scene.pki.draft(&Holder::representative(CEDULA, RUC));
    let signer = change(draft).signed_by(&scene.pki.issuer);
    scene.upload(scene.signed_by(&signer))
}

/// A certificate by another issuer, which is sent along.
fn below(scene: &Scene, issuer: &Identity, along: &[&Identity]) -> Upload {
    let draft = scene.pki.draft(&Holder::representative(CEDULA, RUC));
    let signer = draft.signed_by(issuer);
    let prepared = prepare(&scene.issued, SubFilter::Etsi);
    let message = Message::detached(&signer, along, &prepared.covered());
    scene.upload(prepared.filled(&message.seal()))
}

fn expired(scene: &Scene) -> Upload {
    with(scene, |draft| Draft {
        not_after: EPOCH.before(MINUTE),
        ..draft
    })
}

fn expired_a_second_ago(scene: &Scene) -> Upload {
    with(scene, |draft| Draft {
        not_after: EPOCH.before(Duration::from_secs(1)),
        ..draft
    })
}

fn not_valid_yet(scene: &Scene) -> Upload {
    with(scene, |draft| Draft {
        not_before: EPOCH.after(MINUTE),
        ..draft
    })
}

fn issuer_expired(scene: &Scene) -> Upload {
    let draft = scene.pki.issuer_draft("VENCIDA");
    let issuer = Draft {
        not_after: EPOCH.before(MINUTE),
        ..draft
    }
    .signed_by(&scene.pki.root);
    below(scene, &issuer, &[&issuer])
}

fn for_enciphering(scene: &Scene) -> Upload {
    with(scene, |draft| {
        draft.with(Extension::key_usage(usage::ENCIPHERMENT))
    })
}

fn without_key_usage(scene: &Scene) -> Upload {
    with(scene, |draft| draft.without(id::KEY_USAGE))
}

fn for_servers(scene: &Scene) -> Upload {
    with(scene, |draft| {
        draft.with(Extension::purposes(&["1.3.6.1.5.5.7.3.1"]))
    })
}

fn another_persons(scene: &Scene) -> Upload {
    let signer = scene.pki.issue(&Holder::representative(OTHER_CEDULA, RUC));
    scene.upload(scene.signed_by(&signer))
}

fn another_employers(scene: &Scene) -> Upload {
    let signer = scene.pki.issue(&Holder::representative(CEDULA, OTHER_RUC));
    scene.upload(scene.signed_by(&signer))
}

fn nobodys(scene: &Scene) -> Upload {
    let holder = Holder {
        identification: None,
        ..Holder::person(CEDULA)
    };
    scene.upload(scene.signed_by(&scene.pki.issue(&holder)))
}

/// In layout C: the number is a passport's.
fn a_passport(_: &Scene) -> Upload {
    let scene = Scene::new(Authority::SecurityData, Layout::C);
    let holder = Holder {
        prefix: "PASEC-",
        ..Holder::representative("A1234567", RUC)
    };
    scene.upload(scene.signed_by(&scene.pki.issue(&holder)))
}

/// The right number in one layout, another person's in another.
fn of_two_persons(scene: &Scene) -> Upload {
    with(scene, |draft| {
        Draft {
            subject: name(&[("2.5.4.5", der::printable(&format!("IDCEC-{CEDULA}")))]),
            ..draft
        }
        .with(Extension::ordinary(
            "1.3.6.1.4.1.37746.3.1",
            der::printable(OTHER_CEDULA),
        ))
    })
}

/// The same the other way round.
fn of_two_persons_the_right_one_first(scene: &Scene) -> Upload {
    with_subject(scene, &[("2.5.4.5", format!("IDCEC-{OTHER_CEDULA}"))])
}

/// The employer's in the private field, another one in the subject.
fn of_two_employers(scene: &Scene) -> Upload {
    with_subject(scene, &[("2.5.4.97", format!("VATEC-{OTHER_RUC}"))])
}

/// No employer but in the subject.
fn another_employers_in_the_subject_alone(scene: &Scene) -> Upload {
    let draft = scene.pki.draft(&Holder::person(CEDULA));
    let subject = name(&[("2.5.4.97", der::utf8(&format!("VATEC-{OTHER_RUC}")))]);
    let signer = Draft { subject, ..draft }.signed_by(&scene.pki.issuer);
    scene.upload(scene.signed_by(&signer))
}

/// The same among the other names.
fn another_employers_beside_other_names(_: &Scene) -> Upload {
    another_employers_in_the_subject_alone(&Scene::new(Authority::Uanataca, Layout::B))
}

/// The representative's certificate of layout A with another subject.
fn with_subject(scene: &Scene, attributes: &[(&str, String)]) -> Upload {
    let attributes: Vec<_> = attributes
        .iter()
        .map(|(number, text)| (*number, der::utf8(text)))
        .collect();
    with(scene, |draft| Draft {
        subject: name(&attributes),
        ..draft
    })
}

/// A number that is the right one only to somebody who stops at a nought.
fn cut_off_by_a_nought(scene: &Scene) -> Upload {
    let number = format!("{CEDULA}\0X");
    with(scene, |draft| {
        draft.with(Extension::ordinary("1.3.6.1.4.1.37746.3.1", der::utf8(&number)))
    })
}

fn by_a_stranger_with_the_same_name(scene: &Scene) -> Upload {
    let issuer = scene
        .pki
        .issuer_draft("SUBORDINADA")
        .signed_by(&scene.pki.stranger);
    below(scene, &issuer, &[&issuer, &scene.pki.stranger])
}

fn by_itself(scene: &Scene) -> Upload {
    let signer = scene
        .pki
        .draft(&Holder::representative(CEDULA, RUC))
        .self_signed();
    scene.upload(scene.signed_by(&signer))
}

fn by_an_authority_that_is_not_pinned(scene: &Scene) -> Upload {
    let other = Pki::new(Authority::Uanataca, Layout::B, EPOCH);
    let signer = other.issue(&Holder::representative(CEDULA, RUC));
    scene.upload(signing::sign(
        &scene.issued,
        &signer,
        &other.issuer,
        SubFilter::Etsi,
    ))
}

fn without_its_issuer(scene: &Scene) -> Upload {
    below(scene, &scene.pki.issuer, &[])
}

/// Another holder's certificate plays the issuer.
fn by_a_holder(scene: &Scene) -> Upload {
    let holder = scene.pki.issue(&Holder::representative(OTHER_CEDULA, RUC));
    below(scene, &holder, &[&holder, &scene.pki.issuer])
}

fn by_an_issuer_that_is_none(scene: &Scene) -> Upload {
    let draft = scene.pki.issuer_draft("SIN CA").without(id::BASIC_CONSTRAINTS);
    let issuer = draft.signed_by(&scene.pki.root);
    below(scene, &issuer, &[&issuer])
}

fn by_an_issuer_that_may_not(scene: &Scene) -> Upload {
    let draft = scene
        .pki
        .issuer_draft("SIN USO")
        .with(Extension::key_usage(usage::SIGNATURE));
    let issuer = draft.signed_by(&scene.pki.root);
    below(scene, &issuer, &[&issuer])
}

/// The issuer may have no authority below it, and has one.
fn by_one_too_far_below(scene: &Scene) -> Upload {
    let issuer = scene.pki.issuer_draft("NIETA").signed_by(&scene.pki.issuer);
    below(scene, &issuer, &[&issuer, &scene.pki.issuer])
}

fn by_a_constrained_issuer(scene: &Scene) -> Upload {
    let nowhere = Extension::critical("2.5.29.30", der::seq(&[]));
    let issuer = scene
        .pki
        .issuer_draft("LIMITADA")
        .with(nowhere)
        .signed_by(&scene.pki.root);
    below(scene, &issuer, &[&issuer])
}

fn with_something_critical(scene: &Scene) -> Upload {
    with(scene, |draft| {
        draft.with(Extension::critical("1.3.6.1.4.1.99999.1", der::null()))
    })
}

fn signed_with_sha_1(scene: &Scene) -> Upload {
    with(scene, |draft| Draft {
        digest: Digest::Sha1,
        ..draft
    })
}

fn issuer_signed_with_sha_1(scene: &Scene) -> Upload {
    let draft = scene.pki.issuer_draft("ANTIGUA");
    let issuer = Draft {
        digest: Digest::Sha1,
        ..draft
    }
    .signed_by(&scene.pki.root);
    below(scene, &issuer, &[&issuer])
}

fn with_a_short_key(scene: &Scene) -> Upload {
    with(scene, |draft| Draft {
        key: Key::Rsa(RsaKey::Weak),
        ..draft
    })
}

fn by_an_issuer_with_a_short_key(scene: &Scene) -> Upload {
    let draft = scene.pki.issuer_draft("CORTA");
    let issuer = Draft {
        key: Key::Rsa(RsaKey::Weak),
        ..draft
    }
    .signed_by(&scene.pki.root);
    below(scene, &issuer, &[&issuer])
}

/// A name that is the anchor's, in a chain that is sent along and ends at its own root.
fn with_its_own_root(scene: &Scene) -> Upload {
    below(scene, &scene.pki.stranger, &[&scene.pki.stranger])
}

/// Signed soundly by the issuer's name with another key.
fn with_a_forged_signature(scene: &Scene) -> Upload {
    let draft = scene.pki.draft(&Holder::representative(CEDULA, RUC));
    let signer = draft.sealed(scene.pki.issuer.subject.clone(), Key::P256("forger"));
    scene.upload(scene.signed_by(&signer))
}

#[rstest]
#[case::expired(expired, Check::Period, Reason::CertificateExpired)]
#[case::expired_a_second_ago(expired_a_second_ago, Check::Period, Reason::CertificateExpired)]
#[case::not_valid_yet(not_valid_yet, Check::Period, Reason::CertificateNotYetValid)]
#[case::issuer_expired(issuer_expired, Check::Period, Reason::CertificateExpired)]
#[case::for_enciphering(for_enciphering, Check::KeyUsage, Reason::WrongKeyUsage)]
#[case::without_key_usage(without_key_usage, Check::KeyUsage, Reason::WrongKeyUsage)]
#[case::for_servers(for_servers, Check::KeyUsage, Reason::WrongKeyUsage)]
#[case::another_persons(another_persons, Check::Holder, Reason::OtherHolder)]
#[case::another_employers(another_employers, Check::Employer, Reason::OtherEmployer)]
#[case::a_passport(a_passport, Check::Holder, Reason::OtherHolder)]
#[case::of_two_persons(of_two_persons, Check::Holder, Reason::OtherHolder)]
#[case::of_two_persons_the_right_one_first(
    of_two_persons_the_right_one_first,
    Check::Holder,
    Reason::OtherHolder
)]
#[case::of_two_employers(of_two_employers, Check::Employer, Reason::OtherEmployer)]
#[case::another_employers_in_the_subject_alone(
    another_employers_in_the_subject_alone,
    Check::Employer,
    Reason::OtherEmployer
)]
#[case::another_employers_beside_other_names(
    another_employers_beside_other_names,
    Check::Employer,
    Reason::OtherEmployer
)]
#[case::cut_off_by_a_nought(cut_off_by_a_nought, Check::Holder, Reason::OtherHolder)]
#[case::by_a_stranger_with_the_same_name(
    by_a_stranger_with_the_same_name,
    Check::Authority,
    Reason::UnknownAuthority
)]
#[case::by_itself(by_itself, Check::Authority, Reason::UnknownAuthority)]
#[case::by_an_authority_that_is_not_pinned(
    by_an_authority_that_is_not_pinned,
    Check::Authority,
    Reason::UnknownAuthority
)]
#[case::without_its_issuer(without_its_issuer, Check::Authority, Reason::UnknownAuthority)]
#[case::with_its_own_root(with_its_own_root, Check::Authority, Reason::UnknownAuthority)]
#[case::with_a_forged_signature(with_a_forged_signature, Check::Authority, Reason::UnknownAuthority)]
#[case::by_a_holder(by_a_holder, Check::Authority, Reason::ChainBroken)]
#[case::by_an_issuer_that_is_none(by_an_issuer_that_is_none, Check::Authority, Reason::ChainBroken)]
#[case::by_an_issuer_that_may_not(by_an_issuer_that_may_not, Check::Authority, Reason::ChainBroken)]
#[case::by_one_too_far_below(by_one_too_far_below, Check::Authority, Reason::ChainBroken)]
#[case::by_a_constrained_issuer(by_a_constrained_issuer, Check::Authority, Reason::ChainBroken)]
#[case::with_something_critical(with_something_critical, Check::Authority, Reason::ChainBroken)]
#[case::signed_with_sha_1(signed_with_sha_1, Check::Authority, Reason::WeakAlgorithm)]
#[case::issuer_signed_with_sha_1(issuer_signed_with_sha_1, Check::Authority, Reason::WeakAlgorithm)]
#[case::with_a_short_key(with_a_short_key, Check::Signature, Reason::WeakAlgorithm)]
#[case::by_an_issuer_with_a_short_key(by_an_issuer_with_a_short_key, Check::Authority, Reason::WeakAlgorithm)]
fn a_certificate_that_does_not_do_fails(
    #[case] attack: Attack,
    #[case] check: Check,
    #[case] reason: Reason,
) {
    judged(attack, check, Finding::Failed(reason));
}

#[test]
fn a_certificate_of_nobody_is_looked_at_by_a_person() {
    judged(nobodys, Check::Holder, Finding::Unknown(Reason::HolderUnknown));
}

/// An extension in which one thing is in another twenty thousand times: one that is read, and one that nobody knows.
#[rstest]
fn what_is_nested_deeply_in_a_certificate_is_not_walked_into(
    #[values("1.3.6.1.4.1.37746.3.1", "1.3.6.1.4.1.99999.1")] extension: &str,
) {
    let mut value = der::null();
    for _ in 0..20_000 {
        value = der::seq(&[value]);
    }
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    let signer = scene
        .pki
        .draft(&Holder::representative(CEDULA, RUC))
        .with(Extension::ordinary(extension, value))
        .signed_by(&scene.pki.issuer);
    let message = Message::attached(&signer, &[&scene.pki.issuer], &scene.issued);
    let failed = Finding::Failed(Reason::SignatureMalformed);
    scene.upload(message.seal()).assert(Check::Signature, failed);
}

#[test]
fn a_certificate_is_valid_up_to_its_last_second_and_from_its_first() {
    let scene = Scene::new(Authority::SecurityData, Layout::A);
    let draft = scene.pki.draft(&Holder::representative(CEDULA, RUC));
    let last = Draft {
        not_after: EPOCH,
        ..draft.clone()
    }
    .signed_by(&scene.pki.issuer);
    scene.upload(scene.signed_by(&last)).assert_passes();
    let first = Draft {
        not_before: EPOCH,
        ..draft
    }
    .signed_by(&scene.pki.issuer);
    let mut upload = scene.upload(scene.signed_by(&first));
    upload.assert_passes();
    upload.expectation.now = just_before(EPOCH);
    upload.assert(Check::Period, Finding::Failed(Reason::CertificateNotYetValid));
}
