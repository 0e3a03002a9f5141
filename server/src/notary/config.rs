//! The section `[signatures]`: what is trusted, whom we may ask, and what an examination may cost.

use super::fetcher::Hosts;
use crate::config::{ConfigError, field};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How examinations run. Folders are read when the server starts, not here.
#[derive(Clone, Debug)]
pub struct SignaturesConfig {
    /// A folder with certificates: roots, which are trusted, and others that help to build chains to them.
    pub anchors: Option<PathBuf>,
    /// A table of authorities instead of the built-in.
    pub authorities: Option<PathBuf>,
    /// Whom we may ask about revocation.
    pub hosts: Hosts,
    /// How many examinations run at the same time; 0 for one a processor core.
    pub processes: u8,
    /// How many bytes of memory one may have.
    pub memory: u64,
    /// How long one may take besides the network.
    pub patience: Duration,
    /// How long one question to an authority may take, with everything.
    pub fetch_timeout: Duration,
    /// How many bytes of answers are kept.
    pub cache_limit: u64,
}

/// The section as it stands in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    anchors: Option<PathBuf>,
    authorities: Option<PathBuf>,
    #[serde(default)]
    revocation_hosts: Vec<String>,
    #[serde(default)]
    revocation_private: Vec<String>,
    processes: Option<u8>,
    memory_mib: Option<u64>,
    seconds: Option<u64>,
    fetch_seconds: Option<u64>,
    cache_mib: Option<u64>,
}

impl SignaturesConfig {
    /// How long an examination may wait for a free place, and once more where it has asked authorities.
    pub const QUEUE: Duration = Duration::from_secs(2);

    /// Reads the section; paths are relative to `folder`.
    pub fn of(section: Section, folder: &Path) -> Result<Self, ConfigError> {
        let seconds = |name, given: Option<u64>, default: u64| {
            let value = within(name, given, default, 1, 60)?;
            Ok::<_, ConfigError>(Duration::from_secs(value))
        };
        let path = |given: Option<PathBuf>| given.map(|path| folder.join(path));
        Ok(Self {
            anchors: path(section.anchors),
            authorities: path(section.authorities),
            hosts: Hosts::of(&section.revocation_hosts, &section.revocation_private)?,
            processes: section.processes.unwrap_or(0),
            memory: within("memory_mib", section.memory_mib, 512, 64, 8192)? << 20,
            patience: seconds("seconds", section.seconds, 5)?,
            fetch_timeout: seconds("fetch_seconds", section.fetch_seconds, 5)?,
            cache_limit: within("cache_mib", section.cache_mib, 128, 32, 65536)? << 20,
        })
    }

    /// How long all questions of an examination may take together: one that failed leaves room for another of its kind.
    pub fn network(&self) -> Duration {
        self.fetch_timeout * 8 / 5
    }

    /// How long an examination may take.
    pub fn longest(&self) -> Duration {
        Self::QUEUE * 2 + self.patience + self.network()
    }
}

fn within(name: &str, given: Option<u64>, default: u64, least: u64, most: u64) -> Result<u64, ConfigError> {
    let value = given.unwrap_or(default);
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    let reason = format!("must be from {least} to {most}");
    Err(field(format!("signatures.{name}"), reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<SignaturesConfig, String> {
        let section = toml::from_str(text).map_err(|error| error.to_string())?;
        SignaturesConfig::of(section, Path::new("/etc/clavero")).map_err(|error| error.to_string())
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let config = read("anchors = \"anchors\"\nauthorities = \"/srv/authorities.toml\"").unwrap();
        assert_eq!(config.anchors.as_deref(), Some(Path::new("/etc/clavero/anchors")));
        assert_eq!(
            config.authorities.as_deref(),
            Some(Path::new("/srv/authorities.toml"))
        );
    }

    #[test]
    fn an_examination_ends_in_time_for_the_registries() {
        assert!(read("").unwrap().longest() + Duration::from_secs(10) < Duration::from_secs(30));
    }

    #[test]
    fn every_error_names_its_field() {
        for (text, name) in [
            ("memory_mib = 63", "signatures.memory_mib"),
            ("memory_mib = 8193", "signatures.memory_mib"),
            ("seconds = 0", "signatures.seconds"),
            ("fetch_seconds = 61", "signatures.fetch_seconds"),
            ("cache_mib = 1", "signatures.cache_mib"),
            (
                "revocation_hosts = [\"http://ocsp.example\"]",
                "signatures.revocation_hosts",
            ),
            (
                "revocation_private = [\"127.0.0.1\"]",
                "signatures.revocation_private",
            ),
            ("processes = 256", "processes"),
            ("anchor = \"x\"", "anchor"),
        ] {
            let refusal = read(text).unwrap_err();
            assert!(refusal.contains(name), "{text} gives: {refusal}");
        }
        assert!(read("memory_mib = 64\nseconds = 60").is_ok());
    }
}
