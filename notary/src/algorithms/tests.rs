use super::*;
use crate::asn1::{BIT_STRING, element};
use crate::mint::{bits, oid as number, sequence};
use rstest::rstest;

fn info(algorithm: &[Vec<u8>], key: &[u8]) -> Vec<u8> {
    sequence(&[sequence(algorithm), bits(key)])
}

fn refusal(info: &[u8]) -> Option<Refusal> {
    PublicKey::read(Element::only(info).unwrap()).err()
}

/// An RSA key whose modulus has its highest bit at this place.
fn rsa_key(bits: usize) -> Vec<u8> {
    let mut modulus = vec![0xff_u8; bits.div_ceil(8)];
    match bits % 8 {
        0 => modulus.insert(0, 0),
        some => modulus[0] = 0xff >> (8 - some),
    }
    let key = sequence(&[element(INTEGER, &modulus), element(INTEGER, &[1, 0, 1])]);
    info(&[number("1.2.840.113549.1.1.1"), vec![0x05, 0x00]], &key)
}

#[rstest]
#[case(1024, Some(Refusal::Weak))]
#[case(2047, Some(Refusal::Weak))]
#[case(2048, None)]
#[case(4096, None)]
#[case(8192, None)]
#[case(8193, Some(Refusal::Unknown))]
fn rsa_keys_have_a_length(#[case] bits: usize, #[case] found: Option<Refusal>) {
    assert_eq!(refusal(&rsa_key(bits)), found);
}

#[rstest]
#[case::p_192("1.2.840.10045.3.1.1", Refusal::Weak)]
#[case::p_224("1.3.132.0.33", Refusal::Weak)]
#[case::p_521("1.3.132.0.35", Refusal::Unknown)]
#[case::no_point("1.2.840.10045.3.1.7", Refusal::Malformed)]
fn other_curves_are_refused(#[case] curve: &str, #[case] found: Refusal) {
    let info = info(&[number("1.2.840.10045.2.1"), number(curve)], &[4; 65]);
    assert_eq!(refusal(&info), Some(found));
}

#[test]
fn other_kinds_of_keys_are_refused() {
    assert_eq!(
        refusal(&info(&[number("1.3.101.112")], &[7; 32])),
        Some(Refusal::Unknown),
        "Ed25519"
    );
    assert_eq!(
        refusal(&info(&[number("1.2.840.10040.4.1")], &[7; 32])),
        Some(Refusal::Weak),
        "DSA"
    );
    let odd_bits = sequence(&[sequence(&[number("1.3.101.112")]), element(BIT_STRING, &[3, 8])]);
    assert_eq!(refusal(&odd_bits), Some(Refusal::Malformed));
}

#[rstest]
#[case::sha_256("2.16.840.1.101.3.4.2.1", Ok(Digest::Sha256))]
#[case::sha_384("2.16.840.1.101.3.4.2.2", Ok(Digest::Sha384))]
#[case::sha_512("2.16.840.1.101.3.4.2.3", Ok(Digest::Sha512))]
#[case::sha_1("1.3.14.3.2.26", Err(Refusal::Weak))]
#[case::md5("1.2.840.113549.2.5", Err(Refusal::Weak))]
#[case::sha_224("2.16.840.1.101.3.4.2.4", Err(Refusal::Weak))]
#[case::sha3("2.16.840.1.101.3.4.2.8", Err(Refusal::Unknown))]
fn digests_are_known_by_number(#[case] text: &str, #[case] found: Result<Digest, Refusal>) {
    let algorithm = sequence(&[number(text), vec![0x05, 0x00]]);
    assert_eq!(Digest::read(Element::only(&algorithm).unwrap()), found);
}

#[rstest]
#[case::rsa("1.2.840.113549.1.1.13", Ok(Scheme::RsaPkcs1(Digest::Sha512)))]
#[case::key_alone("1.2.840.113549.1.1.1", Ok(Scheme::RsaPkcs1(Digest::Sha384)))]
#[case::ecdsa("1.2.840.10045.4.3.2", Ok(Scheme::Ecdsa(Digest::Sha256)))]
#[case::curve_alone("1.2.840.10045.2.1", Ok(Scheme::Ecdsa(Digest::Sha384)))]
#[case::sha_1("1.2.840.113549.1.1.5", Err(Refusal::Weak))]
#[case::md5("1.2.840.113549.1.1.4", Err(Refusal::Weak))]
#[case::ecdsa_sha_1("1.2.840.10045.4.1", Err(Refusal::Weak))]
#[case::ed25519("1.3.101.112", Err(Refusal::Unknown))]
fn schemes_are_known_by_number(#[case] text: &str, #[case] found: Result<Scheme, Refusal>) {
    let algorithm = sequence(&[number(text), vec![0x05, 0x00]]);
    assert_eq!(
        Scheme::read(Element::only(&algorithm).unwrap(), Some(Digest::Sha384)),
        found
    );
}

#[test]
fn a_kind_of_key_alone_is_no_scheme_of_a_certificate() {
    let algorithm = sequence(&[number("1.2.840.113549.1.1.1"), vec![0x05, 0x00]]);
    assert_eq!(
        Scheme::read(Element::only(&algorithm).unwrap(), None),
        Err(Refusal::Unknown)
    );
}

#[test]
fn pss_says_both_digests_and_they_are_the_same() {
    const SHA_256: &str = "2.16.840.1.101.3.4.2.1";
    const SHA_512: &str = "2.16.840.1.101.3.4.2.3";
    let hash = |text: &str| element(constructed(0), &sequence(&[number(text)]));
    let mask = |text: &str| {
        let inner = sequence(&[number("1.2.840.113549.1.1.8"), sequence(&[number(text)])]);
        element(constructed(1), &inner)
    };
    let salt = |length: u8| element(constructed(2), &element(INTEGER, &[length]));
    let trailer = |value: u8| element(constructed(3), &element(INTEGER, &[value]));
    let read = |parts: &[Vec<u8>]| {
        let algorithm = sequence(&[number("1.2.840.113549.1.1.10"), sequence(parts)]);
        Scheme::read(Element::only(&algorithm).unwrap(), None)
    };
    let digest = Digest::Sha256;
    let both = [hash(SHA_256), mask(SHA_256)];
    assert_eq!(
        read(&[&both[..], &[salt(32)]].concat()),
        Ok(Scheme::RsaPss { digest, salt: 32 })
    );
    assert_eq!(
        read(&both),
        Ok(Scheme::RsaPss { digest, salt: 20 }),
        "the default of the format"
    );
    assert_eq!(
        read(&[&both[..], &[salt(32), trailer(1)]].concat()),
        Ok(Scheme::RsaPss { digest, salt: 32 })
    );
    assert_eq!(
        read(&[&both[..], &[salt(32), trailer(2)]].concat()),
        Err(Refusal::Unknown)
    );
    assert_eq!(read(&[hash(SHA_256), mask(SHA_512)]), Err(Refusal::Unknown));
    assert_eq!(read(&[]), Err(Refusal::Weak), "what is left out is SHA-1");
    assert_eq!(read(&[hash(SHA_256)]), Err(Refusal::Weak));
    assert_eq!(
        read(&[&both[..], &[salt(0xff)]].concat()),
        Err(Refusal::Malformed),
        "a negative length"
    );
}
