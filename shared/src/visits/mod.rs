//! Visits: somebody's coming to a centre, or by video, from the arrival to the end.
//!
//! Words: a *visit* comes from an appointment or is a *walk-in*; its *number* is what the person is called by, since names and
//! identifiers are not called out in a room; the *queue* is what a centre has of a day; an officer sits at a *counter*, *calls* a
//! visit there, and then *serves* it. A [`Visit`]'s *stage* is where it stands; an [`Event`] moves it.
//!
//! Invariants: only the officer who called a visit gives it back, serves it, or says that nobody came; only who serves it finishes
//! it; a visit that is over moves no more; nothing is left open when its day is over.
//!
//! That two officers never call one person is not to be seen here: the server saves by compare-and-swap.
//!
//! ```mermaid
#![doc = include_str!("diagram.mmd")]
//! ```

pub mod api;
mod counter;
mod event;
mod order;
mod search;
mod table;
mod visit;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use counter::{CounterNumber, InvalidCounter};
pub use event::{Event, EventName, Refused};
pub use order::{Waiting, next};
pub use search::{SearchKey, Sought, Unsearchable};
pub use table::{TRANSITIONS, Transition, diagram};
pub use visit::{Stage, StageName, Visit};

pub use crate::identifiers::VisitId;
