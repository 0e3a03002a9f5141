//! What the desk sees of appointments.

use super::queue::masked;
use super::search::{Centres, centres_of};
use super::store::Record;
use crate::app::App;
use crate::appointments::{Booked, service as appointments};
use crate::centres::service as centres;
use crate::http::Failure;
use crate::staff::Officer;
use crate::store::{StoreError, Tx};
use shared::appointments::StageName;
use shared::centres::CentreId;
use shared::identifiers::AppointmentId;
use shared::time::{CivilDate, Timestamp};
use shared::visits::SearchKey;
use shared::visits::api::{
    ExpectedView, FoundAppointment, FoundStanding, FoundWaiting, MOST_FOUND, RoomView,
};
use std::collections::BTreeMap;

/// The appointments of a centre's day.
#[derive(Debug)]
pub(super) struct Day(Vec<Booked>);

impl Day {
    /// Of this centre and day, as they stand at `now`.
    pub(super) async fn of(
        app: &App,
        tx: &mut Tx,
        (centre, day): (CentreId, CivilDate),
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        Ok(Self(appointments::of_day(app, tx, centre, day, now).await?))
    }

    /// The room of a visit by video.
    pub(super) fn room(&self, record: &Record) -> Option<RoomView> {
        let appointed = record.appointment.as_ref()?;
        let booked = self.0.iter().find(|booked| booked.id == appointed.id)?;
        let video = booked.video.as_ref()?;
        Some(RoomView {
            opens_at: video.opens,
            closes_at: video.closes.instant(),
            url: video.room.clone(),
        })
    }

    /// Who has not come yet, by time.
    pub(super) fn expected(self) -> Vec<ExpectedView> {
        self.0
            .into_iter()
            .filter(|booked| booked.stage == StageName::Booked)
            .map(|booked| {
                let (employer, representative) = masked(&booked.identity);
                ExpectedView {
                    appointment: booked.id,
                    code: booked.code.to_string(),
                    starts_at: booked.starts_at,
                    procedure: booked.procedure,
                    mode: booked.mode,
                    employer,
                    representative,
                }
            })
            .collect()
    }
}

/// The appointments of what somebody quotes, the newest first.
pub(super) async fn find(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    key: &SearchKey,
    now: Timestamp,
) -> Result<Vec<FoundAppointment>, Failure> {
    let mut found: BTreeMap<AppointmentId, Booked> = BTreeMap::new();
    if let Some(code) = &key.appointment {
        let coded = appointments::by_code(app, tx, code, now).await?;
        found.extend(coded.into_iter().map(|booked| (booked.id, booked)));
    }
    if let Some(employer) = key.employer {
        let of_employer = appointments::by_employer(app, tx, employer, now).await?;
        found.extend(of_employer.into_iter().map(|booked| (booked.id, booked)));
    }
    if let Some(representative) = &key.representative {
        let of_person = appointments::by_representative(app, tx, representative, now).await?;
        found.extend(of_person.into_iter().map(|booked| (booked.id, booked)));
    }
    let centres = centres_of(tx, found.values().map(|booked| booked.centre)).await?;
    let mut found: Vec<_> = found.into_values().collect();
    found.sort_by_key(|booked| core::cmp::Reverse((booked.starts_at, booked.id)));
    found.truncate(usize::try_from(MOST_FOUND).unwrap_or(usize::MAX));
    let mut shown = Vec::with_capacity(found.len());
    for booked in found {
        let standing = standing(tx, officer, &booked, now).await?;
        shown.push(show(booked, standing, &centres)?);
    }
    Ok(shown)
}

/// Who waits for a place, of what somebody quotes.
pub(super) async fn waiting(
    app: &App,
    tx: &mut Tx,
    key: &SearchKey,
    now: Timestamp,
) -> Result<Vec<FoundWaiting>, StoreError> {
    let mut found = Vec::new();
    if let Some(code) = &key.appointment {
        found.extend(appointments::wait_of_code(tx, code, now).await?);
    }
    if let Some(representative) = &key.representative {
        found.extend(appointments::waits_of(app, tx, representative, now).await?);
    }
    let centres = centres_of(tx, found.iter().map(|waiting| waiting.centre)).await?;
    found
        .into_iter()
        .map(|waiting| {
            let (employer, representative) = masked(&waiting.identity);
            let centre = centres
                .get(&waiting.centre)
                .ok_or(StoreError::Corrupt("appointments.centre_id"))?;
            Ok(FoundWaiting {
                appointment: waiting.id,
                code: waiting.code.to_string(),
                centre: centre.details.name.to_string(),
                zone: centre.zone(),
                since: waiting.since,
                procedure: waiting.procedure,
                mode: waiting.mode,
                employer,
                representative,
            })
        })
        .collect()
}

fn show(booked: Booked, standing: FoundStanding, centres: &Centres) -> Result<FoundAppointment, StoreError> {
    let (employer, representative) = masked(&booked.identity);
    let centre = centres
        .get(&booked.centre)
        .ok_or(StoreError::Corrupt("appointments.centre_id"))?;
    Ok(FoundAppointment {
        appointment: booked.id,
        code: booked.code.to_string(),
        centre: centre.details.name.to_string(),
        zone: centre.zone(),
        starts_at: booked.starts_at,
        procedure: booked.procedure,
        mode: booked.mode,
        employer,
        representative,
        standing,
    })
}

/// What this officer can do with an appointment here and now.
async fn standing(
    tx: &mut Tx,
    officer: &Officer,
    booked: &Booked,
    now: Timestamp,
) -> Result<FoundStanding, StoreError> {
    match booked.stage {
        StageName::Booked => {}
        StageName::CheckedIn => return Ok(FoundStanding::CheckedIn),
        // Not confirmed, or not yet.
        StageName::Held | StageName::Waiting | StageName::Offered => return Ok(FoundStanding::Unconfirmed),
        StageName::Attended | StageName::NoShow | StageName::Cancelled | StageName::Lapsed => {
            return Ok(FoundStanding::Over);
        }
    }
    if !officer.works_at(booked.centre) {
        return Ok(FoundStanding::OtherCentre);
    }
    let zone = centres::by_id(tx, booked.centre)
        .await?
        .ok_or(StoreError::Corrupt("appointments.centre_id"))?
        .zone();
    Ok(if zone.day_of(booked.starts_at) == zone.day_of(now) {
        FoundStanding::CanCheckIn
    } else {
        FoundStanding::OtherDay
    })
}
