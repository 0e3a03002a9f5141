//! Requests that are signed electronically: what they ask for, and the verdict on what came back.
//!
//! Words: a *request* is a PDF that we issue for one *purpose*; the person signs it with any tool and *uploads* the *signed
//! request*; each *check* of it gives a *finding*; all findings make the *verdict* (the words of ETSI EN 319 102-1). An
//! indeterminate one is *referred* to a person.
//!
//! Invariants: only a verdict in which every check passed is [`ValidSignature`](crate::recovery::ValidSignature); a check
//! that was not made is no pass.
//!
//! Reading files and certificates is the notary's (the crate `notary`); nothing here knows PDF or X.509.

pub mod api;
mod flat;
mod purpose;
mod verdict;

pub use purpose::{Purpose, PurposeName};
pub use verdict::{Check, Finding, Findings, Outcome, Reason, Verdict};
