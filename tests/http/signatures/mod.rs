//! Signed requests through the real router, in process, on both databases, with a notary that says what a test wants.

mod alike;
mod counter;
mod files;
mod flow;
mod kept;
pub mod people;
mod races;
mod times;
