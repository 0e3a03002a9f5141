//! Which times of a day can be booked: computed, never stored.

use super::{ClockTime, Counters, Exceptions, Holiday, Hours, Lane, Zone};
use crate::policy;
use crate::time::{CivilDate, Deadline, Timestamp};
use core::time::Duration;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A stretch of time in which a centre does not serve: from its first instant to the first one at which it serves again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Closure {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
}

/// Everything that a centre's slots follow from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    /// What its clocks show.
    pub zone: Zone,
    /// When it serves.
    pub hours: Hours,
    /// How many it serves at once.
    pub counters: Counters,
    /// Days of its calendars on which it does not serve: its own and the national ones.
    pub holidays: BTreeSet<CivilDate>,
    /// Stretches of time in which it does not serve.
    pub closures: Vec<Closure>,
}

/// A time at which people are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slot {
    /// When it begins.
    pub starts_at: Timestamp,
    /// When the next begins.
    pub ends_at: Timestamp,
    /// How many are served at once.
    pub counters: Counters,
}

/// What one appointment takes: a lane of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// When its slot begins.
    pub starts_at: Timestamp,
    /// Which of the slot's lanes.
    pub lane: Lane,
}

impl Slot {
    /// Its places, one a counter, the first lane first.
    pub fn places(self) -> impl DoubleEndedIterator<Item = Place> {
        let starts_at = self.starts_at;
        self.counters.lanes().map(move |lane| Place { starts_at, lane })
    }

    /// The first instant at which it cannot be booked any more: the policy's lead before it begins.
    pub fn booked_until(self, policy: policy::Centres) -> Deadline {
        Deadline::at(self.starts_at.before(policy.lead()))
    }
}

impl Timetable {
    /// The slots of a day, whether or not they can be booked now: one after another from each opening on, none that goes on after
    /// its end, none on a holiday, none that touches a closure.
    pub fn slots(&self, day: CivilDate, policy: policy::Centres) -> Vec<Slot> {
        if self.holidays.contains(&day) {
            return Vec::new();
        }
        let length = policy.slot();
        let openings = self.hours.of_day(day.weekday()).flat_map(|opening| {
            let closes = self.zone.instant(day, opening.closes.minutes());
            let first = self.zone.instant(day, opening.opens.minutes());
            std::iter::successors(Some(first), move |starts_at| Some(starts_at.after(length)))
                .take_while(move |starts_at| starts_at.after(length) <= closes)
        });
        openings
            .map(|starts_at| Slot {
                starts_at,
                ends_at: starts_at.after(length),
                counters: self.counters,
            })
            .filter(|slot| !self.closures.iter().any(|closure| closure.touches(slot)))
            .collect()
    }

    /// The slots of a day that can be booked at `now`: within the horizon, and not within the lead before they begin.
    pub fn bookable(&self, day: CivilDate, now: Timestamp, policy: policy::Centres) -> Vec<Slot> {
        let (first, last) = self.days(now, policy);
        if day < first || last < day {
            return Vec::new();
        }
        let mut slots = self.slots(day, policy);
        slots.retain(|slot| !slot.booked_until(policy).has_passed(now));
        slots
    }

    /// The bookable slot that begins at an instant, if there is one.
    pub fn bookable_at(&self, starts_at: Timestamp, now: Timestamp, policy: policy::Centres) -> Option<Slot> {
        self.bookable(self.zone.day_of(starts_at), now, policy)
            .into_iter()
            .find(|slot| slot.starts_at == starts_at)
    }

    /// What of the days that can be looked at from `now` on is not as the hours say. `named` are the holidays with their names.
    pub fn exceptions(&self, named: &[Holiday], now: Timestamp, policy: policy::Centres) -> Exceptions {
        let (first, last) = self.days(now, policy);
        let end = self.zone.instant(last.days_later(1), 0);
        let mut holidays: Vec<_> = named
            .iter()
            .filter(|holiday| (first..=last).contains(&holiday.day))
            .filter(|holiday| self.hours.of_day(holiday.day.weekday()).next().is_some())
            .cloned()
            .collect();
        holidays.sort_by_key(|holiday| holiday.day);
        holidays.dedup_by_key(|holiday| holiday.day);
        let mut closures: Vec<_> = self
            .closures
            .iter()
            .copied()
            .filter(|closure| now < closure.until && closure.from < end)
            .collect();
        closures.sort_by_key(|closure| closure.from);
        Exceptions { holidays, closures }
    }

    /// Whether a place exists, bookable or not: its slot is one of its day's, and has the lane.
    pub fn has(&self, place: Place, policy: policy::Centres) -> bool {
        self.slots(self.zone.day_of(place.starts_at), policy)
            .iter()
            .any(|slot| slot.starts_at == place.starts_at && slot.counters.has(place.lane.number()))
    }

    /// Whether the centre serves at a place's time, on or off its present slots, and has the lane.
    pub fn serves(&self, place: Place, policy: policy::Centres) -> bool {
        let slot = Slot {
            starts_at: place.starts_at,
            ends_at: place.starts_at.after(policy.slot()),
            counters: self.counters,
        };
        let day = self.zone.day_of(slot.starts_at);
        let within = |opens: Timestamp, closes: Timestamp| opens <= slot.starts_at && slot.ends_at <= closes;
        let open = self.hours.of_day(day.weekday()).any(|opening| {
            let instant = |time: ClockTime| self.zone.instant(day, time.minutes());
            within(instant(opening.opens), instant(opening.closes))
        });
        let away = self.holidays.contains(&day) || self.closures.iter().any(|closure| closure.touches(&slot));
        open && !away && self.counters.has(place.lane.number())
    }

    /// Whether a place goes when this timetable takes the place of another one. A place that was on no slot of that one, because
    /// the policy's length was another then, goes only where the centre does not serve at its time any more.
    pub fn takes_away(&self, before: &Self, place: Place, policy: policy::Centres) -> bool {
        (before.has(place, policy) && !self.has(place, policy))
            || (before.serves(place, policy) && !self.serves(place, policy))
    }

    /// The first and the last day that can be booked at `now`: today by the centre's calendar, and the horizon.
    pub fn days(&self, now: Timestamp, policy: policy::Centres) -> (CivilDate, CivilDate) {
        let today = self.zone.day_of(now);
        (today, today.days_later(policy.horizon_days))
    }
}

impl Closure {
    /// Whether any of the slot's time is within it.
    fn touches(&self, slot: &Slot) -> bool {
        self.from < slot.ends_at && slot.starts_at < self.until
    }
}

impl policy::Centres {
    /// How long a slot is.
    pub fn slot(self) -> Duration {
        Duration::from_secs(u64::from(self.slot_minutes) * 60)
    }

    /// How long before it begins a slot can be booked at the latest.
    pub fn lead(self) -> Duration {
        Duration::from_secs(u64::from(self.lead_minutes) * 60)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "slots_tests.rs"]
mod tests;
