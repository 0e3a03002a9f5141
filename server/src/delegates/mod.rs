//! Delegates of an account: made, changed and ended by its owner; invited by mail; with a password of their own.
//!
//! Words: a [`Delegate`] is *invited* until an invitation was used, *over* when the end date has passed, *ended* when the
//! owner took the access away; an *invitation* is the link with which a delegate sets a password.
//!
//! Invariants: everything that changes a delegate first locks the account, so that whatever happens to a delegate happens
//! before or after a sign-in and never beside it; whether a delegate gets in is read from the row for every request; an
//! invitation's token is made at the send and kept as a keyed digest, at most one works, looking at it changes nothing;
//! an ended delegate is never opened again, and of one only the name is kept; whatever gives a person access, or more of it,
//! asks for the owner's password and tells the owner.
//!
//! What it does not do: it compares no password and begins no session (`sessions` does), and it never touches the owner's
//! password.

mod delegate;
pub mod http;
mod invitation;
mod kept;
mod owner;
pub mod service;
pub mod store;

pub use delegate::Delegate;
pub use invitation::MadeInvitation;
