//! Queuing, and the one step of the worker: take one message, send it, record it.

pub use super::deliverability::mailbox;
pub use super::kept::{forget, kept};
pub(crate) use super::letter::moment;

use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::clock;
use crate::http::limits::Verdict;
use crate::notifications::letter::Unwritable;
use crate::notifications::mailer::SendError;
use crate::notifications::sms::{self, Doubt, TextMessage};
use crate::notifications::store::{self, End, Leased};
use crate::notifications::watch;
use crate::notifications::{
    Address, Channel, Content, Desk, Fresh, Kind, NewMessage, Outcome, Outgoing, Prepared, budget, letter,
};
use crate::store::{StoreError, Tx};
use crate::traces::PART;
use shared::audit::Event;
use shared::i18n::Text;
use shared::identifiers::{LinkId, MessageId, Phone};
use shared::time::Timestamp;
use std::time::Duration;
use tracing::Instrument;

/// How long a worker may keep a message; longer than any send takes. After it another worker takes the message up.
pub const LEASE: Duration = Duration::from_mins(1);

/// How long a finished message is kept: for the operator who looks into what did not arrive. Longer than any window of
/// the mail budget. What happened stays in the audit log, which has rows of its own.
pub const KEPT: Duration = Duration::from_hours(24 * 30);

/// How long a message waits that the budget does not allow now.
const OVER_BUDGET: Duration = Duration::from_secs(30);

/// How much longer than its number's turn a text message waits that is no link: a link that waits for the same number has
/// the turn, however its own wait was rounded.
const HEAD_START: Duration = Duration::from_secs(5);

/// No server is left alone for longer than this because it wants to be.
const LONGEST_WISH: Duration = Duration::from_mins(15);

/// How often recording is tried before the message is left to its lease's end.
const RECORD_TRIES: u32 = 5;
const RECORD_PAUSE: Duration = Duration::from_millis(300);

/// Writes a message into the outbox, in the transaction of what it tells of.
///
/// After the commit call [`Notifications::wake`](crate::notifications::Notifications::wake). The caller's own audit event
/// tells of the change; the worker's events tell of the sending.
pub async fn queue(
    app: &App,
    tx: &mut Tx,
    message: &NewMessage,
    at: Timestamp,
) -> Result<MessageId, StoreError> {
    let id = MessageId::new(at, app.entropy.bytes());
    store::insert(tx, id, message, at).await?;
    Ok(id)
}

/// What one step of the worker did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing was due.
    Idle,
    /// A message was taken up, whatever became of it.
    Worked,
}

/// Takes up a message of a channel that is due, if any, the links before everything else, sends it and records how that went.
pub async fn step<D: Desk>(app: &App, desk: &D, channel: Channel) -> Result<Step, StoreError> {
    let now = app.clock.now();
    // A look costs a read; only what is due costs a write.
    if next_due(app, channel).await?.is_none_or(|due| due > now) {
        return Ok(Step::Idle);
    }
    let mut tx = app.store.write().await?;
    let leased = store::lease(&mut tx, channel, now, now.after(LEASE)).await?;
    tx.commit().await?;
    let message = match leased {
        None => return Ok(Step::Idle),
        Some(Leased::Unreadable(id, error)) => {
            // It stays in the table, finished, for the operator to look at; the worker goes on.
            tracing::error!(message = %id, %error, "a message in the outbox cannot be read");
            return Ok(Step::Worked);
        }
        Some(Leased::Message(message)) => *message,
    };
    // Another lane may find more.
    app.notifications.wake_lane(channel);
    let case = message.case.map(tracing::field::display);
    let kind = message.content.kind().as_str();
    let span = tracing::debug_span!(target: PART, "message", id = %message.id, case, kind);
    send(app, desk, &message).instrument(span).await?;
    Ok(Step::Worked)
}

/// Sends everything that is due now, one after the other.
pub async fn send_due<D: Desk>(app: &App, desk: &D) -> Result<(), StoreError> {
    for channel in Channel::ALL {
        while step(app, desk, channel).await? == Step::Worked {}
    }
    Ok(())
}

/// When the next message of a channel is due, if one waits.
pub async fn next_due(app: &App, channel: Channel) -> Result<Option<Timestamp>, StoreError> {
    let mut tx = app.store.read().await?;
    store::next_due(&mut tx, channel).await
}

/// Deletes messages that were finished [`KEPT`] ago. How many.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let deleted = store::purge(&mut tx, now.before(KEPT)).await?;
    tx.commit().await?;
    Ok(deleted)
}

async fn send<D: Desk>(app: &App, desk: &D, message: &Outgoing) -> Result<(), StoreError> {
    let now = app.clock.now();
    if now >= message.expires_at {
        return record(app, desk, message, Ending::Expired(now)).await;
    }
    if budget::is_spent(app, message, now).await? {
        return record(
            app,
            desk,
            message,
            Ending::PutOff {
                at: now,
                due: now.after(OVER_BUDGET),
            },
        )
        .await;
    }
    // Before anything is made: a link that nobody sends would end the one that somebody has.
    let claimed = match turn(app, desk, message, now).await? {
        Turn::Now(claimed) => claimed,
        Turn::At(due) => {
            let due = due.min(message.expires_at);
            return record(app, desk, message, Ending::PutOff { at: now, due }).await;
        }
    };
    let (address, fresh) = match desk.prepare(app, message).await {
        Ok(Prepared::Ready { address, fresh }) => (address, fresh),
        Ok(Prepared::Obsolete) => {
            release(app, message, claimed.as_ref()).await;
            return record(app, desk, message, Ending::Dropped(now)).await;
        }
        Err(error) => {
            release(app, message, claimed.as_ref()).await;
            tracing::error!(message = %message.id, %error, "a message cannot be prepared");
            let ending = Ending::Delayed {
                at: now,
                due: next_try(app, message, now),
                code: 0,
            };
            return record(app, desk, message, ending).await;
        }
    };
    let sent = hand_over(app, message, &fresh, address, now).await;
    let at = app.clock.now();
    note(app, message, &sent, at);
    let ending = match sent {
        Ok(()) => Ending::Accepted {
            at,
            link: fresh.link.as_ref().map(|link| link.id),
        },
        Err(SendError::Temporary { code, after }) => Ending::Delayed {
            at,
            due: next_try(app, message, at)
                .max(at.after(after.unwrap_or_default().min(LONGEST_WISH)))
                .min(message.expires_at),
            code,
        },
        Err(SendError::Permanent { code }) => Ending::Rejected { at, code },
    };
    record(app, desk, message, ending).await
}

/// Notes whether the way works: a server that refuses a message for good has answered.
fn note(app: &App, message: &Outgoing, sent: &Result<(), SendError>, at: Timestamp) {
    let pulse = app.notifications.pulse(message.recipient.channel());
    match sent {
        Err(SendError::Temporary { .. }) => pulse.fails(at),
        // It was never sent.
        Err(SendError::Permanent { code: 0 }) => {}
        Ok(()) | Err(SendError::Permanent { code: _ }) => pulse.works(),
    }
}

/// Writes the message and hands it to the mail server or the gateway.
async fn hand_over(
    app: &App,
    message: &Outgoing,
    fresh: &Fresh,
    address: Address,
    now: Timestamp,
) -> Result<(), SendError> {
    let unwritable = |error: Unwritable| {
        tracing::error!(message = %message.id, %error, "a message cannot be written");
        SendError::Permanent { code: 0 }
    };
    match address {
        Address::Email(to) => {
            let mail = letter::compose(app, message, fresh, to, now).map_err(unwritable)?;
            app.notifications.mailer.send(&mail).await
        }
        Address::Phone(to) => {
            let (public_url, text) = (&app.config.public_url, Text::new(message.language));
            let text = match sms::wording::text(public_url, text, &message.content, fresh) {
                Ok(text) => text,
                Err(error) => {
                    release(app, message, Some(&to)).await;
                    return Err(unwritable(error));
                }
            };
            let written = TextMessage {
                to,
                id: format!("{}.{}", message.id, message.attempt),
                date: now,
                text,
                language: message.language,
            };
            let refused = match app.notifications.texter.send(&written, now).await {
                Ok(()) => return Ok(()),
                Err(refused) => refused,
            };
            match refused.doubt {
                Doubt::Silent => {}
                Doubt::Refused => release(app, message, Some(&written.to)).await,
            }
            Err(refused.error)
        }
    }
}

/// Whether a message may go now.
#[derive(Debug)]
enum Turn {
    /// It may; a text message has used its number's turn, to be taken back where nothing is sent.
    Now(Option<Phone>),
    /// Its number had enough until then.
    At(Timestamp),
}

/// Claims a text message's turn at its number. A mail is limited where it is asked for.
async fn turn<D: Desk>(app: &App, desk: &D, message: &Outgoing, now: Timestamp) -> Result<Turn, StoreError> {
    let address = match message.recipient.channel() {
        Channel::Email => return Ok(Turn::Now(None)),
        Channel::Sms => desk.address(app, message).await?,
    };
    let to = match address {
        Some(Address::Phone(to)) => to,
        // The desk finds nobody either.
        Some(Address::Email(_)) | None => return Ok(Turn::Now(None)),
    };
    Ok(match sms::claim(app, &to, now).await? {
        Verdict::Allowed => Turn::Now(Some(to)),
        Verdict::Over(seconds) => {
            let free = now.after(Duration::from_secs(seconds.into()));
            let is_link = matches!(message.content.kind(), Kind::RecoveryLink | Kind::UnlockLink);
            Turn::At(if is_link { free } else { free.after(HEAD_START) })
        }
    })
}

/// Takes a turn back: nothing was sent to the number.
async fn release(app: &App, message: &Outgoing, claimed: Option<&Phone>) {
    let Some(to) = claimed else { return };
    if let Err(error) = sms::release(app, to).await {
        tracing::warn!(message = %message.id, %error, "a number's count cannot be taken back");
    }
}

/// How a try ended, with what its row needs.
#[derive(Clone, Copy, Debug)]
enum Ending {
    Accepted {
        at: Timestamp,
        link: Option<LinkId>,
    },
    Delayed {
        at: Timestamp,
        due: Timestamp,
        code: u16,
    },
    /// It was not tried.
    PutOff {
        at: Timestamp,
        due: Timestamp,
    },
    Rejected {
        at: Timestamp,
        code: u16,
    },
    Expired(Timestamp),
    Dropped(Timestamp),
}

impl Ending {
    /// What is counted, and when it ended.
    const fn counted(self) -> (watch::Outcome, Timestamp) {
        match self {
            Self::Accepted { at, link: _ } => (watch::Outcome::Accepted, at),
            Self::Delayed { at, .. } => (watch::Outcome::Delayed, at),
            Self::PutOff { at, due: _ } => (watch::Outcome::PutOff, at),
            Self::Rejected { at, code: _ } => (watch::Outcome::Rejected, at),
            Self::Expired(at) => (watch::Outcome::Expired, at),
            Self::Dropped(at) => (watch::Outcome::Dropped, at),
        }
    }
}

/// Records a try; tries again when the database does not take it, since a send that is not recorded is sent twice.
async fn record<D: Desk>(app: &App, desk: &D, message: &Outgoing, ending: Ending) -> Result<(), StoreError> {
    let mut tries = 1;
    loop {
        match record_once(app, desk, message, ending).await {
            Ok(()) => break,
            Err(StoreError::Changed) => {
                tracing::warn!(message = %message.id, "a message was taken up by another worker before its send was recorded");
                return Ok(());
            }
            Err(error) if tries == RECORD_TRIES => return Err(error),
            Err(error) => tracing::warn!(message = %message.id, %error, "a send cannot be recorded yet"),
        }
        tries += 1;
        clock::pause(RECORD_PAUSE).await;
    }
    let (outcome, at) = ending.counted();
    watch::tried(app, message, outcome, at);
    let case = message.case.map(tracing::field::display);
    tracing::info!(message = %message.id, case, kind = message.content.kind().as_str(), attempt = message.attempt, ?ending, "message");
    desk.announce(app, message);
    Ok(())
}

async fn record_once<D: Desk>(
    app: &App,
    desk: &D,
    message: &Outgoing,
    ending: Ending,
) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    let outcome = match ending {
        Ending::Accepted { at, link } => {
            store::finish(&mut tx, message, End::Accepted, at, 250).await?;
            Some(Outcome::Accepted { at, link })
        }
        Ending::Delayed { at, due, code } => {
            store::postpone(&mut tx, message, due, code).await?;
            Some(Outcome::Delayed(at))
        }
        Ending::PutOff { at, due } => {
            store::postpone(&mut tx, message, due, 0).await?;
            Some(Outcome::Delayed(at))
        }
        Ending::Rejected { at, code } => {
            store::finish(&mut tx, message, End::Rejected, at, code).await?;
            Some(Outcome::Rejected(at))
        }
        Ending::Expired(at) => {
            store::finish(&mut tx, message, End::Expired, at, 0).await?;
            Some(Outcome::Expired(at))
        }
        Ending::Dropped(at) => {
            store::finish(&mut tx, message, End::Dropped, at, 0).await?;
            None
        }
    };
    if let Some(outcome) = outcome {
        desk.record(app, &mut tx, message, outcome).await?;
    }
    if let Some((event, at)) = event(message.content.kind(), ending) {
        let subject = Subject {
            account: message.recipient.account(),
            case: message.case,
            ..Subject::default()
        };
        let entry = Entry::by_system(&event, at, subject);
        audit::service::append(app, &mut tx, &entry).await?;
    }
    tx.commit().await
}

/// What the audit log hears. The fate of a link whose page waits for it is told by the slice of the page.
fn event(message: Kind, ending: Ending) -> Option<(Event, Timestamp)> {
    if matches!(message, Kind::RecoveryLink | Kind::UnlockLink) {
        return None;
    }
    match ending {
        Ending::Accepted { at, link: _ } => Some((Event::MessageAccepted { message }, at)),
        Ending::Rejected { at, code: _ } | Ending::Expired(at) | Ending::Dropped(at) => {
            Some((Event::MessageFailed { message }, at))
        }
        Ending::Delayed { .. } | Ending::PutOff { .. } => None,
    }
}

/// When to try again: twice as long each time with a random part, so that a mail server that comes back is not met by
/// everything at once; never after the message's end, which is then told at its exact time.
fn next_try(app: &App, message: &Outgoing, now: Timestamp) -> Timestamp {
    let (first, longest) = match message.content {
        // Somebody looks at a page and waits.
        Content::RecoveryLink { .. } | Content::UnlockLink { .. } => (2_000, 60_000),
        Content::PasswordChanged { .. }
        | Content::RecoverySuspended { .. }
        | Content::AccountFrozen { .. }
        | Content::AccountBlocked { .. }
        | Content::PasswordReplaced { .. }
        | Content::PasswordReminder { .. }
        | Content::AccountUnlocked { .. }
        | Content::ContactConfirmation { .. }
        | Content::ContactChangeHeld { .. }
        | Content::ContactChanged { .. }
        | Content::ContactChangeCancelled { .. }
        | Content::DelegateInvitation { .. }
        | Content::StaffInvitation { .. }
        | Content::TeamChanged { .. }
        | Content::DelegateAdded { .. }
        | Content::DelegateBlocked { .. }
        | Content::AccessBlocked { .. }
        | Content::DelegateEnded { .. }
        | Content::PasskeyAdded { .. }
        | Content::PasskeyRemoved { .. }
        | Content::PasskeySuspected { .. }
        | Content::SignatureReferred { .. }
        | Content::SignatureDecided { .. }
        | Content::AccountThawed { .. }
        | Content::DataRequestDone { .. }
        | Content::AppointmentBooked { .. }
        | Content::AppointmentMoved { .. }
        | Content::AppointmentCancelled { .. }
        | Content::AppointmentReminder { .. }
        | Content::PlaceOffered { .. }
        | Content::DeliverabilityTest => (5_000, 900_000_u64),
    };
    let doublings = u32::try_from(message.attempt.clamp(1, 20) - 1).unwrap_or(0);
    let whole = u64::min(first << doublings, longest);
    let wait = Duration::from_millis(whole / 2 + app.entropy.below(whole / 2 + 1));
    now.after(wait).min(message.expires_at)
}
