//! Data requests: what a person asks about what is kept about them (Ley Orgánica de Protección de Datos Personales, art. 13 and 15).
//!
//! Words: a *data request* is of one of two *kinds*: to be given what is kept (*access*), or to have deleted what need not be
//! kept (*deletion*). It is *due* 15 days after it came.
//!
//! What it does not do: it deletes nothing that the law, an open case or the security of the account needs; what stays is
//! told, each with its reason.

pub mod api;

use crate::time::Timestamp;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DataRequestKind {
    /// To be given what is kept.
    Access,
    /// To have deleted what need not be kept.
    Deletion,
}

/// How a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum DataRequestState {
    /// It is to be answered.
    Open,
    /// It was done.
    Answered,
    /// It was refused, and the person was told why.
    Refused,
}

/// Why something is not deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum KeptBecause {
    /// The account and its ways to get into it stand as long as there is an employer.
    Account,
    /// It proves what was done, for as long as the policy says.
    Evidence,
    /// It protects the account: who tried, and what was changed.
    Security,
    /// It goes by itself within weeks.
    SoonGone,
    /// It is a copy of an official record, which is corrected where it comes from.
    OfficialRecord,
}

/// How long after it came a request is to be answered: 15 days (LOPDP, art. 13 and 15).
pub const ANSWERED_WITHIN: Duration = Duration::from_hours(15 * 24);

/// How long before it came the person's identity may have been seen, at a counter or by video, for a request to rest on it.
pub const SEEN_WITHIN: Duration = Duration::from_hours(15 * 24);

/// When a request that came at `received` is due.
pub fn due(received: Timestamp) -> Timestamp {
    received.after(ANSWERED_WITHIN)
}

impl DataRequestKind {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Access, Self::Deletion];

    /// As it stands in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Deletion => "deletion",
        }
    }

    /// The kind of this name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}

impl DataRequestState {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Open, Self::Answered, Self::Refused];

    /// As it stands in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Refused => "refused",
        }
    }

    /// The state of this name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.as_str() == word)
    }
}
