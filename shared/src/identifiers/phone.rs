//! Telephone numbers.

use super::InvalidIdentifier;
use super::digits::is_separator;
use core::fmt;
use core::str::FromStr;

/// A telephone number in international form (E.164): `+593991234567`.
///
/// Read with or without the country: `099 123 4567` and `(02) 234-5678` are Ecuador's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

/// A telephone number of which only the end can be read: `•••567`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MaskedPhone(String);

/// What stands for hidden digits, however many.
const HIDDEN: &str = "•••";

/// How many digits are shown.
const SHOWN: usize = 3;

impl Phone {
    /// Ecuador's country code.
    const ECUADOR: &'static str = "593";

    /// The last three digits, the rest hidden: `•••567`.
    pub fn masked(&self) -> MaskedPhone {
        let shown = self
            .0
            .get(self.0.len().saturating_sub(SHOWN)..)
            .unwrap_or_default();
        MaskedPhone(format!("{HIDDEN}{shown}"))
    }
}

impl FromStr for Phone {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        let mut typed = text
            .trim()
            .chars()
            .filter(|character| !is_separator(*character))
            .peekable();
        let international = typed.next_if_eq(&'+').is_some();
        let mut digits = String::new();
        for character in typed {
            match character {
                '0'..='9' if digits.len() < 15 => digits.push(character),
                '0'..='9' => return Err(InvalidIdentifier::Length),
                '(' | ')' | '/' => {}
                _ if character.is_numeric() => return Err(InvalidIdentifier::ForeignDigits),
                _ => return Err(InvalidIdentifier::NotDigits),
            }
        }
        if digits.is_empty() {
            return Err(InvalidIdentifier::Missing);
        }
        let national = if international {
            match digits.strip_prefix(Self::ECUADOR) {
                Some(rest) => rest,
                None if digits.starts_with('0') => return Err(InvalidIdentifier::Malformed),
                None if (8..=15).contains(&digits.len()) => return Ok(Self(format!("+{digits}"))),
                None => return Err(InvalidIdentifier::Length),
            }
        } else {
            digits.strip_prefix('0').ok_or(InvalidIdentifier::Malformed)?
        };
        // After the 0: mobiles are 9 and eight digits, fixed lines an area 2 to 7 and seven digits.
        let length = match national.bytes().next() {
            Some(b'9') => 9,
            Some(b'2'..=b'7') => 8,
            _ => return Err(InvalidIdentifier::Malformed),
        };
        if national.len() != length {
            return Err(InvalidIdentifier::Length);
        }
        Ok(Self(format!("+{}{national}", Self::ECUADOR)))
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

super::through_text!(Phone, "a telephone number");

impl MaskedPhone {
    /// Itself.
    pub fn masked(&self) -> &str {
        &self.0
    }
}

impl FromStr for MaskedPhone {
    type Err = InvalidIdentifier;

    /// Reads only what [`Phone::masked`] makes: nothing that shows more can become one.
    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        let shown = text.strip_prefix(HIDDEN).ok_or(InvalidIdentifier::Malformed)?;
        if shown.len() == SHOWN && shown.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidIdentifier::Malformed)
        }
    }
}

impl fmt::Display for MaskedPhone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

super::through_text!(MaskedPhone, "a masked telephone number");
