//! SQL of the staff's sessions and of attempts at a password.

use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::identifiers::StaffId;
use shared::sessions::{Browser, Device, Network, System};
use shared::staff::StaffSessionId;
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    BY_TOKEN,
    BY_ID,
    NOTE_USE,
    PROVE,
    LOCK_DESK,
    UNLOCK,
    END_BY_TOKEN,
    END_ALL,
    TAKEN,
    TAKE,
    RELEASE,
    CLEAR,
    PURGE_SESSIONS,
    PURGE_ATTEMPTS,
];

macro_rules! columns {
    () => {
        "id, token, staff_id, browser, system, network, previous_at, began_at, proved_at, used_at, locked_at, expires_at"
    };
}

const INSERT: &str = concat!(
    "INSERT INTO staff_sessions (",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
);
const BY_TOKEN: &str = concat!("SELECT ", columns!(), " FROM staff_sessions WHERE token = $1");
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM staff_sessions WHERE id = $1");
const NOTE_USE: &str =
    "UPDATE staff_sessions SET used_at = $2 WHERE id = $1 AND used_at < $2 AND locked_at IS NULL";
// One statement decides: a session is proved once, and gets another cookie with it.
const PROVE: &str = "UPDATE staff_sessions SET token = $3, proved_at = $4, used_at = $4, expires_at = $5 \
    WHERE id = $1 AND token = $2 AND proved_at IS NULL AND expires_at > $4";
const LOCK_DESK: &str = "UPDATE staff_sessions SET locked_at = $2 WHERE id = $1 AND locked_at IS NULL";
const UNLOCK: &str =
    "UPDATE staff_sessions SET locked_at = NULL, used_at = $2 WHERE id = $1 AND expires_at > $2";
const END_BY_TOKEN: &str = concat!(
    "DELETE FROM staff_sessions WHERE token = $1 RETURNING ",
    columns!()
);
const END_ALL: &str = "DELETE FROM staff_sessions WHERE staff_id = $1";

const TAKEN: &str = "SELECT COUNT(*) FROM staff_attempts WHERE counter = $1 AND slot <= $2 AND at > $3";
// One statement decides: of any number of attempts at once, one gets the slot.
const TAKE: &str = "INSERT INTO staff_attempts (counter, slot, at, taken_by) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (counter, slot) DO UPDATE SET at = excluded.at, taken_by = excluded.taken_by \
    WHERE staff_attempts.at <= $5";
const RELEASE: &str = "DELETE FROM staff_attempts WHERE counter = $1 AND slot = $2 AND taken_by = $3";
const CLEAR: &str = "DELETE FROM staff_attempts WHERE counter = $1";

const PURGE_SESSIONS: &str = "DELETE FROM staff_sessions WHERE expires_at <= $1";
const PURGE_ATTEMPTS: &str = "DELETE FROM staff_attempts WHERE at <= $1";

/// A session as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct SessionRow {
    /// Its id.
    pub id: StaffSessionId,
    /// Keyed digest of its cookie.
    pub token: Digest,
    /// Whose it is.
    pub staff: StaffId,
    /// What the browser said of itself.
    pub shown: Device,
    /// From which network.
    pub network: Option<Network>,
    /// Their sign-in before this one.
    pub previous_at: Option<Timestamp>,
    /// When the password was right.
    pub began_at: Timestamp,
    /// When the second factor was right.
    pub proved_at: Option<Timestamp>,
    /// When a use was noted last.
    pub used_at: Timestamp,
    /// When its officer locked it.
    pub locked_at: Option<Timestamp>,
    /// When it ends in any case.
    pub expires: Deadline,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    token: Vec<u8>,
    staff_id: Uuid,
    browser: String,
    system: String,
    network: Option<String>,
    previous_at: Option<i64>,
    began_at: i64,
    proved_at: Option<i64>,
    used_at: i64,
    locked_at: Option<i64>,
    expires_at: i64,
}

impl Row {
    fn read(self) -> Result<SessionRow, StoreError> {
        let network = self
            .network
            .map(|network| {
                network
                    .parse()
                    .map_err(|_| StoreError::Corrupt("staff_sessions.network"))
            })
            .transpose()?;
        Ok(SessionRow {
            id: StaffSessionId::from_uuid(self.id),
            token: self
                .token
                .try_into()
                .map_err(|_| StoreError::Corrupt("staff_sessions.token"))?,
            staff: StaffId::from_uuid(self.staff_id),
            shown: Device {
                browser: Browser::of_word(&self.browser),
                system: System::of_word(&self.system),
            },
            network,
            previous_at: self.previous_at.map(Timestamp::from_micros),
            began_at: Timestamp::from_micros(self.began_at),
            proved_at: self.proved_at.map(Timestamp::from_micros),
            used_at: Timestamp::from_micros(self.used_at),
            locked_at: self.locked_at.map(Timestamp::from_micros),
            expires: Deadline::at(Timestamp::from_micros(self.expires_at)),
        })
    }
}

/// Stores a session.
pub async fn insert(tx: &mut Tx, session: &SessionRow) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(session.id.as_uuid())
            .bind(session.token.as_slice())
            .bind(session.staff.as_uuid())
            .bind(session.shown.browser.as_str())
            .bind(session.shown.system.as_str())
            .bind(session.network.map(|network| network.to_string()))
            .bind(session.previous_at.map(Timestamp::as_micros))
            .bind(session.began_at.as_micros())
            .bind(session.proved_at.map(Timestamp::as_micros))
            .bind(session.used_at.as_micros())
            .bind(session.locked_at.map(Timestamp::as_micros))
            .bind(session.expires.instant().as_micros())
    )?;
    Ok(())
}

/// The session of a cookie's digest, whether it is over or not.
pub async fn by_token(tx: &mut Tx, token: &Digest) -> Result<Option<SessionRow>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_TOKEN)
        .bind(token.as_slice())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// A session by its row, whether it is over or not.
pub async fn by_id(tx: &mut Tx, id: StaffSessionId) -> Result<Option<SessionRow>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// Writes down a use of a desk that is not locked.
pub async fn note_use(tx: &mut Tx, id: StaffSessionId, at: Timestamp) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(NOTE_USE).bind(id.as_uuid()).bind(at.as_micros()))?;
    Ok(())
}

/// Turns a session whose second factor was right into one that opens the desk, with another cookie; how many rows: none when it
/// is proved, over or has another cookie already.
pub async fn prove(
    tx: &mut Tx,
    session: &SessionRow,
    token: &Digest,
    at: Timestamp,
    expires: Deadline,
) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(PROVE)
            .bind(session.id.as_uuid())
            .bind(session.token.as_slice())
            .bind(token.as_slice())
            .bind(at.as_micros())
            .bind(expires.instant().as_micros())
    )?)
}

/// Locks a desk; how many rows: none when its officer locked it already.
pub async fn lock_desk(tx: &mut Tx, id: StaffSessionId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(LOCK_DESK).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Opens a desk again; how many rows: none when the session is over.
pub async fn unlock(tx: &mut Tx, id: StaffSessionId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(UNLOCK).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Ends the session of a cookie's digest, and says which one it was.
pub async fn end_by_token(tx: &mut Tx, token: &Digest) -> Result<Option<SessionRow>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(END_BY_TOKEN)
        .bind(token.as_slice())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// Ends every session of somebody.
pub async fn end_all(tx: &mut Tx, staff: StaffId) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(END_ALL).bind(staff.as_uuid()))?)
}

/// How many slots of a counter are taken.
pub async fn taken(tx: &mut Tx, counter: &Digest, most: u8, since: Timestamp) -> Result<i64, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(TAKEN)
        .bind(counter.as_slice())
        .bind(i64::from(most))
        .bind(since.as_micros())
        .fetch_one(conn))?;
    Ok(count)
}

/// Takes a slot that is free, or whose attempt is older than `since`; how many rows.
pub async fn take(
    tx: &mut Tx,
    counter: &Digest,
    slot: u8,
    by: Uuid,
    at: Timestamp,
    since: Timestamp,
) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(TAKE)
            .bind(counter.as_slice())
            .bind(i64::from(slot))
            .bind(at.as_micros())
            .bind(by)
            .bind(since.as_micros())
    )?)
}

/// Gives an attempt's slot back.
pub async fn release(tx: &mut Tx, counter: &Digest, slot: u8, by: Uuid) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(RELEASE)
            .bind(counter.as_slice())
            .bind(i64::from(slot))
            .bind(by)
    )?;
    Ok(())
}

/// Forgets what failed under a counter.
pub async fn clear(tx: &mut Tx, counter: &Digest) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(CLEAR).bind(counter.as_slice()))?;
    Ok(())
}

/// Drops sessions that are over and attempts that count no more; how many rows.
pub async fn purge(tx: &mut Tx, now: Timestamp, since: Timestamp) -> Result<u64, StoreError> {
    let sessions = changed!(tx, sqlx::query(PURGE_SESSIONS).bind(now.as_micros()))?;
    let attempts = changed!(tx, sqlx::query(PURGE_ATTEMPTS).bind(since.as_micros()))?;
    Ok(sessions + attempts)
}
