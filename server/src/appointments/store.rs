//! SQL of appointments, of the places that are taken, and of who may look after one.

use crate::challenges::Identity;
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::telemetry;
use crate::{changed, on};
use shared::appointments::{Appointment, AppointmentCode, Place, StageName};
use shared::centres::Procedure;
use shared::i18n::Language;
use shared::identifiers::{AppointmentId, CentreId, Email, LinkId};
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    BY_ID,
    BY_COOKIE,
    BY_CODE,
    OF_DAY,
    WITH_PLACE,
    BY_PERSON,
    BY_EMPLOYER,
    LOCK,
    SAVE,
    OVERDUE,
    OVERDUE_OF_PERSON,
    OVERDUE_OF_PLACE,
    REMINDERS,
    WAITING,
    WAITING_CENTRES,
    WAITING_COUNT,
    AHEAD,
    FORGET,
    FORGET_BROWSERS,
    FORGET_LINKS,
    NUMBERS,
    TAKE_NUMBER,
    FREE_NUMBER,
    LANES,
    TAKEN,
    TAKE,
    KEEP,
    FREE,
    PURGE_PLACES,
    KNOW,
    KNOW_NO_MORE,
    LEAVE,
    LINK,
    BY_TOKEN,
    MISSED,
    super::kept::APPOINTMENTS,
    super::kept::FORGET_APPOINTMENTS,
];

macro_rules! columns {
    () => {
        "appointment_cases.id, appointment_cases.version, appointment_cases.document, appointment_cases.centre_id, appointment_cases.person, \
        appointment_cases.employer, appointment_cases.asked, appointment_cases.email, appointment_cases.language, appointment_cases.remind_at, \
        appointment_cases.opened_at"
    };
}

const INSERT: &str = "INSERT INTO appointment_cases (id, version, document, stage, deadline, code, centre_id, starts_at, lane, person, \
    employer, asked, email, language, remind_at, opened_at, changed_at) \
    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15)";
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM appointment_cases WHERE id = $1");
const BY_COOKIE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM appointment_browsers JOIN appointment_cases ON appointment_cases.id = appointment_browsers.appointment_id \
    WHERE appointment_browsers.cookie = $1"
);
const BY_CODE: &str = concat!("SELECT ", columns!(), " FROM appointment_cases WHERE code = $1");
const OF_DAY: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM appointment_cases WHERE centre_id = $1 AND starts_at >= $2 AND starts_at < $3 \
    AND stage IN ('booked', 'checked_in', 'attended', 'no_show') ORDER BY starts_at, lane, id"
);
const WITH_PLACE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM appointment_cases WHERE centre_id = $1 AND starts_at > $2 AND stage IN ('held', 'offered', 'booked') \
    ORDER BY starts_at, lane, id"
);
const BY_PERSON: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM appointment_cases WHERE person = $1 ORDER BY opened_at DESC LIMIT $2"
);
const BY_EMPLOYER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM appointment_cases WHERE employer = $1 ORDER BY opened_at DESC LIMIT $2"
);
// A write that changes nothing: it takes the row's lock on PostgreSQL, so that whoever comes second reads what the first one
// wrote; SQLite has one writer anyway.
const LOCK: &str = concat!(
    "UPDATE appointment_cases SET version = version WHERE id = $1 RETURNING ",
    columns!()
);
// Compare and swap: only the version that was read is replaced.
const SAVE: &str = "UPDATE appointment_cases SET version = version + 1, document = $3, stage = $4, deadline = $5, centre_id = $6, \
    starts_at = $7, lane = $8, email = $9, remind_at = $10, changed_at = $11 WHERE id = $1 AND version = $2";
const OVERDUE: &str = "SELECT id FROM appointment_cases WHERE deadline <= $1 ORDER BY deadline, id LIMIT $2";
const OVERDUE_OF_PERSON: &str = "SELECT appointment_cases.id FROM appointments_open \
    JOIN appointment_cases ON appointment_cases.id = appointments_open.appointment_id \
    WHERE appointments_open.person = $1 AND appointments_open.procedure = $2 AND appointment_cases.deadline <= $3 \
    ORDER BY appointment_cases.id";
const OVERDUE_OF_PLACE: &str = "SELECT appointment_id FROM places_taken \
    WHERE centre_id = $1 AND starts_at = $2 AND kept_until <= $3 ORDER BY appointment_id";
const REMINDERS: &str =
    "SELECT id FROM appointment_cases WHERE remind_at <= $1 ORDER BY remind_at, id LIMIT $2";
const WAITING: &str = "SELECT id FROM appointment_cases WHERE centre_id = $1 AND stage = 'waiting' AND deadline > $2 \
    ORDER BY opened_at, id LIMIT $3";
const WAITING_CENTRES: &str = "SELECT DISTINCT centre_id FROM appointment_cases WHERE stage = 'waiting' AND deadline > $1 ORDER BY centre_id";
const WAITING_COUNT: &str =
    "SELECT COUNT(*) FROM appointment_cases WHERE centre_id = $1 AND stage = 'waiting' AND deadline > $2";
const AHEAD: &str = "SELECT COUNT(*) FROM appointment_cases WHERE centre_id = $1 AND stage = 'waiting' AND deadline > $2 \
    AND (opened_at < $3 OR (opened_at = $3 AND id < $4))";
const FORGET: &str = "UPDATE appointment_cases SET person = NULL, employer = NULL, asked = NULL, email = NULL \
    WHERE deadline IS NULL AND changed_at <= $1 AND asked IS NOT NULL";
const FORGET_BROWSERS: &str = "DELETE FROM appointment_browsers WHERE appointment_id IN \
    (SELECT id FROM appointment_cases WHERE deadline IS NULL AND changed_at <= $1)";
const FORGET_LINKS: &str = "DELETE FROM appointment_links WHERE appointment_id IN \
    (SELECT id FROM appointment_cases WHERE deadline IS NULL AND changed_at <= $1)";

const NUMBERS: &str = "SELECT number FROM appointments_open WHERE person = $1 AND procedure = $2";
const TAKE_NUMBER: &str = "INSERT INTO appointments_open (person, procedure, number, appointment_id) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (person, procedure, number) DO NOTHING";
const FREE_NUMBER: &str = "DELETE FROM appointments_open WHERE appointment_id = $1";

const LANES: &str = "SELECT lane FROM places_taken WHERE centre_id = $1 AND starts_at = $2";
// A hold that is over counts where somebody waits: the place is theirs.
const TAKEN: &str = "SELECT starts_at, COUNT(*) FROM places_taken WHERE centre_id = $1 AND starts_at >= $2 AND starts_at < $3 \
    AND lane <= $4 AND (kept_until IS NULL OR kept_until > $5) GROUP BY starts_at";
// The one statement by which a place becomes somebody's.
const TAKE: &str = "INSERT INTO places_taken (centre_id, starts_at, lane, appointment_id, kept_until) VALUES ($1, $2, $3, $4, NULL) \
    ON CONFLICT (centre_id, starts_at, lane) DO NOTHING";
const KEEP: &str = "UPDATE places_taken SET kept_until = $5 \
    WHERE centre_id = $1 AND starts_at = $2 AND lane = $3 AND appointment_id = $4";
const FREE: &str =
    "DELETE FROM places_taken WHERE centre_id = $1 AND starts_at = $2 AND lane = $3 AND appointment_id = $4";
const PURGE_PLACES: &str = "DELETE FROM places_taken WHERE starts_at <= $1";

const KNOW: &str = "INSERT INTO appointment_browsers (cookie, appointment_id, made_at) VALUES ($1, $2, $3)";
// A link of a mail can be opened as often as somebody likes: the browsers that opened it last are known.
const KNOW_NO_MORE: &str = "DELETE FROM appointment_browsers WHERE appointment_id = $1 AND cookie NOT IN \
    (SELECT cookie FROM appointment_browsers WHERE appointment_id = $1 ORDER BY made_at DESC, cookie LIMIT $2)";
const LEAVE: &str = "DELETE FROM appointment_browsers WHERE cookie = $1";
const LINK: &str = "INSERT INTO appointment_links (id, token, appointment_id, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
const BY_TOKEN: &str = "SELECT appointment_id, expires_at FROM appointment_links WHERE token = $1";

const MISSED: &str = "SELECT centre_id, starts_at, COUNT(*) FROM appointment_cases \
    WHERE stage = 'no_show' AND starts_at >= $1 AND starts_at < $2 GROUP BY centre_id, starts_at";

/// An appointment and what the server keeps beside it.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its row.
    pub id: AppointmentId,
    /// Which version was read.
    pub version: i64,
    /// The appointment itself.
    pub appointment: Appointment,
    /// Where it is, or where somebody waits.
    pub centre: CentreId,
    /// Whose it is, as a keyed digest; nothing once that is forgotten.
    pub person: Option<Digest>,
    /// For which employer, as a keyed digest; nothing once that is forgotten.
    pub employer: Option<Digest>,
    /// What was typed; nothing once it is forgotten.
    pub asked: Option<Identity>,
    /// Where its mails go.
    pub email: Option<Email>,
    /// The language of its mails.
    pub language: Language,
    /// When the next reminder is due.
    pub remind_at: Option<Timestamp>,
    /// When it began.
    pub opened_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    version: i64,
    document: String,
    centre_id: Uuid,
    person: Option<Vec<u8>>,
    employer: Option<Vec<u8>>,
    asked: Option<String>,
    email: Option<String>,
    language: String,
    remind_at: Option<i64>,
    opened_at: i64,
}

/// To how many appointments of each centre and time, from `from` to before `until`, nobody came.
pub async fn missed(
    tx: &mut Tx,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<(CentreId, Timestamp, u32)>, StoreError> {
    let rows: Vec<(Uuid, i64, i64)> = on!(tx, |conn| sqlx::query_as(MISSED)
        .bind(from.as_micros())
        .bind(until.as_micros())
        .fetch_all(conn))?;
    rows.into_iter()
        .map(|(centre, starts_at, count)| {
            let count = u32::try_from(count).map_err(|_| StoreError::Corrupt("appointments"))?;
            Ok((
                CentreId::from_uuid(centre),
                Timestamp::from_micros(starts_at),
                count,
            ))
        })
        .collect()
}

/// Writes a new appointment.
pub async fn insert(tx: &mut Tx, record: &Record) -> Result<(), StoreError> {
    telemetry::about(record.id);
    let texts = Texts::of(record)?;
    let asked = record.asked.as_ref().map(serde_json::to_string).transpose();
    let asked = asked.map_err(|_| StoreError::Corrupt("appointment_cases.asked"))?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(record.id.as_uuid())
            .bind(&texts.document)
            .bind(texts.stage)
            .bind(texts.deadline)
            .bind(record.appointment.code().as_str())
            .bind(record.centre.as_uuid())
            .bind(texts.starts_at)
            .bind(texts.lane)
            .bind(record.person.as_ref().map(Digest::as_slice))
            .bind(record.employer.as_ref().map(Digest::as_slice))
            .bind(&asked)
            .bind(record.email.as_ref().map(ToString::to_string))
            .bind(record.language.tag())
            .bind(record.remind_at.map(Timestamp::as_micros))
            .bind(record.opened_at.as_micros())
    )?;
    Ok(())
}

macro_rules! one {
    ($tx:expr, $query:expr) => {{
        let row: Option<Row> = on!($tx, |conn| $query.fetch_optional(conn))?;
        row.map(Record::read).transpose()
    }};
}

macro_rules! many {
    ($tx:expr, $query:expr) => {{
        let rows: Vec<Row> = on!($tx, |conn| $query.fetch_all(conn))?;
        rows.into_iter().map(Record::read).collect()
    }};
}

macro_rules! ids {
    ($tx:expr, $query:expr) => {{
        let rows: Vec<(Uuid,)> = on!($tx, |conn| $query.fetch_all(conn))?;
        Ok(rows
            .into_iter()
            .map(|(id,)| AppointmentId::from_uuid(id))
            .collect())
    }};
}

/// An appointment.
pub async fn by_id(tx: &mut Tx, id: AppointmentId) -> Result<Option<Record>, StoreError> {
    one!(tx, sqlx::query_as(BY_ID).bind(id.as_uuid()))
}

/// The appointment that the browser with this cookie looks after.
pub async fn by_cookie(tx: &mut Tx, cookie: &Digest) -> Result<Option<Record>, StoreError> {
    let record: Option<Record> = one!(tx, sqlx::query_as(BY_COOKIE).bind(cookie.as_slice()))?;
    Ok(record.inspect(|record| telemetry::about(record.id)))
}

/// The appointment of a code.
pub async fn by_code(tx: &mut Tx, code: &AppointmentCode) -> Result<Option<Record>, StoreError> {
    one!(tx, sqlx::query_as(BY_CODE).bind(code.as_str()))
}

/// Appointments of a centre that begin from `from` on and before `until`: booked ones and what became of them.
pub async fn of_day(
    tx: &mut Tx,
    centre: CentreId,
    (from, until): (Timestamp, Timestamp),
) -> Result<Vec<Record>, StoreError> {
    many!(
        tx,
        sqlx::query_as(OF_DAY)
            .bind(centre.as_uuid())
            .bind(from.as_micros())
            .bind(until.as_micros())
    )
}

/// Appointments of a centre that begin after `now` and keep a place.
pub async fn with_place(tx: &mut Tx, centre: CentreId, now: Timestamp) -> Result<Vec<Record>, StoreError> {
    many!(
        tx,
        sqlx::query_as(WITH_PLACE)
            .bind(centre.as_uuid())
            .bind(now.as_micros())
    )
}

/// A person's appointments, the newest first.
pub async fn by_person(tx: &mut Tx, person: &Digest, limit: i64) -> Result<Vec<Record>, StoreError> {
    many!(tx, sqlx::query_as(BY_PERSON).bind(person.as_slice()).bind(limit))
}

/// An employer's appointments, the newest first.
pub async fn by_employer(tx: &mut Tx, employer: &Digest, limit: i64) -> Result<Vec<Record>, StoreError> {
    many!(
        tx,
        sqlx::query_as(BY_EMPLOYER).bind(employer.as_slice()).bind(limit)
    )
}

/// An appointment, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, id: AppointmentId) -> Result<Option<Record>, StoreError> {
    one!(tx, sqlx::query_as(LOCK).bind(id.as_uuid()))
}

/// Replaces the version that was read, or fails with [`StoreError::Changed`].
pub async fn save(tx: &mut Tx, record: &Record, at: Timestamp) -> Result<(), StoreError> {
    let texts = Texts::of(record)?;
    let changed = changed!(
        tx,
        sqlx::query(SAVE)
            .bind(record.id.as_uuid())
            .bind(record.version)
            .bind(&texts.document)
            .bind(texts.stage)
            .bind(texts.deadline)
            .bind(record.centre.as_uuid())
            .bind(texts.starts_at)
            .bind(texts.lane)
            .bind(record.email.as_ref().map(ToString::to_string))
            .bind(record.remind_at.map(Timestamp::as_micros))
            .bind(at.as_micros())
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}

/// Appointments whose deadline has passed, the oldest first.
pub async fn overdue(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<AppointmentId>, StoreError> {
    ids!(tx, sqlx::query_as(OVERDUE).bind(now.as_micros()).bind(limit))
}

/// Those of one person and procedure.
pub async fn overdue_of_person(
    tx: &mut Tx,
    person: &Digest,
    procedure: Procedure,
    now: Timestamp,
) -> Result<Vec<AppointmentId>, StoreError> {
    ids!(
        tx,
        sqlx::query_as(OVERDUE_OF_PERSON)
            .bind(person.as_slice())
            .bind(procedure.as_str())
            .bind(now.as_micros())
    )
}

/// Those that keep a place of one time.
pub async fn overdue_of_place(
    tx: &mut Tx,
    centre: CentreId,
    starts_at: Timestamp,
    now: Timestamp,
) -> Result<Vec<AppointmentId>, StoreError> {
    ids!(
        tx,
        sqlx::query_as(OVERDUE_OF_PLACE)
            .bind(centre.as_uuid())
            .bind(starts_at.as_micros())
            .bind(now.as_micros())
    )
}

/// Appointments of which a reminder is due.
pub async fn reminders(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<AppointmentId>, StoreError> {
    ids!(tx, sqlx::query_as(REMINDERS).bind(now.as_micros()).bind(limit))
}

/// Who waits for a centre, in the order of the list.
pub async fn waiting(
    tx: &mut Tx,
    centre: CentreId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<AppointmentId>, StoreError> {
    ids!(
        tx,
        sqlx::query_as(WAITING)
            .bind(centre.as_uuid())
            .bind(now.as_micros())
            .bind(limit)
    )
}

/// The centres for which somebody waits.
pub async fn waiting_centres(tx: &mut Tx, now: Timestamp) -> Result<Vec<CentreId>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(WAITING_CENTRES)
        .bind(now.as_micros())
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(id,)| CentreId::from_uuid(id)).collect())
}

/// How many wait for a centre.
pub async fn waiting_count(tx: &mut Tx, centre: CentreId, now: Timestamp) -> Result<u32, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(WAITING_COUNT)
        .bind(centre.as_uuid())
        .bind(now.as_micros())
        .fetch_one(conn))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// How many wait before somebody.
pub async fn ahead(tx: &mut Tx, record: &Record, now: Timestamp) -> Result<u32, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(AHEAD)
        .bind(record.centre.as_uuid())
        .bind(now.as_micros())
        .bind(record.opened_at.as_micros())
        .bind(record.id.as_uuid())
        .fetch_one(conn))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Forgets what was typed in appointments that were over before `before`, and who could look after them. The rows stay, for the
/// figures. How many rows changed.
pub async fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let browsers = changed!(tx, sqlx::query(FORGET_BROWSERS).bind(before.as_micros()))?;
    let links = changed!(tx, sqlx::query(FORGET_LINKS).bind(before.as_micros()))?;
    Ok(browsers + links + changed!(tx, sqlx::query(FORGET).bind(before.as_micros()))?)
}

/// Takes one of a person's numbers for a procedure, of 1 to `most`. Whether one was free.
pub async fn take_number(
    tx: &mut Tx,
    (person, procedure): (&Digest, Procedure),
    most: u8,
    appointment: AppointmentId,
) -> Result<bool, StoreError> {
    let rows: Vec<(i64,)> = on!(tx, |conn| sqlx::query_as(NUMBERS)
        .bind(person.as_slice())
        .bind(procedure.as_str())
        .fetch_all(conn))?;
    for number in 1..=i64::from(most) {
        if rows.contains(&(number,)) {
            continue;
        }
        let taken = changed!(
            tx,
            sqlx::query(TAKE_NUMBER)
                .bind(person.as_slice())
                .bind(procedure.as_str())
                .bind(number)
                .bind(appointment.as_uuid())
        )?;
        if taken == 1 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives an appointment's number back.
pub async fn free_number(tx: &mut Tx, appointment: AppointmentId) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(FREE_NUMBER).bind(appointment.as_uuid()))?;
    Ok(())
}

/// The lanes of a time that somebody has, holds that are over too.
pub async fn lanes(tx: &mut Tx, centre: CentreId, starts_at: Timestamp) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64,)> = on!(tx, |conn| sqlx::query_as(LANES)
        .bind(centre.as_uuid())
        .bind(starts_at.as_micros())
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(lane,)| lane).collect())
}

/// How many lanes of each time are somebody's, of those up to `lanes`. What is kept until `kept_after` or before counts as free.
pub async fn taken(
    tx: &mut Tx,
    centre: CentreId,
    (from, until): (Timestamp, Timestamp),
    lanes: u8,
    kept_after: Timestamp,
) -> Result<Vec<(Timestamp, u8)>, StoreError> {
    let rows: Vec<(i64, i64)> = on!(tx, |conn| sqlx::query_as(TAKEN)
        .bind(centre.as_uuid())
        .bind(from.as_micros())
        .bind(until.as_micros())
        .bind(i64::from(lanes))
        .bind(kept_after.as_micros())
        .fetch_all(conn))?;
    Ok(rows
        .into_iter()
        .map(|(starts_at, count)| {
            (
                Timestamp::from_micros(starts_at),
                u8::try_from(count).unwrap_or(u8::MAX),
            )
        })
        .collect())
}

macro_rules! at_place {
    ($sql:expr, $place:expr, $appointment:expr) => {
        sqlx::query($sql)
            .bind($place.centre.as_uuid())
            .bind($place.starts_at.as_micros())
            .bind(i64::from($place.lane.number()))
            .bind($appointment.as_uuid())
    };
}

/// Takes a place. Whether it was free.
pub async fn take(tx: &mut Tx, place: &Place, appointment: AppointmentId) -> Result<bool, StoreError> {
    Ok(changed!(tx, at_place!(TAKE, place, appointment))? == 1)
}

/// Keeps a place that the appointment has until `until`; `None` for good. It fails where the appointment has it no more.
pub async fn keep(
    tx: &mut Tx,
    place: &Place,
    appointment: AppointmentId,
    until: Option<Deadline>,
) -> Result<(), StoreError> {
    let until = until.map(|deadline| deadline.instant().as_micros());
    if changed!(tx, at_place!(KEEP, place, appointment).bind(until))? == 1 {
        Ok(())
    } else {
        Err(StoreError::Corrupt("places_taken.appointment_id"))
    }
}

/// Gives a place back. Whether the appointment had it.
pub async fn free(tx: &mut Tx, place: &Place, appointment: AppointmentId) -> Result<bool, StoreError> {
    Ok(changed!(tx, at_place!(FREE, place, appointment))? == 1)
}

/// Deletes places that began before `before`. How many.
pub async fn purge_places(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(PURGE_PLACES).bind(before.as_micros()))?)
}

/// How many browsers may look after one appointment: the last ones.
pub const BROWSERS: i64 = 20;

/// Lets the browser with this cookie look after an appointment, instead of the one that has for longest where they are too many.
pub async fn know(
    tx: &mut Tx,
    cookie: &Digest,
    appointment: AppointmentId,
    at: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(KNOW)
            .bind(cookie.as_slice())
            .bind(appointment.as_uuid())
            .bind(at.as_micros())
    )?;
    changed!(
        tx,
        sqlx::query(KNOW_NO_MORE)
            .bind(appointment.as_uuid())
            .bind(BROWSERS)
    )?;
    Ok(())
}

/// Forgets the browser with this cookie.
pub async fn leave(tx: &mut Tx, cookie: &Digest) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(LEAVE).bind(cookie.as_slice()))?;
    Ok(())
}

/// Writes down a link that was made.
pub async fn link(
    tx: &mut Tx,
    (id, token): (LinkId, &Digest),
    appointment: AppointmentId,
    at: Timestamp,
    expires: Deadline,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(LINK)
            .bind(id.as_uuid())
            .bind(token.as_slice())
            .bind(appointment.as_uuid())
            .bind(at.as_micros())
            .bind(expires.instant().as_micros())
    )?;
    Ok(())
}

/// The appointment that a link opens, and until when.
pub async fn by_token(tx: &mut Tx, token: &Digest) -> Result<Option<(AppointmentId, Deadline)>, StoreError> {
    let row: Option<(Uuid, i64)> = on!(tx, |conn| sqlx::query_as(BY_TOKEN)
        .bind(token.as_slice())
        .fetch_optional(conn))?;
    Ok(row.map(|(id, expires)| {
        (
            AppointmentId::from_uuid(id),
            Deadline::at(Timestamp::from_micros(expires)),
        )
    }))
}

/// What of a record stands in columns of its own.
struct Texts {
    document: String,
    stage: &'static str,
    deadline: Option<i64>,
    starts_at: Option<i64>,
    lane: Option<i64>,
}

impl Texts {
    fn of(record: &Record) -> Result<Self, StoreError> {
        let place = record.appointment.stage().place();
        Ok(Self {
            document: serde_json::to_string(&record.appointment)
                .map_err(|_| StoreError::Corrupt("appointment_cases.document"))?,
            stage: word(record.appointment.stage().name()),
            deadline: record
                .appointment
                .deadline()
                .map(|deadline| deadline.instant().as_micros()),
            starts_at: place.map(|place| place.starts_at.as_micros()),
            lane: place.map(|place| i64::from(place.lane.number())),
        })
    }
}

/// A stage as it stands in its column, and in the document.
const fn word(stage: StageName) -> &'static str {
    match stage {
        StageName::Held => "held",
        StageName::Booked => "booked",
        StageName::CheckedIn => "checked_in",
        StageName::Attended => "attended",
        StageName::NoShow => "no_show",
        StageName::Cancelled => "cancelled",
        StageName::Lapsed => "lapsed",
        StageName::Waiting => "waiting",
        StageName::Offered => "offered",
    }
}

impl Record {
    fn read(row: Row) -> Result<Self, StoreError> {
        let corrupt = StoreError::Corrupt;
        let digest = |bytes: Option<Vec<u8>>, column| {
            bytes
                .map(|bytes| Digest::try_from(bytes).map_err(|_| corrupt(column)))
                .transpose()
        };
        let asked = row.asked.as_deref().map(serde_json::from_str).transpose();
        let email = row.email.map(|email| email.parse()).transpose();
        Ok(Self {
            id: AppointmentId::from_uuid(row.id),
            version: row.version,
            appointment: serde_json::from_str(&row.document)
                .map_err(|_| corrupt("appointment_cases.document"))?,
            centre: CentreId::from_uuid(row.centre_id),
            person: digest(row.person, "appointment_cases.person")?,
            employer: digest(row.employer, "appointment_cases.employer")?,
            asked: asked.map_err(|_| corrupt("appointment_cases.asked"))?,
            email: email.map_err(|_| corrupt("appointment_cases.email"))?,
            language: row
                .language
                .parse()
                .map_err(|_| corrupt("appointment_cases.language"))?,
            remind_at: row.remind_at.map(Timestamp::from_micros),
            opened_at: Timestamp::from_micros(row.opened_at),
        })
    }
}
