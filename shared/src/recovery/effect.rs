//! What follows from a move: data, carried out by the server in the transaction that saves the case.

use super::{Case, LinkId};
use crate::audit::{self, Actor};
use crate::time::Deadline;

/// A move that was made: the case as it is now, and what must be written with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a step that is not saved did not happen"]
pub struct Step {
    /// The case after the move.
    pub case: Case,
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
    /// Put a message to the owner into the outbox (if there is an owner to tell).
    QueueMessage {
        /// Which one.
        message: audit::Message,
    },
    /// End every open link of the account. A newer one takes their place.
    ReplaceLinks,
    /// End every open link of this case, because the case ends.
    CloseLinks,
    /// Store the link that was just made.
    OpenLink {
        /// Which one.
        link: LinkId,
        /// Provisional: the clock starts when the mail server accepts.
        expires: Deadline,
    },
    /// Give the link its deadline.
    StartClock {
        /// Which one.
        link: LinkId,
        /// From the acceptance, or from the click that opened it.
        deadline: Deadline,
    },
    /// Mark the link as used. It changes exactly one row, or the whole transaction is given up.
    ConsumeLink {
        /// Which one.
        link: LinkId,
    },
    /// Write the new password.
    WritePassword,
    /// End all sessions of the account.
    EndSessions,
    /// Give the attempt back that was counted before judging: it did not fail.
    ReleaseAttempt,
    /// Suspend the online recovery of the identifier.
    Suspend {
        /// Until when.
        until: Deadline,
    },
}

impl Effect {
    /// The event under which the effect is audited. Total: there is no effect without one.
    pub const fn event(&self) -> audit::Event {
        match self {
            Self::QueueMessage { message } => audit::Event::MessageQueued { message: *message },
            Self::ReplaceLinks => audit::Event::LinksReplaced,
            Self::CloseLinks => audit::Event::LinksClosed,
            Self::OpenLink { expires, .. } => audit::Event::LinkOpened { expires: *expires },
            Self::StartClock { deadline, .. } => audit::Event::ClockStarted { deadline: *deadline },
            Self::ConsumeLink { .. } => audit::Event::LinkConsumed,
            Self::WritePassword => audit::Event::PasswordSet,
            Self::EndSessions => audit::Event::SessionsEnded,
            Self::ReleaseAttempt => audit::Event::AttemptReleased,
            Self::Suspend { until } => audit::Event::RecoverySuspended {
                until: until.instant(),
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
