//! Changing where an account's owner is reached: the e-mail and the phone.
//!
//! Words: a *change* is a wish to have another contact of one kind; it is *requested* by whoever is signed in and knows the
//! password, *confirmed* by whoever reads the new contact, then *held*: the old contacts are told and can *cancel* it until the
//! *hold* ends, and only then it is *applied*. An *obstacle* (a recovery or an unlocking under way, a freeze) makes the hold last
//! longer. Removing a phone needs no confirmation and is held all the same; an e-mail is only ever replaced.
//!
//! Invariants: a hold is begun by a [`ConfirmedContact`] only, which nothing outside this module can make up; one change of a
//! kind is under way at a time; a change that is over stays as it ended.
//!
//! This module neither stores nor tells anybody.

pub mod api;
mod change;
mod confirmed;
mod wanted;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use change::{Canceller, Event, Moment, Obstacle, Refused, State, Terms};
pub use confirmed::{Confirmation, ConfirmedContact};
pub use wanted::{ContactKind, Wanted};
