//! Proof of work instead of a puzzle: the browser computes for a moment, memory-hard, before it may ask for anything.
//!
//! Words: a [`Challenge`] is issued by the server for one [`Subject`], signed and with an end; its *work* comes in parts,
//! each of which needs a number (nonce) whose Argon2id hash begins with so many zero bits; a [`Solution`] brings the
//! challenge back with those numbers. [`Difficulty`] says how much work there is.
//!
//! Invariants: the browser's clock plays no part, only the server's, once, in [`verify`]; a challenge bound to one
//! subject is worth nothing for another; what is malformed is an error and never a panic.
//!
//! What it does not do: it does not remember which challenges were used. [`verify`] hands out what the server must
//! write down to make each single-use.

pub mod api;
mod challenge;
mod difficulty;
mod solver;
mod work;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use challenge::{Challenge, MalformedChallenge, Refused, Verified, issue, verify};
pub use difficulty::Difficulty;
pub use solver::{Solver, Step};
pub use work::Memory;

use crate::appointments::AppointmentCode;
use crate::identifiers::{Email, EmployerIdentifier};
use serde::{Deserialize, Serialize};

/// A solved challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Solution {
    /// The challenge as it was issued, opaque and signed.
    pub challenge: String,
    /// One nonce a part of the work.
    pub nonces: Vec<u32>,
}

/// What a challenge is for. Solved for one subject it opens nothing for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Subject {
    /// Recovering the password of this employer.
    Recovery {
        /// RUC, or the cédula of a household employer.
        employer: EmployerIdentifier,
    },
    /// Unblocking the account of this employer.
    Unlock {
        /// RUC, or the cédula of a household employer.
        employer: EmployerIdentifier,
    },
    /// A request to be signed for this employer.
    Signature {
        /// RUC, or the cédula of a household employer.
        employer: EmployerIdentifier,
    },
    /// An appointment for this employer, or the wait for one.
    Appointment {
        /// RUC, or the cédula of a household employer.
        employer: EmployerIdentifier,
    },
    /// Finding the appointment of this code.
    AppointmentSearch {
        /// The code.
        code: AppointmentCode,
    },
    /// A test mail to this address.
    MailTest {
        /// The address that the visitor typed.
        address: Email,
    },
}

impl Subject {
    /// The text that is signed: the purpose and the identifier in its canonical form.
    pub fn canonical(&self) -> String {
        match self {
            Self::Recovery { employer } => format!("recovery {employer}"),
            Self::Unlock { employer } => format!("unlock {employer}"),
            Self::Signature { employer } => format!("signature {employer}"),
            Self::Appointment { employer } => format!("appointment {employer}"),
            Self::AppointmentSearch { code } => format!("appointment_search {code}"),
            Self::MailTest { address } => format!("mail_test {address}"),
        }
    }
}
