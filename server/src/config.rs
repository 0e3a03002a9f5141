//! The configuration: one TOML file, read once. Without a file it runs the demo on this machine.
//!
//! Every error names the field. Secrets do not stand in it: they are in files of their own, named here.

use crate::http::upload::Bounds;
use crate::notary::config::{self as signatures, SignaturesConfig};
use crate::notifications::sms::config::{self as sms, SmsConfig};
use crate::registries::config::{self as registries, RegistriesConfig};
use crate::traces::{self, TracesConfig};
use ipnet::IpNet;
use serde::Deserialize;
use shared::policy::{Policy, Profile};
use shared::secrets::Secret;
use shared::settings::api::Institution;
use std::borrow::Cow;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The configuration in force.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where people reach the site. Links in mails begin with it; never with a Host header.
    pub public_url: PublicUrl,
    /// The database: `sqlite:<path>` or `postgres://…`, which may hold a password.
    pub database: Secret<String>,
    /// The folder for the key and, with SQLite, the database.
    pub data_dir: PathBuf,
    /// Who runs it.
    pub institution: Institution,
    /// The policy.
    pub policy: Policy,
    /// The mail server; without one, the built-in mailbox shows what would be sent.
    pub smtp: Option<Smtp>,
    /// The gateway for text messages; without one, and without a mail server, the built-in mailbox shows them.
    pub sms: Option<SmsConfig>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Where official records come from.
    pub registries: RegistriesConfig,
    /// How signed requests are judged.
    pub signatures: SignaturesConfig,
    /// The address of a room for appointments by video, with `{room}` where its name goes.
    pub video_room: String,
    /// Where measurements can be read; without, nowhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Where traces go; without, nowhere.
    pub traces: Option<TracesConfig>,
    /// How long a request may take before it is answered with a time-out. A file that comes with it has its own time.
    pub request_timeout: Duration,
    /// What files are held to while they come. It cannot be configured.
    pub uploads: Bounds,
}

/// A mail server.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// Whom to sign in as.
    pub credentials: Option<Credentials>,
    /// How long to wait for the connection and for each answer.
    pub timeout: Duration,
    /// A certificate (PEM) to trust beside the system's, for a server with one of the institution's own.
    pub ca: Option<Vec<u8>>,
    /// The address that mails come from.
    pub from: String,
}

/// Whom to sign in as at the mail server.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The user.
    pub user: String,
    /// The password.
    pub password: Secret<String>,
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    clippy::enum_variant_names,
    reason = "STARTTLS is what operators call it, and what the file says"
)]
pub enum Tls {
    /// Not at all: only for a mail server on this machine or in tests.
    None,
    /// By STARTTLS, which must succeed.
    StartTls,
    /// From the first byte.
    Tls,
}

/// Scheme, host and port, without a slash at the end: what a browser sends as `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("{field}: cannot read {path}")]
    Unreadable {
        /// The field that names the file.
        field: Cow<'static, str>,
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The file is no TOML, has unknown fields or fields of the wrong type; the text says which and where.
    #[error("{path}: {text}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Line, column and field.
        text: String,
    },
    /// A field breaks a rule.
    #[error("{field}: {reason}")]
    Field {
        /// The field.
        field: Cow<'static, str>,
        /// What it should be.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    listen: Option<SocketAddr>,
    public_url: Option<String>,
    database: Option<String>,
    data_dir: Option<PathBuf>,
    institution: Option<Institution>,
    policy: Option<String>,
    smtp: Option<SmtpSection>,
    sms: Option<sms::Section>,
    #[serde(default)]
    trusted_proxies: Vec<String>,
    registries: Option<registries::Section>,
    signatures: Option<signatures::Section>,
    video_room: Option<String>,
    metrics_listen: Option<SocketAddr>,
    traces: Option<traces::Section>,
    request_seconds: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SmtpSection {
    host: String,
    port: Option<u16>,
    tls: Option<Tls>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    ca_file: Option<PathBuf>,
    timeout_seconds: Option<u64>,
    from: String,
}

impl Config {
    /// Reads the file; without one, the demo's values.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) = path else {
            return Self::parse("", Path::new("."));
        };
        let text = read("--config", path)?;
        Self::parse(&text, path.parent().unwrap_or(Path::new("."))).map_err(|error| match error {
            // The policy's file has its name already.
            ConfigError::Malformed { path: unnamed, text } if unnamed.as_os_str().is_empty() => {
                ConfigError::Malformed {
                    path: path.to_owned(),
                    text,
                }
            }
            ConfigError::Malformed { .. } | ConfigError::Unreadable { .. } | ConfigError::Field { .. } => {
                error
            }
        })
    }

    /// Reads a configuration; paths in it are relative to `folder`.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, ConfigError> {
        let document: Document = toml::from_str(text).map_err(|error| ConfigError::Malformed {
            path: PathBuf::new(),
            text: error.to_string(),
        })?;
        let data_dir = folder.join(document.data_dir.unwrap_or_else(|| PathBuf::from("clavero-data")));
        let database = document
            .database
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("clavero.db").display()));
        if !["sqlite:", "postgres:", "postgresql:"]
            .iter()
            .any(|scheme| database.starts_with(scheme))
        {
            return Err(field("database", "must begin with sqlite: or postgres://"));
        }
        let listen = document
            .listen
            .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let public_url = document
            .public_url
            .unwrap_or_else(|| format!("http://localhost:{}", listen.port()));
        let request_timeout = match document.request_seconds {
            Some(0) => return Err(field("request_seconds", "must be at least 1")),
            seconds => Duration::from_secs(seconds.unwrap_or(30)),
        };
        let registries = RegistriesConfig::of(document.registries.unwrap_or_default(), folder)?;
        if registries.deadline >= request_timeout {
            let reason = "must be less than request_seconds: whoever asks would be cut off before the answer";
            return Err(field("registries.deadline_millis", reason));
        }
        let public_url = PublicUrl::parse(&public_url).map_err(|reason| field("public_url", reason))?;
        let sms = document
            .sms
            .map(|section| SmsConfig::of(section, folder, &public_url))
            .transpose()?;
        Ok(Self {
            listen,
            public_url,
            database: Secret::new(database),
            data_dir,
            institution: document
                .institution
                .map_or_else(|| Ok(demo_institution()), institution)?,
            policy: policy(document.policy.as_deref(), folder)?,
            smtp: document.smtp.map(|section| smtp(section, folder)).transpose()?,
            sms,
            trusted_proxies: document
                .trusted_proxies
                .iter()
                .map(|text| network(text))
                .collect::<Result<_, _>>()?,
            registries,
            signatures: SignaturesConfig::of(document.signatures.unwrap_or_default(), folder)?,
            video_room: video_room(document.video_room)?,
            metrics_listen: document.metrics_listen,
            traces: document.traces.map(TracesConfig::of).transpose()?,
            request_timeout,
            uploads: Bounds::default(),
        })
    }

    /// Whether `origin` is the site itself.
    pub fn is_own_origin(&self, origin: &[u8]) -> bool {
        self.public_url.0.as_bytes() == origin
    }

    /// The address that mails come from.
    pub fn sender(&self) -> &str {
        self.smtp.as_ref().map_or("clavero@localhost", |smtp| &smtp.from)
    }
}

impl PublicUrl {
    /// Reads `https://host[:port]`, or `http://` for this machine. The reason of a refusal is for the operator.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let origin = text.strip_suffix('/').unwrap_or(text);
        let (scheme, authority) = origin
            .split_once("://")
            .ok_or("must begin with https:// (or http:// on this machine)")?;
        let host = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => {
                port.parse::<u16>()
                    .map_err(|_| "has a port that is no number from 0 to 65535")?;
                host
            }
            _ => authority,
        };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        if bare.is_empty()
            || !bare
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte))
        {
            return Err("must be only a scheme, a host and perhaps a port: no path, no user");
        }
        match scheme {
            "https" => {}
            "http" if ["localhost", "127.0.0.1", "::1"].contains(&bare) || bare.ends_with(".localhost") => {}
            "http" => {
                return Err(
                    "must be https:// unless the host is localhost: browsers refuse its cookies otherwise",
                );
            }
            _ => return Err("must begin with https:// (or http:// on this machine)"),
        }
        let default = if scheme == "https" { ":443" } else { ":80" };
        let origin = origin.strip_suffix(default).unwrap_or(origin);
        Ok(Self(origin.to_ascii_lowercase()))
    }

    /// As a browser sends it.
    pub fn origin(&self) -> &str {
        &self.0
    }

    /// Whether it is reached over TLS.
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// The address of `path`, which begins with a slash.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// What to log, in the syntax of `tracing`: the environment variable `CLAVERO_LOG`.
pub fn log_filter() -> Option<String> {
    variable("CLAVERO_LOG")
}

/// Whether the test hooks are to be mounted: the environment variable `CLAVERO_TEST_HOOKS` is `1`. Only a debug build asks.
#[cfg(debug_assertions)]
pub fn test_hooks() -> bool {
    variable("CLAVERO_TEST_HOOKS").is_some_and(|value| value == "1")
}

fn variable(name: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one door to the environment"
    )]
    std::env::var(name).ok()
}

/// The template of rooms: a page of the web with one place for the name. Without one, the public Jitsi.
fn video_room(template: Option<String>) -> Result<String, ConfigError> {
    let template = template.unwrap_or_else(|| "https://meet.jit.si/{room}".to_owned());
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>`\\|^".contains(&byte);
    let host_is_fixed = template
        .strip_prefix("https://")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(host, _)| !host.is_empty() && !host.contains(['{', '@']));
    if host_is_fixed && template.matches("{room}").count() == 1 && template.bytes().all(plain) {
        Ok(template)
    } else {
        let reason = "must be https://, a host, and a path with {room} in it once";
        Err(field("video_room", reason))
    }
}

pub(crate) fn field(field: impl Into<Cow<'static, str>>, reason: impl Into<String>) -> ConfigError {
    ConfigError::Field {
        field: field.into(),
        reason: reason.into(),
    }
}

pub(crate) fn read(field: impl Into<Cow<'static, str>>, path: &Path) -> Result<String, ConfigError> {
    fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable {
        field: field.into(),
        path: path.to_owned(),
        cause,
    })
}

fn demo_institution() -> Institution {
    Institution {
        name: "Institución de demostración".to_owned(),
        contact: "soporte@localhost".to_owned(),
        official: false,
    }
}

fn institution(given: Institution) -> Result<Institution, ConfigError> {
    if given.name.trim().is_empty() || given.name.chars().count() > 120 {
        return Err(field("institution.name", "must have 1 to 120 characters"));
    }
    if given.contact.trim().is_empty() || given.contact.chars().count() > 200 {
        return Err(field("institution.contact", "must have 1 to 200 characters"));
    }
    Ok(given)
}

fn policy(choice: Option<&str>, folder: &Path) -> Result<Policy, ConfigError> {
    match choice {
        None | Some("2026") => Ok(Policy::of(Profile::Y2026)),
        Some("standards") => Ok(Policy::of(Profile::Standards)),
        Some(file) => {
            let text = read("policy", &folder.join(file))?;
            let malformed = |text: String| ConfigError::Malformed {
                path: folder.join(file),
                text,
            };
            let document = toml::from_str(&text).map_err(|error| malformed(error.to_string()))?;
            Policy::read(&document).map_err(|invalid| malformed(invalid.to_string()))
        }
    }
}

fn smtp(section: SmtpSection, folder: &Path) -> Result<Smtp, ConfigError> {
    if section.host.is_empty() {
        return Err(field("smtp.host", "must not be empty"));
    }
    if !section.from.contains('@') {
        return Err(field("smtp.from", "must be an e-mail address"));
    }
    let tls = section.tls.unwrap_or(Tls::StartTls);
    let credentials = match (section.user, section.password_file) {
        (None, None) => None,
        (Some(user), Some(file)) => {
            let text = read("smtp.password_file", &folder.join(file))?;
            Some(Credentials {
                user,
                password: Secret::from(text.trim_end_matches(['\r', '\n'])),
            })
        }
        (Some(_), None) => return Err(field("smtp.password_file", "is missing: smtp.user is set")),
        (None, Some(_)) => return Err(field("smtp.user", "is missing: smtp.password_file is set")),
    };
    if credentials.is_some() && tls == Tls::None {
        return Err(field(
            "smtp.tls",
            "must be starttls or tls where a password is sent",
        ));
    }
    let port = section.port.unwrap_or(match tls {
        Tls::None => 25,
        Tls::StartTls => 587,
        Tls::Tls => 465,
    });
    let ca = section
        .ca_file
        .map(|file| read("smtp.ca_file", &folder.join(file)))
        .transpose()?
        .map(String::into_bytes);
    let timeout = match section.timeout_seconds {
        Some(0) => return Err(field("smtp.timeout_seconds", "must be at least 1")),
        seconds => Duration::from_secs(seconds.unwrap_or(15)),
    };
    Ok(Smtp {
        host: section.host,
        port,
        tls,
        credentials,
        ca,
        from: section.from,
        timeout,
    })
}

fn network(text: &str) -> Result<IpNet, ConfigError> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| {
            field(
                "trusted_proxies",
                "must be addresses or networks such as 10.0.0.0/8",
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        Config::parse(text, Path::new("/etc/clavero"))
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn nothing_configured_is_the_demo() {
        let config = Config::parse("", Path::new("/srv")).unwrap();
        assert_eq!(config.public_url.origin(), "http://localhost:8080");
        assert_eq!(config.database.expose(), "sqlite:/srv/clavero-data/clavero.db");
        assert!(config.smtp.is_none());
        assert!(!config.institution.official);
        assert_eq!(config.policy, Policy::of(Profile::Y2026));
    }

    #[test]
    fn every_error_names_its_field() {
        let cases = [
            ("listen = \"nowhere\"", "listen"),
            ("colour = 1", "colour"),
            ("public_url = \"http://clave.example\"", "public_url"),
            ("public_url = \"https://clave.example/path\"", "public_url"),
            ("public_url = \"https://clave.example:99999\"", "public_url"),
            ("database = \"mysql://x\"", "database"),
            ("trusted_proxies = [\"proxy\"]", "trusted_proxies"),
            ("request_seconds = 0", "request_seconds"),
            ("request_seconds = 10", "registries.deadline_millis"),
            (
                "request_seconds = 2\n[registries]\ndeadline_millis = 2000",
                "registries.deadline_millis",
            ),
            ("metrics_listen = \"9100\"", "metrics_listen"),
            ("policy = \"missing.toml\"", "policy"),
            ("database = \"/srv/clavero.db\"", "database"),
            (
                "[institution]\nname = \"\"\ncontact = \"x\"\nofficial = true",
                "institution.name",
            ),
            ("[institution]\nname = \"x\"\ncontact = \"x\"", "official"),
            ("[smtp]\nhost = \"h\"\nfrom = \"nobody\"", "smtp.from"),
            (
                "[smtp]\nhost = \"h\"\nfrom = \"a@b.c\"\nuser = \"u\"",
                "smtp.password_file",
            ),
            ("[smtp]\nhost = \"h\"\nfrom = \"a@b.c\"\ntls = \"ssl\"", "tls"),
            ("[smtp]\nhost = \"h\"\nfrom = \"a@b.c\"\nport = 70000", "port"),
            (
                "[smtp]\nhost = \"h\"\nfrom = \"a@b.c\"\nuser = \"u\"\npassword_file = \"none\"",
                "smtp.password_file",
            ),
        ];
        for (text, name) in cases {
            let refusal = refusal(text);
            assert!(refusal.contains(name), "{text} gives: {refusal}");
        }
    }

    #[test]
    fn an_origin_is_what_a_browser_sends() {
        let origin = |text: &str| PublicUrl::parse(text).map(|url| url.origin().to_owned());
        assert_eq!(
            origin("https://Clave.Example/").as_deref(),
            Ok("https://clave.example")
        );
        assert_eq!(
            origin("https://clave.example:443").as_deref(),
            Ok("https://clave.example")
        );
        assert_eq!(origin("http://[::1]:8080").as_deref(), Ok("http://[::1]:8080"));
        assert_eq!(origin("http://127.0.0.1:80").as_deref(), Ok("http://127.0.0.1"));
        assert!(origin("https://user@clave.example").is_err());
        assert!(origin("ftp://clave.example").is_err());
    }

    #[test]
    fn a_password_is_read_from_its_file_and_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("smtp"), "s3cret\n").unwrap();
        let text = "[smtp]\nhost = \"h\"\nfrom = \"a@b.c\"\nuser = \"u\"\npassword_file = \"smtp\"";
        let config = Config::parse(text, folder.path()).unwrap();
        assert_eq!(
            config
                .smtp
                .as_ref()
                .unwrap()
                .credentials
                .as_ref()
                .unwrap()
                .password
                .expose(),
            "s3cret"
        );
        assert!(!format!("{config:?}").contains("s3cret"));
    }
}
