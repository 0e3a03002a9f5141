//! The Clavero server. `http/` and `store/` know no domain word; every other folder is a slice with the same four
//! files: `mod.rs` (words and wiring), `http.rs` (handlers), `service.rs` (use cases), `store.rs` (SQL).

pub mod app;
pub mod audit;
pub mod clock;
pub mod config;
pub mod entropy;
pub mod http;
pub mod keys;
pub mod notifications;
pub mod registries;
pub mod store;
