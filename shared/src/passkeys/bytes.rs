//! Binary members of WebAuthn's JSON: base64url without padding, of a bounded length.

use crate::api::FieldCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// From one to `MAX` bytes. `Debug` shows only how many.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes<const MAX: usize>(Vec<u8>);

/// Why something is not such bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MalformedBytes {
    /// There are none.
    #[error("no bytes")]
    Missing,
    /// There are more than allowed.
    #[error("too many bytes")]
    TooLong,
    /// The text is not base64url without padding.
    #[error("not base64url")]
    Malformed,
}

impl<const MAX: usize> Bytes<MAX> {
    /// Takes bytes, for example those of an `ArrayBuffer`.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Result<Self, MalformedBytes> {
        let bytes = bytes.into();
        match bytes.len() {
            0 => Err(MalformedBytes::Missing),
            length if length > MAX => Err(MalformedBytes::TooLong),
            _ => Ok(Self(bytes)),
        }
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        &self.0
    }

    /// The text that stands in JSON.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }
}

impl<const MAX: usize> FromStr for Bytes<MAX> {
    type Err = MalformedBytes;

    fn from_str(text: &str) -> Result<Self, MalformedBytes> {
        // Four characters hold three bytes: what is longer is refused before it is decoded.
        if text.len() > MAX.div_ceil(3) * 4 {
            return Err(MalformedBytes::TooLong);
        }
        let bytes = URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| MalformedBytes::Malformed)?;
        Self::new(bytes)
    }
}

impl From<MalformedBytes> for FieldCode {
    fn from(reason: MalformedBytes) -> Self {
        match reason {
            MalformedBytes::Missing => Self::Missing,
            MalformedBytes::TooLong => Self::TooLong,
            MalformedBytes::Malformed => Self::Malformed,
        }
    }
}

impl<const MAX: usize> Serialize for Bytes<MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Bytes<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(|reason| serde::de::Error::custom(FieldCode::from(reason).as_str()))
    }
}

impl<const MAX: usize> fmt::Debug for Bytes<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.0.len())
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_and_back(bytes in prop::collection::vec(any::<u8>(), 1..=40)) {
            let bytes = Bytes::<40>::new(bytes).unwrap();
            prop_assert_eq!(bytes.to_text().parse::<Bytes<40>>(), Ok(bytes.clone()));
            prop_assert_eq!(format!("{bytes:?}"), format!("Bytes({})", bytes.as_slice().len()));
        }

        #[test]
        fn no_text_panics_and_one_text_is_one_value(text in "[A-Za-z0-9_=+/-]{0,12}|\\PC{0,60}") {
            if let Ok(bytes) = text.parse::<Bytes<8>>() {
                prop_assert_eq!(bytes.to_text(), text);
                prop_assert!(bytes.as_slice().len() <= 8);
            }
        }
    }

    #[test]
    fn one_byte_decides() {
        assert_eq!(Bytes::<4>::new([]), Err(MalformedBytes::Missing));
        assert!(Bytes::<4>::new([0; 1]).is_ok());
        assert!(Bytes::<4>::new([0; 4]).is_ok());
        assert_eq!(Bytes::<4>::new([0; 5]), Err(MalformedBytes::TooLong));
        assert!("AAAAAA".parse::<Bytes<4>>().is_ok());
        assert_eq!("AAAAAAA".parse::<Bytes<4>>(), Err(MalformedBytes::TooLong));
        assert_eq!("".parse::<Bytes<4>>(), Err(MalformedBytes::Missing));
        assert_eq!("AA==".parse::<Bytes<4>>(), Err(MalformedBytes::Malformed));
    }
}
