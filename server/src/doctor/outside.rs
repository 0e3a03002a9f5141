//! What is outside: the mail server, the gateway for text messages, the registries, authorities of certificates. Nothing is sent, and
//! nobody is asked about anybody.

use super::{Finding, State, finding};
use crate::clock::Clock;
use crate::config::{self, Config, Tls};
use crate::notary::check::{self as signatures, Seen};
use crate::notifications::mailer::{Greeting, Smtp};
use crate::notifications::sms::Gateway;
use crate::registries::{self, Remote};
use std::time::Duration;
use tokio::net::TcpStream;

/// How long a server may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Looks at all of it.
pub(super) async fn look(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(mail(config).await);
    findings.push(texts(config).await);
    findings.extend(registries(config).await);
    findings.extend(signed_requests(config).await);
    findings
}

/// The conversation with the mail server, if there is one; the configuration's warnings say where there is none.
async fn mail(config: &Config) -> Option<Finding> {
    match &config.smtp {
        Some(smtp) => Some(greet(smtp).await),
        None => None,
    }
}

/// Up to where a mail would follow: the greeting, STARTTLS and the sign-in, where they are configured.
async fn greet(smtp: &config::Smtp) -> Finding {
    let subject = "mail";
    let place = format!("{}:{}", smtp.host, smtp.port);
    let server = match Smtp::new(smtp) {
        Ok(server) => server,
        Err(error) => return finding(State::Fail, subject, format!("{:#}", anyhow::Error::from(error))),
    };
    let (what, advice) = match server.greet().await {
        Ok(()) => {
            let protected = match smtp.tls {
                Tls::None => "in the clear",
                Tls::StartTls => "with STARTTLS",
                Tls::Tls => "with TLS",
            };
            let signed_in = smtp.credentials.as_ref().map_or("", |_| ", signed in");
            let text = format!("{place} talks to us {protected}{signed_in}; nothing was sent");
            return finding(State::Ok, subject, text);
        }
        Err(Greeting::Connection) => (
            "does not greet",
            "smtp.host, smtp.port, smtp.tls, smtp.ca_file and the firewall",
        ),
        Err(Greeting::StartTls) => (
            "does not begin TLS",
            "smtp.tls, smtp.ca_file and the server's certificate",
        ),
        Err(Greeting::SignIn) => ("refuses us", "smtp.user and smtp.password_file"),
    };
    finding(State::Fail, subject, format!("{place} {what}: check {advice}"))
}

/// The gateway's section is read, its authorities and its address are tried; no message is sent.
async fn texts(config: &Config) -> Finding {
    let subject = "text messages";
    let Some(sms) = &config.sms else {
        let (state, text) = match &config.smtp {
            Some(_) => (
                State::Ok,
                "no [sms]: none is sent, and unblocking offers mail only",
            ),
            None => (
                State::Warn,
                "no [sms]: text messages are shown at /mailbox and go nowhere",
            ),
        };
        return finding(state, subject, text);
    };
    if let Err(error) = Gateway::new(sms) {
        return finding(State::Fail, subject, error);
    }
    let Some((host, port)) = sms.place() else {
        return finding(State::Fail, subject, "sms.url leads nowhere");
    };
    match tokio::time::timeout(CONNECT_TIMEOUT, TcpStream::connect((host.as_str(), port))).await {
        Ok(Ok(_)) => finding(
            State::Ok,
            subject,
            format!(
                "{host}:{port} accepts connections; a try may take {} s",
                sms.timeout.as_secs()
            ),
        ),
        Ok(Err(error)) => finding(
            State::Fail,
            subject,
            format!("{host}:{port}: {error}: check sms.url and the firewall"),
        ),
        Err(_) => finding(
            State::Fail,
            subject,
            format!("{host}:{port} does not answer within 5 s: check the firewall"),
        ),
    }
}

async fn registries(config: &Config) -> Vec<Finding> {
    let checked = registries::check(&config.registries);
    if checked.is_empty() {
        return vec![finding(
            State::Ok,
            "registries",
            "all answer from imported records: keep them fresh",
        )];
    }
    let mut findings = Vec::new();
    for one in checked {
        findings.push(match one {
            Ok(remote) => reach(&remote).await,
            Err(error) => finding(State::Fail, "registries", error),
        });
    }
    findings
}

/// A registry that cannot be reached now costs only what needs it.
async fn reach(Remote { name, host, port }: &Remote) -> Finding {
    let connected = TcpStream::connect((host.as_str(), *port));
    match tokio::time::timeout(CONNECT_TIMEOUT, connected).await {
        Ok(Ok(_)) => finding(
            State::Ok,
            "registries",
            format!("{name}: {host}:{port} accepts connections"),
        ),
        Ok(Err(error)) => finding(
            State::Warn,
            "registries",
            format!("{name}: {host}:{port}: {error}: check registries.{name}.url and the firewall"),
        ),
        Err(_) => finding(
            State::Warn,
            "registries",
            format!("{name}: {host}:{port} does not answer within 5 s: check the firewall"),
        ),
    }
}

async fn signed_requests(config: &Config) -> Vec<Finding> {
    let subject = "signatures";
    let seen = signatures::look(&config.signatures, Clock::system().now()).await;
    let told = |seen| match seen {
        Seen::Good(text) => finding(State::Ok, subject, text),
        Seen::Odd(text) => finding(State::Warn, subject, text),
        Seen::Bad(text) => finding(State::Fail, subject, text),
    };
    seen.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

    /// A mail server that says these lines, one after each of ours.
    async fn mail_server(lines: &'static [&'static str]) -> u16 {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            for line in lines {
                let mut said = String::new();
                // Whoever has heard enough hangs up.
                if stream.write_all(line.as_bytes()).await.is_err()
                    || stream.read_line(&mut said).await.is_err()
                {
                    return;
                }
                assert!(!said.starts_with("MAIL"), "nothing is sent");
            }
        });
        port
    }

    fn mailing(port: u16, more: &str) -> Config {
        let text = format!(
            "[smtp]\nhost = \"127.0.0.1\"\nport = {port}\nfrom = \"a@b.c\"\ntimeout_seconds = 5\n{more}"
        );
        Config::parse(&text, Path::new(".")).unwrap()
    }

    #[tokio::test]
    async fn a_mail_server_is_talked_to_and_nothing_is_sent() {
        let port = mail_server(&["220 mail\r\n", "250 mail\r\n", "221 bye\r\n"]).await;
        let found = mail(&mailing(port, "tls = \"none\"")).await.unwrap();
        assert_eq!(found.state, State::Ok, "{found}");
    }

    #[tokio::test]
    async fn what_is_wrong_with_a_mail_server_is_told_with_advice() {
        let busy = mail_server(&["421 not now\r\n"]).await;
        let without_tls = mail_server(&["220 mail\r\n", "250 mail\r\n", "221 bye\r\n"]).await;
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let nobody = gone.local_addr().unwrap().port();
        drop(gone);
        for (port, more, advice) in [
            (busy, "tls = \"none\"", "smtp.host"),
            (nobody, "tls = \"none\"", "smtp.host"),
            (without_tls, "tls = \"starttls\"", "begin TLS"),
        ] {
            let found = mail(&mailing(port, more)).await.unwrap();
            assert_eq!(found.state, State::Fail, "{found}");
            assert!(found.text.contains(advice), "{found}");
        }
        let nowhere = Config::parse("", Path::new(".")).unwrap();
        assert!(mail(&nowhere).await.is_none(), "the configuration says so");
    }

    #[tokio::test]
    async fn a_gateway_is_looked_at_without_a_message() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let section =
            format!("[sms]\nmethod = \"GET\"\nurl = \"http://127.0.0.1:{port}/?n={{number}}&t={{text}}\"\n");
        let read = |text: &str| Config::parse(text, Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert_eq!(texts(&read(&section)).await.state, State::Ok);
        drop(listener);
        let gone = texts(&read(&section)).await;
        assert_eq!(gone.state, State::Fail);
        assert!(gone.text.contains("sms.url"), "{}", gone.text);
        let other = texts(&read(&format!("{section}ca_file = \"Cargo.toml\""))).await;
        assert!(other.text.contains("sms.ca_file"), "{}", other.text);
        assert_eq!(texts(&read("")).await.state, State::Warn);
    }

    #[tokio::test]
    async fn each_registry_over_http_is_looked_at() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let section = |name: &str| {
            format!("[registries.{name}]\nsource = \"http\"\nurl = \"http://127.0.0.1:{port}\"\n")
        };
        let text = section("sri") + &section("iess") + "mapping = \"Cargo.toml\"";
        let config = Config::parse(&text, Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let found = registries(&config).await;
        let states: Vec<_> = found.iter().map(|finding| finding.state).collect();
        assert_eq!(states, [State::Ok, State::Fail]);
        assert!(
            found[1].text.contains("registries.iess.mapping"),
            "{}",
            found[1].text
        );
        drop(listener);
        let config = Config::parse(&section("sri"), Path::new("/nonexistent")).unwrap();
        assert_eq!(registries(&config).await[0].state, State::Warn);
        let imported = Config::parse("", Path::new("/nonexistent")).unwrap();
        assert_eq!(registries(&imported).await[0].state, State::Ok);
    }
}
