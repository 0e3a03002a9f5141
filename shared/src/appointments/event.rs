//! What moves an appointment.

use super::Place;
use crate::audit::Actor;
use crate::identifiers::VisitId;
use serde::{Deserialize, Serialize};

/// Something that happened to an appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The person confirmed the place that is held.
    Confirmed,
    /// The person took another place, which was taken for it.
    Moved {
        /// The new one.
        place: Place,
    },
    /// It is not wanted any more.
    Cancelled {
        /// By whom.
        by: CancelledBy,
    },
    /// The person came.
    CheckedIn {
        /// The visit that it becomes.
        visit: VisitId,
    },
    /// The person was served.
    Attended,
    /// The person did not come, or left.
    Missed,
    /// A place became free, and was taken for whoever waits.
    Offered {
        /// Which one.
        place: Place,
    },
    /// The person took the offer.
    Accepted,
    /// The stage's deadline passed.
    TimePassed,
}

/// Who cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CancelledBy {
    /// The person.
    Person,
    /// The centre, which does not serve at that time.
    Centre,
    /// An officer, because the person asked at a counter: it was made by somebody else, or its code is lost.
    Officer,
}

/// The names of events, for the transition table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is the name of the variant of `Event` that is spelt alike"
)]
pub enum EventName {
    Confirmed,
    Moved,
    Cancelled,
    CheckedIn,
    Attended,
    Missed,
    Offered,
    Accepted,
    TimePassed,
}

impl Event {
    /// Its name.
    pub const fn name(&self) -> EventName {
        match self {
            Self::Confirmed => EventName::Confirmed,
            Self::Moved { .. } => EventName::Moved,
            Self::Cancelled { .. } => EventName::Cancelled,
            Self::CheckedIn { .. } => EventName::CheckedIn,
            Self::Attended => EventName::Attended,
            Self::Missed => EventName::Missed,
            Self::Offered { .. } => EventName::Offered,
            Self::Accepted => EventName::Accepted,
            Self::TimePassed => EventName::TimePassed,
        }
    }

    /// In which quality somebody makes it happen.
    pub const fn actor(&self) -> Actor {
        match self {
            Self::Confirmed
            | Self::Moved { .. }
            | Self::Accepted
            | Self::Cancelled {
                by: CancelledBy::Person,
            } => Actor::Visitor,
            Self::CheckedIn { .. }
            | Self::Attended
            | Self::Missed
            | Self::Cancelled {
                by: CancelledBy::Centre | CancelledBy::Officer,
            } => Actor::Officer,
            Self::Offered { .. } | Self::TimePassed => Actor::System,
        }
    }
}

impl EventName {
    /// Every name.
    pub const ALL: &'static [Self] = &[
        Self::Confirmed,
        Self::Moved,
        Self::Cancelled,
        Self::CheckedIn,
        Self::Attended,
        Self::Missed,
        Self::Offered,
        Self::Accepted,
        Self::TimePassed,
    ];
}
