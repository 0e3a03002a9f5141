//! Unblocking an account over HTTP: cases, passkeys, links, and what follows from each move.
//!
//! Words: a *case* belongs to one browser, by a cookie; a *link* is what the message carries; *carrying out* a step means
//! saving the case and writing its effects in one transaction. The rules are `shared::unlock`'s; this slice loads, applies
//! and saves.
//!
//! Invariants: the authority to take a step comes from rows, never from what a client says; no registry is asked inside a
//! transaction; a token is stored as a keyed digest only and is used up by one guarded statement; every identification is
//! answered alike, and so is every refused passkey; an account has one open link over this procedure and recovery.
//!
//! What it does not do: it sends nothing (the outbox does), and it verifies no signature (passkeys do). The password is
//! neither seen nor changed here.

mod carry;
mod counter;
pub mod http;
pub mod job;
mod kept;
mod link;
mod proof;
pub mod service;
mod signed;
pub mod store;

pub use crate::challenges::Call;
pub use link::MadeLink;
pub use service::Opened;

use crate::challenges::now;
use shared::identifiers::UnlockId;
use std::time::Duration;

/// The cookie that shows which case is this browser's.
pub const COOKIE: &str = "__Host-clavero-unlock";

/// How long a browser keeps it: longer than any case lasts, also one that waits for an officer.
pub const COOKIE_LIFETIME: Duration = Duration::from_hours(24 * 30);

/// Where pages that show this case listen for changes.
pub(crate) fn topic(case: UnlockId) -> String {
    format!("unlock {case}")
}
