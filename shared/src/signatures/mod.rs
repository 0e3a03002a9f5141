//! Requests that are signed electronically: what they ask for, and the verdict on what came back.
//!
//! Words: a *request* is a PDF that we issue for one *purpose*; the person signs it with any tool and *uploads* the *signed
//! request*; each *check* of it gives a *finding*; all findings make the *verdict* (the words of ETSI EN 319 102-1). An
//! indeterminate one is *referred* to a person. A [`SignatureCase`] is one attempt of one browser; its *stage* is where it
//! stands; an [`Event`] moves it and leaves [`Effect`]s that the server writes in the same transaction.
//!
//! Invariants: only a verdict in which every check passed is [`ValidSignature`](crate::recovery::ValidSignature); a check
//! that was not made is no pass; one request of a case is out at a time, and it passes once; a case judges as many files as the
//! policy gives, however often its request is issued anew; what is indeterminate never passes by itself, but by an officer's
//! [`OfficerApproval`](crate::recovery::OfficerApproval) only, and once.
//!
//! Reading files and certificates is the notary's (the crate `notary`); nothing here knows PDF or X.509.
//!
//! ```mermaid
#![doc = include_str!("diagram.mmd")]
//! ```

pub mod api;
mod case;
mod effect;
mod event;
mod flat;
mod number;
mod purpose;
mod table;
mod transition;
mod verdict;
mod view;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod machine_tests;

pub use case::{Beginning, Brought, SignatureCase, Stage, Terms};
pub use effect::{Effect, Evidence, Step};
pub use event::{Event, EventName, Rejection, Standing};
pub use number::{InvalidNumber, ReferralNumber, RequestNumber};
pub use purpose::{Purpose, PurposeName};
pub use table::{StageName, TRANSITIONS, Transition, diagram};
pub use transition::Refused;
pub use verdict::{Check, Finding, Findings, Outcome, Reason, Verdict};
