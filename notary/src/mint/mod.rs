//! Makes certificates, signatures and answers for the unit tests: small, always the same, and spoiled wherever a test wants it.
//!
//! The PKI of `tests/src/pki` makes whole signed files; this is for what a file cannot show.

pub(crate) mod answers;
pub(crate) mod message;

use crate::asn1::{
    BIT_STRING, BOOLEAN, INTEGER, OCTET_STRING, OID, SEQUENCE, SET, constructed, element, primitive,
};
use crate::certificate::Certificate;
use crate::trust::{Trust, TrustFile};
use crate::{Authorities, TrustError};
use core::time::Duration;
use der::Encode as _;
use der::asn1::{GeneralizedTime, ObjectIdentifier};
use p256::ecdsa::signature::Signer as _;
use shared::time::Timestamp;
use std::sync::Arc;

/// 2026-11-23T00:00:00Z
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_795_392_000_000);
pub(crate) const DAY: Duration = Duration::from_hours(24);
pub(crate) const SECOND: Duration = Duration::from_secs(1);
pub(crate) const TICK: Duration = Duration::from_micros(1);

/// ECDSA with SHA-256.
pub(crate) const SCHEME: &[u8] = &[
    0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02,
];
/// SHA-1 with RSA.
pub(crate) const WEAK_SCHEME: &[u8] = &[
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x05, 0x05, 0x00,
];

/// `digitalSignature` and `nonRepudiation`; `keyCertSign` and `cRLSign`.
pub(crate) const SIGNING: &[u8] = &[0x03, 0x02, 0x06, 0xc0];
pub(crate) const ISSUING: &[u8] = &[0x03, 0x02, 0x01, 0x06];

/// A key on P-256, always the same for the same seed.
#[derive(Clone)]
pub(crate) struct Key(p256::ecdsa::SigningKey);

impl Key {
    pub(crate) fn of(seed: u8) -> Self {
        Self(p256::ecdsa::SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: p256::ecdsa::Signature = self.0.sign(message);
        signature.to_der().as_bytes().to_vec()
    }

    fn info(&self) -> Vec<u8> {
        let algorithm = sequence(&[oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")]);
        sequence(&[
            algorithm,
            bits(self.0.verifying_key().to_sec1_point(false).as_bytes()),
        ])
    }
}

/// A certificate before it is signed.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) serial: Vec<u8>,
    pub(crate) subject: Vec<u8>,
    pub(crate) key: Key,
    pub(crate) not_before: Timestamp,
    pub(crate) not_after: Timestamp,
    pub(crate) scheme: &'static [u8],
    extensions: Vec<Vec<u8>>,
}

/// Whoever has a certificate.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) certificate: Arc<Certificate>,
    pub(crate) key: Key,
}

impl Draft {
    pub(crate) fn of(name: &str, seed: u8) -> Self {
        Self {
            serial: vec![seed],
            subject: common_name(name),
            key: Key::of(seed),
            not_before: NOW.before(DAY),
            not_after: NOW.after(DAY),
            scheme: SCHEME,
            extensions: Vec::new(),
        }
    }

    /// An authority with room for so many below it.
    pub(crate) fn authority(name: &str, seed: u8, below: Option<u8>) -> Self {
        let mut constraints = vec![element(BOOLEAN, &[0xff])];
        constraints.extend(below.map(|below| element(INTEGER, &[below])));
        Self::of(name, seed)
            .critical("2.5.29.19", &sequence(&constraints))
            .critical("2.5.29.15", ISSUING)
    }

    /// A person who may sign.
    pub(crate) fn person(name: &str, seed: u8) -> Self {
        Self::of(name, seed).critical("2.5.29.15", SIGNING)
    }

    pub(crate) fn subject(mut self, attributes: &[(&str, &str)]) -> Self {
        self.subject = name(attributes);
        self
    }

    pub(crate) fn valid(mut self, not_before: Timestamp, not_after: Timestamp) -> Self {
        (self.not_before, self.not_after) = (not_before, not_after);
        self
    }

    pub(crate) fn with(self, number: &str, value: &[u8]) -> Self {
        self.extension(&[oid(number), element(OCTET_STRING, value)])
    }

    pub(crate) fn critical(self, number: &str, value: &[u8]) -> Self {
        self.extension(&[
            oid(number),
            element(BOOLEAN, &[0xff]),
            element(OCTET_STRING, value),
        ])
    }

    fn extension(mut self, parts: &[Vec<u8>]) -> Self {
        self.extensions.push(sequence(parts));
        self
    }

    pub(crate) fn policies(self, numbers: &[&str]) -> Self {
        let policies: Vec<_> = numbers.iter().map(|number| sequence(&[oid(number)])).collect();
        self.with("2.5.29.32", &sequence(&policies))
    }

    pub(crate) fn purposes(self, numbers: &[&str]) -> Self {
        let purposes: Vec<_> = numbers.iter().map(|number| oid(number)).collect();
        self.with("2.5.29.37", &sequence(&purposes))
    }

    /// Where revocation can be asked about.
    pub(crate) fn asked_at(self, responders: &[&str], lists: &[&str]) -> Self {
        let access: Vec<_> = responders
            .iter()
            .map(|url| sequence(&[oid("1.3.6.1.5.5.7.48.1"), element(primitive(6), url.as_bytes())]))
            .collect();
        let points: Vec<_> = lists.iter().map(|url| sequence(&[place(url)])).collect();
        self.with("1.3.6.1.5.5.7.1.1", &sequence(&access))
            .with("2.5.29.31", &sequence(&points))
    }

    pub(crate) fn self_signed(self) -> Identity {
        let (issuer, key) = (self.subject.clone(), self.key.clone());
        self.signed(&issuer, &key)
    }

    pub(crate) fn signed_by(self, issuer: &Identity) -> Identity {
        self.signed(&issuer.certificate.subject, &issuer.key)
    }

    /// By any name and any key, fitting or not.
    pub(crate) fn signed(self, issuer: &[u8], key: &Key) -> Identity {
        let der = self.der(issuer, key);
        Identity {
            certificate: Arc::new(Certificate::read(&der).unwrap()),
            key: self.key,
        }
    }

    /// The same, which need not be readable.
    pub(crate) fn der(&self, issuer: &[u8], key: &Key) -> Vec<u8> {
        let mut fields = vec![
            element(constructed(0), &element(INTEGER, &[2])),
            element(INTEGER, &self.serial),
            self.scheme.to_vec(),
            issuer.to_vec(),
            sequence(&[time(self.not_before), time(self.not_after)]),
            self.subject.clone(),
            self.key.info(),
        ];
        if !self.extensions.is_empty() {
            fields.push(element(constructed(3), &sequence(&self.extensions)));
        }
        let tbs = sequence(&fields);
        let signature = bits(&key.sign(&tbs));
        sequence(&[tbs, self.scheme.to_vec(), signature])
    }
}

/// A trust with these anchors and intermediates, and the table that comes with the program.
pub(crate) fn trust(certificates: &[&Identity]) -> Trust {
    let files: Vec<TrustFile> = certificates
        .iter()
        .map(|identity| TrustFile {
            name: "anchor.crt".to_owned(),
            bytes: identity.certificate.der.clone(),
        })
        .collect();
    let read: Result<Trust, TrustError> = Trust::read(&files, Authorities::built_in().unwrap());
    read.unwrap()
}

pub(crate) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    element(SEQUENCE, &parts.concat())
}

pub(crate) fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    element(SET, &parts.concat())
}

pub(crate) fn oid(number: &str) -> Vec<u8> {
    element(OID, ObjectIdentifier::new(number).unwrap().as_bytes())
}

pub(crate) fn bits(bytes: &[u8]) -> Vec<u8> {
    element(BIT_STRING, &[&[0], bytes].concat())
}

pub(crate) fn utf8(text: &str) -> Vec<u8> {
    element(0x0c, text.as_bytes())
}

/// `GeneralizedTime`, whole seconds.
pub(crate) fn time(at: Timestamp) -> Vec<u8> {
    let since_1970 = Duration::from_micros(u64::try_from(at.as_micros()).unwrap());
    let seconds = Duration::from_secs(since_1970.as_secs());
    GeneralizedTime::from_unix_duration(seconds)
        .unwrap()
        .to_der()
        .unwrap()
}

pub(crate) fn common_name(text: &str) -> Vec<u8> {
    name(&[("2.5.4.3", text)])
}

pub(crate) fn name(attributes: &[(&str, &str)]) -> Vec<u8> {
    let parts: Vec<_> = attributes
        .iter()
        .map(|(number, text)| set(&[sequence(&[oid(number), utf8(text)])]))
        .collect();
    sequence(&parts)
}

/// A `DistributionPointName` in its field.
pub(crate) fn place(url: &str) -> Vec<u8> {
    let names = element(constructed(0), &element(primitive(6), url.as_bytes()));
    element(constructed(0), &names)
}
