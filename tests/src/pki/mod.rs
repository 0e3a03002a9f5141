//! A public key infrastructure made by code: an authority with its root, what it issues to persons, and what it answers about
//! revocation.
//!
//! Words: the *root* is the anchor; the *issuer* below it issues to persons; an [`Identity`] is a certificate with its key; a
//! [`Draft`] is a certificate before it is signed, every part of which can be spoiled; a [`Manner`](OcspManner) is how the
//! authority answers.
//!
//! Nothing here is random: the same calls give the same bytes. The keys are in this repository, known to everybody, and vouch
//! for nothing.

pub mod certificate;
pub mod der;
pub mod holder;
pub mod keys;
mod place;
mod revocation;

pub use certificate::{Draft, Extension, Identity, Weight};
pub use holder::{Authority, Holder, Layout};
pub use keys::{Digest, Key, RsaKey};
pub use place::Transport;
pub use revocation::{ListManner, OcspManner, Status};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use certificate::{name, usage};
use notary::{Question, Reply, Unanswered};
use revocation::Records;
use shared::time::Timestamp;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);
const YEAR: Duration = Duration::from_hours(365 * 24);

/// An authority. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Pki {
    /// Which one it imitates.
    pub authority: Authority,
    /// Where it writes about holders.
    pub layout: Layout,
    /// The anchor.
    pub root: Identity,
    /// What issues to persons.
    pub issuer: Identity,
    /// The same key, subject and place as [`root`](Self::root)'s, in the hands of a stranger: it looks like it and is not.
    pub stranger: Identity,
    base: String,
    state: Arc<Mutex<State>>,
}

/// What can change while it is used.
#[derive(Debug)]
struct State {
    now: Timestamp,
    issued: u32,
    records: Records,
    transport: Transport,
    /// Requests that came over connections.
    asked: usize,
}

impl Pki {
    /// An authority whose addresses lead nowhere: its answers come from [`reply`](Self::reply).
    pub fn new(authority: Authority, layout: Layout, now: Timestamp) -> Self {
        Self::at(authority, layout, now, "http://ca.example")
    }

    /// An authority that names this place in what it issues.
    fn at(authority: Authority, layout: Layout, now: Timestamp, base: &str) -> Self {
        let root = authority_draft(authority, "RAIZ", Key::Rsa(RsaKey::Root), now)
            .with(Extension::authority(None))
            .self_signed();
        let stranger = authority_draft(authority, "RAIZ", Key::P384("stranger"), now)
            .with(Extension::authority(None))
            .self_signed();
        let issuer = authority_draft(authority, "SUBORDINADA", Key::Rsa(RsaKey::Authority), now)
            .with(Extension::authority(Some(0)))
            .with(Extension::ocsp(&format!("{base}/anchor/ocsp")))
            .with(Extension::list(&format!("{base}/anchor/list")))
            .signed_by(&root);
        let state = State {
            now,
            issued: 0,
            records: Records::default(),
            transport: Transport::Answers,
            asked: 0,
        };
        Self {
            authority,
            layout,
            root,
            issuer,
            stranger,
            base: base.to_owned(),
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// A person's certificate with an RSA key, valid for a year before and a year after now.
    pub fn issue(&self, holder: &Holder) -> Identity {
        self.draft(holder).signed_by(&self.issuer)
    }

    /// The same, not signed yet.
    pub fn draft(&self, holder: &Holder) -> Draft {
        let (subject, extensions) = holder::written(holder, self.authority, self.layout);
        let now = self.now();
        let draft = Draft {
            subject,
            key: Key::Rsa(RsaKey::Holder),
            serial: self.next_serial(),
            not_before: now.before(YEAR),
            not_after: now.after(YEAR),
            digest: Digest::Sha256,
            extensions,
        };
        draft
            .with(Extension::no_authority())
            .with(Extension::key_usage(usage::SIGNATURE | usage::NON_REPUDIATION))
            .with(Extension::ocsp(&format!("{}/issuer/ocsp", self.base)))
            .with(Extension::list(&format!("{}/issuer/list", self.base)))
    }

    /// What stamps the time.
    pub fn stamper(&self) -> Identity {
        let mut draft = authority_draft(
            self.authority,
            "SELLO DE TIEMPO",
            Key::Rsa(RsaKey::Authority),
            self.now(),
        )
        .with(Extension::no_authority())
        .with(Extension::key_usage(usage::SIGNATURE));
        let purpose = Extension::purposes(&["1.3.6.1.5.5.7.3.8"]);
        draft = draft.with(Extension {
            weight: Weight::Critical,
            ..purpose
        });
        draft.signed_by(&self.root)
    }

    /// Another authority below the root, or below another one, not signed yet.
    pub fn issuer_draft(&self, common_name: &'static str) -> Draft {
        let mut draft = authority_draft(self.authority, common_name, Key::P256(common_name), self.now())
            .with(Extension::authority(Some(0)))
            .with(Extension::ocsp(&format!("{}/anchor/ocsp", self.base)))
            .with(Extension::list(&format!("{}/anchor/list", self.base)));
        draft.serial = self.next_serial();
        draft
    }

    /// The authority's time.
    pub fn now(&self) -> Timestamp {
        self.lock().now
    }

    /// Moves its time on: what it answers is made then.
    pub fn advance(&self, span: Duration) {
        let mut state = self.lock();
        state.now = state.now.after(span);
    }

    /// What it says about a certificate from now on.
    pub fn set_status(&self, identity: &Identity, status: Status) {
        self.lock().records.set(&identity.serial, status);
    }

    /// How it answers by OCSP from now on.
    pub fn set_ocsp(&self, manner: OcspManner) {
        self.lock().records.ocsp = manner;
    }

    /// How it makes its revocation lists from now on.
    pub fn set_lists(&self, manner: ListManner) {
        self.lock().records.lists = manner;
    }

    /// How it behaves on its connections from now on.
    pub fn set_transport(&self, transport: Transport) {
        self.lock().transport = transport;
    }

    /// How many requests have come over connections.
    pub fn asked(&self) -> usize {
        self.lock().asked
    }

    /// What it answers a question, without a connection.
    pub fn reply(&self, question: &Question) -> Reply {
        let (url, body) = match question {
            Question::Ocsp { url, request } => (url, request.as_slice()),
            Question::Crl { url } => (url, &[] as &[u8]),
        };
        let answer = url
            .strip_prefix(&self.base)
            .and_then(|path| self.answer(path, body));
        Reply {
            bytes: answer.ok_or(Unanswered::Unreachable),
            fetched_at: self.now(),
        }
    }

    /// What is at a path, if anything is.
    fn answer(&self, path: &str, body: &[u8]) -> Option<Vec<u8>> {
        let (of, what) = path.strip_prefix('/')?.split_once('/')?;
        let by = match of {
            "anchor" => &self.root,
            "issuer" => &self.issuer,
            _ => return None,
        };
        let state = self.lock();
        match what {
            "ocsp" => state.records.ocsp_response(body, by, state.now),
            "list" => state.records.list(by, state.now),
            _ => None,
        }
    }

    fn next_serial(&self) -> Vec<u8> {
        let mut state = self.lock();
        state.issued += 1;
        serial(&format!("{:?} {}", self.authority, state.issued))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An authority's certificate, without constraints and places.
fn authority_draft(authority: Authority, common_name: &str, key: Key, now: Timestamp) -> Draft {
    let draft = Draft {
        subject: name(&[
            ("2.5.4.6", der::printable("EC")),
            ("2.5.4.10", der::utf8(authority.organisation())),
            (
                "2.5.4.3",
                der::utf8(&format!("AUTORIDAD DE PRUEBA {common_name}")),
            ),
        ]),
        key,
        serial: serial(&format!("{authority:?} {common_name}")),
        not_before: now.before(5 * YEAR),
        not_after: now.after(15 * YEAR),
        digest: Digest::Sha256,
        extensions: Vec::new(),
    };
    draft.with(Extension::key_usage(usage::CERTIFICATES | usage::LISTS))
}

/// A serial number made of a text: 16 bytes, positive.
fn serial(text: &str) -> Vec<u8> {
    let mut bytes = Digest::Sha256.of(text.as_bytes());
    bytes.truncate(16);
    bytes[0] = 0x40 | (bytes[0] & 0x3f);
    bytes
}

/// DER as PEM.
fn pem(label: &str, bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).expect("base64"))
        .collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
}
