//! What administrators do with centres.

use super::service::{Timed, timed, yesterday};
use super::store::{self, ClosureRow};
use super::{Centre, CentreId, displaced};
use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::staff::service::record;
use crate::staff::{About, Deed, Officer};
use crate::store::{StoreError, Tx};
use notary::handout::unprintable;
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::centres::api::CentreDetails;
use shared::centres::keeping::{
    CentreToEnd, CentreToResume, CentreToSave, ClosureToEnd, HolidaysToSave, Kept, KeptCentre, KeptCentres,
    KeptClosure, MOST_HOLIDAYS, TimeToClose,
};
use shared::centres::{CantonName, Closure, ClosureId, Holiday, Territory};
use shared::registries::Canton;
use shared::staff::{ActReason, DeedName};
use shared::time::Timestamp;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Every centre, for those who keep them; the look is written down.
pub async fn list(app: &App, officer: &Officer, call: Call) -> Result<KeptCentres, Failure> {
    let mut tx = app.store.write().await?;
    let deed = Deed::seen(DeedName::CentresSeen, About::default());
    record(app, &mut tx, officer, &deed, call).await?;
    let centres = listed(app, &mut tx, call.at).await?;
    tx.commit().await?;
    Ok(centres)
}

/// Makes a centre, or gives one other details.
pub async fn save(app: &App, officer: &Officer, asked: CentreToSave, call: Call) -> Result<Kept, Failure> {
    let details = placed(asked.details).map_err(|code| Problem::field("details.canton", code))?;
    for (field, said) in [
        ("details.name", details.name.as_str()),
        ("details.address", details.address.as_str()),
    ] {
        printable(said).map_err(|code| Problem::field(field, code))?;
    }
    let mut work = Work::begin(app, call).await?;
    let other = store::by_code(&mut work.tx, &details.code).await?;
    if other.is_some_and(|other| Some(other.id) != asked.centre) {
        return Err(Problem::field("details.code", FieldCode::AlreadyUsed).into());
    }
    let id = if let Some(id) = asked.centre {
        let before = work.enter(id).await?;
        if asked.seen.as_ref() != Some(&before.centre.details) {
            return Err(ErrorCode::DetailsChanged.into());
        }
        store::update(&mut work.tx, id, &details).await?;
        work.leave(before).await?;
        id
    } else {
        let id = CentreId::new(call.at, app.entropy.bytes());
        insert(&mut work.tx, id, &details).await?;
        id
    };
    work.end(
        officer,
        DeedName::CentreSaved,
        Some(id),
        &asked.reason,
        asked.agreed,
    )
    .await
}

/// Puts other holidays in the place of a centre's, or of the national ones.
pub async fn set_holidays(
    app: &App,
    officer: &Officer,
    asked: HolidaysToSave,
    call: Call,
) -> Result<Kept, Failure> {
    let rows = holiday_rows(app, &asked.holidays, call.at)?;
    let mut work = Work::begin(app, call).await?;
    let before = match asked.centre {
        Some(id) => vec![work.enter(id).await?],
        None => work.enter_all().await?,
    };
    if !are_seen(&mut work.tx, &asked, call.at).await? {
        return Err(ErrorCode::DetailsChanged.into());
    }
    store::set_holidays(&mut work.tx, asked.centre, &rows).await?;
    for one in before {
        work.leave(one).await?;
    }
    work.end(
        officer,
        DeedName::CentreSaved,
        asked.centre,
        &asked.reason,
        asked.agreed,
    )
    .await
}

/// Closes a centre for some time.
pub async fn close(app: &App, officer: &Officer, asked: TimeToClose, call: Call) -> Result<Kept, Failure> {
    let mut work = Work::begin(app, call).await?;
    let before = work.enter(asked.centre).await?;
    let zone = before.centre.zone();
    let closure = Closure {
        from: asked.from.instant(zone),
        until: asked.until.instant(zone),
    };
    if closure.until <= closure.from || closure.until <= call.at {
        return Err(Problem::field("until", FieldCode::OutOfRange).into());
    }
    let row = ClosureRow {
        id: ClosureId::new(call.at, app.entropy.bytes()),
        centre: asked.centre,
        closure,
    };
    store::insert_closure(&mut work.tx, &row).await?;
    work.leave(before).await?;
    let centre = Some(asked.centre);
    work.end(
        officer,
        DeedName::CentreClosed,
        centre,
        &asked.reason,
        asked.agreed,
    )
    .await
}

/// Takes a closure back.
pub async fn open(app: &App, officer: &Officer, asked: ClosureToEnd, call: Call) -> Result<Kept, Failure> {
    let mut work = Work::begin(app, call).await?;
    let before = work.enter(asked.centre).await?;
    if !store::end_closure(&mut work.tx, asked.centre, asked.closure).await? {
        return Err(Problem::field("closure", FieldCode::NotOffered).into());
    }
    work.leave(before).await?;
    work.end(
        officer,
        DeedName::CentreSaved,
        Some(asked.centre),
        &asked.reason,
        0,
    )
    .await
}

/// Ends a centre's service for good. One that has ended stays as it is.
pub async fn end(app: &App, officer: &Officer, asked: CentreToEnd, call: Call) -> Result<Kept, Failure> {
    let mut work = Work::begin(app, call).await?;
    let before = work.enter(asked.centre).await?;
    store::close(&mut work.tx, asked.centre, call.at).await?;
    work.leave(before).await?;
    let centre = Some(asked.centre);
    work.end(
        officer,
        DeedName::CentreClosed,
        centre,
        &asked.reason,
        asked.agreed,
    )
    .await
}

/// Lets an ended centre serve again. One that serves stays as it is.
pub async fn resume(
    app: &App,
    officer: &Officer,
    asked: CentreToResume,
    call: Call,
) -> Result<Kept, Failure> {
    let mut work = Work::begin(app, call).await?;
    let before = work.enter(asked.centre).await?;
    store::reopen(&mut work.tx, asked.centre).await?;
    work.leave(before).await?;
    let centre = Some(asked.centre);
    work.end(officer, DeedName::CentreSaved, centre, &asked.reason, 0)
        .await
}

/// Refuses what the sheet of an appointment could not show.
pub(super) fn printable(said: &str) -> Result<(), FieldCode> {
    match unprintable(said) {
        Ok(None) => Ok(()),
        Ok(Some(_)) | Err(_) => Err(FieldCode::Characters),
    }
}

/// Details whose canton lies in their province, spelt as it is on the map.
pub(super) fn placed(details: CentreDetails) -> Result<CentreDetails, FieldCode> {
    Ok(CentreDetails {
        canton: canton(&details.canton, details.province)?,
        ..details
    })
}

fn canton(name: &CantonName, territory: Territory) -> Result<CantonName, FieldCode> {
    Canton::find(name.as_str(), Some(territory.province()))
        .and_then(|canton| canton.name.parse().ok())
        .ok_or(FieldCode::NotOffered)
}

/// A new centre, unless another had the code a moment before.
async fn insert(tx: &mut Tx, id: CentreId, details: &CentreDetails) -> Result<(), Failure> {
    match store::insert(tx, id, details).await {
        Err(StoreError::Conflict(_)) => Err(Problem::field("details.code", FieldCode::AlreadyUsed).into()),
        other => Ok(other?),
    }
}

/// Whether the holidays are still those that the form showed. Those that are forgotten anyhow do not count.
async fn are_seen(tx: &mut Tx, asked: &HolidaysToSave, now: Timestamp) -> Result<bool, StoreError> {
    let from = yesterday(now);
    let rows = store::holidays(tx, None, from).await?;
    let there = rows
        .iter()
        .filter(|row| row.centre == asked.centre)
        .map(|row| row.holiday.day);
    let seen = asked.seen.iter().copied().filter(|day| *day >= from);
    Ok(there.collect::<BTreeSet<_>>() == seen.collect())
}

/// Holidays with ids for their rows, each day once.
fn holiday_rows(app: &App, holidays: &[Holiday], at: Timestamp) -> Result<Vec<(Uuid, Holiday)>, Problem> {
    if holidays.len() > MOST_HOLIDAYS {
        return Err(Problem::field("holidays", FieldCode::TooLong));
    }
    let days: BTreeSet<_> = holidays.iter().map(|holiday| holiday.day).collect();
    if days.len() < holidays.len() {
        return Err(Problem::field("holidays", FieldCode::AlreadyUsed));
    }
    for holiday in holidays {
        printable(holiday.name.as_str()).map_err(|code| Problem::field("holidays", code))?;
    }
    Ok(with_ids(app, holidays.to_vec(), at))
}

/// Ids for the rows of holidays.
pub(super) fn with_ids(app: &App, holidays: Vec<Holiday>, at: Timestamp) -> Vec<(Uuid, Holiday)> {
    let id = || shared::identifiers::version_7(at, app.entropy.bytes());
    holidays.into_iter().map(|holiday| (id(), holiday)).collect()
}

/// A change of centres in one transaction, and the appointments that it displaces.
pub(super) struct Work<'a> {
    app: &'a App,
    call: Call,
    pub(super) tx: Tx,
    displaced: Vec<shared::identifiers::AppointmentId>,
}

impl<'a> Work<'a> {
    pub(super) async fn begin(app: &'a App, call: Call) -> Result<Self, StoreError> {
        Ok(Self {
            app,
            call,
            tx: app.store.write().await?,
            displaced: Vec::new(),
        })
    }

    /// Raises a centre's version, so that nobody books a place of it meanwhile, and looks at it as it is.
    pub(super) async fn enter(&mut self, id: CentreId) -> Result<Timed, Failure> {
        let unknown = || Problem::field("centre", FieldCode::NotOffered);
        if !store::raise(&mut self.tx, id).await? {
            return Err(unknown().into());
        }
        Ok(timed(&mut self.tx, id, self.call.at).await?.ok_or_else(unknown)?)
    }

    /// The same for every centre.
    async fn enter_all(&mut self) -> Result<Vec<Timed>, Failure> {
        store::raise_all(&mut self.tx).await?;
        let mut all = Vec::new();
        for centre in store::all(&mut self.tx).await? {
            all.extend(timed(&mut self.tx, centre.id, self.call.at).await?);
        }
        Ok(all)
    }

    /// Notes what a change of a centre displaces, after it was written.
    pub(super) async fn leave(&mut self, before: Timed) -> Result<(), StoreError> {
        if let Some(after) = timed(&mut self.tx, before.centre.id, self.call.at).await? {
            let gone = displaced::by(self.app, &mut self.tx, &before, &after, self.call.at).await?;
            self.displaced.extend(gone);
        }
        Ok(())
    }

    /// How many appointments it displaces.
    pub(super) fn displaces(&self) -> u32 {
        u32::try_from(self.displaced.len()).unwrap_or(u32::MAX)
    }

    /// Cancels what it displaces, and has their people told.
    pub(super) async fn cancel(&mut self) -> Result<(), Failure> {
        displaced::cancel(self.app, &mut self.tx, &self.displaced, self.call).await
    }

    /// Makes the change, if it displaces no more than was agreed to; otherwise says how many, and nothing of it stands.
    async fn end(
        mut self,
        officer: &Officer,
        name: DeedName,
        centre: Option<CentreId>,
        reason: &ActReason,
        agreed: u32,
    ) -> Result<Kept, Failure> {
        let Self { app, call, .. } = self;
        let displaces = self.displaces();
        if displaces > agreed {
            drop(self.tx);
            let mut tx = app.store.read().await?;
            return Ok(Kept {
                displaces: Some(displaces),
                centres: listed(app, &mut tx, call.at).await?,
            });
        }
        self.cancel().await?;
        let about = About {
            centre,
            ..About::default()
        };
        let deed = Deed::for_reason(name, reason, about);
        record(app, &mut self.tx, officer, &deed, call).await?;
        let centres = listed(app, &mut self.tx, call.at).await?;
        self.tx.commit().await?;
        app.notifications.wake();
        Ok(Kept {
            displaces: None,
            centres,
        })
    }
}

async fn listed(app: &App, tx: &mut Tx, now: Timestamp) -> Result<KeptCentres, StoreError> {
    let holidays = store::holidays(tx, None, yesterday(now)).await?;
    let closures = store::closures(tx, None, now).await?;
    let mut centres = Vec::new();
    for Centre {
        id,
        details,
        closed_at,
        ..
    } in store::all(tx).await?
    {
        centres.push(KeptCentre {
            id,
            details,
            holidays: holidays
                .iter()
                .filter(|row| row.centre == Some(id))
                .map(|row| row.holiday.clone())
                .collect(),
            closures: closures
                .iter()
                .filter(|row| row.centre == id)
                .map(|row| KeptClosure {
                    id: row.id,
                    closure: row.closure,
                })
                .collect(),
            ended_at: closed_at,
        });
    }
    Ok(KeptCentres {
        now,
        centres,
        national: holidays
            .into_iter()
            .filter(|row| row.centre.is_none())
            .map(|row| row.holiday)
            .collect(),
        horizon_days: app.policy.centres.horizon_days,
        slot_minutes: app.policy.centres.slot_minutes,
    })
}
