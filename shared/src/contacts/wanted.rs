//! What a change is to bring.

use crate::api::FieldCode;
use crate::identifiers::{Email, InvalidIdentifier, Phone};
use serde::{Deserialize, Serialize};

/// The kinds of contacts. An account has at most one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ContactKind {
    /// The mailbox.
    Email,
    /// The telephone.
    Phone,
}

/// What the account is to have once the change is applied.
///
/// On the wire: `{"kind": "email", "value": "…"}`, `{"kind": "phone", "value": "…"}` or `{"kind": "no_phone"}`. There is no word
/// for an account without an e-mail: links go there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case", try_from = "Flat")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Wanted {
    /// This mailbox.
    Email(Email),
    /// This telephone.
    Phone(Phone),
    /// No telephone any more.
    NoPhone,
}

impl Wanted {
    /// Which contact changes.
    pub const fn kind(&self) -> ContactKind {
        match self {
            Self::Email(_) => ContactKind::Email,
            Self::Phone(_) | Self::NoPhone => ContactKind::Phone,
        }
    }

    /// The new contact, masked; `None` for a removal.
    pub fn masked(&self) -> Option<String> {
        match self {
            Self::Email(email) => Some(email.masked().to_string()),
            Self::Phone(phone) => Some(phone.masked().to_string()),
            Self::NoPhone => None,
        }
    }
}

/// How [`Wanted`] is read; see `recovery/flat.rs` for why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Flat {
    kind: Name,
    value: Option<String>,
}

/// The names of what can be wanted.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Email,
    Phone,
    NoPhone,
}

/// Fails with the text of a code, as all our types do.
impl TryFrom<Flat> for Wanted {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, &'static str> {
        let wanted = match (flat.kind, flat.value) {
            (Name::Email, Some(email)) => email.parse().map(Self::Email),
            (Name::Phone, Some(phone)) => phone.parse().map(Self::Phone),
            (Name::NoPhone, None) => Ok(Self::NoPhone),
            (Name::Email | Name::Phone, None) => Err(InvalidIdentifier::Missing),
            (Name::NoPhone, Some(_)) => Err(InvalidIdentifier::Malformed),
        };
        wanted.map_err(|reason| FieldCode::from(reason).as_str())
    }
}
