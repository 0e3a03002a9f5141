//! The name a person gives to a passkey, to know it in a list.

use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// From one to forty characters, composed (NFC), without spaces at its ends.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PasskeyName(String);

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidName {
    /// There is nothing to be seen.
    #[error("nothing was given")]
    Missing,
    /// It is longer than allowed.
    #[error("too long")]
    TooLong,
    /// It has characters that are not seen, or that turn the direction of text.
    #[error("characters that are not allowed")]
    Characters,
}

impl PasskeyName {
    /// Characters at most.
    pub const MOST: usize = 40;

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that break a line, are not seen, or turn the direction of what stands around them. The joiner of emoji and the
/// marks of single letters (U+200C to U+200F) stay: names in some scripts need them, and they reach no further.
fn misleads(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Puts letters and their marks together (NFC).
#[cfg(not(target_arch = "wasm32"))]
fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

/// The tables for that weigh 100 kB, in each module of the page. The server reads the name again and composes it.
#[cfg(target_arch = "wasm32")]
fn composed(text: &str) -> String {
    text.to_owned()
}

impl FromStr for PasskeyName {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        // Composing never makes a text longer than three times its bytes; what is far too long is not looked at.
        if text.len() > Self::MOST * 16 {
            return Err(InvalidName::TooLong);
        }
        let name = composed(text.trim());
        if name.is_empty() {
            return Err(InvalidName::Missing);
        }
        if name.chars().any(misleads) {
            return Err(InvalidName::Characters);
        }
        if name.chars().count() > Self::MOST {
            return Err(InvalidName::TooLong);
        }
        Ok(Self(name))
    }
}

impl fmt::Display for PasskeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
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

impl Serialize for PasskeyName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PasskeyName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(|reason| serde::de::Error::custom(FieldCode::from(reason).as_str()))
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for PasskeyName {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::Object::builder()
            .schema_type(utoipa::openapi::schema::Type::String)
            .min_length(Some(1))
            .max_length(Some(Self::MOST))
            .description(Some("a name of 1 to 40 characters, without control characters"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for PasskeyName {}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Huella del celular", Ok("Huella del celular"))]
    #[case("  Lector  ", Ok("Lector"))]
    #[case("Jose\u{301}", Ok("José"))]
    #[case("👩‍💻 oficina", Ok("👩‍💻 oficina"))]
    #[case("", Err(InvalidName::Missing))]
    #[case(" \u{3000} ", Err(InvalidName::Missing))]
    #[case("a\nb", Err(InvalidName::Characters))]
    #[case("a\u{0}", Err(InvalidName::Characters))]
    #[case("\u{202e}oãrtsiger", Err(InvalidName::Characters))]
    #[case("\u{200b}", Err(InvalidName::Characters))]
    fn a_name_can_be_seen(#[case] text: &str, #[case] expected: Result<&str, InvalidName>) {
        let name = text.parse::<PasskeyName>();
        assert_eq!(
            name.as_ref().map(PasskeyName::as_str),
            expected.as_ref().map(|&name| name)
        );
    }

    #[test]
    fn one_character_decides() {
        let name = |count| "ñ".repeat(count).parse::<PasskeyName>();
        assert!(name(PasskeyName::MOST).is_ok());
        assert_eq!(name(PasskeyName::MOST + 1), Err(InvalidName::TooLong));
        assert_eq!(name(5_000_000), Err(InvalidName::TooLong));
    }

    proptest! {
        #[test]
        fn a_name_is_read_again_as_itself(text in "\\PC{0,60}|.{0,60}") {
            if let Ok(name) = text.parse::<PasskeyName>() {
                prop_assert_eq!(name.as_str().parse(), Ok(name.clone()));
            }
        }
    }
}
