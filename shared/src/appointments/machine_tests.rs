//! The machine against its table, its deadlines, and random sequences of events.

mod deadlines;
mod sequences;
mod table;

use super::*;
use crate::captcha::Verified;
use crate::centres::{Lane, Mode, Procedure};
use crate::identifiers::{CentreId, VisitId};
use crate::policy::{Policy, Profile};
use crate::recovery::SolvedCaptcha;
use crate::time::{Deadline, Timestamp};
use core::time::Duration;

pub(super) const START: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);
pub(super) const TICK: Duration = Duration::from_micros(1);

pub(super) fn policy() -> Policy {
    Policy::of(Profile::Y2026)
}

pub(super) fn solved() -> SolvedCaptcha {
    SolvedCaptcha::spent(Verified {
        seed: [0; 16],
        expires: Deadline::at(START),
    })
}

pub(super) fn booking() -> Booking {
    Booking {
        code: AppointmentCode::from_random([7; 8]),
        procedure: Procedure::Recovery,
        mode: Mode::InPerson,
        terms: Terms::of(&policy()),
    }
}

/// A place of twenty minutes that begins so long after the start.
pub(super) fn place(after: Duration) -> Place {
    Place {
        centre: CentreId::new(START, [1; 10]),
        starts_at: START.after(after),
        ends_at: START.after(after + Duration::from_mins(20)),
        lane: Lane::of_number(1),
    }
}

pub(super) const DAY: Duration = Duration::from_hours(24);

pub(super) fn tomorrow() -> Place {
    place(DAY)
}

pub(super) fn visit() -> VisitId {
    VisitId::new(START, [9; 10])
}

pub(super) fn held() -> Appointment {
    Appointment::hold(&solved(), booking(), tomorrow(), START).appointment
}

pub(super) fn waiting() -> Appointment {
    Appointment::wait(&solved(), booking(), START).appointment
}

pub(super) fn booked() -> Appointment {
    let step = held().apply(Event::Confirmed, START).unwrap();
    step.appointment
}

pub(super) fn offered() -> Appointment {
    let event = Event::Offered { place: tomorrow() };
    waiting().apply(event, START).unwrap().appointment
}

pub(super) fn checked_in() -> Appointment {
    let event = Event::CheckedIn { visit: visit() };
    booked().apply(event, START).unwrap().appointment
}
