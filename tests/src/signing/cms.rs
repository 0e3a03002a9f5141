//! Signed messages (CMS), written by hand: each part can be left out, doubled or another's.

use crate::pki::{Digest, Identity, der};
use shared::time::Timestamp;

const DATA: &str = "1.2.840.113549.1.7.1";
const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.47";

/// A signed message before it is sealed.
#[derive(Clone, Debug)]
pub struct Message {
    /// Who signs.
    pub signer: Identity,
    /// What is sent along, the signer's own first.
    pub certificates: Vec<Vec<u8>>,
    /// How content and attributes are digested.
    pub digest: Digest,
    /// The digest of the content, as the attribute says it.
    pub content_digest: Vec<u8>,
    /// The content itself, if it is inside.
    pub content: Option<Vec<u8>>,
    /// Which certificate the attribute of the signing certificate names; none if it is left out.
    pub named: Option<Vec<u8>>,
    /// When the signer claims to have signed.
    pub claimed: Option<Timestamp>,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// The attribute with the content's digest is left out.
    NoMessageDigest,
    /// The attribute with the content's type is left out.
    NoContentType,
    /// It has no signed attributes: the signature is over the content itself.
    NoAttributes,
    /// A bit of the signature is another.
    WrongSignature,
    /// The one who signed is in it twice.
    TwoSigners,
    /// Nobody signed.
    NoSigner,
    /// The signer's certificate is not sent along.
    NoCertificate,
    /// It says another digest than was used.
    OtherAlgorithm,
    /// The attribute with the content's digest is there twice.
    TwoMessageDigests,
}

impl Message {
    /// A sound message about content that is elsewhere.
    pub fn detached(signer: &Identity, issuers: &[&Identity], content: &[u8]) -> Self {
        let mut certificates = vec![signer.certificate.clone()];
        certificates.extend(issuers.iter().map(|issuer| issuer.certificate.clone()));
        Self {
            signer: signer.clone(),
            certificates,
            digest: Digest::Sha256,
            content_digest: Digest::Sha256.of(content),
            content: None,
            named: Some(signer.certificate.clone()),
            claimed: None,
            fault: Fault::None,
        }
    }

    /// A sound message with its content inside.
    pub fn attached(signer: &Identity, issuers: &[&Identity], content: &[u8]) -> Self {
        Self {
            content: Some(content.to_vec()),
            ..Self::detached(signer, issuers, content)
        }
    }

    /// The same with another digest, of the same content.
    #[must_use]
    pub fn digested(mut self, digest: Digest, content: &[u8]) -> Self {
        self.content_digest = digest.of(content);
        self.digest = digest;
        self
    }

    /// Signs it and writes it down (DER).
    pub fn seal(&self) -> Vec<u8> {
        let mut encapsulated = vec![der::oid(DATA)];
        encapsulated.extend(
            self.content
                .as_ref()
                .map(|content| der::context(0, &der::octets(content))),
        );
        let certificates = match self.fault {
            Fault::NoCertificate => self.certificates[1..].concat(),
            Fault::None
            | Fault::NoMessageDigest
            | Fault::NoContentType
            | Fault::NoAttributes
            | Fault::WrongSignature
            | Fault::TwoSigners
            | Fault::NoSigner
            | Fault::OtherAlgorithm
            | Fault::TwoMessageDigests => self.certificates.concat(),
        };
        let info = self.signer_info();
        let infos = match self.fault {
            Fault::TwoSigners => der::tagged(0x31, &[info.clone(), info].concat()),
            Fault::NoSigner => der::set(&[]),
            Fault::None
            | Fault::NoMessageDigest
            | Fault::NoContentType
            | Fault::NoAttributes
            | Fault::WrongSignature
            | Fault::NoCertificate
            | Fault::OtherAlgorithm
            | Fault::TwoMessageDigests => der::set(&[info]),
        };
        let data = der::seq(&[
            der::number(1),
            der::set(&[self.said_digest().algorithm()]),
            der::seq(&encapsulated),
            der::context(0, &certificates),
            infos,
        ]);
        der::seq(&[der::oid(SIGNED_DATA), der::context(0, &data)])
    }

    fn signer_info(&self) -> Vec<u8> {
        let attributes = der::sorted(&self.attributes());
        let mut signature = if self.fault == Fault::NoAttributes {
            let content = self.content.as_deref().unwrap_or_default();
            self.signer.key.sign(self.digest, content)
        } else {
            // What is signed is the SET; what is sent has another tag.
            self.signer.key.sign(self.digest, &der::tagged(0x31, &attributes))
        };
        if self.fault == Fault::WrongSignature {
            let last = signature.len() - 1;
            signature[last] ^= 1;
        }
        let issuer = der::seq(&[self.signer.issuer.clone(), der::integer(&self.signer.serial)]);
        let mut parts = vec![der::number(1), issuer, self.said_digest().algorithm()];
        if self.fault != Fault::NoAttributes {
            parts.push(der::context(0, &attributes));
        }
        parts.push(self.signer.key.algorithm(self.digest));
        parts.push(der::octets(&signature));
        der::seq(&parts)
    }

    fn attributes(&self) -> Vec<Vec<u8>> {
        let attribute = |id: &str, value: Vec<u8>| der::seq(&[der::oid(id), der::set(&[value])]);
        let mut attributes = Vec::new();
        if self.fault != Fault::NoContentType {
            attributes.push(attribute(CONTENT_TYPE, der::oid(DATA)));
        }
        if self.fault != Fault::NoMessageDigest {
            attributes.push(attribute(MESSAGE_DIGEST, der::octets(&self.content_digest)));
        }
        if self.fault == Fault::TwoMessageDigests {
            let other = self.digest.of(b"another content");
            attributes.push(attribute(MESSAGE_DIGEST, der::octets(&other)));
        }
        if let Some(claimed) = self.claimed {
            attributes.push(attribute(SIGNING_TIME, der::moment(claimed)));
        }
        if let Some(certificate) = &self.named {
            // SHA-256 is what is meant where no algorithm is named.
            let id = der::seq(&[der::octets(&Digest::Sha256.of(certificate))]);
            let value = der::seq(&[der::seq(&[id])]);
            attributes.push(attribute(SIGNING_CERTIFICATE, value));
        }
        attributes
    }

    fn said_digest(&self) -> Digest {
        if self.fault == Fault::OtherAlgorithm {
            Digest::Sha512
        } else {
            self.digest
        }
    }
}
