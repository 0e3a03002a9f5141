//! What happens by itself: approvals that nobody decided lapse, dossiers whose time is over are deleted.

use super::approvals;
use super::store::{self, papers};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::clock::pause;
use crate::documents::service as documents;
use crate::store::StoreError;
use shared::audit::Event;
use shared::identifiers::DossierId;
use shared::time::Timestamp;
use std::time::Duration;

/// How many dossiers one round looks at.
const BATCH: i64 = 100;

/// How often it looks.
const PAUSE: Duration = Duration::from_mins(5);

/// How long it leaves a dossier alone of which a document is held.
const LATER: Duration = Duration::from_hours(24);

/// Lapses and deletes until it is dropped, which it may be at any point.
pub async fn run(app: App) {
    loop {
        if let Err(error) = lapse(&app).await {
            tracing::error!(%error, "approvals cannot lapse");
        }
        match sweep(&app).await {
            Ok(0) => {}
            Ok(dossiers) => tracing::info!(dossiers, "deleted dossiers whose time was over"),
            Err(error) => tracing::error!(%error, "dossiers cannot be deleted"),
        }
        pause(PAUSE).await;
    }
}

/// Ends approvals that nobody decided in time, and forgets what they asked for. How many.
pub async fn lapse(app: &App) -> Result<usize, StoreError> {
    let mut tx = app.store.write().await?;
    let lapsed = approvals::lapse(app, &mut tx, app.clock.now()).await?;
    tx.commit().await?;
    Ok(lapsed)
}

/// Deletes dossiers whose time is over and whose documents are gone: those have their own time, and may be under a legal hold. How
/// many.
pub async fn sweep(app: &App) -> Result<usize, StoreError> {
    let now = app.clock.now();
    let mut tx = app.store.read().await?;
    let due = store::due(&mut tx, now, BATCH).await?;
    drop(tx);
    let mut deleted = 0;
    for dossier in due {
        deleted += delete(app, dossier, now).await?;
    }
    Ok(deleted)
}

async fn delete(app: &App, dossier: DossierId, now: Timestamp) -> Result<usize, StoreError> {
    let mut tx = app.store.write().await?;
    if store::lock_due(&mut tx, dossier, now).await?.is_none() {
        return Ok(0);
    }
    for paper in papers::of_dossier(&mut tx, dossier).await? {
        let Some(file) = paper.file else { continue };
        if documents::exists(&mut tx, file.document).await? {
            store::lock(&mut tx, dossier, now, now.after(LATER)).await?;
            tx.commit().await?;
            return Ok(0);
        }
    }
    store::delete(&mut tx, dossier).await?;
    let event = Event::DossierDeleted { dossier };
    let entry = Entry::by_system(&event, now, Subject::default());
    audit::service::append(app, &mut tx, &entry).await?;
    tx.commit().await?;
    Ok(1)
}
