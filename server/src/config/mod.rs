//! The configuration: one TOML file and, over it, variables of the environment; read once. Without either it runs the demo on this
//! machine.
//!
//! Words: a field is *declared* once ([`declare`]); what somebody *gave* is the file and the variables with the place of each field
//! ([`given`]); the *document* is that with its types and defaults ([`document`]); [`Config`] is what is in force.
//!
//! Invariants: every error names the field and where it was found. A field that is not declared is an error, and so is a variable
//! that begins with `CLAVERO__` and sets none. Secrets do not stand here: they are in files of their own, named here.

pub mod command;
pub mod declare;
mod document;
mod environment;
mod error;
mod example;
pub mod given;
mod warnings;

pub use environment::log_filter;
#[cfg(debug_assertions)]
pub use environment::test_hooks;
pub use error::{ConfigError, Origin};
pub(crate) use error::{field, read, read_secret};
pub use given::Given;
pub use warnings::warnings;

use crate::http::upload::Bounds;
use crate::notary::config::SignaturesConfig;
use crate::notifications::sms::config::SmsConfig;
use crate::registries::config::RegistriesConfig;
use crate::traces::TracesConfig;
use document::{Document, InstitutionSection, SmtpSection};
use ipnet::IpNet;
use reqwest::Url;
use serde::{Deserialize, Serialize};
use shared::policy::{Policy, Profile};
use shared::secrets::Secret;
use shared::settings::api::Institution;
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
    /// The database: `sqlite:<path>` or `postgres://…`, with the password where there is one.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
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

impl Config {
    /// Reads the file and the variables of the environment; without either, the demo's values.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        Self::of(&Self::given(path)?, Self::folder(path))
    }

    /// Reads a configuration; paths in it are relative to `folder`.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, ConfigError> {
        Self::of(&Given::read(None, text, Vec::new())?, folder)
    }

    /// What the file and the environment say.
    pub fn given(path: Option<&Path>) -> Result<Given, ConfigError> {
        let text = path.map(|path| read("--config", path)).transpose()?;
        Given::read(path, &text.unwrap_or_default(), environment::overrides()?)
    }

    /// The folder where relative paths start.
    pub fn folder(path: Option<&Path>) -> &Path {
        path.and_then(Path::parent).unwrap_or(Path::new("."))
    }

    /// What is in force by what somebody gave; paths are relative to `folder`.
    pub fn of(given: &Given, folder: &Path) -> Result<Self, ConfigError> {
        Self::of_document(given.document()?, folder).map_err(|error| given.locate(error))
    }

    fn of_document(document: Document, folder: &Path) -> Result<Self, ConfigError> {
        let data_dir = folder.join(&document.data_dir);
        let database = database(&document, folder, &data_dir)?;
        let public_url = document
            .public_url
            .unwrap_or_else(|| format!("http://localhost:{}", document.listen.port()));
        let request_timeout = Duration::from_secs(document.request_seconds);
        let registries = RegistriesConfig::of(document.registries, folder)?;
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
            listen: document.listen,
            public_url,
            database,
            data_dir,
            institution: document
                .institution
                .map_or_else(|| Ok(demo_institution()), institution)?,
            policy: policy(&document.policy, folder)?,
            smtp: document.smtp.map(|section| smtp(section, folder)).transpose()?,
            sms,
            trusted_proxies: document
                .trusted_proxies
                .iter()
                .map(|text| network(text))
                .collect::<Result<_, _>>()?,
            registries,
            signatures: SignaturesConfig::of(document.signatures, folder)?,
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

/// The address of the database, with the password of its file.
fn database(document: &Document, folder: &Path, data_dir: &Path) -> Result<Secret<String>, ConfigError> {
    let address = document
        .database
        .clone()
        .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("clavero.db").display()));
    let is_postgres = address.starts_with("postgres:") || address.starts_with("postgresql:");
    if !is_postgres && !address.starts_with("sqlite:") {
        return Err(field("database", "must begin with sqlite: or postgres://"));
    }
    let Some(file) = &document.database_password_file else {
        return Ok(Secret::new(address));
    };
    let name = "database_password_file";
    if !is_postgres {
        return Err(field(name, "is for PostgreSQL only, and database is none"));
    }
    let mut address = Url::parse(&address).map_err(|_| field("database", "is no address"))?;
    if address.username().is_empty() {
        return Err(field(
            "database",
            "must name the user whose password is in database_password_file",
        ));
    }
    if address.password().is_some() {
        return Err(field(name, "is set, but database has a password itself"));
    }
    let password = read_secret(name, &folder.join(file))?;
    if password.expose().is_empty() {
        return Err(field(name, "names a file that is empty"));
    }
    // Whoever connects takes `%41` for an `A`: a per cent sign of the password is written as one.
    address
        .set_password(Some(&password.expose().replace('%', "%25")))
        .map_err(|()| field("database", "has no place for a password: it must name a host"))?;
    Ok(Secret::new(address.into()))
}

/// The template of rooms: a page of the web with one place for the name.
fn video_room(template: String) -> Result<String, ConfigError> {
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

fn demo_institution() -> Institution {
    Institution {
        name: "Institución de demostración".to_owned(),
        contact: "soporte@localhost".to_owned(),
        official: false,
    }
}

fn institution(section: InstitutionSection) -> Result<Institution, ConfigError> {
    let given = Institution {
        name: section.name.ok_or_else(|| missing("institution.name"))?,
        contact: section.contact.ok_or_else(|| missing("institution.contact"))?,
        official: section.official.ok_or_else(|| missing("institution.official"))?,
    };
    if given.name.trim().is_empty() || given.name.chars().count() > 120 {
        return Err(field("institution.name", "must have 1 to 120 characters"));
    }
    if given.contact.trim().is_empty() || given.contact.chars().count() > 200 {
        return Err(field("institution.contact", "must have 1 to 200 characters"));
    }
    Ok(given)
}

/// A field that its section cannot do without.
pub(crate) fn missing(name: &'static str) -> ConfigError {
    field(name, "is missing: its section is set")
}

fn policy(choice: &str, folder: &Path) -> Result<Policy, ConfigError> {
    match choice {
        "2026" => Ok(Policy::of(Profile::Y2026)),
        "standards" => Ok(Policy::of(Profile::Standards)),
        file => {
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
    let host = section.host.ok_or_else(|| missing("smtp.host"))?;
    if host.is_empty() {
        return Err(field("smtp.host", "must not be empty"));
    }
    let from = section.from.ok_or_else(|| missing("smtp.from"))?;
    if !from.contains('@') {
        return Err(field("smtp.from", "must be an e-mail address"));
    }
    let credentials = match (section.user, section.password_file) {
        (None, None) => None,
        (Some(user), Some(file)) => Some(Credentials {
            user,
            password: read_secret("smtp.password_file", &folder.join(file))?,
        }),
        (Some(_), None) => return Err(field("smtp.password_file", "is missing: smtp.user is set")),
        (None, Some(_)) => return Err(field("smtp.user", "is missing: smtp.password_file is set")),
    };
    if credentials.is_some() && section.tls == Tls::None {
        return Err(field(
            "smtp.tls",
            "must be starttls or tls where a password is sent",
        ));
    }
    let port = section.port.unwrap_or(match section.tls {
        Tls::None => 25,
        Tls::StartTls => 587,
        Tls::Tls => 465,
    });
    let ca = section
        .ca_file
        .map(|file| read("smtp.ca_file", &folder.join(file)))
        .transpose()?
        .map(String::into_bytes);
    Ok(Smtp {
        host,
        port,
        tls: section.tls,
        credentials,
        ca,
        from,
        timeout: Duration::from_secs(section.timeout_seconds),
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
    use std::fs;

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
    fn the_databases_password_may_stand_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("password"), "s3c/r@t:é\n").unwrap();
        fs::write(folder.path().join("empty"), "\n").unwrap();
        fs::write(folder.path().join("escaped"), "a%41b%").unwrap();
        let with = |database: &str, file: &str| {
            let text = format!("database = \"{database}\"\ndatabase_password_file = \"{file}\"");
            Config::parse(&text, folder.path()).map_err(|error| error.to_string())
        };
        let config = with(
            "postgres://clavero@db.example:5433/portal?sslmode=verify-full",
            "password",
        )
        .unwrap();
        assert_eq!(
            config.database.expose(),
            "postgres://clavero:s3c%2Fr%40t%3A%C3%A9@db.example:5433/portal?sslmode=verify-full"
        );
        assert!(!format!("{config:?}").contains("s3c"));
        let config = with("postgres://clavero@db.example/portal", "escaped").unwrap();
        assert_eq!(
            config.database.expose(),
            "postgres://clavero:a%2541b%25@db.example/portal"
        );
        for (database, file, told) in [
            (
                "postgres://db.example/portal",
                "password",
                "database (line 1): must name the user",
            ),
            (
                "postgres://u:p@db.example/portal",
                "password",
                "database_password_file (line 2): is set, but",
            ),
            (
                "sqlite:x.db",
                "password",
                "database_password_file (line 2): is for PostgreSQL only",
            ),
            (
                "postgres://u@db.example/portal",
                "none",
                "database_password_file (line 2): cannot read",
            ),
            (
                "postgres://u@db.example/portal",
                "empty",
                "database_password_file (line 2): names a file that is empty",
            ),
        ] {
            let error = with(database, file).unwrap_err();
            assert!(error.starts_with(told), "{error}");
        }
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
