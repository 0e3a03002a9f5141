//! The port through which messages leave, and how it can go.

mod smtp;

pub use smtp::{Greeting, Smtp, SmtpError};

use crate::config::Config;
use crate::notifications::Mailbox;
use shared::i18n::Language;
use shared::identifiers::Email;
use shared::time::Timestamp;
use std::time::Duration;

/// Where messages leave through. A server has one of them, never both.
#[derive(Clone, Debug)]
pub enum Mailer {
    /// A mail server.
    Smtp(Smtp),
    /// The demo's mailbox: nothing is sent, everything can be read on a page.
    Mailbox(Mailbox),
}

/// A mail ready to leave.
#[derive(Clone)]
pub struct Mail {
    /// Whom it goes to.
    pub to: Email,
    /// The institution's name, shown as the sender's.
    pub sender: String,
    /// Its own name, without angle brackets: `<id>.<attempt>@<domain>`.
    pub message_id: String,
    /// When it was written.
    pub date: Timestamp,
    /// The subject: no secret, one line.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// A calendar file that goes with it.
    pub calendar: Option<Vec<u8>>,
    /// The language of all of it, as a tag.
    pub language: Language,
}

impl std::fmt::Debug for Mail {
    /// Bodies hold links, and links hold tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail")
            .field("to", &self.to)
            .field("message_id", &self.message_id)
            .finish_non_exhaustive()
    }
}

/// Why a message was not taken over. The server's words stay out: they may quote addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It may work later: the server said so (4xx), or it could not be reached or did not answer in time.
    #[error("the server did not take the message over now (code {code})")]
    Temporary {
        /// The server's code; 0 where it gave none.
        code: u16,
        /// How long the server wants to be left alone, where it says so.
        after: Option<Duration>,
    },
    /// It will not work later (5xx), or the mail cannot be written at all.
    #[error("the server refused the message for good (code {code})")]
    Permanent {
        /// The server's code; 0 where it gave none.
        code: u16,
    },
}

impl Mailer {
    /// The configured mail server; without one, the demo's mailbox. It opens no connection yet.
    pub fn of(config: &Config, mailbox: Mailbox) -> Result<Self, SmtpError> {
        Ok(match &config.smtp {
            Some(smtp) => Self::Smtp(Smtp::new(smtp)?),
            None => Self::Mailbox(mailbox),
        })
    }

    /// Hands a mail over. Ends in bounded time.
    pub async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        match self {
            Self::Smtp(smtp) => smtp.send(mail).await,
            Self::Mailbox(mailbox) => {
                mailbox.put(mail);
                Ok(())
            }
        }
    }
}
