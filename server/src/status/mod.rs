//! What works now, for everybody: as data, and as a page that is read also where the app does not start.
//!
//! Invariants: it is looked at once in [`FRESH`] on each node, however often it is asked, and nobody who asks waits longer than
//! [`PATIENCE`]; it tells no host, number or error; it is answered also when the database is gone, and says so.
//!
//! What it does not do: it tries nothing. It tells how what people did lately went, on this node.

pub mod http;
pub mod service;

use shared::status::api::StatusView;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// How long what was found is told.
pub const FRESH: Duration = Duration::from_secs(5);

/// How long the database may take.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// What was found last. Whoever comes while it is looked at waits for that look.
#[derive(Clone, Debug, Default)]
pub struct Found(Arc<Mutex<Option<StatusView>>>);
