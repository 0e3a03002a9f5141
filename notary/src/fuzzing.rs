//! Doors to the readers of what strangers send, for fuzzing and nothing else: each takes any bytes and must come back.
//!
//! What it does not do: it tells nobody what was found. The invariants that it asserts hold for every input.

use crate::certificate::Certificate;
use crate::cms::{Message, Padding};
use crate::document::{self, Kind};
use crate::revocation::{self, Question};
use crate::{Issued, Nonce, Use};
use shared::signatures::Finding;
use shared::time::{Deadline, Timestamp};

/// The request that every tail is appended to.
const ISSUED: &[u8] = include_bytes!("../fixtures/issued.pdf");
/// A certificate that issued itself.
const ROOT: &[u8] = include_bytes!("../fixtures/root.der");
const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);

/// A file as it is uploaded.
pub fn file(bytes: &[u8]) {
    let issued = issued();
    for issued in [None, Some(&issued)] {
        judge(bytes, issued);
    }
    document::compare(bytes, Some(&issued), NOW);
}

/// What a tool appended to a request of ours.
pub fn tail(bytes: &[u8]) {
    let issued = issued();
    let mut file = issued.bytes.clone();
    file.extend_from_slice(bytes);
    judge(&file, Some(&issued));
}

fn judge(file: &[u8], issued: Option<&Issued>) {
    let document = document::read(file, issued, NOW);
    let passed = document.findings.coverage == Finding::Passed;
    assert!(
        !passed || document.signature.is_some(),
        "nothing is covered without a signature"
    );
    if let Some(field) = document.signature.filter(|_| passed) {
        let signed: usize = field.signed.iter().map(|part| part.len()).sum();
        // The digits of the signature, its brackets, and an end of line.
        assert!(
            file.len() - signed >= 2 * field.cms.len() + 2,
            "the signature covers itself"
        );
        assert!(
            field.signed.iter().all(|part| !part.is_empty()),
            "half of the file is not covered"
        );
    }
    if let Kind::SignedMessage(cms) = document.kind {
        let _ = Message::read(&cms, Padding::None);
    }
}

/// A CMS.
pub fn message(bytes: &[u8]) {
    for padding in [Padding::None, Padding::Zeros] {
        let _ = Message::read(bytes, padding);
    }
}

/// A certificate.
pub fn certificate(bytes: &[u8]) {
    if let (Ok(certificate), Ok(root)) = (Certificate::read(bytes), Certificate::read(ROOT)) {
        let _ = (
            certificate.is_issued_by(&root),
            certificate.is_self_issued(),
            certificate.serial_hex(),
        );
    }
}

/// An answer to a question about one certificate.
pub fn ocsp(bytes: &[u8]) {
    let question = Question::Ocsp {
        url: String::new(),
        request: Vec::new(),
    };
    answer(&question, bytes);
}

/// A list of revoked certificates.
pub fn list(bytes: &[u8]) {
    answer(&Question::Crl { url: String::new() }, bytes);
}

fn answer(question: &Question, bytes: &[u8]) {
    revocation::freshness(question, bytes);
    if let Ok(root) = Certificate::read(ROOT) {
        revocation::weigh(question, bytes, &root, NOW);
    }
}

fn issued() -> Issued {
    Issued {
        bytes: ISSUED.to_vec(),
        nonce: Nonce([0x5a; 16]),
        expires: Deadline::after(NOW, core::time::Duration::from_hours(1)),
        used: Use::Fresh,
    }
}
