//! The job that seals what was appended. Every node runs one; the chain's row lets one work at a time.

use crate::app::App;
use crate::audit::service;
use crate::clock;
use std::time::Duration;

/// How long an event waits for its seal at most, on a server that keeps up.
const PAUSE: Duration = Duration::from_secs(1);

/// How many quiet rounds pass between two exports of a head that has not moved: about once an hour.
const QUIET_ROUNDS: u32 = 3600;

/// Seals for ever; ends when the task is dropped, at any point without harm: a batch is one transaction.
///
/// Each new head goes to the log (target `audit_head`), out of reach of whoever can change the database.
pub async fn run(app: App) {
    let mut quiet = QUIET_ROUNDS;
    loop {
        match service::seal_all(&app).await {
            Ok(Some(head)) => {
                tracing::info!(target: "audit_head", %head, "audit log sealed");
                quiet = 0;
            }
            Ok(None) if quiet >= QUIET_ROUNDS => {
                quiet = 0;
                match service::head(&app).await {
                    Ok(head) => tracing::info!(target: "audit_head", %head, "audit log unchanged"),
                    Err(error) => tracing::error!(%error, "the audit log's head cannot be read"),
                }
            }
            Ok(None) => quiet += 1,
            Err(error) => tracing::error!(%error, "the audit log cannot be sealed"),
        }
        clock::pause(PAUSE).await;
    }
}
