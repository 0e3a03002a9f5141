//! Questions answered from official records.
//!
//! Words: a *question* has a kind and a form; a *set* is what one identifier is asked for 24 hours; the *expected
//! answer* is known to the server only, as a keyed digest of its canonical text; a *decoy* is a choice that is wrong, or
//! a whole question whose answer nobody knows.
//!
//! Invariants: a question whose answer is not known is never asked of somebody who could answer; a decoy is never
//! another true answer; the right choice stands at each place equally often; which answer was wrong is known nowhere.
//!
//! What it does not do: count attempts, keep sets, make digests (the server's slice does).

mod answers;
mod bank;
mod bits;
mod draw;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod draw_properties;
#[cfg(test)]
mod draw_tests;
mod facts;
mod flat;
mod shape;

pub use answers::{Canonical, InvalidAnswer, canonical};
pub use bank::{About, Bank};
pub use bits::Bits;
pub use draw::{CHOICES, Drawn, Lot, Pair, Papers, draw};
pub use facts::{Facts, Streets};
pub use shape::Shape;

use crate::registries::{Month, Registry};
use crate::time::CivilDate;
use serde::{Deserialize, Serialize};

/// What is asked. The wording is the browser's; the help texts warn of the usual confusions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum QuestionKind {
    /// The representative's date of birth (Registro Civil).
    BirthDate,
    /// The canton where the representative was born (Registro Civil), one of five.
    Birthplace,
    /// The street where the representative lived before (Registro Civil), one of five.
    PreviousAddress,
    /// The day on which the representative married (Registro Civil).
    MarriageDate,
    /// The day the RUC was *issued*, not the start of activities (SRI).
    RucIssueDate,
    /// The day the company was incorporated (SRI).
    IncorporationDate,
    /// The canton of the head office (SRI), one of five.
    HeadOfficeCanton,
    /// What the employer mainly does (SRI), one of five.
    MainActivity,
    /// The month for which the first worker was registered (IESS).
    FirstWorkerMonth,
    /// How many workers were registered in a given month (IESS).
    WorkersInMonth,
    /// The street where the employer was before (IESS), one of five.
    EmployerPreviousAddress,
    /// How many branches the employer has (IESS).
    BranchCount,
    /// The day the employer was registered (IESS).
    EmployerRegistrationDate,
    /// The bank that IESS debits and the last four digits of the account.
    DebitAccount,
    /// The day the representative's appointment was registered (Superintendencia de Compañías).
    AppointmentDate,
}

impl QuestionKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::BirthDate,
        Self::Birthplace,
        Self::PreviousAddress,
        Self::MarriageDate,
        Self::RucIssueDate,
        Self::IncorporationDate,
        Self::HeadOfficeCanton,
        Self::MainActivity,
        Self::FirstWorkerMonth,
        Self::WorkersInMonth,
        Self::EmployerPreviousAddress,
        Self::BranchCount,
        Self::EmployerRegistrationDate,
        Self::DebitAccount,
        Self::AppointmentDate,
    ];

    /// Whose record holds the answer.
    pub const fn source(self) -> Registry {
        match self {
            Self::BirthDate | Self::Birthplace | Self::PreviousAddress | Self::MarriageDate => {
                Registry::CivilRegistry
            }
            Self::RucIssueDate | Self::IncorporationDate | Self::HeadOfficeCanton | Self::MainActivity => {
                Registry::Sri
            }
            Self::FirstWorkerMonth
            | Self::WorkersInMonth
            | Self::EmployerPreviousAddress
            | Self::BranchCount
            | Self::EmployerRegistrationDate
            | Self::DebitAccount => Registry::Iess,
            Self::AppointmentDate => Registry::Superintendencia,
        }
    }
}

/// A question as the browser receives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    /// What is asked.
    pub kind: QuestionKind,
    /// How it is answered.
    pub form: Form,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case", try_from = "flat::FlatForm")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Form {
    /// A day, typed in three fields.
    Date,
    /// One of these choices (five), in the order to show.
    Choice {
        /// The texts to choose from; the answer repeats one of them.
        choices: Vec<String>,
    },
    /// A month of a year, typed in two fields.
    Month,
    /// A whole number.
    Number,
    /// A whole number about a month.
    NumberInMonth {
        /// The year asked about.
        year: u16,
        /// The month asked about, 1 to 12.
        month: u8,
    },
    /// A bank of a list and the last four digits of the account.
    Account {
        /// The banks to choose from.
        banks: Vec<String>,
    },
}

/// An answer, in the order of the questions. Never in `Debug`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Answer {
    /// To [`Form::Date`].
    Date {
        /// The day.
        date: CivilDate,
    },
    /// To [`Form::Choice`].
    Choice {
        /// One of the choices, to the letter.
        choice: String,
    },
    /// To [`Form::Month`].
    Month {
        /// The month, `YYYY-MM`.
        month: Month,
    },
    /// To [`Form::Number`].
    Number {
        /// The number.
        number: u32,
    },
    /// To [`Form::NumberInMonth`].
    NumberInMonth {
        /// The number.
        number: u32,
    },
    /// To [`Form::Account`].
    Account {
        /// One of the banks, to the letter.
        bank: String,
        /// Four ASCII digits.
        last_four: String,
    },
}

impl core::fmt::Debug for Answer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Answer(••••)")
    }
}
