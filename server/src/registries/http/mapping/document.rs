//! The mapping file as it is written, and how the fields of a record are taken out of it.

use super::dates::Format;
use super::kinds::{Kind, Spot};
use super::{MappingError, wrong};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use shared::registries::Registry;
use std::collections::BTreeMap;
use std::fmt;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) request: Request,
    #[serde(default)]
    pub(super) not_found: NotFound,
    /// Where the record stands in the answer.
    #[serde(default)]
    pub(super) record: String,
    /// How dates are written where a field says nothing else.
    pub(super) date: Option<String>,
    pub(super) fields: BTreeMap<String, Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    pub(super) path: String,
    #[serde(default)]
    pub(super) query: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct NotFound {
    pub(super) statuses: Vec<u16>,
    pub(super) body: NotFoundBody,
    pub(super) at: Option<String>,
    pub(super) equals: Option<toml::Value>,
}

impl Default for NotFound {
    fn default() -> Self {
        Self {
            statuses: vec![404],
            body: NotFoundBody::Json,
            at: None,
            equals: None,
        }
    }
}

/// What must come with a status that says "not known".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NotFoundBody {
    /// JSON, whatever it says.
    Json,
    /// Anything.
    Any,
}

/// What becomes of an answer in which a field cannot be read that the record could do without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unreadable {
    /// The registry counts as not answering, for this person only: who asks learns that there is one.
    Refuse,
    /// The record does without the field.
    #[default]
    LeaveOut,
}

/// A field: a JSON pointer alone, or with what else its text needs.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) at: String,
    pub(super) options: Options,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Options {
    pub(super) words: Option<BTreeMap<String, String>>,
    pub(super) date: Option<String>,
    pub(super) items: Option<BTreeMap<String, Field>>,
    pub(super) unreadable: Option<Unreadable>,
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Table {
            at: String,
            words: Option<BTreeMap<String, String>>,
            date: Option<String>,
            items: Option<BTreeMap<String, Field>>,
            unreadable: Option<Unreadable>,
        }

        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Field;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON pointer, or a table with `at`")
            }

            fn visit_str<E>(self, at: &str) -> Result<Field, E> {
                Ok(Field {
                    at: at.to_owned(),
                    options: Options::default(),
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Field, A::Error> {
                let Table {
                    at,
                    words,
                    date,
                    items,
                    unreadable,
                } = Table::deserialize(MapAccessDeserializer::new(map))?;
                let options = Options {
                    words,
                    date,
                    items,
                    unreadable,
                };
                Ok(Field { at, options })
            }
        }

        deserializer.deserialize_any(Either)
    }
}

/// The fields that no place was made of yet.
pub struct Fields {
    registry: Registry,
    prefix: String,
    rest: BTreeMap<String, Field>,
    date: Option<String>,
}

impl Fields {
    pub(super) fn new(registry: Registry, fields: BTreeMap<String, Field>, date: Option<String>) -> Self {
        Self {
            registry,
            prefix: "fields".to_owned(),
            rest: fields,
            date,
        }
    }

    /// The place of a field that the mapping must name.
    pub(super) fn needed<K: Kind>(&mut self, name: &'static str) -> Result<Spot<K>, MappingError> {
        self.optional(name)?
            .ok_or_else(|| wrong(format!("{}.{name} is missing", self.prefix)))
    }

    /// The place of a field that the registry may not have.
    pub(super) fn optional<K: Kind>(&mut self, name: &'static str) -> Result<Option<Spot<K>>, MappingError> {
        let Some(Field { at, options }) = self.rest.remove(name) else {
            return Ok(None);
        };
        let full = format!("{}.{name}", self.prefix);
        let unreadable = options.unreadable.unwrap_or_default();
        let mut spec = Spec {
            registry: self.registry,
            name: full.clone(),
            words: options.words,
            date: options.date,
            items: options.items,
            default_date: self.date.as_deref(),
        };
        let kind = K::of(&mut spec)?;
        let left = [
            ("words", spec.words.is_some()),
            ("date", spec.date.is_some()),
            ("items", spec.items.is_some()),
        ];
        if let Some((option, _)) = left.into_iter().find(|(_, is_left)| *is_left) {
            return Err(wrong(format!("{full}.{option} has no meaning for this field")));
        }
        Ok(Some(Spot {
            registry: self.registry,
            name,
            at: pointer(&full, at)?,
            unreadable,
            kind,
        }))
    }

    /// Refuses what was not taken.
    pub(super) fn finish(self) -> Result<(), MappingError> {
        match self.rest.keys().next() {
            None => Ok(()),
            Some(name) => Err(wrong(format!(
                "{}.{name} is no field of this record",
                self.prefix
            ))),
        }
    }
}

/// What a field's kind may take from its table.
pub(super) struct Spec<'a> {
    registry: Registry,
    pub(super) name: String,
    words: Option<BTreeMap<String, String>>,
    date: Option<String>,
    items: Option<BTreeMap<String, Field>>,
    default_date: Option<&'a str>,
}

impl Spec<'_> {
    /// The registry's words with ours.
    pub(super) fn words(&mut self) -> Option<BTreeMap<String, String>> {
        self.words.take()
    }

    /// How the date is written: as the field says, as the file says, or `or`.
    pub(super) fn date(&mut self, or: &str) -> Result<Format, MappingError> {
        let own = self.date.take();
        own.as_deref()
            .or(self.default_date)
            .unwrap_or(or)
            .parse()
            .map_err(|reason| wrong(format!("{}: its date {reason}", self.name)))
    }

    /// How the month is written: as the field says, or `or`. The form of the file's dates is not asked.
    pub(super) fn month(&mut self, or: &str) -> Result<Format, MappingError> {
        let own = self.date.take();
        own.as_deref()
            .unwrap_or(or)
            .parse()
            .map_err(|reason| wrong(format!("{}: its date {reason}", self.name)))
    }

    /// The fields of a list's items.
    pub(super) fn items(&mut self) -> Result<Fields, MappingError> {
        let rest = self
            .items
            .take()
            .ok_or_else(|| wrong(format!("{}.items is missing: it is a list", self.name)))?;
        Ok(Fields {
            registry: self.registry,
            prefix: format!("{}.items", self.name),
            rest,
            date: self.default_date.map(str::to_owned),
        })
    }
}

/// Checks a JSON pointer (RFC 6901): empty for the whole, or parts that each begin with a slash.
pub(super) fn pointer(name: &str, text: String) -> Result<String, MappingError> {
    let escaped = text
        .match_indices('~')
        .all(|(at, _)| matches!(text.as_bytes().get(at + 1), Some(b'0' | b'1')));
    if (text.is_empty() || text.starts_with('/')) && escaped {
        Ok(text)
    } else {
        Err(wrong(format!(
            "{name} must be a JSON pointer such as /data/name (~0 for ~, ~1 for / within a name)"
        )))
    }
}
