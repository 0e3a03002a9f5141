//! How many messages may leave, and for whom room is kept.
//!
//! Words: the *budget* is what may leave by one way in its window (`limits.mail_budget`, `limits.sms_budget`), whatever the
//! mail server or the gateway would take; the *reserve* (`limits.mail_reserve`, `limits.sms_reserve`) is the end of it, kept
//! for links that somebody waits for. Of what is before the reserve, test mails and reminders may take the first half:
//! nobody is harmed by their absence, while an owner who is not told of a changed password is.

use crate::app::App;
use crate::notifications::{Channel, Kind, Outgoing, store};
use crate::store::StoreError;
use shared::policy::{Limits, Rate};
use shared::time::Timestamp;
use std::time::Duration;

/// Whether what left in the budget's window leaves no room for one more message of this kind.
pub async fn is_spent(app: &App, message: &Outgoing, now: Timestamp) -> Result<bool, StoreError> {
    let (limits, channel) = (&app.policy.limits, message.recipient.channel());
    let window = Duration::from_secs(of(limits, channel).0.seconds.into());
    let mut tx = app.store.read().await?;
    let sent = store::count_accepted_since(&mut tx, channel, now.before(window)).await?;
    Ok(sent >= i64::from(room(limits, channel, message.content.kind())))
}

/// How many test mails may be queued at all: no more wait at a time than may leave.
pub fn tests(limits: &Limits) -> Rate {
    Rate {
        count: room(limits, Channel::Email, Kind::DeliverabilityTest),
        seconds: limits.mail_budget.seconds,
    }
}

/// How many reminders may be queued in a round: half of what may leave meanwhile, so that they never wait in heaps; at least
/// one.
pub fn reminders(limits: &Limits, round: Duration) -> u32 {
    let room = u64::from(room(limits, Channel::Email, Kind::PasswordReminder));
    let share = room * round.as_secs() / u64::from(limits.mail_budget.seconds) / 2;
    u32::try_from(share.clamp(1, 100)).unwrap_or(1)
}

/// The budget of a way, and its reserve.
const fn of(limits: &Limits, channel: Channel) -> (Rate, u32) {
    match channel {
        Channel::Email => (limits.mail_budget, limits.mail_reserve),
        Channel::Sms => (limits.sms_budget, limits.sms_reserve),
    }
}

/// How many messages may have left by a way before one of this kind is put off.
fn room(limits: &Limits, channel: Channel, kind: Kind) -> u32 {
    let (budget, reserve) = of(limits, channel);
    let open = budget.count.saturating_sub(reserve);
    match kind {
        Kind::RecoveryLink | Kind::UnlockLink => budget.count,
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
        | Kind::StaffInvitation
        | Kind::TeamChanged
        | Kind::DelegateAdded
        | Kind::DelegateBlocked
        | Kind::AccessBlocked
        | Kind::DelegateEnded
        | Kind::PasskeyAdded
        | Kind::PasskeyRemoved
        | Kind::PasskeySuspected
        | Kind::SignatureReferred
        | Kind::SignatureDecided
        | Kind::AccountThawed
        | Kind::DataRequestDone
        | Kind::AppointmentBooked
        | Kind::AppointmentMoved
        | Kind::AppointmentCancelled
        | Kind::PlaceOffered => open,
        Kind::PasswordReminder | Kind::AppointmentReminder | Kind::DeliverabilityTest => open / 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::policy::{Policy, Profile};

    #[test]
    fn links_have_the_whole_budget_and_courtesies_half_of_what_is_open() {
        let limits = Policy::of(Profile::Y2026).limits;
        assert_eq!(room(&limits, Channel::Email, Kind::RecoveryLink), 6000);
        assert_eq!(room(&limits, Channel::Email, Kind::PasswordChanged), 4000);
        assert_eq!(room(&limits, Channel::Email, Kind::PasswordReminder), 2000);
        assert_eq!(room(&limits, Channel::Sms, Kind::UnlockLink), 1200);
        assert_eq!(room(&limits, Channel::Sms, Kind::PasswordChanged), 600);
    }

    #[test]
    fn reminders_never_come_faster_than_they_leave() {
        let mut limits = Policy::of(Profile::Y2026).limits;
        assert_eq!(reminders(&limits, Duration::from_mins(1)), 16);
        limits.mail_reserve = limits.mail_budget.count;
        assert_eq!(reminders(&limits, Duration::from_mins(1)), 1);
        (limits.mail_budget.count, limits.mail_reserve) = (1_000_000, 0);
        assert_eq!(reminders(&limits, Duration::from_mins(1)), 100);
    }
}
