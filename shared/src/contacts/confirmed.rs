//! The proof that a change may be held.

use super::{Event, Moment, Refused, State, Terms, Wanted};
use crate::identifiers::ContactChangeId;
use crate::links::ConsumedToken;
use serde::{Deserialize, Serialize};

/// A new contact whose holder said yes to it, or a removal, which nobody has to say yes to. The only thing that begins a hold.
///
/// A signed request gets a constructor of its own here, which takes the proof that the signature passed.
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
}

impl ConfirmedContact {
    /// What follows from using up the link of a change that waits for it.
    ///
    /// # Errors
    /// [`Refused`] when the change does not wait for its confirmation (any more).
    pub fn by_link(
        _consumed: &ConsumedToken,
        (change, wanted): (ContactChangeId, Wanted),
        state: State,
        terms: Terms,
        moment: Moment,
    ) -> Result<Self, Refused> {
        state.apply(Event::Confirmed, terms, moment)?;
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

    /// What the account is to have.
    pub const fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// How it was confirmed.
    pub const fn confirmation(&self) -> Confirmation {
        self.by
    }
}
