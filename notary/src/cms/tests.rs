use super::*;
use crate::mint::message::{DATA, Draft, attribute};
use crate::mint::{self, Identity, NOW, WEAK_SCHEME, oid};
use rstest::rstest;
use shared::signatures::Finding::{self, Failed, Passed, Skipped};
use shared::signatures::Reason;

const CONTENT: &[u8] = b"Solicitud de prueba.\n";

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../fixtures/", $name, ".p7m")).as_slice()
    };
}

fn judged(bytes: &[u8], profile: Profile) -> Judgement {
    let message = Message::read(bytes, Padding::None).unwrap();
    let content = message.content.as_deref().unwrap();
    judge(&message, &message.signers[0], &[content], profile)
}

fn person() -> Identity {
    let root = mint::Draft::authority("root", 1, None).self_signed();
    mint::Draft::person("person", 2).signed_by(&root)
}

#[rstest]
#[case::rsa(fixture!("rsa_sha256"))]
#[case::streamed(fixture!("rsa_sha512_cades_streamed"))]
#[case::key_id(fixture!("rsa_sha384_key_id"))]
#[case::pss_longest(fixture!("rsa_pss_longest_salt"))]
#[case::pss_digest(fixture!("rsa_pss_salt_of_digest"))]
#[case::p256_sha512(fixture!("p256_sha512"))]
#[case::p384_sha256(fixture!("p384_sha256"))]
#[case::p384_sha384(fixture!("p384_sha384"))]
fn what_openssl_signs_passes(#[case] bytes: &[u8]) {
    let message = Message::read(bytes, Padding::None).unwrap();
    assert_eq!(message.content.as_deref(), Some(CONTENT));
    let judgement = judge(
        &message,
        &message.signers[0],
        &[&CONTENT[..7], &CONTENT[7..]],
        Profile::Plain,
    );
    assert_eq!((judgement.digest, judgement.signature), (Passed, Passed));
    assert!(judgement.signer.is_some() && judgement.claimed_at.is_some());
    let other = judge(
        &message,
        &message.signers[0],
        &[b"Otra solicitud.\n"],
        Profile::Plain,
    );
    assert_eq!(
        (other.digest, other.signature),
        (Failed(Reason::DigestDiffers), Passed)
    );
}

#[rstest]
#[case::sha1(fixture!("sha1"), Failed(Reason::WeakAlgorithm), Failed(Reason::WeakAlgorithm))]
#[case::rsa_1024(fixture!("weak"), Passed, Failed(Reason::WeakAlgorithm))]
#[case::no_attributes(fixture!("no_attributes"), Skipped, Failed(Reason::AttributeMissing))]
#[case::no_certificate(fixture!("no_certificate"), Passed, Failed(Reason::SignatureMalformed))]
fn what_openssl_can_make_too_is_refused(
    #[case] bytes: &[u8],
    #[case] digest: Finding,
    #[case] signature: Finding,
) {
    let judgement = judged(bytes, Profile::Plain);
    assert_eq!((judgement.digest, judgement.signature), (digest, signature));
}

#[test]
fn every_signer_is_counted() {
    let message = Message::read(fixture!("two_signers"), Padding::None).unwrap();
    assert_eq!(message.signers.len(), 2);
}

#[test]
fn no_byte_of_a_message_can_be_changed_unnoticed() {
    let whole = fixture!("rsa_sha256");
    let message = Message::read(whole, Padding::None).unwrap();
    let signer = message.signers[0]
        .certificate(&message.certificates)
        .unwrap()
        .der
        .clone();
    for at in 0..whole.len() {
        let mut changed = whole.to_vec();
        changed[at] ^= 0x01;
        let Ok(message) = Message::read(&changed, Padding::None) else {
            continue;
        };
        let [signature] = message.signers.as_slice() else {
            continue;
        };
        let Some(content) = message.content.as_deref() else {
            continue;
        };
        let judgement = judge(&message, signature, &[content], Profile::Plain);
        if (judgement.digest, judgement.signature) == (Passed, Passed) {
            // Versions, the list of digests and unsigned fields say nothing; what the verdict rests on is as it was.
            assert_eq!(content, CONTENT, "byte {at}");
            let certificate = judgement.signer.unwrap();
            let tbs = Element::only(&certificate.der)
                .unwrap()
                .inside()
                .any()
                .unwrap()
                .whole
                .to_vec();
            let before = Element::only(&signer)
                .unwrap()
                .inside()
                .any()
                .unwrap()
                .whole
                .to_vec();
            // A changed certificate is the chain's to find, as long as the key is the same.
            assert!(tbs == before || tbs.len() == before.len(), "byte {at}");
        }
    }
}

#[test]
fn the_profile_of_etsi_wants_the_signers_certificate_named() {
    let person = person();
    let plain = Draft::of(CONTENT, &[&person]);
    assert_eq!(
        judged(&plain.signed_by(&person), Profile::Etsi).signature,
        Failed(Reason::AttributeMissing)
    );
    assert_eq!(
        judged(&plain.signed_by(&person), Profile::Plain).signature,
        Passed
    );
    let named = plain.clone().naming(&person);
    assert_eq!(judged(&named.signed_by(&person), Profile::Etsi).signature, Passed);
    let root = mint::Draft::authority("root", 1, None).self_signed();
    let other = plain.naming(&root);
    assert_eq!(
        judged(&other.signed_by(&person), Profile::Etsi).signature,
        Failed(Reason::SignatureWrong)
    );
    assert_eq!(
        judged(&other.signed_by(&person), Profile::Plain).signature,
        Failed(Reason::SignatureWrong),
        "it is looked at wherever it is"
    );
}

#[test]
fn the_certificate_is_the_one_that_is_named_never_the_first() {
    let root = mint::Draft::authority("root", 1, None).self_signed();
    let (one, two) = (
        mint::Draft::person("one", 2).signed_by(&root),
        mint::Draft::person("two", 3).signed_by(&root),
    );
    let judgement = judged(
        &Draft::of(CONTENT, &[&one, &root, &two]).signed_by(&two),
        Profile::Plain,
    );
    assert_eq!(judgement.signature, Passed);
    assert_eq!(judgement.signer.unwrap().der, two.certificate.der);
    // Signed by the one, naming the other.
    let draft = Draft::of(CONTENT, &[&one, &two]);
    let attributes = draft.attributes.concat();
    let signature = one.key.sign(&crate::asn1::element(SET, &attributes));
    let swapped = draft.with_signature(&two, &attributes, &signature);
    assert_eq!(
        judged(&swapped, Profile::Plain).signature,
        Failed(Reason::SignatureWrong)
    );
}

#[test]
fn attributes_are_what_they_must_be() {
    let person = person();
    let with = |attributes: Vec<Vec<u8>>| {
        let mut draft = Draft::of(CONTENT, &[&person]);
        draft.attributes = attributes;
        let judgement = judged(&draft.signed_by(&person), Profile::Plain);
        (judgement.digest, judgement.signature)
    };
    let ordinary = Draft::of(CONTENT, &[&person]).attributes;
    let (kind, digest) = (ordinary[0].clone(), ordinary[1].clone());
    assert_eq!(with(vec![kind.clone(), digest.clone()]), (Passed, Passed));
    assert_eq!(
        with(vec![digest.clone(), kind.clone()]),
        (Passed, Passed),
        "in whatever order they were signed"
    );
    assert_eq!(
        with(vec![digest.clone()]),
        (Passed, Failed(Reason::AttributeMissing))
    );
    assert_eq!(
        with(vec![kind.clone()]),
        (Failed(Reason::AttributeMissing), Failed(Reason::AttributeMissing))
    );
    let malformed = (Skipped, Failed(Reason::SignatureMalformed));
    assert_eq!(
        with(vec![kind.clone(), digest.clone(), digest.clone()]),
        malformed
    );
    assert_eq!(with(vec![kind, digest.clone(), b"\x04\x00".to_vec()]), malformed);
    let other_kind = attribute("1.2.840.113549.1.9.3", oid("1.2.840.113549.1.9.16.1.4"));
    assert_eq!(
        with(vec![other_kind, digest]),
        (Passed, Failed(Reason::SignatureMalformed))
    );
}

#[test]
fn attributes_may_be_sent_in_another_order_than_they_were_signed() {
    let person = person();
    let draft = Draft::of(CONTENT, &[&person]).signed_at(NOW);
    let mut ordered = draft.attributes.clone();
    ordered.sort();
    let signature = person.key.sign(&crate::asn1::element(SET, &ordered.concat()));
    ordered.reverse();
    let sent = draft.with_signature(&person, &ordered.concat(), &signature);
    assert_eq!(judged(&sent, Profile::Plain).signature, Passed);
    let fewer = draft.with_signature(&person, &ordered[..2].concat(), &signature);
    assert_ne!(judged(&fewer, Profile::Plain).signature, Passed);
}

#[test]
fn the_digest_of_the_signature_is_the_digest_of_the_content() {
    let person = person();
    let mut draft = Draft::of(CONTENT, &[&person]);
    draft.scheme = WEAK_SCHEME.to_vec();
    assert_eq!(
        judged(&draft.signed_by(&person), Profile::Plain).signature,
        Failed(Reason::WeakAlgorithm)
    );
    // ECDSA with SHA-384.
    draft.scheme = mint::sequence(&[oid("1.2.840.10045.4.3.3")]);
    assert_eq!(
        judged(&draft.signed_by(&person), Profile::Plain).signature,
        Failed(Reason::SignatureMalformed)
    );
    // Ed25519.
    draft.scheme = mint::sequence(&[oid("1.3.101.112")]);
    assert_eq!(
        judged(&draft.signed_by(&person), Profile::Plain).signature,
        Failed(Reason::UnknownAlgorithm)
    );
}

#[test]
fn the_claimed_time_is_recorded() {
    let person = person();
    let judgement = judged(
        &Draft::of(CONTENT, &[&person]).signed_at(NOW).signed_by(&person),
        Profile::Plain,
    );
    assert_eq!((judgement.claimed_at, judgement.signature), (Some(NOW), Passed));
}

#[test]
fn what_is_no_message_is_malformed() {
    let whole = fixture!("rsa_sha256");
    let read = |bytes: &[u8], padding| Message::read(bytes, padding).is_ok();
    assert!(read(&[whole, &[0, 0]].concat(), Padding::Zeros));
    assert!(!read(&[whole, &[0, 0]].concat(), Padding::None));
    assert!(!read(&[whole, &[0, 1]].concat(), Padding::Zeros));
    assert!(!read(&whole[..whole.len() - 1], Padding::Zeros));
    assert!(!read(b"", Padding::Zeros));
    assert!(!read(&mint::sequence(&[oid(DATA)]), Padding::None));
}

#[test]
fn certificates_are_limited() {
    let person = person();
    let many = |number: usize| {
        let mut draft = Draft::of(CONTENT, &[&person]);
        draft.along = vec![person.certificate.der.clone(); number];
        Message::read(&draft.signed_by(&person), Padding::None).is_ok()
    };
    assert!(many(20));
    assert!(!many(21));
}
