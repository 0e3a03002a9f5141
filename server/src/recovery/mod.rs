//! Recovering a password over HTTP: cases, links, and what follows from each move.
//!
//! Words: a *case* belongs to one browser, by a cookie; a *link* is what the mail carries; *carrying out* a step means
//! saving the case and writing its effects in one transaction. The rules are `shared::recovery`'s; this slice loads,
//! applies and saves.
//!
//! Invariants: the authority to take a step comes from rows, never from what a client says; no registry is asked and no
//! password is hashed inside a transaction; a token is stored as a keyed digest only and is used up by one guarded
//! statement; every identification is answered alike.
//!
//! What it does not do: it sends nothing (the outbox does, and asks this slice's service, by way of the desk, for what
//! must be fresh).

mod carry;
mod counter;
mod delivery;
pub mod http;
pub mod job;
mod kept;
mod proof;
pub mod reset;
pub mod service;
mod signed;
mod step_up;
pub mod store;
mod watch;

pub use crate::challenges::Call;
pub(crate) use counter::ended;
pub use counter::{AtCounter, Sent};
pub use proof::{answer, resume};
pub use service::{MadeLink, Opened, make_link, record_delivery};
pub use signed::{Awaiting, ParentOpened, Signed};
pub use step_up::{assert, renew};
pub use watch::METERS;

use crate::challenges::now;
use shared::identifiers::CaseId;
use std::time::Duration;

/// The cookie that shows which case is this browser's.
pub const COOKIE: &str = "__Host-clavero-case";

/// How long a browser keeps it: longer than any case lasts, also one that waits for an officer.
pub const COOKIE_LIFETIME: Duration = Duration::from_hours(24 * 30);

/// Where pages that show this case listen for changes.
pub(crate) fn topic(case: CaseId) -> String {
    format!("recovery {case}")
}
