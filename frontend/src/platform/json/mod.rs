//! JSON by the browser's own parser.
//!
//! The usual crate brings a second parser, tables for decimal fractions and the texts of its errors: a tenth of all that
//! a visitor downloads. Here `JSON.parse` reads, and what is read is taken over value by value; what is written is
//! written by a few lines. There are no fractions in the API, so none are written. An error says nothing but that there
//! is one: what does not fit comes from something between us and the server.

mod read;
mod write;

use core::fmt;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a value; `None` if the text is no JSON or of another shape.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    let value = js_sys::JSON::parse(text).ok()?;
    T::deserialize(read::Value::new(value)).ok()
}

/// Writes a value; `None` if it has what JSON or the API has not (fractions, keys that are no texts).
pub fn write<T: Serialize + ?Sized>(value: &T) -> Option<String> {
    let mut writer = write::Writer::default();
    value.serialize(&mut writer).ok()?;
    Some(writer.into_text())
}

/// That something does not fit.
#[derive(Clone, Copy, Debug)]
struct Misfit;

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("does not fit")
    }
}

impl core::error::Error for Misfit {}

impl serde::de::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl serde::ser::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}
