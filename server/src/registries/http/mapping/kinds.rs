//! What a field of an answer can be, and how its text becomes a value of `shared`.

use super::dates::Format;
use super::document::{Fields, Spec, Unreadable};
use super::{Malformed, MappingError, wrong};
use serde_json::Value;
use shared::obligations::Cents;
use shared::registries::{Month, Registry, bank_named};
use shared::time::CivilDate;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// How many bytes a text of an answer may have.
const LONGEST: usize = 4000;
/// How many items a list may have.
const MOST: usize = 2000;

/// Where a field stands, and what it is.
#[derive(Debug)]
pub(super) struct Spot<K> {
    pub(super) registry: Registry,
    pub(super) name: &'static str,
    pub(super) at: String,
    pub(super) unreadable: Unreadable,
    pub(super) kind: K,
}

/// What a field is.
pub(super) trait Kind: Sized {
    /// What is read.
    type Output;

    /// Takes from the mapping what it needs.
    fn of(spec: &mut Spec<'_>) -> Result<Self, MappingError>;

    /// Reads a value that is there. `None` if it is not what the mapping says.
    fn read(&self, value: &Value) -> Option<Self::Output>;
}

impl<K: Kind> Spot<K> {
    /// A field without which there is no record.
    pub(super) fn needed(&self, record: &Value) -> Result<K::Output, Malformed> {
        self.found(record)
            .and_then(|value| self.kind.read(value))
            .ok_or(Malformed { field: self.name })
    }

    /// A field that may be absent: no such name, `null`, or a blank text.
    pub(super) fn if_any(&self, record: &Value) -> Result<Option<K::Output>, Malformed> {
        let Some(value) = self.found(record) else {
            return Ok(None);
        };
        match (self.kind.read(value), self.unreadable) {
            (Some(read), _) => Ok(Some(read)),
            (None, Unreadable::LeaveOut) => {
                tracing::warn!(registry = ?self.registry, field = self.name, "a field that cannot be read is left out");
                Ok(None)
            }
            (None, Unreadable::Refuse) => Err(Malformed { field: self.name }),
        }
    }

    fn found<'a>(&self, record: &'a Value) -> Option<&'a Value> {
        record
            .pointer(&self.at)
            .filter(|value| !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty()))
    }
}

/// Reads a field that the mapping may not name.
pub(super) fn if_any<K: Kind>(
    place: Option<&Spot<K>>,
    record: &Value,
) -> Result<Option<K::Output>, Malformed> {
    place.map_or(Ok(None), |place| place.if_any(record))
}

/// A text of at most 4000 bytes without control characters; spaces around it are left out.
#[derive(Debug)]
pub(super) struct Text;

impl Kind for Text {
    type Output = String;

    fn of(_: &mut Spec<'_>) -> Result<Self, MappingError> {
        Ok(Self)
    }

    fn read(&self, value: &Value) -> Option<String> {
        text(value)
    }
}

/// A text that one of our types parses.
pub(super) struct Parsed<T>(PhantomData<fn() -> T>);

impl<T: FromStr> Kind for Parsed<T> {
    type Output = T;

    fn of(_: &mut Spec<'_>) -> Result<Self, MappingError> {
        Ok(Self(PhantomData))
    }

    fn read(&self, value: &Value) -> Option<T> {
        text(value)?.parse().ok()
    }
}

impl<T> fmt::Debug for Parsed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Parsed")
    }
}

/// A word of a closed list. The mapping says which word of the registry is which of ours; without, ours are expected.
#[derive(Debug)]
pub(super) struct Word<T>(BTreeMap<String, T>);

impl<T: FromStr + Copy> Kind for Word<T> {
    type Output = T;

    fn of(spec: &mut Spec<'_>) -> Result<Self, MappingError> {
        let name = spec.name.clone();
        let words = spec
            .words()
            .ok_or_else(|| wrong(format!("{name}.words is missing")))?
            .into_iter()
            .map(|(theirs, ours)| match ours.parse() {
                Ok(word) => Ok((upper(&theirs), word)),
                Err(_) => Err(wrong(format!(
                    "{name}.words.{theirs}: \"{ours}\" is no word of Clavero's"
                ))),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self(words))
    }

    fn read(&self, value: &Value) -> Option<T> {
        self.0.get(&upper(&text(value)?)).copied()
    }
}

/// A day.
#[derive(Debug)]
pub(super) struct Day(Format);

impl Kind for Day {
    type Output = CivilDate;

    fn of(spec: &mut Spec<'_>) -> Result<Self, MappingError> {
        let format = spec.date("YYYY-MM-DD")?;
        if format.has_day() {
            Ok(Self(format))
        } else {
            Err(wrong(format!("{}: its date must have DD", spec.name)))
        }
    }

    fn read(&self, value: &Value) -> Option<CivilDate> {
        self.0.day(&text(value)?)
    }
}

/// A month.
#[derive(Debug)]
pub(super) struct MonthOf(Format);

impl Kind for MonthOf {
    type Output = Month;

    fn of(spec: &mut Spec<'_>) -> Result<Self, MappingError> {
        spec.month("YYYY-MM").map(Self)
    }

    fn read(&self, value: &Value) -> Option<Month> {
        self.0.month(&text(value)?)
    }
}

/// A number that is not negative.
#[derive(Debug)]
pub(super) struct Count;

impl Kind for Count {
    type Output = u32;

    fn of(_: &mut Spec<'_>) -> Result<Self, MappingError> {
        Ok(Self)
    }

    fn read(&self, value: &Value) -> Option<u32> {
        let text = text(value)?;
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| text.parse().ok()).flatten()
    }
}

/// An amount of dollars that is not negative, as a number or a text with a point and at most two digits behind it.
#[derive(Debug)]
pub(super) struct Amount;

impl Kind for Amount {
    type Output = Cents;

    fn of(_: &mut Spec<'_>) -> Result<Self, MappingError> {
        Ok(Self)
    }

    fn read(&self, value: &Value) -> Option<Cents> {
        match value {
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
                text(value)?
            }
        }
        .parse()
        .ok()
    }
}

/// A bank that a page can offer, by whatever spelling.
#[derive(Debug)]
pub(super) struct Bank;

impl Kind for Bank {
    type Output = String;

    fn of(_: &mut Spec<'_>) -> Result<Self, MappingError> {
        Ok(Self)
    }

    fn read(&self, value: &Value) -> Option<String> {
        bank_named(&text(value)?).map(str::to_owned)
    }
}

/// What a list's items are made of.
pub(super) trait Item: Sized {
    /// One item.
    type Output;

    /// Takes the places of its parts.
    fn places(fields: &mut Fields) -> Result<Self, MappingError>;

    /// Reads an item.
    fn read(&self, item: &Value) -> Result<Self::Output, Malformed>;

    /// What all items come to; nothing where they contradict each other.
    fn whole(items: Vec<Self::Output>) -> Option<Vec<Self::Output>> {
        Some(items)
    }
}

/// A list. One item that cannot be read spoils it.
#[derive(Debug)]
pub(super) struct ListOf<I>(I);

impl<I: Item> Kind for ListOf<I> {
    type Output = Vec<I::Output>;

    fn of(spec: &mut Spec<'_>) -> Result<Self, MappingError> {
        let mut fields = spec.items()?;
        let item = I::places(&mut fields)?;
        fields.finish()?;
        Ok(Self(item))
    }

    fn read(&self, value: &Value) -> Option<Vec<I::Output>> {
        let items = value.as_array().filter(|items| items.len() <= MOST)?;
        let items = items
            .iter()
            .map(|item| self.0.read(item).ok())
            .collect::<Option<_>>()?;
        I::whole(items)
    }
}

/// Texts as they are, whole numbers as they are written.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim(),
        Value::Number(number) => return number.as_u64().map(|number| number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let is_plain = !text.is_empty() && text.len() <= LONGEST && !text.chars().any(char::is_control);
    is_plain.then(|| text.to_owned())
}

fn upper(text: &str) -> String {
    text.trim().to_uppercase()
}
