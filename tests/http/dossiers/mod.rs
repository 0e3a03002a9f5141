//! Dossiers through the real router, in process, on both databases.

mod acting;
mod alone;
mod asking;
mod eyes;
mod items;
mod kept;
mod papers;
pub mod people;
mod referrals;
mod refusals;
mod video;
