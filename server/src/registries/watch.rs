//! What an operator sees of the registries: how look-ups end, how long they take, and which circuits are open.

use super::http::Circuit;
use crate::clock::Stopwatch;
use crate::meters::Meters;
use crate::registries::SourceName;
use std::time::Duration;

const REQUESTS: &str = "clavero_registry_requests_total";
const SECONDS: &str = "clavero_registry_request_seconds";
const RETRIES: &str = "clavero_registry_retries_total";
const CIRCUIT: &str = "clavero_registry_circuit";

/// The time that is left for a step. It runs on real time: a clock that a test holds does not stop a socket.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    since: Stopwatch,
    span: Duration,
}

impl Budget {
    /// One that begins now.
    pub fn of(span: Duration) -> Self {
        Self {
            since: Stopwatch::start(),
            span,
        }
    }

    /// Whether less than a tenth is left: a request that begins now would fail for its lateness alone.
    pub fn is_nearly_over(self) -> bool {
        self.left() < self.span / 10
    }

    /// Nine tenths of it: who has so much has not come late.
    pub fn nearly_whole(self) -> Duration {
        self.span.saturating_sub(self.span / 10)
    }

    /// What is left of it.
    pub fn left(self) -> Duration {
        self.span.saturating_sub(self.since.elapsed())
    }
}

/// How a look-up ended without a record or the word that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The registry was not asked: it is left alone.
    CircuitOpen,
    /// The registry was not asked: too many others were waiting for it.
    Busy,
    /// The time of the step was over.
    Late,
    /// It was asked; a word for what went wrong.
    Trouble(&'static str),
}

impl Outcome {
    const fn as_str(self) -> &'static str {
        match self {
            Self::CircuitOpen => "circuit_open",
            Self::Busy => "busy",
            Self::Late => "late",
            Self::Trouble(word) => word,
        }
    }
}

/// Watches one source.
#[derive(Clone, Debug)]
pub struct Watch {
    registry: &'static str,
    meters: Meters,
}

impl Watch {
    /// Of `registry`.
    pub fn new(source: SourceName, meters: Meters) -> Self {
        meters.describe_counter(REQUESTS, "Look-ups in a registry, by how they ended.");
        meters.describe_seconds(
            SECONDS,
            "How long look-ups in a registry took, with their retries.",
        );
        meters.describe_counter(
            RETRIES,
            "Requests to a registry that were tried again, by what went wrong.",
        );
        meters.describe_gauge(
            CIRCUIT,
            "The state of a registry's circuit: 1 for the state it is in.",
        );
        Self {
            registry: source.as_str(),
            meters,
        }
    }

    /// A look-up ended.
    pub fn ended<T>(&self, result: &Result<Option<T>, Outcome>, took: Duration) {
        let outcome = match result {
            Ok(Some(_)) => "known",
            Ok(None) => "unknown",
            Err(outcome) => outcome.as_str(),
        };
        let tags = [("registry", self.registry), ("outcome", outcome)];
        self.meters.count(REQUESTS, &tags);
        self.meters.measure(SECONDS, &tags, took);
    }

    /// A request is tried again.
    pub fn retried(&self, trouble: &'static str) {
        self.meters
            .count(RETRIES, &[("registry", self.registry), ("trouble", trouble)]);
    }

    /// The circuit is in this state now.
    pub fn circuit(&self, now: Circuit) {
        for state in Circuit::ALL {
            let tags = [("registry", self.registry), ("state", state.as_str())];
            self.meters
                .set(CIRCUIT, &tags, if state == now { 1.0 } else { 0.0 });
        }
    }
}
