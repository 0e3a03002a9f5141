//! SQL of the audit log.

use crate::audit::Head;
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::identifiers::{AccountId, DelegateId, EventId, StaffId};
use shared::staff::DeedName;
use shared::time::Timestamp;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    LOCK_CHAIN,
    CHAIN,
    UNSEALED,
    SEAL,
    MOVE_CHAIN,
    SEALED_AFTER,
    COUNT_UNSEALED,
    AGES,
    ANY,
    LAST,
    NEWEST,
    BEFORE,
    SEARCH,
    SEALED_AT,
    super::kept::OF_ACCOUNT,
    super::kept::OF_IDENTIFIER,
];

const INSERT: &str = "INSERT INTO audit_events \
    (id, at, kind, actor, account_id, case_id, identifier, delegate_id, source, browser, system, staff_id, detail) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

// A write that changes nothing: it takes the row's lock on PostgreSQL; SQLite has one writer anyway.
const LOCK_CHAIN: &str = "UPDATE audit_chain SET id = id WHERE id = 1 RETURNING sequence, seal";

const CHAIN: &str = "SELECT sequence, seal FROM audit_chain WHERE id = 1";

const AGES: &str = "SELECT sealed_at, (SELECT MIN(at) FROM audit_events WHERE sequence IS NULL) FROM audit_chain WHERE id = 1";

const ANY: &str = "SELECT at FROM audit_events LIMIT 1";

const UNSEALED: &str = "SELECT id, at, kind, actor, account_id, case_id, identifier, delegate_id, source, browser, system, \
    staff_id, detail, sequence, seal \
    FROM audit_events WHERE sequence IS NULL ORDER BY at, id LIMIT $1";

const SEAL: &str = "UPDATE audit_events SET sequence = $2, seal = $3 WHERE id = $1 AND sequence IS NULL";

const MOVE_CHAIN: &str = "UPDATE audit_chain SET sequence = $1, seal = $2, sealed_at = $3 WHERE id = 1";

const SEALED_AFTER: &str = "SELECT id, at, kind, actor, account_id, case_id, identifier, delegate_id, source, browser, system, \
    staff_id, detail, sequence, seal \
    FROM audit_events WHERE sequence > $1 ORDER BY sequence LIMIT $2";

const COUNT_UNSEALED: &str = "SELECT COUNT(*) FROM audit_events WHERE sequence IS NULL";

const LAST: &str = "SELECT id, at, delegate_id, source, browser, system, staff_id, detail FROM audit_events \
    WHERE account_id = $1 AND kind = $2 AND at < $3 \
    AND delegate_id IS NOT DISTINCT FROM $4 ORDER BY at DESC, id DESC LIMIT 1";

const NEWEST: &str = "SELECT id, at, delegate_id, source, browser, system, staff_id, detail FROM audit_events \
    WHERE account_id = $1 ORDER BY at DESC, id DESC LIMIT $2";

const BEFORE: &str = "SELECT id, at, delegate_id, source, browser, system, staff_id, detail FROM audit_events \
    WHERE account_id = $1 AND (at, id) < ($3, $4) ORDER BY at DESC, id DESC LIMIT $2";

// What is not asked for is NULL. The comparison stands first: PostgreSQL learns the parameter's type from it.
const SEARCH: &str = "SELECT id, at, kind, actor, account_id, case_id, identifier, delegate_id, source, browser, system, \
    staff_id, detail, sequence, seal FROM audit_events \
    WHERE at >= $1 AND at < $2 AND (at, id) < ($3, $4) \
    AND (kind = $5 OR $5 IS NULL) AND (staff_id = $6 OR $6 IS NULL) \
    AND (identifier = $7 OR account_id = $8 OR $7 IS NULL) \
    AND (REPLACE(detail, $10, '') <> detail OR $10 IS NULL) \
    ORDER BY at DESC, id DESC LIMIT $9";

const SEALED_AT: &str = "SELECT seal FROM audit_events WHERE sequence = $1";

/// What the history of an account needs of an event.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HistoryRow {
    /// The row's id.
    pub id: Uuid,
    /// When it happened, microseconds since 1970 UTC.
    pub at: i64,
    /// The delegate who did it, or whose sign-in it was.
    pub delegate_id: Option<Uuid>,
    /// The address of the network the request came from.
    pub source: Option<String>,
    /// Which browser it came from.
    pub browser: Option<String>,
    /// On which system.
    pub system: Option<String>,
    /// The officer who did it.
    pub staff_id: Option<Uuid>,
    /// The event as JSON.
    pub detail: String,
}

/// An event as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct EventRow {
    /// The row's id.
    pub id: Uuid,
    /// When it happened, microseconds since 1970 UTC.
    pub at: i64,
    /// The event's name.
    pub kind: String,
    /// Who did it.
    pub actor: String,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The recovery case.
    pub case_id: Option<Uuid>,
    /// Keyed digest of the employer's identifier and branch.
    pub identifier: Option<Vec<u8>>,
    /// The delegate who did it, or whose sign-in it was.
    pub delegate_id: Option<Uuid>,
    /// The address of the network the request came from.
    pub source: Option<String>,
    /// Which browser it came from.
    pub browser: Option<String>,
    /// On which system.
    pub system: Option<String>,
    /// The officer who did it.
    pub staff_id: Option<Uuid>,
    /// The event as JSON.
    pub detail: String,
    /// The place in the chain.
    pub sequence: Option<i64>,
    /// The seal.
    pub seal: Option<Vec<u8>>,
}

/// Writes an event that is not sealed yet.
pub async fn insert(tx: &mut Tx, row: &EventRow) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(row.id)
            .bind(row.at)
            .bind(&row.kind)
            .bind(&row.actor)
            .bind(row.account_id)
            .bind(row.case_id)
            .bind(&row.identifier)
            .bind(row.delegate_id)
            .bind(&row.source)
            .bind(&row.browser)
            .bind(&row.system)
            .bind(row.staff_id)
            .bind(&row.detail)
    )?;
    Ok(())
}

/// The head of the chain, locked until the transaction ends.
pub async fn lock_chain(tx: &mut Tx) -> Result<Head, StoreError> {
    head(on!(tx, |conn| sqlx::query_as(LOCK_CHAIN).fetch_one(conn))?)
}

/// The head of the chain.
pub async fn chain(tx: &mut Tx) -> Result<Head, StoreError> {
    head(on!(tx, |conn| sqlx::query_as(CHAIN).fetch_one(conn))?)
}

/// Events without a seal, oldest first.
pub async fn unsealed(tx: &mut Tx, limit: i64) -> Result<Vec<EventRow>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(UNSEALED)
        .bind(limit)
        .fetch_all(conn))?)
}

/// Seals one event.
pub async fn seal(tx: &mut Tx, id: Uuid, head: &Head) -> Result<(), StoreError> {
    let changed = changed!(
        tx,
        sqlx::query(SEAL)
            .bind(id)
            .bind(head.sequence)
            .bind(head.seal.as_slice())
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}

/// Moves the chain's end to `head`.
pub async fn move_chain(tx: &mut Tx, head: &Head, at: Timestamp) -> Result<(), StoreError> {
    let changed = changed!(
        tx,
        sqlx::query(MOVE_CHAIN)
            .bind(head.sequence)
            .bind(head.seal.as_slice())
            .bind(at.as_micros())
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Corrupt("audit_chain has no row"))
    }
}

/// Sealed events after a place in the chain, in order.
pub async fn sealed_after(tx: &mut Tx, sequence: i64, limit: i64) -> Result<Vec<EventRow>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(SEALED_AFTER)
        .bind(sequence)
        .bind(limit)
        .fetch_all(conn))?)
}

/// When events were sealed last, and when the oldest happened that waits for its seal.
pub async fn ages(tx: &mut Tx) -> Result<(Timestamp, Option<Timestamp>), StoreError> {
    let (sealed, oldest): (i64, Option<i64>) = on!(tx, |conn| sqlx::query_as(AGES).fetch_one(conn))?;
    Ok((Timestamp::from_micros(sealed), oldest.map(Timestamp::from_micros)))
}

/// Whether anything was ever written down.
pub async fn has_events(tx: &mut Tx) -> Result<bool, StoreError> {
    let any: Option<(i64,)> = on!(tx, |conn| sqlx::query_as(ANY).fetch_optional(conn))?;
    Ok(any.is_some())
}

/// How many events wait for their seal.
pub async fn count_unsealed(tx: &mut Tx) -> Result<i64, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_scalar(COUNT_UNSEALED).fetch_one(conn))?)
}

/// The last event of a kind of an account before `before`: of a delegate's, or of nobody's in particular.
pub async fn last(
    tx: &mut Tx,
    account: AccountId,
    delegate: Option<DelegateId>,
    kind: &str,
    before: Timestamp,
) -> Result<Option<HistoryRow>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_as(LAST)
        .bind(account.as_uuid())
        .bind(kind)
        .bind(before.as_micros())
        .bind(delegate.map(DelegateId::as_uuid))
        .fetch_optional(conn))?)
}

/// The events of an account, newest first: the newest ones, or those before an event.
pub async fn of_account(
    tx: &mut Tx,
    account: AccountId,
    before: Option<(Timestamp, EventId)>,
    limit: i64,
) -> Result<Vec<HistoryRow>, StoreError> {
    Ok(match before {
        None => on!(tx, |conn| sqlx::query_as(NEWEST)
            .bind(account.as_uuid())
            .bind(limit)
            .fetch_all(conn))?,
        Some((at, id)) => on!(tx, |conn| sqlx::query_as(BEFORE)
            .bind(account.as_uuid())
            .bind(limit)
            .bind(at.as_micros())
            .bind(id.as_uuid())
            .fetch_all(conn))?,
    })
}

/// What an auditor looks for. What is absent fits everything.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// From this time on.
    pub from: Timestamp,
    /// Before this time.
    pub until: Timestamp,
    /// Before this event.
    pub before: (Timestamp, Uuid),
    /// Its name.
    pub kind: Option<&'a str>,
    /// The officer who did it.
    pub staff: Option<StaffId>,
    /// Which deed of the staff it is.
    pub deed: Option<DeedName>,
    /// Whose: the keyed digest of employer and branch, and the account, where there is one.
    pub subject: Option<(&'a Digest, Option<AccountId>)>,
}

/// Events that fit, newest first.
pub async fn search(tx: &mut Tx, wanted: &Wanted<'_>, limit: i64) -> Result<Vec<EventRow>, StoreError> {
    let (digest, account) = match wanted.subject {
        Some((digest, account)) => (Some(digest.as_slice()), account),
        None => (None, None),
    };
    Ok(on!(tx, |conn| sqlx::query_as(SEARCH)
        .bind(wanted.from.as_micros())
        .bind(wanted.until.as_micros())
        .bind(wanted.before.0.as_micros())
        .bind(wanted.before.1)
        .bind(wanted.kind)
        .bind(wanted.staff.map(StaffId::as_uuid))
        .bind(digest)
        .bind(account.map(AccountId::as_uuid))
        .bind(limit)
        .bind(wanted.deed.map(in_detail))
        .fetch_all(conn))?)
}

/// How a deed stands in the event that it is: a word of ours between its quotes, which stands nowhere else.
fn in_detail(deed: DeedName) -> String {
    format!("\"deed\":\"{}\"", deed.as_str())
}

/// The head at a place of the chain, as it is stored; `None` where no event stands there.
pub async fn head_at(tx: &mut Tx, sequence: i64) -> Result<Option<Head>, StoreError> {
    if sequence == Head::EMPTY.sequence {
        return Ok(Some(Head::EMPTY));
    }
    let seal: Option<Option<Vec<u8>>> = on!(tx, |conn| sqlx::query_scalar(SEALED_AT)
        .bind(sequence)
        .fetch_optional(conn))?;
    seal.flatten().map(|seal| head((sequence, seal))).transpose()
}

fn head((sequence, seal): (i64, Vec<u8>)) -> Result<Head, StoreError> {
    let seal = seal
        .try_into()
        .map_err(|_| StoreError::Corrupt("audit_chain.seal"))?;
    Ok(Head { sequence, seal })
}
