//! The end of the chain of events, as people copy it and keep it elsewhere.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// The end of the chain at some moment: written as `<sequence>:<seal in 64 hexadecimal digits>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Head {
    /// The number of the last sealed event; 0 for an empty chain.
    pub sequence: i64,
    /// Its seal; zeros for an empty chain.
    pub seal: [u8; 32],
}

/// Not `<sequence>:<64 hexadecimal digits>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a head is written <sequence>:<64 hexadecimal digits>")]
pub struct InvalidHead;

impl Head {
    /// The head of a chain without events.
    pub const EMPTY: Self = Self {
        sequence: 0,
        seal: [0; 32],
    };
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.sequence)?;
        self.seal.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Head {
    type Err = InvalidHead;

    fn from_str(text: &str) -> Result<Self, InvalidHead> {
        let (sequence, digits) = text.trim().split_once(':').ok_or(InvalidHead)?;
        let sequence = sequence
            .parse()
            .ok()
            .filter(|sequence| *sequence >= 0)
            .ok_or(InvalidHead)?;
        // The standard parser of numbers takes a sign for a digit.
        if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(InvalidHead);
        }
        let mut seal = [0; 32];
        for (byte, pair) in seal.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
            let pair = core::str::from_utf8(pair).map_err(|_| InvalidHead)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| InvalidHead)?;
        }
        Ok(Self { sequence, seal })
    }
}

impl TryFrom<String> for Head {
    type Error = InvalidHead;

    fn try_from(text: String) -> Result<Self, InvalidHead> {
        text.parse()
    }
}

impl From<Head> for String {
    fn from(head: Head) -> Self {
        head.to_string()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Head {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::Object::builder()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some(
                "the end of the chain: a place, a colon, and its seal in 64 hexadecimal digits",
            ))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Head {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_written_and_read() {
        let head = Head {
            sequence: 42,
            seal: [0xab; 32],
        };
        assert_eq!(head.to_string().parse(), Ok(head));
        assert_eq!(format!(" {head}\n").to_uppercase().parse(), Ok(head));
        for wrong in [
            "",
            "42",
            "-1:00",
            "x:00",
            &format!("1:{}", "é".repeat(32)),
            &format!("1:{}", "0".repeat(63)),
            &format!("1:{}+a", "0".repeat(62)),
        ] {
            assert_eq!(wrong.parse::<Head>(), Err(InvalidHead), "{wrong:?}");
        }
    }
}
