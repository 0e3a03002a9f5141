//! The log: lines of JSON on standard error, or plain lines on a terminal. Nothing personal is ever given to it.

use std::fmt::Display;
use std::io::IsTerminal;
use tracing::Span;
use tracing::field::display;
use tracing_subscriber::EnvFilter;

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

/// Starts the log. A panic is logged by its place only: its message may quote what somebody typed.
pub fn start(loudness: Loudness) {
    let filter = match loudness {
        Loudness::Server => crate::config::log_filter().unwrap_or_else(|| DEFAULT.to_owned()),
        Loudness::Command => "warn,sqlx=error".to_owned(),
    };
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = if std::io::stderr().is_terminal() {
        builder.compact().try_init()
    } else {
        builder
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .try_init()
    };
    if started.is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, "panic");
        }));
    }
}
