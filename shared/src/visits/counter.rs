//! The number of a counter, as it hangs above it.

use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// A counter of a centre: 1 to 99. Which ones a centre has, its row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u8, minimum = 1, maximum = 99))]
pub struct CounterNumber(u8);

/// A number that no counter has. It begins with the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("out_of_range")]
pub struct InvalidCounter;

impl From<InvalidCounter> for FieldCode {
    fn from(_: InvalidCounter) -> Self {
        Self::OutOfRange
    }
}

impl CounterNumber {
    /// As a number.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for CounterNumber {
    type Error = InvalidCounter;

    fn try_from(number: u8) -> Result<Self, InvalidCounter> {
        if (1..=99).contains(&number) {
            Ok(Self(number))
        } else {
            Err(InvalidCounter)
        }
    }
}

impl From<CounterNumber> for u8 {
    fn from(number: CounterNumber) -> Self {
        number.0
    }
}

impl FromStr for CounterNumber {
    type Err = InvalidCounter;

    fn from_str(text: &str) -> Result<Self, InvalidCounter> {
        text.trim().parse::<u8>().map_err(|_| InvalidCounter)?.try_into()
    }
}

impl fmt::Display for CounterNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_numbered_from_1_to_99() {
        for (number, exists) in [(0, false), (1, true), (99, true), (100, false)] {
            assert_eq!(CounterNumber::try_from(number).is_ok(), exists, "{number}");
            assert_eq!(number.to_string().parse::<CounterNumber>().is_ok(), exists);
        }
        for text in ["", "-1", "+", "1.0", "256"] {
            assert_eq!(text.parse::<CounterNumber>(), Err(InvalidCounter), "{text}");
        }
    }
}
