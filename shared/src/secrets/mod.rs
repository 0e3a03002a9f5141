//! Values that must not be seen: in memory wiped when dropped, in `Debug` hidden, compared in constant time.

use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// A secret value. It shows itself only through [`Secret::expose`], so that every use can be found by that word.
#[derive(Clone, Default)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes a value in.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for the one place that needs it.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize + AsRef<[u8]>> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_ref().ct_eq(other.0.as_ref()).into()
    }
}

impl<T: Zeroize + AsRef<[u8]>> Eq for Secret<T> {}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(••••)")
    }
}

impl From<&str> for Secret<String> {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

/// Secrets cross the wire in bodies only; the body types say where.
impl Serialize for Secret<String> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl<'de> Deserialize<'de> for Secret<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_itself_nowhere_but_on_the_wire() {
        let secret = Secret::from("Tz9#kUx2!q");
        assert_eq!(format!("{secret:?}"), "Secret(••••)");
        assert_eq!(
            format!("{:?}", Some(vec![secret.clone()])),
            "Some([Secret(••••)])"
        );
        let json = serde_json::to_string(&secret).unwrap();
        assert_eq!(json, "\"Tz9#kUx2!q\"");
        assert!(serde_json::from_str::<Secret<String>>(&json).unwrap() == secret);
    }

    #[test]
    fn secrets_of_different_length_differ() {
        assert!(Secret::from("a") != Secret::from("ab"));
        assert!(Secret::new([1u8; 32]) == Secret::new([1u8; 32]));
        assert!(Secret::new([1u8; 32]) != Secret::new([2u8; 32]));
    }
}
