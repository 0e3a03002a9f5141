//! The administrators' page of the institution: its words, its logo, and the policy in force to be looked at.
//!
//! Invariants: a logo that was sent is shown nowhere but here until it is saved; the policy cannot be changed here.

mod logo;
mod page;
mod policy;

pub use page::InstitutionPage;
