//! Recovering the password: the case, its stages, what moves it and what follows.
//!
//! Words: a *case* is one attempt of one browser; its *stage* is where it stands; an [`Event`] moves it and leaves
//! [`Effect`]s that the server writes in the same transaction; a [`Link`] is what the mail carries. Three *routes* prove
//! the identity (online, signature, counter) and all of them end in the same link and the same reset.
//!
//! Invariants, each tested with random sequences of events:
//! - no password is written without a consumed token, and a token is consumed once;
//! - an account never has two open links;
//! - the attempts counted never exceed the policy's;
//! - every move and every effect has an audit event;
//! - a deadline is the first instant that is too late.
//!
//! What must have happened before is a parameter with one constructor: [`SolvedCaptcha`],
//! [`IdentityVerified`], [`PasskeyAsserted`], [`ValidSignature`], [`OfficerApproval`], [`PresentedLink`], [`ConsumedToken`].
//!
//! The machine does not read the time, draw tokens, hash passwords or send anything.
//!
//! ```mermaid
#![doc = include_str!("diagram.mmd")]
//! ```

pub mod api;
mod case;
mod cross_check;
mod effect;
mod event;
mod evidence;
mod flat;
mod moves;
mod reference;
mod table;
mod transition;
mod view;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod machine_tests;

pub use crate::identifiers::LinkId;
pub use crate::links::{ConsumedToken, Link, LinkRefused, LinkState, PresentedLink};
pub use crate::passkeys::PasskeyAsserted;
pub use case::{Case, Pending, Stage, Terms};
pub use cross_check::{Claim, Correction, Finding};
pub use effect::{Effect, Step};
pub use event::{Event, EventName, Opening, Standing};
pub use evidence::{IdentityVerified, OfficerApproval, Proof, SolvedCaptcha, ValidSignature};
pub use reference::{CaseReference, InvalidReference};
pub use table::{StageName, TRANSITIONS, Transition, diagram};
pub use transition::Refused;
pub use view::Beside;

use serde::{Deserialize, Serialize};

/// The way in which the identity is proved. All ways end in the same link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Route {
    /// Questions from official records, in the browser.
    Online,
    /// A request signed electronically.
    Signature,
    /// An officer at a counter.
    Counter,
}

/// Why the way online ends after the identity proof. Each has its exact words on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Refusal {
    /// "Usuario no tiene correo registrado".
    NoEmail,
    /// "Cuenta bloqueada".
    AccountBlocked,
    /// "RUC no activo".
    RucInactive,
    /// The owner froze the account ("no fui yo"): only the counter can go on.
    AccountFrozen,
    /// The official records contradict each other about who represents the employer.
    RecordsDisagree(Correction),
}

impl Refusal {
    /// The routes that lead on, the best first. A block is lifted and a RUC renewed elsewhere, and then a new case
    /// begins; a frozen account and records that disagree need somebody who sees the person.
    pub const fn routes(self) -> &'static [Route] {
        match self {
            Self::NoEmail => &[Route::Signature, Route::Counter],
            Self::AccountFrozen | Self::RecordsDisagree(_) => &[Route::Counter],
            Self::AccountBlocked | Self::RucInactive => &[],
        }
    }
}

/// Why a case ended without a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Ending {
    /// Nobody answered in time.
    Lapsed,
    /// The link was not used in time.
    LinkExpired,
    /// The mail server never took the message over in time.
    Undelivered,
    /// The mail server refused the message for good.
    Rejected,
    /// A newer case of the same account took over.
    Superseded,
    /// The person ended it.
    Abandoned,
}
