//! Text messages to phones: the port beside the [`Mailer`](super::Mailer), and how they can go.
//!
//! Words: the *gateway* is somebody else's server that sends text messages when it is asked over HTTP; a message is
//! *accepted* when its answer says so, and then the clock of the link in it starts.
//!
//! Invariants: a text is in the GSM alphabet, below 160 septets with the longest values, and never holds a password; a
//! number gets no more than the policy allows, whoever asks for it; a refusal that leaves no doubt does not count against
//! the number, a silence does. Neither number, text nor token leaves in a log or an error.

pub mod config;
mod gateway;
mod template;
pub mod wording;

pub use config::SmsConfig;
pub use gateway::{Gateway, GatewayError};

use crate::app::App;
use crate::config::Config;
use crate::http::limits::{self, Bucket, Verdict};
use crate::notifications::Mailbox;
use crate::notifications::mailer::SendError;
use crate::store::StoreError;
use shared::i18n::Language;
use shared::identifiers::Phone;
use shared::time::Timestamp;

/// Where text messages leave through.
#[derive(Clone, Debug)]
pub enum Texter {
    /// A gateway.
    Gateway(Gateway),
    /// The demo's mailbox: nothing is sent, everything can be read on a page.
    Mailbox(Mailbox),
    /// Nowhere: a mail server is configured and no gateway. No text message is queued.
    Off,
}

/// A text message ready to leave.
#[derive(Clone)]
pub struct TextMessage {
    /// Whom it goes to.
    pub to: Phone,
    /// The name of this try: `<id>.<attempt>`.
    pub id: String,
    /// When it was written.
    pub date: Timestamp,
    /// What it says.
    pub text: String,
    /// The language of it.
    pub language: Language,
}

impl std::fmt::Debug for TextMessage {
    /// The text holds a link, and links hold tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TextMessage")
            .field("to", &self.to)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Why a text message was not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Whether it may be taken over later.
    pub error: SendError,
    /// Whether it may have been sent all the same.
    pub doubt: Doubt,
}

/// Whether a message that was not accepted may have been sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The gateway refused it.
    Refused,
    /// The gateway did not say, or not so that we understand it.
    Silent,
}

impl Texter {
    /// The configured gateway; without one and without a mail server, the demo's mailbox. It opens no connection yet.
    pub fn of(config: &Config, mailbox: Mailbox) -> Result<Self, GatewayError> {
        Ok(match (&config.sms, &config.smtp) {
            (Some(sms), _) => Self::Gateway(Gateway::new(sms)?),
            (None, None) => Self::Mailbox(mailbox),
            (None, Some(_)) => Self::Off,
        })
    }

    /// Whether text messages go anywhere.
    pub const fn is_on(&self) -> bool {
        match self {
            Self::Gateway(_) | Self::Mailbox(_) => true,
            Self::Off => false,
        }
    }

    /// Hands a text message over. Ends in bounded time.
    pub async fn send(&self, message: &TextMessage, now: Timestamp) -> Result<(), Refused> {
        match self {
            Self::Gateway(gateway) => gateway.send(message, now).await,
            Self::Mailbox(mailbox) => {
                mailbox.put_text(message);
                Ok(())
            }
            Self::Off => Err(Refused {
                error: SendError::Permanent { code: 0 },
                doubt: Doubt::Refused,
            }),
        }
    }
}

/// Counts a text message for its number before it is sent. How many seconds to wait where the number had enough.
pub async fn claim(app: &App, to: &Phone, now: Timestamp) -> Result<Verdict, StoreError> {
    let number = to.to_string();
    limits::take(app, now, bucket(&number), app.policy.limits.sms_per_destination).await
}

/// Takes the count back: nothing was sent.
pub async fn release(app: &App, to: &Phone) -> Result<(), StoreError> {
    let number = to.to_string();
    limits::give_back(app, bucket(&number)).await
}

fn bucket(number: &str) -> Bucket<'_> {
    Bucket::new("sms", number.as_bytes())
}
