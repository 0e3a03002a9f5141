//! The branch ("sucursal") that completes an account's key.

use super::InvalidIdentifier;
use super::digits::{self, Digits};
use core::fmt;
use core::str::FromStr;

/// Four digits; `0001` unless told otherwise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Branch([u8; 4]);

impl Branch {
    /// The branch as it is: it tells nothing about a person.
    pub fn masked(self) -> String {
        self.to_string()
    }
}

impl Default for Branch {
    fn default() -> Self {
        Self([0, 0, 0, 1])
    }
}

impl FromStr for Branch {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        Digits::read(text)?.exactly().map(Self)
    }
}

impl fmt::Display for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&digits::text(&self.0))
    }
}

super::through_text!(Branch, "a branch of four digits");
