//! The domain of Clavero, pure: no IO, no clock, no randomness, no async.
//!
//! The browser and the server run this same code. What it needs of the world (the time, random bytes, an answer
//! from a registry) is a parameter, so that every rule can be tested at its boundary.

pub mod accounts;
pub mod api;
pub mod appointments;
pub mod audit;
pub mod captcha;
pub mod centres;
pub mod challenges;
pub mod contacts;
pub mod data_requests;
pub mod delegates;
pub mod documents;
pub mod dossiers;
pub mod i18n;
pub mod identifiers;
pub mod lines;
pub mod links;
pub mod notifications;
pub mod obligations;
pub mod passkeys;
pub mod passwords;
pub mod policy;
pub mod recovery;
pub mod registries;
pub mod reports;
pub mod secrets;
pub mod sessions;
pub mod settings;
pub mod signatures;
pub mod staff;
pub mod status;
pub mod step_up;
pub mod time;
pub mod tokens;
pub mod unlock;
pub mod visits;
