//! Looking at centres: what others build on.

use super::store::{self, ClosureRow, HolidayRow};
use super::{Centre, CentreId};
use crate::app::App;
use crate::store::{StoreError, Tx};
use shared::centres::api::{CentreList, CentreView};
use shared::centres::{Holiday, Mode, Procedure, Slot, Timetable};
use shared::time::{CivilDate, Timestamp};

/// A centre with what its slots follow from.
#[derive(Clone, Debug)]
pub struct Timed {
    /// The centre.
    pub centre: Centre,
    /// From yesterday on: what is over before is not loaded.
    pub timetable: Timetable,
    /// Its holidays and the national ones, with their names.
    pub holidays: Vec<Holiday>,
}

impl Timed {
    /// What everybody sees of it at `now`.
    pub fn view(&self, app: &App, now: Timestamp) -> CentreView {
        let policy = app.policy.centres;
        self.centre
            .view(self.timetable.exceptions(&self.holidays, now, policy))
    }

    /// The slots of a local day that can be booked at `now` for a procedure in this way; none where the centre does not offer it.
    pub fn slots(
        &self,
        app: &App,
        procedure: Procedure,
        mode: Mode,
        day: CivilDate,
        now: Timestamp,
    ) -> Vec<Slot> {
        if self.centre.offers(procedure, mode) {
            self.timetable.bookable(day, now, app.policy.centres)
        } else {
            Vec::new()
        }
    }

    /// The slot that begins at an instant, if it can be booked at `now` for a procedure in this way.
    pub fn slot_at(
        &self,
        app: &App,
        procedure: Procedure,
        mode: Mode,
        starts_at: Timestamp,
        now: Timestamp,
    ) -> Option<Slot> {
        self.timetable
            .bookable_at(starts_at, now, app.policy.centres)
            .filter(|_| self.centre.offers(procedure, mode))
    }
}

impl Timed {
    /// Of rows that may be of other centres too.
    fn of(centre: Centre, holidays: &[HolidayRow], closures: &[ClosureRow]) -> Self {
        Self {
            timetable: timetable(&centre, holidays, closures),
            holidays: own(&centre, holidays).map(|row| row.holiday.clone()).collect(),
            centre,
        }
    }
}

/// A centre, also one that has ceased to serve.
pub async fn by_id(tx: &mut Tx, id: CentreId) -> Result<Option<Centre>, StoreError> {
    store::by_id(tx, id).await
}

/// The centres that serve, by province and name.
pub async fn list(tx: &mut Tx) -> Result<Vec<Centre>, StoreError> {
    let mut centres = store::all(tx).await?;
    centres.retain(|centre| centre.closed_at.is_none());
    Ok(centres)
}

/// A centre with its timetable, in three statements.
///
/// Whoever books writes a row that refers to the centre *first* and then asks here in the same transaction: on PostgreSQL such
/// a row waits for a change of the centre that is under way, and a later change waits for the row and sees it.
pub async fn timed(tx: &mut Tx, id: CentreId, now: Timestamp) -> Result<Option<Timed>, StoreError> {
    let Some(centre) = store::by_id(tx, id).await? else {
        return Ok(None);
    };
    let holidays = store::holidays(tx, Some(id), yesterday(now)).await?;
    let closures = store::closures(tx, Some(id), now).await?;
    Ok(Some(Timed::of(centre, &holidays, &closures)))
}

/// The centres that serve, each with its timetable, in three statements.
pub async fn all_timed(tx: &mut Tx, now: Timestamp) -> Result<Vec<Timed>, StoreError> {
    let centres = list(tx).await?;
    let holidays = store::holidays(tx, None, yesterday(now)).await?;
    let closures = store::closures(tx, None, now).await?;
    Ok(centres
        .into_iter()
        .map(|centre| Timed::of(centre, &holidays, &closures))
        .collect())
}

/// The slots of a local day that can be booked at `now`; none for a centre that does not exist, serve or offer it.
pub async fn places_of_day(
    app: &App,
    tx: &mut Tx,
    centre: CentreId,
    procedure: Procedure,
    mode: Mode,
    day: CivilDate,
    now: Timestamp,
) -> Result<Vec<Slot>, StoreError> {
    Ok(timed(tx, centre, now)
        .await?
        .map(|timed| timed.slots(app, procedure, mode, day, now))
        .unwrap_or_default())
}

/// What everybody sees.
pub async fn public_list(app: &App, now: Timestamp) -> Result<CentreList, StoreError> {
    let mut tx = app.store.read().await?;
    let centres = all_timed(&mut tx, now).await?;
    Ok(CentreList {
        now,
        centres: centres.iter().map(|timed| timed.view(app, now)).collect(),
        horizon_days: app.policy.centres.horizon_days,
        slot_minutes: app.policy.centres.slot_minutes,
    })
}

/// The timetable of a centre, of rows that may be of other centres too.
pub(super) fn timetable(centre: &Centre, holidays: &[HolidayRow], closures: &[ClosureRow]) -> Timetable {
    Timetable {
        zone: centre.zone(),
        hours: centre.details.hours.clone(),
        counters: centre.details.counters,
        holidays: own(centre, holidays).map(|row| row.holiday.day).collect(),
        closures: closures
            .iter()
            .filter(|row| row.centre == centre.id)
            .map(|row| row.closure)
            .collect(),
    }
}

/// A centre's holidays: its own, and those of all.
fn own<'a>(centre: &Centre, holidays: &'a [HolidayRow]) -> impl Iterator<Item = &'a HolidayRow> {
    let id = centre.id;
    holidays
        .iter()
        .filter(move |row| row.centre.is_none_or(|owner| owner == id))
}

/// A day before every zone's today.
pub(super) fn yesterday(now: Timestamp) -> CivilDate {
    CivilDate::in_ecuador(now.before(std::time::Duration::from_hours(24)))
}
