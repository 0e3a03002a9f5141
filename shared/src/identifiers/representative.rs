//! The person who acts for an employer.

use super::digits::is_separator;
use super::{Cedula, InvalidIdentifier};
use core::fmt;
use core::str::FromStr;

/// The legal representative's number: a cédula, or the code that the institute gives to foreigners without one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepresentativeId {
    /// A cédula.
    Cedula(Cedula),
    /// A foreigner code.
    ForeignerCode(ForeignerCode),
}

/// The institute's code of a foreigner: 4 to 15 letters and digits, at least one of them a letter, in upper case.
///
/// No form of it is published. A letter is asked for because digits alone could not be told from a mistyped cédula.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ForeignerCode(String);

impl RepresentativeId {
    /// The first and last characters, the rest hidden.
    pub fn masked(&self) -> String {
        match self {
            Self::Cedula(cedula) => cedula.masked(),
            Self::ForeignerCode(code) => code.masked(),
        }
    }

    /// The cédula, if it is one.
    pub const fn cedula(&self) -> Option<Cedula> {
        match self {
            Self::Cedula(cedula) => Some(*cedula),
            Self::ForeignerCode(_) => None,
        }
    }
}

impl FromStr for RepresentativeId {
    type Err = InvalidIdentifier;

    /// With a Latin letter in it, it is read as a foreigner code, else as a cédula.
    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        if text.chars().any(|character| character.is_ascii_alphabetic()) {
            text.parse().map(Self::ForeignerCode)
        } else {
            text.parse().map(Self::Cedula)
        }
    }
}

impl fmt::Display for RepresentativeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cedula(cedula) => cedula.fmt(f),
            Self::ForeignerCode(code) => code.fmt(f),
        }
    }
}

super::through_text!(RepresentativeId, "a cédula or a foreigner code");

impl ForeignerCode {
    /// Fewest and most characters.
    const LENGTH: core::ops::RangeInclusive<usize> = 4..=15;

    /// The first character and the last, the rest hidden: `E•••••••7`.
    pub fn masked(&self) -> String {
        let mut characters = self.0.chars();
        let first = characters.next().unwrap_or('•');
        let last = characters.next_back().unwrap_or('•');
        format!("{first}•••••••{last}")
    }
}

impl FromStr for ForeignerCode {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        let mut code = String::new();
        for character in text.chars().filter(|character| !is_separator(*character)) {
            if !character.is_ascii_alphanumeric() {
                return Err(if character.is_numeric() {
                    InvalidIdentifier::ForeignDigits
                } else {
                    InvalidIdentifier::Characters
                });
            }
            if code.len() == *Self::LENGTH.end() {
                return Err(InvalidIdentifier::Length);
            }
            code.push(character.to_ascii_uppercase());
        }
        if code.is_empty() {
            return Err(InvalidIdentifier::Missing);
        }
        if !Self::LENGTH.contains(&code.len()) {
            return Err(InvalidIdentifier::Length);
        }
        if code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidIdentifier::Malformed);
        }
        Ok(Self(code))
    }
}

impl fmt::Display for ForeignerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

super::through_text!(ForeignerCode, "a foreigner code");
