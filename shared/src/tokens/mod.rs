//! Bearer tokens: 256 random bits that open a link or a case.
//!
//! Invariants: a token is never stored, logged or put where `Debug` shows it; what is stored is a keyed digest of
//! [`Token::as_bytes`]. Its text is base64url without padding, 43 characters, and one text belongs to one token.
//!
//! 43 characters hold two bits more than a token has: its [`Mark`], by which whoever made it knows with which of their keys.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize as _, Zeroizing};

/// A token. Wiped when dropped, compared in constant time.
#[derive(Clone)]
pub struct Token {
    random: [u8; 32],
    mark: Mark,
}

/// Two bits that a token carries beside what is random: no secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark(u8);

impl Mark {
    /// How many there are.
    pub const COUNT: u32 = 4;

    /// The mark of a number: numbers that are [`Mark::COUNT`] apart have the same one.
    pub fn of(number: u32) -> Self {
        Self(u8::try_from(number % Self::COUNT).unwrap_or_default())
    }
}

/// A text that is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a token")]
pub struct MalformedToken;

impl Token {
    /// Characters of its text.
    pub const TEXT_LENGTH: usize = 43;

    /// From fresh random bytes, with the mark of 0.
    pub const fn new(random: [u8; 32]) -> Self {
        Self {
            random,
            mark: Mark(0),
        }
    }

    /// The same with another mark.
    #[must_use]
    pub fn with_mark(mut self, mark: Mark) -> Self {
        self.mark = mark;
        self
    }

    /// What is digested for storing and looking up.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.random
    }

    /// Its mark, as whoever shows it says.
    pub const fn mark(&self) -> Mark {
        self.mark
    }

    /// The text for the address or the cookie. The one way out: a token has no `Display`.
    pub fn to_text(&self) -> Zeroizing<String> {
        // The last character is made of four bits of the token and two of the mark: of a 33rd byte, its highest ones.
        let mut bytes = Zeroizing::new([0; 33]);
        let (random, last) = bytes.split_at_mut(32);
        random.copy_from_slice(&self.random);
        last.fill(self.mark.0 << 6);
        let mut text = Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()));
        text.truncate(Self::TEXT_LENGTH);
        text
    }
}

impl FromStr for Token {
    type Err = MalformedToken;

    /// Reads exactly the text that [`Token::to_text`] makes: another length, padding or another character is refused.
    fn from_str(text: &str) -> Result<Self, MalformedToken> {
        if text.len() != Self::TEXT_LENGTH {
            return Err(MalformedToken);
        }
        // A 44th character without a bit makes whole bytes of it.
        let mut whole = Zeroizing::new([b'A'; Self::TEXT_LENGTH + 1]);
        let shown = whole.get_mut(..Self::TEXT_LENGTH).ok_or(MalformedToken)?;
        shown.copy_from_slice(text.as_bytes());
        let mut bytes = Zeroizing::new([0; 33]);
        URL_SAFE_NO_PAD
            .decode_slice(whole.as_slice(), bytes.as_mut_slice())
            .map_err(|_| MalformedToken)?;
        let (random, last) = bytes.split_first_chunk::<32>().ok_or(MalformedToken)?;
        let mark = last.first().ok_or(MalformedToken)? >> 6;
        Ok(Self {
            random: *random,
            mark: Mark(mark),
        })
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        let same: bool = self.random.ct_eq(&other.random).into();
        same && self.mark == other.mark
    }
}

impl Eq for Token {}

impl Drop for Token {
    fn drop(&mut self) {
        self.random.zeroize();
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(••••)")
    }
}

/// Tokens cross the wire in bodies only; the body types say where.
impl Serialize for Token {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        let malformed = crate::api::FieldCode::Malformed.as_str();
        text.parse()
            .map_err(|MalformedToken| serde::de::Error::custom(malformed))
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_and_back(bytes in prop::array::uniform32(any::<u8>()), number in any::<u32>()) {
            let token = Token::new(bytes).with_mark(Mark::of(number));
            let text = token.to_text();
            prop_assert_eq!(text.parse::<Token>().map(|token| token.mark()), Ok(Mark::of(number)));
            prop_assert_eq!(text.len(), Token::TEXT_LENGTH);
            prop_assert!(text.parse::<Token>().as_ref() == Ok(&token));
            let shown = format!("{token:?}");
            prop_assert_eq!(shown, "Token(••••)");
        }

        #[test]
        fn no_text_panics_and_one_text_is_one_token(text in "[A-Za-z0-9_=+/-]{40,46}|.{0,60}") {
            if let Ok(token) = text.parse::<Token>() {
                let again = token.to_text();
                prop_assert_eq!(again.as_str(), text.as_str());
            }
        }
    }

    #[test]
    fn a_token_without_a_mark_is_plain_base64() {
        let token = Token::new([0xA5; 32]);
        assert_eq!(token.to_text().as_str(), URL_SAFE_NO_PAD.encode([0xA5; 32]));
        let marked = token.clone().with_mark(Mark::of(3));
        assert!(marked != token);
        assert_eq!(marked.as_bytes(), token.as_bytes());
        assert_eq!(marked.to_text()[..42], token.to_text()[..42]);
        assert!(
            marked.clone().with_mark(Mark::of(4)) == token,
            "a mark has two bits"
        );
    }

    #[test]
    fn padding_and_other_lengths_are_refused() {
        let zero = Token::new([0; 32]).to_text().to_string();
        assert!(zero.parse::<Token>().is_ok());
        for text in [
            format!("{}=", &zero[..42]),
            format!("{}ñ", &zero[..41]),
            format!("{zero}="),
            zero[..42].to_owned(),
            format!("{zero}A"),
            String::new(),
        ] {
            assert!(text.parse::<Token>().is_err(), "{text}");
        }
    }
}
