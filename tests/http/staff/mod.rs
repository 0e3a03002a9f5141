//! Staff: signing in, the lock of a desk, invitations, the list of members, and who may do what.

pub mod bodies;
mod invitation;
mod limits;
mod lock;
pub mod people;
mod races;
pub mod roles;
mod sign_in;
mod team;
