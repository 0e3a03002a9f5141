//! Fields that may be left empty.

use crate::forms::FieldHandle;
use core::str::FromStr;
use shared::api::FieldCode;

/// What was typed, if anything was; typing nothing is no mistake.
pub(super) fn send<T: FromStr<Err: Into<FieldCode>>>(field: &FieldHandle<T>) -> Result<Option<T>, FieldCode> {
    if field.text().trim().is_empty() {
        return Ok(None);
    }
    field.send().map(Some)
}

/// The error, if there is one that may be shown.
pub(super) fn error<T: FromStr<Err: Into<FieldCode>>>(field: &FieldHandle<T>) -> Option<FieldCode> {
    field.error().filter(|code| *code != FieldCode::Missing)
}
