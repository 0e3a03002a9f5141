//! The digests and signatures that we take, and the keys that make them.
//!
//! Taken are SHA-256, 384 and 512 with RSA (2048 to 8192 bits; PKCS#1 v1.5 and PSS) and with ECDSA on P-256 and P-384.
//! SHA-1, MD5 and shorter keys are known, to be refused by name. Verifying is left to `ring`, `rsa`, `p256` and `p384`
//! (ADR 100 tells which does what); nothing here computes with keys.

mod key;

#[cfg(test)]
mod tests;

pub(crate) use key::PublicKey;

use crate::asn1::{Element, INTEGER, Malformed, OID, SEQUENCE, constructed};
use der::asn1::ObjectIdentifier;
use sha2::Digest as _;
use shared::signatures::Reason;

const fn oid(text: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(text)
}

const SHA_256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.1");
const SHA_384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
const SHA_512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");
const SHA_1: ObjectIdentifier = oid("1.3.14.3.2.26");
const RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
const MGF_1: ObjectIdentifier = oid("1.2.840.113549.1.1.8");
const RSA_SHA_256: ObjectIdentifier = oid("1.2.840.113549.1.1.11");
const RSA_SHA_384: ObjectIdentifier = oid("1.2.840.113549.1.1.12");
const RSA_SHA_512: ObjectIdentifier = oid("1.2.840.113549.1.1.13");
const EC: ObjectIdentifier = oid("1.2.840.10045.2.1");
const ECDSA_SHA_256: ObjectIdentifier = oid("1.2.840.10045.4.3.2");
const ECDSA_SHA_384: ObjectIdentifier = oid("1.2.840.10045.4.3.3");
const ECDSA_SHA_512: ObjectIdentifier = oid("1.2.840.10045.4.3.4");
const P_256: ObjectIdentifier = oid("1.2.840.10045.3.1.7");
const P_384: ObjectIdentifier = oid("1.3.132.0.34");

/// Known, and refused: digests that collide or are too short, alone or in a signature, and curves under 256 bits.
const WEAK: &[ObjectIdentifier] = &[
    SHA_1,
    oid("1.2.840.113549.2.2"),     // MD2
    oid("1.2.840.113549.2.4"),     // MD4
    oid("1.2.840.113549.2.5"),     // MD5
    oid("2.16.840.1.101.3.4.2.4"), // SHA-224
    oid("1.3.36.3.2.1"),           // RIPEMD-160
    oid("1.2.840.113549.1.1.2"),   // MD2 with RSA
    oid("1.2.840.113549.1.1.3"),   // MD4 with RSA
    oid("1.2.840.113549.1.1.4"),   // MD5 with RSA
    oid("1.2.840.113549.1.1.5"),   // SHA-1 with RSA
    oid("1.3.14.3.2.29"),          // the same, by its older number
    oid("1.2.840.113549.1.1.14"),  // SHA-224 with RSA
    oid("1.2.840.10045.4.1"),      // SHA-1 with ECDSA
    oid("1.2.840.10045.4.3.1"),    // SHA-224 with ECDSA
    oid("1.2.840.10040.4.1"),      // DSA
    oid("1.2.840.10040.4.3"),      // SHA-1 with DSA
    oid("1.2.840.10045.3.1.1"),    // P-192
    oid("1.3.132.0.33"),           // P-224
];

/// Why a signature or a key is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It breaks the rules of its format.
    Malformed,
    /// A digest or key that is too weak.
    Weak,
    /// One that we do not know.
    Unknown,
    /// The signature is not of this key over these bytes.
    Wrong,
}

impl Refusal {
    /// How it is said of the signature of a request.
    pub(crate) const fn reason(self) -> Reason {
        match self {
            Self::Malformed => Reason::SignatureMalformed,
            Self::Weak => Reason::WeakAlgorithm,
            Self::Unknown => Reason::UnknownAlgorithm,
            Self::Wrong => Reason::SignatureWrong,
        }
    }
}

impl From<Malformed> for Refusal {
    fn from(_: Malformed) -> Self {
        Self::Malformed
    }
}

/// A digest that we take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Digest {
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    /// The digest of this number.
    pub(crate) fn by_oid(number: ObjectIdentifier) -> Result<Self, Refusal> {
        match number {
            SHA_256 => Ok(Self::Sha256),
            SHA_384 => Ok(Self::Sha384),
            SHA_512 => Ok(Self::Sha512),
            other => Err(unknown(other)),
        }
    }

    /// The digest that an `AlgorithmIdentifier` names.
    pub(crate) fn read(algorithm: Element<'_>) -> Result<Self, Refusal> {
        let number = algorithm.of(SEQUENCE)?.inside().expect(OID)?.oid()?;
        Self::by_oid(number)
    }

    /// The digest of these bytes, one after the other.
    pub(crate) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn over<D: sha2::Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            for part in parts {
                digest.update(part);
            }
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha256 => over::<sha2::Sha256>(parts),
            Self::Sha384 => over::<sha2::Sha384>(parts),
            Self::Sha512 => over::<sha2::Sha512>(parts),
        }
    }
}

/// Digests by which a certificate or a name is *found*, not trusted: protocols from before SHA-2 name them by SHA-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Sha1,
    Strong(Digest),
}

impl Label {
    pub(crate) fn read(algorithm: Element<'_>) -> Result<Self, Refusal> {
        let number = algorithm.of(SEQUENCE)?.inside().expect(OID)?.oid()?;
        if number == SHA_1 {
            return Ok(Self::Sha1);
        }
        Digest::by_oid(number).map(Self::Strong)
    }

    pub(crate) fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => sha1::Sha1::digest(bytes).to_vec(),
            Self::Strong(digest) => digest.of(&[bytes]),
        }
    }
}

/// How a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    RsaPkcs1(Digest),
    RsaPss { digest: Digest, salt: usize },
    Ecdsa(Digest),
}

impl Scheme {
    /// The scheme that an `AlgorithmIdentifier` names. `separate` is the digest that a CMS names beside it: some tools name
    /// only the kind of the key here.
    pub(crate) fn read(algorithm: Element<'_>, separate: Option<Digest>) -> Result<Self, Refusal> {
        let mut fields = algorithm.of(SEQUENCE)?.inside();
        let number = fields.expect(OID)?.oid()?;
        match number {
            RSA_SHA_256 => Ok(Self::RsaPkcs1(Digest::Sha256)),
            RSA_SHA_384 => Ok(Self::RsaPkcs1(Digest::Sha384)),
            RSA_SHA_512 => Ok(Self::RsaPkcs1(Digest::Sha512)),
            ECDSA_SHA_256 => Ok(Self::Ecdsa(Digest::Sha256)),
            ECDSA_SHA_384 => Ok(Self::Ecdsa(Digest::Sha384)),
            ECDSA_SHA_512 => Ok(Self::Ecdsa(Digest::Sha512)),
            RSA => separate.map(Self::RsaPkcs1).ok_or(Refusal::Unknown),
            EC => separate.map(Self::Ecdsa).ok_or(Refusal::Unknown),
            RSA_PSS => pss(fields.expect(SEQUENCE)?),
            other => Err(unknown(other)),
        }
    }

    pub(crate) const fn digest(self) -> Digest {
        match self {
            Self::RsaPkcs1(digest) | Self::RsaPss { digest, .. } | Self::Ecdsa(digest) => digest,
        }
    }
}

/// `RSASSA-PSS-params` (RFC 4055). What is left out means SHA-1, which is weak; both digests must be the same.
fn pss(parameters: Element<'_>) -> Result<Scheme, Refusal> {
    let mut fields = parameters.inside();
    let hash = fields.optional(constructed(0))?.ok_or(Refusal::Weak)?;
    let digest = Digest::read(Element::only(hash.value)?)?;
    let mask = fields.optional(constructed(1))?.ok_or(Refusal::Weak)?;
    let mut mask = Element::only_of(SEQUENCE, mask.value)?.inside();
    if mask.expect(OID)?.oid()? != MGF_1 || Digest::read(mask.any()?)? != digest {
        return Err(Refusal::Unknown);
    }
    let salt = match fields.optional(constructed(2))? {
        Some(salt) => Element::only_of(INTEGER, salt.value)?.small()?,
        None => 20,
    };
    let trailer = match fields.optional(constructed(3))? {
        Some(trailer) => Element::only_of(INTEGER, trailer.value)?.small()?,
        None => 1,
    };
    if trailer != 1 {
        return Err(Refusal::Unknown);
    }
    let salt = usize::try_from(salt).map_err(|_| Refusal::Malformed)?;
    Ok(Scheme::RsaPss { digest, salt })
}

fn unknown(number: ObjectIdentifier) -> Refusal {
    if WEAK.contains(&number) {
        Refusal::Weak
    } else {
        Refusal::Unknown
    }
}
