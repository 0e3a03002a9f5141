//! The port to the official sources: what is known of a taxpayer, a person, an appointment and an employer.
//!
//! Words: [`Registries`] is the port; [`Imported`](Registries::Imported) answers from the database that `clavero
//! import` and `clavero demo` fill; [`Scripted`] answers what a test says, or fails as it says.
//! Invariants: no registry is asked inside a transaction; an answer "unknown" (`None`) and a source that does not answer
//! ([`Unavailable`]) are never confused. Connectors over HTTP will be a third variant behind the same four questions.

pub mod command;
mod import;
mod scripted;
pub mod service;
mod store;
mod write;

pub use import::{ImportError, MissingColumn, Progress, Reason, Refused, Remark, Summary, Verdict};
pub use scripted::Scripted;
pub use service::{Dossier, import_employers, import_persons, import_sri};
pub use store::QUERIES;
pub use write::bulk_queries;

use crate::store::{Store, StoreError};
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId, Ruc};
use shared::registries::{Appointment, EmployerRecord, Person, Registry, Taxpayer};

/// Where official records come from.
#[derive(Clone, Debug)]
pub enum Registries {
    /// The imported tables.
    Imported(Store),
    /// What a test says.
    Scripted(Scripted),
}

/// A source that did not answer. The cause is in the log; nobody but the operator can act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{registry:?} does not answer")]
pub struct Unavailable {
    /// Which one.
    pub registry: Registry,
}

impl Registries {
    /// The SRI's record of a RUC. A household employer has none.
    pub async fn taxpayer(&self, ruc: &Ruc) -> Result<Option<Taxpayer>, Unavailable> {
        match self {
            Self::Imported(store) => answer(Registry::Sri, store::taxpayer(store, ruc).await),
            Self::Scripted(script) => script.taxpayer(ruc),
        }
    }

    /// The Registro Civil's record of a person.
    pub async fn person(&self, id: &RepresentativeId) -> Result<Option<Person>, Unavailable> {
        match self {
            Self::Imported(store) => answer(Registry::CivilRegistry, store::person(store, id).await),
            Self::Scripted(script) => script.person(id),
        }
    }

    /// Who represents an employer today.
    pub async fn appointment(
        &self,
        employer: &EmployerIdentifier,
    ) -> Result<Option<Appointment>, Unavailable> {
        match self {
            Self::Imported(store) => answer(
                Registry::Superintendencia,
                store::appointment(store, employer).await,
            ),
            Self::Scripted(script) => script.appointment(employer),
        }
    }

    /// The institute's own record of an employer's branch.
    pub async fn employer(
        &self,
        employer: &EmployerIdentifier,
        branch: &Branch,
    ) -> Result<Option<EmployerRecord>, Unavailable> {
        match self {
            Self::Imported(store) => answer(Registry::Iess, store::employer(store, employer, branch).await),
            Self::Scripted(script) => script.employer(employer, *branch),
        }
    }
}

fn answer<T>(registry: Registry, read: Result<Option<T>, StoreError>) -> Result<Option<T>, Unavailable> {
    read.map_err(|error| {
        tracing::error!(?registry, %error, cause = ?std::error::Error::source(&error), "imported records cannot be read");
        Unavailable { registry }
    })
}
