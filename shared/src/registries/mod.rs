//! The official sources that Clavero asks. The answers' types live here; how they are fetched is the server's.

use serde::{Deserialize, Serialize};

/// An official source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
