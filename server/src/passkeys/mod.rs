//! Passkeys of accounts: enrolled with a link from the counter, asserted for a case, listed and removed by their owner.
//!
//! Words: those of [`shared::passkeys`]. A [`Ceremony`] says to which enrolment link or case a challenge belongs; what an
//! assertion proves for it is [`AssertedPasskey`]. The *holder* of a passkey is the account's representative at the enrolment.
//!
//! Invariants: at most one challenge a link or case waits for an answer, and the first answer takes it out, right or wrong;
//! an assertion is good for the case whose challenge it answers and for no other; the challenge names no passkey, so that it
//! is the same for every employer; user verification is demanded and checked at the enrolment and at every use; a counter
//! that does not rise is refused; a removed passkey is never accepted again; one whose holder does not represent the account
//! any more is refused, and a link made for such a person enrols nothing; whoever is refused is not told why.
//!
//! What it does not do: it decides neither when an assertion is asked for nor what follows it, and it counts no attempts:
//! the slice whose case it is does.

mod assertion;
pub mod command;
mod enrolment;
pub mod http;
mod kept;
mod owned;
pub mod service;
pub mod store;
mod verifier;

pub use assertion::{AssertedPasskey, PasskeyRefused};
pub use enrolment::{EnrolmentAsked, MadeEnrolmentLink, NoEnrolmentLink};
pub use verifier::Verifier;

use crate::accounts::Account;
use crate::app::App;
use crate::keys::{Digest, Purpose as Key};
use shared::identifiers::{CaseId, UnlockId};
use shared::passkeys::{EnrolmentId, Purpose};
use uuid::Uuid;

/// The cases that may ask for an assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssertedFor {
    /// A case that unblocks an account.
    Unlock(UnlockId),
    /// A case that recovers a password.
    Recovery(CaseId),
}

/// What a challenge belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceremony {
    /// The enrolment with a link.
    Enrolment(EnrolmentId),
    /// The assertion for a case.
    Assertion(AssertedFor),
}

impl Ceremony {
    /// What it is for.
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::Enrolment(_) => Purpose::Enrolment,
            Self::Assertion(AssertedFor::Unlock(_)) => Purpose::Unlock,
            Self::Assertion(AssertedFor::Recovery(_)) => Purpose::Recovery,
        }
    }

    /// The link or the case.
    pub const fn subject(self) -> Uuid {
        match self {
            Self::Enrolment(link) => link.as_uuid(),
            Self::Assertion(AssertedFor::Unlock(case)) => case.as_uuid(),
            Self::Assertion(AssertedFor::Recovery(case)) => case.as_uuid(),
        }
    }

    /// The case, as the audit log names it.
    const fn case(self) -> Option<CaseId> {
        match self {
            Self::Enrolment(_) => None,
            Self::Assertion(_) => Some(CaseId::from_uuid(self.subject())),
        }
    }
}

/// Who represents an account now, as its passkeys and enrolment links name them. The same person is another holder in another
/// account.
fn holder(app: &App, account: &Account) -> Digest {
    let (id, representative) = (account.id.as_uuid(), account.representative.to_string());
    let parts: [&[u8]; 2] = [id.as_bytes(), representative.as_bytes()];
    app.keys.digest(Key::PasskeyHolder, &parts)
}
