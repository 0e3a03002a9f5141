//! The endpoints of what is due: in the account area, and as urgency after the identity proof of a recovery.

use super::{Cents, Standing};
use crate::endpoint;
use crate::registries::Month;
use crate::time::{CivilDate, Timestamp};
use serde::{Deserialize, Serialize};

endpoint!(
    /// What is due, how the institute sees the employer, and what is owed. A delegate sees what its scopes allow.
    ShowObligations, Get "/account/obligations", "Show what the account's employer owes and by when.",
    () => ObligationsView
);
endpoint!(
    /// The next due date for this browser's recovery case: from the identity proof on, never before.
    ShowDue, Get "/recovery/due", "Show what is due next, once the case's identity is proved.", () => DueView
);

/// What is due, for somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ObligationsView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// By when the next contributions are due.
    pub due: NextDue,
    /// Whether the institute's records could be read.
    pub source: RecordState,
    /// How the institute sees the employer; there with [`RecordState::Known`] only.
    pub standing: Option<Standing>,
    /// What is owed, in cents of US dollars; nothing where the institute does not say, or where a delegate may not see it.
    pub debt: Option<Cents>,
    /// The oldest month that is not paid.
    pub unpaid_since: Option<Month>,
    /// The day on which the institute counted.
    pub counted_on: Option<CivilDate>,
}

/// What is due, for somebody who has proved the identity of an employer's representative and not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DueView {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// By when the next contributions are due.
    pub due: NextDue,
}

/// The next due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextDue {
    /// The day, on the calendars of mainland Ecuador.
    pub on: CivilDate,
    /// How many days are left; 0 on the day itself.
    pub days_left: u16,
}

/// What came of asking the institute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RecordState {
    /// It answered.
    Known,
    /// It has nothing on record about this branch.
    Unknown,
    /// It did not answer now.
    Unavailable,
}

impl NextDue {
    /// As seen on a day; `day` is the policy's day of the month.
    pub fn of(today: CivilDate, day: u8) -> Self {
        let on = super::next_due(today, day);
        Self {
            on,
            days_left: u16::try_from(today.days_until(on)).unwrap_or(0),
        }
    }
}
