//! SQL of what a second officer was asked.

use super::read;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::dossiers::{Action, ActionName, ApprovalState};
use shared::identifiers::{ApprovalId, DossierId, StaffId};
use shared::staff::ActReason;
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

macro_rules! columns {
    () => {
        "id, dossier_id, action, asked, asked_by, reason, asked_at, expires_at, state, decided_by, decided_at, decided_reason"
    };
}

pub(super) const INSERT: &str = "INSERT INTO approvals \
    (id, dossier_id, action, asked, asked_by, reason, asked_at, expires_at, state, decided_by, decided_at, decided_reason) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', NULL, NULL, NULL)";
pub(super) const BY_ID: &str = concat!("SELECT ", columns!(), " FROM approvals WHERE id = $1");
pub(super) const OF_DOSSIER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM approvals WHERE dossier_id = $1 ORDER BY asked_at DESC, id DESC"
);
pub(super) const WAITING: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM approvals WHERE state = 'waiting' AND expires_at > $1 ORDER BY asked_at, id LIMIT $2"
);
pub(super) const OVER_SINCE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM approvals WHERE state <> 'waiting' AND asked_at > $1 ORDER BY asked_at DESC, id DESC LIMIT $2"
);
// One decision counts, whoever else decides at the same moment.
pub(super) const DECIDE: &str = "UPDATE approvals SET state = $2, asked = NULL, decided_by = $3, decided_at = $4, \
    decided_reason = $5 WHERE id = $1 AND state = 'waiting'";
// Agreed to, and carried out by who asked: what is asked stays, and has a time of its own.
pub(super) const GRANT: &str = "UPDATE approvals SET state = 'granted', expires_at = $2, decided_by = $3, decided_at = $4, \
    decided_reason = $5 WHERE id = $1 AND state = 'waiting'";
// Once, whoever else does it at the same moment.
pub(super) const CARRY: &str =
    "UPDATE approvals SET state = 'agreed', asked = NULL WHERE id = $1 AND state = 'granted'";
pub(super) const LAPSE: &str = "UPDATE approvals SET state = 'lapsed', asked = NULL \
    WHERE state IN ('waiting', 'granted') AND expires_at <= $1 RETURNING id";
pub(super) const LAPSE_OF: &str = "UPDATE approvals SET state = 'lapsed', asked = NULL \
    WHERE state IN ('waiting', 'granted') AND asked_by = $1 RETURNING id";
pub(super) const DELETE: &str = "DELETE FROM approvals WHERE dossier_id = $1";

/// What a second officer was asked.
#[derive(Clone, Debug)]
pub(in crate::dossiers) struct Approval {
    pub(in crate::dossiers) id: ApprovalId,
    pub(in crate::dossiers) dossier: DossierId,
    pub(in crate::dossiers) action: ActionName,
    /// What is asked, as long as it can be done.
    pub(in crate::dossiers) asked: Option<Action>,
    pub(in crate::dossiers) asked_by: StaffId,
    pub(in crate::dossiers) reason: ActReason,
    pub(in crate::dossiers) at: Timestamp,
    pub(in crate::dossiers) deadline: Deadline,
    pub(in crate::dossiers) state: ApprovalState,
    pub(in crate::dossiers) decided: Option<Decided>,
}

/// What a second officer said.
#[derive(Clone, Debug)]
pub(in crate::dossiers) struct Decided {
    pub(in crate::dossiers) by: StaffId,
    pub(in crate::dossiers) at: Timestamp,
    pub(in crate::dossiers) reason: ActReason,
}

type Columns = (
    Uuid,
    Uuid,
    String,
    Option<String>,
    Uuid,
    String,
    i64,
    i64,
    String,
    Option<Uuid>,
    Option<i64>,
    Option<String>,
);

/// Asks. [`StoreError::Conflict`] where the same action of the dossier waits already.
pub(in crate::dossiers) async fn insert(
    tx: &mut Tx,
    approval: (ApprovalId, DossierId, &Action),
    (officer, reason): (StaffId, &ActReason),
    at: Timestamp,
    deadline: Deadline,
) -> Result<(), StoreError> {
    let (id, dossier, action) = approval;
    let asked = serde_json::to_string(action).map_err(|_| StoreError::Corrupt("approvals.asked"))?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(id.as_uuid())
            .bind(dossier.as_uuid())
            .bind(action.name().as_str())
            .bind(asked)
            .bind(officer.as_uuid())
            .bind(reason.as_str())
            .bind(at.as_micros())
            .bind(deadline.instant().as_micros())
    )?;
    Ok(())
}

/// What was asked.
pub(in crate::dossiers) async fn by_id(tx: &mut Tx, id: ApprovalId) -> Result<Option<Approval>, StoreError> {
    let row: Option<Columns> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(approval).transpose()
}

/// What was asked about a dossier, the newest first.
pub(in crate::dossiers) async fn of_dossier(
    tx: &mut Tx,
    dossier: DossierId,
) -> Result<Vec<Approval>, StoreError> {
    let rows: Vec<Columns> = on!(tx, |conn| sqlx::query_as(OF_DOSSIER)
        .bind(dossier.as_uuid())
        .fetch_all(conn))?;
    rows.into_iter().map(approval).collect()
}

/// What waits at `now`, the oldest first.
pub(in crate::dossiers) async fn waiting(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Approval>, StoreError> {
    let rows: Vec<Columns> = on!(tx, |conn| sqlx::query_as(WAITING)
        .bind(now.as_micros())
        .bind(limit)
        .fetch_all(conn))?;
    rows.into_iter().map(approval).collect()
}

/// What was asked after `since` and is over, the newest first.
pub(in crate::dossiers) async fn over_since(
    tx: &mut Tx,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Approval>, StoreError> {
    let rows: Vec<Columns> = on!(tx, |conn| sqlx::query_as(OVER_SINCE)
        .bind(since.as_micros())
        .bind(limit)
        .fetch_all(conn))?;
    rows.into_iter().map(approval).collect()
}

/// Writes a decision down, and forgets what was asked. How many rows changed: none where it is decided.
pub(in crate::dossiers) async fn decide(
    tx: &mut Tx,
    id: ApprovalId,
    state: ApprovalState,
    decided: &Decided,
) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(DECIDE)
            .bind(id.as_uuid())
            .bind(state.as_str())
            .bind(decided.by.as_uuid())
            .bind(decided.at.as_micros())
            .bind(decided.reason.as_str())
    )?)
}

/// Writes down that a second officer agreed and that who asked may carry it out until `deadline`. How many rows changed: none
/// where it is decided.
pub(in crate::dossiers) async fn grant(
    tx: &mut Tx,
    id: ApprovalId,
    deadline: Deadline,
    decided: &Decided,
) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(GRANT)
            .bind(id.as_uuid())
            .bind(deadline.instant().as_micros())
            .bind(decided.by.as_uuid())
            .bind(decided.at.as_micros())
            .bind(decided.reason.as_str())
    )?)
}

/// Uses up what was granted. How many rows changed: none where it is used up or over.
pub(in crate::dossiers) async fn carry(tx: &mut Tx, id: ApprovalId) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(CARRY).bind(id.as_uuid()))?)
}

/// Ends what an officer asked for and nobody has carried out, and forgets what was asked.
pub(in crate::dossiers) async fn lapse_of(
    tx: &mut Tx,
    officer: StaffId,
) -> Result<Vec<ApprovalId>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(LAPSE_OF)
        .bind(officer.as_uuid())
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(id,)| ApprovalId::from_uuid(id)).collect())
}

/// Ends what nobody decided or carried out in time, and forgets what was asked.
pub(in crate::dossiers) async fn lapse(tx: &mut Tx, now: Timestamp) -> Result<Vec<ApprovalId>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(LAPSE)
        .bind(now.as_micros())
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(id,)| ApprovalId::from_uuid(id)).collect())
}

fn approval(
    (id, dossier, action, asked, asked_by, reason, at, expires, state, by, decided_at, decided_reason): Columns,
) -> Result<Approval, StoreError> {
    let decided = match (by, decided_at, decided_reason) {
        (Some(by), Some(at), Some(reason)) => Some(Decided {
            by: StaffId::from_uuid(by),
            at: Timestamp::from_micros(at),
            reason: read(&reason, "approvals.decided_reason")?,
        }),
        (None, None, None) => None,
        _ => return Err(StoreError::Corrupt("approvals.decided_by")),
    };
    let asked = asked.map(|asked| serde_json::from_str(&asked)).transpose();
    Ok(Approval {
        id: ApprovalId::from_uuid(id),
        dossier: DossierId::from_uuid(dossier),
        action: read(&action, "approvals.action")?,
        asked: asked.map_err(|_| StoreError::Corrupt("approvals.asked"))?,
        asked_by: StaffId::from_uuid(asked_by),
        reason: read(&reason, "approvals.reason")?,
        at: Timestamp::from_micros(at),
        deadline: Deadline::at(Timestamp::from_micros(expires)),
        state: read(&state, "approvals.state")?,
        decided,
    })
}
