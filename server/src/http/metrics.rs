//! The measurements, on a listener of their own: who may read them is decided by the network, not by this site.

use crate::meters::Meters;
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Serves `GET /metrics` and nothing else.
pub fn router(meters: Meters) -> Router {
    Router::new().route("/metrics", get(render)).with_state(meters)
}

async fn render(State(meters): State<Meters>) -> Response {
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        meters.render(),
    )
        .into_response()
}
