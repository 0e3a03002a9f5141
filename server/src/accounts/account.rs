//! An account as the use cases see it.

use shared::accounts::FrozenBy;
use shared::i18n::Language;
use shared::identifiers::{AccountId, Branch, Email, EmployerIdentifier, Phone, RepresentativeId};
use shared::passwords::Personal;
use shared::recovery::{Refusal, Standing};
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::fmt;

/// An account.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its row.
    pub id: AccountId,
    /// Whose it is; with the branch its key.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// What it allows.
    pub state: State,
    /// Where the owner is written to.
    pub email: Option<Email>,
    /// Where the owner gets text messages.
    pub phone: Option<Phone>,
    /// The language of messages.
    pub language: Language,
    /// The employer's registered name.
    pub name: Secret<String>,
    /// The representative's number.
    pub representative: RepresentativeId,
    /// The representative's names.
    pub representative_name: Secret<String>,
    /// When the password was set, if there is one.
    pub password_set_at: Option<Timestamp>,
    /// Sessions that began before are over.
    pub sessions_ended_at: Option<Timestamp>,
    /// Goes up with each change.
    pub version: i64,
}

/// What an account allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Everything.
    Active,
    /// Not to sign in: it must be unblocked.
    Blocked {
        /// Since when.
        at: Timestamp,
    },
    /// Nothing online: the owner said that it was not them.
    Frozen {
        /// Since when.
        at: Timestamp,
        /// By whom.
        by: FrozenBy,
    },
}

/// An account to be opened, or what a newer import says of one that exists.
#[derive(Clone)]
pub struct NewAccount {
    /// Whose it is.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// Where the owner is written to.
    pub email: Option<Email>,
    /// Where the owner gets text messages.
    pub phone: Option<Phone>,
    /// The language of messages.
    pub language: Language,
    /// The employer's registered name.
    pub name: String,
    /// The representative's number.
    pub representative: RepresentativeId,
    /// The representative's names.
    pub representative_name: String,
}

/// Shows no person: the identifiers mask themselves, the names are left out.
impl fmt::Debug for NewAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAccount")
            .field("employer", &self.employer)
            .field("branch", &self.branch)
            .finish_non_exhaustive()
    }
}

impl Account {
    /// What the account allows a recovery whose identity is proved.
    pub fn standing(&self) -> Standing {
        match self.state {
            State::Frozen { .. } => Standing::Unreachable {
                reason: Refusal::AccountFrozen,
            },
            State::Blocked { .. } => Standing::Unreachable {
                reason: Refusal::AccountBlocked,
            },
            State::Active => match &self.email {
                Some(email) => Standing::Reachable {
                    address: email.masked(),
                },
                None => Standing::Unreachable {
                    reason: Refusal::NoEmail,
                },
            },
        }
    }

    /// What the password must have no piece of: identifiers, names and the address.
    pub fn personal_pieces(&self) -> Vec<Secret<String>> {
        let text = |shown: &dyn fmt::Display| Secret::new(shown.to_string());
        let mut pieces = vec![
            text(&self.employer),
            text(&self.representative),
            self.name.clone(),
            self.representative_name.clone(),
        ];
        pieces.extend(self.email.as_ref().map(|email| text(email)));
        pieces.retain(|piece| !piece.expose().is_empty());
        pieces
    }

    /// The same, ready for judging.
    pub fn personal(&self) -> Personal {
        Personal::new(self.personal_pieces().iter().map(Secret::expose))
    }
}
