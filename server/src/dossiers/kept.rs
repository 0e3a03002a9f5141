//! What is kept of dossiers, for whoever asks what is kept about them; and whether it was seen in one of them who they are.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::keys::Digest;
use crate::on;
use crate::store::{StoreError, Tx};
use shared::dossiers::Item;
use shared::identifiers::{RepresentativeId, StaffId};
use shared::time::Timestamp;

pub(super) const DOSSIERS: &str = "SELECT employer, branch, representative, procedure, mode, opened_at, delete_after AS kept_until_at \
    FROM dossiers WHERE subject = $1 AND representative = $2 ORDER BY opened_at";
pub(super) const FINDINGS: &str = "SELECT found, changed_at FROM dossiers \
    WHERE subject = $1 AND representative = $2 AND found IS NOT NULL ORDER BY opened_at";
pub(super) const ITEMS: &str = "SELECT dossier_items.item, dossier_items.way, dossier_items.verdict, dossier_items.recorded_at, \
    dossier_items.note FROM dossier_items JOIN dossiers ON dossiers.id = dossier_items.dossier_id \
    WHERE dossiers.subject = $1 AND dossiers.representative = $2 ORDER BY dossier_items.recorded_at";
pub(super) const PAPERS: &str = "SELECT dossier_papers.item, dossier_papers.kind, dossier_papers.size, dossier_papers.received_at \
    FROM dossier_papers JOIN dossiers ON dossiers.id = dossier_papers.dossier_id \
    WHERE dossiers.subject = $1 AND dossiers.representative = $2 AND dossier_papers.received_at IS NOT NULL \
    ORDER BY dossier_papers.received_at";
pub(super) const DEEDS: &str = "SELECT dossier_deeds.action, dossier_deeds.reason, dossier_deeds.reference, dossier_deeds.sent_to, \
    dossier_deeds.done_at FROM dossier_deeds JOIN dossiers ON dossiers.id = dossier_deeds.dossier_id \
    WHERE dossiers.subject = $1 AND dossiers.representative = $2 ORDER BY dossier_deeds.done_at";
pub(super) const SEEN: &str = "SELECT COUNT(*) FROM dossier_items JOIN dossiers ON dossiers.id = dossier_items.dossier_id \
    WHERE dossiers.subject = $1 AND dossiers.representative = $2 AND dossier_items.item = $3 \
    AND dossier_items.verdict = 'accepted' AND dossier_items.staff_id <> $4 AND dossier_items.recorded_at >= $5";

/// It was seen at a counter, or by video, who a person is: an officer accepted the item of their identity in a dossier of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdentitySeen(());

/// Whether another officer than `officer` has seen since `since` who this representative of the employer and branch `subject` is.
pub async fn identity_seen(
    tx: &mut Tx,
    (subject, representative): (&Digest, &RepresentativeId),
    officer: StaffId,
    since: Timestamp,
) -> Result<Option<IdentitySeen>, StoreError> {
    let seen: i64 = on!(tx, |conn| sqlx::query_scalar(SEEN)
        .bind(subject.as_slice())
        .bind(representative.to_string())
        .bind(Item::Identity.as_str())
        .bind(officer.as_uuid())
        .bind(since.as_micros())
        .fetch_one(conn))?;
    Ok((seen > 0).then_some(IdentitySeen(())))
}

/// What the person presented at counters, and what was done with it. Files are named, not given. What the registries said to the
/// officer names whoever they have on record: it is given to whom the account is, once it was seen who they are.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let representative = holder.representative.to_string();
    let key = Key::Both(&holder.subject, &representative);
    let mut all = vec![
        kept::rows(tx, "dossiers", DOSSIERS, key).await?,
        kept::rows(tx, "dossier_items", ITEMS, key).await?,
        kept::rows(tx, "dossier_papers", PAPERS, key).await?,
        kept::rows(tx, "dossier_actions", DEEDS, key).await?,
    ];
    if holder.account.is_some() && holder.seen.is_some() {
        all.push(kept::rows(tx, "dossier_look_ups", FINDINGS, key).await?);
    }
    Ok(all)
}
