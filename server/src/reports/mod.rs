//! Figures of the counters, for supervisors: what slices count, put together.
//!
//! Words: those of [`shared::reports`].
//!
//! Invariants: no figure names a person; whoever sees or takes figures is written down. It keeps nothing of its own: visits,
//! appointments and staff are asked.

mod file;
pub mod http;
pub mod service;
