//! Changing where an account's owner is reached: the e-mail and the phone.
//!
//! Words: a *change* is a wish to have another contact of one kind; it is *requested* by whoever is signed in and knows the
//! password, *confirmed* by whoever reads the new contact, then *held*: the old contacts are told and can *cancel* it until the
//! *hold* ends, and only then it is *applied*. An *obstacle* (a recovery or an unlocking under way, a freeze) makes the hold last
//! longer. Removing a phone needs no confirmation and is held all the same; an e-mail is only ever replaced.
//!
//! Who has no session signs a request. Then the order is another one: the change is held first, and only after the hold a link
//! goes to the new contact, whose *consent* applies it at once. Whoever reads the new contact thus learns nothing, and is
//! nobody's, as long as the old ones can object.
//!
//! At a counter an officer sees the person, and that takes the place of the hold: the link goes to the new contact, and its
//! consent applies the change at once. The old contacts are told then, with a link that freezes the account.
//!
//! Invariants: a hold is begun by a [`ConfirmedContact`] only, which nothing outside this module can make up; nothing is applied
//! that was not held its whole time or approved by an officer, nor without the consent of the new contact; one change of a kind is under way at a time; a
//! change that is over stays as it ended.
//!
//! This module neither stores nor tells anybody.

pub mod api;
mod change;
mod confirmed;
mod wanted;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use change::{Asked, Canceller, Consent, Event, Moment, Obstacle, Refused, State, Terms};
pub use confirmed::{Confirmation, ConfirmedContact};
pub use wanted::{ContactKind, Wanted};
