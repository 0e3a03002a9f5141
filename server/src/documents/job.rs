//! What happens by itself: documents whose time is over are deleted, objects without a row are swept away.

use super::objects::{Day, made_at};
use super::{DocumentError, service, store};
use crate::app::App;
use crate::audit::Subject;
use crate::clock::pause;
use shared::audit::{Actor, Event};
use shared::documents::DocumentClass;
use shared::identifiers::DocumentId;
use shared::time::Timestamp;
use std::collections::HashSet;
use std::time::Duration;

/// How many documents one round deletes.
const BATCH: i64 = 100;

/// How often it looks.
const PAUSE: Duration = Duration::from_mins(10);

/// How old an object without a row is before it is swept: its transaction has ended long before.
const GRACE: Duration = Duration::from_hours(1);

/// Deletes and sweeps until it is dropped, which it may be at any point.
pub async fn run(app: App) {
    let mut swept = false;
    loop {
        match delete_due(&app).await {
            Ok(0) => {}
            Ok(documents) => tracing::info!(documents, "deleted documents whose time was over"),
            Err(error) => tracing::error!(%error, "documents cannot be deleted"),
        }
        // All days once, because this server may have been away for long; then the days on which something may have happened.
        let sweeping = if swept {
            sweep(&app).await
        } else {
            sweep_all(&app).await
        };
        match sweeping {
            Ok(objects) => {
                swept = true;
                if objects > 0 {
                    tracing::warn!(objects, "swept objects that belong to no document");
                }
            }
            Err(error) => tracing::error!(%error, "objects cannot be swept"),
        }
        pause(PAUSE).await;
    }
}

/// Deletes documents whose time is over, and goes on with deletions that were cut off. How many are gone.
pub async fn delete_due(app: &App) -> Result<usize, DocumentError> {
    let now = app.clock.now();
    let mut tx = app.store.read().await?;
    let due = store::due(&mut tx, now, BATCH).await?;
    drop(tx);
    let mut deleted = 0;
    let mut failed = None;
    for (id, class) in due {
        // One that cannot be deleted keeps no other one waiting; the next round meets it again.
        match delete(app, id, class, now).await {
            Ok(gone) => deleted += gone,
            Err(error) => {
                tracing::error!(document = %id, %error, "a document cannot be deleted");
                failed = Some(error);
            }
        }
    }
    match failed {
        Some(error) if deleted == 0 => Err(error),
        Some(_) | None => Ok(deleted),
    }
}

/// Key, object, row: cut off anywhere, the next round goes on, and nobody reads it meanwhile.
async fn delete(
    app: &App,
    id: DocumentId,
    class: DocumentClass,
    now: Timestamp,
) -> Result<usize, DocumentError> {
    let mut tx = app.store.write().await?;
    let begun = store::begin_deleting(&mut tx, id, now).await?;
    tx.commit().await?;
    if begun == 0 {
        return Ok(0);
    }
    app.documents.delete(id).await?;
    let mut tx = app.store.write().await?;
    // Another node may have been faster.
    if store::delete(&mut tx, id).await? == 0 {
        return Ok(0);
    }
    let event = Event::DocumentDeleted { document: id, class };
    service::tell(app, &mut tx, &event, Actor::System, Subject::default(), now).await?;
    tx.commit().await?;
    Ok(1)
}

/// Sweeps the objects of today and yesterday that have no row. How many.
pub async fn sweep(app: &App) -> Result<usize, DocumentError> {
    let today = Day::of(app.clock.now());
    Ok(sweep_day(app, today.before()).await? + sweep_day(app, today).await?)
}

/// Sweeps the objects of all days that have no row. How many.
pub async fn sweep_all(app: &App) -> Result<usize, DocumentError> {
    let mut swept = 0;
    for day in app.documents.days().await? {
        swept += sweep_day(app, day).await?;
    }
    Ok(swept)
}

async fn sweep_day(app: &App, day: Day) -> Result<usize, DocumentError> {
    let ripe = app.clock.now().before(GRACE);
    // Objects first: a row that comes after them belongs to none of them.
    let mut objects = app.documents.of_day(day).await?;
    objects.retain(|id| made_at(*id) <= ripe);
    if objects.is_empty() {
        return Ok(0);
    }
    let mut tx = app.store.read().await?;
    let known: HashSet<DocumentId> = store::made_between(&mut tx, day.bounds())
        .await?
        .into_iter()
        .collect();
    drop(tx);
    objects.retain(|id| !known.contains(id));
    for id in &objects {
        app.documents.delete(*id).await?;
    }
    Ok(objects.len())
}
