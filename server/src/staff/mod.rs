//! Staff: invited, signed in with two factors, locked when idle, and everything they do or look at written down.
//!
//! Words: those of [`shared::staff`]. An [`Officer`] is the proof that a request comes from an open desk whose role has the
//! right that was asked for; a [`Deed`] is what [`service::record`] writes down.
//!
//! Invariants: nobody signs in with a password alone, and each one-time code is good once; whoever is refused at the sign-in
//! is not told why; a locked desk opens nothing but its own lock; what somebody may do is asked of their row for every
//! request, and asked again in the transaction of every deed; nobody changes or ends themselves, so that one administrator
//! stays; an officer's words stay in `staff_acts` and out of the audit log.
//!
//! What it does not do: it knows nothing of queues, dossiers and accounts; it cannot see or set anybody's password.

mod act;
mod attempts;
mod code;
pub mod command;
mod counting;
mod desk;
pub mod http;
mod invitation;
mod member;
mod news;
mod officer;
mod passkey;
mod second_factor;
pub mod service;
mod sign_in;
pub mod store;
mod team;

pub use act::{About, Deed};
pub use http::officer;
pub use invitation::PAGE as INVITATION_PAGE;
pub use member::Member;
pub use officer::Officer;

use officer::Seat;

/// The cookie that shows which session of the staff is this browser's.
pub const COOKIE: &str = "__Host-clavero-staff";
