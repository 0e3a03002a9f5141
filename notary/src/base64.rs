//! Bytes as base64 in JSON: what the process of the notary and the server say to each other.

use crate::Unanswered;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(bytes))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map_err(|_| D::Error::custom("no base64"))
}

/// Bytes on their own.
#[derive(Serialize, Deserialize)]
struct Bytes(#[serde(with = "crate::base64")] Vec<u8>);

pub(crate) mod list {
    use super::Bytes;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(list: &[Vec<u8>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(list.iter().map(|bytes| Bytes(bytes.clone())))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<u8>>, D::Error> {
        let list = Vec::<Bytes>::deserialize(deserializer)?;
        Ok(list.into_iter().map(|Bytes(bytes)| bytes).collect())
    }
}

pub(crate) mod reply {
    use super::{Bytes, Unanswered};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Either {
        Bytes(Bytes),
        Unanswered(Unanswered),
    }

    pub(crate) fn serialize<S: Serializer>(
        reply: &Result<Vec<u8>, Unanswered>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match reply {
            Ok(bytes) => Either::Bytes(Bytes(bytes.clone())),
            Err(reason) => Either::Unanswered(*reason),
        }
        .serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Result<Vec<u8>, Unanswered>, D::Error> {
        Ok(match Either::deserialize(deserializer)? {
            Either::Bytes(Bytes(bytes)) => Ok(bytes),
            Either::Unanswered(reason) => Err(reason),
        })
    }
}
