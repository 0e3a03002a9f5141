//! A change and a link as their rows say.

use crate::accounts::Account;
use crate::app::App;
use crate::keys::{self, Digest};
use crate::notifications::{Address, Channel};
use crate::store::StoreError;
use shared::contacts::api::Standing;
use shared::contacts::{Asked, Consent, ContactKind, State, Wanted};
use shared::identifiers::{AccountId, ContactChangeId, LinkId};
use shared::links::{Link, LinkState};
use shared::time::{Deadline, Timestamp};

/// A change of a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its row.
    pub id: ContactChangeId,
    /// Whose contact changes.
    pub account: AccountId,
    /// Which contact.
    pub kind: ContactKind,
    /// What the account is to have; forgotten when the change is over.
    pub wanted: Option<Wanted>,
    /// Digest of the contact that is to be replaced, from the hold on; none where the account had none.
    pub replaces: Option<Digest>,
    /// How it was asked for.
    pub asked: Asked,
    /// Where it stands.
    pub state: State,
    /// When it was asked for.
    pub requested_at: Timestamp,
}

/// A link of a message about a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkRecord {
    /// Its row.
    pub id: LinkId,
    /// The change.
    pub change: ContactChangeId,
    /// When it did what it was made for.
    pub used_at: Option<Timestamp>,
    /// When a newer link took its place.
    pub replaced_at: Option<Timestamp>,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It goes to the new contact.
    Confirm,
    /// It goes to the old contacts.
    Cancel,
}

impl Purpose {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Cancel => "cancel",
        }
    }
}

impl Record {
    /// What the account is to have, of a change that is under way.
    pub(super) fn wanted(&self) -> Result<&Wanted, StoreError> {
        self.wanted
            .as_ref()
            .ok_or(StoreError::Corrupt("a change under way without its contact"))
    }
}

impl LinkRecord {
    /// The link as the domain sees it, with its change's deadline.
    pub(super) const fn link(&self, expires: Deadline) -> Link {
        let state = match (self.used_at, self.replaced_at) {
            (Some(at), _) => LinkState::Used { at },
            (None, Some(at)) => LinkState::Replaced { at },
            (None, None) => LinkState::Open,
        };
        Link::stored(self.id, expires, state)
    }
}

/// Where a change under way stands, as it is shown.
pub(super) const fn standing(state: State) -> Option<Standing> {
    match state {
        State::Requested { .. } => Some(Standing::Requested),
        State::Held {
            consent: Consent::Given,
            ..
        } => Some(Standing::Held),
        State::Held {
            consent: Consent::Awaited,
            ..
        } => Some(Standing::HeldFirst),
        State::Confirming { .. } => Some(Standing::Confirming),
        State::Applied { .. } | State::Cancelled { .. } | State::Lapsed { .. } | State::Replaced { .. } => {
            None
        }
    }
}

/// The contact of a kind that an account has.
pub(super) fn current(account: &Account, kind: ContactKind) -> Option<Address> {
    match kind {
        ContactKind::Email => account.email.clone().map(Address::Email),
        ContactKind::Phone => account.phone.clone().map(Address::Phone),
    }
}

/// Under what the contact of a kind that an account has is recognised later, without storing it once more.
pub(super) fn fingerprint(app: &App, account: &Account, kind: ContactKind) -> Option<Digest> {
    let contact = match current(account, kind)? {
        Address::Email(email) => email.to_string(),
        Address::Phone(phone) => phone.to_string(),
    };
    let parts: &[&[u8]] = &[b"contact", contact.as_bytes()];
    Some(app.keys.digest(keys::Purpose::Subject, parts))
}

/// The way to a contact of a kind.
pub(super) const fn channel(kind: ContactKind) -> Channel {
    match kind {
        ContactKind::Email => Channel::Email,
        ContactKind::Phone => Channel::Sms,
    }
}
