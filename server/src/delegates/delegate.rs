//! A delegate as the use cases see it.

use crate::accounts::Account;
use shared::delegates::api::{DelegateState, DelegateView};
use shared::delegates::{DelegateId, DelegateName, Scopes, end_of_access};
use shared::i18n::Language;
use shared::identifiers::{AccountId, Cedula, Email};
use shared::secrets::Secret;
use shared::sessions;
use shared::time::{CivilDate, Deadline, Timestamp};

/// A delegate whom the owner did not end.
#[derive(Clone, Debug)]
pub struct Delegate {
    /// Its row.
    pub id: DelegateId,
    /// Whose delegate.
    pub account: AccountId,
    /// The number with which they sign in.
    pub cedula: Cedula,
    /// The name that the owner gave.
    pub name: DelegateName,
    /// Where invitations go.
    pub email: Email,
    /// The language of messages.
    pub language: Language,
    /// What they may do.
    pub scopes: Scopes,
    /// The last day of access.
    pub until: CivilDate,
    /// When the password was set, if there is one.
    pub password_set_at: Option<Timestamp>,
    /// When it was blocked, if it is.
    pub blocked_at: Option<Timestamp>,
    /// When the owner invited them, as long as that stands.
    pub invited_at: Option<Timestamp>,
    /// The last sign-in.
    pub signed_in_at: Option<Timestamp>,
}

impl Delegate {
    /// Whether they have access at `now`: the end date has not passed.
    pub fn has_access(&self, now: Timestamp) -> bool {
        !end_of_access(self.until).has_passed(now)
    }

    /// Whether a power until `until` is more than theirs: a later end, a scope that they have not, or one at all after the end.
    pub fn would_widen(&self, scopes: Scopes, until: CivilDate, now: Timestamp) -> bool {
        !self.has_access(now)
            || until > self.until
            || scopes
                .iter()
                .any(|scope| self.scopes.iter().all(|had| had != scope))
    }

    /// Who is signed in, when it is they.
    pub fn who(&self) -> sessions::Who {
        sessions::Who::Delegate {
            name: self.name.clone(),
            scopes: self.scopes,
            until: self.until,
        }
    }

    /// How they stand at `now`.
    pub fn state(&self, now: Timestamp) -> DelegateState {
        if !self.has_access(now) {
            DelegateState::Over
        } else if self.password_set_at.is_none() {
            DelegateState::Invited
        } else if self.blocked_at.is_some() {
            DelegateState::Blocked
        } else {
            DelegateState::Active
        }
    }

    /// As the owner sees them; `invited_until` is when the open invitation ends.
    pub fn view(&self, invited_until: Option<Deadline>, now: Timestamp) -> DelegateView {
        DelegateView {
            id: self.id,
            cedula: self.cedula.masked(),
            name: self.name.clone(),
            email: self.email.masked(),
            scopes: self.scopes,
            until: self.until,
            state: self.state(now),
            invited_until,
            last_sign_in: self.signed_in_at,
        }
    }

    /// What their password must have no piece of: their own number, name and address, and the employer's number and name.
    /// Of the representative they are told nothing.
    pub fn personal_pieces(&self, account: &Account) -> Vec<Secret<String>> {
        vec![
            Secret::new(account.employer.to_string()),
            account.name.clone(),
            Secret::new(self.cedula.to_string()),
            Secret::new(self.name.to_string()),
            Secret::new(self.email.to_string()),
        ]
    }
}
