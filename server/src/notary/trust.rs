//! What an operator gave to be trusted: a folder with certificates, and perhaps a table of authorities. Read once, at the start.
//!
//! The certificates are the operator's own, so that the server's process reads them too, to refuse a broken file at the start. What
//! strangers send is read in children only.

use super::config::SignaturesConfig;
use notary::{Authorities, Trust, TrustFile};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

/// How large a file may be.
const LARGEST: u64 = 4 << 20;

/// How a file with certificates is called.
const ENDINGS: [&str; 3] = ["pem", "crt", "cer"];

/// What was given, as it goes to a child.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Given {
    /// Files with certificates.
    pub files: Vec<TrustFile>,
    /// A table of authorities instead of the built-in.
    pub authorities: Option<String>,
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given")
            .field("files", &self.files.len())
            .finish_non_exhaustive()
    }
}

/// Something that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// A folder or file cannot be read.
    #[error("{field}: {path}: {cause}")]
    Unreadable {
        /// The field of the configuration.
        field: &'static str,
        /// The folder or file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file is too large.
    #[error("{field}: {path}: has {size} bytes, which is more than it needs")]
    TooLarge {
        /// The field of the configuration.
        field: &'static str,
        /// The file.
        path: PathBuf,
        /// How many it has.
        size: u64,
    },
    /// A file's name or text is not UTF-8.
    #[error("{field}: {path}: is no text")]
    NoText {
        /// The field of the configuration.
        field: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// There is a folder, and no anchor in it.
    #[error("signatures.anchors: {0}: no root certificate in it (*.pem, *.crt, *.cer)")]
    NoAnchor(PathBuf),
    /// A certificate cannot be trusted.
    #[error("signatures.anchors: {0}")]
    Certificate(#[from] notary::TrustError),
    /// The table cannot be used.
    #[error("signatures.authorities: {0}")]
    Authorities(#[from] notary::AuthoritiesError),
}

impl Given {
    /// Reads everything that the configuration names.
    pub fn read(config: &SignaturesConfig) -> Result<Self, TrustError> {
        let given = Self {
            files: config.anchors.as_deref().map_or_else(|| Ok(Vec::new()), files)?,
            authorities: config.authorities.as_deref().map(table).transpose()?,
        };
        let trust = given.trust()?;
        match &config.anchors {
            Some(folder) if !trust.has_anchors() => Err(TrustError::NoAnchor(folder.clone())),
            Some(_) | None => Ok(given),
        }
    }

    /// Whether there is an anchor: a folder without one is refused.
    pub(super) const fn has_anchors(&self) -> bool {
        !self.files.is_empty()
    }

    /// What it comes to.
    pub fn trust(&self) -> Result<Trust, TrustError> {
        let authorities = match &self.authorities {
            Some(text) => Authorities::read(text)?,
            None => Authorities::built_in()?,
        };
        Ok(Trust::read(&self.files, authorities)?)
    }
}

/// The files of the folder that hold certificates, in the order of their names.
fn files(folder: &Path) -> Result<Vec<TrustFile>, TrustError> {
    const FIELD: &str = "signatures.anchors";
    let unreadable = |cause| TrustError::Unreadable {
        field: FIELD,
        path: folder.to_owned(),
        cause,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            return Err(TrustError::NoText { field: FIELD, path });
        };
        if has_certificates(&path, name) {
            files.push(TrustFile {
                name: name.to_owned(),
                bytes: bounded(FIELD, &path)?,
            });
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

fn has_certificates(path: &Path, name: &str) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    let known = ending.is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()));
    known && !name.starts_with('.')
}

fn table(path: &Path) -> Result<String, TrustError> {
    const FIELD: &str = "signatures.authorities";
    String::from_utf8(bounded(FIELD, path)?).map_err(|_| TrustError::NoText {
        field: FIELD,
        path: path.to_owned(),
    })
}

fn bounded(field: &'static str, path: &Path) -> Result<Vec<u8>, TrustError> {
    let unreadable = |cause| TrustError::Unreadable {
        field,
        path: path.to_owned(),
        cause,
    };
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > LARGEST {
        let path = path.to_owned();
        return Err(TrustError::TooLarge { field, path, size });
    }
    fs::read(path).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn read(folder: &Path, text: &str) -> Result<Given, String> {
        let config = Config::parse(&format!("[signatures]\n{text}"), folder).unwrap();
        Given::read(&config.signatures).map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_given_is_nothing_trusted() {
        let given = read(Path::new("/nonexistent"), "").unwrap();
        assert!(given.files.is_empty());
        assert!(!given.trust().unwrap().has_anchors());
    }

    #[test]
    fn a_refusal_names_the_field_and_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let anchors = folder.path().join("anchors");
        let refusal = || {
            read(folder.path(), "anchors = \"anchors\"")
                .err()
                .unwrap_or_default()
        };
        assert!(refusal().contains("signatures.anchors"), "{}", refusal());
        fs::create_dir(&anchors).unwrap();
        fs::write(anchors.join("README.txt"), "no certificate").unwrap();
        fs::write(anchors.join(".hidden.pem"), "no certificate").unwrap();
        assert!(refusal().contains("no root certificate"), "{}", refusal());
        for (name, bytes) in [
            ("a.pem", &b"nothing"[..]),
            (
                "b.CRT",
                b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            ),
            ("c.cer", b"\x30\x82"),
        ] {
            fs::write(anchors.join(name), bytes).unwrap();
            let refusal = refusal();
            assert!(
                refusal.starts_with("signatures.anchors") && refusal.contains(name),
                "{refusal}"
            );
            fs::remove_file(anchors.join(name)).unwrap();
        }
        let large = fs::File::create(anchors.join("d.pem")).unwrap();
        large.set_len(LARGEST + 1).unwrap();
        assert!(refusal().contains("d.pem"), "{}", refusal());
    }

    #[test]
    fn a_table_is_read_at_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let refusal = || {
            read(folder.path(), "authorities = \"table.toml\"")
                .err()
                .unwrap_or_default()
        };
        assert!(refusal().contains("signatures.authorities"), "{}", refusal());
        for bytes in [&b"\xff"[..], b"colour = 1"] {
            fs::write(folder.path().join("table.toml"), bytes).unwrap();
            assert!(refusal().starts_with("signatures.authorities"), "{}", refusal());
        }
    }
}
