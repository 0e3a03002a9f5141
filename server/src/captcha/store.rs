//! SQL of the captcha.

use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::time::Timestamp;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[SPEND, PURGE_SPENT, FAIL, FAILURES, PURGE_FAILURES];

const SPEND: &str =
    "INSERT INTO captcha_spent (seed, expires_at) VALUES ($1, $2) ON CONFLICT (seed) DO NOTHING";
const PURGE_SPENT: &str = "DELETE FROM captcha_spent WHERE expires_at <= $1";
const FAIL: &str = "INSERT INTO captcha_failures (whom, count, last_at) VALUES ($1, 1, $2) \
    ON CONFLICT (whom) DO UPDATE SET \
    count = CASE WHEN captcha_failures.last_at <= $3 THEN 1 ELSE captcha_failures.count + 1 END, last_at = $2";
const FAILURES: &str = "SELECT count FROM captcha_failures WHERE whom = $1 AND last_at > $2";
const PURGE_FAILURES: &str = "DELETE FROM captcha_failures WHERE last_at <= $1";

/// Whether a challenge was still unspent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spending {
    /// It was, and is spent now.
    First,
    /// It was spent before.
    Again,
}

/// Spends a challenge: exactly one of those who come with it is the first.
pub async fn spend(tx: &mut Tx, seed: &[u8; 16], expires: Timestamp) -> Result<Spending, StoreError> {
    let rows = changed!(
        tx,
        sqlx::query(SPEND).bind(seed.as_slice()).bind(expires.as_micros())
    )?;
    Ok(if rows == 1 {
        Spending::First
    } else {
        Spending::Again
    })
}

/// Counts a failure; what failed at or before `void` is forgotten.
pub async fn fail(tx: &mut Tx, whom: &Digest, at: Timestamp, void: Timestamp) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(FAIL)
            .bind(whom.as_slice())
            .bind(at.as_micros())
            .bind(void.as_micros())
    )?;
    Ok(())
}

/// How many failures there were after `void`.
pub async fn failures(tx: &mut Tx, whom: &Digest, void: Timestamp) -> Result<u32, StoreError> {
    let row: Option<(i64,)> = on!(tx, |conn| sqlx::query_as(FAILURES)
        .bind(whom.as_slice())
        .bind(void.as_micros())
        .fetch_optional(conn))?;
    Ok(row.map_or(0, |(count,)| u32::try_from(count).unwrap_or(u32::MAX)))
}

/// Drops spent challenges that are over, and failures that are void.
pub async fn purge(tx: &mut Tx, now: Timestamp, void: Timestamp) -> Result<u64, StoreError> {
    let spent = changed!(tx, sqlx::query(PURGE_SPENT).bind(now.as_micros()))?;
    let failures = changed!(tx, sqlx::query(PURGE_FAILURES).bind(void.as_micros()))?;
    Ok(spent + failures)
}
