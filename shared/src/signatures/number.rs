//! The numbers of a case: which of its requests, and what to quote when it was referred to a person.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// Which of a case's requests: the first one is 1, each renewal makes the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestNumber(u16);

impl RequestNumber {
    /// The first request.
    pub const FIRST: Self = Self(1);

    /// The one after this; `None` after the last that can be counted.
    pub const fn next(self) -> Option<Self> {
        match self.0.checked_add(1) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// As a number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// Letters and digits that cannot be confused, read or heard, as in a case's reference, and with them 2, 6, 7 and 9.
const ALPHABET: &[u8; 25] = b"ACDEFGHJKMNPQRTVWXY234679";

/// How many of them a number has.
const LENGTH: usize = 6;

/// What somebody quotes whose request was referred to a person: `F-7K3M-2Q`. One of 244 million, drawn at random and used once:
/// it finds the row, and opens nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReferralNumber(String);

/// Text that is no such number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the number of a referral")]
pub struct InvalidNumber;

impl ReferralNumber {
    /// The number that these random bytes choose. Eight bytes make the choice uniform to one part in 10¹⁰.
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let mut rest = u64::from_le_bytes(bytes);
        let base = ALPHABET.len() as u64;
        let mut text = String::from("F-");
        for place in 0..LENGTH {
            if place == 4 {
                text.push('-');
            }
            let digit = usize::try_from(rest % base).unwrap_or(0);
            text.push(char::from(ALPHABET[digit]));
            rest /= base;
        }
        Self(text)
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReferralNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ReferralNumber {
    type Err = InvalidNumber;

    /// Reads a number as people type it: lower case is accepted, and so are blanks around it.
    fn from_str(text: &str) -> Result<Self, InvalidNumber> {
        let text = text.trim().to_ascii_uppercase();
        let known =
            |piece: &str, length| piece.len() == length && piece.bytes().all(|byte| ALPHABET.contains(&byte));
        let mut pieces = text.split('-');
        let valid = pieces.next() == Some("F")
            && pieces.next().is_some_and(|piece| known(piece, 4))
            && pieces.next().is_some_and(|piece| known(piece, 2))
            && pieces.next().is_none();
        if valid { Ok(Self(text)) } else { Err(InvalidNumber) }
    }
}

impl TryFrom<String> for ReferralNumber {
    type Error = InvalidNumber;

    fn try_from(text: String) -> Result<Self, InvalidNumber> {
        text.parse()
    }
}

impl From<ReferralNumber> for String {
    fn from(number: ReferralNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_make_a_number_that_reads_back() {
        for seed in 0..1000u64 {
            let bytes = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes();
            let number = ReferralNumber::from_random(bytes);
            assert_eq!(number.as_str().len(), 9);
            assert_eq!(
                format!(" {} ", number.to_string().to_lowercase()).parse(),
                Ok(number)
            );
        }
    }

    #[test]
    fn what_could_be_confused_is_no_number() {
        for text in [
            "",
            "F",
            "F-7K3M",
            "F-7K3M-2",
            "F-7K3M-2QQ",
            "F-7K3M-2Q-",
            "G-7K3M-2Q",
            "F-7K0M-2Q",
            "F-ÁK3M-2Q",
        ] {
            assert_eq!(text.parse::<ReferralNumber>(), Err(InvalidNumber), "{text}");
        }
    }

    #[test]
    fn requests_are_counted_from_one() {
        let second = RequestNumber::FIRST.next().unwrap();
        assert_eq!((RequestNumber::FIRST.get(), second.get()), (1, 2));
        assert_eq!(RequestNumber(u16::MAX).next(), None);
    }
}
