//! Appointments through the real router, on both databases: places that only one gets, holds that end, moves, waiting lists, reminders,
//! rooms, and what the desk asks.

mod alike;
mod counter;
mod desk;
mod files;
mod flow;
mod hours;
mod mails;
pub mod people;
mod races;
mod times;
mod waiting;
