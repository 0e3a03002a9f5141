//! The section `[appointments]`: how places are held, offered, moved and given back.

use super::Rate;
use super::ranges::{Number, number};
use crate::appointments::Papers;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// Appointments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appointments {
    /// How long a place is held until it is confirmed.
    pub hold_seconds: u32,
    /// How many open appointments one person has for one procedure, waiting lists counted.
    pub open_per_procedure: u8,
    /// How often one appointment can be moved.
    pub moves: u8,
    /// How long an offer to somebody on a waiting list stands.
    pub offer_minutes: u32,
    /// How long somebody stays on a waiting list.
    pub waiting_days: u16,
    /// How many wait for one centre at most.
    pub waiting_per_centre: u16,
    /// How long before the appointment the first reminder goes; 0 for none.
    pub first_reminder_minutes: u32,
    /// How long before the appointment the last reminder goes; 0 for none.
    pub last_reminder_minutes: u32,
    /// How long before its time the room of an appointment by video opens.
    pub video_before_minutes: u16,
    /// How long after its time that room closes.
    pub video_after_minutes: u16,
    /// How long after the end of its time somebody is still awaited; then it counts as missed.
    pub late_minutes: u16,
    /// How long what somebody typed is kept after the appointment is over.
    pub kept_days: u16,
    /// Places that are held, and waits that begin, from one source address.
    pub per_source: Rate,
    /// The same from all addresses of one site: of IPv6, a /48. One of IPv4 is a site by itself.
    pub per_site: Rate,
    /// How each item is presented.
    pub papers: Papers,
}

impl Appointments {
    /// The institution's numbers.
    pub(super) const Y2026: Self = Self {
        hold_seconds: 300,
        open_per_procedure: 1,
        moves: 3,
        offer_minutes: 60,
        waiting_days: 30,
        waiting_per_centre: 200,
        first_reminder_minutes: 2880,
        last_reminder_minutes: 120,
        video_before_minutes: 10,
        video_after_minutes: 30,
        late_minutes: 60,
        kept_days: 30,
        per_source: Rate {
            count: 20,
            seconds: 3600,
        },
        per_site: Rate {
            count: 200,
            seconds: 3600,
        },
        papers: Papers::Y2026,
    };

    /// How long before an appointment its reminders go.
    pub fn reminders(self) -> impl Iterator<Item = Duration> {
        [self.first_reminder_minutes, self.last_reminder_minutes]
            .into_iter()
            .filter(|minutes| *minutes > 0)
            .map(|minutes| Duration::from_mins(minutes.into()))
    }

    /// How long what somebody typed is kept after the appointment is over.
    pub fn kept(self) -> Duration {
        Duration::from_hours(u64::from(self.kept_days) * 24)
    }

    /// The section's numbers.
    pub(super) fn numbers(self) -> Vec<Number> {
        let mut numbers = vec![
            number("appointments.hold_seconds", self.hold_seconds, 60, 3600),
            number("appointments.open_per_procedure", self.open_per_procedure, 1, 10),
            number("appointments.moves", self.moves, 0, 20),
            number("appointments.offer_minutes", self.offer_minutes, 5, 2880),
            number("appointments.waiting_days", self.waiting_days, 1, 180),
            number(
                "appointments.waiting_per_centre",
                self.waiting_per_centre,
                0,
                5000,
            ),
            super::ranges::or_off(
                "appointments.first_reminder_minutes",
                self.first_reminder_minutes,
                15,
                20_160,
            ),
            super::ranges::or_off(
                "appointments.last_reminder_minutes",
                self.last_reminder_minutes,
                15,
                20_160,
            ),
            number(
                "appointments.video_before_minutes",
                self.video_before_minutes,
                0,
                120,
            ),
            number(
                "appointments.video_after_minutes",
                self.video_after_minutes,
                0,
                240,
            ),
            number("appointments.late_minutes", self.late_minutes, 0, 480),
            number("appointments.kept_days", self.kept_days, 1, 365),
        ];
        numbers.extend(super::ranges::rate(
            "appointments.per_source.count",
            "appointments.per_source.seconds",
            self.per_source,
        ));
        numbers.extend(super::ranges::rate(
            "appointments.per_site.count",
            "appointments.per_site.seconds",
            self.per_site,
        ));
        numbers
    }
}
