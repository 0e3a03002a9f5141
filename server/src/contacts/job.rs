//! What happens by itself: changes that nobody confirmed lapse, holds that are over are applied.
//!
//! Whatever else touches an account settles its changes first, so only changes that nobody asks about wait for this job.

use super::hold;
use super::store;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::clock::pause;
use crate::store::StoreError;
use shared::identifiers::{AccountId, ContactChangeId};
use std::time::Duration;

/// How many changes one round looks at.
const BATCH: i64 = 100;

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(15);

/// How long it leaves a change alone that something is in the way of.
const LATER: Duration = Duration::from_mins(1);

/// Settles until it is dropped, which it may be at any point.
pub async fn run(app: App) {
    loop {
        match settle_due(&app).await {
            Ok(0) => {}
            Ok(changes) => tracing::debug!(changes, "settled changes of contacts"),
            Err(error) => tracing::error!(%error, "changes of contacts cannot be settled"),
        }
        pause(PAUSE).await;
    }
}

/// Settles the accounts whose changes are due. How many changes it looked at.
pub async fn settle_due(app: &App) -> Result<usize, StoreError> {
    let mut tx = app.store.read().await?;
    let due = store::due(&mut tx, app.clock.now(), BATCH).await?;
    drop(tx);
    let mut looked = 0;
    let mut failed = None;
    for (change, account) in due {
        // One that cannot be settled keeps no other one waiting; the next round meets it again.
        match settle(app, change, account).await {
            Ok(()) => looked += 1,
            Err(error) => {
                tracing::error!(%change, %error, "a change of a contact cannot be settled");
                failed = Some(error);
            }
        }
    }
    match failed {
        Some(error) if looked == 0 => Err(error),
        Some(_) | None => Ok(looked),
    }
}

async fn settle(app: &App, change: ContactChangeId, account: AccountId) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    let Some(account) = accounts::lock(&mut tx, account).await? else {
        return Err(StoreError::Corrupt("a change without an account"));
    };
    let now = app.clock.now();
    hold::settle(app, &mut tx, account, now).await?;
    // Where it still stands there, something is in the way; over, it is looked for no more, and one that goes on has its time.
    store::postpone(&mut tx, change, now.after(LATER), now).await?;
    tx.commit().await?;
    app.notifications.wake();
    app.live.publish(&super::topic(change));
    Ok(())
}
