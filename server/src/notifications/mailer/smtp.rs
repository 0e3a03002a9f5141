//! A mail server, spoken to over SMTP with lettre's connections and messages.
//!
//! lettre's own transport is not used: it puts a connection whose send was given up back among the good ones, gives
//! answers no time limit, and does not tell at which step a refusal came.

use crate::clock::Stopwatch;
use crate::config;
use crate::notifications::mailer::{Mail, SendError};
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};
use shared::identifiers::Email;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

/// How long a whole send may take, whatever the configured time-out of its steps. The worker's lease is longer.
const SEND_TIMEOUT: Duration = Duration::from_secs(40);

/// Connections kept open at most, and for how long without use.
const CONNECTIONS: usize = 4;
const IDLE: Duration = Duration::from_secs(30);

/// Settings that cannot work.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// The certificate cannot be read.
    #[error("the mail server's certificate is not PEM")]
    Certificate(#[source] lettre::transport::smtp::Error),
    /// TLS cannot be set up.
    #[error("TLS to the mail server cannot be set up")]
    Tls(#[source] lettre::transport::smtp::Error),
    /// The sender's address is none.
    #[error("smtp.from is no mail address")]
    Sender(#[source] lettre::address::AddressError),
}

/// A mail server. Clones share its connections.
#[derive(Clone)]
pub struct Smtp(Arc<Server>);

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Smtp")
    }
}

struct Server {
    address: (String, u16),
    tls: Protection,
    credentials: Option<Credentials>,
    hello: ClientId,
    from: Address,
    timeout: Duration,
    idle: Mutex<Vec<Idle>>,
}

enum Protection {
    None,
    StartTls(TlsParameters),
    Tls(TlsParameters),
}

/// A connection at rest after a message was accepted on it. One that had any failure, or whose send was given up, is
/// never used again: an answer that comes late must not be taken for the answer to the next message.
struct Idle {
    connection: AsyncSmtpConnection,
    since: Stopwatch,
}

/// What was being done when it failed: it tells whose fault a refusal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Connecting, greeting, signing in, naming ourselves as the sender: nothing about the message yet.
    Ours,
    /// The recipient and the message itself.
    Message,
}

impl Smtp {
    /// Prepares connections; opens none yet.
    pub fn new(config: &config::Smtp) -> Result<Self, SmtpError> {
        let tls = match config.tls {
            config::Tls::None => Protection::None,
            config::Tls::StartTls => Protection::StartTls(tls_parameters(config)?),
            config::Tls::Tls => Protection::Tls(tls_parameters(config)?),
        };
        let from: Address = config.from.parse().map_err(SmtpError::Sender)?;
        let credentials = config
            .credentials
            .as_ref()
            .map(|given| Credentials::new(given.user.clone(), given.password.expose().clone()));
        Ok(Self(Arc::new(Server {
            address: (config.host.clone(), config.port),
            tls,
            credentials,
            hello: ClientId::Domain(from.domain().to_owned()),
            from,
            timeout: config.timeout,
            idle: Mutex::default(),
        })))
    }

    /// Hands a mail over. It returns when the server has accepted it, refused it, or not answered in time.
    pub async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let message = write(&self.0.from, mail)?;
        let bytes = message.formatted();
        let send = self.0.send(message.envelope(), &bytes);
        tokio::time::timeout(SEND_TIMEOUT, send)
            .await
            .unwrap_or(Err(SendError::Temporary { code: 0, after: None }))
    }
}

/// Where a conversation that brings no mail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greeting {
    /// Before the server greeted us; with TLS from the first byte, also where its certificate is not trusted.
    Connection,
    /// Where TLS was to begin.
    StartTls,
    /// Where we signed in.
    SignIn,
}

impl Smtp {
    /// Talks to the server up to where a mail would follow, and takes leave. Nothing is sent.
    pub async fn greet(&self) -> Result<(), Greeting> {
        let server = &self.0;
        let mut connection = server.greeted().await.map_err(|(ended, _)| ended)?;
        // Whatever it answers: it said all that was asked.
        let _leave = server.within(Phase::Ours, connection.quit()).await;
        Ok(())
    }
}

impl Server {
    async fn send(&self, envelope: &Envelope, message: &[u8]) -> Result<(), SendError> {
        let mut connection = match self.rested().await {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let sender = MailFrom::new(envelope.from().cloned(), Vec::new());
        self.within(Phase::Ours, connection.command(sender)).await?;
        for recipient in envelope.to() {
            self.within(
                Phase::Message,
                connection.command(Rcpt::new(recipient.clone(), Vec::new())),
            )
            .await?;
        }
        self.within(Phase::Message, connection.command(Data)).await?;
        self.within(Phase::Message, connection.message(message)).await?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < CONNECTIONS {
            idle.push(Idle {
                connection,
                since: Stopwatch::start(),
            });
        }
        Ok(())
    }

    /// A connection at rest that still answers.
    async fn rested(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let Idle {
                mut connection,
                since,
            } = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
            let alive = since.elapsed() < IDLE
                && tokio::time::timeout(self.timeout, connection.test_connected()).await == Ok(true);
            if alive {
                return Some(connection);
            }
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        self.greeted().await.map_err(|(_, error)| error)
    }

    async fn greeted(&self) -> Result<AsyncSmtpConnection, (Greeting, SendError)> {
        let wrapper = match &self.tls {
            Protection::Tls(parameters) => Some(parameters.clone()),
            Protection::None | Protection::StartTls(_) => None,
        };
        let (host, port) = &self.address;
        let connect = AsyncSmtpConnection::connect_tokio1(
            (host.as_str(), *port),
            Some(self.timeout),
            &self.hello,
            wrapper,
            None,
        );
        let at = |ended| move |error| (ended, error);
        let connected = self.within(Phase::Ours, connect).await;
        let mut connection = connected.map_err(at(Greeting::Connection))?;
        if let Protection::StartTls(parameters) = &self.tls {
            // It fails where the server does not offer it: nothing is ever sent in the clear instead.
            self.within(Phase::Ours, connection.starttls(parameters.clone(), &self.hello))
                .await
                .map_err(at(Greeting::StartTls))?;
        }
        if let Some(credentials) = &self.credentials {
            self.within(Phase::Ours, connection.auth(DEFAULT_MECHANISMS, credentials))
                .await
                .map_err(at(Greeting::SignIn))?;
        }
        Ok(connection)
    }

    /// One step of the conversation, in bounded time.
    async fn within<T>(
        &self,
        phase: Phase,
        step: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, SendError> {
        match tokio::time::timeout(self.timeout, step).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => Err(classify(phase, &error)),
            Err(_elapsed) => Err(SendError::Temporary { code: 0, after: None }),
        }
    }
}

fn tls_parameters(config: &config::Smtp) -> Result<TlsParameters, SmtpError> {
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(pem) = &config.ca {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(SmtpError::Certificate)?);
    }
    builder.build().map_err(SmtpError::Tls)
}

/// The mail as RFC 5322 and MIME want it. Nothing of it can begin a header of its own.
fn write(from: &Address, mail: &Mail) -> Result<Message, SendError> {
    let unwritable = SendError::Permanent { code: 0 };
    let to = Mailbox::new(None, address(&mail.to).map_err(|_| unwritable)?);
    let micros = u64::try_from(mail.date.as_micros()).unwrap_or(0);
    Message::builder()
        .from(Mailbox::new(Some(one_line(&mail.sender)), from.clone()))
        .to(to)
        .date(UNIX_EPOCH + Duration::from_micros(micros))
        .message_id(Some(format!("<{}>", mail.message_id)))
        .subject(one_line(&mail.subject))
        // RFC 3834: no out-of-office replies to us.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"))
        .raw_header(header("Content-Language", mail.language.tag()))
        .multipart(parts(mail)?)
        .map_err(|_| unwritable)
}

/// The two versions of the text, and a calendar file behind them if there is one.
fn parts(mail: &Mail) -> Result<MultiPart, SendError> {
    let words = MultiPart::alternative()
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    let Some(calendar) = &mail.calendar else {
        return Ok(words);
    };
    let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH")
        .map_err(|_| SendError::Permanent { code: 0 })?;
    Ok(MultiPart::mixed()
        .multipart(words)
        .singlepart(Attachment::new("turno.ics".to_owned()).body(calendar.clone(), kind)))
}

fn header(name: &'static str, value: &'static str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn address(email: &Email) -> Result<Address, lettre::address::AddressError> {
    Address::new(email.local_part(), email.domain())
}

/// Text for a header: every control character becomes a space, so that nothing can begin another header.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect()
}

/// Permanent is only what the server refuses for good about the message. What it holds against us (no or a wrong
/// password, a sender it does not know, a certificate we do not trust) is the operator's to mend, and mail waits for it.
fn classify(phase: Phase, error: &lettre::transport::smtp::Error) -> SendError {
    let code = error.status().map_or(0, u16::from);
    match phase {
        Phase::Message if error.is_permanent() => SendError::Permanent { code },
        Phase::Message => SendError::Temporary { code, after: None },
        Phase::Ours => {
            tracing::error!(
                code,
                permanent = error.is_permanent(),
                tls = error.is_tls(),
                "the mail server takes no mail from us"
            );
            SendError::Temporary { code, after: None }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::i18n::Language;
    use shared::time::Timestamp;

    fn mail(sender: &str, subject: &str) -> Mail {
        Mail {
            to: "ana@correo.example".parse().unwrap(),
            sender: sender.into(),
            message_id: "1.1@clavero.example".into(),
            date: Timestamp::from_millis(1_763_800_000_000),
            subject: subject.into(),
            text: "uno\r\n\r\n.\r\nBcc: c@example.com\r\n".into(),
            html: "<p>uno</p>".into(),
            calendar: None,
            language: Language::Es,
        }
    }

    fn headers(institution: &str, subject: &str) -> String {
        let from = "no-responder@clavero.example".parse().unwrap();
        let message = write(&from, &mail(institution, subject)).unwrap();
        let formatted = String::from_utf8(message.formatted()).unwrap();
        formatted.split_once("\r\n\r\n").unwrap().0.to_owned()
    }

    #[test]
    fn nothing_can_begin_a_header_of_its_own() {
        for evil in [
            "a\r\nBcc: x@example.com",
            "a\nBcc: x@example.com",
            "a\rBcc: x@example.com",
            "a\0\u{85}\u{2028}Bcc: x@e.c",
        ] {
            let headers = headers(evil, evil);
            let names: Vec<_> = headers
                .lines()
                .filter(|line| !line.starts_with(' '))
                .map(|line| line.split(':').next().unwrap().to_lowercase())
                .collect();
            assert!(!names.contains(&"bcc".to_owned()), "{headers}");
            assert!(
                !headers.replace("\r\n", "").contains(['\r', '\n', '\0']),
                "{headers:?}"
            );
        }
    }

    #[test]
    fn the_headers_say_who_when_and_that_a_machine_wrote() {
        let headers = headers("Institución de Prueba", "Su enlace");
        for expected in [
            "To: ana@correo.example",
            "Message-ID: <1.1@clavero.example>",
            "Auto-Submitted: auto-generated",
            "Content-Language: es",
            "Date: Sat, 22 Nov 2025 08:26:40 +0000",
            "Subject: Su enlace",
        ] {
            assert!(headers.contains(expected), "{expected} is missing in {headers}");
        }
    }
}
