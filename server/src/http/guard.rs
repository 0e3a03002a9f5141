//! What surrounds every request: its id, the Origin check and the source's limit of writes, the time-out, the panic
//! that becomes a fault, the security headers, one line in the log.

use super::allowance::Allowance;
use super::{Failure, Fault, RequestId, Source, headers, limits};
use crate::app::App;
use crate::clock::Stopwatch;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;
use shared::api::ErrorCode;
use std::panic::AssertUnwindSafe;

pub(super) async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Stopwatch::start();
    let id = RequestId::draw(&app.entropy);
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let source = Source::of(
        request.extensions(),
        request.headers(),
        &app.config.trusted_proxies,
    );
    // The pattern, not the path: a path may hold what somebody typed.
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("(page)".to_owned(), |path| path.as_str().to_owned());

    let allowance = Allowance::new(app.config.request_timeout);
    request.extensions_mut().insert(allowance.clone());
    let work = AssertUnwindSafe(admitted(&app, source, request, next)).catch_unwind();
    let mut response = match allowance.hold(work).await {
        Some(Ok(Ok(response))) => response,
        Some(Ok(Err(failure))) => failure.respond(&id),
        Some(Err(_panic)) => Failure::Fault(Fault::new("the handler panicked")).respond(&id),
        None => Failure::from(ErrorCode::TimedOut).respond(&id),
    };
    headers::put(&app, &id, &path, response.headers_mut());
    tracing::info!(
        request = %id,
        %method,
        path,
        status = response.status().as_u16(),
        millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
        source = %source.address(),
        "request"
    );
    response
}

/// Lets a read through, and a write after its checks.
async fn admitted(app: &App, source: Source, request: Request, next: Next) -> Result<Response, Failure> {
    if writes(request.method()) {
        same_origin(app, request.headers())?;
        let network = source.network();
        let bucket = limits::Bucket::new("source", network.as_bytes());
        limits::hit(app, app.clock.now(), bucket, app.policy.limits.per_source).await?;
    }
    Ok(next.run(request).await)
}

fn writes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// A write comes from a page of ours: its Origin says so, and the browser's own account of it does not differ.
fn same_origin(app: &App, headers: &HeaderMap) -> Result<(), Failure> {
    let mut origins = headers.get_all(ORIGIN).iter();
    let ours = match (origins.next(), origins.next()) {
        (Some(origin), None) => app.config.is_own_origin(origin.as_bytes()),
        _ => false,
    };
    let told = headers
        .get("sec-fetch-site")
        .is_none_or(|site| site == "same-origin");
    if ours && told {
        Ok(())
    } else {
        Err(ErrorCode::OriginRefused.into())
    }
}
