//! Unblocking an account through the real router, in process, on both databases.

mod alike;
mod assertion;
mod counter;
mod crossing;
mod delivery;
mod events;
mod flow;
mod history;
mod interrupted;
mod links;
mod openings;
mod orders;
pub mod people;
mod races;
mod signed;
mod times;
