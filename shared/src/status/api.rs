//! The endpoint that tells what works now.

use super::{Condition, Part};
use crate::endpoint;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

endpoint!(
    /// What works now. It is looked at every few seconds at most, however often it is asked.
    GetStatus, Get "/status", "Tell what of the portal works now.", () => StatusView
);

/// What works, as it was found a few seconds ago at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusView {
    /// When it was looked at.
    pub at: Timestamp,
    /// Every part that there is here.
    pub parts: Vec<PartView>,
}

/// How a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartView {
    /// Which.
    pub part: Part,
    /// How it is.
    pub condition: Condition,
    /// Since when it does not work as it should, where that is known.
    pub since: Option<Timestamp>,
}
