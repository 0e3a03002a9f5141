//! Bearer tokens: 256 random bits that open a link or a case.
//!
//! Invariants: a token is never stored, logged or put where `Debug` shows it; what is stored is a keyed digest of
//! [`Token::as_bytes`]. Its text is base64url without padding, 43 characters, and one text belongs to one token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq as _;
use zeroize::{Zeroize as _, Zeroizing};

/// A token. Wiped when dropped, compared in constant time.
#[derive(Clone)]
pub struct Token([u8; 32]);

/// A text that is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a token")]
pub struct MalformedToken;

impl Token {
    /// Characters of its text.
    pub const TEXT_LENGTH: usize = 43;

    /// From fresh random bytes.
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// What is digested for storing and looking up.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The text for the address or the cookie. The one way out: a token has no `Display`.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl FromStr for Token {
    type Err = MalformedToken;

    /// Reads exactly the text that [`Token::to_text`] makes: another length, padding or loose last bits are refused.
    fn from_str(text: &str) -> Result<Self, MalformedToken> {
        if text.len() != Self::TEXT_LENGTH {
            return Err(MalformedToken);
        }
        let mut bytes = Zeroizing::new([0; 33]);
        let length = URL_SAFE_NO_PAD
            .decode_slice(text, bytes.as_mut_slice())
            .map_err(|_| MalformedToken)?;
        let token = bytes
            .get(..length)
            .and_then(|token| token.try_into().ok())
            .ok_or(MalformedToken)?;
        Ok(Self(token))
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Token {}

impl Drop for Token {
    fn drop(&mut self) {
        self.0.zeroize();
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
        fn text_and_back(bytes in prop::array::uniform32(any::<u8>())) {
            let token = Token::new(bytes);
            let text = token.to_text();
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
    fn loose_bits_and_padding_are_refused() {
        let zero = Token::new([0; 32]).to_text().to_string();
        assert!(zero.parse::<Token>().is_ok());
        let loose = format!("{}B", &zero[..42]);
        for text in [
            loose,
            format!("{zero}="),
            zero[..42].to_owned(),
            format!("{zero}A"),
            String::new(),
        ] {
            assert!(text.parse::<Token>().is_err(), "{text}");
        }
    }
}
