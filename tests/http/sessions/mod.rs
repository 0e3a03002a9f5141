//! Signing in and the account area through the real router, on both databases.

mod attempts;
mod crowd;
mod cut_off;
mod ends;
mod history;
mod password;
pub mod people;
mod rotation;
mod sign_in;
mod times;
