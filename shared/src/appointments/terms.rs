//! The numbers under which an appointment began, and when reminders are due.

use super::Place;
use crate::policy::Policy;
use crate::time::{Deadline, Timestamp};
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// The numbers of the policy under which an appointment began. A new policy is for new ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// How long a place is held, in seconds.
    pub hold_seconds: u32,
    /// How long an offer stands, in seconds.
    pub offer_seconds: u32,
    /// How long somebody stays on a waiting list, in days.
    pub waiting_days: u16,
    /// How long after the end of the place somebody still counts as on the way, in minutes.
    pub late_minutes: u16,
    /// How often it can be moved.
    pub moves: u8,
}

/// Whoever was checked in so long ago was served, even if nobody wrote it down.
const FORGOTTEN: Duration = Duration::from_hours(12);

impl Terms {
    /// What the policy says now.
    pub const fn of(policy: &Policy) -> Self {
        let appointments = &policy.appointments;
        Self {
            hold_seconds: appointments.hold_seconds,
            offer_seconds: appointments.offer_minutes.saturating_mul(60),
            waiting_days: appointments.waiting_days,
            late_minutes: appointments.late_minutes,
            moves: appointments.moves,
        }
    }

    /// When a hold that begins now ends.
    pub fn hold(self, at: Timestamp) -> Deadline {
        Deadline::after(at, Duration::from_secs(self.hold_seconds.into()))
    }

    /// When an offer of a place that is made now ends: before the place begins, however short the time is.
    pub fn offer(self, at: Timestamp, place: &Place) -> Deadline {
        Deadline::after(at, Duration::from_secs(self.offer_seconds.into()))
            .earlier(Deadline::at(place.starts_at))
    }

    /// When the wait of somebody who joins a list now ends.
    pub fn wait(self, at: Timestamp) -> Deadline {
        Deadline::after(at, Duration::from_hours(u64::from(self.waiting_days) * 24))
    }

    /// When nobody is awaited any more.
    pub fn missed(self, place: &Place) -> Deadline {
        Deadline::after(place.ends_at, Duration::from_mins(self.late_minutes.into()))
    }

    /// When a check-in of which nothing more was written down counts as served.
    pub(super) fn forgotten(at: Timestamp) -> Deadline {
        Deadline::after(at, FORGOTTEN)
    }
}

/// When the first reminder of an appointment is due that is made at `at`: the earliest of them that is still to come.
pub fn first_reminder(policy: &Policy, starts_at: Timestamp, at: Timestamp) -> Option<Timestamp> {
    policy
        .appointments
        .reminders()
        .map(|before| starts_at.before(before))
        .filter(|due| *due > at)
        .min()
}

/// When the next one is due after that of `due`, at `now`. One that was missed, because the server was down, is left out where a
/// later one has come due too.
pub fn next_reminder(
    policy: &Policy,
    starts_at: Timestamp,
    due: Timestamp,
    now: Timestamp,
) -> Option<Timestamp> {
    first_reminder(policy, starts_at, due.max(now))
}
