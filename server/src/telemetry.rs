//! The log: lines of JSON on standard error, or plain lines on a terminal. Nothing personal is ever given to it.
//!
//! What a request logs stands in its span, `request`, with the request's id, the template of its route and, where it is known, the id of the
//! case that it is about.

use crate::traces::Traces;
use std::fmt::Display;
use std::io::IsTerminal;
use tracing::field::display;
use tracing::{Span, Subscriber};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, fmt};

/// What is logged when the configuration does not say: our own events, and warnings of libraries. sqlx is kept at
/// errors, since its warnings of slow statements repeat SQL text.
const DEFAULT: &str = "info,sqlx=error,hyper=warn";

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loudness {
    /// A server's: every request.
    Server,
    /// A command's: what goes wrong.
    Command,
}

/// Notes which case the request is about, in every line that it logs from now on. The id of a case opens nothing: a browser is known by its
/// cookie and a link by its token, which are other secrets, and an id is no part of either.
pub fn about(case: impl Display) {
    Span::current().record("case", display(case));
}

/// The log's lines: what happened and where it stands, in one object.
pub fn lines<S, W>(writer: W) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    fmt::layer()
        .json()
        .flatten_event(true)
        .with_span_list(false)
        .with_writer(writer)
}

/// Starts the log, and the traces beside it. A panic is logged by its place only: its message may quote what somebody typed.
pub fn start(loudness: Loudness, traces: Option<&Traces>) {
    let filter = match loudness {
        Loudness::Server => crate::config::log_filter().unwrap_or_else(|| DEFAULT.to_owned()),
        Loudness::Command => "warn,sqlx=error".to_owned(),
    };
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let lines = if std::io::stderr().is_terminal() {
        fmt::layer().compact().with_writer(std::io::stderr).boxed()
    } else {
        lines(std::io::stderr).boxed()
    };
    let started = tracing_subscriber::registry()
        .with(traces.map(Traces::layer))
        .with(lines.with_filter(filter))
        .try_init();
    if started.is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, "panic");
        }));
    }
}
