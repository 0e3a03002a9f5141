//! SQL of question sets, attempts and suspensions.

use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::challenges::{Question, Shape};
use shared::identifiers::AccountId;
use shared::time::Timestamp;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    SET_CURRENT,
    SET_BY_ID,
    SET_RETIRE,
    SET_INSERT,
    ATTEMPTS,
    TAKE,
    LAPSE,
    RELEASE,
    SUSPENDED,
    LAST_SUSPENSION,
    SUSPENSIONS,
    SUSPEND,
    SOURCE_FAIL,
    SOURCE_FAILURES,
    SHAPE,
    NOTE_SHAPE,
    PURGE_SETS,
    PURGE_ATTEMPTS,
    PURGE_SUSPENSIONS,
    PURGE_SHAPES,
    PURGE_SOURCES,
    super::finder::NOTE,
    super::finder::BY_EMPLOYER,
    super::finder::BY_REPRESENTATIVE,
    super::finder::PURGE,
    super::kept::ATTEMPTS,
    super::kept::SUSPENSIONS,
];

const SET_CURRENT: &str =
    "SELECT id, questions, expected FROM question_sets WHERE asked = $1 AND expires_at > $2";
const SET_BY_ID: &str = "SELECT id, questions, expected FROM question_sets WHERE id = $1";
const SET_RETIRE: &str = "UPDATE question_sets SET asked = NULL WHERE asked = $1 AND expires_at <= $2";
const SET_INSERT: &str = "INSERT INTO question_sets (id, asked, questions, expected, drawn_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (asked) DO NOTHING";

const ATTEMPTS: &str =
    "SELECT COUNT(*), COALESCE(MAX(at), 0) FROM challenge_attempts WHERE subject = $1 AND at > $2";
// One statement decides: of any number of submissions at once, one gets the slot.
const TAKE: &str = "INSERT INTO challenge_attempts (subject, slot, at, taken_by) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (subject, slot) DO UPDATE SET at = excluded.at, taken_by = excluded.taken_by \
    WHERE challenge_attempts.at <= $5";
// Of all who find the same dead submission, one takes its place.
const LAPSE: &str = "UPDATE challenge_attempts SET at = $3, taken_by = $4 WHERE subject = $1 AND at = $2";
const RELEASE: &str = "DELETE FROM challenge_attempts WHERE subject = $1 AND slot = $2 AND taken_by = $3";

const SUSPENDED: &str = "SELECT MAX(until) FROM suspensions WHERE subject = $1 AND until > $2";
const LAST_SUSPENSION: &str = "SELECT MAX(began_at) FROM suspensions WHERE subject = $1";
const SUSPENSIONS: &str =
    "SELECT began_at FROM suspensions WHERE subject = $1 AND began_at > $2 ORDER BY began_at DESC LIMIT $3";
const SUSPEND: &str =
    "INSERT INTO suspensions (id, subject, account_id, began_at, until) VALUES ($1, $2, $3, $4, $5)";

// Of two submissions at once, the later one's time stays.
const SOURCE_FAIL: &str = "INSERT INTO source_failures (source, identifier, at) VALUES ($1, $2, $3) \
    ON CONFLICT (source, identifier) DO UPDATE SET at = excluded.at WHERE source_failures.at < excluded.at";
const SOURCE_FAILURES: &str =
    "SELECT at FROM source_failures WHERE source = $1 AND at > $2 ORDER BY at DESC LIMIT $3";

const SHAPE: &str = "SELECT shape FROM record_shapes WHERE about = $1 AND slot = $2";
const NOTE_SHAPE: &str = "INSERT INTO record_shapes (about, slot, shape, noted_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (about, slot) DO NOTHING";

const PURGE_SETS: &str = "DELETE FROM question_sets WHERE expires_at <= $1 \
    AND NOT EXISTS (SELECT 1 FROM recovery_cases WHERE recovery_cases.question_set = question_sets.id)";
const PURGE_ATTEMPTS: &str = "DELETE FROM challenge_attempts WHERE at <= $1";
const PURGE_SUSPENSIONS: &str = "DELETE FROM suspensions WHERE until <= $1";
const PURGE_SHAPES: &str = "DELETE FROM record_shapes WHERE noted_at <= $1";
const PURGE_SOURCES: &str = "DELETE FROM source_failures WHERE at <= $1";

/// A set as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SetRow {
    /// Its id.
    pub id: Uuid,
    /// The questions as JSON.
    pub questions: String,
    /// Keyed digest of all right answers together.
    pub expected: Vec<u8>,
}

/// A set to store.
#[derive(Clone, Debug)]
pub struct NewSet {
    /// Its id.
    pub id: Uuid,
    /// Keyed digest of employer, branch and representative.
    pub asked: Digest,
    /// What is asked.
    pub questions: Vec<Question>,
    /// Keyed digest of all right answers together.
    pub expected: Digest,
    /// When it was drawn.
    pub drawn_at: Timestamp,
    /// When another one may be drawn.
    pub expires_at: Timestamp,
}

/// The set that is in use for `asked` at `now`.
pub async fn current_set(tx: &mut Tx, asked: &Digest, now: Timestamp) -> Result<Option<SetRow>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(SET_CURRENT)
        .bind(asked.as_slice())
        .bind(now.as_micros())
        .fetch_optional(conn))?)
}

/// A set, also one that is not in use for new cases any more.
pub async fn set(tx: &mut Tx, id: Uuid) -> Result<Option<SetRow>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(SET_BY_ID)
        .bind(id)
        .fetch_optional(conn))?)
}

/// Puts a set in the place of an expired one. Whoever comes second finds the first one's and changes nothing.
pub async fn insert_set(tx: &mut Tx, set: &NewSet) -> Result<(), StoreError> {
    let questions =
        serde_json::to_string(&set.questions).map_err(|_| StoreError::Corrupt("question_sets.questions"))?;
    changed!(
        tx,
        sqlx::query(SET_RETIRE)
            .bind(set.asked.as_slice())
            .bind(set.drawn_at.as_micros())
    )?;
    changed!(
        tx,
        sqlx::query(SET_INSERT)
            .bind(set.id)
            .bind(set.asked.as_slice())
            .bind(&questions)
            .bind(set.expected.as_slice())
            .bind(set.drawn_at.as_micros())
            .bind(set.expires_at.as_micros())
    )?;
    Ok(())
}

/// How many attempts were taken after `since`, and when the last one was.
pub async fn attempts(
    tx: &mut Tx,
    subject: &Digest,
    since: Timestamp,
) -> Result<(i64, Timestamp), StoreError> {
    let (count, last): (i64, i64) = on!(tx, |conn| sqlx::query_as(ATTEMPTS)
        .bind(subject.as_slice())
        .bind(since.as_micros())
        .fetch_one(conn))?;
    Ok((count, Timestamp::from_micros(last)))
}

/// Takes a slot, if nobody took it after `since`. Tells whether it did.
pub async fn take(
    tx: &mut Tx,
    subject: &Digest,
    slot: i64,
    taken_by: Uuid,
    at: Timestamp,
    since: Timestamp,
) -> Result<bool, StoreError> {
    let changed = changed!(
        tx,
        sqlx::query(TAKE)
            .bind(subject.as_slice())
            .bind(slot)
            .bind(at.as_micros())
            .bind(taken_by)
            .bind(since.as_micros())
    )?;
    Ok(changed == 1)
}

/// Takes the place of the submission that took the last slot at `last`. Tells whether it did.
pub async fn lapse(
    tx: &mut Tx,
    subject: &Digest,
    last: Timestamp,
    taken_by: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changed = changed!(
        tx,
        sqlx::query(LAPSE)
            .bind(subject.as_slice())
            .bind(last.as_micros())
            .bind(at.as_micros())
            .bind(taken_by)
    )?;
    Ok(changed > 0)
}

/// Gives a slot back, if it is still this submission's.
pub async fn release(tx: &mut Tx, subject: &Digest, slot: i64, taken_by: Uuid) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(RELEASE)
            .bind(subject.as_slice())
            .bind(slot)
            .bind(taken_by)
    )?;
    Ok(())
}

/// Until when the subject is suspended at `now`.
pub async fn suspended_until(
    tx: &mut Tx,
    subject: &Digest,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let until: Option<i64> = on!(tx, |conn| sqlx::query_scalar(SUSPENDED)
        .bind(subject.as_slice())
        .bind(now.as_micros())
        .fetch_one(conn))?;
    Ok(until.map(Timestamp::from_micros))
}

/// When the subject's last suspension began, over or not.
pub async fn last_suspension(tx: &mut Tx, subject: &Digest) -> Result<Option<Timestamp>, StoreError> {
    let began: Option<i64> = on!(tx, |conn| sqlx::query_scalar(LAST_SUSPENSION)
        .bind(subject.as_slice())
        .fetch_one(conn))?;
    Ok(began.map(Timestamp::from_micros))
}

/// When the subject's newest suspensions after `since` began, over or not; not more of them than `most`.
pub async fn suspensions(
    tx: &mut Tx,
    subject: &Digest,
    since: Timestamp,
    most: i64,
) -> Result<Vec<Timestamp>, StoreError> {
    let began: Vec<i64> = on!(tx, |conn| sqlx::query_scalar(SUSPENSIONS)
        .bind(subject.as_slice())
        .bind(since.as_micros())
        .bind(most)
        .fetch_all(conn))?;
    Ok(began.into_iter().map(Timestamp::from_micros).collect())
}

/// Notes that answers about an identifier failed from a source.
pub async fn source_fail(
    tx: &mut Tx,
    source: &Digest,
    identifier: &Digest,
    at: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(SOURCE_FAIL)
            .bind(source.as_slice())
            .bind(identifier.as_slice())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// When answers last failed from a source after `since`, once for each identifier; the newest, not more than `most`.
pub async fn source_failures(
    tx: &mut Tx,
    source: &Digest,
    since: Timestamp,
    most: i64,
) -> Result<Vec<Timestamp>, StoreError> {
    let times: Vec<i64> = on!(tx, |conn| sqlx::query_scalar(SOURCE_FAILURES)
        .bind(source.as_slice())
        .bind(since.as_micros())
        .bind(most)
        .fetch_all(conn))?;
    Ok(times.into_iter().map(Timestamp::from_micros).collect())
}

/// Suspends the subject.
pub async fn suspend(
    tx: &mut Tx,
    id: Uuid,
    subject: &Digest,
    account: Option<AccountId>,
    began: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(SUSPEND)
            .bind(id)
            .bind(subject.as_slice())
            .bind(account.map(AccountId::as_uuid))
            .bind(began.as_micros())
            .bind(until.as_micros())
    )?;
    Ok(())
}

/// The gaps of the real record that came first to a slot.
pub async fn shape(tx: &mut Tx, about: &'static str, slot: i64) -> Result<Option<Shape>, StoreError> {
    let shape: Option<String> = on!(tx, |conn| sqlx::query_scalar(SHAPE)
        .bind(about)
        .bind(slot)
        .fetch_optional(conn))?;
    shape
        .map(|shape| serde_json::from_str(&shape).map_err(|_| StoreError::Corrupt("record_shapes.shape")))
        .transpose()
}

/// Notes the gaps of a real record, if it is the first one of its slot.
pub async fn note_shape(
    tx: &mut Tx,
    about: &'static str,
    slot: i64,
    shape: &Shape,
    at: Timestamp,
) -> Result<(), StoreError> {
    let shape = serde_json::to_string(shape).map_err(|_| StoreError::Corrupt("record_shapes.shape"))?;
    changed!(
        tx,
        sqlx::query(NOTE_SHAPE)
            .bind(about)
            .bind(slot)
            .bind(&shape)
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// Deletes sets that no case uses, attempts, suspensions and shapes older than `before`, and what failed from a source
/// before `sources`.
pub async fn purge(
    tx: &mut Tx,
    now: Timestamp,
    before: Timestamp,
    sources: Timestamp,
) -> Result<u64, StoreError> {
    let sets = changed!(tx, sqlx::query(PURGE_SETS).bind(now.as_micros()))?;
    let attempts = changed!(tx, sqlx::query(PURGE_ATTEMPTS).bind(before.as_micros()))?;
    let suspensions = changed!(tx, sqlx::query(PURGE_SUSPENSIONS).bind(before.as_micros()))?;
    let shapes = changed!(tx, sqlx::query(PURGE_SHAPES).bind(before.as_micros()))?;
    let failures = changed!(tx, sqlx::query(PURGE_SOURCES).bind(sources.as_micros()))?;
    Ok(sets + attempts + suspensions + shapes + failures)
}
