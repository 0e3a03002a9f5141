//! Messages to people: queued with a change of state, sent by a worker, followed until a mail server has them.
//!
//! Words: a message is *queued* in the transaction of what it tells of; the worker *leases* it, asks the [`Desk`] for
//! what only the moment of sending may know (the address, a fresh token), *sends* it through the [`Mailer`], and
//! *records* how that went. A message is finished when it was accepted, rejected, expired (its time ended first) or
//! dropped (nobody to send it to any more).
//!
//! Invariants: a row of the outbox holds no token, no secret, and no address that can be looked up at the send; no
//! message leaves inside a request or a transaction; every send of a link carries a token of its own, so that a message
//! sent twice (the server died between the send and its record) leaves one working link, the newest. A message is
//! never lost: it is sent at least once, or it is finished with a reason.
//!
//! What it does not do: it decides neither who is told nor when; the other slices queue.

pub mod budget;
pub mod deliverability;
pub mod desk;
pub mod http;
pub mod job;
mod letter;
pub mod mailbox;
pub mod mailer;
pub mod service;
pub mod store;

pub use desk::{Desk, Fresh, Outcome, Prepared};
pub use mailbox::Mailbox;
pub use mailer::Mailer;
pub use shared::audit::Message as Kind;

use serde::{Deserialize, Serialize};
use shared::i18n::Language;
use shared::identifiers::{AccountId, CaseId, Email, MessageId};
use shared::recovery::CaseReference;
use shared::time::Timestamp;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::sync::Notify;

/// A message to be queued.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// What it tells.
    pub content: Content,
    /// Whom: the account's registered address, or one that was typed.
    pub recipient: Recipient,
    /// The recovery case it belongs to.
    pub case: Option<CaseId>,
    /// The language it is written in.
    pub language: Language,
    /// When trying to send it ends; for a link, the case's cap.
    pub expires_at: Timestamp,
}

/// Whom a message is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// The owner of an account, at the address registered when the message is sent.
    Account(AccountId),
    /// Whoever has this address. It is stored until the message is finished.
    Address(Email),
}

/// What a message tells: everything its text needs that is no secret and does not change until it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// The link for a new password.
    RecoveryLink {
        /// The case's reference.
        reference: CaseReference,
        /// The employer's identifier, masked.
        employer: String,
        /// When the recovery was asked for.
        at: Timestamp,
    },
    /// The password was changed.
    PasswordChanged {
        /// The case's reference.
        reference: CaseReference,
        /// The employer's identifier, masked.
        employer: String,
        /// When it was changed.
        at: Timestamp,
        /// The network address it was changed from.
        source: Option<IpAddr>,
    },
    /// The online recovery is suspended after failed answers.
    RecoverySuspended {
        /// The case's reference.
        reference: CaseReference,
        /// The employer's identifier, masked.
        employer: String,
        /// When it was suspended.
        at: Timestamp,
        /// When the suspension ends by itself.
        until: Timestamp,
        /// The network address of the last failed answers.
        source: Option<IpAddr>,
    },
    /// The owner froze the account ("no fui yo").
    AccountFrozen {
        /// The employer's identifier, masked.
        employer: String,
        /// When it was frozen.
        at: Timestamp,
    },
    /// The account was blocked after failed sign-ins.
    AccountBlocked {
        /// The employer's identifier, masked.
        employer: String,
        /// When it was blocked.
        at: Timestamp,
        /// The network address of the last failed sign-in.
        source: Option<IpAddr>,
    },
    /// The password was replaced by somebody who was signed in.
    PasswordReplaced {
        /// The employer's identifier, masked.
        employer: String,
        /// When it was replaced.
        at: Timestamp,
        /// The network address it was replaced from.
        source: Option<IpAddr>,
    },
    /// A test whether our mails arrive.
    DeliverabilityTest,
}

impl Content {
    /// Which kind of message it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::RecoveryLink { .. } => Kind::RecoveryLink,
            Self::PasswordChanged { .. } => Kind::PasswordChanged,
            Self::RecoverySuspended { .. } => Kind::RecoverySuspended,
            Self::AccountFrozen { .. } => Kind::AccountFrozen,
            Self::AccountBlocked { .. } => Kind::AccountBlocked,
            Self::PasswordReplaced { .. } => Kind::PasswordReplaced,
            Self::DeliverabilityTest => Kind::DeliverabilityTest,
        }
    }
}

/// A message taken out of the outbox to be sent.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Its row.
    pub id: MessageId,
    /// What it tells.
    pub content: Content,
    /// Whom.
    pub recipient: Recipient,
    /// The recovery case it belongs to.
    pub case: Option<CaseId>,
    /// The language it is written in.
    pub language: Language,
    /// Which try this is, from 1. It also names the lease: an older try's record is refused.
    pub attempt: i64,
    /// When trying ends.
    pub expires_at: Timestamp,
}

/// What this slice needs for as long as the server runs; part of the [`App`](crate::app::App).
#[derive(Clone, Debug)]
pub struct Notifications {
    /// Where messages leave through.
    pub mailer: Mailer,
    wake: Arc<Notify>,
}

impl Notifications {
    /// Sends through `mailer`.
    pub fn new(mailer: Mailer) -> Self {
        Self {
            mailer,
            wake: Arc::new(Notify::new()),
        }
    }

    /// Tells the worker that something was queued. To be called after the commit; forgotten, the message waits for the
    /// worker's next round (a second).
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits until somebody calls [`Self::wake`]; a call made before counts.
    pub async fn woken(&self) {
        self.wake.notified().await;
    }
}
