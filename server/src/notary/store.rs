//! SQL of the cache of answers about revocation.

use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::time::Timestamp;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[ANSWER, KEEP, DROP, PURGE, TRIM];

const ANSWER: &str =
    "SELECT answer, fetched_at FROM revocation_answers WHERE question = $1 AND stale_at > $2";
const KEEP: &str = "INSERT INTO revocation_answers (question, answer, size, fetched_at, stale_at) \
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (question) DO UPDATE SET \
    answer = excluded.answer, size = excluded.size, fetched_at = excluded.fetched_at, stale_at = excluded.stale_at \
    WHERE revocation_answers.fetched_at <= excluded.fetched_at";
const DROP: &str = "DELETE FROM revocation_answers WHERE question = $1 AND fetched_at = $2";
const PURGE: &str = "DELETE FROM revocation_answers WHERE stale_at <= $1";
const TRIM: &str = "DELETE FROM revocation_answers WHERE question IN (SELECT question FROM \
    (SELECT question, SUM(size) OVER (ORDER BY fetched_at DESC, question) AS up_to FROM revocation_answers) AS newest_first \
    WHERE up_to > CAST($1 AS BIGINT))";

/// A question's name: its digest.
pub type Name = [u8; 32];

/// An answer that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// As it came.
    pub answer: Vec<u8>,
    /// When.
    pub fetched_at: Timestamp,
}

/// The answer to a question, unless it is to be asked anew.
pub async fn answer(tx: &mut Tx, question: &Name, now: Timestamp) -> Result<Option<Kept>, StoreError> {
    let row: Option<(Vec<u8>, i64)> = on!(tx, |conn| sqlx::query_as(ANSWER)
        .bind(question.as_slice())
        .bind(now.as_micros())
        .fetch_optional(conn))?;
    Ok(row.map(|(answer, fetched_at)| Kept {
        answer,
        fetched_at: Timestamp::from_micros(fetched_at),
    }))
}

/// Keeps an answer, unless a later one is kept, and drops the oldest above `limit` bytes in all.
pub async fn keep(
    tx: &mut Tx,
    question: &Name,
    kept: &Kept,
    stale: Timestamp,
    limit: u64,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(KEEP)
            .bind(question.as_slice())
            .bind(kept.answer.as_slice())
            .bind(i64::try_from(kept.answer.len()).unwrap_or(i64::MAX))
            .bind(kept.fetched_at.as_micros())
            .bind(stale.as_micros())
    )?;
    changed!(
        tx,
        sqlx::query(TRIM).bind(i64::try_from(limit).unwrap_or(i64::MAX))
    )?;
    Ok(())
}

/// Drops an answer that was of no use, unless a later one took its place.
pub async fn forget(tx: &mut Tx, question: &Name, fetched: Timestamp) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(DROP)
            .bind(question.as_slice())
            .bind(fetched.as_micros())
    )?;
    Ok(())
}

/// Drops what is to be asked anew.
pub async fn purge(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(PURGE).bind(now.as_micros()))?)
}
