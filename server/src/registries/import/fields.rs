//! The columns of a header and the fields of a row, found by name and checked as they are taken.

use super::MissingColumn;
use super::reject::{Reason, Refused};
use shared::identifiers::InvalidIdentifier;
use std::borrow::Cow;
use std::str::FromStr;

/// Longest field, in bytes: no official name or activity is longer.
const LONGEST_FIELD: usize = 4000;
/// Longest list, in bytes: fifty years of months.
const LONGEST_LIST: usize = 16_000;

/// The first line of a file.
pub(in crate::registries) struct Header(Vec<String>);

/// Where a column is; absent columns have no place.
#[derive(Clone, Copy, Debug)]
pub(in crate::registries) struct Column {
    name: &'static str,
    at: Option<usize>,
    longest: usize,
}

/// The fields of a row, as many as the header has columns.
pub(in crate::registries) struct Fields<'a>(Vec<Cow<'a, str>>);

impl Header {
    pub(super) fn new(names: Vec<Cow<'_, str>>) -> Self {
        Self(names.into_iter().map(Cow::into_owned).collect())
    }

    /// How many columns there are.
    pub(super) const fn width(&self) -> usize {
        self.0.len()
    }

    /// A column that must be there. Case does not matter.
    pub(super) fn column(&self, name: &'static str) -> Result<Column, MissingColumn> {
        let column = self.optional(name)?;
        if column.at.is_some() {
            Ok(column)
        } else {
            Err(MissingColumn(name))
        }
    }

    /// A column that may be missing.
    pub(super) fn optional(&self, name: &'static str) -> Result<Column, MissingColumn> {
        let mut places = self
            .0
            .iter()
            .enumerate()
            .filter(|(_, known)| known.eq_ignore_ascii_case(name))
            .map(|(at, _)| at);
        let at = places.next();
        if places.next().is_some() {
            Err(MissingColumn(name))
        } else {
            Ok(Column {
                name,
                at,
                longest: LONGEST_FIELD,
            })
        }
    }
}

impl<'a> Fields<'a> {
    pub(super) const fn new(fields: Vec<Cow<'a, str>>) -> Self {
        Self(fields)
    }
}

impl Column {
    /// The same column, whose field holds a list.
    pub(super) const fn long(self) -> Self {
        Self {
            longest: LONGEST_LIST,
            ..self
        }
    }

    /// The refusal of this column's field.
    pub(super) const fn refuse(self, reason: Reason) -> Refused {
        Refused {
            field: self.name,
            reason,
        }
    }

    /// The field's text, `None` if it is empty or the column is missing.
    pub(super) fn text<'f>(self, fields: &'f Fields<'_>) -> Result<Option<&'f str>, Refused> {
        let text = self
            .at
            .and_then(|at| fields.0.get(at))
            .map_or("", |field| field.as_ref());
        if text.is_empty() {
            return Ok(None);
        }
        if text.len() > self.longest {
            return Err(self.refuse(Reason::TooLong));
        }
        // PostgreSQL takes no NUL, and no official text has any other control character either.
        if text.chars().any(char::is_control) {
            return Err(self.refuse(Reason::Control));
        }
        Ok(Some(text))
    }

    /// The field's text, which must be there.
    pub(super) fn required<'f>(self, fields: &'f Fields<'_>) -> Result<&'f str, Refused> {
        self.text(fields)?.ok_or(self.refuse(Reason::Missing))
    }

    /// The field's value, which must be there and be well formed.
    pub(super) fn parsed<T>(self, fields: &Fields<'_>) -> Result<T, Refused>
    where
        T: FromStr,
        Reason: From<T::Err>,
    {
        self.required(fields)?
            .parse()
            .map_err(|reason| self.refuse(Reason::from(reason)))
    }

    /// The field's value, which may be empty but not malformed.
    pub(super) fn parsed_if_any<T>(self, fields: &Fields<'_>) -> Result<Option<T>, Refused>
    where
        T: FromStr,
        Reason: From<T::Err>,
    {
        self.text(fields)?
            .map(|text| text.parse().map_err(|reason| self.refuse(Reason::from(reason))))
            .transpose()
    }
}

impl From<InvalidIdentifier> for Reason {
    fn from(reason: InvalidIdentifier) -> Self {
        Self::Identifier(reason)
    }
}

impl From<shared::time::InvalidDate> for Reason {
    fn from(reason: shared::time::InvalidDate) -> Self {
        Self::Date(reason)
    }
}

impl From<shared::registries::InvalidMonth> for Reason {
    fn from(_: shared::registries::InvalidMonth) -> Self {
        Self::Date(shared::time::InvalidDate::Malformed)
    }
}

impl From<shared::obligations::InvalidCents> for Reason {
    fn from(_: shared::obligations::InvalidCents) -> Self {
        Self::Number
    }
}

impl From<shared::registries::UnknownWord> for Reason {
    fn from(_: shared::registries::UnknownWord) -> Self {
        Self::Word
    }
}

impl From<shared::i18n::UnknownLanguage> for Reason {
    fn from(_: shared::i18n::UnknownLanguage) -> Self {
        Self::Word
    }
}
