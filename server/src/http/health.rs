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

/// Whether requests can be served: the database answers and no shutdown is under way.
pub async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    if app.shutdown.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "shutting down\n");
    }
    match ping(&app).await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "database unavailable\n")
        }
    }
}

/// Asks the database for a number.
pub async fn ping(app: &App) -> Result<(), StoreError> {
    let mut tx = app.store.read().await?;
    let _: (i64,) = on!(&mut tx, |conn| sqlx::query_as(PING).fetch_one(conn))?;
    tx.commit().await
}
