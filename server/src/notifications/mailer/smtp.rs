//! A mail server, spoken to over SMTP.

use crate::config;
use crate::notifications::mailer::{Mail, SendError};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use shared::identifiers::Email;
use std::time::{Duration, UNIX_EPOCH};

/// How long to wait for the connection and for each answer.
const STEP_TIMEOUT: Duration = Duration::from_secs(15);

/// How long a whole send may take. The worker's lease is longer.
const SEND_TIMEOUT: Duration = Duration::from_secs(40);

/// Connections kept open at most, and for how long without use.
const CONNECTIONS: u32 = 4;
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

/// A mail server.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Smtp")
    }
}

impl Smtp {
    /// Prepares connections; opens none yet. `institution` is the name shown as the sender's.
    pub fn new(config: &config::Smtp, institution: &str) -> Result<Self, SmtpError> {
        let tls = match config.tls {
            config::Tls::None => Tls::None,
            config::Tls::StartTls => Tls::Required(tls_parameters(config)?),
            config::Tls::Tls => Tls::Wrapper(tls_parameters(config)?),
        };
        let from: Address = config.from.parse().map_err(SmtpError::Sender)?;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .tls(tls)
            .timeout(Some(STEP_TIMEOUT))
            .hello_name(ClientId::Domain(from.domain().to_owned()))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS).idle_timeout(IDLE));
        if let Some(credentials) = &config.credentials {
            let (user, password) = (credentials.user.clone(), credentials.password.expose().clone());
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(Self { transport: builder.build(), from: Mailbox::new(Some(one_line(institution)), from) })
    }

    /// Hands a mail over. It returns when the server has accepted it, refused it, or not answered in time.
    pub async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let message = write(&self.from, mail)?;
        match tokio::time::timeout(SEND_TIMEOUT, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(classify(&error)),
            Err(_) => Err(SendError::Temporary { code: 0 }),
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
fn write(from: &Mailbox, mail: &Mail) -> Result<Message, SendError> {
    let unwritable = SendError::Permanent { code: 0 };
    let to = Mailbox::new(None, address(&mail.to).map_err(|_| unwritable)?);
    let micros = u64::try_from(mail.date.as_micros()).unwrap_or(0);
    Message::builder()
        .from(from.clone())
        .to(to)
        .date(UNIX_EPOCH + Duration::from_micros(micros))
        .message_id(Some(format!("<{}>", mail.message_id)))
        .subject(one_line(&mail.subject))
        // RFC 3834: no out-of-office replies to us.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "All"))
        .raw_header(header("Content-Language", mail.language.tag()))
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::plain(mail.text.clone()))
                .singlepart(SinglePart::html(mail.html.clone())),
        )
        .map_err(|_| unwritable)
}

fn header(name: &'static str, value: &'static str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn address(email: &Email) -> Result<Address, lettre::address::AddressError> {
    Address::new(email.local_part(), email.domain())
}

/// Text for a header: every control character becomes a space, so that nothing can begin another header.
fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

/// Permanent is only what the server refuses for good about the message. What it holds against us (a missing or wrong
/// password: 530, 534, 535, 538) is the operator's to mend, and the message waits for it.
fn classify(error: &lettre::transport::smtp::Error) -> SendError {
    let code = error.status().map_or(0, u16::from);
    let ours = matches!(code, 530 | 534 | 535 | 538);
    if ours {
        tracing::error!(code, "the mail server refuses this server's name and password");
    }
    if error.is_permanent() && !ours { SendError::Permanent { code } } else { SendError::Temporary { code } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::i18n::Language;
    use shared::time::Timestamp;

    fn mail(subject: &str) -> Mail {
        Mail {
            to: "ana@correo.example".parse().unwrap(),
            message_id: "1.1@clavero.example".into(),
            date: Timestamp::from_millis(1_763_800_000_000),
            subject: subject.into(),
            text: "uno\r\n\r\n.\r\nBcc: c@example.com\r\n".into(),
            html: "<p>uno</p>".into(),
            language: Language::Es,
        }
    }

    fn headers(institution: &str, subject: &str) -> String {
        let from = Mailbox::new(Some(one_line(institution)), "no-responder@clavero.example".parse().unwrap());
        let formatted = String::from_utf8(write(&from, &mail(subject)).unwrap().formatted()).unwrap();
        formatted.split_once("\r\n\r\n").unwrap().0.to_owned()
    }

    #[test]
    fn nothing_can_begin_a_header_of_its_own() {
        for evil in ["a\r\nBcc: x@example.com", "a\nBcc: x@example.com", "a\rBcc: x@example.com", "a\0\u{85}\u{2028}Bcc: x@e.c"] {
            let headers = headers(evil, evil);
            let names: Vec<_> = headers
                .lines()
                .filter(|line| !line.starts_with(' '))
                .map(|line| line.split(':').next().unwrap().to_lowercase())
                .collect();
            assert!(!names.contains(&"bcc".to_owned()), "{headers}");
            assert!(!headers.replace("\r\n", "").contains(['\r', '\n', '\0']), "{headers:?}");
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
