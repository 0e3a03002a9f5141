//! The port to the official sources: what is known of a taxpayer, a person, an appointment and an employer.
//!
//! Words: [`Registries`] is the port. Each registry has one source: *imported* answers from the database that `clavero
//! import` and `clavero demo` fill; *http* asks the institution's server (see `http/`); *scripted* answers what a test
//! says. The configuration chooses between the first two, registry by registry.
//! Invariants: no registry is asked inside a transaction; an answer "unknown" (`None`) and a source that does not answer
//! ([`Unavailable`]) are never confused; which registries are asked depends on the form of the identifiers alone, never
//! on what another registry answered; all look-ups of a step share one budget of time.
//! What it does not do: it does not compare what registries say (the challenges do).

pub mod command;
pub mod config;
mod http;
mod import;
mod kept;
mod scripted;
pub mod service;
pub mod sim;
mod source;
mod store;
mod watch;
mod write;

pub use http::{Circuit, SetupError};
pub use import::{ImportError, MissingColumn, Progress, Reason, Refused, Remark, Summary, Verdict};
pub use scripted::Scripted;
pub use service::{Dossier, import_employers, import_obligations, import_persons, import_sri};
pub use store::QUERIES;
pub use watch::METERS;
pub use write::bulk_queries;

use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::meters::Meters;
use crate::store::Store;
use config::{RegistriesConfig, SourceConfig};
use http::Connector;
use shared::identifiers::{Branch, EmployerIdentifier, Kind, RepresentativeId, Ruc};
use shared::obligations::ObligationRecord;
use shared::registries::{Appointment, EmployerRecord, Person, Registry, Taxpayer};
use shared::time::Timestamp;
use source::{Source, Surroundings};
use std::sync::Arc;
use std::time::Duration;
use watch::{Budget, Watch};

/// Where official records come from; cheap to clone.
#[derive(Clone, Debug)]
pub struct Registries(Arc<Sources>);

#[derive(Debug)]
struct Sources {
    deadline: Duration,
    taxpayers: Source<Taxpayer>,
    persons: Source<Person>,
    appointments: Source<Appointment>,
    employers: Source<EmployerRecord>,
    obligations: Source<ObligationRecord>,
}

/// A source of records. The institute has two: its employers, and what they owe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceName {
    /// Persons of the Registro Civil.
    CivilRegistry,
    /// Taxpayers of the SRI.
    Sri,
    /// Appointments of the Superintendencia de Compañías.
    Superintendencia,
    /// The institute's employers.
    Iess,
    /// The institute's count of what employers owe.
    Obligations,
}

impl SourceName {
    /// Every source, in the order of [`Registry::ALL`].
    pub const ALL: [Self; 5] = [
        Self::CivilRegistry,
        Self::Sri,
        Self::Superintendencia,
        Self::Iess,
        Self::Obligations,
    ];

    /// The word in the configuration, in metrics and in paths.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CivilRegistry => "civil_registry",
            Self::Sri => "sri",
            Self::Superintendencia => "superintendencia",
            Self::Iess => "iess",
            Self::Obligations => "obligations",
        }
    }

    /// Whose source it is.
    pub const fn registry(self) -> Registry {
        match self {
            Self::CivilRegistry => Registry::CivilRegistry,
            Self::Sri => Registry::Sri,
            Self::Superintendencia => Registry::Superintendencia,
            Self::Iess | Self::Obligations => Registry::Iess,
        }
    }
}

/// The source of a registry's main records.
impl From<Registry> for SourceName {
    fn from(registry: Registry) -> Self {
        match registry {
            Registry::CivilRegistry => Self::CivilRegistry,
            Registry::Sri => Self::Sri,
            Registry::Superintendencia => Self::Superintendencia,
            Registry::Iess => Self::Iess,
        }
    }
}

/// What the registries know about an employer's branch and a person.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The SRI's record; a household has none.
    pub taxpayer: Option<Taxpayer>,
    /// The Registro Civil's.
    pub person: Option<Person>,
    /// The Superintendencia's; natural persons and households have none.
    pub appointment: Option<Appointment>,
    /// The institute's own.
    pub employer: Option<EmployerRecord>,
}

/// A source that did not answer. The cause is in the log; nobody but the operator can act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{registry:?} does not answer")]
pub struct Unavailable {
    /// Which one.
    pub registry: Registry,
}

/// How a source is reached, and how it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Its records were imported.
    Imported,
    /// It is asked over HTTP, and its circuit is in this state.
    Http(Circuit),
    /// A test speaks for it.
    Scripted,
}

impl Condition {
    /// The word on `/readyz`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Http(circuit) => circuit.as_str(),
            Self::Scripted => "scripted",
        }
    }
}

impl Registries {
    /// The sources that the configuration names. Nothing is asked yet; a mapping or certificate that cannot be used is
    /// an error.
    pub fn open(
        config: &RegistriesConfig,
        store: &Store,
        clock: &Clock,
        entropy: &Entropy,
        meters: &Meters,
    ) -> Result<Self, SetupError> {
        let surroundings = Surroundings {
            store,
            clock,
            entropy,
            meters,
        };
        Ok(Self(Arc::new(Sources {
            deadline: config.deadline,
            taxpayers: Source::open(&config.sri, surroundings)?,
            persons: Source::open(&config.civil_registry, surroundings)?,
            appointments: Source::open(&config.superintendencia, surroundings)?,
            employers: Source::open(&config.iess, surroundings)?,
            obligations: Source::open(&config.obligations, surroundings)?,
        })))
    }

    /// The imported tables for everything.
    pub fn imported(store: &Store) -> Self {
        Self(Arc::new(Sources {
            deadline: RegistriesConfig::default().deadline,
            taxpayers: Source::imported(store),
            persons: Source::imported(store),
            appointments: Source::imported(store),
            employers: Source::imported(store),
            obligations: Source::imported(store),
        }))
    }

    /// A script for everything.
    pub fn scripted(script: &Scripted) -> Self {
        Self(Arc::new(Sources {
            deadline: RegistriesConfig::default().deadline,
            taxpayers: Source::scripted(script),
            persons: Source::scripted(script),
            appointments: Source::scripted(script),
            employers: Source::scripted(script),
            obligations: Source::scripted(script),
        }))
    }

    /// The SRI's record of a RUC. A household employer has none.
    pub async fn taxpayer(&self, ruc: &Ruc) -> Result<Option<Taxpayer>, Unavailable> {
        self.0.taxpayers.look_up(ruc, self.budget()).await
    }

    /// The Registro Civil's record of a person.
    pub async fn person(&self, id: &RepresentativeId) -> Result<Option<Person>, Unavailable> {
        self.0.persons.look_up(id, self.budget()).await
    }

    /// Who represents an employer today.
    pub async fn appointment(
        &self,
        employer: &EmployerIdentifier,
    ) -> Result<Option<Appointment>, Unavailable> {
        self.0.appointments.look_up(employer, self.budget()).await
    }

    /// The institute's own record of an employer's branch.
    pub async fn employer(
        &self,
        employer: &EmployerIdentifier,
        branch: &Branch,
    ) -> Result<Option<EmployerRecord>, Unavailable> {
        self.0
            .employers
            .look_up(&(*employer, *branch), self.budget())
            .await
    }

    /// What the institute counts that an employer's branch owes.
    pub async fn obligations(
        &self,
        employer: &EmployerIdentifier,
        branch: &Branch,
    ) -> Result<Option<ObligationRecord>, Unavailable> {
        self.0
            .obligations
            .look_up(&(*employer, *branch), self.budget())
            .await
    }

    /// Asks all registries that know such an employer and its representative, at the same time and within one budget.
    ///
    /// All of them are waited for, also when one fails early: the time tells nobody which one failed. Of several that
    /// do not answer the first in the order of [`Registry::ALL`] is named.
    pub async fn consult(
        &self,
        employer: &EmployerIdentifier,
        branch: &Branch,
        representative: &RepresentativeId,
    ) -> Result<Answers, Unavailable> {
        let budget = self.budget();
        let taxpayer = async {
            match employer {
                EmployerIdentifier::Ruc(ruc) => self.0.taxpayers.look_up(ruc, budget).await,
                EmployerIdentifier::Household(_) => Ok(None),
            }
        };
        let appointment = async {
            if has_appointments(employer) {
                self.0.appointments.look_up(employer, budget).await
            } else {
                Ok(None)
            }
        };
        let key = (*employer, *branch);
        let (person, taxpayer, appointment, employer) = tokio::join!(
            self.0.persons.look_up(representative, budget),
            taxpayer,
            appointment,
            self.0.employers.look_up(&key, budget),
        );
        Ok(Answers {
            person: person?,
            taxpayer: taxpayer?,
            appointment: appointment?,
            employer: employer?,
        })
    }

    /// How each source is, in the order of [`SourceName::ALL`].
    pub fn conditions(&self) -> [(SourceName, Condition); 5] {
        SourceName::ALL.map(|name| {
            let condition = match name {
                SourceName::CivilRegistry => self.0.persons.condition(),
                SourceName::Sri => self.0.taxpayers.condition(),
                SourceName::Superintendencia => self.0.appointments.condition(),
                SourceName::Iess => self.0.employers.condition(),
                SourceName::Obligations => self.0.obligations.condition(),
            };
            (name, condition)
        })
    }

    /// Since when a source has been left alone, if it is.
    pub fn open_since(&self, name: SourceName) -> Option<Timestamp> {
        match name {
            SourceName::CivilRegistry => self.0.persons.open_since(),
            SourceName::Sri => self.0.taxpayers.open_since(),
            SourceName::Superintendencia => self.0.appointments.open_since(),
            SourceName::Iess => self.0.employers.open_since(),
            SourceName::Obligations => self.0.obligations.open_since(),
        }
    }

    fn budget(&self) -> Budget {
        Budget::of(self.0.deadline)
    }
}

/// A source that is asked over HTTP, for who checks an installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    /// Its word in the configuration.
    pub name: &'static str,
    /// Its server.
    pub host: String,
    /// Its port.
    pub port: u16,
}

/// Checks the mapping, certificates and token of each source that is asked over HTTP. Nothing is asked.
pub fn check(config: &RegistriesConfig) -> Vec<Result<Remote, SetupError>> {
    fn one<R: source::Held>(config: &SourceConfig) -> Option<Result<Remote, SetupError>> {
        let SourceConfig::Http(source) = config else {
            return None;
        };
        let watch = Watch::new(R::SOURCE, Meters::new());
        let made = Connector::<R>::new(source, Clock::system(), Entropy::system(), watch);
        Some(made.map(|_| {
            Remote {
                name: R::SOURCE.as_str(),
                host: source
                    .url
                    .host_str()
                    .unwrap_or_default()
                    .trim_matches(['[', ']'])
                    .to_owned(),
                port: source.url.port_or_known_default().unwrap_or_default(),
            }
        }))
    }
    let found = [
        one::<Person>(&config.civil_registry),
        one::<Taxpayer>(&config.sri),
        one::<Appointment>(&config.superintendencia),
        one::<EmployerRecord>(&config.iess),
        one::<ObligationRecord>(&config.obligations),
    ];
    found.into_iter().flatten().collect()
}

/// Whether the Superintendencia may know such an employer: it keeps neither natural persons nor households, whose
/// recovery therefore does not hang on it.
fn has_appointments(employer: &EmployerIdentifier) -> bool {
    match employer {
        EmployerIdentifier::Household(_) => false,
        EmployerIdentifier::Ruc(ruc) => ruc.kinds().only() != Some(Kind::Natural),
    }
}

/// Reads a file as each format would, for fuzzing; how many lines of it were taken.
pub(crate) fn read_every_way(file: &[u8]) -> usize {
    import::read_every_way(file)
}
