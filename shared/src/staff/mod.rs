//! Staff: who works at counters, what each may do, and how they sign in.
//!
//! Words: a *role* is what somebody is, a *right* what the role lets them do.
//!
//! Invariant: nobody who acts on accounts reads the audit log or keeps the staff.

mod role;

pub use role::{Right, Role};
