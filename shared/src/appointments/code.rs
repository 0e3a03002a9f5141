//! What somebody quotes to find an appointment.

use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// Letters and digits that cannot be confused, read or heard, as in the number of a referral.
const ALPHABET: &[u8; 25] = b"ACDEFGHJKMNPQRTVWXY234679";

/// How many of them a code has.
const LENGTH: usize = 6;

/// What stands before them: *turno*.
const PREFIX: &str = "T";

/// The code of an appointment: `T-7K3M-2Q`, on the page, in the mails, on the PDF and in its QR code. One of 244 million, drawn
/// at random. At the counter it finds the appointment; on the page only together with the representative's number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct AppointmentCode(String);

/// Text that is no such code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed: not the code of an appointment")]
pub struct InvalidCode;

impl From<InvalidCode> for FieldCode {
    fn from(_: InvalidCode) -> Self {
        Self::Malformed
    }
}

impl AppointmentCode {
    /// The code that these random bytes choose. Eight bytes make the choice uniform to one part in 10¹⁰.
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let mut rest = u64::from_le_bytes(bytes);
        let base = ALPHABET.len() as u64;
        let mut text = format!("{PREFIX}-");
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

impl fmt::Display for AppointmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AppointmentCode {
    type Err = InvalidCode;

    /// Reads a code as people type it: lower case, blanks instead of hyphens or nothing at all between the parts. The first letter is
    /// never left out: one forgotten at the end would read as another code.
    fn from_str(text: &str) -> Result<Self, InvalidCode> {
        let typed: String = text
            .chars()
            .filter(|character| !matches!(character, '-' | '‐' | '‑' | '–') && !character.is_whitespace())
            .map(|character| character.to_ascii_uppercase())
            .take(LENGTH + 2)
            .collect();
        let known =
            |letters: &str| letters.len() == LENGTH && letters.bytes().all(|byte| ALPHABET.contains(&byte));
        let letters = typed
            .strip_prefix(PREFIX)
            .filter(|rest| known(rest))
            .ok_or(InvalidCode)?;
        let (first, last) = letters.split_at(4);
        Ok(Self(format!("{PREFIX}-{first}-{last}")))
    }
}

impl TryFrom<String> for AppointmentCode {
    type Error = InvalidCode;

    fn try_from(text: String) -> Result<Self, InvalidCode> {
        text.parse()
    }
}

impl From<AppointmentCode> for String {
    fn from(code: AppointmentCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_make_a_code_that_reads_back_however_it_is_typed() {
        for seed in 0..1000u64 {
            let bytes = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes();
            let code = AppointmentCode::from_random(bytes);
            assert_eq!(code.as_str().len(), 9);
            let bare = code.as_str().replace('-', "");
            for typed in [
                code.to_string(),
                format!(" {} ", code.to_string().to_lowercase()),
                bare,
                code.as_str().replace('-', " "),
            ] {
                assert_eq!(typed.parse().as_ref(), Ok(&code), "{typed}");
            }
        }
    }

    #[test]
    fn what_could_be_confused_is_no_code() {
        for text in [
            "",
            "T",
            "T-7K3M",
            "T-7K3M-2",
            "T-7K3M-2QQ",
            "TT-7K3M-2Q",
            "F-7K3M-2Q",
            "T-7K0M-2Q",
            "T-ÁK3M-2Q",
        ] {
            assert_eq!(text.parse::<AppointmentCode>(), Err(InvalidCode), "{text}");
        }
    }
}
