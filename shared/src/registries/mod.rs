//! The official sources that Clavero asks. The answers' types live here; how they are fetched is the server's.
//!
//! Words: a *registry* is a source; a *record* is what it answers about one taxpayer, person or employer; a *decoy* is
//! a wrong choice that could have been the right one.
//! Invariants: nothing here decides whether somebody exists (a registry does), and no record shows personal data in
//! `Debug`.

mod activities;
mod banks;
mod month;
mod places;
mod records;

pub use activities::Activity;
pub use banks::{bank_decoys, bank_named, banks};
pub use month::{InvalidMonth, Month};
pub use places::{Canton, Size, province_named, street_decoys, street_named, streets};
pub use records::{
    ActivityCode, Address, Appointment, DebitAccount, EmployerRecord, LastFour, Person, Place, Taxpayer,
    TaxpayerKind, TaxpayerStatus, UnknownWord, WorkersInMonth,
};

use serde::{Deserialize, Serialize};

/// An official source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(
    clippy::enum_variant_names,
    reason = "\"registro\" is part of the source's name"
)]
pub enum Registry {
    /// Registro Civil: natural persons.
    CivilRegistry,
    /// Servicio de Rentas Internas: taxpayers.
    Sri,
    /// Superintendencia de Compañías: appointments of representatives.
    Superintendencia,
    /// The social security institute's own records of employers.
    Iess,
}

impl Registry {
    /// Every source.
    pub const ALL: &'static [Self] = &[Self::CivilRegistry, Self::Sri, Self::Superintendencia, Self::Iess];
}
