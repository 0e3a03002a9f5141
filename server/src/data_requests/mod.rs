//! Requests of people about what is kept about them: registered, answered within the law's time, closed.
//!
//! Words: those of [`shared::data_requests`]. A [`Holder`] is whose data is asked for.
//!
//! Invariants: nothing is given out or deleted without a request that is open, a reason, and an act that is written down and names the
//! account of the employer, whoever asks; the owner of that account is told of either. Nobody is given a row that another person's
//! number stands in, and official records, which the questions of a recovery are made of, only after another officer saw who
//! the person is. What is asked of each slice is asked through its `service.rs`.
//!
//! What it does not do: it deletes no account, no evidence and nothing of the audit log; it answers nobody but representatives:
//! what is kept of delegates is given to whom they work for, and the staff's is a matter of the institution as their employer.

pub mod http;
pub mod service;
pub mod store;

use crate::dossiers::IdentitySeen;
use crate::keys::Digest;
use serde_json::Value;
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
    /// That it was seen at a counter who they are, by another officer than the one who answers.
    pub seen: Option<IdentitySeen>,
}

impl Holder {
    /// Whether what was typed when a case was opened names this person. Where it is forgotten already, the case is of whose the
    /// account is: only when it was is left of it.
    pub fn is_named_in(&self, identity: &Value) -> bool {
        if identity.is_null() {
            return self.account.is_some();
        }
        identity["representative"] == self.representative.to_string()
    }
}
