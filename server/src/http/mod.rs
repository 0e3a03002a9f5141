//! The edge: how a request becomes a call of a use case, and its result an answer. No domain word lives here.
//!
//! A slice's `http.rs` has functions `async fn(Ctx, Request) -> Result<Answer<Response>, Failure>` and mounts them with
//! [`Routes::route`], by the endpoint's type. `compose.rs` lists all slices' routes once; [`router`] wraps them.
//!
//! Invariants: every answer carries the security headers; a write without our own Origin reaches no handler; GET and
//! HEAD reach no counter; what went wrong inside is in the log under the request's id, never in a body.

mod allowance;
pub mod body;
pub mod cookies;
mod ctx;
mod failure;
pub mod floor;
mod guard;
pub mod headers;
pub mod health;
pub mod limits;
pub mod live;
mod message;
pub mod metrics;
pub mod openapi;
pub mod relay;
mod routes;
pub mod serve;
mod shares;
pub mod spa;
#[cfg(debug_assertions)]
pub mod test_hooks;
pub mod upload;
pub mod watch;

pub use ctx::{Ctx, Peer, RequestId, Source};
pub use failure::{Failure, Fault};
pub use guard::{Counted, Counting};
pub use routes::{Answer, Handler, Operation, Reader, Routes};

use crate::app::App;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{any, get};
use shared::api::{BASE, ErrorCode};

/// The whole site: the API under [`BASE`], health, and the pages for everything else.
pub fn router(app: App, routes: Routes) -> Router {
    let document = openapi::Document::of(&routes);
    let (api, pages, counting) = routes.into_routers();
    let api = api
        .route("/openapi.json", get(document.serve()))
        .fallback(no_such_address)
        .method_not_allowed_fallback(no_such_method);
    hooks()
        .nest(BASE, api)
        .merge(pages)
        // The rest of `/api` is no page either.
        .route("/api", any(no_such_address))
        .route("/api/", any(no_such_address))
        .route("/api/{*rest}", any(no_such_address))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(spa::page)
        .layer(from_fn_with_state((app.clone(), counting), guard::guard))
        .with_state(app)
}

/// A release build has none.
#[cfg(not(debug_assertions))]
fn hooks() -> Router<App> {
    Router::new()
}

/// The test hooks, if the environment asks for them.
#[cfg(debug_assertions)]
fn hooks() -> Router<App> {
    if !crate::config::test_hooks() {
        return Router::new();
    }
    tracing::warn!("the test hooks are mounted: anybody may move the clock");
    Router::new().route(test_hooks::CLOCK, axum::routing::post(test_hooks::advance))
}

async fn no_such_address(id: RequestId) -> Response {
    Failure::from(ErrorCode::NotFound).respond(&id)
}

async fn no_such_method(id: RequestId) -> Response {
    Failure::from(ErrorCode::MethodNotAllowed).respond(&id)
}
