//! SQL of the staff's passkeys, and of challenges that wait for an answer.

use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::identifiers::StaffId;
use shared::passkeys::PasskeyName;
use shared::staff::StaffPasskeyId;
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;
use webauthn_rs::prelude::Credential;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    COUNT,
    BY_CREDENTIAL,
    NOTE_USE,
    REMOVE_ALL,
    BEGIN,
    TAKE,
    PURGE,
];

// A credential that is known already, to whomever, changes nothing: on PostgreSQL an error would end the transaction.
const INSERT: &str = "INSERT INTO staff_passkeys \
    (id, staff_id, credential_id, credential, name, sign_count, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (credential_id) DO NOTHING";
const COUNT: &str = "SELECT COUNT(*) FROM staff_passkeys WHERE staff_id = $1 AND removed_at IS NULL";
const BY_CREDENTIAL: &str =
    "SELECT id, staff_id, credential FROM staff_passkeys WHERE credential_id = $1 AND removed_at IS NULL";
// The counter stands in the guard: of two uses that were compared with the same one, the second changes nothing.
const NOTE_USE: &str = "UPDATE staff_passkeys SET credential = $2, sign_count = $3, used_at = $4 \
    WHERE id = $1 AND sign_count = $5 AND removed_at IS NULL";
const REMOVE_ALL: &str =
    "UPDATE staff_passkeys SET removed_at = $2 WHERE staff_id = $1 AND removed_at IS NULL";

const BEGIN: &str = "INSERT INTO staff_ceremonies (subject_id, state, expires_at) VALUES ($1, $2, $3) \
    ON CONFLICT (subject_id) DO UPDATE SET state = excluded.state, expires_at = excluded.expires_at";
const TAKE: &str = "DELETE FROM staff_ceremonies WHERE subject_id = $1 RETURNING state, expires_at";
const PURGE: &str = "DELETE FROM staff_ceremonies WHERE expires_at <= $1";

/// A passkey that works.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// Its row.
    pub id: StaffPasskeyId,
    /// Whose it is.
    pub staff: StaffId,
    /// The public key, with the counter and flags of the last use.
    pub credential: Credential,
}

/// A passkey to be stored.
#[derive(Debug)]
pub struct NewPasskey<'a> {
    /// Its row.
    pub id: StaffPasskeyId,
    /// Whose it is.
    pub staff: StaffId,
    /// What was found out about it.
    pub credential: &'a Credential,
    /// What its owner calls it.
    pub name: &'a PasskeyName,
    /// When it was enrolled.
    pub at: Timestamp,
}

/// A challenge that waits for its answer.
#[derive(Clone, Debug)]
pub struct Begun {
    /// What the answer is compared with.
    pub state: String,
    /// When it ends.
    pub expires: Deadline,
}

/// Stores a passkey; how many rows: none when the credential is known already.
pub async fn insert(tx: &mut Tx, passkey: &NewPasskey<'_>) -> Result<u64, StoreError> {
    let credential = written(passkey.credential)?;
    Ok(changed!(
        tx,
        sqlx::query(INSERT)
            .bind(passkey.id.as_uuid())
            .bind(passkey.staff.as_uuid())
            .bind(passkey.credential.cred_id.as_slice())
            .bind(&credential)
            .bind(passkey.name.as_str())
            .bind(i64::from(passkey.credential.counter))
            .bind(passkey.at.as_micros())
    )?)
}

/// How many passkeys somebody has.
pub async fn count(tx: &mut Tx, staff: StaffId) -> Result<i64, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(COUNT)
        .bind(staff.as_uuid())
        .fetch_one(conn))?;
    Ok(count)
}

/// The passkey of a credential, if it works.
pub async fn by_credential(tx: &mut Tx, credential: &[u8]) -> Result<Option<PasskeyRow>, StoreError> {
    let row: Option<(Uuid, Uuid, String)> = on!(tx, |conn| sqlx::query_as(BY_CREDENTIAL)
        .bind(credential)
        .fetch_optional(conn))?;
    row.map(|(id, staff, credential)| {
        Ok(PasskeyRow {
            id: StaffPasskeyId::from_uuid(id),
            staff: StaffId::from_uuid(staff),
            credential: serde_json::from_str(&credential)
                .map_err(|_| StoreError::Corrupt("staff_passkeys.credential"))?,
        })
    })
    .transpose()
}

/// Writes a use down; how many rows: none when somebody used it with the same counter, or it was removed.
pub async fn note_use(
    tx: &mut Tx,
    id: StaffPasskeyId,
    used: &Credential,
    before: u32,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let credential = written(used)?;
    Ok(changed!(
        tx,
        sqlx::query(NOTE_USE)
            .bind(id.as_uuid())
            .bind(&credential)
            .bind(i64::from(used.counter))
            .bind(at.as_micros())
            .bind(i64::from(before))
    )?)
}

/// Removes all of somebody's passkeys.
pub async fn remove_all(tx: &mut Tx, staff: StaffId, at: Timestamp) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(REMOVE_ALL).bind(staff.as_uuid()).bind(at.as_micros())
    )?;
    Ok(())
}

/// Remembers a challenge of an invitation or a session. An older one is worth nothing from then on.
pub async fn begin(tx: &mut Tx, subject: Uuid, state: &str, expires: Deadline) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(BEGIN)
            .bind(subject)
            .bind(state)
            .bind(expires.instant().as_micros())
    )?;
    Ok(())
}

/// Takes a challenge out: whoever comes second finds none.
pub async fn take(tx: &mut Tx, subject: Uuid) -> Result<Option<Begun>, StoreError> {
    let row: Option<(String, i64)> = on!(tx, |conn| sqlx::query_as(TAKE).bind(subject).fetch_optional(conn))?;
    Ok(row.map(|(state, expires_at)| Begun {
        state,
        expires: Deadline::at(Timestamp::from_micros(expires_at)),
    }))
}

/// Drops challenges whose time is over; how many.
pub async fn purge(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(PURGE).bind(now.as_micros()))?)
}

fn written(credential: &Credential) -> Result<String, StoreError> {
    serde_json::to_string(credential).map_err(|_| StoreError::Corrupt("staff_passkeys.credential"))
}
