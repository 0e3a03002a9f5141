//! The measurements, on a listener of their own: who may read them is decided by the network, not by this site.

use crate::app::App;
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::future::BoxFuture;

/// Looks at what stands at a value just now, before it is read.
pub type Measure = fn(App) -> BoxFuture<'static, ()>;

/// Serves `GET /metrics` and nothing else.
pub fn router(app: App, measure: Measure) -> Router {
    Router::new()
        .route("/metrics", get(render))
        .with_state((app, measure))
}

async fn render(State((app, measure)): State<(App, Measure)>) -> Response {
    measure(app.clone()).await;
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        app.meters.render(),
    )
        .into_response()
}
