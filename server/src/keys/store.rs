//! SQL of what was made with a generation of the keys. It reads what other slices wrote, and changes only how it is sealed.

use crate::store::{StoreError, Tx};
use crate::{changed, on};
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[HASHES, WRAPPED, OTHERS, REWRAP, CODES, OFFERED_CODES, RESEAL];

// A text without the mark is the text itself where it has none; `LIKE` is not the same on both databases.
const HASHES: &str = "SELECT (SELECT COUNT(*) FROM accounts WHERE REPLACE(password_hash, $1, '') <> password_hash) \
    + (SELECT COUNT(*) FROM password_history WHERE REPLACE(hash, $1, '') <> hash) \
    + (SELECT COUNT(*) FROM delegates WHERE REPLACE(password_hash, $1, '') <> password_hash) \
    + (SELECT COUNT(*) FROM delegate_passwords WHERE REPLACE(hash, $1, '') <> hash) \
    + (SELECT COUNT(*) FROM staff WHERE REPLACE(password_hash, $1, '') <> password_hash)";
const WRAPPED: &str = "SELECT id, class, key_id, wrapped_key FROM documents \
    WHERE key_id = $1 AND wrapped_key IS NOT NULL AND id > $2 ORDER BY id LIMIT $3";
const OTHERS: &str = "SELECT id, class, key_id, wrapped_key FROM documents \
    WHERE key_id <> $1 AND wrapped_key IS NOT NULL AND id > $2 ORDER BY id LIMIT $3";
// Whoever deletes the document meanwhile has the last word.
const REWRAP: &str = "UPDATE documents SET key_id = $2, wrapped_key = $3 WHERE id = $1 AND wrapped_key = $4";
const CODES: &str = "SELECT id, totp_secret FROM staff WHERE totp_secret IS NOT NULL ORDER BY id";
const OFFERED_CODES: &str =
    "SELECT staff_id, totp_secret FROM staff_invitations WHERE totp_secret IS NOT NULL ORDER BY id";
const RESEAL: &str = "UPDATE staff SET totp_secret = $2 WHERE id = $1 AND totp_secret = $3";

/// A document's key as it is wrapped.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct DocumentKey {
    pub(super) id: Uuid,
    pub(super) class: String,
    pub(super) key_id: Vec<u8>,
    pub(super) wrapped_key: Vec<u8>,
}

/// How many passwords, also earlier ones, are hashed with the pepper of this mark (`,keyid=Mg$`).
pub(super) async fn hashes(tx: &mut Tx, mark: &str) -> Result<i64, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(HASHES).bind(mark).fetch_one(conn))?;
    Ok(count)
}

/// By which key documents' keys are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum With<'a> {
    /// Those that are wrapped with the key of this name.
    Key(&'a [u8]),
    /// Those that are wrapped with any other.
    Others(&'a [u8]),
}

/// Documents' keys, by their ids behind `after`.
pub(super) async fn wrapped(
    tx: &mut Tx,
    with: With<'_>,
    after: Uuid,
    limit: i64,
) -> Result<Vec<DocumentKey>, StoreError> {
    let (sql, key_id) = match with {
        With::Key(key_id) => (WRAPPED, key_id),
        With::Others(key_id) => (OTHERS, key_id),
    };
    Ok(on!(tx, |conn| sqlx::query_as(sql)
        .bind(key_id)
        .bind(after)
        .bind(limit)
        .fetch_all(conn))?)
}

/// Puts another wrapping in the place of one that is still there. How many rows changed.
pub(super) async fn rewrap(
    tx: &mut Tx,
    row: &DocumentKey,
    key_id: &[u8],
    wrapped_key: &[u8],
) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(REWRAP)
            .bind(row.id)
            .bind(key_id)
            .bind(wrapped_key)
            .bind(row.wrapped_key.as_slice())
    )?)
}

/// The sealed secrets of one-time codes, with whose they are.
pub(super) async fn codes(tx: &mut Tx) -> Result<Vec<(Uuid, Vec<u8>)>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(CODES).fetch_all(conn))?)
}

/// Those that invitations show.
pub(super) async fn offered_codes(tx: &mut Tx) -> Result<Vec<(Uuid, Vec<u8>)>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(OFFERED_CODES).fetch_all(conn))?)
}

/// Puts another seal in the place of one that is still there. How many rows changed.
pub(super) async fn reseal(tx: &mut Tx, id: Uuid, sealed: &[u8], before: &[u8]) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(RESEAL).bind(id).bind(sealed).bind(before)
    )?)
}
