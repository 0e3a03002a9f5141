//! Dossiers: what somebody presents at a counter or by video, what an officer finds, and what may be done with it.
//!
//! Words: a *dossier* belongs to one visit; an [`Item`] is one of the five things it asks for; the [`Way`] an item was presented and its
//! [`Verdict`] are the officer's words; a *paper* is a file of an item; a [`Discrepancy`] is where the official records differ from
//! what the visit says; an [`Action`] is what an officer does for the account; an *approval* is a second officer's.
//!
//! Invariants: an action has what [`ActionName::needs`] says, or is refused; an item counts as looked up only if the records were
//! asked, here, and agree; nobody is ever asked for a copy of what the State holds; the second of {change of a contact, link for a
//! new password} in one visit is another officer's to agree to, never the asker's.
//!
//! What it does not do: it stores nothing, asks no registry and knows nobody's rights.

mod action;
pub mod api;
mod approval;
mod discrepancy;
mod item;

pub use action::{Action, ActionName, Reach, Standing};
pub use approval::{ApprovalState, Eyes, NotToDecide, eyes, may_decide};
pub use discrepancy::{Asked, Discrepancy, Found, FoundIn, Told};
pub use item::{Item, Need, UnknownWord, Verdict, Way};

crate::id!(
    /// A file of an item of a dossier.
    PaperId,
);
