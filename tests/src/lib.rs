//! The harness: a [`World`] of its own for every test, and [`Browser`]s that speak to it through the real router.
//!
//! A test names its engine, so that each runs on both:
//!
//! ```ignore
//! #[rstest]
//! #[tokio::test]
//! async fn a_stranger_sees_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
//!     let world = World::new(engine).await;
//!     let problem = world.browser().call::<CurrentCase>(&()).await.unwrap_err();
//!     assert_eq!(problem.code, ErrorCode::CaseMissing);
//! }
//! ```
//!
//! Invariants: time stands still until [`World::advance`]; randomness is seeded; the database is new and goes away
//! with the world; nothing listens on a port unless [`World::listen`] is asked. What it does not do: it starts no
//! background jobs; a test runs one step of a job by calling the slice's service.

pub mod answers;
pub mod authenticator;
mod browser;
pub mod captcha;
mod database;
pub mod desk;
pub mod drill;
pub mod gateway;
pub mod history;
pub mod hostile;
mod log;
pub mod pki;
pub mod rank;
mod rows;
pub mod signing;
pub mod smtp;
pub mod sri_file;
pub mod told;
pub mod undo;
pub mod verdict;
mod wire;
mod world;

pub use browser::{Browser, Reply};
pub use database::{Database, Engine, POSTGRES_URL};
pub use log::Log;
pub use wire::{Heard, Wire};
pub use world::{EPOCH, Records, Setup, World};
