//! What an institution writes of itself and of its centres: single lines of text with a length.
//!
//! Invariant: a line has nothing that is not seen, so that what is read is what was written.

use crate::api::FieldCode;

/// Why a text is no such line. Each text is the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLine {
    /// There is nothing but spaces.
    #[error("missing")]
    Missing,
    /// It is longer than allowed.
    #[error("too_long")]
    TooLong,
    /// It has line breaks, controls, or marks that turn text around.
    #[error("characters")]
    Characters,
    /// It is no address of a page.
    #[error("malformed")]
    Malformed,
}

impl From<InvalidLine> for FieldCode {
    fn from(reason: InvalidLine) -> Self {
        match reason {
            InvalidLine::Missing => Self::Missing,
            InvalidLine::TooLong => Self::TooLong,
            InvalidLine::Characters => Self::Characters,
            InvalidLine::Malformed => Self::Malformed,
        }
    }
}

/// One line: single spaces between words, nothing that is not seen.
pub(crate) fn line(text: &str, longest: usize) -> Result<String, InvalidLine> {
    let unseen = |one: char| {
        one.is_control()
            || matches!(one, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if text.chars().any(unseen) {
        return Err(InvalidLine::Characters);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    if line.is_empty() {
        return Err(InvalidLine::Missing);
    }
    if line.chars().count() > longest {
        return Err(InvalidLine::TooLong);
    }
    Ok(line)
}

/// A page of the web, written in full: `https://…`, up to 300 characters, without spaces, quotes or brackets.
pub(crate) fn link(text: &str, longest: usize) -> Result<String, InvalidLine> {
    let link = line(text, longest)?;
    let host = link.strip_prefix("https://").ok_or(InvalidLine::Malformed)?;
    let named = host.starts_with(|first: char| first.is_ascii_alphanumeric());
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>`\\{}|^".contains(&byte);
    if named && !host.contains('@') && host.bytes().all(plain) {
        Ok(link)
    } else {
        Err(InvalidLine::Malformed)
    }
}

/// Declares types of lines: `lines!(/// docs … Name = line up to 80;)`.
macro_rules! lines {
    ($($(#[$doc:meta])* $name:ident = $read:ident up to $longest:literal;)+) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        pub struct $name(String);

        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::lines::InvalidLine;

            fn from_str(text: &str) -> Result<Self, $crate::lines::InvalidLine> {
                $crate::lines::$read(text, $longest).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::lines::InvalidLine;

            fn try_from(text: String) -> Result<Self, $crate::lines::InvalidLine> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(line: $name) -> Self {
                line.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+ };
}
pub(crate) use lines;
