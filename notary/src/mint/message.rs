//! Signed messages with any attributes.

use super::{Identity, SCHEME, oid, sequence, set, time};
use crate::algorithms::Digest;
use crate::asn1::{INTEGER, OCTET_STRING, SET, constructed, element};
use shared::time::Timestamp;

pub(crate) const DATA: &str = "1.2.840.113549.1.7.1";
/// SHA-256
pub(crate) const DIGEST: &[u8] = &[
    0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
];

/// A message before it is signed.
#[derive(Clone)]
pub(crate) struct Draft {
    /// Nothing, if it is not inside.
    pub(crate) content: Option<Vec<u8>>,
    pub(crate) attributes: Vec<Vec<u8>>,
    pub(crate) digest: Vec<u8>,
    pub(crate) along: Vec<Vec<u8>>,
    pub(crate) scheme: Vec<u8>,
}

impl Draft {
    /// As every tool makes it.
    pub(crate) fn of(content: &[u8], along: &[&Identity]) -> Self {
        Self {
            content: Some(content.to_vec()),
            attributes: vec![
                attribute("1.2.840.113549.1.9.3", oid(DATA)),
                attribute(
                    "1.2.840.113549.1.9.4",
                    element(OCTET_STRING, &Digest::Sha256.of(&[content])),
                ),
            ],
            digest: DIGEST.to_vec(),
            along: along
                .iter()
                .map(|identity| identity.certificate.der.clone())
                .collect(),
            scheme: SCHEME.to_vec(),
        }
    }

    pub(crate) fn with(mut self, number: &str, value: Vec<u8>) -> Self {
        self.attributes.push(attribute(number, value));
        self
    }

    pub(crate) fn signed_at(self, at: Timestamp) -> Self {
        self.with("1.2.840.113549.1.9.5", time(at))
    }

    /// With `signing-certificate-v2` of this certificate.
    pub(crate) fn naming(self, identity: &Identity) -> Self {
        let digest = element(OCTET_STRING, &Digest::Sha256.of(&[&identity.certificate.der]));
        let entry = sequence(&[sequence(&[sequence(&[digest])])]);
        self.with("1.2.840.113549.1.9.16.2.47", entry)
    }

    pub(crate) fn signed_by(&self, signer: &Identity) -> Vec<u8> {
        let attributes = self.attributes.concat();
        let signature = signer.key.sign(&element(SET, &attributes));
        self.with_signature(signer, &attributes, &signature)
    }

    pub(crate) fn with_signature(&self, signer: &Identity, attributes: &[u8], signature: &[u8]) -> Vec<u8> {
        let issued = sequence(&[
            signer.certificate.issuer.clone(),
            element(INTEGER, &signer.certificate.serial),
        ]);
        let info = sequence(&[
            element(INTEGER, &[1]),
            issued,
            self.digest.clone(),
            element(constructed(0), attributes),
            self.scheme.clone(),
            element(OCTET_STRING, signature),
        ]);
        let content = self
            .content
            .as_ref()
            .map(|content| element(constructed(0), &element(OCTET_STRING, content)));
        let data = sequence(&[
            element(INTEGER, &[1]),
            set(std::slice::from_ref(&self.digest)),
            sequence(&[oid(DATA), content.unwrap_or_default()]),
            element(constructed(0), &self.along.concat()),
            set(&[info]),
        ]);
        sequence(&[oid("1.2.840.113549.1.7.2"), element(constructed(0), &data)])
    }
}

pub(crate) fn attribute(number: &str, value: Vec<u8>) -> Vec<u8> {
    sequence(&[oid(number), set(&[value])])
}
