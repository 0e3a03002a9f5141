//! What an operator sees of requests: how many there are of each kind, how long they take, and how many streams are open.
//!
//! Words: a request's *template* is the address as its route was mounted, never the one that was asked for: that may hold what somebody
//! typed. Its method is one that we know, or "other": anybody may make one up.

use super::{RequestId, Source};
use crate::app::App;
use crate::meters::{Describe, Gauge, Histogram, Word, Words};
use crate::words;
use axum::extract::MatchedPath;
use axum::http::{Extensions, Method, StatusCode};
use metrics::SharedString;
use opentelemetry::trace::Status;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tracing::Span;
use tracing::field::Empty;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

/// The meters of requests.
pub const METERS: &[&dyn Describe] = &[&SECONDS, &STREAMS];

static SECONDS: Histogram<(Template, Verb, Class)> = Histogram::new(
    "clavero_http_request_seconds",
    "How long requests took until their answer began.",
);
static STREAMS: Gauge<(Places,)> = Gauge::new(
    "clavero_http_streams_open",
    "Pages that listen for changes, by whose places they are in.",
);

/// What stands for the pages and files of the frontend, and for every address that is none.
const PAGE: &str = "(page)";

/// The address of a route as it was mounted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template(Arc<str>);

impl Template {
    /// Of the route that a request was given to.
    pub(super) fn of(extensions: &Extensions) -> Self {
        let matched = extensions.get::<MatchedPath>().map(MatchedPath::as_str);
        Self(matched.unwrap_or(PAGE).into())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Word for Template {
    const LABEL: &'static str = "route";

    fn words() -> Words {
        Words::Routes
    }

    fn word(&self) -> SharedString {
        Arc::clone(&self.0).into()
    }
}

/// A request's method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Get,
    Head,
    Post,
    Options,
    Other,
}

impl Verb {
    const ALL: [Self; 5] = [Self::Get, Self::Head, Self::Post, Self::Options, Self::Other];

    pub(super) fn of(method: &Method) -> Self {
        match *method {
            Method::GET => Self::Get,
            Method::HEAD => Self::Head,
            Method::POST => Self::Post,
            Method::OPTIONS => Self::Options,
            _ => Self::Other,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Options => "OPTIONS",
            Self::Other => "other",
        }
    }
}

words!(Verb, "method");

/// How a request was answered, by the first digit of the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Informed,
    Done,
    Elsewhere,
    Refused,
    Failed,
}

impl Class {
    const ALL: [Self; 5] = [
        Self::Informed,
        Self::Done,
        Self::Elsewhere,
        Self::Refused,
        Self::Failed,
    ];

    fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            0..200 => Self::Informed,
            200..300 => Self::Done,
            300..400 => Self::Elsewhere,
            400..500 => Self::Refused,
            500.. => Self::Failed,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Informed => "1xx",
            Self::Done => "2xx",
            Self::Elsewhere => "3xx",
            Self::Refused => "4xx",
            Self::Failed => "5xx",
        }
    }
}

words!(Class, "class");

/// Which places of streams.
#[derive(Clone, Copy, Debug)]
enum Places {
    Everybody,
    Reserved,
}

impl Places {
    const ALL: [Self; 2] = [Self::Everybody, Self::Reserved];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Reserved => "reserved",
        }
    }
}

words!(Places, "places");

/// The span in which everything stands that a request logs. It is an error's, so that no filter that lets anything through leaves it out.
pub(super) fn span(id: &RequestId, template: &Template) -> Span {
    tracing::error_span!("request", request = %id, route = %template, case = Empty)
}

/// A request was answered.
pub(super) fn answered(
    app: &App,
    template: Template,
    verb: Verb,
    status: StatusCode,
    source: Source,
    took: Duration,
) {
    tracing::info!(
        method = verb.as_str(),
        status = status.as_u16(),
        millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        source = %source.address(),
        "request"
    );
    // Beside what the log has in this line.
    let span = Span::current();
    span.set_attribute("http.request.method", verb.as_str());
    span.set_attribute("http.response.status_code", i64::from(status.as_u16()));
    if Class::of(status) == Class::Failed {
        span.set_status(Status::error(""));
    }
    app.meters
        .measure(&SECONDS, (template, verb, Class::of(status)), took);
}

/// Tells how many streams are open now.
pub fn measure(app: &App) {
    let (everybody, reserved) = app.live.open();
    for (places, open) in [(Places::Everybody, everybody), (Places::Reserved, reserved)] {
        let open = u32::try_from(open).unwrap_or(u32::MAX);
        app.meters.set(&STREAMS, (places,), open.into());
    }
}
