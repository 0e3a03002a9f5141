//! The proof that a change may be held.

use super::{Asked, Consent, Event, Moment, Refused, State, Terms, Wanted};
use crate::identifiers::ContactChangeId;
use crate::links::ConsumedToken;
use crate::recovery::{OfficerApproval, ValidSignature};
use serde::{Deserialize, Serialize};

/// What begins a hold, and nothing else does: a new contact whose holder said yes to it, a removal, which nobody has to say
/// yes to, or a new contact that a signed request asks for, whose holder is asked after the hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmedContact {
    wanted: Wanted,
    by: Confirmation,
}

/// How a contact was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Confirmation {
    /// Whoever reads the new contact followed the link of this change.
    Link {
        /// The change.
        change: ContactChangeId,
    },
    /// A removal: there is no new contact.
    Removal,
    /// The representative signed a request. The new contact itself is confirmed after the hold.
    Signature,
}

impl ConfirmedContact {
    /// What follows from using up the link of a change that waits for it.
    ///
    /// # Errors
    /// [`Refused`] when the change does not wait for the confirmation that begins its hold (any more).
    pub fn by_link(
        _consumed: &ConsumedToken,
        (change, wanted): (ContactChangeId, Wanted),
        state: State,
        terms: Terms,
        moment: Moment,
    ) -> Result<Self, Refused> {
        state.apply(Event::Confirmed, terms, moment)?;
        if let State::Confirming { .. } = state {
            // It was held: what follows is no hold.
            return Err(Refused::Done);
        }
        let by = Confirmation::Link { change };
        Ok(Self { wanted, by })
    }

    /// The removal of the phone.
    pub const fn removal() -> Self {
        Self {
            wanted: Wanted::NoPhone,
            by: Confirmation::Removal,
        }
    }

    /// What the representative signed for: the signed request shows it.
    pub fn by_signature(_valid: ValidSignature, wanted: Wanted) -> Self {
        Self {
            wanted,
            by: Confirmation::Signature,
        }
    }

    /// What the representative signed for, where an officer decided that the signature is good: it goes on as after a pass.
    pub fn by_referral(_approval: OfficerApproval, wanted: Wanted) -> Self {
        Self {
            wanted,
            by: Confirmation::Signature,
        }
    }

    /// What the account is to have.
    pub const fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// Whether the new contact has said yes to it already.
    pub const fn consent(&self) -> Consent {
        match (self.by, &self.wanted) {
            (Confirmation::Link { .. } | Confirmation::Removal, _)
            | (Confirmation::Signature, Wanted::NoPhone) => Consent::Given,
            (Confirmation::Signature, Wanted::Email(_) | Wanted::Phone(_)) => Consent::Awaited,
        }
    }

    /// How the change was asked for.
    pub const fn asked(&self) -> Asked {
        match self.by {
            Confirmation::Link { .. } | Confirmation::Removal => Asked::Session,
            Confirmation::Signature => Asked::Signature,
        }
    }

    /// How it was confirmed.
    pub const fn confirmation(&self) -> Confirmation {
        self.by
    }
}
