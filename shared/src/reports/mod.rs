//! Reports: figures of the counters, added up.
//!
//! Words: *figures* are counts and sums of one centre and day, or of several; a *report* is the figures of each centre and day
//! between two days. *Came* counts visits, by appointment or as walk-ins; a *no-show* is an appointment to which nobody came, or a
//! visit that was called and nobody came.
//!
//! Invariants: a report names no person, neither who came nor who served; an average is computed from sums, so that the average of a
//! month is not the average of its days' averages.

pub mod api;
mod figures;
mod kind;
mod span;

pub use figures::{Figures, Mean};
pub use kind::ActKind;
pub use span::{InvalidSpan, MOST_DAYS, Span};
