//! A synthetic population, to try everything by hand without anybody's data.
//!
//! Words: the *showcase* is one employer of each situation, printed with the right answers; the *crowd* is the rest.
//! Invariants: the same seed gives the same people on every machine; loading twice changes nothing; no identifier can be a
//! real one (see `numbers.rs`), no address can receive mail (`.example`), and no telephone is loaded where a gateway would send
//! to it.
//! What it does not do: it opens no back door. The employers of the demo go through the same code as all others,
//! and so does its staff, whose passwords are made from the installation's own key.

pub mod command;
mod numbers;
mod population;
pub mod service;
mod showcase;
pub mod staff;

pub use population::{Detail, Employer, SHOWN, Situation, Sort, employer};
pub use service::{DemoError, Loaded, load};
pub use showcase::showcase;
