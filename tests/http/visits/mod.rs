//! The desk: who has come, who is called, who is served; and what is found of what somebody quotes.

mod days;
pub mod people;
mod queue;
mod races;
mod reasons;
mod reports;
mod rooms;
mod search;
