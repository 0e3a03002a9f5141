//! SQL of the files of dossiers.

use super::read;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::dossiers::api::PaperKind;
use shared::dossiers::{Item, PaperId};
use shared::identifiers::{DocumentId, DossierId, StaffId};
use shared::time::Timestamp;
use uuid::Uuid;

macro_rules! columns {
    () => {
        "id, dossier_id, item, staff_id, document_id, kind, size, received_at"
    };
}

pub(super) const INSERT: &str = "INSERT INTO dossier_papers \
    (id, dossier_id, item, staff_id, made_at, document_id, kind, size, received_at) \
    VALUES ($1, $2, $3, $4, $5, NULL, NULL, NULL, NULL)";
pub(super) const BY_ID: &str = concat!("SELECT ", columns!(), " FROM dossier_papers WHERE id = $1");
// A place is filled once, whoever else sends a file to it at the same moment.
pub(super) const FILL: &str = "UPDATE dossier_papers SET document_id = $2, kind = $3, size = $4, received_at = $5 \
    WHERE id = $1 AND document_id IS NULL";
pub(super) const OF_DOSSIER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM dossier_papers WHERE dossier_id = $1 AND document_id IS NOT NULL ORDER BY received_at, id"
);
pub(super) const COUNT: &str = "SELECT COUNT(*) FROM dossier_papers WHERE dossier_id = $1";
pub(super) const DELETE: &str = "DELETE FROM dossier_papers WHERE dossier_id = $1";

/// A file, or the place for one.
#[derive(Clone, Debug)]
pub(in crate::dossiers) struct Paper {
    pub(in crate::dossiers) id: PaperId,
    pub(in crate::dossiers) dossier: DossierId,
    pub(in crate::dossiers) item: Item,
    /// Who made the place.
    pub(in crate::dossiers) officer: StaffId,
    /// The file, once it came.
    pub(in crate::dossiers) file: Option<Filed>,
}

/// A file that came.
#[derive(Clone, Copy, Debug)]
pub(in crate::dossiers) struct Filed {
    pub(in crate::dossiers) document: DocumentId,
    pub(in crate::dossiers) kind: PaperKind,
    pub(in crate::dossiers) size: u32,
    pub(in crate::dossiers) at: Timestamp,
}

type Columns = (
    Uuid,
    Uuid,
    String,
    Uuid,
    Option<Uuid>,
    Option<String>,
    Option<i64>,
    Option<i64>,
);

/// Makes the place for a file.
pub(in crate::dossiers) async fn insert(tx: &mut Tx, paper: &Paper, at: Timestamp) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(paper.id.as_uuid())
            .bind(paper.dossier.as_uuid())
            .bind(paper.item.as_str())
            .bind(paper.officer.as_uuid())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// A file, or the place for one.
pub(in crate::dossiers) async fn by_id(tx: &mut Tx, id: PaperId) -> Result<Option<Paper>, StoreError> {
    let row: Option<Columns> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(paper).transpose()
}

/// Puts a file into its place. How many rows changed: none where another one was faster.
pub(in crate::dossiers) async fn fill(tx: &mut Tx, id: PaperId, file: Filed) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(FILL)
            .bind(id.as_uuid())
            .bind(file.document.as_uuid())
            .bind(word(file.kind))
            .bind(i64::from(file.size))
            .bind(file.at.as_micros())
    )?)
}

/// The files of a dossier, the oldest first.
pub(in crate::dossiers) async fn of_dossier(
    tx: &mut Tx,
    dossier: DossierId,
) -> Result<Vec<Paper>, StoreError> {
    let rows: Vec<Columns> = on!(tx, |conn| sqlx::query_as(OF_DOSSIER)
        .bind(dossier.as_uuid())
        .fetch_all(conn))?;
    rows.into_iter().map(paper).collect()
}

/// How many places for files a dossier has, filled or not.
pub(in crate::dossiers) async fn count(tx: &mut Tx, dossier: DossierId) -> Result<i64, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(COUNT)
        .bind(dossier.as_uuid())
        .fetch_one(conn))?;
    Ok(count)
}

fn paper((id, dossier, item, officer, document, kind, size, at): Columns) -> Result<Paper, StoreError> {
    let file = match (document, kind, size, at) {
        (Some(document), Some(kind), Some(size), Some(at)) => Some(Filed {
            document: DocumentId::from_uuid(document),
            kind: kind_of(&kind)?,
            size: u32::try_from(size).map_err(|_| StoreError::Corrupt("dossier_papers.size"))?,
            at: Timestamp::from_micros(at),
        }),
        (None, None, None, None) => None,
        _ => return Err(StoreError::Corrupt("dossier_papers")),
    };
    Ok(Paper {
        id: PaperId::from_uuid(id),
        dossier: DossierId::from_uuid(dossier),
        item: read(&item, "dossier_papers.item")?,
        officer: StaffId::from_uuid(officer),
        file,
    })
}

const fn word(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Pdf => "pdf",
        PaperKind::Jpeg => "jpeg",
        PaperKind::Png => "png",
    }
}

fn kind_of(text: &str) -> Result<PaperKind, StoreError> {
    [PaperKind::Pdf, PaperKind::Jpeg, PaperKind::Png]
        .into_iter()
        .find(|kind| word(*kind) == text)
        .ok_or(StoreError::Corrupt("dossier_papers.kind"))
}
