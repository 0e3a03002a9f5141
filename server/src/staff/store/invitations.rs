//! SQL of invitations to the staff.

use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::identifiers::{LinkId, StaffId};
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[INSERT, BY_TOKEN, OFFER_CODES, USE, REPLACE, OPEN, PURGE];

const INSERT: &str = "INSERT INTO staff_invitations (id, staff_id, token, made_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5)";
const BY_TOKEN: &str = "SELECT id, staff_id, totp_secret, expires_at, used_at, replaced_at \
    FROM staff_invitations WHERE token = $1";
const OFFER_CODES: &str = "UPDATE staff_invitations SET totp_secret = $2 \
    WHERE id = $1 AND used_at IS NULL AND replaced_at IS NULL";
// One statement decides: of any number of submissions at once, one uses the invitation up.
const USE: &str = "UPDATE staff_invitations SET used_at = $2, totp_secret = NULL \
    WHERE id = $1 AND used_at IS NULL AND replaced_at IS NULL AND expires_at > $2";
const REPLACE: &str = "UPDATE staff_invitations SET replaced_at = $2, totp_secret = NULL \
    WHERE staff_id = $1 AND used_at IS NULL AND replaced_at IS NULL";
const OPEN: &str = "SELECT staff_id, expires_at FROM staff_invitations \
    WHERE used_at IS NULL AND replaced_at IS NULL AND expires_at > $1";
const PURGE: &str = "DELETE FROM staff_invitations WHERE expires_at <= $1";

/// An invitation's row.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Its row.
    pub id: LinkId,
    /// Whom it is for.
    pub staff: StaffId,
    /// The sealed secret that was shown last with it.
    pub totp: Option<Vec<u8>>,
    /// When it ends.
    pub expires: Deadline,
    /// When it set a password.
    pub used_at: Option<Timestamp>,
    /// When another took its place.
    pub replaced_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    staff_id: Uuid,
    totp_secret: Option<Vec<u8>>,
    expires_at: i64,
    used_at: Option<i64>,
    replaced_at: Option<i64>,
}

/// Stores an invitation.
pub async fn insert(
    tx: &mut Tx,
    id: LinkId,
    staff: StaffId,
    token: &Digest,
    at: Timestamp,
    expires: Deadline,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(id.as_uuid())
            .bind(staff.as_uuid())
            .bind(token.as_slice())
            .bind(at.as_micros())
            .bind(expires.instant().as_micros())
    )?;
    Ok(())
}

/// The invitation of a token's digest, good for something or not.
pub async fn by_token(tx: &mut Tx, token: &Digest) -> Result<Option<Invitation>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_TOKEN)
        .bind(token.as_slice())
        .fetch_optional(conn))?;
    Ok(row.map(|row| Invitation {
        id: LinkId::from_uuid(row.id),
        staff: StaffId::from_uuid(row.staff_id),
        totp: row.totp_secret,
        expires: Deadline::at(Timestamp::from_micros(row.expires_at)),
        used_at: row.used_at.map(Timestamp::from_micros),
        replaced_at: row.replaced_at.map(Timestamp::from_micros),
    }))
}

/// Remembers the secret that is shown; an older one is worth nothing.
pub async fn offer_codes(tx: &mut Tx, id: LinkId, sealed: &[u8]) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(OFFER_CODES).bind(id.as_uuid()).bind(sealed))?;
    Ok(())
}

/// Uses an invitation up; how many rows: none when somebody else did, or its time is over.
pub async fn use_up(tx: &mut Tx, id: LinkId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(USE).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Makes somebody's open invitations worth nothing.
pub async fn replace(tx: &mut Tx, staff: StaffId, at: Timestamp) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(REPLACE).bind(staff.as_uuid()).bind(at.as_micros())
    )?;
    Ok(())
}

/// Who has an open invitation, and until when.
pub async fn open(tx: &mut Tx, now: Timestamp) -> Result<Vec<(StaffId, Deadline)>, StoreError> {
    let rows: Vec<(Uuid, i64)> = on!(tx, |conn| sqlx::query_as(OPEN)
        .bind(now.as_micros())
        .fetch_all(conn))?;
    Ok(rows
        .into_iter()
        .map(|(id, expires)| {
            let expires = Deadline::at(Timestamp::from_micros(expires));
            (StaffId::from_uuid(id), expires)
        })
        .collect())
}

/// Drops invitations that ended before `since`; how many.
pub async fn purge(tx: &mut Tx, since: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(PURGE).bind(since.as_micros()))?)
}
