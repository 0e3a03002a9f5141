//! Signed requests over HTTP: cases, the requests that are issued, the files that come back, and what follows from a verdict.
//!
//! Words: a *case* belongs to one browser, by a cookie; its *parent* is the case of recovery or of unlocking that waits for it;
//! *issuing* makes the request's PDF; *judging* asks the notary and then, only if everything else holds, the registries;
//! *carrying out* a step means saving the case and writing its effects in one transaction; the *evidence* is what somebody who
//! doubts a verdict can look at. The rules are `shared::signatures`'; this slice loads, applies and saves.
//!
//! Invariants: the authority to take a step comes from rows, never from what a client says; every identification is answered
//! alike; a file is counted before it is judged; a request is used up by one guarded statement, together with all that
//! follows from it, and a referral is decided by one too; no registry, no notary and no document is waited for inside a transaction; what is indeterminate never
//! passes by itself.
//!
//! What it does not do: it reads no PDF and no certificate (the notary does), keeps no file itself (documents do), and
//! decides no referral by itself: an officer does.

mod carry;
mod decision;
pub mod http;
mod issue;
pub mod job;
mod judge;
mod kept;
pub mod referrals;
pub mod review;
pub mod service;
pub mod store;

pub use crate::challenges::Call;
pub use decision::{Decision, Follows};
pub use service::Opened;

use crate::challenges::now;

/// The cookie that shows which case is this browser's.
pub const COOKIE: &str = "__Host-clavero-signature";
