//! What happens by itself: holds and offers end, places are offered, reminders are queued, and what was typed is forgotten.
//!
//! Nothing but reminders depends on it: a deadline that has passed counts from that instant on, whether it is written down or not.

use super::carry;
use super::mails::{self, Occasion};
use super::{Call, offers, service, store};
use crate::app::App;
use crate::clock::pause;
use crate::store::StoreError;
use shared::appointments::{Stage, next_reminder};
use std::time::Duration;

/// How many appointments one round writes down.
const BATCH: i64 = 100;

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(5);

/// How many rounds pass between two deletions: about an hour.
const ROUNDS: u32 = 720;

/// Works until it is dropped, which it may be at any point.
pub async fn run(app: App) {
    let mut round = 0;
    loop {
        if let Err(error) = lapse(&app).await {
            tracing::error!(%error, "overdue appointments cannot be written down");
        }
        if let Err(error) = offer(&app).await {
            tracing::error!(%error, "free places cannot be offered to those who wait");
        }
        if let Err(error) = remind(&app).await {
            tracing::error!(%error, "reminders of appointments cannot be queued");
        }
        if round % ROUNDS == 0 {
            match service::purge(&app, app.clock.now()).await {
                Ok(rows) => tracing::debug!(rows, "forgot old appointments"),
                Err(error) => tracing::error!(%error, "old appointments cannot be forgotten"),
            }
        }
        round = (round + 1) % ROUNDS;
        pause(PAUSE).await;
    }
}

/// Writes down that deadlines have passed: places are given back, and offered to whoever waits. How many.
pub async fn lapse(app: &App) -> Result<usize, StoreError> {
    let call = Call::own(app.clock.now());
    let mut tx = app.store.read().await?;
    let overdue = store::overdue(&mut tx, call.at, BATCH).await?;
    drop(tx);
    let mut lapsed = 0;
    for appointment in overdue {
        let mut tx = app.store.write().await?;
        if carry::pass_time(app, &mut tx, appointment, call).await? {
            tx.commit().await?;
            app.notifications.wake();
            lapsed += 1;
        }
    }
    Ok(lapsed)
}

/// Offers places that are free although somebody waits. How many.
pub async fn offer(app: &App) -> Result<usize, StoreError> {
    let call = Call::own(app.clock.now());
    let mut tx = app.store.read().await?;
    let centres = store::waiting_centres(&mut tx, call.at).await?;
    drop(tx);
    let mut offered = 0;
    for centre in centres {
        loop {
            let mut tx = app.store.write().await?;
            if !offers::offer_free(app, &mut tx, centre, call).await? {
                break;
            }
            tx.commit().await?;
            app.notifications.wake();
            offered += 1;
        }
    }
    Ok(offered)
}

/// Queues the reminders that are due, each once. How many.
pub async fn remind(app: &App) -> Result<usize, StoreError> {
    let call = Call::own(app.clock.now());
    let mut tx = app.store.read().await?;
    let due = store::reminders(&mut tx, call.at, BATCH).await?;
    drop(tx);
    let mut queued = 0;
    for appointment in due {
        let mut tx = app.store.write().await?;
        let Some(mut record) = store::lock(&mut tx, appointment).await? else {
            continue;
        };
        // Somebody else did it, or it was moved or cancelled, meanwhile.
        let Some(due) = record.remind_at.filter(|due| *due <= call.at) else {
            continue;
        };
        let current = record.appointment.as_of(call.at);
        record.remind_at = match current.stage() {
            Stage::Booked { place } if call.at < place.starts_at => {
                mails::queue(app, &mut tx, &record, Occasion::Reminder, call).await?;
                queued += 1;
                next_reminder(&app.policy, place.starts_at, due, call.at)
            }
            Stage::Held { .. }
            | Stage::Booked { .. }
            | Stage::CheckedIn { .. }
            | Stage::Attended { .. }
            | Stage::NoShow { .. }
            | Stage::Cancelled { .. }
            | Stage::Lapsed { .. }
            | Stage::Waiting { .. }
            | Stage::Offered { .. } => None,
        };
        store::save(&mut tx, &record, call.at).await?;
        tx.commit().await?;
        app.notifications.wake();
    }
    Ok(queued)
}
