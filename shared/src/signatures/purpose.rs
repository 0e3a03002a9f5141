//! What a signed request is to bring.

use crate::api::FieldCode;
use crate::contacts::ContactKind;
use crate::identifiers::{Email, InvalidIdentifier, Phone};
use serde::{Deserialize, Serialize};

/// What somebody asks for with a signed request.
///
/// On the wire: `{"kind": "recovery"}`, `{"kind": "unlock"}`, `{"kind": "email", "value": "…"}` or
/// `{"kind": "phone", "value": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case", try_from = "Flat")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Purpose {
    /// A new password.
    Recovery,
    /// Lifting a block.
    Unlock,
    /// Another registered mailbox.
    Email(Email),
    /// Another registered telephone.
    Phone(Phone),
}

/// The same without what it brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PurposeName {
    /// A new password.
    Recovery,
    /// Lifting a block.
    Unlock,
    /// Another registered mailbox.
    Email,
    /// Another registered telephone.
    Phone,
}

impl Purpose {
    /// Its name.
    pub const fn name(&self) -> PurposeName {
        match self {
            Self::Recovery => PurposeName::Recovery,
            Self::Unlock => PurposeName::Unlock,
            Self::Email(_) => PurposeName::Email,
            Self::Phone(_) => PurposeName::Phone,
        }
    }

    /// Which contact it changes, if it does.
    pub const fn contact(&self) -> Option<ContactKind> {
        match self {
            Self::Recovery | Self::Unlock => None,
            Self::Email(_) => Some(ContactKind::Email),
            Self::Phone(_) => Some(ContactKind::Phone),
        }
    }

    /// The new contact, masked.
    pub fn masked(&self) -> Option<String> {
        match self {
            Self::Recovery | Self::Unlock => None,
            Self::Email(email) => Some(email.masked().to_string()),
            Self::Phone(phone) => Some(phone.masked().to_string()),
        }
    }
}

/// How [`Purpose`] is read; see `recovery/flat.rs` for why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Flat {
    kind: PurposeName,
    value: Option<String>,
}

/// Fails with the text of a code, as all our types do.
impl TryFrom<Flat> for Purpose {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, &'static str> {
        let purpose = match (flat.kind, flat.value) {
            (PurposeName::Recovery, None) => Ok(Self::Recovery),
            (PurposeName::Unlock, None) => Ok(Self::Unlock),
            (PurposeName::Email, Some(value)) => value.parse().map(Self::Email),
            (PurposeName::Phone, Some(value)) => value.parse().map(Self::Phone),
            (PurposeName::Email | PurposeName::Phone, None) => Err(InvalidIdentifier::Missing),
            (PurposeName::Recovery | PurposeName::Unlock, Some(_)) => Err(InvalidIdentifier::Malformed),
        };
        purpose.map_err(|reason| FieldCode::from(reason).as_str())
    }
}
