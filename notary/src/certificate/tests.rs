use super::*;
use crate::asn1::element;
use crate::mint::{Draft, NOW, SIGNING, common_name, name, sequence, set, utf8};
use proptest::prelude::*;

#[test]
fn a_root_of_openssl_is_read() {
    let root = Certificate::read(include_bytes!("../../fixtures/root.der")).unwrap();
    assert!(root.is_self_issued() && root.is_authority());
    assert_eq!(root.is_issued_by(&root), Ok(()));
    assert_eq!(common_name_of(&root), Some("Raiz".to_owned()));
    assert_eq!(root.fingerprint().len(), 64);
    assert!(root.extensions.usage.unwrap().allows_issuing());
    assert!(!root.extensions.usage.unwrap().allows_signing());
}

fn common_name_of(certificate: &Certificate) -> Option<String> {
    super::common_name(&certificate.subject)
}

#[test]
fn names_are_the_same_by_what_they_say() {
    let one = name(&[("2.5.4.6", "EC"), ("2.5.4.3", "Raíz  Única")]);
    assert!(same_name(&one, &one));
    assert!(same_name(
        &one,
        &name(&[("2.5.4.6", "ec"), ("2.5.4.3", " raíz única ")])
    ));
    assert!(!same_name(
        &one,
        &name(&[("2.5.4.3", "Raíz Única"), ("2.5.4.6", "EC")])
    ));
    assert!(!same_name(
        &one,
        &name(&[("2.5.4.6", "EC"), ("2.5.4.3", "Raíz Unica")])
    ));
    assert!(!same_name(
        &one,
        &name(&[("2.5.4.6", "EC"), ("2.5.4.10", "Raíz Única")])
    ));
    let latin = |tag, value: &[u8]| {
        sequence(&[set(&[sequence(&[
            crate::mint::oid("2.5.4.3"),
            element(tag, value),
        ])])])
    };
    assert!(same_name(
        &latin(0x14, b"Ra\xedz"),
        &latin(0x0c, "RAÍZ".as_bytes())
    ));
    assert!(!same_name(b"", &one));
}

#[test]
fn serial_numbers_are_told_without_their_sign() {
    let mut draft = Draft::person("a", 1);
    draft.serial = vec![0x00, 0x80, 0x0a];
    assert_eq!(draft.self_signed().certificate.serial_hex(), "800a");
}

#[test]
fn an_extension_that_is_there_twice_makes_it_unreadable() {
    let draft = Draft::person("a", 1);
    let (subject, key) = (common_name("a"), draft.key.clone());
    assert!(Certificate::read(&draft.der(&subject, &key)).is_ok());
    let twice = draft.with("2.5.29.15", SIGNING);
    assert!(Certificate::read(&twice.der(&subject, &key)).is_err());
}

#[test]
fn what_is_critical_and_not_known_is_noted() {
    let understood = |draft: Draft| draft.self_signed().certificate.extensions.understood;
    assert_eq!(understood(Draft::person("a", 1)), Understood::All);
    assert_eq!(
        understood(Draft::person("a", 1).with("1.2.3", &utf8("x"))),
        Understood::All
    );
    assert_eq!(
        understood(Draft::person("a", 1).critical("1.2.3", &utf8("x"))),
        Understood::NotAll
    );
    // Names' constraints, which we do not read.
    assert_eq!(
        understood(Draft::person("a", 1).critical("2.5.29.30", &sequence(&[]))),
        Understood::NotAll
    );
}

#[test]
fn only_addresses_of_the_web_are_asked() {
    let draft = Draft::person("a", 1).asked_at(
        &[
            "http://ocsp.example/",
            "ldap://ocsp.example/",
            "HTTPS://ocsp.example/a",
        ],
        &[
            "http://crl.example/a b",
            "file:///etc/passwd",
            "http://crl.example/a.crl",
        ],
    );
    let extensions = draft.self_signed().certificate.extensions.clone();
    assert_eq!(
        extensions.ocsp,
        ["http://ocsp.example/", "HTTPS://ocsp.example/a"]
    );
    assert_eq!(extensions.lists, ["http://crl.example/a.crl"]);
}

#[test]
fn both_algorithms_of_a_certificate_are_the_same() {
    let draft = Draft::person("a", 1);
    let mut der = draft.der(&common_name("a"), &draft.key);
    let end = der.windows(2).rposition(|pair| pair == [0x03, 0x02]).unwrap();
    let last = der[..end + 2]
        .windows(8)
        .rposition(|part| part[..7] == [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03]);
    der[last.unwrap() + 7] = 0x03;
    assert!(Certificate::read(&der).is_err());
}

proptest! {
    #[test]
    fn no_certificate_makes_it_panic(at in 0_usize..400, byte in any::<u8>(), cut in 0_usize..400) {
        let draft = Draft::person("a", 1).asked_at(&["http://a.example/"], &["http://b.example/"]).policies(&["1.2.3"]);
        let mut der = draft.valid(NOW, NOW).self_signed().certificate.der.clone();
        if let Some(place) = der.get_mut(at) {
            *place = byte;
        }
        let _ = Certificate::read(&der);
        let _ = Certificate::read(&der[..cut.min(der.len())]);
    }
}
