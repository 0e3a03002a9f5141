use super::*;
use crate::mint::{Draft, trust};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

fn read(bytes: Vec<u8>) -> Result<Trust, TrustError> {
    let file = TrustFile {
        name: "ca.pem".to_owned(),
        bytes,
    };
    Trust::read(&[file], Authorities::built_in().unwrap())
}

fn pem(der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let lines: Vec<_> = body
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN CERTIFICATE-----\r\n{}\r\n-----END CERTIFICATE-----\r\n",
        lines.join("\r\n")
    )
}

#[test]
fn files_have_one_certificate_or_many() {
    let root = Draft::authority("root", 1, None).self_signed();
    let between = Draft::authority("between", 2, None).signed_by(&root);
    let both = format!(
        "subject=CN=root\n{}# the next\n{}{}",
        pem(&root.certificate.der),
        pem(&between.certificate.der),
        pem(&root.certificate.der)
    );
    let trust = read(both.into_bytes()).unwrap();
    let listed: Vec<_> = trust
        .certificates()
        .map(|known| (known.name, known.as_what))
        .collect();
    assert_eq!(
        listed,
        [
            ("root".to_owned(), TrustedAs::Anchor),
            ("between".to_owned(), TrustedAs::Intermediate)
        ],
        "the same one counts once"
    );
    assert!(read(root.certificate.der.clone()).unwrap().has_anchors());
    assert!(!read(between.certificate.der.clone()).unwrap().has_anchors());
}

#[test]
fn what_cannot_be_an_anchor_is_refused_by_its_files_name() {
    let root = Draft::authority("root", 1, None).self_signed();
    let person = Draft::person("person", 2).self_signed();
    let name = || "ca.pem".to_owned();
    let error = |bytes: Vec<u8>| read(bytes).unwrap_err();
    assert_eq!(error(Vec::new()), TrustError::NoCertificate(name()));
    assert_eq!(error(b"hello".to_vec()), TrustError::NoCertificate(name()));
    assert_eq!(
        error(person.certificate.der.clone()),
        TrustError::NoAuthority(name())
    );
    let cut = pem(&root.certificate.der).replace("-----END", "");
    assert_eq!(error(cut.into_bytes()), TrustError::Unreadable(name()));
    assert_eq!(
        error(pem(b"no certificate").into_bytes()),
        TrustError::Unreadable(name())
    );
    let forged = Draft::authority("root", 1, None).signed(&root.certificate.subject, &person.key);
    assert_eq!(
        error(forged.certificate.der.clone()),
        TrustError::Unreadable(name()),
        "its signature is not its own"
    );
}

#[test]
fn without_files_there_is_no_anchor() {
    assert!(!trust(&[]).has_anchors());
    assert_eq!(trust(&[]).authorities().names().count(), 18);
}
