//! What of the portal works now, as everybody may know it.
//!
//! Words: a *part* is something that people do here or that it hangs on; a part's *condition* is how it is for them. Nothing inside is told:
//! no host, no number, no error.

pub mod api;

use serde::{Deserialize, Serialize};

/// Something that people do here, or that it hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Part {
    /// Recovering a password online.
    Recovery,
    /// Mails from here.
    Email,
    /// Text messages from here.
    Sms,
    /// The Registro Civil's records.
    CivilRegistry,
    /// The SRI's records.
    Sri,
    /// The records of the Superintendencia de Compañías.
    Superintendencia,
    /// The institute's records.
    Iess,
    /// Requests that are signed electronically.
    Signatures,
    /// Booking an appointment.
    Appointments,
}

/// How a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Condition {
    /// It works.
    Works,
    /// It works for some, or late.
    Disturbed,
    /// It does not work.
    Down,
}
