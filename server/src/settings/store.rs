//! SQL of the institution's words and logos.

use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::settings::institution::LogoId;
use shared::time::Timestamp;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[READ, SAVE, LOGO, LOGO_INSERT, LOGOS_FORGET];

const READ: &str = "SELECT name, contact, logo_id, changed_at FROM institution WHERE id = 1";
const SAVE: &str = "INSERT INTO institution (id, name, contact, logo_id, changed_at) VALUES (1, $1, $2, $3, $4) \
    ON CONFLICT (id) DO UPDATE SET name = $1, contact = $2, logo_id = $3, changed_at = $4 \
    WHERE institution.changed_at = $5";
const LOGO: &str = "SELECT png FROM institution_logos WHERE id = $1";
const LOGO_INSERT: &str = "INSERT INTO institution_logos (id, png, made_at) VALUES ($1, $2, $3)";
// Those that were sent and not saved. What is in force stays, and so does what somebody sent a moment ago.
const LOGOS_FORGET: &str = "DELETE FROM institution_logos WHERE made_at <= $1 \
    AND id NOT IN (SELECT logo_id FROM institution WHERE logo_id IS NOT NULL)";

/// The row of the institution's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its name.
    pub name: String,
    /// Where people turn.
    pub contact: String,
    /// Its logo.
    pub logo: Option<LogoId>,
    /// When it was changed.
    pub at: Timestamp,
}

/// The words that an administrator wrote last, if one did.
pub async fn read(tx: &mut Tx) -> Result<Option<Changed>, StoreError> {
    let row: Option<(String, String, Option<Uuid>, i64)> =
        on!(tx, |conn| sqlx::query_as(READ).fetch_optional(conn))?;
    Ok(row.map(|(name, contact, logo, at)| Changed {
        name,
        contact,
        logo: logo.map(LogoId::from_uuid),
        at: Timestamp::from_micros(at),
    }))
}

/// Writes the words over those of `seen`, nothing for the configuration's; how many rows: none where somebody else was faster.
pub async fn save(tx: &mut Tx, words: &Changed, seen: Option<Timestamp>) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(SAVE)
            .bind(&words.name)
            .bind(&words.contact)
            .bind(words.logo.map(LogoId::as_uuid))
            .bind(words.at.as_micros())
            .bind(seen.map(Timestamp::as_micros))
    )?)
}

/// A logo's image.
pub async fn logo(tx: &mut Tx, id: LogoId) -> Result<Option<Vec<u8>>, StoreError> {
    let row: Option<(Vec<u8>,)> = on!(tx, |conn| sqlx::query_as(LOGO)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    Ok(row.map(|(png,)| png))
}

/// A new logo.
pub async fn insert_logo(tx: &mut Tx, id: LogoId, png: &[u8], at: Timestamp) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(LOGO_INSERT)
            .bind(id.as_uuid())
            .bind(png)
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// Forgets logos made until `before` that are not in force; how many.
pub async fn forget_logos(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(LOGOS_FORGET).bind(before.as_micros()))?)
}
