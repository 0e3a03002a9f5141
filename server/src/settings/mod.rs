//! What the browser must know of this installation, and the institution's words: the configuration's, until an administrator
//! changed them.
//!
//! Words: the institution's *words* are its name, contact and logo; they are *current* in memory, so that whoever writes a mail or
//! draws a document need not ask the database.
//!
//! Invariants: whether the installation is the institution's own is the configuration's to say and nobody's to change here; a
//! logo is made anew from its points, and the same for ever under its id; nothing here shows a secret.

mod current;
pub mod http;
mod institution;
pub mod job;
mod logo;
mod policy;
pub mod service;
pub mod store;

pub use current::{Current, Words};
