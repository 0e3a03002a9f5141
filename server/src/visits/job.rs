//! What happens by itself: visits that nobody finished end with their day.

use super::service::{over_before, settle};
use super::store::{self, Record};
use super::{cases, queue};
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::challenges::{Call, finder};
use crate::clock::pause;
use crate::http::Failure;
use crate::store::StoreError;
use shared::audit::Event as Audited;
use shared::time::CivilDate;
use shared::visits::Event;
use std::time::Duration;

/// How many visits one round looks at.
const BATCH: i64 = 100;

/// How often it looks.
const PAUSE: Duration = Duration::from_mins(5);

/// Closes until it is dropped, which it may be at any point.
pub async fn run(app: App) {
    loop {
        match close(&app).await {
            Ok(0) => {}
            Ok(visits) => tracing::debug!(visits, "closed visits of days that are over"),
            Err(Failure::Fault(fault)) => {
                tracing::error!(
                    cause = fault.chain(),
                    "visits of days that are over cannot be closed"
                );
            }
            Err(Failure::Problem(problem)) => {
                tracing::error!(
                    code = problem.code.as_str(),
                    "visits of days that are over cannot be closed"
                );
            }
        }
        pause(PAUSE).await;
    }
}

/// Closes visits of days that are over everywhere in the country. How many.
///
/// # Errors
/// A fault of the database. What was closed before stays closed.
pub async fn close(app: &App) -> Result<usize, Failure> {
    let now = app.clock.now();
    let mut tx = app.store.read().await?;
    let open = store::open_before(&mut tx, over_before(now), BATCH).await?;
    drop(tx);
    let mut closed = 0;
    for record in open {
        let centre = record.centre;
        match close_one(app, record).await {
            Ok(()) => {
                closed += 1;
                app.live.publish_below(&queue::topics(centre));
            }
            // Somebody else moved it in this moment: the next round meets it again, if it is still open.
            Err(Close::Changed) => {}
            Err(Close::Failed(failure)) => return Err(failure),
        }
    }
    Ok(closed)
}

enum Close {
    Changed,
    Failed(Failure),
}

async fn close_one(app: &App, record: Record) -> Result<(), Close> {
    let mut tx = app.store.write().await?;
    let call = Call::own(app.clock.now());
    let visit = record
        .visit
        .apply(Event::DayOver, call.at)
        .map_err(|_| Close::Changed)?;
    let moved = Record { visit, ..record };
    store::save(&mut tx, &moved).await?;
    settle(app, &mut tx, &moved, call).await?;
    let event = Audited::VisitDayOver {
        visit: moved.id,
        stage: moved.visit.stage().name(),
    };
    let entry = Entry::by_system(&event, call.at, Subject::default());
    audit::service::append(app, &mut tx, &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets and deletes what has been kept long enough. How many rows.
///
/// # Errors
/// As the database gives them.
pub async fn purge(app: &App, now: shared::time::Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let retention = app.policy.retention;
    let forgotten = store::forget(&mut tx, now.before(retention.visit())).await?;
    let deleted = store::purge(&mut tx, now.before(retention.figures())).await?;
    let found = finder::purge(&mut tx, now.before(cases::longest(app))).await?;
    let days = store::purge_days(&mut tx, CivilDate::in_ecuador(now.before(WEEK))).await?;
    tx.commit().await?;
    Ok(forgotten + deleted + found + days)
}

/// How long numbers and seats of a day are kept: nothing needs them when it is over everywhere.
const WEEK: Duration = Duration::from_hours(7 * 24);

impl From<StoreError> for Close {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Changed => Self::Changed,
            StoreError::Busy(_)
            | StoreError::Away(_)
            | StoreError::Unwritable(_)
            | StoreError::Conflict(_)
            | StoreError::Corrupt(_)
            | StoreError::Database(_)
            | StoreError::Migration(_) => Self::Failed(error.into()),
        }
    }
}

impl From<Failure> for Close {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}
