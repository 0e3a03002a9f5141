//! A centre's code: what an institution calls it in its files.

use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// A centre's code: 2 to 16 of the letters A to Z, digits and `-`, beginning with a letter. Names the same centre in every import.
/// Read in either case, written in capitals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
pub struct CentreCode(String);

/// Why a text is no code. Each text is the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCode {
    /// There is nothing.
    #[error("missing")]
    Missing,
    /// It has not 2 to 16 characters.
    #[error("length")]
    Length,
    /// It has other characters, or does not begin with a letter.
    #[error("characters")]
    Characters,
}

impl From<InvalidCode> for FieldCode {
    fn from(reason: InvalidCode) -> Self {
        match reason {
            InvalidCode::Missing => Self::Missing,
            InvalidCode::Length => Self::Length,
            InvalidCode::Characters => Self::Characters,
        }
    }
}

impl CentreCode {
    /// The code itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for CentreCode {
    type Err = InvalidCode;

    fn from_str(text: &str) -> Result<Self, InvalidCode> {
        let text = text.trim_matches(' ');
        if text.is_empty() {
            return Err(InvalidCode::Missing);
        }
        let belongs = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if !text.bytes().all(belongs) || !text.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return Err(InvalidCode::Characters);
        }
        if !(2..=16).contains(&text.len()) {
            return Err(InvalidCode::Length);
        }
        Ok(Self(text.to_ascii_uppercase()))
    }
}

impl TryFrom<String> for CentreCode {
    type Error = InvalidCode;

    fn try_from(text: String) -> Result<Self, InvalidCode> {
        text.parse()
    }
}

impl From<CentreCode> for String {
    fn from(code: CentreCode) -> Self {
        code.0
    }
}

impl fmt::Display for CentreCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("uio-01", "UIO-01")]
    #[case(" GYE ", "GYE")]
    #[case("A1", "A1")]
    #[case("ABCDEFGHIJKLMNOP", "ABCDEFGHIJKLMNOP")]
    fn codes_are_written_in_capitals(#[case] typed: &str, #[case] code: &str) {
        assert_eq!(typed.parse::<CentreCode>().unwrap().as_str(), code);
    }

    #[rstest]
    #[case("", InvalidCode::Missing)]
    #[case("A", InvalidCode::Length)]
    #[case("ABCDEFGHIJKLMNOPQ", InvalidCode::Length)]
    #[case("1A", InvalidCode::Characters)]
    #[case("-A", InvalidCode::Characters)]
    #[case("Ñandú", InvalidCode::Characters)]
    #[case("A/B", InvalidCode::Characters)]
    fn what_is_no_code_is_refused(#[case] typed: &str, #[case] reason: InvalidCode) {
        assert_eq!(typed.parse::<CentreCode>(), Err(reason));
        assert_eq!(FieldCode::of_message(&reason.to_string()), Some(reason.into()));
    }
}
