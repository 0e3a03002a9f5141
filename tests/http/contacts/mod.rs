//! Changing an e-mail or a phone through the real router, on both databases.

mod access;
mod counter;
mod flow;
mod obstacles;
pub mod people;
mod races;
mod signed;
mod times;
