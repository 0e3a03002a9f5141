//! What follows from a move: data, carried out by the server in the transaction that saves the case.

use super::{ReferralNumber, Rejection, RequestNumber, SignatureCase};
use crate::audit::{self, Actor};
use crate::recovery::{OfficerApproval, ValidSignature};
use crate::time::Deadline;

/// A move that was made: the case as it is now, and what must be written with it.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a step that is not saved did not happen"]
pub struct Step {
    /// The case after the move.
    pub case: SignatureCase,
    /// In which quality somebody made the move.
    pub actor: Actor,
    /// The move itself, for the audit.
    pub event: audit::Event,
    /// What follows, in this order.
    pub effects: Vec<Effect>,
}

/// What a request is followed on.
#[derive(Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The signature passed.
    Signature(ValidSignature),
    /// It was referred, and an officer decided that it is good.
    Officer(OfficerApproval),
}

/// Something to write together with the case. Evidence is inside: it can neither be copied nor made up.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Write down the request that is issued, with its fresh nonce.
    OpenRequest {
        /// Which of the case's.
        request: RequestNumber,
        /// When it is worth nothing any more.
        expires: Deadline,
    },
    /// Mark the request as used. It changes exactly one row, or the whole transaction is given up.
    UseRequest {
        /// Which of the case's.
        request: RequestNumber,
    },
    /// Keep the file and what the verdict rests on.
    KeepEvidence,
    /// Put the request before a person.
    QueueReferral {
        /// Under this number.
        number: ReferralNumber,
    },
    /// Prove the identity for the case of recovery or of unlocking.
    ProveParent {
        /// By this.
        evidence: Evidence,
    },
    /// Begin the hold of the new contact.
    HoldContact {
        /// By this.
        evidence: Evidence,
    },
    /// Write down what an officer decided. It changes exactly one row, or the whole transaction is given up.
    CloseReferral {
        /// Why it is not to be followed; nothing where it is.
        because: Option<Rejection>,
    },
}

impl Effect {
    /// The event under which the effect is audited, but for what another slice does: that slice tells of it itself.
    pub const fn event(&self) -> Option<audit::Event> {
        match self {
            Self::OpenRequest { expires, .. } => Some(audit::Event::RequestIssued { expires: *expires }),
            Self::UseRequest { .. } => Some(audit::Event::RequestUsed),
            Self::QueueReferral { .. } => Some(audit::Event::ReferralQueued),
            Self::KeepEvidence
            | Self::ProveParent { .. }
            | Self::HoldContact { .. }
            | Self::CloseReferral { .. } => None,
        }
    }
}

impl Step {
    /// Everything to append to the audit log, the move first.
    pub fn audit(&self) -> impl Iterator<Item = audit::Event> + '_ {
        core::iter::once(self.event.clone()).chain(self.effects.iter().filter_map(Effect::event))
    }
}
