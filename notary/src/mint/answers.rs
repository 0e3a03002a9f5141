//! What authorities answer about revocation.

use super::{DAY, Identity, Key, NOW, SCHEME, bits, oid, place, sequence, time};
use crate::algorithms::Label;
use crate::asn1::{BOOLEAN, ENUMERATED, INTEGER, OCTET_STRING, constructed, element, primitive};
use shared::time::Timestamp;

/// `good`, `revoked` since yesterday, `unknown`.
pub(crate) fn good() -> Vec<u8> {
    element(primitive(0), &[])
}

pub(crate) fn revoked() -> Vec<u8> {
    element(constructed(1), &time(NOW.before(DAY)))
}

pub(crate) fn unknown() -> Vec<u8> {
    element(primitive(2), &[])
}

/// A response before it is signed.
#[derive(Clone)]
pub(crate) struct Response {
    pub(crate) serial: Vec<u8>,
    pub(crate) status: Vec<u8>,
    pub(crate) from: Timestamp,
    pub(crate) until: Option<Timestamp>,
    /// Certificates that come along.
    pub(crate) along: Vec<Vec<u8>>,
}

impl Response {
    pub(crate) fn about(identity: &Identity, status: Vec<u8>) -> Self {
        Self {
            serial: identity.certificate.serial.clone(),
            status,
            from: NOW,
            until: Some(NOW.after(DAY)),
            along: Vec::new(),
        }
    }

    /// Signed by `responder` with `key`, about a certificate of `issuer`.
    pub(crate) fn signed(&self, issuer: &Identity, responder: &Identity, key: &Key) -> Vec<u8> {
        const SHA_1: &[u8] = &[0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00];
        let label = |bytes: &[u8]| element(OCTET_STRING, &Label::Sha1.of(bytes));
        let id = sequence(&[
            SHA_1.to_vec(),
            label(&issuer.certificate.subject),
            label(&issuer.certificate.key_bits),
            element(INTEGER, &self.serial),
        ]);
        let mut answer = vec![id, self.status.clone(), time(self.from)];
        answer.extend(self.until.map(|until| element(constructed(0), &time(until))));
        let data = sequence(&[
            element(constructed(1), &responder.certificate.subject),
            time(self.from),
            sequence(&[sequence(&answer)]),
        ]);
        let signature = bits(&key.sign(&data));
        let mut basic = vec![data, SCHEME.to_vec(), signature];
        if !self.along.is_empty() {
            basic.push(element(constructed(0), &sequence(&self.along)));
        }
        let typed = sequence(&[
            oid("1.3.6.1.5.5.7.48.1.1"),
            element(OCTET_STRING, &sequence(&basic)),
        ]);
        sequence(&[element(ENUMERATED, &[0]), element(constructed(0), &typed)])
    }

    pub(crate) fn signed_by(&self, issuer: &Identity) -> Vec<u8> {
        self.signed(issuer, issuer, &issuer.key)
    }
}

/// A response that says that there is none: `tryLater`.
pub(crate) fn try_later() -> Vec<u8> {
    sequence(&[element(ENUMERATED, &[3])])
}

/// A list before it is signed.
#[derive(Clone)]
pub(crate) struct List {
    pub(crate) serials: Vec<Vec<u8>>,
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) extensions: Vec<Vec<u8>>,
    /// What each entry says beside serial number and date.
    pub(crate) entry_extensions: Vec<Vec<u8>>,
}

impl List {
    pub(crate) fn of(serials: &[&[u8]]) -> Self {
        Self {
            serials: serials.iter().map(|serial| serial.to_vec()).collect(),
            from: NOW,
            until: NOW.after(DAY),
            extensions: Vec::new(),
            entry_extensions: Vec::new(),
        }
    }

    pub(crate) fn with_critical(mut self, number: &str, value: &[u8]) -> Self {
        self.extensions.push(critical(number, value));
        self
    }

    pub(crate) fn signed_by(&self, issuer: &Identity) -> Vec<u8> {
        let entries: Vec<_> = self
            .serials
            .iter()
            .map(|serial| {
                let mut entry = vec![element(INTEGER, serial), time(self.from)];
                if !self.entry_extensions.is_empty() {
                    entry.push(sequence(&self.entry_extensions));
                }
                sequence(&entry)
            })
            .collect();
        let mut fields = vec![
            element(INTEGER, &[1]),
            SCHEME.to_vec(),
            issuer.certificate.subject.clone(),
            time(self.from),
            time(self.until),
        ];
        if !entries.is_empty() {
            fields.push(sequence(&entries));
        }
        if !self.extensions.is_empty() {
            fields.push(element(constructed(0), &sequence(&self.extensions)));
        }
        let tbs = sequence(&fields);
        let signature = bits(&issuer.key.sign(&tbs));
        sequence(&[tbs, SCHEME.to_vec(), signature])
    }
}

/// A critical extension.
pub(crate) fn critical(number: &str, value: &[u8]) -> Vec<u8> {
    sequence(&[
        oid(number),
        element(BOOLEAN, &[0xff]),
        element(OCTET_STRING, value),
    ])
}

/// `IssuingDistributionPoint` of a place, with these of its flags set.
pub(crate) fn issuing_point(url: Option<&str>, flags: &[u8]) -> Vec<u8> {
    let mut fields: Vec<Vec<u8>> = url.map(place).into_iter().collect();
    fields.extend(flags.iter().map(|flag| element(primitive(*flag), &[0xff])));
    sequence(&fields)
}
