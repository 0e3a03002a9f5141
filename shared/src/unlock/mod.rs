//! Unblocking an account ("desbloqueo de clave"): the case, its stages, what moves it and what follows.
//!
//! Words: a *case* is one attempt of one browser; its *stage* is where it stands; an [`Event`] moves it and leaves
//! [`Effect`]s that the server writes in the same transaction. The identity is proved by a *passkey*, or on the *routes* of
//! a signed request and of a counter; then the person chooses a *channel*, and the link that goes there, confirmed,
//! unblocks the account. The password stays as it is.
//!
//! Invariants, each tested with random sequences of events:
//! - no account is unblocked without a consumed token, and a token is consumed once;
//! - an account never has two open links;
//! - a case never bears more refused passkeys than the policy gives;
//! - every move and every effect has an audit event;
//! - a deadline is the first instant that is too late.
//!
//! What must have happened before is a parameter with one constructor: [`SolvedCaptcha`](crate::recovery::SolvedCaptcha),
//! [`PasskeyAsserted`](crate::passkeys::PasskeyAsserted), [`ValidSignature`](crate::recovery::ValidSignature),
//! [`OfficerApproval`](crate::recovery::OfficerApproval), [`ConsumedToken`](crate::links::ConsumedToken).
//!
//! The machine does not read the time, verify signatures, draw tokens or send anything. Whether the account is blocked is
//! told to it with the proof, never before.
//!
//! ```mermaid
#![doc = include_str!("diagram.mmd")]
//! ```

pub mod api;
mod case;
mod destination;
mod effect;
mod event;
mod flat;
mod moves;
mod table;
mod transition;
mod view;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod machine_tests;

pub use case::{Stage, Terms, UnlockCase};
pub use destination::{Choices, Destination, NoChoice};
pub use effect::{Effect, Step};
pub use event::{Event, EventName, Proof, Standing};
pub use table::{StageName, TRANSITIONS, Transition, diagram};
pub use transition::Refused;
pub use view::Asked;

use crate::recovery::{Correction, Route};
use serde::{Deserialize, Serialize};

/// Why the way online ends after the identity proof. Each has its exact words on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UnlockRefusal {
    /// The account is not blocked: there is nothing to unblock.
    NotBlocked,
    /// The owner froze the account ("no fui yo"): only the counter can go on.
    AccountFrozen,
    /// Neither a mail address nor a telephone is registered.
    NoContact,
    /// "RUC no activo".
    RucInactive,
    /// The official records contradict each other about who represents the employer.
    RecordsDisagree(Correction),
}

impl UnlockRefusal {
    /// The routes that lead on, the best first.
    pub const fn routes(self) -> &'static [Route] {
        match self {
            Self::NoContact => &[Route::Signature, Route::Counter],
            Self::AccountFrozen | Self::RecordsDisagree(_) => &[Route::Counter],
            Self::NotBlocked | Self::RucInactive => &[],
        }
    }
}
