//! Certificates, read as far as a verdict needs them.
//!
//! Invariants: what is signed and hashed is what came ([`Certificate::der`]); an extension occurs at most once; what an
//! extension allows or names is read when the certificate is, so that one that cannot be understood is no certificate.
//!
//! What it does not do: it trusts nothing. Chains are `path`'s, the holder is `authorities`'.

mod extensions;
mod name;

#[cfg(test)]
mod tests;

pub(crate) use extensions::{Authority, Extensions, Understood, Usage, address};
pub(crate) use name::{attributes, common_name, same_name};

use crate::algorithms::{Digest, PublicKey, Refusal, Scheme};
use crate::asn1::{BIT_STRING, Element, INTEGER, Malformed, SEQUENCE, constructed, primitive};

use shared::time::Timestamp;

/// Bytes of a certificate: real ones have about two thousand.
const SIZE: usize = 64 * 1024;

/// A certificate that could be read. Nothing of it is verified.
#[derive(Clone)]
pub(crate) struct Certificate {
    /// As it came.
    pub(crate) der: Vec<u8>,
    /// As encoded, so with a zero in front where the first bit is set.
    pub(crate) serial: Vec<u8>,
    /// A `Name` (DER).
    pub(crate) issuer: Vec<u8>,
    /// A `Name` (DER).
    pub(crate) subject: Vec<u8>,
    pub(crate) not_before: Timestamp,
    pub(crate) not_after: Timestamp,
    /// The key, or why we do not take it.
    pub(crate) key: Result<PublicKey, Refusal>,
    /// The bits of the key, of which its SHA-1 is a name.
    pub(crate) key_bits: Vec<u8>,
    pub(crate) extensions: Extensions,
    signed: Vec<u8>,
    scheme: Result<Scheme, Refusal>,
    signature: Vec<u8>,
}

impl Certificate {
    pub(crate) fn read(der: &[u8]) -> Result<Self, Malformed> {
        if der.len() > SIZE {
            return Err(Malformed);
        }
        let mut fields = Element::only_of(SEQUENCE, der)?.inside();
        let tbs = fields.expect(SEQUENCE)?;
        let algorithm = fields.expect(SEQUENCE)?;
        let signature = fields.expect(BIT_STRING)?.bits()?.to_vec();
        fields.finish()?;

        let mut fields = tbs.inside();
        let version = match fields.optional(constructed(0))? {
            Some(version) => Element::only_of(INTEGER, version.value)?.small()?,
            None => 0,
        };
        let serial = fields.expect(INTEGER)?.value.to_vec();
        // Both places must name the same algorithm (RFC 5280, 4.1.1.2): only this one is signed.
        if fields.expect(SEQUENCE)?.whole != algorithm.whole {
            return Err(Malformed);
        }
        let issuer = fields.expect(SEQUENCE)?.whole.to_vec();
        let mut validity = fields.expect(SEQUENCE)?.inside();
        let not_before = validity.any()?.time()?;
        let not_after = validity.any()?.time()?;
        validity.finish()?;
        let subject = fields.expect(SEQUENCE)?.whole.to_vec();
        let key = fields.expect(SEQUENCE)?;
        let mut key_fields = key.inside();
        key_fields.expect(SEQUENCE)?;
        let key_bits = key_fields.expect(BIT_STRING)?.bits()?.to_vec();
        fields.optional(primitive(1))?;
        fields.optional(primitive(2))?;
        let extensions = match fields.optional(constructed(3))? {
            Some(_) if version != 2 => return Err(Malformed),
            Some(list) => Extensions::read(Element::only_of(SEQUENCE, list.value)?)?,
            None => Extensions::default(),
        };
        fields.finish()?;
        Ok(Self {
            der: der.to_vec(),
            serial,
            issuer,
            subject,
            not_before,
            not_after,
            key: PublicKey::read(key),
            key_bits,
            extensions,
            signed: tbs.whole.to_vec(),
            scheme: Scheme::read(algorithm, None),
            signature,
        })
    }

    /// Whether this certificate's issuer is `issuer`, by name and by signature.
    ///
    /// A weak signature or key is not verified at all: [`Refusal::Weak`] then says only that the names fit.
    pub(crate) fn is_issued_by(&self, issuer: &Self) -> Result<(), Refusal> {
        if !same_name(&self.issuer, &issuer.subject) {
            return Err(Refusal::Wrong);
        }
        let scheme = self.scheme?;
        let key = issuer.key.as_ref().map_err(|refusal| *refusal)?;
        key.verify(scheme, &self.signed, &self.signature)
    }

    /// Whether it was issued by a name that is its own, as a root is.
    pub(crate) fn is_self_issued(&self) -> bool {
        same_name(&self.issuer, &self.subject)
    }

    /// Whether it may issue certificates.
    pub(crate) fn is_authority(&self) -> bool {
        match self.extensions.authority {
            Authority::Yes { .. } => true,
            Authority::No => false,
        }
    }

    /// The serial number in hexadecimal, without a zero in front.
    pub(crate) fn serial_hex(&self) -> String {
        match self.serial.as_slice() {
            [0, rest @ ..] if !rest.is_empty() => hex(rest),
            all => hex(all),
        }
    }

    /// SHA-256 of the certificate, in hexadecimal.
    pub(crate) fn fingerprint(&self) -> String {
        hex(&Digest::Sha256.of(&[&self.der]))
    }
}

fn hex(bytes: &[u8]) -> String {
    use core::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
