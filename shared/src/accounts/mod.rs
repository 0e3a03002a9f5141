//! Accounts of employers, as far as recovering a password needs them.
//!
//! Words: to *freeze* is what the owner does with the link in a mail that told of a change nobody of the house made
//! ("no fui yo"): nothing can be done online any more, only a counter goes on.

pub mod api;
mod counter;
mod frozen;

pub use counter::{NotDone, Progress};
pub use frozen::FrozenBy;
