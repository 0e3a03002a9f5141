//! Signed messages (CMS, RFC 5652): what a signature says, and whether it verifies.
//!
//! Words: a message has a *content* (inside it, or the signed ranges of a PDF), *signers*, and *certificates*. A signer signs
//! *attributes*, one of which is the content's digest.
//!
//! Invariants: the signer's certificate is the one that the signer names, never just any that came along; what is verified
//! are the attributes' own bytes; certificates, attributes and depth are limited.
//!
//! What it does not do: it trusts no certificate (`path`), reads no timestamp, no countersignature and no revocation that came
//! along: none of them is needed for the verdict, and none is believed.

mod attributes;
mod judge;

#[cfg(test)]
mod tests;

pub(crate) use judge::{Judgement, Profile, judge};

use crate::asn1::{
    Element, INTEGER, Malformed, OCTET_STRING, OID, SEQUENCE, SET, constructed, definite, primitive,
};
use crate::certificate::{Certificate, same_name};
use der::asn1::ObjectIdentifier;
use std::sync::Arc;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");

/// Certificates in a message; signers; digest algorithms.
const CERTIFICATES: usize = 20;
const SIGNERS: usize = 16;
const ALGORITHMS: usize = 16;

/// A signed message, read.
pub(crate) struct Message {
    /// The content, if it is inside.
    pub(crate) content: Option<Vec<u8>>,
    pub(crate) content_type: ObjectIdentifier,
    /// Those that can be read.
    pub(crate) certificates: Vec<Arc<Certificate>>,
    pub(crate) signers: Vec<Signature>,
}

/// What one signer says (`SignerInfo`), each field as it came (DER).
pub(crate) struct Signature {
    who: Who,
    digest: Vec<u8>,
    /// Without their tag and length.
    attributes: Option<Vec<u8>>,
    scheme: Vec<u8>,
    value: Vec<u8>,
}

/// How a signer's certificate is named.
enum Who {
    Issued { name: Vec<u8>, serial: Vec<u8> },
    KeyId(Vec<u8>),
}

/// What may follow a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Padding {
    /// Zeros, as in the hole of a PDF.
    Zeros,
    /// Nothing.
    None,
}

impl Message {
    /// Reads a message in DER, or in the BER of tools that stream.
    pub(crate) fn read(bytes: &[u8], padding: Padding) -> Result<Self, Malformed> {
        let (der, rest) = definite(bytes)?;
        let clean = match padding {
            Padding::Zeros => rest.iter().all(|byte| *byte == 0),
            Padding::None => rest.is_empty(),
        };
        if !clean {
            return Err(Malformed);
        }
        let mut info = Element::only_of(SEQUENCE, &der)?.inside();
        if info.expect(OID)?.oid()? != SIGNED_DATA {
            return Err(Malformed);
        }
        let data = info.expect(constructed(0))?;
        info.finish()?;
        Self::signed_data(Element::only_of(SEQUENCE, data.value)?)
    }

    fn signed_data(data: Element<'_>) -> Result<Self, Malformed> {
        let mut fields = data.inside();
        fields.expect(INTEGER)?;
        fields.expect(SET)?.inside().all(ALGORITHMS)?;
        let mut inner = fields.expect(SEQUENCE)?.inside();
        let content_type = inner.expect(OID)?.oid()?;
        let content = inner
            .optional(constructed(0))?
            .map(|content| Element::only_of(OCTET_STRING, content.value))
            .transpose()?
            .map(|content| content.value.to_vec());
        inner.finish()?;
        let certificates = match fields.optional(constructed(0))? {
            Some(set) => set.inside().all(CERTIFICATES)?,
            None => Vec::new(),
        };
        // Revocation that came along is not looked at.
        fields.optional(constructed(1))?;
        let signers = fields.expect(SET)?.inside().all(SIGNERS)?;
        fields.finish()?;
        let certificates = certificates
            .into_iter()
            .filter(|certificate| certificate.tag == SEQUENCE)
            .filter_map(|certificate| Certificate::read(certificate.whole).ok())
            .map(Arc::new)
            .collect();
        Ok(Self {
            content,
            content_type,
            certificates,
            signers: signers
                .into_iter()
                .map(Signature::read)
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Signature {
    fn read(info: Element<'_>) -> Result<Self, Malformed> {
        let mut fields = info.of(SEQUENCE)?.inside();
        fields.expect(INTEGER)?;
        let who = if let Some(key_id) = fields.optional(primitive(0))? {
            Who::KeyId(key_id.value.to_vec())
        } else {
            let mut issued = fields.expect(SEQUENCE)?.inside();
            let name = issued.expect(SEQUENCE)?.whole.to_vec();
            let serial = issued.expect(INTEGER)?.value.to_vec();
            issued.finish()?;
            Who::Issued { name, serial }
        };
        let digest = fields.expect(SEQUENCE)?.whole.to_vec();
        let attributes = fields.optional(constructed(0))?;
        let scheme = fields.expect(SEQUENCE)?.whole.to_vec();
        let value = fields.expect(OCTET_STRING)?.value.to_vec();
        // A timestamp or a countersignature: needed for nothing, believed for nothing.
        fields.optional(constructed(1))?;
        fields.finish()?;
        Ok(Self {
            who,
            digest,
            attributes: attributes.map(|attributes| attributes.value.to_vec()),
            scheme,
            value,
        })
    }

    /// The certificate that the signer names.
    pub(crate) fn certificate<'a>(
        &self,
        certificates: &'a [Arc<Certificate>],
    ) -> Option<&'a Arc<Certificate>> {
        certificates.iter().find(|certificate| match &self.who {
            Who::Issued { name, serial } => {
                certificate.serial == *serial && same_name(&certificate.issuer, name)
            }
            Who::KeyId(key_id) => certificate.extensions.subject_key_id.as_ref() == Some(key_id),
        })
    }
}
