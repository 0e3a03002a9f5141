//! What follows from a move: data, carried out by the server in the transaction that saves the appointment.

use super::{Appointment, Place};
use crate::audit::{self, Actor};
use crate::time::Deadline;

/// A move that was made: the appointment as it is now, and what must be written with it.
#[derive(Debug, PartialEq, Eq)]
#[must_use = "a step that is not saved did not happen"]
pub struct Step {
    /// The appointment after the move.
    pub appointment: Appointment,
    /// In which quality somebody made the move.
    pub actor: Actor,
    /// The move itself, for the audit.
    pub event: audit::Event,
    /// What follows, in this order.
    pub effects: Vec<Effect>,
}

/// Something to write together with the appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep the place until then and no longer.
    KeepUntil {
        /// Which place.
        place: Place,
        /// Until when.
        deadline: Deadline,
    },
    /// Keep the place for good.
    KeepPlace {
        /// Which place.
        place: Place,
    },
    /// Give the place back: the first on the waiting list gets it, or everybody may.
    FreePlace {
        /// Which place.
        place: Place,
    },
    /// The person may have another appointment for the procedure.
    FreePerson,
    /// Plan the reminders of this place.
    Remind {
        /// Which place.
        place: Place,
    },
    /// Plan no reminders any more.
    RemindNoMore,
    /// Queue a mail to the person.
    Tell {
        /// What about.
        news: News,
    },
}

/// What a person is told by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum News {
    /// The appointment is made.
    Booked,
    /// It has another time.
    Moved,
    /// The person cancelled it.
    Cancelled,
    /// The centre cancelled it.
    CancelledByCentre,
    /// An officer cancelled it.
    CancelledByOfficer,
    /// A place is offered.
    Offered,
}
