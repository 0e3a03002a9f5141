//! What is kept of dossiers, for whoever asks what is kept about them.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const DOSSIERS: &str = "SELECT employer, branch, representative, procedure, mode, found, opened_at, delete_after AS kept_until_at \
    FROM dossiers WHERE subject = $1 ORDER BY opened_at";
pub(super) const ITEMS: &str = "SELECT dossier_items.item, dossier_items.way, dossier_items.verdict, dossier_items.recorded_at, \
    dossier_items.note FROM dossier_items JOIN dossiers ON dossiers.id = dossier_items.dossier_id \
    WHERE dossiers.subject = $1 ORDER BY dossier_items.recorded_at";
pub(super) const PAPERS: &str = "SELECT dossier_papers.item, dossier_papers.kind, dossier_papers.size, dossier_papers.received_at \
    FROM dossier_papers JOIN dossiers ON dossiers.id = dossier_papers.dossier_id \
    WHERE dossiers.subject = $1 AND dossier_papers.received_at IS NOT NULL ORDER BY dossier_papers.received_at";
pub(super) const DEEDS: &str = "SELECT action, reason, reference, sent_to, done_at FROM dossier_deeds WHERE subject = $1 ORDER BY done_at";

/// What was presented at counters, and what was done with it. Files are named, not given.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let key = Key::Digest(&holder.subject);
    Ok(vec![
        kept::rows(tx, "dossiers", DOSSIERS, key).await?,
        kept::rows(tx, "dossier_items", ITEMS, key).await?,
        kept::rows(tx, "dossier_papers", PAPERS, key).await?,
        kept::rows(tx, "dossier_actions", DEEDS, key).await?,
    ])
}
