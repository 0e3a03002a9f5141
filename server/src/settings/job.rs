//! The job that follows what was changed through another node.

use super::service;
use crate::app::App;
use crate::clock;
use std::time::Duration;

/// How long another node's change takes to arrive.
const PAUSE: Duration = Duration::from_mins(1);

/// Reads the institution's words for ever; ends when the task is dropped, at any point without harm.
pub async fn run(app: App) {
    loop {
        if let Err(error) = service::renew(&app).await {
            tracing::warn!(%error, "the institution's words cannot be read");
        }
        clock::pause(PAUSE).await;
    }
}
