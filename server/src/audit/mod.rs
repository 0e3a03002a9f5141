//! The audit log: what changed, when, by whom and from where, sealed into a chain that shows tampering.
//!
//! Words: an [`Entry`] is an event with its circumstances; *appending* writes it in the transaction of the change it
//! tells of; *sealing* gives it a sequence number and a seal (HMAC over the previous seal and the whole row); the
//! [`Head`] is the last sequence number and seal, exported so that a log cut off at its end is found too.
//!
//! Invariants: an event is written if and only if its change is; sequence numbers have no gaps; a sealed row never
//! changes. What it does not do: it cannot show that an event was removed before it was sealed (about a second), and
//! whoever holds the master key can rewrite everything that no exported head pins down.

pub mod auditor;
mod chain;
mod exported;
pub mod http;
pub mod job;
mod kept;
pub mod service;
pub mod store;
mod verify;
pub mod watch;

pub use exported::{Exported, Unreadable, check as check_export};
pub use shared::audit::api::AuditFinding as Finding;
pub use shared::audit::{Head, InvalidHead};
pub use verify::Verification;

use crate::keys::Digest;
use shared::audit::{Actor, Event};
use shared::identifiers::{AccountId, CaseId, DelegateId, EventId, StaffId};
use shared::sessions::Device;
use shared::time::Timestamp;
use std::net::IpAddr;

/// An event and its circumstances.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// What happened.
    pub event: &'a Event,
    /// When.
    pub at: Timestamp,
    /// In which quality somebody did it.
    pub actor: Actor,
    /// What it is about.
    pub subject: Subject,
    /// Where the request came from; `None` when a job did it.
    pub source: Option<IpAddr>,
    /// With what it was made; `None` when a job did it, or where nobody is shown it.
    pub device: Option<Device>,
    /// The officer who did it. Whoever is not signed in as staff has none.
    pub staff: Option<StaffId>,
}

impl<'a> Entry<'a> {
    /// What no request did: a job, a command, or the system by itself.
    pub const fn by_system(event: &'a Event, at: Timestamp, subject: Subject) -> Self {
        Self {
            event,
            at,
            actor: Actor::System,
            subject,
            source: None,
            device: None,
            staff: None,
        }
    }
}

/// An event of an account, read back for its owner.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its row.
    pub id: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// What happened; `None` when a later version wrote it.
    pub event: Option<Event>,
    /// The delegate who did it, or whose sign-in it was.
    pub delegate: Option<DelegateId>,
    /// Where the request came from.
    pub source: Option<IpAddr>,
    /// With what, where that was remembered.
    pub device: Option<Device>,
    /// The officer who did it.
    pub staff: Option<StaffId>,
}

/// What an event is about, as far as it may be named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The account.
    pub account: Option<AccountId>,
    /// The recovery case.
    pub case: Option<CaseId>,
    /// The keyed digest of the employer's identifier and branch.
    pub identifier: Option<Digest>,
    /// The delegate who did it, or whose sign-in it was.
    pub delegate: Option<DelegateId>,
}
