//! Places: which are free, and taking one.

use super::Call;
use super::carry;
use super::store;
use crate::app::App;
use crate::centres::Centre;
use crate::centres::service::{self as centres, Timed};
use crate::store::{StoreError, Tx};
use shared::appointments::Place;
use shared::appointments::api::{CentreNext, FreeDay, FreeDays, FreeTime, NextAsked, NextFree, PlacesAsked};
use shared::centres::{Coordinates, Lane, Mode, Procedure, Slot, Territory};
use shared::identifiers::{AppointmentId, CentreId};
use shared::time::{CivilDate, Timestamp};
use std::collections::HashMap;

/// How many days one answer shows.
const DAYS: u16 = 7;

/// How many centres of elsewhere are shown.
const NEARBY: usize = 5;

/// What somebody wants.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Where.
    pub centre: CentreId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// What for.
    pub procedure: Procedure,
    /// How.
    pub mode: Mode,
}

/// Why a place is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// There is no such place that can be booked now.
    NotOffered,
    /// Others have it.
    Full,
}

/// Takes a place of the time that is wanted, for an appointment. Holds that are over are given back first: to whoever waits, or to
/// everybody.
pub(super) async fn take(
    app: &App,
    tx: &mut Tx,
    wanted: Wanted,
    appointment: AppointmentId,
    call: Call,
) -> Result<Result<Place, NotTaken>, StoreError> {
    for over in store::overdue_of_place(tx, wanted.centre, wanted.starts_at, call.at).await? {
        carry::pass_time(app, tx, over, call).await?;
    }
    let Some((slot, version)) = slot(app, tx, wanted, call.at).await? else {
        return Ok(Err(NotTaken::NotOffered));
    };
    let lanes = store::lanes(tx, wanted.centre, wanted.starts_at).await?;
    for lane in free_lanes(app, slot, &lanes) {
        let place = Place {
            centre: wanted.centre,
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            lane,
        };
        if !store::take(tx, &place, appointment).await? {
            // Somebody was faster on this lane.
            continue;
        }
        // From here on a change of the centre's hours waits for us. One that was made before the row was written is seen now.
        if centres::by_id(tx, wanted.centre)
            .await?
            .is_some_and(|centre| centre.version == version)
        {
            return Ok(Ok(place));
        }
        let still = self::slot(app, tx, wanted, call.at)
            .await?
            .is_some_and(|(slot, _)| slot.ends_at == place.ends_at && slot.counters.has(lane.number()));
        if still {
            return Ok(Ok(place));
        }
        store::free(tx, &place, appointment).await?;
        return Ok(Err(NotTaken::NotOffered));
    }
    Ok(Err(NotTaken::Full))
}

/// The slot that begins when somebody wants it to, and the version of the centre that it follows from.
async fn slot(
    app: &App,
    tx: &mut Tx,
    wanted: Wanted,
    now: Timestamp,
) -> Result<Option<(Slot, i64)>, StoreError> {
    Ok(centres::timed(tx, wanted.centre, now).await?.and_then(|timed| {
        timed
            .slot_at(app, wanted.procedure, wanted.mode, wanted.starts_at, now)
            .map(|slot| (slot, timed.centre.version))
    }))
}

/// The lanes of a slot that nobody has, beginning at any of them: whoever comes at the same moment begins elsewhere and does not
/// wait.
fn free_lanes(app: &App, slot: Slot, taken: &[i64]) -> Vec<Lane> {
    let mut free: Vec<Lane> = slot
        .counters
        .lanes()
        .filter(|lane| !taken.contains(&i64::from(lane.number())))
        .collect();
    if !free.is_empty() {
        let first = app.entropy.below(free.len() as u64);
        free.rotate_left(usize::try_from(first).unwrap_or(0));
    }
    free
}

/// Free times of a centre.
struct Free<'a> {
    app: &'a App,
    timed: &'a Timed,
    procedure: Procedure,
    mode: Mode,
    taken: HashMap<Timestamp, u8>,
    now: Timestamp,
}

impl<'a> Free<'a> {
    async fn of(
        app: &'a App,
        tx: &mut Tx,
        timed: &'a Timed,
        (procedure, mode): (Procedure, Mode),
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let (first, last) = timed.timetable.days(now, app.policy.centres);
        let zone = timed.timetable.zone;
        let range = (zone.instant(first, 0), zone.instant(last.days_later(1), 0));
        let waited = store::waiting_count(tx, timed.centre.id, now).await? > 0;
        // Where somebody waits, a hold that is over is theirs and nobody else's.
        let kept_after = if waited { Timestamp::from_micros(0) } else { now };
        let lanes = timed.timetable.counters.count();
        let taken = store::taken(tx, timed.centre.id, range, lanes, kept_after).await?;
        Ok(Self {
            app,
            timed,
            procedure,
            mode,
            taken: taken.into_iter().collect(),
            now,
        })
    }

    fn times(&self, day: CivilDate) -> Vec<FreeTime> {
        self.timed
            .slots(self.app, self.procedure, self.mode, day, self.now)
            .into_iter()
            .filter_map(|slot| {
                let taken = self.taken.get(&slot.starts_at).copied().unwrap_or(0);
                let left = slot.counters.count().saturating_sub(taken);
                (left > 0).then_some(FreeTime {
                    starts_at: slot.starts_at,
                    left,
                })
            })
            .collect()
    }

    /// Every day that can be booked now.
    fn days(&self) -> impl Iterator<Item = CivilDate> {
        let (first, last) = self.timed.timetable.days(self.now, self.app.policy.centres);
        (0..=self.app.policy.centres.horizon_days)
            .map(move |later| first.days_later(later))
            .take_while(move |day| *day <= last)
    }

    fn first(&self) -> Option<(CivilDate, FreeTime)> {
        self.days()
            .find_map(|day| self.times(day).first().map(|time| (day, *time)))
    }
}

/// Whether a centre has any free time for a procedure in a mode.
pub(super) async fn any(
    app: &App,
    tx: &mut Tx,
    timed: &Timed,
    of: (Procedure, Mode),
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(Free::of(app, tx, timed, of, now).await?.first().is_some())
}

/// A free place of a centre, the earliest.
pub(super) async fn earliest(
    app: &App,
    tx: &mut Tx,
    timed: &Timed,
    of: (Procedure, Mode),
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let first = Free::of(app, tx, timed, of, now).await?.first();
    Ok(first.map(|(_, time)| time.starts_at))
}

/// The free times of seven days of a centre; `None` where there is no such centre, or it does not offer that.
pub(super) async fn days(
    app: &App,
    tx: &mut Tx,
    asked: PlacesAsked,
    now: Timestamp,
) -> Result<Option<FreeDays>, StoreError> {
    let Some(timed) = centres::timed(tx, asked.centre, now).await? else {
        return Ok(None);
    };
    if !timed.centre.offers(asked.procedure, asked.mode) {
        return Ok(None);
    }
    let free = Free::of(app, tx, &timed, (asked.procedure, asked.mode), now).await?;
    let first_free = free.first().map(|(day, _)| day);
    let (today, last) = timed.timetable.days(now, app.policy.centres);
    let from = asked.from.or(first_free).unwrap_or(today).clamp(today, last);
    let shown: Vec<FreeDay> = (0..DAYS)
        .map(|later| from.days_later(later))
        .filter(|day| *day <= last)
        .map(|date| FreeDay {
            date,
            opens: !timed.timetable.slots(date, app.policy.centres).is_empty(),
            times: free.times(date),
        })
        .collect();
    let earlier = (today < from).then(|| {
        let back = u16::try_from(today.days_until(from)).unwrap_or(0);
        today.days_later(back.saturating_sub(DAYS))
    });
    let later = from.days_later(DAYS);
    Ok(Some(FreeDays {
        now,
        zone: timed.timetable.zone,
        minutes: app.policy.centres.slot_minutes,
        days: shown,
        earlier,
        later: (later <= last).then_some(later),
        full: first_free.is_none(),
    }))
}

/// The next free time of each centre of a province, and of those nearby.
pub(super) async fn next(
    app: &App,
    tx: &mut Tx,
    asked: NextAsked,
    now: Timestamp,
) -> Result<NextFree, StoreError> {
    let mut offering = centres::all_timed(tx, now).await?;
    offering.retain(|timed| timed.centre.offers(asked.procedure, asked.mode));
    let middle = middle(&offering, asked.province);
    let near: Vec<Territory> = asked.province.neighbours().collect();
    let mut answer = NextFree {
        now,
        here: Vec::new(),
        nearby: Vec::new(),
    };
    for timed in &offering {
        let province = timed.centre.details.province;
        let is_near = match asked.mode {
            Mode::InPerson => near.contains(&province),
            Mode::Video => true,
        };
        let is_here = province == asked.province;
        if !is_here && !is_near {
            continue;
        }
        let of = (asked.procedure, asked.mode);
        let next = CentreNext {
            centre: timed.centre.id,
            next: earliest(app, tx, timed, of, now).await?,
            kilometres: distance(middle, &timed.centre).filter(|_| !is_here),
        };
        if is_here {
            answer.here.push(next);
        } else if next.next.is_some() {
            answer.nearby.push(next);
        }
    }
    match asked.mode {
        Mode::InPerson => answer
            .nearby
            .sort_by_key(|centre| (centre.kilometres.unwrap_or(u16::MAX), centre.next)),
        Mode::Video => answer.nearby.sort_by_key(|centre| centre.next),
    }
    answer.nearby.truncate(NEARBY);
    Ok(answer)
}

/// The middle of a province's centres, in millionths of degrees.
fn middle(centres: &[Timed], province: Territory) -> Option<(i64, i64)> {
    let there: Vec<(i32, i32)> = centres
        .iter()
        .filter(|timed| timed.centre.details.province == province)
        .filter_map(|timed| timed.centre.details.coordinates)
        .map(Coordinates::micro_degrees)
        .collect();
    let count = i64::try_from(there.len()).ok().filter(|count| *count > 0)?;
    let sum = |part: fn(&(i32, i32)) -> i32| there.iter().map(|one| i64::from(part(one))).sum::<i64>();
    Some((sum(|one| one.0) / count, sum(|one| one.1) / count))
}

/// Kilometres as the crow flies. Ecuador lies on the equator, so that a degree is as long in every direction: 111.32 km, and at its
/// southern end less than half a hundredth shorter to the east.
fn distance(from: Option<(i64, i64)>, centre: &Centre) -> Option<u16> {
    const METRES_OF_A_DEGREE: i64 = 111_320;
    let (latitude, longitude) = from?;
    let (north, east) = centre.details.coordinates?.micro_degrees();
    let metres = |degrees: i64| degrees * METRES_OF_A_DEGREE / 1_000_000;
    let (up, across) = (
        metres(i64::from(north) - latitude),
        metres(i64::from(east) - longitude),
    );
    u16::try_from((up * up + across * across).isqrt() / 1000).ok()
}
