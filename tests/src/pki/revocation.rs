//! What an authority says about revocation: OCSP responses and revocation lists, sound and spoiled.

use super::certificate::{Draft, Extension, Identity, key_id, name, usage};
use super::der::{self, Element};
use super::keys::{Digest, Key};
use super::{DAY, serial};
use shared::time::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);
const BASIC: &str = "1.3.6.1.5.5.7.48.1.1";
const NONCE: &str = "1.3.6.1.5.5.7.48.1.2";
const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";

/// What it says about one certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It was not revoked.
    Good,
    /// It was revoked then.
    Revoked(Timestamp),
    /// It is not known. A revocation list does not tell.
    Unknown,
}

/// How it answers by OCSP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OcspManner {
    /// Signed by the issuer itself.
    #[default]
    Own,
    /// Signed by a responder of its own, whom it vouches for.
    Delegated,
    /// The same, but the responder's certificate is not meant for it.
    DelegatedWithoutPurpose,
    /// Signed by a responder that another authority vouches for.
    Stranger,
    /// Signed with the holder's own key, as a thief of nothing could.
    SelfMade(Key),
    /// Sound, but its next update is past.
    Stale,
    /// Sound, but made tomorrow.
    Future,
    /// Sound, but about another certificate.
    AboutAnother,
    /// Sound, but a byte of its signature is another.
    Spoiled,
    /// It says that it cannot answer now.
    TryLater,
    /// Bytes that are nothing.
    Garbage,
    /// There is none.
    Missing,
}

/// How it makes its lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListManner {
    /// Signed by the issuer itself.
    #[default]
    Own,
    /// Signed by somebody else in its name.
    Stranger,
    /// Sound, but its next update is past.
    Stale,
    /// Sound, but made tomorrow.
    Future,
    /// Only what changed since another one.
    Delta,
    /// It may tell about others' certificates.
    Indirect,
    /// Bytes that are nothing.
    Garbage,
    /// There is none.
    Missing,
}

/// What it knows and how it tells.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) ocsp: OcspManner,
    pub(super) lists: ListManner,
    statuses: BTreeMap<Vec<u8>, Status>,
}

impl Records {
    pub(super) fn set(&mut self, serial: &[u8], status: Status) {
        self.statuses.insert(serial.to_vec(), status);
    }

    /// An OCSP response to a request. None if there is to be none, or the request is none.
    pub(super) fn ocsp_response(&self, request: &[u8], issuer: &Identity, now: Timestamp) -> Option<Vec<u8>> {
        let asked = Asked::read(request)?;
        let (signer, embedded) = match self.ocsp {
            OcspManner::Missing => return None,
            OcspManner::Garbage => return Some(b"<html>an error</html>".to_vec()),
            OcspManner::TryLater => return Some(der::seq(&[der::tagged(0x0a, &[3])])),
            OcspManner::Delegated => delegated(issuer, &[OCSP_SIGNING], now),
            OcspManner::DelegatedWithoutPurpose => delegated(issuer, &["1.3.6.1.5.5.7.3.4"], now),
            OcspManner::Stranger => {
                let other = stranger(issuer, now);
                delegated(&other, &[OCSP_SIGNING], now)
            }
            OcspManner::SelfMade(key) => (
                Identity {
                    key,
                    ..issuer.clone()
                },
                Vec::new(),
            ),
            OcspManner::Own
            | OcspManner::Stale
            | OcspManner::Future
            | OcspManner::AboutAnother
            | OcspManner::Spoiled => (issuer.clone(), Vec::new()),
        };
        let (this, next) = self.ocsp.age().times(now);
        let status = match self.status(&asked.serial) {
            Status::Good => der::implicit(0, &[]),
            Status::Revoked(at) => der::context(1, &der::generalized(at)),
            Status::Unknown => der::implicit(2, &[]),
        };
        let about = if self.ocsp == OcspManner::AboutAnother {
            let mut parts = asked.parts.clone();
            parts[3] = der::integer(&serial("another"));
            der::seq(&parts)
        } else {
            der::seq(&asked.parts)
        };
        let single = der::seq(&[
            about,
            status,
            der::generalized(this),
            der::context(0, &der::generalized(next)),
        ]);
        let mut data = vec![
            der::context(2, &der::octets(&key_id(signer.key))),
            der::generalized(this),
            der::seq(&[single]),
        ];
        data.extend(asked.nonce.map(|nonce| der::context(1, &der::seq(&[nonce]))));
        let data = der::seq(&data);
        let mut signature = signer.key.sign(Digest::Sha256, &data);
        if self.ocsp == OcspManner::Spoiled {
            let last = signature.len() - 1;
            signature[last] ^= 1;
        }
        let mut basic = vec![data, signer.key.algorithm(Digest::Sha256), der::bits(&signature)];
        if !embedded.is_empty() {
            basic.push(der::context(0, &der::seq(&embedded)));
        }
        let bytes = der::seq(&[der::oid(BASIC), der::octets(&der::seq(&basic))]);
        Some(der::seq(&[der::tagged(0x0a, &[0]), der::context(0, &bytes)]))
    }

    /// A revocation list of everything that was revoked. None if there is to be none.
    pub(super) fn list(&self, issuer: &Identity, now: Timestamp) -> Option<Vec<u8>> {
        let key = match self.lists {
            ListManner::Missing => return None,
            ListManner::Garbage => return Some(b"<html>an error</html>".to_vec()),
            ListManner::Stranger => Key::P384("stranger"),
            ListManner::Own
            | ListManner::Stale
            | ListManner::Future
            | ListManner::Delta
            | ListManner::Indirect => issuer.key,
        };
        let (this, next) = self.lists.age().times(now);
        let revoked: Vec<Vec<u8>> = self
            .statuses
            .iter()
            .filter_map(|(serial, status)| match status {
                Status::Revoked(at) => Some(der::seq(&[der::integer(serial), der::moment(*at)])),
                Status::Good | Status::Unknown => None,
            })
            .collect();
        let keyed = der::seq(&[der::implicit(0, &key_id(issuer.key))]);
        let mut extensions = vec![
            Extension::ordinary("2.5.29.35", keyed),
            Extension::ordinary("2.5.29.20", der::number(7)),
        ];
        match self.lists {
            ListManner::Delta => extensions.push(Extension::critical("2.5.29.27", der::number(6))),
            ListManner::Indirect => {
                let point = der::seq(&[der::implicit(4, &[0xff])]);
                extensions.push(Extension::critical("2.5.29.28", point));
            }
            ListManner::Own
            | ListManner::Stranger
            | ListManner::Stale
            | ListManner::Future
            | ListManner::Garbage
            | ListManner::Missing => {}
        }
        let algorithm = key.algorithm(Digest::Sha256);
        let mut body = vec![
            der::number(1),
            algorithm.clone(),
            issuer.subject.clone(),
            der::moment(this),
            der::moment(next),
        ];
        if !revoked.is_empty() {
            body.push(der::seq(&revoked));
        }
        let extensions: Vec<Vec<u8>> = extensions.iter().map(Extension::written).collect();
        body.push(der::context(0, &der::seq(&extensions)));
        let body = der::seq(&body);
        let signature = der::bits(&key.sign(Digest::Sha256, &body));
        Some(der::seq(&[body, algorithm, signature]))
    }

    fn status(&self, serial: &[u8]) -> Status {
        self.statuses.get(serial).copied().unwrap_or(Status::Good)
    }
}

impl OcspManner {
    const fn age(self) -> Age {
        match self {
            Self::Stale => Age::Stale,
            Self::Future => Age::Future,
            Self::Own
            | Self::Delegated
            | Self::DelegatedWithoutPurpose
            | Self::Stranger
            | Self::SelfMade(_)
            | Self::AboutAnother
            | Self::Spoiled
            | Self::TryLater
            | Self::Garbage
            | Self::Missing => Age::Fresh,
        }
    }
}

impl ListManner {
    const fn age(self) -> Age {
        match self {
            Self::Stale => Age::Stale,
            Self::Future => Age::Future,
            Self::Own | Self::Stranger | Self::Delta | Self::Indirect | Self::Garbage | Self::Missing => {
                Age::Fresh
            }
        }
    }
}

/// How old what it says is.
#[derive(Clone, Copy)]
enum Age {
    Fresh,
    Stale,
    Future,
}

impl Age {
    /// This update and the next one.
    fn times(self, now: Timestamp) -> (Timestamp, Timestamp) {
        match self {
            Self::Fresh => (now.before(HOUR), now.after(DAY)),
            Self::Stale => (now.before(30 * DAY), now.before(29 * DAY)),
            Self::Future => (now.after(DAY), now.after(2 * DAY)),
        }
    }
}

/// A responder whom an issuer vouches for, and its certificate to be sent along.
fn delegated(issuer: &Identity, purposes: &[&str], now: Timestamp) -> (Identity, Vec<Vec<u8>>) {
    let draft = Draft {
        subject: name(&[
            ("2.5.4.6", der::printable("EC")),
            ("2.5.4.3", der::utf8("OCSP DE PRUEBA")),
        ]),
        key: Key::P256("responder"),
        serial: serial("responder"),
        not_before: now.before(DAY),
        not_after: now.after(30 * DAY),
        digest: Digest::Sha256,
        extensions: Vec::new(),
    };
    let responder = draft
        .with(Extension::no_authority())
        .with(Extension::key_usage(usage::SIGNATURE))
        .with(Extension::purposes(purposes))
        .with(Extension::ordinary("1.3.6.1.5.5.7.48.1.5", der::null()))
        .signed_by(issuer);
    let certificate = responder.certificate.clone();
    (responder, vec![certificate])
}

/// Somebody else with the issuer's name.
fn stranger(issuer: &Identity, now: Timestamp) -> Identity {
    let draft = Draft {
        subject: issuer.subject.clone(),
        key: Key::P384("stranger"),
        serial: serial("stranger"),
        not_before: now.before(DAY),
        not_after: now.after(30 * DAY),
        digest: Digest::Sha256,
        extensions: vec![
            Extension::authority(None),
            Extension::key_usage(usage::CERTIFICATES | usage::LISTS),
        ],
    };
    draft.self_signed()
}

/// What a request asks.
struct Asked {
    /// The four parts of the `CertID`.
    parts: Vec<Vec<u8>>,
    /// Big-endian, without leading noughts.
    serial: Vec<u8>,
    /// The extension that is to come back.
    nonce: Option<Vec<u8>>,
}

impl Asked {
    fn read(request: &[u8]) -> Option<Self> {
        let (whole, _) = der::read(request)?;
        let (body, _) = der::read(whole.content)?;
        let mut parts: Option<Vec<Element<'_>>> = None;
        let mut nonce = None;
        for element in der::elements(body.content) {
            match element.tag {
                0x30 => {
                    let (single, _) = der::read(element.content)?;
                    let (id, _) = der::read(single.content)?;
                    parts = Some(der::elements(id.content));
                }
                0xa2 => {
                    let (list, _) = der::read(element.content)?;
                    nonce = der::elements(list.content)
                        .into_iter()
                        .map(|extension| extension.whole.to_vec())
                        .find(|extension| contains(extension, &der::oid(NONCE)));
                }
                _ => {}
            }
        }
        let parts = parts?;
        let serial = parts.get(3)?.content;
        let leading = serial.iter().take_while(|byte| **byte == 0).count();
        Some(Self {
            serial: serial[leading..].to_vec(),
            parts: parts.iter().map(|part| part.whole.to_vec()).collect(),
            nonce,
        })
    }
}

fn contains(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}
