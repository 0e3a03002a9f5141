//! What to ask of a registry and where its answers stand in the JSON: data, so that another shape needs no new binary.
//!
//! A mapping file is TOML: the request (path, query, headers), how "not known" is told, and for each field of the record
//! a JSON pointer with what its text needs to be read (words, the form of a date). The built-in mappings, one a
//! registry, are the protocol that `clavero registry-sim` speaks; docs/REGISTRIES.md explains both.
//!
//! Invariants: a mapping is checked whole when the server starts, and every error names the field; an answer becomes a
//! record through the types of `shared` or not at all; nothing of an answer stands in an error.

mod dates;
mod document;
mod kinds;
mod question;
mod records;

pub(super) use question::Question;
pub(in crate::registries) use records::Record;

use document::{Document, NotFoundBody};
use question::Template;
use serde_json::Value;
use std::path::PathBuf;

/// A mapping file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{text}", path.as_ref().map(|path| format!("{}: ", path.display())).unwrap_or_default())]
pub struct MappingError {
    /// The file; none for the built-in one.
    pub path: Option<PathBuf>,
    /// The field and what is wrong.
    pub text: String,
}

/// An answer that does not say what the mapping expects, by the name of the field. It holds nothing of the answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer's field {field} is missing or cannot be read")]
pub struct Malformed {
    /// The record's field.
    pub field: &'static str,
}

/// A checked mapping for one kind of record.
#[derive(Debug)]
pub struct Mapping<R: Record> {
    template: Template,
    not_found: NotFound,
    record: String,
    places: R::Places,
}

#[derive(Debug)]
struct NotFound {
    statuses: Vec<u16>,
    body: NotFoundBody,
    at: Option<(String, Option<Value>)>,
}

/// What an answer says.
#[derive(Debug)]
pub enum Reading<R> {
    /// A record.
    Known(R),
    /// Nobody of that name.
    Unknown,
    /// A status that neither gives a record nor says that there is none.
    Refused,
}

impl<R: Record> Mapping<R> {
    /// The mapping of the built-in protocol.
    pub fn built_in() -> Result<Self, MappingError> {
        Self::parse(R::BUILT_IN)
    }

    /// Reads a mapping file.
    pub fn parse(text: &str) -> Result<Self, MappingError> {
        let document: Document = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let template = Template::of(document.request, R::VARIABLES)?;
        let not_found = document.not_found;
        let at = match (not_found.at, not_found.equals) {
            (None, None) => None,
            (None, Some(_)) => return Err(wrong("not_found.at is missing: not_found.equals is set")),
            (Some(at), equals) => {
                let equals = equals
                    .map(|value| {
                        serde_json::to_value(value).map_err(|_| wrong("not_found.equals cannot be used"))
                    })
                    .transpose()?;
                Some((document::pointer("not_found.at", at)?, equals))
            }
        };
        if let Some(status) = not_found
            .statuses
            .iter()
            .find(|status| !(400..500).contains(*status))
        {
            return Err(wrong(format!("not_found.statuses: {status} is not 400 to 499")));
        }
        let mut fields = document::Fields::new(R::REGISTRY, document.fields, document.date);
        let places = R::places(&mut fields)?;
        fields.finish()?;
        Ok(Self {
            template,
            not_found: NotFound {
                statuses: not_found.statuses,
                body: not_found.body,
                at,
            },
            record: document::pointer("record", document.record)?,
            places,
        })
    }

    /// What to ask about `key`.
    pub(super) fn question(&self, key: &R::Key) -> Question {
        self.template.fill(&R::variables(key))
    }

    /// What an answer says about `key`.
    pub(super) fn read(
        &self,
        status: u16,
        body: Option<&Value>,
        key: &R::Key,
    ) -> Result<Reading<R>, Malformed> {
        if !(200..300).contains(&status) {
            let is_told = match self.not_found.body {
                NotFoundBody::Any => true,
                // The page of a web server that knows no such path is no word of the registry.
                NotFoundBody::Json => body.is_some(),
            };
            let unknown = is_told && self.not_found.statuses.contains(&status);
            return Ok(if unknown {
                Reading::Unknown
            } else {
                Reading::Refused
            });
        }
        let body = body.ok_or(Malformed { field: "record" })?;
        if let Some((at, equals)) = &self.not_found.at {
            let found = body.pointer(at).filter(|value| !value.is_null());
            if found == equals.as_ref() {
                return Ok(Reading::Unknown);
            }
        }
        let record = body.pointer(&self.record).ok_or(Malformed { field: "record" })?;
        R::read(&self.places, record, key).map(Reading::Known)
    }
}

fn wrong(text: impl Into<String>) -> MappingError {
    MappingError {
        path: None,
        text: text.into(),
    }
}

#[cfg(test)]
mod tests;
