//! SQL of centres, their holidays and closures.

use super::Centre;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::centres::api::CentreDetails;
use shared::centres::{CentreCode, CentreId, Closure, ClosureId, Coordinates, Counters, Holiday};
use shared::time::{CivilDate, Timestamp};
use std::str::FromStr;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    BY_ID,
    BY_CODE,
    ALL,
    INSERT,
    UPDATE,
    RAISE,
    RAISE_ALL,
    CLOSE,
    REOPEN,
    HOLIDAYS,
    ALL_HOLIDAYS,
    HOLIDAY_INSERT,
    FORGET_OWN,
    FORGET_NATIONAL,
    CLOSURES,
    ALL_CLOSURES,
    CLOSURE_INSERT,
    CLOSURE_END,
];

macro_rules! columns {
    () => {
        "id, code, name, province, canton, address, latitude, longitude, map_link, hours, counters, procedures, modes, closed_at, version"
    };
}

const BY_ID: &str = concat!("SELECT ", columns!(), " FROM centres WHERE id = $1");
const BY_CODE: &str = concat!("SELECT ", columns!(), " FROM centres WHERE code = $1");
const ALL: &str = concat!("SELECT ", columns!(), " FROM centres ORDER BY province, name, id");
const INSERT: &str = concat!(
    "INSERT INTO centres (",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL, 1)"
);
const UPDATE: &str = "UPDATE centres SET code = $2, name = $3, province = $4, canton = $5, address = $6, latitude = $7, \
    longitude = $8, map_link = $9, hours = $10, counters = $11, procedures = $12, modes = $13 WHERE id = $1";
const RAISE: &str = "UPDATE centres SET version = version + 1 WHERE id = $1";
// In the order of the rows' ids, so that two of them never wait for each other.
const RAISE_ALL: &str = "SELECT id FROM centres ORDER BY id";
const CLOSE: &str = "UPDATE centres SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
const REOPEN: &str = "UPDATE centres SET closed_at = NULL WHERE id = $1 AND closed_at IS NOT NULL";

// Days are compared as text: YYYY-MM-DD sorts as the days do.
const HOLIDAYS: &str = "SELECT centre_id, day, name FROM centre_holidays \
    WHERE (centre_id = $1 OR centre_id IS NULL) AND day >= $2 ORDER BY day";
const ALL_HOLIDAYS: &str = "SELECT centre_id, day, name FROM centre_holidays WHERE day >= $1 ORDER BY day";
const HOLIDAY_INSERT: &str = "INSERT INTO centre_holidays (id, centre_id, day, name) VALUES ($1, $2, $3, $4)";
const FORGET_OWN: &str = "DELETE FROM centre_holidays WHERE centre_id = $1";
const FORGET_NATIONAL: &str = "DELETE FROM centre_holidays WHERE centre_id IS NULL";

const CLOSURES: &str = "SELECT id, centre_id, from_at, until_at FROM centre_closures \
    WHERE centre_id = $1 AND until_at > $2 ORDER BY from_at, id";
const ALL_CLOSURES: &str =
    "SELECT id, centre_id, from_at, until_at FROM centre_closures WHERE until_at > $1 ORDER BY from_at, id";
const CLOSURE_INSERT: &str =
    "INSERT INTO centre_closures (id, centre_id, from_at, until_at) VALUES ($1, $2, $3, $4)";
const CLOSURE_END: &str = "DELETE FROM centre_closures WHERE id = $1 AND centre_id = $2";

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    code: String,
    name: String,
    province: String,
    canton: String,
    address: String,
    latitude: Option<i64>,
    longitude: Option<i64>,
    map_link: Option<String>,
    hours: String,
    counters: i64,
    procedures: String,
    modes: String,
    closed_at: Option<i64>,
    version: i64,
}

impl Row {
    fn read(self) -> Result<Centre, StoreError> {
        let corrupt = StoreError::Corrupt;
        let coordinates = match (self.latitude, self.longitude) {
            (Some(latitude), Some(longitude)) => Some(
                i32::try_from(latitude)
                    .ok()
                    .zip(i32::try_from(longitude).ok())
                    .and_then(|there| Coordinates::try_from(there).ok())
                    .ok_or(corrupt("centres.latitude"))?,
            ),
            (None, _) | (_, None) => None,
        };
        Ok(Centre {
            id: CentreId::from_uuid(self.id),
            details: CentreDetails {
                code: parse(&self.code, "centres.code")?,
                name: parse(&self.name, "centres.name")?,
                province: parse(&self.province, "centres.province")?,
                canton: parse(&self.canton, "centres.canton")?,
                address: parse(&self.address, "centres.address")?,
                map_link: self
                    .map_link
                    .map(|link| parse(&link, "centres.map_link"))
                    .transpose()?,
                coordinates,
                hours: parse(&self.hours, "centres.hours")?,
                counters: u8::try_from(self.counters)
                    .ok()
                    .and_then(|count| Counters::try_from(count).ok())
                    .ok_or(corrupt("centres.counters"))?,
                procedures: parse(&self.procedures, "centres.procedures")?,
                modes: parse(&self.modes, "centres.modes")?,
            },
            closed_at: self.closed_at.map(Timestamp::from_micros),
            version: self.version,
        })
    }
}

/// A day on which one centre, or every one, does not serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidayRow {
    /// The centre; nothing for a national holiday.
    pub centre: Option<CentreId>,
    /// The day and its name.
    pub holiday: Holiday,
}

/// A closure with its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClosureRow {
    /// Its row.
    pub id: ClosureId,
    /// Of which centre.
    pub centre: CentreId,
    /// The stretch of time.
    pub closure: Closure,
}

fn parse<T: FromStr>(text: &str, column: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(column))
}

/// The centre of a row.
pub async fn by_id(tx: &mut Tx, id: CentreId) -> Result<Option<Centre>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// The centre of a code.
pub async fn by_code(tx: &mut Tx, code: &CentreCode) -> Result<Option<Centre>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_CODE)
        .bind(code.as_str())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// Every centre, closed ones too, by province and name.
pub async fn all(tx: &mut Tx) -> Result<Vec<Centre>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(ALL).fetch_all(conn))?;
    rows.into_iter().map(Row::read).collect()
}

macro_rules! bound {
    ($sql:expr, $id:expr, $details:expr) => {{
        let there = $details.coordinates.map(Coordinates::micro_degrees);
        sqlx::query($sql)
            .bind($id.as_uuid())
            .bind($details.code.as_str())
            .bind($details.name.as_str())
            .bind($details.province.to_string())
            .bind($details.canton.as_str())
            .bind($details.address.as_str())
            .bind(there.map(|(latitude, _)| i64::from(latitude)))
            .bind(there.map(|(_, longitude)| i64::from(longitude)))
            .bind($details.map_link.as_ref().map(|link| link.as_str().to_owned()))
            .bind($details.hours.to_string())
            .bind(i64::from($details.counters.count()))
            .bind($details.procedures.to_string())
            .bind($details.modes.to_string())
    }};
}

/// A new centre. A code that another one has is a conflict.
pub async fn insert(tx: &mut Tx, id: CentreId, details: &CentreDetails) -> Result<(), StoreError> {
    changed!(tx, bound!(INSERT, id, details))?;
    Ok(())
}

/// Other details of a centre.
pub async fn update(tx: &mut Tx, id: CentreId, details: &CentreDetails) -> Result<(), StoreError> {
    changed!(tx, bound!(UPDATE, id, details))?;
    Ok(())
}

/// Raises a centre's version. Whether there is such a centre.
pub async fn raise(tx: &mut Tx, id: CentreId) -> Result<bool, StoreError> {
    Ok(changed!(tx, sqlx::query(RAISE).bind(id.as_uuid()))? == 1)
}

/// Raises the version of every centre.
pub async fn raise_all(tx: &mut Tx) -> Result<(), StoreError> {
    let ids: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(RAISE_ALL).fetch_all(conn))?;
    for (id,) in ids {
        raise(tx, CentreId::from_uuid(id)).await?;
    }
    Ok(())
}

/// Ends a centre's service for good. Whether it served until now.
pub async fn close(tx: &mut Tx, id: CentreId, at: Timestamp) -> Result<bool, StoreError> {
    Ok(changed!(tx, sqlx::query(CLOSE).bind(id.as_uuid()).bind(at.as_micros()))? == 1)
}

/// Lets a centre serve again. Whether it had ceased to.
pub async fn reopen(tx: &mut Tx, id: CentreId) -> Result<bool, StoreError> {
    Ok(changed!(tx, sqlx::query(REOPEN).bind(id.as_uuid()))? == 1)
}

/// The holidays from a day on: those of a centre with the national ones, or of all.
pub async fn holidays(
    tx: &mut Tx,
    centre: Option<CentreId>,
    from: CivilDate,
) -> Result<Vec<HolidayRow>, StoreError> {
    let from = from.to_string();
    let rows: Vec<(Option<Uuid>, String, String)> = match centre {
        Some(id) => on!(tx, |conn| sqlx::query_as(HOLIDAYS)
            .bind(id.as_uuid())
            .bind(&from)
            .fetch_all(conn))?,
        None => on!(tx, |conn| sqlx::query_as(ALL_HOLIDAYS)
            .bind(&from)
            .fetch_all(conn))?,
    };
    rows.into_iter()
        .map(|(centre, day, name)| {
            Ok(HolidayRow {
                centre: centre.map(CentreId::from_uuid),
                holiday: Holiday {
                    day: parse(&day, "centre_holidays.day")?,
                    name: parse(&name, "centre_holidays.name")?,
                },
            })
        })
        .collect()
}

/// Puts other holidays in the place of a centre's, or of the national ones. Ids are the caller's.
pub async fn set_holidays(
    tx: &mut Tx,
    centre: Option<CentreId>,
    holidays: &[(Uuid, Holiday)],
) -> Result<(), StoreError> {
    match centre {
        Some(id) => changed!(tx, sqlx::query(FORGET_OWN).bind(id.as_uuid()))?,
        None => changed!(tx, sqlx::query(FORGET_NATIONAL))?,
    };
    for (row, holiday) in holidays {
        changed!(
            tx,
            sqlx::query(HOLIDAY_INSERT)
                .bind(row)
                .bind(centre.map(CentreId::as_uuid))
                .bind(holiday.day.to_string())
                .bind(holiday.name.as_str())
        )?;
    }
    Ok(())
}

/// The closures that go on after an instant: those of a centre, or of all.
pub async fn closures(
    tx: &mut Tx,
    centre: Option<CentreId>,
    after: Timestamp,
) -> Result<Vec<ClosureRow>, StoreError> {
    let rows: Vec<(Uuid, Uuid, i64, i64)> = match centre {
        Some(id) => on!(tx, |conn| sqlx::query_as(CLOSURES)
            .bind(id.as_uuid())
            .bind(after.as_micros())
            .fetch_all(conn))?,
        None => on!(tx, |conn| sqlx::query_as(ALL_CLOSURES)
            .bind(after.as_micros())
            .fetch_all(conn))?,
    };
    Ok(rows
        .into_iter()
        .map(|(id, centre, from, until)| ClosureRow {
            id: ClosureId::from_uuid(id),
            centre: CentreId::from_uuid(centre),
            closure: Closure {
                from: Timestamp::from_micros(from),
                until: Timestamp::from_micros(until),
            },
        })
        .collect())
}

/// A new closure.
pub async fn insert_closure(tx: &mut Tx, row: &ClosureRow) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(CLOSURE_INSERT)
            .bind(row.id.as_uuid())
            .bind(row.centre.as_uuid())
            .bind(row.closure.from.as_micros())
            .bind(row.closure.until.as_micros())
    )?;
    Ok(())
}

/// Takes a closure back. Whether there was one.
pub async fn end_closure(tx: &mut Tx, centre: CentreId, id: ClosureId) -> Result<bool, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(CLOSURE_END).bind(id.as_uuid()).bind(centre.as_uuid())
    )? == 1)
}
