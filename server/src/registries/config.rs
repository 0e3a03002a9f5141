//! The section `[registries]`: for each official source, whether its records were imported or are asked for over HTTP,
//! and how.

use crate::config::declare::{Secrecy, section, told};
use crate::config::{ConfigError, field, read, read_secret};
use crate::registries::SourceName;
use reqwest::Url;
use serde::{Deserialize, Serialize};
use shared::secrets::Secret;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where the records of each source come from.
#[derive(Clone, Debug)]
pub struct RegistriesConfig {
    /// How long all look-ups of one identification may take together.
    pub deadline: Duration,
    /// The Registro Civil.
    pub civil_registry: SourceConfig,
    /// The SRI.
    pub sri: SourceConfig,
    /// The Superintendencia de Compañías.
    pub superintendencia: SourceConfig,
    /// The institute's own records.
    pub iess: SourceConfig,
    /// The institute's count of what employers owe.
    pub obligations: SourceConfig,
}

/// Where the records of one source come from.
#[derive(Clone, Debug)]
pub enum SourceConfig {
    /// From the imported tables.
    Imported,
    /// From a server.
    Http(Box<HttpSource>),
}

/// A source that is asked over HTTP.
#[derive(Clone, Debug)]
pub struct HttpSource {
    /// The section's name, for messages: `registries.sri`.
    pub section: &'static str,
    /// What the paths of the mapping are added to.
    pub url: Url,
    /// What to ask and where the answers stand; without one, the built-in.
    pub mapping: Option<MappingFile>,
    /// The only authorities that may vouch for the server; without, the system's.
    pub authorities: Option<Pem>,
    /// Who we are, for a server that asks.
    pub identity: Option<Identity>,
    /// Sent with each request.
    pub token: Option<Secret<String>>,
    /// How long a connection may take to be made.
    pub connect_timeout: Duration,
    /// How long one try may take, with connection and body.
    pub timeout: Duration,
    /// How often a try that failed in passing is repeated.
    pub retries: u8,
    /// The first pause between two tries.
    pub pause: Duration,
    /// How many requests run at the same time.
    pub connections: usize,
    /// How many bytes an answer may have.
    pub answer_limit: usize,
    /// So many calls that failed in a row open the circuit.
    pub breaker_failures: u32,
    /// For how long.
    pub breaker_pause: Duration,
}

/// A mapping file, as read.
#[derive(Clone, Debug)]
pub struct MappingFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// Certificates, as read.
pub type Pem = Vec<u8>;

/// A certificate of ours with its key.
#[derive(Clone)]
pub struct Identity {
    /// The certificate and those between it and its authority, in PEM.
    pub certificate: Pem,
    /// The private key, in PEM.
    pub key: Secret<Vec<u8>>,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(••••)")
    }
}

section! {
    /// Where official records come from.
    pub(crate) struct Section {
        /// How long all look-ups of an identification may take together.
        deadline_millis: u64 = 10_000, unit "milliseconds", least 1, most 3_600_000;
        /// The Registro Civil: persons.
        civil_registry: Option<SourceSection> = None, otherwise "imported";
        /// The SRI: taxpayers.
        sri: Option<SourceSection> = None, otherwise "imported";
        /// The Superintendencia de Compañías: who represents the employer today.
        superintendencia: Option<SourceSection> = None, otherwise "imported";
        /// The institute's own records of employers.
        iess: Option<SourceSection> = None, otherwise "imported";
        /// The institute's count of what is owed.
        obligations: Option<SourceSection> = None, otherwise "imported";
    }
}

section! {
    /// Where the records of one source come from.
    pub(crate) struct SourceSection {
        /// imported (from the tables that `clavero import` fills) or http (from the institution's server).
        source: Option<Word> = None, otherwise "required", example "\"http\"";
        /// What the mapping's path is added to; required with http. https:// unless it is this machine; no user, query or fragment.
        url: Option<String> = None, otherwise "none", example "\"https://interop.example.ec/records/\"";
        /// A mapping file: what is asked and where the answers stand.
        mapping: Option<PathBuf> = None, otherwise "the built-in", example "\"mapping.toml\"";
        /// Authorities (PEM) that may vouch for the server; with it, only those.
        ca_file: Option<PathBuf> = None, otherwise "the system's", example "\"/etc/clavero/interop-ca.pem\"";
        /// Our certificate with its chain (PEM), for mutual TLS. Together with `client_key_file`.
        client_cert_file: Option<PathBuf> = None, otherwise "none", example "\"/etc/clavero/clavero.pem\"";
        /// The key (PEM) of our certificate.
        client_key_file: Option<PathBuf> = None,
            otherwise "none",
            example "\"/etc/clavero/clavero.key\"",
            secrecy Secrecy::File;
        /// A file with what is sent as `Authorization: Bearer`, and nothing else.
        token_file: Option<PathBuf> = None,
            otherwise "none",
            example "\"/etc/clavero/interop-token\"",
            secrecy Secrecy::File;
        /// Until a connection stands.
        connect_millis: u64 = 1_500, unit "milliseconds", least 1, most 3_600_000;
        /// One try, with connection and body.
        timeout_millis: u64 = 4_000, unit "milliseconds", least 1, most 3_600_000;
        /// How often a try that failed in passing is repeated.
        retries: u8 = 2, unit "tries", least 0, most 5;
        /// Before the first retry; each one after it waits twice as long.
        pause_millis: u64 = 200, unit "milliseconds", least 1, most 3_600_000;
        /// Requests at the same time, and idle connections kept.
        connections: usize = 16, unit "connections", least 1;
        /// How large an answer may be.
        answer_kib: usize = 256, unit "KiB", least 1, most 16_384;
        /// So many failed look-ups in a row open the circuit.
        breaker_failures: u32 = 5, unit "look-ups", least 1;
        /// How long nobody asks while the circuit is open.
        breaker_seconds: u64 = 30, unit "seconds", least 1, most 3_600;
    }
}

/// Where a source's records come from, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Word {
    Imported,
    Http,
}

told!(Text: Word);

impl Default for RegistriesConfig {
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(10),
            civil_registry: SourceConfig::Imported,
            sri: SourceConfig::Imported,
            superintendencia: SourceConfig::Imported,
            iess: SourceConfig::Imported,
            obligations: SourceConfig::Imported,
        }
    }
}

impl RegistriesConfig {
    pub(crate) fn of(section: Section, folder: &Path) -> Result<Self, ConfigError> {
        let Section {
            deadline_millis,
            civil_registry,
            sri,
            superintendencia,
            iess,
            obligations,
        } = section;
        let source = |source, section: Option<SourceSection>| {
            section.map_or(Ok(SourceConfig::Imported), |section| {
                SourceConfig::of(name(source), section, folder)
            })
        };
        Ok(Self {
            deadline: Duration::from_millis(deadline_millis),
            civil_registry: source(SourceName::CivilRegistry, civil_registry)?,
            sri: source(SourceName::Sri, sri)?,
            superintendencia: source(SourceName::Superintendencia, superintendencia)?,
            iess: source(SourceName::Iess, iess)?,
            obligations: source(SourceName::Obligations, obligations)?,
        })
    }
}

/// The section of a source.
const fn name(source: SourceName) -> &'static str {
    match source {
        SourceName::CivilRegistry => "registries.civil_registry",
        SourceName::Sri => "registries.sri",
        SourceName::Superintendencia => "registries.superintendencia",
        SourceName::Iess => "registries.iess",
        SourceName::Obligations => "registries.obligations",
    }
}

impl SourceConfig {
    fn of(name: &'static str, section: SourceSection, folder: &Path) -> Result<Self, ConfigError> {
        let named = |part: &str| format!("{name}.{part}");
        match (section.source, &section.url) {
            (None, _) => return Err(field(named("source"), "is missing: its section is set")),
            (Some(Word::Imported), Some(_)) => {
                return Err(field(named("url"), "is set, but the source is \"imported\""));
            }
            (Some(Word::Imported), None) => return Ok(Self::Imported),
            (Some(Word::Http), _) => {}
        }
        let url = section
            .url
            .ok_or_else(|| field(named("url"), "is missing: the source is \"http\""))?;
        let text = |part: &str, file: Option<PathBuf>| {
            file.map(|file| read(named(part), &folder.join(file))).transpose()
        };
        let certificate = text("client_cert_file", section.client_cert_file)?;
        let key = text("client_key_file", section.client_key_file)?;
        let identity = match (certificate, key) {
            (None, None) => None,
            (Some(certificate), Some(key)) => Some(Identity {
                certificate: certificate.into_bytes(),
                key: Secret::new(key.into_bytes()),
            }),
            (Some(_), None) => {
                return Err(field(
                    named("client_key_file"),
                    "is missing: client_cert_file is set",
                ));
            }
            (None, Some(_)) => {
                return Err(field(
                    named("client_cert_file"),
                    "is missing: client_key_file is set",
                ));
            }
        };
        let mapping = section
            .mapping
            .map(|file| folder.join(file))
            .map(|path| read(named("mapping"), &path).map(|text| MappingFile { path, text }));
        Ok(Self::Http(Box::new(HttpSource {
            section: name,
            url: base(&url).map_err(|reason| field(named("url"), reason))?,
            mapping: mapping.transpose()?,
            authorities: text("ca_file", section.ca_file)?.map(String::into_bytes),
            identity,
            token: section
                .token_file
                .map(|file| read_secret(named("token_file"), &folder.join(file)))
                .transpose()?,
            connect_timeout: Duration::from_millis(section.connect_millis),
            timeout: Duration::from_millis(section.timeout_millis),
            retries: section.retries,
            pause: Duration::from_millis(section.pause_millis),
            connections: section.connections,
            answer_limit: section.answer_kib * 1024,
            breaker_failures: section.breaker_failures,
            breaker_pause: Duration::from_secs(section.breaker_seconds),
        })))
    }
}

/// `https://`, or `http://` to this machine; the path ends with a slash, so that others are added to it.
fn base(text: &str) -> Result<Url, &'static str> {
    let mut url = Url::parse(text).map_err(|_| "is no address")?;
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let here = bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if here => {}
        "http" => return Err("must be https:// unless it is this machine: records are personal data"),
        _ => return Err("must begin with https://"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must have no user: use token_file or client_cert_file");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("must have no query and no fragment: they belong to the mapping");
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::registries::config::SourceConfig;
    use std::path::Path;
    use std::time::Duration;

    #[test]
    fn nothing_configured_is_imported() {
        let config = Config::parse("", Path::new("/srv")).unwrap().registries;
        assert!(matches!(config.sri, SourceConfig::Imported));
        assert_eq!(config.deadline, Duration::from_secs(10));
        let config = Config::parse("[registries.iess]\nsource = \"imported\"", Path::new("/srv")).unwrap();
        assert!(matches!(config.registries.iess, SourceConfig::Imported));
    }

    #[test]
    fn every_error_names_its_field() {
        let http = |rest: &str| {
            format!("[registries.sri]\nsource = \"http\"\nurl = \"https://sri.example/api\"\n{rest}")
        };
        let cases = [
            ("[registries]\nsri = 1".to_owned(), "sri"),
            ("[registries]\nbank = {}".to_owned(), "bank"),
            (
                "[registries]\ndeadline_millis = 0".to_owned(),
                "registries.deadline_millis",
            ),
            ("[registries.sri]\nsource = \"ftp\"".to_owned(), "source"),
            (
                "[registries.sri]\nsource = \"http\"".to_owned(),
                "registries.sri.url",
            ),
            (
                "[registries.sri]\nsource = \"imported\"\nurl = \"https://x\"".to_owned(),
                "registries.sri.url",
            ),
            (http("colour = 1"), "colour"),
            (http("timeout_millis = 0"), "registries.sri.timeout_millis"),
            (http("breaker_seconds = 4000"), "registries.sri.breaker_seconds"),
            (http("connections = 0"), "registries.sri.connections"),
            (http("retries = 6"), "registries.sri.retries"),
            (http("answer_kib = 0"), "registries.sri.answer_kib"),
            (http("breaker_failures = 0"), "registries.sri.breaker_failures"),
            (http("token_file = \"none\""), "registries.sri.token_file"),
            (http("mapping = \"none\""), "registries.sri.mapping"),
            (http("ca_file = \"none\""), "registries.sri.ca_file"),
        ];
        for (text, name) in cases {
            let refusal = Config::parse(&text, Path::new("/nonexistent"))
                .unwrap_err()
                .to_string();
            assert!(refusal.contains(name), "{text} gives: {refusal}");
        }
    }

    #[test]
    fn a_base_is_protected_or_this_machine() {
        let url = |url: &str| {
            let text = format!("[registries.iess]\nsource = \"http\"\nurl = \"{url}\"");
            Config::parse(&text, Path::new("/srv")).map(|config| match config.registries.iess {
                SourceConfig::Http(source) => source.url.to_string(),
                SourceConfig::Imported => panic!("not imported"),
            })
        };
        assert_eq!(url("https://a.example/x").unwrap(), "https://a.example/x/");
        assert_eq!(url("https://a.example").unwrap(), "https://a.example/");
        for here in ["http://localhost:1/", "http://127.0.0.1:1/", "http://[::1]:1/"] {
            assert_eq!(url(here).unwrap(), here);
        }
        for bad in [
            "http://a.example",
            "http://127.0.0.1.a.example",
            "http://localhost.a.example",
            "ftp://localhost",
            "https://user@a.example",
            "https://a.example/?x=1",
            "https://a.example/#x",
            "a.example",
            "file:///etc/passwd",
        ] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_certificate_needs_its_key() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("pem"), "x").unwrap();
        for (given, missing) in [
            ("client_cert_file", "client_key_file"),
            ("client_key_file", "client_cert_file"),
        ] {
            let text = format!(
                "[registries.sri]\nsource = \"http\"\nurl = \"https://s.example\"\n{given} = \"pem\""
            );
            let refusal = Config::parse(&text, folder.path()).unwrap_err().to_string();
            assert!(
                refusal.starts_with(&format!("registries.sri.{missing} (line 1): ")),
                "{refusal}"
            );
        }
    }

    #[test]
    fn tokens_and_keys_are_never_shown() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("token"), "s3cret\n").unwrap();
        let text = "[registries.sri]\nsource = \"http\"\nurl = \"https://s.example\"\ntoken_file = \"token\"\n\
            client_cert_file = \"token\"\nclient_key_file = \"token\"";
        let config = Config::parse(text, folder.path()).unwrap();
        let SourceConfig::Http(source) = &config.registries.sri else {
            panic!("not over HTTP")
        };
        assert_eq!(source.token.as_ref().unwrap().expose(), "s3cret");
        assert!(!format!("{config:?}").contains("s3cret"));
    }
}
