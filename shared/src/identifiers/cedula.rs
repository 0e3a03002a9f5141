//! The cédula: a person's ten digits.

use super::digits::{self, Digits};
use super::{InvalidIdentifier, Province};
use core::fmt;
use core::str::FromStr;

/// A cédula whose check digit holds. Third digit 0 to 5 for citizens, 6 for foreigners who have one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cedula([u8; 10]);

impl Cedula {
    /// From the values of its ten digits.
    pub(super) fn of(number: [u8; 10]) -> Result<Self, InvalidIdentifier> {
        Province::of_digits(&number)?;
        if number[2] > 6 {
            return Err(InvalidIdentifier::ThirdDigit);
        }
        if !digits::holds_mod_10(&number) {
            return Err(InvalidIdentifier::CheckDigit);
        }
        Ok(Self(number))
    }

    /// Where it was first registered.
    pub fn province(self) -> Province {
        Province::of_digits(&self.0).unwrap_or(Province::Fifty)
    }

    /// The province and the last digit, the rest hidden: `17•••••••3`.
    pub fn masked(self) -> String {
        format!("{}•••••••{}", digits::text(&self.0[..2]), self.0[9])
    }
}

impl FromStr for Cedula {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        Self::of(Digits::read(text)?.exactly()?)
    }
}

impl fmt::Display for Cedula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&digits::text(&self.0))
    }
}

super::through_text!(Cedula, "a cédula of ten digits");
