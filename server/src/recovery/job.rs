//! What happens by itself: cases lapse at their deadlines, and old ones are deleted.
//!
//! Nothing depends on it: a deadline that has passed counts from that instant on, whether it is written down or not.

use super::carry::{self, Means, Undone};
use super::{Call, store, topic};
use crate::app::App;
use crate::challenges::service as challenges;
use crate::clock::pause;
use crate::store::StoreError;
use shared::recovery::Event;
use std::time::Duration;

/// How many cases one round writes down.
const BATCH: i64 = 100;

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(15);

/// How many rounds pass between two deletions: about an hour.
const ROUNDS: u32 = 240;

/// Lapses and deletes until it is dropped, which it may be at any point.
pub async fn run(app: App) {
    let mut round = 0;
    loop {
        if let Err(error) = lapse(&app).await {
            tracing::error!(%error, "overdue cases cannot be written down");
        }
        if round % ROUNDS == 0 {
            match purge(&app).await {
                Ok(rows) => tracing::debug!(rows, "deleted old cases and sets"),
                Err(error) => tracing::error!(%error, "old cases cannot be deleted"),
            }
        }
        round = (round + 1) % ROUNDS;
        pause(PAUSE).await;
    }
}

/// Writes down that the deadlines of open cases have passed. Tells how many it wrote.
pub async fn lapse(app: &App) -> Result<usize, StoreError> {
    let call = Call::own(app.clock.now());
    let mut tx = app.store.read().await?;
    let overdue = store::overdue(&mut tx, call.at, BATCH).await?;
    drop(tx);
    let mut lapsed = 0;
    for case in overdue {
        let mut tx = app.store.write().await?;
        let Some(mut record) = store::lock(&mut tx, case).await? else {
            continue;
        };
        match carry::apply(app, &mut tx, &mut record, Event::TimePassed, Means::None, call).await {
            Ok(()) => {}
            // Somebody moved it in the meantime.
            Err(Undone::Refused(_)) => continue,
            Err(Undone::LinkLost) => return Err(StoreError::Changed),
            Err(Undone::Store(error)) => return Err(error),
        }
        tx.commit().await?;
        app.live.publish(&topic(case));
        lapsed += 1;
    }
    Ok(lapsed)
}

/// Deletes cases that have been over for as long as the policy keeps them, or asks for earlier recoveries, with their links, sets,
/// attempts and suspensions. The audit log keeps what happened. Tells how many rows.
pub async fn purge(app: &App) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let asked = Duration::from_hours(24 * u64::from(app.policy.step_up.recovery_repeated.days));
    let deleted = store::purge(
        &mut tx,
        app.clock.now().before(app.policy.retention.case().max(asked)),
    )
    .await?;
    tx.commit().await?;
    Ok(deleted + challenges::purge(app, app.clock.now()).await?)
}
