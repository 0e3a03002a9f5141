//! What an operator sees of the registries: how look-ups end, how long they take, and which circuits are open.

use super::http::Circuit;
use crate::clock::Stopwatch;
use crate::meters::{Counter, Describe, Gauge, Histogram, Meters, Word, Words};
use crate::registries::SourceName;
use crate::words;
use metrics::SharedString;
use std::time::Duration;

/// The meters of the registries.
pub const METERS: &[&dyn Describe] = &[&REQUESTS, &SECONDS, &RETRIES, &CIRCUIT];

static REQUESTS: Counter<(SourceName, Ended)> = Counter::new(
    "clavero_registry_requests_total",
    "Look-ups in a registry, by how they ended.",
);
static SECONDS: Histogram<(SourceName, Ended)> = Histogram::new(
    "clavero_registry_request_seconds",
    "How long look-ups in a registry took, with their retries.",
);
static RETRIES: Counter<(SourceName, Retried)> = Counter::new(
    "clavero_registry_retries_total",
    "Requests to a registry that were tried again, by what went wrong.",
);
static CIRCUIT: Gauge<(SourceName, Circuit)> = Gauge::new(
    "clavero_registry_circuit",
    "The state of a registry's circuit: 1 for the state it is in.",
);

words!(SourceName, "registry");
words!(Circuit, "state");

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
    /// No connection.
    Connect,
    /// No answer in time.
    Timeout,
    /// The connection ended within the answer.
    Broken,
    /// A status that tells of trouble.
    Status,
    /// More bytes than allowed.
    TooLarge,
    /// Something else than JSON, by its own account.
    ContentType,
    /// Something else than JSON.
    NotJson,
    /// It refused to answer us.
    Refused,
    /// Its answer does not fit the mapping.
    Malformed,
    /// The imported records cannot be read.
    Database,
    /// A test said so.
    Scripted,
}

impl Outcome {
    /// Every one.
    const ALL: [Self; 14] = [
        Self::CircuitOpen,
        Self::Busy,
        Self::Late,
        Self::Connect,
        Self::Timeout,
        Self::Broken,
        Self::Status,
        Self::TooLarge,
        Self::ContentType,
        Self::NotJson,
        Self::Refused,
        Self::Malformed,
        Self::Database,
        Self::Scripted,
    ];

    /// The word in metrics and in the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CircuitOpen => "circuit_open",
            Self::Busy => "busy",
            Self::Late => "late",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Broken => "broken",
            Self::Status => "status",
            Self::TooLarge => "too_large",
            Self::ContentType => "content_type",
            Self::NotJson => "not_json",
            Self::Refused => "refused",
            Self::Malformed => "malformed",
            Self::Database => "database",
            Self::Scripted => "scripted",
        }
    }
}

/// How a look-up ended.
#[derive(Clone, Copy, Debug)]
enum Ended {
    /// With a record.
    Known,
    /// With the word that there is none.
    Unknown,
    /// Without either.
    Without(Outcome),
}

impl Ended {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Unknown => "unknown",
            Self::Without(outcome) => outcome.as_str(),
        }
    }
}

impl Word for Ended {
    const LABEL: &'static str = "outcome";

    fn words() -> Words {
        let without = Outcome::ALL.map(Self::Without);
        let all = [Self::Known, Self::Unknown].into_iter().chain(without);
        Words::Closed(all.map(Self::as_str).collect())
    }

    fn word(&self) -> SharedString {
        self.as_str().into()
    }
}

/// Why a request was tried again.
#[derive(Clone, Copy, Debug)]
struct Retried(Outcome);

impl Retried {
    /// What passes, and so is tried again.
    const ALL: [Self; 4] = [
        Self(Outcome::Connect),
        Self(Outcome::Timeout),
        Self(Outcome::Broken),
        Self(Outcome::Status),
    ];

    const fn as_str(self) -> &'static str {
        self.0.as_str()
    }
}

words!(Retried, "trouble");

/// Watches one source.
#[derive(Clone, Debug)]
pub struct Watch {
    registry: SourceName,
    meters: Meters,
}

impl Watch {
    /// Of `registry`.
    pub const fn new(registry: SourceName, meters: Meters) -> Self {
        Self { registry, meters }
    }

    /// A look-up ended.
    pub fn ended<T>(&self, result: &Result<Option<T>, Outcome>, took: Duration) {
        let ended = match result {
            Ok(Some(_)) => Ended::Known,
            Ok(None) => Ended::Unknown,
            Err(outcome) => Ended::Without(*outcome),
        };
        self.meters.count(&REQUESTS, (self.registry, ended));
        self.meters.measure(&SECONDS, (self.registry, ended), took);
    }

    /// A request is tried again.
    pub fn retried(&self, trouble: Outcome) {
        self.meters.count(&RETRIES, (self.registry, Retried(trouble)));
    }

    /// The circuit is in this state now.
    pub fn circuit(&self, now: Circuit) {
        for state in Circuit::ALL {
            let value = if state == now { 1.0 } else { 0.0 };
            self.meters.set(&CIRCUIT, (self.registry, state), value);
        }
    }
}
