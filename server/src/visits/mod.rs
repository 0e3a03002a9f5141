//! The queue of a centre: who has come, who was called where, who is served; and the search at the desk.
//!
//! Words: a *visit* is somebody's coming; a *desk* is an officer at their centre today, at a *seat* (a counter) or at none; *calling* takes a
//! visit for an officer; *moving* one means saving what the machine in `shared::visits` made of it, by compare-and-swap, with the act and what follows
//! from it in the same transaction.
//!
//! Invariants: an officer sees and moves visits of their own centre and of today only; two officers never call one person, and nobody
//! calls two people at once; whatever is shown of people is masked; every look and every move is an act with its audit event; nothing
//! is open when its day is over.
//!
//! What it does not do: it sends nothing, asks no registry, and opens no dossier: [`service::in_service_of`] is what those ask for.

mod booked;
mod cases;
pub mod http;
pub mod job;
mod kept;
mod queue;
mod search;
pub mod service;
pub mod store;

pub use service::Served;
