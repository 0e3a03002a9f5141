//! A delegate's name, as the owner writes it.

use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// Characters that a name has at most.
const LONGEST: usize = 80;

/// A person's name in one line: 1 to 80 characters, single spaces between its words, no control or formatting characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
pub struct DelegateName(String);

/// Why a text is no name. Each text is the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidName {
    /// There is nothing but spaces.
    #[error("missing")]
    Missing,
    /// It is longer than 80 characters.
    #[error("too_long")]
    TooLong,
    /// It has characters that no name has: line breaks, controls, brackets, marks that turn text around.
    #[error("characters")]
    Characters,
}

impl From<InvalidName> for FieldCode {
    fn from(reason: InvalidName) -> Self {
        match reason {
            InvalidName::Missing => Self::Missing,
            InvalidName::TooLong => Self::TooLong,
            InvalidName::Characters => Self::Characters,
        }
    }
}

impl DelegateName {
    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters of any script with their marks, digits never: what people's names are written with.
fn belongs(one: char) -> bool {
    one.is_alphabetic() || matches!(one, ' ' | '.' | '-' | '\'' | '’' | '\u{300}'..='\u{36f}')
}

impl FromStr for DelegateName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let text = text.trim_matches(' ');
        if text.is_empty() {
            return Err(InvalidName::Missing);
        }
        if !text.chars().all(belongs) || !text.chars().any(char::is_alphabetic) {
            return Err(InvalidName::Characters);
        }
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        let name = words.join(" ");
        if name.chars().count() > LONGEST {
            return Err(InvalidName::TooLong);
        }
        Ok(Self(name))
    }
}

impl TryFrom<String> for DelegateName {
    type Error = InvalidName;

    fn try_from(text: String) -> Result<Self, InvalidName> {
        text.parse()
    }
}

impl From<DelegateName> for String {
    fn from(name: DelegateName) -> Self {
        name.0
    }
}

impl fmt::Display for DelegateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name is personal data: it stays out of logs.
impl fmt::Debug for DelegateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DelegateName(••••)")
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("  María  José   Ñáñez-O’Higgins ", "María José Ñáñez-O’Higgins")]
    #[case("D'Angelo Jr.", "D'Angelo Jr.")]
    fn names_are_written_in_one_line(#[case] typed: &str, #[case] name: &str) {
        assert_eq!(typed.parse::<DelegateName>().unwrap().as_str(), name);
    }

    #[rstest]
    #[case("", InvalidName::Missing)]
    #[case("   ", InvalidName::Missing)]
    #[case("Ana\r\nBcc: x", InvalidName::Characters)]
    #[case("Ana\u{202e}", InvalidName::Characters)]
    #[case("<b>Ana</b>", InvalidName::Characters)]
    #[case("1712345678", InvalidName::Characters)]
    #[case(".-'", InvalidName::Characters)]
    fn what_is_no_name_is_refused(#[case] typed: &str, #[case] reason: InvalidName) {
        assert_eq!(typed.parse::<DelegateName>(), Err(reason));
        assert_eq!(FieldCode::of_message(&reason.to_string()), Some(reason.into()));
    }

    #[test]
    fn eighty_characters_fit() {
        assert!("ñ".repeat(80).parse::<DelegateName>().is_ok());
        assert_eq!("ñ".repeat(81).parse::<DelegateName>(), Err(InvalidName::TooLong));
    }

    proptest! {
        #[test]
        fn a_name_is_read_as_it_is_written(text in "\\PC{0,90}") {
            if let Ok(name) = text.parse::<DelegateName>() {
                prop_assert_eq!(name.to_string().parse(), Ok(name.clone()));
                let shown = format!("{name:?}");
                prop_assert!(!shown.contains(name.as_str()));
            }
        }
    }
}
