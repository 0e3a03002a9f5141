//! What an institution writes about its centres: single lines of text with a length.

use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

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
fn line(text: &str, longest: usize) -> Result<String, InvalidLine> {
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
fn link(text: &str, longest: usize) -> Result<String, InvalidLine> {
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

macro_rules! lines {
    ($($(#[$doc:meta])* $name:ident = $read:ident up to $longest:literal;)+) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

        impl FromStr for $name {
            type Err = InvalidLine;

            fn from_str(text: &str) -> Result<Self, InvalidLine> {
                $read(text, $longest).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidLine;

            fn try_from(text: String) -> Result<Self, InvalidLine> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(line: $name) -> Self {
                line.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+ };
}

lines!(
    /// A centre's name, up to 80 characters.
    CentreName = line up to 80;
    /// The canton it lies in, up to 60 characters. Whether there is such a canton, its reader checks.
    CantonName = line up to 60;
    /// Street, number and what helps to find it, up to 160 characters.
    Address = line up to 160;
    /// What a holiday is called, up to 80 characters.
    HolidayName = line up to 80;
    /// A page with a map, `https://…`, up to 300 characters.
    MapLink = link up to 300;
);

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[test]
    fn a_line_has_single_spaces() {
        let address: Address = "  Av. 10 de Agosto   N21-83 y Ñahui ".parse().unwrap();
        assert_eq!(address.as_str(), "Av. 10 de Agosto N21-83 y Ñahui");
    }

    #[rstest]
    #[case("", InvalidLine::Missing)]
    #[case("   ", InvalidLine::Missing)]
    #[case("a\nb", InvalidLine::Characters)]
    #[case("a\u{202e}b", InvalidLine::Characters)]
    #[case("a\u{0}", InvalidLine::Characters)]
    fn what_is_no_line_is_refused(#[case] typed: &str, #[case] reason: InvalidLine) {
        assert_eq!(typed.parse::<CentreName>(), Err(reason));
        assert_eq!(FieldCode::of_message(&reason.to_string()), Some(reason.into()));
    }

    #[test]
    fn eighty_characters_are_a_name() {
        assert!("ñ".repeat(80).parse::<CentreName>().is_ok());
        assert_eq!("ñ".repeat(81).parse::<CentreName>(), Err(InvalidLine::TooLong));
    }

    #[rstest]
    #[case("https://www.openstreetmap.org/?mlat=-0.1&mlon=-78.4#map=17/-0.1/-78.4")]
    #[case("https://maps.example/p/1")]
    fn links_are_pages(#[case] typed: &str) {
        assert_eq!(typed.parse::<MapLink>().unwrap().as_str(), typed);
    }

    #[rstest]
    #[case("http://maps.example")]
    #[case("javascript:alert(1)")]
    #[case("https://")]
    #[case("https:///x")]
    #[case("https://somebody@elsewhere.example")]
    #[case("https://maps.example/\"onclick")]
    #[case("https://maps.example/a b")]
    #[case("https://mapas.ejemplo/ñ")]
    fn everything_else_is_no_link(#[case] typed: &str) {
        assert_eq!(typed.parse::<MapLink>(), Err(InvalidLine::Malformed));
    }

    proptest! {
        #[test]
        fn a_line_is_read_as_it_is_written(text in "\\PC{0,90}") {
            if let Ok(name) = text.parse::<CentreName>() {
                prop_assert_eq!(name.to_string().parse(), Ok(name));
            }
        }
    }
}
