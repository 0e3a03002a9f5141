//! What follows from a move: data, carried out by the server in the transaction that saves the case.

use super::UnlockCase;
use crate::audit::{self, Actor};
use crate::identifiers::LinkId;
use crate::notifications::Channel;
use crate::time::Deadline;

/// A move that was made: the case as it is now, and what must be written with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a step that is not saved did not happen"]
pub struct Step {
    /// The case after the move.
    pub case: UnlockCase,
    /// In which quality somebody made the move.
    pub actor: Actor,
    /// The move itself, for the audit.
    pub event: audit::Event,
    /// What follows, in this order.
    pub effects: Vec<Effect>,
}

/// Something to write together with the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// End every open link of the account, of whichever procedure. A newer one takes their place.
    ReplaceLinks,
    /// End every open link of this case, because the case ends or goes back.
    CloseLinks,
    /// Put the link's message into the outbox.
    QueueLink {
        /// By this way.
        channel: Channel,
    },
    /// Store the link that was just made.
    OpenLink {
        /// Which one.
        link: LinkId,
        /// Provisional: the clock starts when the message is accepted.
        expires: Deadline,
    },
    /// Give the link its deadline.
    StartClock {
        /// Which one.
        link: LinkId,
        /// From the acceptance.
        deadline: Deadline,
    },
    /// Mark the link as used. It changes exactly one row, or the whole transaction is given up.
    ConsumeLink {
        /// Which one.
        link: LinkId,
    },
    /// Unblock the account.
    Unblock,
    /// Forget the failed sign-ins that blocked it: the next wrong password is the first again.
    ForgetFailures,
    /// Tell the owner at every registered contact.
    TellOwner,
}

impl Effect {
    /// The event under which the effect is audited. Total: there is no effect without one.
    pub const fn event(&self) -> audit::Event {
        match self {
            Self::ReplaceLinks => audit::Event::LinksReplaced,
            Self::CloseLinks => audit::Event::LinksClosed,
            Self::QueueLink { .. } => audit::Event::MessageQueued {
                message: audit::Message::UnlockLink,
            },
            Self::OpenLink { expires, .. } => audit::Event::LinkOpened { expires: *expires },
            Self::StartClock { deadline, .. } => audit::Event::ClockStarted { deadline: *deadline },
            Self::ConsumeLink { .. } => audit::Event::LinkConsumed,
            Self::Unblock => audit::Event::AccountUnblocked,
            Self::ForgetFailures => audit::Event::SignInFailuresForgotten,
            Self::TellOwner => audit::Event::MessageQueued {
                message: audit::Message::AccountUnlocked,
            },
        }
    }
}

impl Step {
    /// Everything to append to the audit log, the move first.
    pub fn audit(&self) -> impl Iterator<Item = audit::Event> + '_ {
        core::iter::once(self.event.clone()).chain(self.effects.iter().map(Effect::event))
    }
}
