//! The captcha over HTTP: challenges are issued, and each is spent once.
//!
//! Words: to *spend* a solution is to verify it and write down its seed, in a transaction of its own; a *failure* of a
//! source or a subject makes its next challenges harder for a while.
//!
//! Invariants: nothing is stored when a challenge is issued; what is spent stays spent whatever happens afterwards; a
//! failed captcha makes it harder for its source only, so that nobody can do that to somebody else for nothing.

pub mod http;
pub mod service;
pub mod store;
