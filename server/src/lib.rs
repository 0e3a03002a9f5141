//! The Clavero server. `http/` and `store/` know no domain word; every other folder is a slice with the same four
//! files: `mod.rs` (words and wiring), `http.rs` (handlers), `service.rs` (use cases), `store.rs` (SQL).

pub mod accounts;
pub mod app;
pub mod audit;
pub mod captcha;
pub mod challenges;
pub mod check;
pub mod cli;
pub mod clock;
pub mod compose;
pub mod config;
pub mod contacts;
pub mod delegates;
pub mod demo;
pub mod desk;
pub mod doctor;
pub mod entropy;
pub mod hexadecimal;
pub mod http;
pub mod keys;
pub mod leaks;
pub mod links;
pub mod meters;
pub mod notifications;
pub mod obligations;
pub mod outbound;
pub mod passkeys;
pub mod recovery;
pub mod registries;
pub mod sessions;
pub mod settings;
pub mod slots;
pub mod store;
pub mod telemetry;
pub mod token;
pub mod unlock;
