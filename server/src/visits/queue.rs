//! An officer's desk, and the queue as it is shown there.

use super::booked::Day;
use super::store::{self, Record};
use crate::app::App;
use crate::centres::service as centres;
use crate::challenges::Identity;
use crate::http::Failure;
use crate::staff::{Officer, service as staff};
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::centres::{CentreId, Counters, Zone};
use shared::identifiers::StaffId;
use shared::time::{CivilDate, Timestamp};
use shared::visits::api::{AppointmentBrief, CounterView, QueueView, RoomView, VisitView};
use shared::visits::{CounterNumber, StageName, Waiting};
use std::collections::{BTreeMap, BTreeSet};

/// Where an officer works today.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    centre: CentreId,
    name: String,
    zone: Zone,
    counters: Counters,
    day: CivilDate,
    seat: Option<CounterNumber>,
}

impl Desk {
    /// The desk of an officer: at their centre; where they work at all of them, at the one where they chose a counter today.
    pub(super) async fn of(tx: &mut Tx, officer: &Officer, now: Timestamp) -> Result<Self, Failure> {
        let seat = store::seat_of(tx, officer.id()).await?;
        let sits = seat.as_ref().map(|seat| seat.centre);
        let centre = officer.centre().or(sits).ok_or(ErrorCode::CentreMissing)?;
        let mut desk = Self::at(tx, centre, now).await?;
        let today = seat.filter(|seat| (seat.centre, seat.day) == (desk.centre, desk.day));
        match (officer.centre(), today) {
            // A seat of yesterday says nothing of today.
            (None, None) => Err(ErrorCode::CentreMissing.into()),
            (Some(_), None) => Ok(desk),
            (_, Some(seat)) => {
                desk.seat = Some(seat.counter);
                Ok(desk)
            }
        }
    }

    /// A desk at a centre, without a seat.
    pub(super) async fn at(tx: &mut Tx, centre: CentreId, now: Timestamp) -> Result<Self, Failure> {
        let centre = centres::by_id(tx, centre)
            .await?
            .ok_or(ErrorCode::CentreMissing)?;
        Ok(Self {
            day: centre.zone().day_of(now),
            zone: centre.zone(),
            name: centre.details.name.to_string(),
            counters: centre.details.counters,
            centre: centre.id,
            seat: None,
        })
    }

    /// The centre.
    pub(super) const fn centre(&self) -> CentreId {
        self.centre
    }

    /// Today, on its calendar.
    pub(super) const fn day(&self) -> CivilDate {
        self.day
    }

    /// How many counters it has.
    pub(super) const fn counters(&self) -> Counters {
        self.counters
    }

    /// The numbers of its counters.
    fn numbers(&self) -> impl Iterator<Item = CounterNumber> {
        (1..=self.counters.count()).filter_map(|number| CounterNumber::try_from(number).ok())
    }

    /// Where the officer sits.
    pub(super) const fn seat(&self) -> Option<CounterNumber> {
        self.seat
    }

    /// The same desk, with another seat.
    pub(super) fn moved_to(self, seat: Option<CounterNumber>) -> Self {
        Self { seat, ..self }
    }
}

/// What all topics of a centre's queue begin with.
pub(super) fn topics(centre: CentreId) -> String {
    format!("queue {centre} ")
}

/// What an officer waits for: each has a topic of their own, since the number of those who wait for one is limited.
pub(super) fn topic(centre: CentreId, officer: StaffId) -> String {
    format!("{}{officer}", topics(centre))
}

/// The queue of a desk's centre today, masked, as this officer sees it.
pub(super) async fn view(
    app: &App,
    tx: &mut Tx,
    desk: &Desk,
    officer: &Officer,
    now: Timestamp,
) -> Result<QueueView, StoreError> {
    let records = store::of_day(tx, desk.centre, desk.day).await?;
    let seats = store::seats(tx, desk.centre, desk.day).await?;
    let booked = Day::of(app, tx, (desk.centre, desk.day), now).await?;
    let names = names(tx, &records, &seats).await?;
    let (waiting, others): (Vec<_>, Vec<_>) = records
        .into_iter()
        .partition(|record| record.visit.stage().name() == StageName::Waiting);
    let mine = others
        .iter()
        .find(|record| record.is_with(officer.id()))
        .map(|record| record.id);
    let visits = shared::visits::next(waiting, now, Record::waiting)
        .into_iter()
        .chain(others)
        .map(|record| {
            // The room is for who is to meet there, and for nobody else who looks at the queue.
            let room = (mine == Some(record.id)).then(|| booked.room(&record)).flatten();
            shown(record, room, &names)
        })
        .collect();
    Ok(QueueView {
        now,
        centre: desk.centre,
        name: desk.name.clone(),
        zone: desk.zone,
        day: desk.day,
        counters: desk
            .numbers()
            .map(|counter| CounterView {
                counter,
                officer: seats
                    .iter()
                    .find(|(_, taken)| *taken == counter)
                    .and_then(|(officer, _)| names.get(officer).cloned()),
            })
            .collect(),
        seat: desk.seat,
        mine,
        visits,
        expected: booked.expected(),
    })
}

fn shown(record: Record, room: Option<RoomView>, names: &Names) -> VisitView {
    let stage = *record.visit.stage();
    let arrived_at = record.visit.arrived_at();
    let (employer, representative) = record.identity.as_ref().map(masked).unzip();
    VisitView {
        visit: record.id,
        number: record.number,
        procedure: record.procedure,
        mode: record.mode,
        employer: employer.unwrap_or_default(),
        representative: representative.unwrap_or_default(),
        appointment: record.appointment.map(|appointed| AppointmentBrief {
            code: appointed.code.to_string(),
            starts_at: appointed.starts_at,
        }),
        arrived_at,
        stage: stage.name(),
        since: stage.since().unwrap_or(arrived_at),
        counter: stage.counter(),
        officer: stage.officer().and_then(|officer| names.get(&officer).cloned()),
        room,
    }
}

/// Employer and representative, masked.
pub(super) fn masked(identity: &Identity) -> (String, String) {
    (identity.employer.masked(), identity.representative.masked())
}

/// What officers are called.
pub(super) type Names = BTreeMap<StaffId, String>;

async fn names(
    tx: &mut Tx,
    records: &[Record],
    seats: &[(StaffId, CounterNumber)],
) -> Result<Names, StoreError> {
    let called = records.iter().filter_map(|record| record.visit.stage().officer());
    let sitting = seats.iter().map(|(officer, _)| *officer);
    names_of(tx, called.chain(sitting)).await
}

/// What these officers are called.
pub(super) async fn names_of(
    tx: &mut Tx,
    officers: impl Iterator<Item = StaffId>,
) -> Result<Names, StoreError> {
    let mut names = Names::new();
    for officer in officers.collect::<BTreeSet<_>>() {
        if let Some(member) = staff::by_id(tx, officer).await? {
            names.insert(officer, member.name.to_string());
        }
    }
    Ok(names)
}

impl Record {
    /// Whether an officer called or serves it at this moment.
    pub(super) fn is_with(&self, officer: StaffId) -> bool {
        let stage = self.visit.stage();
        stage.name().is_open() && stage.officer() == Some(officer)
    }

    /// Where it stands among those who wait.
    pub(super) fn waiting(&self) -> Waiting {
        Waiting {
            arrived_at: self.visit.arrived_at(),
            starts_at: self.appointment.as_ref().map(|appointed| appointed.starts_at),
            number: self.number,
        }
    }
}
