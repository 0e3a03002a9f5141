//! The four characters by which people and staff recognise a case.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// Letters and digits that cannot be confused, read or heard: no 0 O, 1 I L, 8 B, 5 S, 2 Z, and no U (it reads as V).
const ALPHABET: &[u8; 21] = b"ACDEFGHJKMNPQRTVWXY34";

/// How many characters a reference has.
const LENGTH: usize = 4;

/// Four characters to recognise a case by: on the page, in the mail, on the telephone. Letters and digits that cannot
/// be confused (no 0 O 1 I L). Not a secret and not unique for ever.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct CaseReference(String);

/// Text that is no reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a case reference")]
pub struct InvalidReference;

impl CaseReference {
    /// The reference that these random bytes choose. Eight bytes make the choice uniform to one part in 10¹³.
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let mut rest = u64::from_le_bytes(bytes);
        let base = ALPHABET.len() as u64;
        let text = (0..LENGTH)
            .map(|_| {
                let digit = usize::try_from(rest % base).unwrap_or(0);
                rest /= base;
                char::from(ALPHABET[digit])
            })
            .collect();
        Self(text)
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaseReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CaseReference {
    type Err = InvalidReference;

    /// Reads a reference as people type it: lower case is accepted.
    fn from_str(text: &str) -> Result<Self, InvalidReference> {
        let text = text.trim().to_ascii_uppercase();
        let valid = text.len() == LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte));
        if valid {
            Ok(Self(text))
        } else {
            Err(InvalidReference)
        }
    }
}

impl TryFrom<String> for CaseReference {
    type Error = InvalidReference;

    fn try_from(text: String) -> Result<Self, InvalidReference> {
        text.parse()
    }
}

impl From<CaseReference> for String {
    fn from(reference: CaseReference) -> Self {
        reference.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_make_a_reference_that_reads_back() {
        for seed in 0..1000u64 {
            let bytes = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes();
            let reference = CaseReference::from_random(bytes);
            assert_eq!(reference.to_string().to_lowercase().parse(), Ok(reference));
        }
    }

    #[test]
    fn every_character_occurs_at_every_place() {
        let mut seen = [const { std::collections::BTreeSet::new() }; LENGTH];
        for seed in 0..2000u64 {
            let reference =
                CaseReference::from_random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes());
            for (place, character) in reference.as_str().chars().enumerate() {
                seen[place].insert(character);
            }
        }
        assert!(seen.iter().all(|characters| characters.len() == ALPHABET.len()));
    }

    #[test]
    fn what_could_be_confused_is_no_reference() {
        for text in ["", "ACD", "ACDEF", "AC0E", "ACIE", "ÁCDE", "AC E"] {
            assert_eq!(text.parse::<CaseReference>(), Err(InvalidReference), "{text}");
        }
    }
}
