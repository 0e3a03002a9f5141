//! How many mails may leave, and for whom room is kept.
//!
//! Words: the *budget* is what may leave in its window (`limits.mail_budget`), whatever the mail server would take; the
//! *reserve* (`limits.mail_reserve`) is the end of it, kept for recovery links. Of what is before the reserve, test mails
//! may take the first half: anybody can ask for one, and nobody is harmed by its absence, while an owner who is not told of
//! a changed password is.

use crate::app::App;
use crate::notifications::{Kind, Outgoing, store};
use crate::store::StoreError;
use shared::policy::{Limits, Rate};
use shared::time::Timestamp;
use std::time::Duration;

/// Whether the mails that left in the budget's window leave no room for one more of this kind.
pub async fn is_spent(app: &App, message: &Outgoing, now: Timestamp) -> Result<bool, StoreError> {
    let limits = &app.policy.limits;
    let window = Duration::from_secs(limits.mail_budget.seconds.into());
    let mut tx = app.store.read().await?;
    let sent = store::count_accepted_since(&mut tx, message.recipient.channel(), now.before(window)).await?;
    Ok(sent >= i64::from(room(limits, message.content.kind())))
}

/// How many test mails may be queued at all: no more wait at a time than may leave.
pub fn tests(limits: &Limits) -> Rate {
    Rate {
        count: room(limits, Kind::DeliverabilityTest),
        seconds: limits.mail_budget.seconds,
    }
}

/// How many mails may have left before one of this kind is put off.
fn room(limits: &Limits, kind: Kind) -> u32 {
    let budget = limits.mail_budget.count;
    let open = budget.saturating_sub(limits.mail_reserve);
    match kind {
        Kind::RecoveryLink | Kind::UnlockLink => budget,
        Kind::PasswordChanged
        | Kind::RecoverySuspended
        | Kind::AccountFrozen
        | Kind::AccountBlocked
        | Kind::PasswordReplaced
        | Kind::AccountUnlocked
        | Kind::ContactConfirmation
        | Kind::ContactChangeHeld
        | Kind::ContactChanged
        | Kind::ContactChangeCancelled
        | Kind::DelegateInvitation
        | Kind::DelegateAdded
        | Kind::DelegateBlocked
        | Kind::AccessBlocked
        | Kind::DelegateEnded
        | Kind::PasskeyAdded
        | Kind::PasskeyRemoved
        | Kind::PasskeySuspected => open,
        Kind::PasswordReminder | Kind::DeliverabilityTest => open / 2,
    }
}
