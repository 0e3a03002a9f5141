//! Keys of tests. The RSA ones are in files, because making one takes seconds; the others are made from their names.
//!
//! Everybody knows them: they vouch for nothing outside of tests.

use super::der;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use rsa::pkcs8::DecodePrivateKey;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use std::sync::OnceLock;

/// A key pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// One of the fixed ones.
    Rsa(RsaKey),
    /// ECDSA on P-256; each name is another key.
    P256(&'static str),
    /// ECDSA on P-384; each name is another key.
    P384(&'static str),
}

/// The fixed RSA keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RsaKey {
    /// 4096 bits: roots.
    Root,
    /// 2048 bits: authorities that issue to persons.
    Authority,
    /// 2048 bits: persons.
    Holder,
    /// 1024 bits: too weak.
    Weak,
}

/// How a message is digested before it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// Too weak.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Key {
    /// The public key as certificates have it.
    pub fn public_info(self) -> Vec<u8> {
        match self {
            Self::Rsa(key) => {
                let key = key.private();
                let numbers = der::seq(&[der::integer(&key.n_bytes()), der::integer(&key.e_bytes())]);
                der::seq(&[
                    der::seq(&[der::oid("1.2.840.113549.1.1.1"), der::null()]),
                    der::bits(&numbers),
                ])
            }
            Self::P256(_) | Self::P384(_) => der::seq(&[self.curve(), der::bits(&self.point())]),
        }
    }

    /// The public key's bits: what an identifier of a key is made of.
    pub fn public_bits(self) -> Vec<u8> {
        let info = self.public_info();
        let (sequence, _) = der::read(&info).expect("a sequence");
        der::elements(sequence.content)[1].content[1..].to_vec()
    }

    /// The private key, PKCS #8 in PEM, for other tools.
    pub fn pem(self) -> String {
        match self {
            Self::Rsa(key) => key.file().to_owned(),
            Self::P256(_) | Self::P384(_) => {
                let private = der::seq(&[
                    der::number(1),
                    der::octets(&self.scalar()),
                    der::context(1, &der::bits(&self.point())),
                ]);
                let info = der::seq(&[der::number(0), self.curve(), der::octets(&private)]);
                super::pem("PRIVATE KEY", &info)
            }
        }
    }

    /// Signs a message.
    pub fn sign(self, digest: Digest, message: &[u8]) -> Vec<u8> {
        let digested = digest.of(message);
        match self {
            Self::Rsa(key) => {
                let scheme = Pkcs1v15Sign {
                    hash_len: Some(digested.len()),
                    prefix: digest.prefix(digested.len()),
                };
                key.private().sign(scheme, &digested).expect("a signature")
            }
            Self::P256(_) => {
                let key = p256::ecdsa::SigningKey::from_slice(&self.scalar()).expect("a key");
                let signature: p256::ecdsa::Signature = key.sign_prehash(&digested).expect("a signature");
                signature.to_der().as_bytes().to_vec()
            }
            Self::P384(_) => {
                let key = p384::ecdsa::SigningKey::from_slice(&self.scalar()).expect("a key");
                let signature: p384::ecdsa::Signature = key.sign_prehash(&digested).expect("a signature");
                signature.to_der().as_bytes().to_vec()
            }
        }
    }

    /// The `AlgorithmIdentifier` of [`sign`](Self::sign).
    pub fn algorithm(self, digest: Digest) -> Vec<u8> {
        match self {
            Self::Rsa(_) => der::seq(&[
                der::oid(match digest {
                    Digest::Sha1 => "1.2.840.113549.1.1.5",
                    Digest::Sha256 => "1.2.840.113549.1.1.11",
                    Digest::Sha384 => "1.2.840.113549.1.1.12",
                    Digest::Sha512 => "1.2.840.113549.1.1.13",
                }),
                der::null(),
            ]),
            Self::P256(_) | Self::P384(_) => der::seq(&[der::oid(match digest {
                Digest::Sha1 => "1.2.840.10045.4.1",
                Digest::Sha256 => "1.2.840.10045.4.3.2",
                Digest::Sha384 => "1.2.840.10045.4.3.3",
                Digest::Sha512 => "1.2.840.10045.4.3.4",
            })]),
        }
    }

    fn curve(self) -> Vec<u8> {
        let curve = match self {
            Self::Rsa(_) => panic!("RSA has no curve"),
            Self::P256(_) => "1.2.840.10045.3.1.7",
            Self::P384(_) => "1.3.132.0.34",
        };
        der::seq(&[der::oid("1.2.840.10045.2.1"), der::oid(curve)])
    }

    /// The private number of a key on a curve: the digest of its name.
    fn scalar(self) -> Vec<u8> {
        match self {
            Self::Rsa(_) => panic!("RSA has no scalar"),
            Self::P256(name) => Sha256::digest(name).to_vec(),
            Self::P384(name) => Sha384::digest(name).to_vec(),
        }
    }

    fn point(self) -> Vec<u8> {
        match self {
            Self::Rsa(_) => panic!("RSA has no point"),
            Self::P256(_) => {
                let key = p256::ecdsa::SigningKey::from_slice(&self.scalar()).expect("a key");
                key.verifying_key().to_sec1_point(false).as_bytes().to_vec()
            }
            Self::P384(_) => {
                let key = p384::ecdsa::SigningKey::from_slice(&self.scalar()).expect("a key");
                key.verifying_key().to_sec1_point(false).as_bytes().to_vec()
            }
        }
    }
}

impl RsaKey {
    fn file(self) -> &'static str {
        match self {
            Self::Root => include_str!("keys/root.pem"),
            Self::Authority => include_str!("keys/authority.pem"),
            Self::Holder => include_str!("keys/holder.pem"),
            Self::Weak => include_str!("keys/weak.pem"),
        }
    }

    fn private(self) -> &'static RsaPrivateKey {
        static READ: [OnceLock<RsaPrivateKey>; 4] = [const { OnceLock::new() }; 4];
        READ[self as usize].get_or_init(|| {
            let text: String = self
                .file()
                .lines()
                .filter(|line| !line.starts_with("-----"))
                .collect();
            let info = STANDARD.decode(text).expect("base64");
            RsaPrivateKey::from_pkcs8_der(&info).expect("a key")
        })
    }
}

impl Digest {
    /// Digests a message.
    pub fn of(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => sha1::Sha1::digest(message).to_vec(),
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
        }
    }

    /// Its `AlgorithmIdentifier`.
    pub fn algorithm(self) -> Vec<u8> {
        der::seq(&[
            der::oid(match self {
                Self::Sha1 => "1.3.14.3.2.26",
                Self::Sha256 => "2.16.840.1.101.3.4.2.1",
                Self::Sha384 => "2.16.840.1.101.3.4.2.2",
                Self::Sha512 => "2.16.840.1.101.3.4.2.3",
            }),
            der::null(),
        ])
    }

    /// What stands before the digest in a `DigestInfo`.
    fn prefix(self, length: usize) -> Box<[u8]> {
        let whole = der::seq(&[self.algorithm(), der::octets(&vec![0; length])]);
        whole[..whole.len() - length].into()
    }
}
