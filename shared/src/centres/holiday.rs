//! A day on which a centre does not serve.

use super::HolidayName;
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
