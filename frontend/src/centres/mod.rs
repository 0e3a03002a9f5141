//! The administrators' page of centres: listed, made, changed, closed for some time, ended.
//!
//! Words: those of [`shared::centres`]. A change that would leave appointments without their place is *agreed to* with their number.
//!
//! Invariants: nothing is changed without a reason; nothing that cancels an appointment happens before somebody has read how many
//! there are and agreed.

mod closing;
mod details;
mod holidays;
mod keeping;
mod page;
mod words;

pub use page::CentresPage;
