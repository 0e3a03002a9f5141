//! What an operator sees of messages: how tries end, how long people wait for them, and how much waits now.

use super::{Channel, Kind, Outgoing, store};
use crate::app::App;
use crate::meters::{Counter, Describe, Gauge, Histogram};
use crate::store::{StoreError, Tx};
use crate::words;
use shared::time::Timestamp;
use std::time::Duration;

/// The meters of messages.
pub const METERS: &[&dyn Describe] = &[&TRIES, &DELAY, &WAITING, &OLDEST];

static TRIES: Counter<(Channel, Outcome)> = Counter::new(
    "clavero_messages_total",
    "Messages that were taken up to be sent, by what became of them.",
);
static DELAY: Histogram<(Channel, Urgency)> = Histogram::long(
    "clavero_message_delay_seconds",
    "How long accepted messages took from being queued until the mail server or gateway had them.",
);
static WAITING: Gauge<(Channel,)> = Gauge::new("clavero_messages_waiting", "Messages that wait to be sent.");
static OLDEST: Gauge<(Channel,)> = Gauge::new(
    "clavero_messages_oldest_seconds",
    "How long the message waits that was queued first of those that wait; 0 where none does.",
);

words!(Channel, "channel");

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The mail server or gateway has it.
    Accepted,
    /// It did not work, and is tried again.
    Delayed,
    /// It was not tried: the budget or its number's turn does not allow it now.
    PutOff,
    /// It was refused for good.
    Rejected,
    /// Its time ended first.
    Expired,
    /// There was nobody to send it to any more.
    Dropped,
}

impl Outcome {
    const ALL: [Self; 6] = [
        Self::Accepted,
        Self::Delayed,
        Self::PutOff,
        Self::Rejected,
        Self::Expired,
        Self::Dropped,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Delayed => "delayed",
            Self::PutOff => "put_off",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Dropped => "dropped",
        }
    }
}

words!(Outcome, "outcome");

/// Whether somebody looks at a page and waits.
#[derive(Clone, Copy, Debug)]
enum Urgency {
    Link,
    News,
}

impl Urgency {
    const ALL: [Self; 2] = [Self::Link, Self::News];

    const fn of(kind: Kind) -> Self {
        if matches!(kind, Kind::RecoveryLink | Kind::UnlockLink) {
            Self::Link
        } else {
            Self::News
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::News => "news",
        }
    }
}

words!(Urgency, "urgency");

/// A try is recorded.
pub(super) fn tried(app: &App, message: &Outgoing, outcome: Outcome, at: Timestamp) {
    let channel = message.recipient.channel();
    app.meters.count(&TRIES, (channel, outcome));
    if outcome == Outcome::Accepted {
        let urgency = Urgency::of(message.content.kind());
        app.meters
            .measure(&DELAY, (channel, urgency), at.since(message.queued_at));
    }
}

/// Looks at what waits.
pub async fn measure(app: &App, tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    for channel in Channel::ALL {
        let (waiting, oldest) = store::waiting(tx, channel).await?;
        let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
        let oldest = oldest.map_or(Duration::ZERO, |queued| now.since(queued));
        app.meters.set(&WAITING, (channel,), waiting.into());
        app.meters.set(&OLDEST, (channel,), oldest.as_secs_f64());
    }
    Ok(())
}
