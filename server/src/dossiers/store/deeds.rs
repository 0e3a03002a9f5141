//! SQL of what was done with dossiers.

use super::read;
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::dossiers::{ActionName, Reach};
use shared::identifiers::{CaseId, ContactChangeId, DossierId, StaffActId, StaffId, UnlockId};
use shared::passkeys::EnrolmentId;
use shared::staff::ActReason;
use shared::time::Timestamp;
use uuid::Uuid;

pub(super) const INSERT: &str = "INSERT INTO dossier_deeds \
    (id, dossier_id, subject, action, reach, staff_id, second_staff_id, reason, done_at, under_way, under_way_id, reference, \
    sent_to) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
pub(super) const OF_DOSSIER: &str = "SELECT action, staff_id, second_staff_id, reason, done_at, under_way, under_way_id, \
    reference, sent_to FROM dossier_deeds WHERE dossier_id = $1 ORDER BY done_at DESC, id DESC";
pub(super) const TOUCHED: &str =
    "SELECT reach FROM dossier_deeds WHERE subject = $1 AND (done_at > $2 OR dossier_id = $3)";
pub(super) const DELETE: &str = "DELETE FROM dossier_deeds WHERE dossier_id = $1";

/// Something that was done.
#[derive(Clone, Debug)]
pub(in crate::dossiers) struct DeedRow {
    pub(in crate::dossiers) action: ActionName,
    /// Who asked for it.
    pub(in crate::dossiers) officer: StaffId,
    /// Who agreed, where that was needed.
    pub(in crate::dossiers) second: Option<StaffId>,
    pub(in crate::dossiers) reason: ActReason,
    pub(in crate::dossiers) at: Timestamp,
    pub(in crate::dossiers) sent: Sent,
}

/// What came of it, as far as it can be watched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::dossiers) struct Sent {
    pub(in crate::dossiers) under_way: Option<UnderWay>,
    /// What the person's mail and page show too.
    pub(in crate::dossiers) reference: Option<String>,
    /// Where to, masked.
    pub(in crate::dossiers) to: Option<String>,
}

/// What is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dossiers) enum UnderWay {
    Recovery(CaseId),
    Unlock(UnlockId),
    Contact(ContactChangeId),
    Passkey(EnrolmentId),
}

type Columns = (
    String,
    Uuid,
    Option<Uuid>,
    String,
    i64,
    Option<String>,
    Option<Uuid>,
    Option<String>,
    Option<String>,
);

/// Writes down what was done.
pub(in crate::dossiers) async fn insert(
    tx: &mut Tx,
    (act, dossier, subject): (StaffActId, DossierId, &Digest),
    reach: Reach,
    row: &DeedRow,
) -> Result<(), StoreError> {
    let (under_way, id) = match row.sent.under_way {
        Some(UnderWay::Recovery(case)) => (Some("recovery"), Some(case.as_uuid())),
        Some(UnderWay::Unlock(case)) => (Some("unlock"), Some(case.as_uuid())),
        Some(UnderWay::Contact(change)) => (Some("contact"), Some(change.as_uuid())),
        Some(UnderWay::Passkey(link)) => (Some("passkey"), Some(link.as_uuid())),
        None => (None, None),
    };
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(act.as_uuid())
            .bind(dossier.as_uuid())
            .bind(subject.as_slice())
            .bind(row.action.as_str())
            .bind(reach.as_str())
            .bind(row.officer.as_uuid())
            .bind(row.second.map(StaffId::as_uuid))
            .bind(row.reason.as_str())
            .bind(row.at.as_micros())
            .bind(under_way)
            .bind(id)
            .bind(row.sent.reference.as_deref())
            .bind(row.sent.to.as_deref())
    )?;
    Ok(())
}

/// What was done, the newest first.
pub(in crate::dossiers) async fn of_dossier(
    tx: &mut Tx,
    dossier: DossierId,
) -> Result<Vec<DeedRow>, StoreError> {
    let rows: Vec<Columns> = on!(tx, |conn| sqlx::query_as(OF_DOSSIER)
        .bind(dossier.as_uuid())
        .fetch_all(conn))?;
    rows.into_iter().map(deed).collect()
}

/// What was touched for an account: in this dossier, or in any one after `since`.
pub(in crate::dossiers) async fn touched(
    tx: &mut Tx,
    subject: &Digest,
    dossier: DossierId,
    since: Timestamp,
) -> Result<Vec<Reach>, StoreError> {
    let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(TOUCHED)
        .bind(subject.as_slice())
        .bind(since.as_micros())
        .bind(dossier.as_uuid())
        .fetch_all(conn))?;
    rows.iter()
        .map(|(reach,)| read(reach, "dossier_deeds.reach"))
        .collect()
}

fn deed(
    (action, officer, second, reason, at, under_way, id, reference, to): Columns,
) -> Result<DeedRow, StoreError> {
    let under_way = match (under_way.as_deref(), id) {
        (Some("recovery"), Some(id)) => Some(UnderWay::Recovery(CaseId::from_uuid(id))),
        (Some("unlock"), Some(id)) => Some(UnderWay::Unlock(UnlockId::from_uuid(id))),
        (Some("contact"), Some(id)) => Some(UnderWay::Contact(ContactChangeId::from_uuid(id))),
        (Some("passkey"), Some(id)) => Some(UnderWay::Passkey(EnrolmentId::from_uuid(id))),
        (None, None) => None,
        _ => return Err(StoreError::Corrupt("dossier_deeds.under_way")),
    };
    Ok(DeedRow {
        action: read(&action, "dossier_deeds.action")?,
        officer: StaffId::from_uuid(officer),
        second: second.map(StaffId::from_uuid),
        reason: read(&reason, "dossier_deeds.reason")?,
        at: Timestamp::from_micros(at),
        sent: Sent {
            under_way,
            reference,
            to,
        },
    })
}
