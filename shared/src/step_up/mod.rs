//! When the link is not enough: which recoveries ask for a passkey too, and why.
//!
//! Words: a *rule* is what the policy says; *facts* are what is known of a recovery at its proof; a *reason* is a rule that
//! the facts meet, told to the person in the page's language. Where there is a reason, the recovery asks for one more
//! proof, the *step-up*: the assertion of a passkey before the link is sent, or a signed request, or the counter.
//!
//! Invariants: the outcome depends on the rules, the facts and the time of the proof, and on nothing else; each rule
//! stands for itself, and every one that is met is told, in the order of the policy; a rule that is off is never met.
//!
//! What it does not do: it gathers no facts (the recovery does, once the answers are right and not before), and it does
//! not say what follows (the machine of [`crate::recovery`] does).

mod rules;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use rules::{Facts, Rule, evaluate};

use serde::{Deserialize, Serialize};

/// Why the link is not enough. Each has its own words on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = StepUpReason))]
pub enum Reason {
    /// A registered contact was changed not long ago: the link may go to somebody else.
    ContactChanged,
    /// The password was recovered not long ago.
    RecoveryRepeated,
    /// The online recovery was suspended again and again: somebody may have been trying.
    OftenSuspended,
    /// The employer has many workers: more depends on it.
    ManyWorkers,
    /// From the same place, answers failed for many other employers.
    SourceFailing,
}

impl Reason {
    /// Every one, in the order in which they are told.
    pub const ALL: &'static [Self] = &[
        Self::ContactChanged,
        Self::RecoveryRepeated,
        Self::OftenSuspended,
        Self::ManyWorkers,
        Self::SourceFailing,
    ];
}
