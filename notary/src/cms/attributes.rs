//! The attributes that a signer signs.

use crate::algorithms::{Digest, Label, Refusal};
use crate::asn1::{Element, Malformed, OCTET_STRING, OID, Reader, SEQUENCE, SET};
use crate::certificate::Certificate;
use der::asn1::ObjectIdentifier;
use shared::time::Timestamp;

const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

const ATTRIBUTES: usize = 64;
const VALUES: usize = 64;

/// What a verdict needs of the attributes.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) content_type: Option<ObjectIdentifier>,
    pub(super) message_digest: Option<Vec<u8>>,
    pub(super) signing_time: Option<Timestamp>,
    /// Digests of the signer's certificate.
    pub(super) signing_certificates: Vec<CertificateDigest>,
}

/// The digest of a certificate that a signer says is the signer's.
pub(super) struct CertificateDigest {
    label: Label,
    digest: Vec<u8>,
}

impl CertificateDigest {
    pub(super) fn is_of(&self, certificate: &Certificate) -> bool {
        self.label.of(&certificate.der) == self.digest
    }
}

impl Attributes {
    /// Reads the elements of the set. Attributes that we do not know are left alone; the same one twice is malformed.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut read = Self::default();
        let mut seen = Vec::new();
        for attribute in Reader::new(bytes).all(ATTRIBUTES)? {
            let mut fields = attribute.of(SEQUENCE)?.inside();
            let number = fields.expect(OID)?.oid()?;
            let values = fields.expect(SET)?;
            fields.finish()?;
            if seen.contains(&number) {
                return Err(Refusal::Malformed);
            }
            seen.push(number);
            match number {
                CONTENT_TYPE => read.content_type = Some(Element::only(values.value)?.oid()?),
                MESSAGE_DIGEST => {
                    let digest = Element::only_of(OCTET_STRING, values.value)?;
                    read.message_digest = Some(digest.value.to_vec());
                }
                // Believed for nothing, so what it looks like does not matter.
                SIGNING_TIME => read.signing_time = Element::only(values.value).and_then(Element::time).ok(),
                SIGNING_CERTIFICATE => read.signing_certificates.push(version_1(values.value)?),
                SIGNING_CERTIFICATE_V2 => read.signing_certificates.push(version_2(values.value)?),
                _ => {}
            }
        }
        Ok(read)
    }
}

/// The first entry of `SigningCertificate` or `SigningCertificateV2`, which is the signer's (RFC 5035); others are its issuers'.
fn first(values: &[u8]) -> Result<Reader<'_>, Malformed> {
    let mut fields = Element::only_of(SEQUENCE, values)?.inside();
    let entries = fields.expect(SEQUENCE)?.inside().all(VALUES)?;
    let entry = entries.first().ok_or(Malformed)?;
    Ok(entry.of(SEQUENCE)?.inside())
}

/// SHA-1 always. It is taken because it names the certificate only: the signature and the chain make it trusted.
fn version_1(values: &[u8]) -> Result<CertificateDigest, Refusal> {
    let digest = first(values)?.expect(OCTET_STRING)?.value.to_vec();
    Ok(CertificateDigest {
        label: Label::Sha1,
        digest,
    })
}

/// SHA-256, unless another is named.
fn version_2(values: &[u8]) -> Result<CertificateDigest, Refusal> {
    let mut fields = first(values)?;
    let label = match fields.optional(SEQUENCE)? {
        Some(algorithm) => Label::read(algorithm)?,
        None => Label::Strong(Digest::Sha256),
    };
    let digest = fields.expect(OCTET_STRING)?.value.to_vec();
    Ok(CertificateDigest { label, digest })
}

/// The same elements in the order of DER's sets; nothing if that is the order in which they are.
pub(super) fn in_order(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut elements: Vec<&[u8]> = Reader::new(bytes)
        .all(ATTRIBUTES)
        .ok()?
        .iter()
        .map(|element| element.whole)
        .collect();
    elements.sort_unstable();
    let ordered = elements.concat();
    (ordered != bytes).then_some(ordered)
}
