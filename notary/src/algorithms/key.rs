//! Public keys, and what they verify.

use super::{Digest, EC, P_256, P_384, RSA, RSA_PSS, Refusal, Scheme, unknown};
use crate::asn1::{BIT_STRING, Element, INTEGER, OID, SEQUENCE};
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use ring::signature::UnparsedPublicKey;
use rsa::pkcs1::DecodeRsaPublicKey as _;

/// Fewest and most bits of an RSA modulus.
const RSA_BITS: core::ops::RangeInclusive<usize> = 2048..=8192;

/// A key that is strong enough.
#[derive(Clone)]
pub(crate) enum PublicKey {
    /// `RSAPublicKey` (DER).
    Rsa(Vec<u8>),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
}

impl PublicKey {
    /// The key of a `SubjectPublicKeyInfo`.
    pub(crate) fn read(info: Element<'_>) -> Result<Self, Refusal> {
        let mut fields = info.of(SEQUENCE)?.inside();
        let mut algorithm = fields.expect(SEQUENCE)?.inside();
        let bits = fields.expect(BIT_STRING)?.bits()?;
        fields.finish()?;
        match algorithm.expect(OID)?.oid()? {
            RSA | RSA_PSS => {
                let mut key = Element::only_of(SEQUENCE, bits)?.inside();
                let modulus = key.expect(INTEGER)?.value;
                let size = bit_length(modulus);
                if size < *RSA_BITS.start() {
                    return Err(Refusal::Weak);
                }
                if size > *RSA_BITS.end() {
                    return Err(Refusal::Unknown);
                }
                Ok(Self::Rsa(bits.to_vec()))
            }
            EC => match algorithm.expect(OID)?.oid()? {
                P_256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(bits)
                    .map(Self::P256)
                    .map_err(|_| Refusal::Malformed),
                P_384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(bits)
                    .map(Self::P384)
                    .map_err(|_| Refusal::Malformed),
                other => Err(unknown(other)),
            },
            other => Err(unknown(other)),
        }
    }

    /// Whether `signature` is this key's over `message`.
    pub(crate) fn verify(&self, scheme: Scheme, message: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        match (self, scheme) {
            (Self::Rsa(key), Scheme::RsaPkcs1(digest)) => {
                let algorithm = match digest {
                    Digest::Sha256 => &ring::signature::RSA_PKCS1_2048_8192_SHA256,
                    Digest::Sha384 => &ring::signature::RSA_PKCS1_2048_8192_SHA384,
                    Digest::Sha512 => &ring::signature::RSA_PKCS1_2048_8192_SHA512,
                };
                UnparsedPublicKey::new(algorithm, key)
                    .verify(message, signature)
                    .map_err(|_| Refusal::Wrong)
            }
            (Self::Rsa(key), Scheme::RsaPss { digest, salt }) => {
                let hashed = digest.of(&[message]);
                let key = rsa::RsaPublicKey::from_pkcs1_der(key).map_err(|_| Refusal::Malformed)?;
                match digest {
                    Digest::Sha256 => {
                        key.verify(rsa::Pss::<sha2::Sha256>::new_with_salt(salt), &hashed, signature)
                    }
                    Digest::Sha384 => {
                        key.verify(rsa::Pss::<sha2::Sha384>::new_with_salt(salt), &hashed, signature)
                    }
                    Digest::Sha512 => {
                        key.verify(rsa::Pss::<sha2::Sha512>::new_with_salt(salt), &hashed, signature)
                    }
                }
                .map_err(|_| Refusal::Wrong)
            }
            (Self::P256(key), Scheme::Ecdsa(digest)) => {
                let signature = p256::ecdsa::Signature::from_der(signature).map_err(|_| Refusal::Wrong)?;
                key.verify_prehash(&digest.of(&[message]), &signature)
                    .map_err(|_| Refusal::Wrong)
            }
            (Self::P384(key), Scheme::Ecdsa(digest)) => {
                let signature = p384::ecdsa::Signature::from_der(signature).map_err(|_| Refusal::Wrong)?;
                key.verify_prehash(&digest.of(&[message]), &signature)
                    .map_err(|_| Refusal::Wrong)
            }
            (Self::Rsa(_), Scheme::Ecdsa(_))
            | (Self::P256(_) | Self::P384(_), Scheme::RsaPkcs1(_) | Scheme::RsaPss { .. }) => {
                Err(Refusal::Wrong)
            }
        }
    }
}

/// Bits of a positive `INTEGER`, from its first that is set.
fn bit_length(number: &[u8]) -> usize {
    let significant = number.iter().skip_while(|byte| **byte == 0);
    let bytes = significant.clone().count();
    let unset = significant
        .clone()
        .next()
        .map_or(0, |first| first.leading_zeros() as usize);
    (bytes * 8).saturating_sub(unset)
}
