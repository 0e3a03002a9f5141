//! What an officer writes down: why something was done or looked at.

use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// Characters that a reason has at least.
const SHORTEST: usize = 3;
/// Characters that a reason has at most.
const LONGEST: usize = 300;

/// An officer's words about a deed: 3 to 300 characters in one line, kept beside the audit log and never in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
pub struct ActReason(String);

/// Why a text is no reason. Each text begins with the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidReason {
    /// It is empty, or shorter than three characters.
    #[error("missing (3 to 300 characters in one line are expected)")]
    Missing,
    /// It is longer than 300 characters.
    #[error("too_long (3 to 300 characters in one line are expected)")]
    TooLong,
    /// It has line breaks or other control characters.
    #[error("characters (3 to 300 characters in one line are expected)")]
    Characters,
}

impl From<InvalidReason> for FieldCode {
    fn from(reason: InvalidReason) -> Self {
        match reason {
            InvalidReason::Missing => Self::Missing,
            InvalidReason::TooLong => Self::TooLong,
            InvalidReason::Characters => Self::Characters,
        }
    }
}

impl ActReason {
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ActReason {
    type Err = InvalidReason;

    fn from_str(text: &str) -> Result<Self, InvalidReason> {
        let text = text.trim();
        if text.chars().any(char::is_control) {
            return Err(InvalidReason::Characters);
        }
        match text.chars().count() {
            0..SHORTEST => Err(InvalidReason::Missing),
            SHORTEST..=LONGEST => Ok(Self(text.to_owned())),
            _ => Err(InvalidReason::TooLong),
        }
    }
}

impl TryFrom<String> for ActReason {
    type Error = InvalidReason;

    fn try_from(text: String) -> Result<Self, InvalidReason> {
        text.parse()
    }
}

impl From<ActReason> for String {
    fn from(reason: ActReason) -> Self {
        reason.0
    }
}

impl fmt::Debug for ActReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ActReason(••••)")
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_three_characters_at_least_in_one_line() {
        let words = |text: &str| text.parse::<ActReason>();
        assert_eq!(words(" Ana ").map(String::from), Ok("Ana".to_owned()));
        assert_eq!(words(" A "), Err(InvalidReason::Missing));
        assert_eq!(words("cédula\nshown"), Err(InvalidReason::Characters));
        assert!(words(&"ñ".repeat(300)).is_ok());
        assert_eq!(words(&"ñ".repeat(301)), Err(InvalidReason::TooLong));
    }

    #[test]
    fn a_reason_is_not_shown_by_accident_and_says_which_rule_it_broke() {
        let reason = "Ana Paz showed her cédula".parse::<ActReason>().unwrap();
        assert!(!format!("{reason:?}").contains("Ana"));
        for broken in [
            InvalidReason::Missing,
            InvalidReason::TooLong,
            InvalidReason::Characters,
        ] {
            assert_eq!(FieldCode::of_message(&broken.to_string()), Some(broken.into()));
        }
    }
}
