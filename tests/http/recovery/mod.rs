//! Recovering a password through the real router, in process, on both databases.

mod alike;
mod bad_input;
pub mod counter;
mod delivery;
mod disagree;
mod events;
mod every_order;
mod faults;
mod flow;
mod interrupted;
mod linked;
mod links;
mod orders;
mod outage;
pub mod people;
mod promises;
mod races;
mod signed;
mod standards;
mod step_up;
mod suspension;
mod thaw;
