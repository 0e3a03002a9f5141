//! The section `[signatures]`: what is trusted, whom we may ask, and what an examination may cost.

use super::fetcher::Hosts;
use crate::config::ConfigError;
use crate::config::declare::section;
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

section! {
    /// Whose signatures count, whom we ask about revocation, what an examination may cost.
    pub(crate) struct Section {
        /// A folder with certificates (*.pem, *.crt, *.cer; PEM with any number, or one in DER). Roots are trusted; others help to
        /// build chains to them. Read at the start; a file that cannot be used stops it and is named.
        anchors: Option<PathBuf> = None, otherwise "nothing is trusted", example "\"/etc/clavero/anchors\"";
        /// A table (TOML) of how authorities write about holders.
        authorities: Option<PathBuf> = None,
            otherwise "the built-in",
            example "\"/etc/clavero/authorities.toml\"";
        /// Hosts that may be asked, by name, at ports 80 and 443 and public addresses only. Each authority's stand in its
        /// certificates: openssl x509 -in FILE -noout -ocsp_uri -ext crlDistributionPoints
        revocation_hosts: Vec<String> = Vec::new();
        /// Mirrors of your own, as host:port, wherever they are.
        revocation_private: Vec<String> = Vec::new();
        /// How many files are judged at the same time; 0 for one a processor core.
        processes: u8 = 0, unit "processes", least 0, most 255;
        /// Memory (address space) of one examination.
        memory_mib: u64 = 512, unit "MiB", least 64, most 8192;
        /// Time of one examination besides the network.
        seconds: u64 = 5, unit "seconds", least 1, most 60;
        /// Time of one question to an authority; all of an examination get 8/5 of it.
        fetch_seconds: u64 = 5, unit "seconds", least 1, most 60;
        /// How much of the answers is kept.
        cache_mib: u64 = 128, unit "MiB", least 32, most 65536;
    }
}

impl SignaturesConfig {
    /// How long an examination may wait for a free place, and once more where it has asked authorities.
    pub const QUEUE: Duration = Duration::from_secs(2);

    /// Reads the section; paths are relative to `folder`.
    pub(crate) fn of(section: Section, folder: &Path) -> Result<Self, ConfigError> {
        let path = |given: Option<PathBuf>| given.map(|path| folder.join(path));
        Ok(Self {
            anchors: path(section.anchors),
            authorities: path(section.authorities),
            hosts: Hosts::of(&section.revocation_hosts, &section.revocation_private)?,
            processes: section.processes,
            memory: section.memory_mib << 20,
            patience: Duration::from_secs(section.seconds),
            fetch_timeout: Duration::from_secs(section.fetch_seconds),
            cache_limit: section.cache_mib << 20,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn read(text: &str) -> Result<SignaturesConfig, String> {
        Config::parse(&format!("[signatures]\n{text}"), Path::new("/etc/clavero"))
            .map(|config| config.signatures)
            .map_err(|error| error.to_string())
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
