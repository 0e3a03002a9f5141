//! When a centre does not serve although its hours say so.

use super::{Closure, HolidayName};
use crate::time::CivilDate;
use serde::{Deserialize, Serialize};

/// A day on which a centre, or every centre, does not serve, with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The day, by the centre's calendar.
    pub day: CivilDate,
    /// What it is called.
    pub name: HolidayName,
}

/// What of the coming days is not as the hours of the week say: as far ahead as places are given out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exceptions {
    /// Days on which it does not serve at all and else would, by day: its own holidays and the national ones.
    pub holidays: Vec<Holiday>,
    /// Stretches of time in which it does not serve, by their beginning. What is under way is among them.
    pub closures: Vec<Closure>,
}

impl Exceptions {
    /// Whether the coming days are as the hours say.
    pub fn is_empty(&self) -> bool {
        self.holidays.is_empty() && self.closures.is_empty()
    }
}
