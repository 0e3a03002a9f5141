//! Every order in which recovering a password can happen: the real machine of `shared::recovery` in a small world, explored to
//! its last state with stateright ([decision 143](../../docs/adr/0143-every-order-in-a-small-world.md)).
//!
//! Words: a *world* is one account with everything that the server keeps of it; a *deed* is what somebody does to it in one
//! transaction, and between two deeds anything may happen; *bounds* say how often each deed may be done; a *tick* is the least
//! time that passes; a *fault* is a defect that somebody might write, to see that it is found; a *breach* is what must not
//! happen and did.
//!
//! Invariants: every move of a case is made by [`shared::recovery::Case::apply`], every proof of a link by
//! [`shared::links::Link`]; what the server does around them is written here once more, deed by deed, in the order of
//! its transactions. Each deed spends something that never comes back ([`World::measure`]), so every run ends, and
//! "eventually" can be read off the states in which nothing is left to do.
//!
//! What it does not do: it runs no SQL, sends nothing and knows no HTTP. That the server does what is written here, its own
//! tests show (`tests/http/recovery/`).

mod bounds;
mod browsers;
mod carry;
mod check;
mod deed;
mod fault;
mod normal;
pub mod properties;
mod server;
mod worker;
mod world;

pub use bounds::{Bounds, LEASE, Left, TICK, Way};
pub use check::{Recovery, Report, check, find};
pub use deed::Deed;
pub use fault::Fault;
pub use world::World;
