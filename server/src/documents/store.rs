//! SQL of documents.

use super::seal::WrappedKey;
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::documents::DocumentClass;
use shared::documents::api::HeldDocument;
use shared::identifiers::DocumentId;
use shared::time::Timestamp;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    BY_ID,
    EXTEND,
    HOLD,
    RELEASE,
    DUE,
    BEGIN_DELETING,
    DELETE,
    OF_DAY,
    HELD,
];

const INSERT: &str = "INSERT INTO documents \
    (id, class, size, digest, key_id, wrapped_key, made_at, delete_after, legal_hold_at, deleting_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, NULL)";
const BY_ID: &str = "SELECT class, size, digest, key_id, wrapped_key FROM documents WHERE id = $1";
const EXTEND: &str = "UPDATE documents SET delete_after = $2 \
    WHERE id = $1 AND delete_after < $2 AND deleting_at IS NULL";
const HOLD: &str = "UPDATE documents SET legal_hold_at = $2 \
    WHERE id = $1 AND legal_hold_at IS NULL AND deleting_at IS NULL";
const RELEASE: &str = "UPDATE documents SET legal_hold_at = NULL WHERE id = $1 AND legal_hold_at IS NOT NULL";
const DUE: &str = "SELECT id, class FROM documents \
    WHERE deleting_at IS NOT NULL OR (delete_after <= $1 AND legal_hold_at IS NULL) \
    ORDER BY delete_after LIMIT $2";
// From here on nobody can read the document: its key is forgotten. A hold that came meanwhile wins.
const BEGIN_DELETING: &str = "UPDATE documents SET deleting_at = COALESCE(deleting_at, $2), wrapped_key = NULL \
    WHERE id = $1 AND (deleting_at IS NOT NULL OR (delete_after <= $2 AND legal_hold_at IS NULL))";
const DELETE: &str = "DELETE FROM documents WHERE id = $1 AND deleting_at IS NOT NULL";
const HELD: &str = "SELECT id, class, made_at, legal_hold_at, delete_after FROM documents \
    WHERE legal_hold_at IS NOT NULL ORDER BY legal_hold_at, id LIMIT $1";
const OF_DAY: &str = "SELECT id FROM documents WHERE made_at >= $1 AND made_at < $2";

/// A row that is to be written.
#[derive(Debug)]
pub(super) struct NewRow<'a> {
    pub(super) id: DocumentId,
    pub(super) class: DocumentClass,
    pub(super) size: usize,
    pub(super) digest: &'a Digest,
    pub(super) key_id: &'a [u8; 8],
    pub(super) wrapped_key: &'a WrappedKey,
    pub(super) made_at: Timestamp,
    pub(super) delete_after: Timestamp,
}

/// A row that was read.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) class: DocumentClass,
    pub(super) size: usize,
    pub(super) digest: Vec<u8>,
    pub(super) key_id: Vec<u8>,
    /// None while it is being deleted.
    pub(super) wrapped_key: Option<WrappedKey>,
}

#[derive(sqlx::FromRow)]
struct StoredRow {
    class: String,
    size: i64,
    digest: Vec<u8>,
    key_id: Vec<u8>,
    wrapped_key: Option<Vec<u8>>,
}

/// Writes a row.
pub(super) async fn insert(tx: &mut Tx, row: &NewRow<'_>) -> Result<(), StoreError> {
    let size = i64::try_from(row.size).map_err(|_| StoreError::Corrupt("documents.size"))?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(row.id.as_uuid())
            .bind(row.class.as_str())
            .bind(size)
            .bind(row.digest.as_slice())
            .bind(row.key_id.as_slice())
            .bind(row.wrapped_key.as_slice())
            .bind(row.made_at.as_micros())
            .bind(row.delete_after.as_micros())
    )?;
    Ok(())
}

/// A document's row.
pub(super) async fn by_id(tx: &mut Tx, id: DocumentId) -> Result<Option<Row>, StoreError> {
    let row: Option<StoredRow> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(|row| {
        Ok(Row {
            class: class_of(&row.class)?,
            size: usize::try_from(row.size).map_err(|_| StoreError::Corrupt("documents.size"))?,
            digest: row.digest,
            key_id: row.key_id,
            wrapped_key: row.wrapped_key.map(WrappedKey::stored),
        })
    })
    .transpose()
}

/// Keeps a document until `until`, if that is later than was said before. How many rows changed.
pub(super) async fn extend(tx: &mut Tx, id: DocumentId, until: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(EXTEND).bind(id.as_uuid()).bind(until.as_micros())
    )?)
}

/// Holds a document that is not held and not being deleted. How many rows changed.
pub(super) async fn hold(tx: &mut Tx, id: DocumentId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(HOLD).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Ends a hold. How many rows changed.
pub(super) async fn release(tx: &mut Tx, id: DocumentId) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(RELEASE).bind(id.as_uuid()))?)
}

/// Documents whose time is over and those whose deletion was cut off, those that have waited longest first.
pub(super) async fn due(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(DocumentId, DocumentClass)>, StoreError> {
    let rows: Vec<(Uuid, String)> = on!(tx, |conn| sqlx::query_as(DUE)
        .bind(now.as_micros())
        .bind(limit)
        .fetch_all(conn))?;
    rows.into_iter()
        .map(|(id, class)| Ok((DocumentId::from_uuid(id), class_of(&class)?)))
        .collect()
}

/// Forgets the key of a document whose time is over. How many rows changed: none where somebody held or extended it.
pub(super) async fn begin_deleting(tx: &mut Tx, id: DocumentId, now: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(BEGIN_DELETING)
            .bind(id.as_uuid())
            .bind(now.as_micros())
    )?)
}

/// Deletes the row of a document whose object is gone. How many rows went.
pub(super) async fn delete(tx: &mut Tx, id: DocumentId) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(DELETE).bind(id.as_uuid()))?)
}

/// The documents that were made from `begin` on and before `end`, in microseconds.
pub(super) async fn made_between(
    tx: &mut Tx,
    (begin, end): (i64, i64),
) -> Result<Vec<DocumentId>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(OF_DAY)
        .bind(begin)
        .bind(end)
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(id,)| DocumentId::from_uuid(id)).collect())
}

/// Documents that are held, the one that is held longest first.
pub(super) async fn held(tx: &mut Tx, limit: i64) -> Result<Vec<HeldDocument>, StoreError> {
    let rows: Vec<(Uuid, String, i64, i64, i64)> =
        on!(tx, |conn| sqlx::query_as(HELD).bind(limit).fetch_all(conn))?;
    rows.into_iter()
        .map(|(id, class, made_at, held_at, delete_after)| {
            Ok(HeldDocument {
                id: DocumentId::from_uuid(id),
                class: class_of(&class)?,
                made_at: Timestamp::from_micros(made_at),
                held_at: Timestamp::from_micros(held_at),
                delete_after: Timestamp::from_micros(delete_after),
            })
        })
        .collect()
}

fn class_of(name: &str) -> Result<DocumentClass, StoreError> {
    DocumentClass::ALL
        .into_iter()
        .find(|class| class.as_str() == name)
        .ok_or(StoreError::Corrupt("documents.class"))
}
