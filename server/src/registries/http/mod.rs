//! A registry that is asked over HTTP: one connector for each kind of record.
//!
//! A look-up asks the breaker for leave, waits for a free place, asks (and asks again what failed in passing, while there
//! is time), reads the answer into a record, and tells the breaker how it went.
//!
//! Invariants: look-ups are GETs that change nothing, so repeating them is safe; nothing waits longer than the budget;
//! a place and the leave are given back however a look-up ends, also when nobody waits for it any more; the log tells
//! which registry, what kind of trouble and how long, never about whom.

mod breaker;
mod client;
pub(super) mod mapping;
mod retry;

pub use breaker::Circuit;
pub use client::SetupError;
pub use mapping::MappingError;

use super::watch::{Budget, Outcome, Watch};
use crate::clock::{Clock, pause};
use crate::entropy::Entropy;
use crate::registries::config::HttpSource;
use breaker::{Breaker, Ending, Pass, PassKind, Subject};
use client::{Answer, Client, Trouble};
use mapping::{Mapping, Reading, Record};
use sha2::{Digest, Sha256};
use shared::registries::Registry;
use shared::time::Timestamp;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Semaphore;

/// Asks one registry for one kind of record.
#[derive(Debug)]
pub struct Connector<R: Record> {
    client: Client,
    mapping: Mapping<R>,
    retry: retry::Rules,
    breaker: Mutex<Breaker>,
    places: Semaphore,
    clock: Clock,
    entropy: Entropy,
    watch: Watch,
    /// Keeps subjects from being guessed: they are digests under it.
    salt: [u8; 32],
}

/// Why a look-up has no answer.
enum Failed {
    Trouble(Trouble),
    Malformed(mapping::Malformed),
    Refused(u16),
}

impl<R: Record> Connector<R> {
    /// Checks the configuration and the mapping; asks nothing.
    pub fn new(
        source: &HttpSource,
        clock: Clock,
        entropy: Entropy,
        watch: Watch,
    ) -> Result<Self, SetupError> {
        let mapping = match &source.mapping {
            None => Mapping::built_in(),
            Some(file) => Mapping::parse(&file.text).map_err(|error| MappingError {
                path: Some(file.path.clone()),
                ..error
            }),
        };
        let mapping = mapping.map_err(|error| SetupError {
            field: format!("{}.mapping", source.section),
            reason: error.to_string(),
        })?;
        let breaker = Breaker::new(breaker::Rules {
            failures: source.breaker_failures,
            pause: source.breaker_pause,
        });
        watch.circuit(breaker.circuit());
        Ok(Self {
            client: Client::new(R::REGISTRY, source, clock.clone())?,
            mapping,
            retry: retry::Rules {
                retries: source.retries,
                pause: source.pause,
            },
            breaker: Mutex::new(breaker),
            places: Semaphore::new(source.connections),
            clock,
            salt: entropy.bytes(),
            entropy,
            watch,
        })
    }

    /// The record of `key`, or how the look-up ended without one.
    pub async fn look_up(&self, key: &R::Key, budget: Budget) -> Result<Option<R>, Outcome> {
        let leave = self.leave().ok_or(Outcome::CircuitOpen)?;
        // A look-up that waits for others to end says nothing about the registry.
        let place = tokio::time::timeout(budget.left(), self.places.acquire()).await;
        let Ok(Ok(_place)) = place else {
            return Err(Outcome::Busy);
        };
        if budget.is_nearly_over() {
            return Err(Outcome::Busy);
        }
        let found = self.insist(key, budget, leave.pass.kind).await;
        leave.end(match &found {
            Err(Failed::Trouble(trouble)) => trouble.ending(self.subject(key)),
            Ok(_) | Err(Failed::Malformed(_) | Failed::Refused(_)) => Ending::Answered,
        });
        found.map_err(|failed| told(R::REGISTRY, &failed))
    }

    /// The state of the circuit.
    pub fn circuit(&self) -> Circuit {
        self.breaker().circuit()
    }

    /// Since when the registry has been left alone.
    pub fn open_since(&self) -> Option<Timestamp> {
        self.breaker().open_since()
    }

    async fn insist(&self, key: &R::Key, budget: Budget, kind: PassKind) -> Result<Option<R>, Failed> {
        let question = self.mapping.question(key);
        let mut tried = 0;
        let mut before = None;
        loop {
            match self.client.ask(&question, budget).await {
                Ok(answer) => return self.read(&answer, key),
                // What the tries before it told about the registry stays told.
                Err(Trouble::Late) => return Err(Failed::Trouble(before.unwrap_or(Trouble::Late))),
                Err(trouble) => {
                    tried += 1;
                    let wait = match kind {
                        PassKind::Ordinary if trouble.passes() => {
                            self.retry
                                .pause(tried, trouble.asked_for(), budget.left(), |bound| {
                                    self.entropy.below(bound)
                                })
                        }
                        PassKind::Ordinary | PassKind::Trial => None,
                    };
                    let Some(wait) = wait else {
                        return Err(Failed::Trouble(trouble));
                    };
                    self.watch.retried(trouble.outcome());
                    before = Some(trouble);
                    pause(wait).await;
                }
            }
        }
    }

    fn read(&self, answer: &Answer, key: &R::Key) -> Result<Option<R>, Failed> {
        match self.mapping.read(answer.status, answer.body.as_ref(), key) {
            Ok(Reading::Known(record)) => Ok(Some(record)),
            Ok(Reading::Unknown) => Ok(None),
            Ok(Reading::Refused) => Err(Failed::Refused(answer.status)),
            Err(malformed) => Err(Failed::Malformed(malformed)),
        }
    }

    /// Whom a key is about, for the breaker.
    fn subject(&self, key: &R::Key) -> Subject {
        let mut digest = Sha256::new_with_prefix(self.salt);
        for (_, value) in R::variables(key) {
            digest.update(value.len().to_be_bytes());
            digest.update(value);
        }
        digest.finalize().into()
    }

    fn leave(&self) -> Option<Leave<'_, R>> {
        let pass = self.turn(|breaker| breaker.admit(self.clock.now()))?;
        Some(Leave {
            connector: self,
            pass,
            ending: Ending::GivenUp,
        })
    }

    /// Moves the breaker, and tells the watch when its circuit changed.
    fn turn<T>(&self, move_on: impl FnOnce(&mut Breaker) -> T) -> T {
        let mut breaker = self.breaker();
        let before = breaker.circuit();
        let result = move_on(&mut breaker);
        let after = breaker.circuit();
        if before != after {
            tracing::warn!(registry = ?R::REGISTRY, from = before.as_str(), to = after.as_str(), "a circuit changed");
            self.watch.circuit(after);
        }
        result
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The leave to ask; given back when it is dropped.
struct Leave<'a, R: Record> {
    connector: &'a Connector<R>,
    pass: Pass,
    ending: Ending,
}

impl<R: Record> Leave<'_, R> {
    fn end(mut self, ending: Ending) {
        self.ending = ending;
    }
}

impl<R: Record> Drop for Leave<'_, R> {
    fn drop(&mut self) {
        let now = self.connector.clock.now();
        self.connector
            .turn(|breaker| breaker.end(self.pass, self.ending, now));
    }
}

/// Tells the log what an operator can act on.
fn told(registry: Registry, failed: &Failed) -> Outcome {
    match failed {
        Failed::Trouble(trouble) => {
            let status = match trouble {
                Trouble::Status(status, _) => Some(*status),
                Trouble::Connect
                | Trouble::Timeout
                | Trouble::Late
                | Trouble::Broken
                | Trouble::TooLarge
                | Trouble::ContentType
                | Trouble::NotJson => None,
            };
            tracing::warn!(
                ?registry,
                trouble = trouble.outcome().as_str(),
                status,
                "a registry does not answer"
            );
            trouble.outcome()
        }
        Failed::Refused(status) => {
            tracing::warn!(?registry, status, "a registry refused a look-up");
            Outcome::Refused
        }
        Failed::Malformed(malformed) => {
            tracing::warn!(
                ?registry,
                field = malformed.field,
                "a registry's answer does not fit the mapping"
            );
            Outcome::Malformed
        }
    }
}
