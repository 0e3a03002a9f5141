//! Dossiers: what somebody presents to the officer who serves them, and what is done with it for their account.
//!
//! Words: those of [`shared::dossiers`]; *serving* a dossier is serving its visit; *looking* at one is done with a reason, and shows
//! its files and its changes for a while.
//!
//! Invariants: nothing is done for an account but with a dossier, by the officer who serves its visit at that moment, with the items
//! that the action needs accepted; whoever changes a dossier holds its lock, then the account's, then those of its cases; an act, its
//! entry in the dossier, its audit event and what it sets going stand or fall together, in one transaction; what a second officer
//! agreed to is carried out in the transaction of the agreement, once, and what is shown only once by who asked, once, within a time
//! of its own; nobody decides about a signed request that they have not looked at; no registry is asked and no file is written inside of a transaction.
//!
//! What it does not do: it sees no password and no link but the one that enrols a passkey, which it shows once; it sends nothing itself.

mod access;
mod act;
mod approvals;
mod eyes;
pub mod http;
mod items;
pub mod job;
mod kept;
mod look_up;
pub mod paper;
mod papers;
mod referral;
pub mod service;
pub mod store;
mod view;

pub use kept::IdentitySeen;
