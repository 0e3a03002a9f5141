//! What surrounds every request: its id, the Origin check and the limit of writes (the source's, or whose a slice says it
//! is), the time-out, the panic that becomes a fault, the security headers, one line in the log.

use super::allowance::Allowance;
use super::watch::{self, Template, Verb};
use super::{Ctx, Failure, Fault, RequestId, Source, headers, limits};
use crate::app::App;
use crate::clock::Stopwatch;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use shared::api::ErrorCode;
use shared::policy::Rate;
use std::panic::AssertUnwindSafe;
use tracing::Instrument;

/// Under what a slice counts a write to this path, instead of its source; `None` where it says nothing.
pub type Counting = for<'a> fn(&'a Ctx, &'a str) -> BoxFuture<'a, Result<Option<Counted>, Failure>>;

/// What a write is counted under, and how many of them there may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The limit's name.
    pub name: &'static str,
    /// Whom it counts.
    pub of: Vec<u8>,
    /// How many in how long.
    pub rate: Rate,
}

pub(super) async fn guard(
    State((app, counting)): State<(App, Option<Counting>)>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Stopwatch::start();
    let id = RequestId::draw(&app.entropy);
    request.extensions_mut().insert(id.clone());
    let (template, verb) = (Template::of(request.extensions()), Verb::of(request.method()));
    let span = watch::span(&id, &template);
    let answering = async {
        let source = Source::of(
            request.extensions(),
            request.headers(),
            &app.config.trusted_proxies,
        );
        let allowance = Allowance::new(app.config.request_timeout);
        request.extensions_mut().insert(allowance.clone());
        let work = AssertUnwindSafe(admitted(&app, source, counting, request, next)).catch_unwind();
        let mut response = match allowance.hold(work).await {
            Some(Ok(Ok(response))) => response,
            Some(Ok(Err(failure))) => failure.respond(&id),
            Some(Err(_panic)) => Failure::Fault(Fault::new("the handler panicked")).respond(&id),
            None => Failure::from(ErrorCode::TimedOut).respond(&id),
        };
        headers::put(&app, &id, template.as_str(), response.headers_mut());
        watch::answered(&app, template, verb, response.status(), source, started.elapsed());
        response
    };
    answering.instrument(span).await
}

/// Lets a read through, and a write after its checks.
async fn admitted(
    app: &App,
    source: Source,
    counting: Option<Counting>,
    request: Request,
    next: Next,
) -> Result<Response, Failure> {
    if !writes(request.method()) {
        return Ok(next.run(request).await);
    }
    same_origin(app, request.headers())?;
    let (mut parts, body) = request.into_parts();
    let Ok(ctx) = Ctx::from_request_parts(&mut parts, app).await;
    let told = match counting {
        Some(counting) => counting(&ctx, parts.uri.path()).await?,
        None => None,
    };
    let counted = told.unwrap_or_else(|| Counted {
        name: "source",
        of: source.network().into_bytes(),
        rate: app.policy.limits.per_source,
    });
    let bucket = limits::Bucket::new(counted.name, &counted.of);
    limits::hit(app, app.clock.now(), bucket, counted.rate).await?;
    Ok(next.run(Request::from_parts(parts, body)).await)
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
