//! One registry's source: asked the same way wherever its records come from.

use super::http::mapping::Record;
use super::http::{Connector, SetupError};
use super::watch::{Budget, Outcome, Watch};
use super::{Condition, Scripted, Unavailable, store};
use crate::clock::{Clock, Stopwatch};
use crate::entropy::Entropy;
use crate::meters::Meters;
use crate::registries::config::SourceConfig;
use crate::store::{Store, StoreError};
use crate::traces::PART;
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId, Ruc};
use shared::obligations::ObligationRecord;
use shared::registries::{Appointment, EmployerRecord, Person, Taxpayer};
use shared::time::Timestamp;
use tracing::Instrument;

/// Where the records of one registry come from, and who watches it.
#[derive(Debug)]
pub(super) struct Source<R: Record> {
    origin: Origin<R>,
    watch: Watch,
}

#[derive(Debug)]
enum Origin<R: Record> {
    Imported(Store),
    Http(Box<Connector<R>>),
    Scripted(Scripted),
}

/// What a source is made in.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) store: &'a Store,
    pub(super) clock: &'a Clock,
    pub(super) entropy: &'a Entropy,
    pub(super) meters: &'a Meters,
}

/// A record that the imported tables and a script have as well.
pub(super) trait Held: Record {
    fn imported(
        store: &Store,
        key: &Self::Key,
    ) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send;

    fn scripted(script: &Scripted, key: &Self::Key) -> Result<Option<Self>, Unavailable>;
}

impl<R: Held> Source<R> {
    /// As the configuration says.
    pub(super) fn open(config: &SourceConfig, around: Surroundings<'_>) -> Result<Self, SetupError> {
        let watch = Watch::new(R::SOURCE, around.meters.clone());
        let origin = match config {
            SourceConfig::Imported => Origin::Imported(around.store.clone()),
            SourceConfig::Http(http) => Origin::Http(Box::new(Connector::new(
                http,
                around.clock.clone(),
                around.entropy.clone(),
                watch.clone(),
            )?)),
        };
        Ok(Self { origin, watch })
    }

    /// The imported tables, watched by nobody.
    pub(super) fn imported(store: &Store) -> Self {
        Self {
            origin: Origin::Imported(store.clone()),
            watch: Watch::new(R::SOURCE, Meters::new()),
        }
    }

    /// A script, watched by nobody.
    pub(super) fn scripted(script: &Scripted) -> Self {
        Self {
            origin: Origin::Scripted(script.clone()),
            watch: Watch::new(R::SOURCE, Meters::new()),
        }
    }

    /// How it is reached, and how it is.
    pub(super) fn condition(&self) -> Condition {
        match &self.origin {
            Origin::Imported(_) => Condition::Imported,
            Origin::Http(connector) => Condition::Http(connector.circuit()),
            Origin::Scripted(_) => Condition::Scripted,
        }
    }

    /// Since when it has been left alone, if it is.
    pub(super) fn open_since(&self) -> Option<Timestamp> {
        match &self.origin {
            Origin::Http(connector) => connector.open_since(),
            Origin::Imported(_) | Origin::Scripted(_) => None,
        }
    }

    /// The record of `key`, if the source knows it.
    pub(super) async fn look_up(&self, key: &R::Key, budget: Budget) -> Result<Option<R>, Unavailable> {
        let registry = R::REGISTRY;
        let took = Stopwatch::start();
        let span = tracing::debug_span!(target: PART, "registry", registry = R::SOURCE.as_str());
        // On the heap: four of these run inside of one request.
        let asking = async {
            match &self.origin {
                Origin::Imported(store) => {
                    match tokio::time::timeout(budget.left(), Box::pin(R::imported(store, key))).await {
                        Ok(Ok(found)) => Ok(found),
                        Ok(Err(error)) => {
                            tracing::error!(?registry, %error, cause = ?std::error::Error::source(&error), "imported records cannot be read");
                            Err(Outcome::Database)
                        }
                        Err(_) => Err(Outcome::Late),
                    }
                }
                Origin::Http(connector) => Box::pin(connector.look_up(key, budget)).await,
                Origin::Scripted(script) => R::scripted(script, key).map_err(|_| Outcome::Scripted),
            }
        };
        let result = asking.instrument(span).await;
        self.watch.ended(&result, took.elapsed());
        result.map_err(|_| Unavailable { registry })
    }
}

impl Held for Taxpayer {
    async fn imported(store: &Store, ruc: &Ruc) -> Result<Option<Self>, StoreError> {
        store::taxpayer(store, ruc).await
    }

    fn scripted(script: &Scripted, ruc: &Ruc) -> Result<Option<Self>, Unavailable> {
        script.taxpayer(ruc)
    }
}

impl Held for Person {
    async fn imported(store: &Store, id: &RepresentativeId) -> Result<Option<Self>, StoreError> {
        store::person(store, id).await
    }

    fn scripted(script: &Scripted, id: &RepresentativeId) -> Result<Option<Self>, Unavailable> {
        script.person(id)
    }
}

impl Held for Appointment {
    async fn imported(store: &Store, employer: &EmployerIdentifier) -> Result<Option<Self>, StoreError> {
        store::appointment(store, employer).await
    }

    fn scripted(script: &Scripted, employer: &EmployerIdentifier) -> Result<Option<Self>, Unavailable> {
        script.appointment(employer)
    }
}

impl Held for EmployerRecord {
    async fn imported(
        store: &Store,
        (employer, branch): &(EmployerIdentifier, Branch),
    ) -> Result<Option<Self>, StoreError> {
        store::employer(store, employer, branch).await
    }

    fn scripted(
        script: &Scripted,
        (employer, branch): &(EmployerIdentifier, Branch),
    ) -> Result<Option<Self>, Unavailable> {
        script.employer(employer, *branch)
    }
}

impl Held for ObligationRecord {
    async fn imported(
        store: &Store,
        (employer, branch): &(EmployerIdentifier, Branch),
    ) -> Result<Option<Self>, StoreError> {
        store::obligations(store, employer, branch).await
    }

    fn scripted(
        script: &Scripted,
        (employer, branch): &(EmployerIdentifier, Branch),
    ) -> Result<Option<Self>, Unavailable> {
        script.obligations(employer, *branch)
    }
}
