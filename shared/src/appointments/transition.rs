//! The one `match` that says what may happen when, and what follows.

use super::{Appointment, Booking, CancelledBy, Effect, Event, News, Place, Stage, StageName, Step};
use crate::audit::{self, Actor};
use crate::recovery::SolvedCaptcha;
use crate::time::Timestamp;

/// Why an event does not move an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The event belongs to another stage.
    #[error("the appointment is at another stage")]
    OtherStage {
        /// Where it stands.
        at: StageName,
    },
    /// The stage's deadline has passed: only [`Event::TimePassed`] moves it now.
    #[error("the deadline has passed")]
    Overdue {
        /// Where time has led.
        to: StageName,
    },
    /// The deadline has not passed yet.
    #[error("the deadline has not passed")]
    NotDue,
    /// The place has begun: it is neither moved nor cancelled by the person any more.
    #[error("the place has begun")]
    Begun,
    /// The place has not begun: nobody can have missed it.
    #[error("the place has not begun")]
    NotBegun,
    /// It was moved as often as it can be.
    #[error("it was moved too often")]
    NoMovesLeft,
    /// It would be moved to where it is.
    #[error("it is there already")]
    SamePlace,
}

pub(super) fn hold(_: &SolvedCaptcha, booking: Booking, place: Place, at: Timestamp) -> Step {
    let deadline = booking.terms.hold(at);
    Step {
        appointment: begin(booking, Stage::Held { place, deadline }),
        actor: Actor::Visitor,
        event: audit::Event::AppointmentHeld {
            centre: place.centre,
            starts_at: place.starts_at,
        },
        effects: vec![Effect::KeepUntil { place, deadline }],
    }
}

pub(super) fn wait(_: &SolvedCaptcha, booking: Booking, at: Timestamp) -> Step {
    let deadline = booking.terms.wait(at);
    Step {
        appointment: begin(booking, Stage::Waiting { since: at, deadline }),
        actor: Actor::Visitor,
        event: audit::Event::WaitingListJoined,
        effects: Vec::new(),
    }
}

fn begin(booking: Booking, stage: Stage) -> Appointment {
    let Booking {
        code,
        procedure,
        mode,
        terms,
    } = booking;
    Appointment {
        code,
        procedure,
        mode,
        terms,
        moves: 0,
        stage,
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one match over every stage and event: the machine in one sight, without a wildcard"
)]
pub(super) fn apply(appointment: &Appointment, event: Event, at: Timestamp) -> Result<Step, Refused> {
    use Event as E;
    use Stage as S;

    match (appointment.overdue(at), &event) {
        (Some(stage), E::TimePassed) => return Ok(pass_time(appointment, stage)),
        (Some(stage), _) => return Err(Refused::Overdue { to: stage.name() }),
        (None, E::TimePassed) if appointment.stage.is_open() => return Err(Refused::NotDue),
        (None, _) => {}
    }
    let actor = event.actor();
    let elsewhere = Err(Refused::OtherStage {
        at: appointment.stage.name(),
    });
    let moved = |stage, event| Step {
        appointment: Appointment {
            stage,
            ..appointment.clone()
        },
        actor,
        event,
        effects: Vec::new(),
    };

    match (&appointment.stage, event) {
        (S::Held { place, .. }, E::Confirmed) => {
            Ok(moved(S::Booked { place: *place }, audit::Event::AppointmentBooked).with(booked(*place)))
        }
        (S::Offered { place, .. }, E::Accepted) => {
            Ok(moved(S::Booked { place: *place }, audit::Event::OfferAccepted).with(booked(*place)))
        }
        (S::Waiting { .. }, E::Offered { place }) => {
            let deadline = appointment.terms.offer(at, &place);
            let event = audit::Event::PlaceOffered {
                centre: place.centre,
                starts_at: place.starts_at,
                until: deadline,
            };
            Ok(moved(S::Offered { place, deadline }, event).with([
                Effect::KeepUntil { place, deadline },
                Effect::Tell { news: News::Offered },
            ]))
        }
        (S::Booked { place }, E::Moved { place: new }) => move_to(appointment, *place, new, at),
        (S::Held { place, .. } | S::Offered { place, .. }, E::Cancelled { by }) => {
            let event = audit::Event::AppointmentCancelled { by };
            Ok(moved(cancelled(Some(*place), by, at), event).with(given_back(*place)))
        }
        (S::Waiting { .. }, E::Cancelled { by }) => {
            let event = audit::Event::AppointmentCancelled { by };
            Ok(moved(cancelled(None, by, at), event).with([Effect::FreePerson]))
        }
        (S::Booked { place }, E::Cancelled { by }) => {
            let news = match by {
                CancelledBy::Person if place.starts_at <= at => return Err(Refused::Begun),
                CancelledBy::Person => News::Cancelled,
                CancelledBy::Centre => News::CancelledByCentre,
                CancelledBy::Officer => News::CancelledByOfficer,
            };
            let event = audit::Event::AppointmentCancelled { by };
            Ok(moved(cancelled(Some(*place), by, at), event)
                .with(given_back(*place))
                .with([Effect::RemindNoMore, Effect::Tell { news }]))
        }
        (S::Booked { place }, E::CheckedIn { visit }) => {
            let place = *place;
            let stage = S::CheckedIn { place, visit, at };
            Ok(moved(stage, audit::Event::AppointmentCheckedIn).with([Effect::RemindNoMore]))
        }
        (S::CheckedIn { place, .. }, E::Attended) => {
            let stage = S::Attended { place: *place, at };
            Ok(moved(stage, audit::Event::AppointmentAttended).with([Effect::FreePerson]))
        }
        (S::Booked { place }, E::Missed) if at < place.starts_at => Err(Refused::NotBegun),
        (S::Booked { place } | S::CheckedIn { place, .. }, E::Missed) => {
            let stage = S::NoShow { place: *place, at };
            Ok(
                moved(stage, audit::Event::AppointmentMissed)
                    .with([Effect::RemindNoMore, Effect::FreePerson]),
            )
        }

        // What does not fit. Every pair is written out, so that a new stage or event has to be thought about.
        (
            S::Held { .. },
            E::Moved { .. }
            | E::CheckedIn { .. }
            | E::Attended
            | E::Missed
            | E::Offered { .. }
            | E::Accepted
            | E::TimePassed,
        )
        | (
            S::Offered { .. },
            E::Confirmed
            | E::Moved { .. }
            | E::CheckedIn { .. }
            | E::Attended
            | E::Missed
            | E::Offered { .. }
            | E::TimePassed,
        )
        | (
            S::Waiting { .. },
            E::Confirmed
            | E::Moved { .. }
            | E::CheckedIn { .. }
            | E::Attended
            | E::Missed
            | E::Accepted
            | E::TimePassed,
        )
        | (S::Booked { .. }, E::Confirmed | E::Attended | E::Offered { .. } | E::Accepted | E::TimePassed)
        | (
            S::CheckedIn { .. },
            E::Confirmed
            | E::Moved { .. }
            | E::Cancelled { .. }
            | E::CheckedIn { .. }
            | E::Offered { .. }
            | E::Accepted
            | E::TimePassed,
        )
        | (
            S::Attended { .. } | S::NoShow { .. } | S::Cancelled { .. } | S::Lapsed { .. },
            E::Confirmed
            | E::Moved { .. }
            | E::Cancelled { .. }
            | E::CheckedIn { .. }
            | E::Attended
            | E::Missed
            | E::Offered { .. }
            | E::Accepted
            | E::TimePassed,
        ) => elsewhere,
    }
}

impl Step {
    /// The same with effects after those it has.
    fn with(mut self, effects: impl IntoIterator<Item = Effect>) -> Self {
        self.effects.extend(effects);
        self
    }
}

/// What follows when a place becomes somebody's.
const fn booked(place: Place) -> [Effect; 3] {
    [
        Effect::KeepPlace { place },
        Effect::Remind { place },
        Effect::Tell { news: News::Booked },
    ]
}

/// What follows when a place is not wanted any more.
const fn given_back(place: Place) -> [Effect; 2] {
    [Effect::FreePerson, Effect::FreePlace { place }]
}

const fn cancelled(place: Option<Place>, by: CancelledBy, at: Timestamp) -> Stage {
    Stage::Cancelled { place, by, at }
}

/// The new place is kept before the old one is given back.
fn move_to(appointment: &Appointment, old: Place, new: Place, at: Timestamp) -> Result<Step, Refused> {
    if old.starts_at <= at {
        return Err(Refused::Begun);
    }
    if appointment.moves_left() == 0 {
        return Err(Refused::NoMovesLeft);
    }
    if (old.centre, old.starts_at) == (new.centre, new.starts_at) {
        return Err(Refused::SamePlace);
    }
    Ok(Step {
        appointment: Appointment {
            moves: appointment.moves.saturating_add(1),
            stage: Stage::Booked { place: new },
            ..appointment.clone()
        },
        actor: Actor::Visitor,
        event: audit::Event::AppointmentMoved {
            centre: new.centre,
            starts_at: new.starts_at,
        },
        effects: vec![
            Effect::KeepPlace { place: new },
            Effect::FreePlace { place: old },
            Effect::Remind { place: new },
            Effect::Tell { news: News::Moved },
        ],
    })
}

/// What time alone has done. A place that has begun is nobody's to give.
fn pass_time(appointment: &Appointment, stage: Stage) -> Step {
    let (event, effects) = match &appointment.stage {
        Stage::Held { place, .. } => (audit::Event::AppointmentLapsed, given_back(*place).to_vec()),
        Stage::Offered { place, .. } => (audit::Event::OfferLapsed, given_back(*place).to_vec()),
        Stage::Booked { .. } => (
            audit::Event::AppointmentMissed,
            vec![Effect::RemindNoMore, Effect::FreePerson],
        ),
        Stage::CheckedIn { .. } => (audit::Event::AppointmentAttended, vec![Effect::FreePerson]),
        Stage::Waiting { .. }
        | Stage::Attended { .. }
        | Stage::NoShow { .. }
        | Stage::Cancelled { .. }
        | Stage::Lapsed { .. } => (audit::Event::AppointmentLapsed, vec![Effect::FreePerson]),
    };
    Step {
        appointment: Appointment {
            stage,
            ..appointment.clone()
        },
        actor: Actor::System,
        event,
        effects,
    }
}
