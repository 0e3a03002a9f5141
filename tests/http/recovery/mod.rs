//! Recovering a password through the real router, in process, on both databases.

mod alike;
mod bad_input;
mod delivery;
mod events;
mod flow;
mod links;
mod orders;
mod people;
mod races;
mod suspension;
