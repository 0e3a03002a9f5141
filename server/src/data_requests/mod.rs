//! Requests of people about what is kept about them: registered, answered within the law's time, closed.
//!
//! Words: those of [`shared::data_requests`]. A [`Holder`] is whose data is asked for.
//!
//! Invariants: nothing is given out or deleted without a request that is open, a reason, and an act that is written down; the
//! owner is told of either; what is asked of each slice is asked through its `service.rs`.
//!
//! What it does not do: it deletes no account, no evidence and nothing of the audit log.

pub mod http;
pub mod service;
pub mod store;

use crate::keys::Digest;
use shared::identifiers::{AccountId, Branch, EmployerIdentifier, RepresentativeId};

/// Whose data is asked for.
#[derive(Clone, Debug)]
pub struct Holder {
    /// RUC, or the cédula of a household employer.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// The person who asks.
    pub representative: RepresentativeId,
    /// The account, if there is one and it is this person who represents it.
    pub account: Option<AccountId>,
    /// The keyed digest of employer and branch.
    pub subject: Digest,
}
