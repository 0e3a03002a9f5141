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
mod bits;
mod draw;
#[cfg(test)]
mod draw_tests;
mod flat;

pub use answers::{Canonical, InvalidAnswer, canonical};
pub use bits::Bits;
pub use draw::{About, Bank, CHOICES, Drawn, Facts, Lot, Pair, draw};

use crate::time::CivilDate;
use serde::{Deserialize, Serialize};

/// What is asked. The wording is the browser's; the help texts warn of the usual confusions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum QuestionKind {
    /// The representative's date of birth (Registro Civil).
    BirthDate,
    /// The address where the representative lived before (Registro Civil), one of five.
    PreviousAddress,
    /// The day the RUC was *issued*, not the start of activities (SRI).
    RucIssueDate,
    /// The day the company was incorporated (SRI).
    IncorporationDate,
    /// The canton of the head office (SRI), one of five.
    HeadOfficeCanton,
    /// How many workers were registered in a given month (IESS).
    WorkersInMonth,
    /// The bank that IESS debits and the last four digits of the account.
    DebitAccount,
}

impl QuestionKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::BirthDate,
        Self::PreviousAddress,
        Self::RucIssueDate,
        Self::IncorporationDate,
        Self::HeadOfficeCanton,
        Self::WorkersInMonth,
        Self::DebitAccount,
    ];
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
