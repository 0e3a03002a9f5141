//! The rules of the "clave de empleador". (The checks are being written; the types are settled.)

use serde::{Deserialize, Serialize};

/// The rules as numbers; both policy profiles are this type with other values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rules {
    /// Fewest graphemes.
    pub min_length: u8,
    /// Most graphemes.
    pub max_length: u8,
    /// At least one upper case letter, lower case letter, digit and special character.
    pub composition: bool,
    /// Shortest piece of a name, identifier or e-mail that counts as contained, in characters.
    pub personal_piece: u8,
    /// Shortest run such as 1234, abcd, qwer or 1111, forwards or backwards; 0 turns the rule off.
    pub run: u8,
    /// Lowest zxcvbn score, 0 to 4.
    pub min_score: u8,
    /// How many earlier passwords may not come back.
    pub history: u8,
}

/// A rule that a password breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Violation {
    /// Fewer graphemes than the least.
    TooShort,
    /// More graphemes than the most.
    TooLong,
    /// No upper case letter.
    NoUpperCase,
    /// No lower case letter.
    NoLowerCase,
    /// No digit.
    NoDigit,
    /// No special character.
    NoSpecial,
    /// Contains a piece of the RUC, cédula, names, company name or e-mail.
    Personal,
    /// Contains a run such as 1234.
    Run,
    /// Too easy to guess.
    Weak,
    /// One of the last ones.
    Reused,
    /// In the list of leaked passwords.
    Leaked,
}
