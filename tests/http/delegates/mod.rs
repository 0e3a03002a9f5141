//! Delegates through the real router, on both databases.

mod attack;
mod invitation;
mod owned;
pub mod people;
mod power;
mod races;
mod sign_in;
