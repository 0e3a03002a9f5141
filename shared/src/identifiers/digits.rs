//! Digits as people type and paste them, and the check-digit arithmetic over them.

use super::InvalidIdentifier;

/// The longest number there is here: a RUC.
const MOST: usize = 13;

/// Characters beyond which a text is refused unread. Separators included, nobody types as many.
const LONGEST_TEXT: usize = 64;

/// Up to 13 digits as values 0 to 9, without the separators they were typed with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    values: [u8; MOST],
    length: usize,
}

impl Digits {
    /// Reads digits; spaces, dots and hyphens between them mean nothing. More than 13 are [`InvalidIdentifier::Length`].
    pub(super) fn read(text: &str) -> Result<Self, InvalidIdentifier> {
        let mut digits = Self {
            values: [0; MOST],
            length: 0,
        };
        for (position, character) in text.chars().enumerate() {
            if position >= LONGEST_TEXT {
                return Err(InvalidIdentifier::Length);
            }
            if let Some(value) = character.to_digit(10) {
                if let Some(slot) = digits.values.get_mut(digits.length) {
                    *slot = u8::try_from(value).unwrap_or(0);
                }
                digits.length += 1;
            } else if !is_separator(character) {
                return Err(if character.is_numeric() {
                    InvalidIdentifier::ForeignDigits
                } else {
                    InvalidIdentifier::NotDigits
                });
            }
        }
        match digits.length {
            0 => Err(InvalidIdentifier::Missing),
            1..=MOST => Ok(digits),
            _ => Err(InvalidIdentifier::Length),
        }
    }

    /// The digits' values.
    pub(super) fn as_slice(&self) -> &[u8] {
        self.values.get(..self.length).unwrap_or_default()
    }

    /// Exactly `N` digits, or the reason why not.
    pub(super) fn exactly<const N: usize>(&self) -> Result<[u8; N], InvalidIdentifier> {
        self.as_slice().try_into().map_err(|_| InvalidIdentifier::Length)
    }
}

/// What may stand between digits: white space (also the kinds that word processors paste), dots, hyphens, and the
/// invisible marks that come along when a number is copied from a page or a mail.
pub(super) fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '.' | '-' | '\u{2010}'..='\u{2013}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}'
        )
}

/// Whether digit 10 is the check digit of digits 1–9 by modulus 10 (cédulas).
pub(super) fn holds_mod_10(number: &[u8]) -> bool {
    const WEIGHTS: [u8; 9] = [2, 1, 2, 1, 2, 1, 2, 1, 2];
    let (Some(digits), Some(check)) = (number.get(..9), number.get(9)) else {
        return false;
    };
    let sum: u8 = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| {
            let product = digit * weight;
            if product > 9 { product - 9 } else { product }
        })
        .sum();
    (10 - sum % 10) % 10 == *check
}

/// Whether digit 9 is the check digit of digits 1–8 by modulus 11 (public bodies).
pub(super) fn holds_public(number: &[u8]) -> bool {
    holds_mod_11(number, &[3, 2, 7, 6, 5, 4, 3, 2])
}

/// Whether digit 10 is the check digit of digits 1–9 by modulus 11 (companies).
pub(super) fn holds_company(number: &[u8]) -> bool {
    holds_mod_11(number, &[4, 3, 2, 7, 6, 5, 4, 3, 2])
}

/// The digit after the weighted ones is 0 if the sum's rest is 0, else 11 minus the rest; a rest of 1 has no digit.
fn holds_mod_11(number: &[u8], weights: &[u16]) -> bool {
    let (Some(digits), Some(check)) = (number.get(..weights.len()), number.get(weights.len())) else {
        return false;
    };
    let sum: u16 = digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| u16::from(*digit) * weight)
        .sum();
    (11 - sum % 11) % 11 == u16::from(*check)
}

/// Digits as text.
pub(super) fn text(digits: &[u8]) -> String {
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}
