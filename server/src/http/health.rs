//! What a supervisor asks: does the process live, and may it be sent requests.

use crate::app::App;
use crate::on;
use crate::store::StoreError;
use axum::extract::State;
use axum::http::StatusCode;

/// The SQL of this module.
pub const QUERIES: &[&str] = &[PING];

const PING: &str = "SELECT CAST(1 AS BIGINT)";

/// Whether the process answers at all.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Whether requests can be served: the database answers, its disk can be written to where it is ours, and no shutdown is under way. Below it, a line for each outside
/// source and how it is: one that does not answer costs only what needs it, so it does not make the server unready.
pub async fn ready(State(app): State<App>) -> (StatusCode, String) {
    if app.shutdown.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "shutting down\n".to_owned());
    }
    if let Some(lack) = app.store.lack() {
        tracing::error!(%lack, "not ready");
        return (StatusCode::SERVICE_UNAVAILABLE, format!("{lack}\n"));
    }
    match ping(&app).await {
        Ok(()) => {
            let sources = app.registries.conditions();
            let lines = sources
                .iter()
                .map(|(source, condition)| format!("{}: {}\n", source.as_str(), condition.as_str()));
            (StatusCode::OK, "ready\n".to_owned() + &lines.collect::<String>())
        }
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "database unavailable\n".to_owned(),
            )
        }
    }
}

/// Asks the database for a number.
pub async fn ping(app: &App) -> Result<(), StoreError> {
    let mut tx = app.store.read().await?;
    let _: (i64,) = on!(&mut tx, |conn| sqlx::query_as(PING).fetch_one(conn))?;
    tx.commit().await
}
