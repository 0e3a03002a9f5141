//! An appointment: where it stands, and under which terms it began.

use super::{AppointmentCode, CancelledBy, Refused, Step, Terms};
use crate::centres::{Lane, Mode, Procedure};
use crate::identifiers::{CentreId, VisitId};
use crate::recovery::SolvedCaptcha;
use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

/// One person's appointment for one procedure, or the wait for one. Its stage changes by [`Appointment::apply`] only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub(super) code: AppointmentCode,
    pub(super) procedure: Procedure,
    pub(super) mode: Mode,
    pub(super) terms: Terms,
    pub(super) moves: u8,
    pub(super) stage: Stage,
}

/// What an appointment is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// What to quote.
    pub code: AppointmentCode,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
    /// Under which numbers.
    pub terms: Terms,
}

/// A time at a centre, and one of its lanes: what only one person can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Where.
    pub centre: CentreId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Which of the places of that time.
    pub lane: Lane,
}

/// Where an appointment stands. A stage carries what it needs and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// A place is held until the person confirms it.
    Held {
        /// Which one.
        place: Place,
        /// When it is given back.
        deadline: Deadline,
    },
    /// The place is the person's.
    Booked {
        /// Which one.
        place: Place,
    },
    /// The person is at the centre, or in the room.
    CheckedIn {
        /// Which place.
        place: Place,
        /// The visit that it became.
        visit: VisitId,
        /// When.
        at: Timestamp,
    },
    /// The person was served.
    Attended {
        /// Which place.
        place: Place,
        /// When.
        at: Timestamp,
    },
    /// Nobody came.
    NoShow {
        /// Which place.
        place: Place,
        /// When that was found.
        at: Timestamp,
    },
    /// Cancelled.
    Cancelled {
        /// Which place it had; nothing for somebody who waited.
        place: Option<Place>,
        /// By whom.
        by: CancelledBy,
        /// When.
        at: Timestamp,
    },
    /// The hold, the offer or the time on the waiting list ended by itself.
    Lapsed {
        /// When.
        at: Timestamp,
    },
    /// On a centre's waiting list.
    Waiting {
        /// Since when: the list's order.
        since: Timestamp,
        /// Until when, at most.
        deadline: Deadline,
    },
    /// A place became free and is kept for the person.
    Offered {
        /// Which one.
        place: Place,
        /// When it goes to the next one.
        deadline: Deadline,
    },
}

impl Appointment {
    /// Holds a place that was taken for it.
    pub fn hold(solved: &SolvedCaptcha, booking: Booking, place: Place, at: Timestamp) -> Step {
        super::transition::hold(solved, booking, place, at)
    }

    /// Joins the waiting list of a centre.
    pub fn wait(solved: &SolvedCaptcha, booking: Booking, at: Timestamp) -> Step {
        super::transition::wait(solved, booking, at)
    }

    /// What a person quotes.
    pub const fn code(&self) -> &AppointmentCode {
        &self.code
    }

    /// What it is for.
    pub const fn procedure(&self) -> Procedure {
        self.procedure
    }

    /// How the person and the officer meet.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// Under which numbers it began.
    pub const fn terms(&self) -> Terms {
        self.terms
    }

    /// How often it can still be moved.
    pub const fn moves_left(&self) -> u8 {
        self.terms.moves.saturating_sub(self.moves)
    }

    /// Where it stood when it was last written. Deadlines that passed since are not in it: see [`Appointment::as_of`].
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The appointment with a deadline that has passed at `now` taken into account: what anybody may be shown.
    #[must_use]
    pub fn as_of(&self, now: Timestamp) -> Self {
        match self.overdue(now) {
            Some(stage) => Self {
                stage,
                ..self.clone()
            },
            None => self.clone(),
        }
    }

    /// Whether it still counts as the person's open one at `now`.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.as_of(now).stage.is_open()
    }

    /// When something happens by itself; `None` where nothing is awaited.
    pub fn deadline(&self) -> Option<Deadline> {
        match &self.stage {
            Stage::Held { deadline, .. }
            | Stage::Waiting { deadline, .. }
            | Stage::Offered { deadline, .. } => Some(*deadline),
            Stage::Booked { place } => Some(self.terms.missed(place)),
            Stage::CheckedIn { at, .. } => Some(Terms::forgotten(*at)),
            Stage::Attended { .. }
            | Stage::NoShow { .. }
            | Stage::Cancelled { .. }
            | Stage::Lapsed { .. } => None,
        }
    }

    /// Where time alone has led at `now`, if it has. Whoever was checked in was there: if nobody says what became of it, it counts
    /// as attended.
    pub(super) fn overdue(&self, now: Timestamp) -> Option<Stage> {
        let deadline = self.deadline().filter(|deadline| deadline.has_passed(now))?;
        let at = deadline.instant();
        match &self.stage {
            Stage::Held { .. } | Stage::Waiting { .. } | Stage::Offered { .. } => Some(Stage::Lapsed { at }),
            Stage::Booked { place } => Some(Stage::NoShow { place: *place, at }),
            Stage::CheckedIn { place, .. } => Some(Stage::Attended { place: *place, at }),
            Stage::Attended { .. }
            | Stage::NoShow { .. }
            | Stage::Cancelled { .. }
            | Stage::Lapsed { .. } => None,
        }
    }

    /// Moves the appointment, or says why that cannot be. It stays as it was itself: keep [`Step::appointment`].
    pub fn apply(&self, event: super::Event, at: Timestamp) -> Result<Step, Refused> {
        super::transition::apply(self, event, at)
    }
}

impl Stage {
    /// The place that is somebody's, or was.
    pub const fn place(&self) -> Option<Place> {
        match self {
            Self::Held { place, .. }
            | Self::Booked { place }
            | Self::CheckedIn { place, .. }
            | Self::Attended { place, .. }
            | Self::NoShow { place, .. }
            | Self::Offered { place, .. } => Some(*place),
            Self::Cancelled { place, .. } => *place,
            Self::Lapsed { .. } | Self::Waiting { .. } => None,
        }
    }

    /// Whether something is still to come.
    pub const fn is_open(&self) -> bool {
        match self {
            Self::Held { .. }
            | Self::Booked { .. }
            | Self::CheckedIn { .. }
            | Self::Waiting { .. }
            | Self::Offered { .. } => true,
            Self::Attended { .. } | Self::NoShow { .. } | Self::Cancelled { .. } | Self::Lapsed { .. } => {
                false
            }
        }
    }
}
