//! What can be wrong with the configuration. Every error names the field and where it was found.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file cannot be read.
    #[error("{field}{origin}: cannot read {path}")]
    Unreadable {
        /// The field that names the file.
        field: Cow<'static, str>,
        /// Where the field stands.
        origin: Origin,
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// A file is no TOML, or no policy; the text says why and where.
    #[error("{path}: {text}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Line, column and field.
        text: String,
    },
    /// A variable of the environment sets nothing.
    #[error("{name}: {reason}")]
    Variable {
        /// Its name.
        name: String,
        /// Why.
        reason: &'static str,
    },
    /// A field does not exist, is of another type or breaks a rule.
    #[error("{field}{origin}: {reason}")]
    Field {
        /// The field.
        field: Cow<'static, str>,
        /// Where it stands.
        origin: Origin,
        /// What it should be.
        reason: String,
    },
}

/// Where a field was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Nowhere: its default holds.
    #[default]
    Default,
    /// In the file.
    File {
        /// Which one, where it has a name.
        path: Option<PathBuf>,
        /// The line, from 1.
        line: usize,
    },
    /// In this variable of the environment.
    Variable(String),
}

impl Origin {
    /// In words; nothing for a default.
    pub fn told(&self) -> Option<String> {
        match self {
            Self::Default => None,
            Self::File { path: None, line } => Some(format!("line {line}")),
            Self::File {
                path: Some(path),
                line,
            } => Some(format!("{}, line {line}", path.display())),
            Self::Variable(name) => Some(name.clone()),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.told() {
            None => Ok(()),
            Some(told) => write!(f, " ({told})"),
        }
    }
}

impl ConfigError {
    /// The same error, with the place where its field was found.
    pub(super) fn found(self, place: impl FnOnce(&str) -> Origin) -> Self {
        match self {
            Self::Field { field, reason, .. } => Self::Field {
                origin: place(&field),
                field,
                reason,
            },
            Self::Unreadable {
                field, path, cause, ..
            } => Self::Unreadable {
                origin: place(&field),
                field,
                path,
                cause,
            },
            Self::Malformed { .. } | Self::Variable { .. } => self,
        }
    }
}

/// A field that breaks a rule. Where it was found is added by who read it.
pub(crate) fn field(field: impl Into<Cow<'static, str>>, reason: impl Into<String>) -> ConfigError {
    ConfigError::Field {
        field: field.into(),
        origin: Origin::Default,
        reason: reason.into(),
    }
}

/// Reads the file that a field names.
pub(crate) fn read(field: impl Into<Cow<'static, str>>, path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable {
        field: field.into(),
        origin: Origin::Default,
        path: path.to_owned(),
        cause,
    })
}

/// Reads a secret that stands alone in a file; the end of its line is not part of it.
pub(crate) fn read_secret(
    field: impl Into<Cow<'static, str>>,
    path: &Path,
) -> Result<shared::secrets::Secret<String>, ConfigError> {
    let text = shared::secrets::Secret::new(read(field, path)?);
    Ok(shared::secrets::Secret::from(
        text.expose().trim_end_matches(['\r', '\n']),
    ))
}
