//! SQL of dossiers, their items and who looked at them.

pub(super) mod approvals;
pub(super) mod deeds;
pub(super) mod papers;
pub(super) mod referrals;

use crate::challenges::Identity;
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use core::str::FromStr;
use shared::appointments::Errand;
use shared::centres::{Mode, Procedure};
use shared::dossiers::{Found, Item, Verdict, Way};
use shared::identifiers::{DossierId, StaffId, VisitId};
use shared::staff::ActReason;
use shared::time::Timestamp;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    BY_ID,
    BY_VISIT,
    TOUCH,
    SET_FOUND,
    RECORD_ITEM,
    ITEMS,
    LOOK,
    LOOKED,
    DUE,
    LOCK_DUE,
    DELETE_LOOKS,
    DELETE_ITEMS,
    DELETE,
    papers::INSERT,
    papers::BY_ID,
    papers::FILL,
    papers::OF_DOSSIER,
    papers::COUNT,
    papers::DELETE,
    deeds::INSERT,
    deeds::OF_DOSSIER,
    deeds::TOUCHED,
    deeds::DELETE,
    approvals::INSERT,
    approvals::BY_ID,
    approvals::OF_DOSSIER,
    approvals::WAITING,
    approvals::OVER_SINCE,
    approvals::DECIDE,
    approvals::GRANT,
    approvals::CARRY,
    approvals::LAPSE,
    approvals::LAPSE_OF,
    approvals::DELETE,
    referrals::SEE,
    referrals::IS_SEEN,
    referrals::DELETE,
    super::kept::DOSSIERS,
    super::kept::FINDINGS,
    super::kept::ITEMS,
    super::kept::PAPERS,
    super::kept::DEEDS,
    super::kept::SEEN,
];

macro_rules! columns {
    () => {
        "id, visit_id, employer, branch, representative, procedure, mode, found, opened_by, opened_at"
    };
}

const INSERT: &str = "INSERT INTO dossiers \
    (id, version, visit_id, employer, branch, representative, subject, procedure, mode, found, opened_by, opened_at, \
    changed_at, delete_after) \
    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10, $10, $11)";
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM dossiers WHERE id = $1");
const BY_VISIT: &str = concat!("SELECT ", columns!(), " FROM dossiers WHERE visit_id = $1");
// Whoever changes anything of a dossier does this first: on PostgreSQL the others wait for the row.
const TOUCH: &str = concat!(
    "UPDATE dossiers SET version = version + 1, changed_at = $2, delete_after = $3 WHERE id = $1 RETURNING ",
    columns!()
);
const SET_FOUND: &str = "UPDATE dossiers SET found = $2 WHERE id = $1";
const RECORD_ITEM: &str = "INSERT INTO dossier_items (dossier_id, item, way, verdict, staff_id, recorded_at, note) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) \
    ON CONFLICT (dossier_id, item) DO UPDATE SET way = $3, verdict = $4, staff_id = $5, recorded_at = $6, note = $7";
const ITEMS: &str =
    "SELECT item, way, verdict, staff_id, recorded_at, note FROM dossier_items WHERE dossier_id = $1";
const LOOK: &str = "INSERT INTO dossier_looks (dossier_id, staff_id, seen_at) VALUES ($1, $2, $3) \
    ON CONFLICT (dossier_id, staff_id) DO UPDATE SET seen_at = $3";
const LOOKED: &str = "SELECT seen_at FROM dossier_looks WHERE dossier_id = $1 AND staff_id = $2";
const DUE: &str = "SELECT id FROM dossiers WHERE delete_after <= $1 ORDER BY delete_after LIMIT $2";
const LOCK_DUE: &str =
    "UPDATE dossiers SET version = version + 1 WHERE id = $1 AND delete_after <= $2 RETURNING visit_id";
const DELETE_LOOKS: &str = "DELETE FROM dossier_looks WHERE dossier_id = $1";
const DELETE_ITEMS: &str = "DELETE FROM dossier_items WHERE dossier_id = $1";
const DELETE: &str = "DELETE FROM dossiers WHERE id = $1";

/// A dossier's row.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) id: DossierId,
    pub(super) visit: VisitId,
    pub(super) identity: Identity,
    pub(super) procedure: Procedure,
    pub(super) mode: Mode,
    pub(super) found: Option<Found>,
    pub(super) opened_by: StaffId,
    pub(super) opened_at: Timestamp,
}

impl Record {
    /// What the person came for, and as whom.
    pub(super) const fn errand(&self) -> Errand<'_> {
        Errand {
            procedure: self.procedure,
            mode: self.mode,
            employer: self.identity.employer,
            representative: &self.identity.representative,
        }
    }
}

/// What was written down of an item.
#[derive(Clone, Debug)]
pub(super) struct ItemRow {
    pub(super) item: Item,
    pub(super) way: Way,
    pub(super) verdict: Verdict,
    /// Nobody where the portal knew it by itself.
    pub(super) officer: Option<StaffId>,
    pub(super) at: Timestamp,
    pub(super) note: Option<ActReason>,
}

type Columns = (
    Uuid,
    Uuid,
    String,
    String,
    String,
    String,
    String,
    Option<String>,
    Uuid,
    i64,
);

type ItemColumns = (String, String, String, Option<Uuid>, i64, Option<String>);

/// Writes a new dossier. [`StoreError::Conflict`] where its visit has one.
pub(super) async fn insert(
    tx: &mut Tx,
    record: &Record,
    subject: &Digest,
    delete_after: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(record.id.as_uuid())
            .bind(record.visit.as_uuid())
            .bind(record.identity.employer.to_string())
            .bind(record.identity.branch.to_string())
            .bind(record.identity.representative.to_string())
            .bind(subject.as_slice())
            .bind(record.procedure.as_str())
            .bind(record.mode.as_str())
            .bind(record.opened_by.as_uuid())
            .bind(record.opened_at.as_micros())
            .bind(delete_after.as_micros())
    )?;
    Ok(())
}

/// A dossier.
pub(super) async fn by_id(tx: &mut Tx, id: DossierId) -> Result<Option<Record>, StoreError> {
    let row: Option<Columns> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(record).transpose()
}

/// The dossier of a visit.
pub(super) async fn by_visit(tx: &mut Tx, visit: VisitId) -> Result<Option<Record>, StoreError> {
    let row: Option<Columns> = on!(tx, |conn| sqlx::query_as(BY_VISIT)
        .bind(visit.as_uuid())
        .fetch_optional(conn))?;
    row.map(record).transpose()
}

/// A dossier, for whoever is about to change it: everybody else who is waits until the transaction ends.
pub(super) async fn lock(
    tx: &mut Tx,
    id: DossierId,
    at: Timestamp,
    delete_after: Timestamp,
) -> Result<Option<Record>, StoreError> {
    let row: Option<Columns> = on!(tx, |conn| sqlx::query_as(TOUCH)
        .bind(id.as_uuid())
        .bind(at.as_micros())
        .bind(delete_after.as_micros())
        .fetch_optional(conn))?;
    row.map(record).transpose()
}

/// Writes down what the registries said.
pub(super) async fn set_found(tx: &mut Tx, id: DossierId, found: &Found) -> Result<(), StoreError> {
    let found = serde_json::to_string(found).map_err(|_| StoreError::Corrupt("dossiers.found"))?;
    changed!(tx, sqlx::query(SET_FOUND).bind(id.as_uuid()).bind(found))?;
    Ok(())
}

/// Writes down what was found of an item; what was there before is replaced. The act of the staff that it was stays.
pub(super) async fn record_item(tx: &mut Tx, id: DossierId, row: &ItemRow) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(RECORD_ITEM)
            .bind(id.as_uuid())
            .bind(row.item.as_str())
            .bind(row.way.as_str())
            .bind(row.verdict.as_str())
            .bind(row.officer.map(StaffId::as_uuid))
            .bind(row.at.as_micros())
            .bind(row.note.as_ref().map(ActReason::as_str))
    )?;
    Ok(())
}

/// What was written down of a dossier's items.
pub(super) async fn items(tx: &mut Tx, id: DossierId) -> Result<Vec<ItemRow>, StoreError> {
    let rows: Vec<ItemColumns> = on!(tx, |conn| sqlx::query_as(ITEMS)
        .bind(id.as_uuid())
        .fetch_all(conn))?;
    rows.into_iter()
        .map(|(item, way, verdict, officer, at, note)| {
            Ok(ItemRow {
                item: read(&item, "dossier_items.item")?,
                way: read(&way, "dossier_items.way")?,
                verdict: read(&verdict, "dossier_items.verdict")?,
                officer: officer.map(StaffId::from_uuid),
                at: Timestamp::from_micros(at),
                note: note.map(|note| read(&note, "dossier_items.note")).transpose()?,
            })
        })
        .collect()
}

/// Writes down that an officer looks at a dossier.
pub(super) async fn look(
    tx: &mut Tx,
    id: DossierId,
    officer: StaffId,
    at: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(LOOK)
            .bind(id.as_uuid())
            .bind(officer.as_uuid())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// When an officer last opened a dossier or said why they look.
pub(super) async fn looked_at(
    tx: &mut Tx,
    id: DossierId,
    officer: StaffId,
) -> Result<Option<Timestamp>, StoreError> {
    let row: Option<(i64,)> = on!(tx, |conn| sqlx::query_as(LOOKED)
        .bind(id.as_uuid())
        .bind(officer.as_uuid())
        .fetch_optional(conn))?;
    Ok(row.map(|(at,)| Timestamp::from_micros(at)))
}

/// Dossiers whose time is over.
pub(super) async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<DossierId>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(DUE)
        .bind(now.as_micros())
        .bind(limit)
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(id,)| DossierId::from_uuid(id)).collect())
}

/// Locks a dossier whose time is over; nothing where it is gone or was changed meanwhile.
pub(super) async fn lock_due(
    tx: &mut Tx,
    id: DossierId,
    now: Timestamp,
) -> Result<Option<VisitId>, StoreError> {
    let row: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(LOCK_DUE)
        .bind(id.as_uuid())
        .bind(now.as_micros())
        .fetch_optional(conn))?;
    Ok(row.map(|(visit,)| VisitId::from_uuid(visit)))
}

/// Deletes a locked dossier and all that belongs to it. Its documents went by themselves.
pub(super) async fn delete(tx: &mut Tx, id: DossierId) -> Result<(), StoreError> {
    for text in [
        DELETE_LOOKS,
        DELETE_ITEMS,
        papers::DELETE,
        deeds::DELETE,
        approvals::DELETE,
        referrals::DELETE,
        DELETE,
    ] {
        changed!(tx, sqlx::query(text).bind(id.as_uuid()))?;
    }
    Ok(())
}

fn record(
    (id, visit, employer, branch, representative, procedure, mode, found, opened_by, opened_at): Columns,
) -> Result<Record, StoreError> {
    let identity = Identity {
        employer: read(&employer, "dossiers.employer")?,
        branch: read(&branch, "dossiers.branch")?,
        representative: read(&representative, "dossiers.representative")?,
    };
    let found = found.map(|found| serde_json::from_str(&found)).transpose();
    Ok(Record {
        id: DossierId::from_uuid(id),
        visit: VisitId::from_uuid(visit),
        identity,
        procedure: read(&procedure, "dossiers.procedure")?,
        mode: read(&mode, "dossiers.mode")?,
        found: found.map_err(|_| StoreError::Corrupt("dossiers.found"))?,
        opened_by: StaffId::from_uuid(opened_by),
        opened_at: Timestamp::from_micros(opened_at),
    })
}

/// Reads a stored word.
pub(super) fn read<T: FromStr>(text: &str, column: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(column))
}
