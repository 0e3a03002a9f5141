//! `clavero doctor`: looks at everything a server needs, and says of each thing how it is and what to do.

use crate::cli::say;
use crate::clock::Clock;
use crate::compose;
use crate::config::Config;
use crate::documents::Documents;
use crate::http::spa::Site;
use crate::notary::check::{self as signatures, Seen};
use crate::notifications::sms::Gateway;
use crate::registries::{self, Remote};
use crate::store::Store;
use object_store::ObjectStoreExt as _;
use shared::time::Timestamp;
use std::fmt;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpStream;

/// How long a mail server may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The day this code was written on: a clock before it is wrong.
const WRITTEN: Timestamp = Timestamp::from_millis(1_793_491_200_000);

/// How a thing is. The order is that of gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Ok,
    Warn,
    Fail,
}

/// One thing that was looked at.
#[derive(Debug)]
struct Finding {
    state: State,
    subject: &'static str,
    text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Ok => "ok",
            State::Warn => "warn",
            State::Fail => "fail",
        };
        write!(f, "{state:<5} {:<13} {}", self.subject, self.text)
    }
}

/// Looks, prints a line for each thing, and fails if one of them does.
pub async fn examine(path: Option<&Path>) -> ExitCode {
    let findings = match Config::load(path) {
        Ok(config) => {
            let mut findings = vec![
                config_finding(path, &config),
                database(&config).await,
                documents(&config).await,
                key(&config),
            ];
            findings.extend([
                mail(&config).await,
                texts(&config).await,
                clock(Clock::system().now()),
                frontend(&Site::embedded()),
            ]);
            findings.extend(registries(&config).await);
            findings.extend(signed_requests(&config).await);
            findings
        }
        Err(error) => vec![finding(State::Fail, "configuration", error)],
    };
    for finding in &findings {
        say(&finding.to_string());
    }
    match findings.iter().map(|finding| finding.state).max() {
        Some(State::Fail) => ExitCode::FAILURE,
        Some(State::Ok | State::Warn) | None => ExitCode::SUCCESS,
    }
}

fn finding(state: State, subject: &'static str, text: impl fmt::Display) -> Finding {
    Finding {
        state,
        subject,
        text: text.to_string(),
    }
}

fn config_finding(path: Option<&Path>, config: &Config) -> Finding {
    let origin = config.public_url.origin();
    match path {
        Some(path) => finding(
            State::Ok,
            "configuration",
            format!("{} (people reach it at {origin})", path.display()),
        ),
        None => finding(
            State::Warn,
            "configuration",
            format!("no --config: the demo's values, at {origin}"),
        ),
    }
}

/// Whether a document could be put away and taken out again. What is written for it is nobody's and goes at once.
async fn documents(config: &Config) -> Finding {
    let folder = compose::documents_path(&config.data_dir);
    if !folder.exists() {
        let text = "their folder is made at the first start";
        return finding(State::Warn, "documents", text);
    }
    let probe = async {
        let documents = Documents::in_folder(&folder).map_err(|error| error.to_string())?;
        let (objects, place) = (documents.objects(), object_store::path::Path::from("doctor"));
        let written = objects.put(&place, b"doctor".as_slice().into()).await;
        written.map_err(|error| error.to_string())?;
        objects.delete(&place).await.map_err(|error| error.to_string())
    };
    match probe.await {
        Ok(()) => finding(State::Ok, "documents", "can be written and deleted"),
        Err(error) => finding(State::Fail, "documents", format!("{}: {error}", folder.display())),
    }
}

async fn database(config: &Config) -> Finding {
    if config.database.expose().starts_with("sqlite:") && !config.data_dir.exists() {
        return finding(
            State::Warn,
            "database",
            "is made at the first start: run `clavero migrate`",
        );
    }
    match Store::connect(config.database.expose()).await {
        Ok(store) => match store.pending().await {
            Ok(0) => finding(State::Ok, "database", "answers; its schema is up to date"),
            Ok(missing) => finding(
                State::Warn,
                "database",
                format!("answers; {missing} migrations are missing: run `clavero migrate`"),
            ),
            Err(error) => finding(
                State::Fail,
                "database",
                format!("{error}: is it a database of Clavero?"),
            ),
        },
        Err(error) => {
            let cause = std::error::Error::source(&error)
                .map(ToString::to_string)
                .unwrap_or_default();
            finding(State::Fail, "database", format!("{error}: {cause}"))
        }
    }
}

fn key(config: &Config) -> Finding {
    let path = compose::key_path(&config.data_dir);
    if !path.exists() {
        return finding(
            State::Warn,
            "master key",
            format!("{} is made at the first start", path.display()),
        );
    }
    match compose::owner_only(&path) {
        Ok(()) => finding(
            State::Ok,
            "master key",
            format!("{} (keep a copy apart from the database)", path.display()),
        ),
        Err(error) => finding(State::Fail, "master key", error),
    }
}

async fn mail(config: &Config) -> Finding {
    let Some(smtp) = &config.smtp else {
        return finding(
            State::Warn,
            "mail",
            "no [smtp]: mails are shown at /mailbox and go nowhere",
        );
    };
    let place = format!("{}:{}", smtp.host, smtp.port);
    match tokio::time::timeout(
        CONNECT_TIMEOUT,
        TcpStream::connect((smtp.host.as_str(), smtp.port)),
    )
    .await
    {
        Ok(Ok(_)) => finding(
            State::Ok,
            "mail",
            format!(
                "{place} accepts connections; a conversation may stand still for {} s",
                smtp.timeout.as_secs()
            ),
        ),
        Ok(Err(error)) => finding(
            State::Fail,
            "mail",
            format!("{place}: {error}: check smtp.host, smtp.port and the firewall"),
        ),
        Err(_) => finding(
            State::Fail,
            "mail",
            format!("{place} does not answer within 5 s: check the firewall"),
        ),
    }
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

/// Also warns where an examination could be cut off by the time of its request.
async fn signed_requests(config: &Config) -> Vec<Finding> {
    let subject = "signatures";
    let seen = signatures::look(&config.signatures, Clock::system().now()).await;
    let mut findings: Vec<Finding> = seen
        .into_iter()
        .map(|seen| match seen {
            Seen::Good(text) => finding(State::Ok, subject, text),
            Seen::Odd(text) => finding(State::Warn, subject, text),
            Seen::Bad(text) => finding(State::Fail, subject, text),
        })
        .collect();
    if config.signatures.longest() + config.registries.deadline >= config.request_timeout {
        let text = "an examination may take longer than request_seconds: shorten signatures.seconds or .fetch_seconds";
        findings.push(finding(State::Warn, subject, text));
    }
    findings
}

fn clock(now: Timestamp) -> Finding {
    if now < WRITTEN {
        return finding(
            State::Fail,
            "clock",
            "shows a time before this version was written: set it (NTP)",
        );
    }
    finding(
        State::Ok,
        "clock",
        "plausible; keep it set by NTP: links live 180 seconds",
    )
}

fn frontend(site: &Site) -> Finding {
    if site.is_present() {
        finding(State::Ok, "frontend", "built in")
    } else {
        finding(
            State::Fail,
            "frontend",
            "missing: build it (`cargo xtask run` does) before the server",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_of_the_past_fails() {
        assert_eq!(clock(Timestamp::from_micros(0)).state, State::Fail);
        assert_eq!(clock(WRITTEN).state, State::Ok);
    }

    #[test]
    fn the_worst_finding_decides() {
        assert!(State::Fail > State::Warn && State::Warn > State::Ok);
    }

    #[tokio::test]
    async fn a_mail_server_that_is_not_there_fails_with_advice() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let text = format!("[smtp]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\nfrom = \"a@b.c\"");
        let config = Config::parse(&text, Path::new(".")).unwrap();
        assert_eq!(mail(&config).await.state, State::Ok);
        drop(listener);
        let finding = mail(&config).await;
        assert_eq!(finding.state, State::Fail);
        assert!(finding.text.contains("smtp.host"));
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
