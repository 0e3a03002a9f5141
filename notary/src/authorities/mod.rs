//! The table of accredited authorities: where their certificates name the holder, and which policy is which role.
//!
//! Words: a *layout* is where a certificate has the holder's data (`holder.rs`); *arcs* are the numbers of an authority below
//! 1.3.6.1.4.1, written without it.
//!
//! Invariants: a table that could be read is consistent: no number stands for two fields, no policy for two roles within one
//! layout.
//!
//! What it does not do: it accredits nobody. Whether a certificate is of an accredited authority is decided by the pinned
//! anchors (`trust`); this only tells how to read it. Below a pinned anchor the numbers in the certificate alone decide which
//! row is used: an anchor has no row of its own, since authorities change their roots and share none.

mod holder;
mod table;

#[cfg(test)]
mod tests;

pub(crate) use holder::Holder;
pub use table::{Authorities, AuthoritiesError};
