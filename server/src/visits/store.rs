//! SQL of visits and of the counters that officers sit at.

use super::service::AtOnce;
use crate::challenges::Identity;
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::appointments::AppointmentCode;
use shared::centres::{CentreId, Mode, Procedure};
use shared::identifiers::{AppointmentId, StaffId, VisitId};
use shared::reports::{Figures, Mean};
use shared::time::{CivilDate, Timestamp};
use shared::visits::{CounterNumber, Stage, StageName, Visit};
use std::time::Duration;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    NUMBER,
    INSERT,
    BY_ID,
    OF_DAY,
    MINE,
    BY_EMPLOYER,
    BY_REPRESENTATIVE,
    BY_CODE,
    OPEN_BEFORE,
    SAVE,
    FORGET,
    PURGE,
    PURGE_NUMBERS,
    SIT,
    STAND,
    SEAT_OF,
    SEATS,
    PURGE_SEATS,
    FIGURES,
    AT_ONCE,
    super::kept::VISITS,
    super::kept::FORGET_VISITS,
];

macro_rules! columns {
    () => {
        "id, version, centre_id, day, number, appointment_id, code, starts_at, procedure, mode, identity, state, officer_id, \
        counter, arrived_at, called_at, began_at, ended_at"
    };
}

const NUMBER: &str = "INSERT INTO visit_numbers (centre_id, day, last) VALUES ($1, $2, 1) \
    ON CONFLICT (centre_id, day) DO UPDATE SET last = visit_numbers.last + 1 RETURNING last";
const INSERT: &str = concat!(
    "INSERT INTO visits (",
    columns!(),
    ", employer, representative) \
    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
);
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM visits WHERE id = $1");
const OF_DAY: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM visits WHERE centre_id = $1 AND day = $2 ORDER BY number"
);
const MINE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM visits WHERE officer_id = $1 AND state IN ('called', 'in_service')"
);
const BY_EMPLOYER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM visits WHERE employer = $1 ORDER BY arrived_at DESC LIMIT $2"
);
const BY_REPRESENTATIVE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM visits WHERE representative = $1 ORDER BY arrived_at DESC LIMIT $2"
);
const BY_CODE: &str = concat!("SELECT ", columns!(), " FROM visits WHERE code = $1");
const OPEN_BEFORE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM visits WHERE state IN ('waiting', 'called', 'in_service') AND day < $1 ORDER BY day, number LIMIT $2"
);
// Compare and swap: only the version that was read is replaced.
const SAVE: &str = "UPDATE visits SET version = version + 1, state = $3, officer_id = $4, counter = $5, called_at = $6, \
    began_at = $7, ended_at = $8 WHERE id = $1 AND version = $2";
const FORGET: &str = "UPDATE visits SET identity = NULL, employer = NULL, representative = NULL \
    WHERE identity IS NOT NULL AND arrived_at <= $1";
const PURGE: &str = "DELETE FROM visits WHERE arrived_at <= $1 AND state IN ('done', 'no_show')";
const PURGE_NUMBERS: &str = "DELETE FROM visit_numbers WHERE day < $1";
const SIT: &str = "INSERT INTO visit_counters (staff_id, centre_id, day, counter, chosen_at) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (staff_id) DO UPDATE SET centre_id = $2, day = $3, counter = $4, chosen_at = $5";
const STAND: &str = "DELETE FROM visit_counters WHERE staff_id = $1";
const SEAT_OF: &str = "SELECT centre_id, day, counter FROM visit_counters WHERE staff_id = $1";
const SEATS: &str =
    "SELECT staff_id, counter FROM visit_counters WHERE centre_id = $1 AND day = $2 ORDER BY counter";
const PURGE_SEATS: &str = "DELETE FROM visit_counters WHERE day < $1";
// Times in whole seconds. What nobody finished ended with its day, long after the person had gone: it measures no service.
const FIGURES: &str = "SELECT centre_id, day, COUNT(appointment_id) AS appointments, COUNT(*) AS came, \
    COUNT(CASE WHEN mode = 'video' THEN 1 END) AS video, COUNT(CASE WHEN state = 'done' THEN 1 END) AS served, \
    COUNT(CASE WHEN state = 'no_show' AND called_at IS NOT NULL AND appointment_id IS NULL THEN 1 END) AS no_shows, \
    COUNT(CASE WHEN state = 'no_show' AND called_at IS NULL THEN 1 END) AS unserved, COUNT(began_at) AS waited, \
    CAST(COALESCE(SUM(CASE WHEN began_at IS NOT NULL THEN (called_at - arrived_at) / 1000000 END), 0) AS BIGINT) AS waited_seconds, \
    COALESCE(MAX(CASE WHEN began_at IS NOT NULL THEN (called_at - arrived_at) / 1000000 END), 0) AS waited_longest, \
    COUNT(CASE WHEN state = 'done' AND ended_at - began_at < $3 THEN 1 END) AS measured, \
    CAST(COALESCE(SUM(CASE WHEN state = 'done' AND ended_at - began_at < $3 THEN (ended_at - began_at) / 1000000 END), 0) AS BIGINT) \
    AS serving_seconds, \
    COALESCE(MAX(CASE WHEN state = 'done' AND ended_at - began_at < $3 THEN (ended_at - began_at) / 1000000 END), 0) AS serving_longest \
    FROM visits WHERE day >= $1 AND day <= $2 GROUP BY centre_id, day";

const AT_ONCE: &str = "SELECT COUNT(CASE WHEN state = 'waiting' THEN 1 END), \
    COUNT(CASE WHEN state IN ('called', 'in_service') THEN 1 END), MIN(CASE WHEN state = 'waiting' THEN arrived_at END) \
    FROM visits WHERE centre_id = $1 AND day = $2 AND state IN ('waiting', 'called', 'in_service')";

/// A visit and what the server keeps beside it.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its row.
    pub id: VisitId,
    /// Which version was read.
    pub version: i64,
    /// The centre.
    pub centre: CentreId,
    /// The day on its calendar.
    pub day: CivilDate,
    /// What they are called by.
    pub number: u32,
    /// The appointment that it comes from.
    pub appointment: Option<Appointed>,
    /// What for.
    pub procedure: Procedure,
    /// In person, or by video.
    pub mode: Mode,
    /// What was typed; `None` when its time is over.
    pub identity: Option<Identity>,
    /// Where it stands.
    pub visit: Visit,
}

/// What a visit keeps of its appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointed {
    /// Its row.
    pub id: AppointmentId,
    /// Its code.
    pub code: AppointmentCode,
    /// Its time.
    pub starts_at: Timestamp,
}

/// Under what a visit is found.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// Keyed digest of the employer's number.
    pub employer: Digest,
    /// Keyed digest of the representative's number.
    pub representative: Digest,
}

/// Where an officer chose to sit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The centre.
    pub centre: CentreId,
    /// On which day of its calendar.
    pub day: CivilDate,
    /// The counter.
    pub counter: CounterNumber,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    version: i64,
    centre_id: Uuid,
    day: String,
    number: i64,
    appointment_id: Option<Uuid>,
    code: Option<String>,
    starts_at: Option<i64>,
    procedure: String,
    mode: String,
    identity: Option<String>,
    state: String,
    officer_id: Option<Uuid>,
    counter: Option<i64>,
    arrived_at: i64,
    called_at: Option<i64>,
    began_at: Option<i64>,
    ended_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct FiguresRow {
    centre_id: Uuid,
    day: String,
    appointments: i64,
    came: i64,
    video: i64,
    served: i64,
    no_shows: i64,
    unserved: i64,
    waited: i64,
    waited_seconds: i64,
    waited_longest: i64,
    measured: i64,
    serving_seconds: i64,
    serving_longest: i64,
}

/// The next number of a centre's day: each is given once.
pub async fn number(tx: &mut Tx, centre: CentreId, day: CivilDate) -> Result<u32, StoreError> {
    let (last,): (i64,) = on!(tx, |conn| sqlx::query_as(NUMBER)
        .bind(centre.as_uuid())
        .bind(day.to_string())
        .fetch_one(conn))?;
    u32::try_from(last).map_err(|_| StoreError::Corrupt("visit_numbers.last"))
}

/// Writes a new visit. [`StoreError::Conflict`] where the appointment has one already.
pub async fn insert(tx: &mut Tx, record: &Record, found: Found) -> Result<(), StoreError> {
    let identity = record
        .identity
        .as_ref()
        .map(serde_json::to_string)
        .transpose()
        .map_err(|_| StoreError::Corrupt("visits.identity"))?;
    let appointed = record.appointment.as_ref();
    let stage = record.visit.stage();
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(record.id.as_uuid())
            .bind(record.centre.as_uuid())
            .bind(record.day.to_string())
            .bind(i64::from(record.number))
            .bind(appointed.map(|appointed| appointed.id.as_uuid()))
            .bind(appointed.map(|appointed| appointed.code.as_str()))
            .bind(appointed.map(|appointed| appointed.starts_at.as_micros()))
            .bind(record.procedure.as_str())
            .bind(record.mode.as_str())
            .bind(identity)
            .bind(stage.name().as_str())
            .bind(stage.officer().map(StaffId::as_uuid))
            .bind(stage.counter().map(|counter| i64::from(counter.get())))
            .bind(record.visit.arrived_at().as_micros())
            .bind(stage.called_at().map(Timestamp::as_micros))
            .bind(stage.began_at().map(Timestamp::as_micros))
            .bind(stage.ended_at().map(Timestamp::as_micros))
            .bind(found.employer.as_slice())
            .bind(found.representative.as_slice())
    )?;
    Ok(())
}

/// A visit.
pub async fn by_id(tx: &mut Tx, id: VisitId) -> Result<Option<Record>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Record::read).transpose()
}

/// The visits of a centre's day, by number.
pub async fn of_day(tx: &mut Tx, centre: CentreId, day: CivilDate) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(OF_DAY)
        .bind(centre.as_uuid())
        .bind(day.to_string())
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// The visit that an officer called or serves.
pub async fn mine(tx: &mut Tx, officer: StaffId) -> Result<Option<Record>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(MINE)
        .bind(officer.as_uuid())
        .fetch_optional(conn))?;
    row.map(Record::read).transpose()
}

/// Visits of an employer's number, the newest first.
pub async fn by_employer(tx: &mut Tx, employer: &Digest, limit: u32) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(BY_EMPLOYER)
        .bind(employer.as_slice())
        .bind(i64::from(limit))
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// Visits of a representative, the newest first.
pub async fn by_representative(
    tx: &mut Tx,
    representative: &Digest,
    limit: u32,
) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(BY_REPRESENTATIVE)
        .bind(representative.as_slice())
        .bind(i64::from(limit))
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// The visit that came from the appointment with this code.
pub async fn by_code(tx: &mut Tx, code: &AppointmentCode) -> Result<Option<Record>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_CODE)
        .bind(code.as_str())
        .fetch_optional(conn))?;
    row.map(Record::read).transpose()
}

/// Visits of days before `day` that nobody has finished.
pub async fn open_before(tx: &mut Tx, day: CivilDate, limit: i64) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(OPEN_BEFORE)
        .bind(day.to_string())
        .bind(limit)
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// Replaces the version that was read by the visit as it stands in `record`, or fails with [`StoreError::Changed`]; with
/// [`StoreError::Conflict`] where the officer has another visit.
pub async fn save(tx: &mut Tx, record: &Record) -> Result<(), StoreError> {
    let stage = record.visit.stage();
    let changed = changed!(
        tx,
        sqlx::query(SAVE)
            .bind(record.id.as_uuid())
            .bind(record.version)
            .bind(stage.name().as_str())
            .bind(stage.officer().map(StaffId::as_uuid))
            .bind(stage.counter().map(|counter| i64::from(counter.get())))
            .bind(stage.called_at().map(Timestamp::as_micros))
            .bind(stage.began_at().map(Timestamp::as_micros))
            .bind(stage.ended_at().map(Timestamp::as_micros))
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}

/// Forgets what was typed for visits of before `before`. How many.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(FORGET).bind(before.as_micros()))?)
}

/// Deletes visits of before `before` that are over. How many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(PURGE).bind(before.as_micros()))?)
}

/// Deletes numbers and seats of days before `day`.
pub async fn purge_days(tx: &mut Tx, day: CivilDate) -> Result<u64, StoreError> {
    let numbers = changed!(tx, sqlx::query(PURGE_NUMBERS).bind(day.to_string()))?;
    Ok(numbers + changed!(tx, sqlx::query(PURGE_SEATS).bind(day.to_string()))?)
}

/// An officer sits at a counter from here on, and nowhere else. [`StoreError::Conflict`] where somebody sits there.
pub async fn sit(
    tx: &mut Tx,
    officer: StaffId,
    (centre, day): (CentreId, CivilDate),
    counter: CounterNumber,
    at: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(SIT)
            .bind(officer.as_uuid())
            .bind(centre.as_uuid())
            .bind(day.to_string())
            .bind(i64::from(counter.get()))
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// An officer sits nowhere from here on.
pub async fn stand(tx: &mut Tx, officer: StaffId) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(STAND).bind(officer.as_uuid()))?;
    Ok(())
}

/// Where an officer chose to sit last.
pub async fn seat_of(tx: &mut Tx, officer: StaffId) -> Result<Option<Seat>, StoreError> {
    let row: Option<(Uuid, String, i64)> = on!(tx, |conn| sqlx::query_as(SEAT_OF)
        .bind(officer.as_uuid())
        .fetch_optional(conn))?;
    row.map(|(centre, day, counter)| {
        Ok(Seat {
            centre: CentreId::from_uuid(centre),
            day: day
                .parse()
                .map_err(|_| StoreError::Corrupt("visit_counters.day"))?,
            counter: counter_of(counter, "visit_counters.counter")?,
        })
    })
    .transpose()
}

/// Who sits where on a centre's day, by counter.
pub async fn seats(
    tx: &mut Tx,
    centre: CentreId,
    day: CivilDate,
) -> Result<Vec<(StaffId, CounterNumber)>, StoreError> {
    let rows: Vec<(Uuid, i64)> = on!(tx, |conn| sqlx::query_as(SEATS)
        .bind(centre.as_uuid())
        .bind(day.to_string())
        .fetch_all(conn))?;
    rows.into_iter()
        .map(|(officer, counter)| {
            let counter = counter_of(counter, "visit_counters.counter")?;
            Ok((StaffId::from_uuid(officer), counter))
        })
        .collect()
}

/// The figures of each centre and day between two days, as far as visits tell them. A service of `longest` or more is not measured.
pub async fn figures(
    tx: &mut Tx,
    (from, to): (CivilDate, CivilDate),
    longest: Duration,
) -> Result<Vec<(CentreId, CivilDate, Figures)>, StoreError> {
    let longest = i64::try_from(longest.as_micros()).unwrap_or(i64::MAX);
    let rows: Vec<FiguresRow> = on!(tx, |conn| sqlx::query_as(FIGURES)
        .bind(from.to_string())
        .bind(to.to_string())
        .bind(longest)
        .fetch_all(conn))?;
    rows.into_iter().map(FiguresRow::read).collect()
}

/// Who is at a centre on a day, and not served to the end.
pub async fn at_once(tx: &mut Tx, centre: CentreId, day: CivilDate) -> Result<AtOnce, StoreError> {
    let (waiting, in_service, longest): (i64, i64, Option<i64>) = on!(tx, |conn| sqlx::query_as(AT_ONCE)
        .bind(centre.as_uuid())
        .bind(day.to_string())
        .fetch_one(conn))?;
    let count = |number: i64| u32::try_from(number).map_err(|_| StoreError::Corrupt("visits"));
    Ok(AtOnce {
        waiting: count(waiting)?,
        in_service: count(in_service)?,
        longest_since: longest.map(Timestamp::from_micros),
    })
}

impl FiguresRow {
    fn read(self) -> Result<(CentreId, CivilDate, Figures), StoreError> {
        let corrupt = StoreError::Corrupt;
        let count = |number: i64| u32::try_from(number).map_err(|_| corrupt("visits"));
        let seconds = |number: i64| u64::try_from(number).map_err(|_| corrupt("visits.called_at"));
        let figures = Figures {
            appointments: count(self.appointments)?,
            walk_ins: count(self.came - self.appointments)?,
            video: count(self.video)?,
            served: count(self.served)?,
            no_shows: count(self.no_shows)?,
            unserved: count(self.unserved)?,
            waited: Mean {
                count: count(self.waited)?,
                seconds: seconds(self.waited_seconds)?,
                longest: seconds(self.waited_longest)?,
            },
            serving: Mean {
                count: count(self.measured)?,
                seconds: seconds(self.serving_seconds)?,
                longest: seconds(self.serving_longest)?,
            },
        };
        let day = self.day.parse().map_err(|_| corrupt("visits.day"))?;
        Ok((CentreId::from_uuid(self.centre_id), day, figures))
    }
}

impl Record {
    fn read(row: Row) -> Result<Self, StoreError> {
        let corrupt = StoreError::Corrupt;
        let stage = stage(&row)?;
        let identity = row.identity.as_deref().map(serde_json::from_str).transpose();
        Ok(Self {
            id: VisitId::from_uuid(row.id),
            version: row.version,
            centre: CentreId::from_uuid(row.centre_id),
            day: row.day.parse().map_err(|_| corrupt("visits.day"))?,
            number: u32::try_from(row.number).map_err(|_| corrupt("visits.number"))?,
            appointment: match (row.appointment_id, row.code, row.starts_at) {
                (None, None, None) => None,
                (Some(id), Some(code), Some(starts_at)) => Some(Appointed {
                    id: AppointmentId::from_uuid(id),
                    code: code.parse().map_err(|_| corrupt("visits.code"))?,
                    starts_at: Timestamp::from_micros(starts_at),
                }),
                _ => return Err(corrupt("visits.appointment_id")),
            },
            procedure: row.procedure.parse().map_err(|_| corrupt("visits.procedure"))?,
            mode: row.mode.parse().map_err(|_| corrupt("visits.mode"))?,
            identity: identity.map_err(|_| corrupt("visits.identity"))?,
            visit: Visit::stored(Timestamp::from_micros(row.arrived_at), stage),
        })
    }
}

fn stage(row: &Row) -> Result<Stage, StoreError> {
    let corrupt = || StoreError::Corrupt("visits.state");
    let time = |micros: Option<i64>| micros.map(Timestamp::from_micros);
    let officer = row.officer_id.map(StaffId::from_uuid);
    let counter = row
        .counter
        .map(|counter| counter_of(counter, "visits.counter"))
        .transpose()?;
    let (called_at, began_at, ended_at) = (time(row.called_at), time(row.began_at), time(row.ended_at));
    let called = || Some((officer?, counter?, called_at?));
    let stage = || {
        Some(match stage_name(&row.state).ok()? {
            StageName::Waiting => Stage::Waiting,
            StageName::Called => {
                let (officer, counter, at) = called()?;
                Stage::Called { officer, counter, at }
            }
            StageName::InService => {
                let (officer, counter, called_at) = called()?;
                Stage::InService {
                    officer,
                    counter,
                    called_at,
                    at: began_at?,
                }
            }
            StageName::Done => {
                let (officer, counter, called_at) = called()?;
                Stage::Done {
                    officer,
                    counter,
                    called_at,
                    began_at: began_at?,
                    at: ended_at?,
                }
            }
            StageName::NoShow => Stage::NoShow {
                called: called(),
                at: ended_at?,
            },
        })
    };
    stage().ok_or_else(corrupt)
}

fn stage_name(text: &str) -> Result<StageName, StoreError> {
    let mut names = StageName::ALL.iter().copied();
    names
        .find(|name| name.as_str() == text)
        .ok_or(StoreError::Corrupt("visits.state"))
}

fn counter_of(number: i64, column: &'static str) -> Result<CounterNumber, StoreError> {
    let number = u8::try_from(number).map_err(|_| StoreError::Corrupt(column))?;
    CounterNumber::try_from(number).map_err(|_| StoreError::Corrupt(column))
}
