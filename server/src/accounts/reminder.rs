//! The advice to make a new password when the one in force is old: one mail a password, forced by nothing.
//!
//! Invariants: the mark and the message are one transaction, and the mark is guarded, so that two nodes remind once; a round
//! queues no more than the mail budget lets leave meanwhile, so that a million old passwords hold up nobody's link.

use super::store::{self, Change};
use super::{Account, State, service};
use crate::app::App;
use crate::clock::pause;
use crate::notifications::{Content, budget};
use crate::store::StoreError;
use shared::time::Timestamp;
use std::time::Duration;

/// How often it looks.
pub const ROUND: Duration = Duration::from_mins(1);

/// Reminds until it is dropped, which it may be at any point.
pub async fn run(app: App) {
    loop {
        match remind(&app, app.clock.now()).await {
            Ok(0) => {}
            Ok(reminded) => tracing::debug!(reminded, "advised new passwords"),
            Err(error) => tracing::error!(%error, "owners cannot be reminded of their passwords"),
        }
        pause(ROUND).await;
    }
}

/// Queues a reminder for the passwords that have reached the policy's age, the oldest first, as many as a round may. How
/// many.
pub async fn remind(app: &App, now: Timestamp) -> Result<u32, StoreError> {
    let Some(age) = app.policy.sessions.password_reminder() else {
        return Ok(0);
    };
    let before = now.before(age);
    let most = budget::reminders(&app.policy.limits, ROUND);
    let mut tx = app.store.read().await?;
    let due = store::unreminded(&mut tx, before, most).await?;
    drop(tx);
    let mut reminded = 0;
    for id in due {
        // One account a transaction: whoever locks several might wait for us while we wait for them.
        let mut tx = app.store.write().await?;
        match store::remind(&mut tx, id, before, now).await? {
            Change::Made => {}
            // Another node was quicker, or the owner with a new password.
            Change::None => continue,
        }
        let account = store::by_id(&mut tx, id).await?;
        if let Some((account, since)) = account.and_then(advisable) {
            let advice = Content::PasswordReminder {
                employer: account.employer.masked(),
                since,
                days: app.policy.sessions.password_reminder_days,
            };
            service::tell_owner(app, &mut tx, &account, advice, now).await?;
            reminded += 1;
        }
        tx.commit().await?;
    }
    if reminded > 0 {
        app.notifications.wake();
    }
    Ok(reminded)
}

/// An account whose owner can follow the advice, and since when it has its password. A frozen one gets a new password at
/// the counter before anything else.
fn advisable(account: Account) -> Option<(Account, Timestamp)> {
    match account.state {
        State::Active | State::Blocked { .. } => account.password_set_at.map(|since| (account, since)),
        State::Frozen { .. } => None,
    }
}
