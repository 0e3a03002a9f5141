//! SQL of data requests.

use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::data_requests::{DataRequestKind, DataRequestState};
use shared::identifiers::{Branch, DataRequestId, EmployerIdentifier, RepresentativeId, StaffId};
use shared::time::Timestamp;
use std::str::FromStr;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[INSERT, BY_ID, LOCK, OPEN, CLOSED, OVERDUE, DONE, CLOSE, PURGE];

macro_rules! columns {
    () => {
        "id, kind, employer, branch, representative, received_at, due_at, state, done_at, closed_at"
    };
}

const INSERT: &str = "INSERT INTO data_requests \
    (id, kind, employer, branch, representative, received_at, due_at, state, opened_by, opened_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9)";
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM data_requests WHERE id = $1");
// A write that changes nothing: it takes the row's lock on PostgreSQL; SQLite has one writer anyway.
const LOCK: &str = concat!(
    "UPDATE data_requests SET state = state WHERE id = $1 RETURNING ",
    columns!()
);
const OPEN: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM data_requests WHERE state = 'open' ORDER BY due_at, id"
);
const CLOSED: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM data_requests WHERE state <> 'open' ORDER BY closed_at DESC, id LIMIT $1"
);
const OVERDUE: &str = "SELECT COUNT(*) FROM data_requests WHERE state = 'open' AND due_at < $1";
const DONE: &str = "UPDATE data_requests SET done_at = $2 WHERE id = $1 AND state = 'open'";
const CLOSE: &str =
    "UPDATE data_requests SET state = $2, closed_by = $3, closed_at = $4 WHERE id = $1 AND state = 'open'";
const PURGE: &str = "DELETE FROM data_requests WHERE closed_at <= $1";

/// A request.
#[derive(Clone, Debug)]
pub struct DataRequest {
    /// Its row.
    pub id: DataRequestId,
    /// What is asked for.
    pub kind: DataRequestKind,
    /// Whose account.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// Who asks.
    pub representative: RepresentativeId,
    /// When it came.
    pub received_at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// How it stands.
    pub state: DataRequestState,
    /// When it was done what it asks for, last.
    pub done_at: Option<Timestamp>,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    employer: String,
    branch: String,
    representative: String,
    received_at: i64,
    due_at: i64,
    state: String,
    done_at: Option<i64>,
    closed_at: Option<i64>,
}

/// Writes an open request.
pub async fn insert(
    tx: &mut Tx,
    request: &DataRequest,
    by: StaffId,
    at: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(request.id.as_uuid())
            .bind(request.kind.as_str())
            .bind(request.employer.to_string())
            .bind(request.branch.to_string())
            .bind(request.representative.to_string())
            .bind(request.received_at.as_micros())
            .bind(request.due_at.as_micros())
            .bind(by.as_uuid())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// A request.
pub async fn by_id(tx: &mut Tx, id: DataRequestId) -> Result<Option<DataRequest>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(read).transpose()
}

/// How many open requests were due before `now`.
pub async fn overdue(tx: &mut Tx, now: Timestamp) -> Result<i64, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_scalar(OVERDUE)
        .bind(now.as_micros())
        .fetch_one(conn))?)
}

/// A request, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, id: DataRequestId) -> Result<Option<DataRequest>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(LOCK)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(read).transpose()
}

/// Those that are open, the one that is due first at the top; then the last `closed` of those that are over.
pub async fn list(tx: &mut Tx, closed: i64) -> Result<Vec<DataRequest>, StoreError> {
    let mut rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(OPEN).fetch_all(conn))?;
    let over: Vec<Row> = on!(tx, |conn| sqlx::query_as(CLOSED).bind(closed).fetch_all(conn))?;
    rows.extend(over);
    rows.into_iter().map(read).collect()
}

/// Writes down that it was done what an open request asks for. How many rows changed.
pub async fn done(tx: &mut Tx, id: DataRequestId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(DONE).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Ends an open request. How many rows changed.
pub async fn close(
    tx: &mut Tx,
    id: DataRequestId,
    state: DataRequestState,
    by: StaffId,
    at: Timestamp,
) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(CLOSE)
            .bind(id.as_uuid())
            .bind(state.as_str())
            .bind(by.as_uuid())
            .bind(at.as_micros())
    )?)
}

/// Forgets requests that ended before `before`. How many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(PURGE).bind(before.as_micros()))?)
}

fn read(row: Row) -> Result<DataRequest, StoreError> {
    Ok(DataRequest {
        id: DataRequestId::from_uuid(row.id),
        kind: DataRequestKind::of_word(&row.kind).ok_or(StoreError::Corrupt("data_requests.kind"))?,
        employer: parse(&row.employer, "data_requests.employer")?,
        branch: parse(&row.branch, "data_requests.branch")?,
        representative: parse(&row.representative, "data_requests.representative")?,
        received_at: Timestamp::from_micros(row.received_at),
        due_at: Timestamp::from_micros(row.due_at),
        state: DataRequestState::of_word(&row.state).ok_or(StoreError::Corrupt("data_requests.state"))?,
        done_at: row.done_at.map(Timestamp::from_micros),
        closed_at: row.closed_at.map(Timestamp::from_micros),
    })
}

fn parse<T: FromStr>(text: &str, column: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(column))
}
