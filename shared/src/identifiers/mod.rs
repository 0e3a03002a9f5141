//! Who is meant: the numbers and addresses by which employers, persons, branches and rows are known.
//!
//! Words: a *RUC* is a taxpayer's 13 digits, a *cédula* a person's 10, a *household employer* is known by a cédula alone,
//! a *branch* is the four digits that complete an account's key. A [`Kind`] is what a RUC may belong to.
//!
//! Invariants: a value that exists is well formed; parsing ([`core::str::FromStr`], serde) takes what people paste
//! (spaces, dots, hyphens) and `Display` gives the canonical text, which parses to the same value. `Debug` is masked:
//! a natural person's number is personal data and stays out of logs. Deserialising fails with the text of a
//! [`FieldCode`], so that a server can name the field and the reason.
//!
//! What it does not do: it never decides whether somebody exists. That is the registries' business.

mod branch;
mod cedula;
mod digits;
mod email;
mod employer;
mod ids;
mod phone;
mod province;
mod representative;
mod ruc;
mod typing;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use branch::Branch;
pub use cedula::Cedula;
pub use email::{Email, MaskedEmail};
pub use employer::{EmployerIdentifier, RucReport};
pub use ids::{
    AccountId, AppointmentId, ApprovalId, CaseId, CentreId, ContactChangeId, DataRequestId, DelegateId,
    DocumentId, DossierId, EventId, InvalidId, LinkId, MessageId, SignatureId, StaffActId, StaffId, UnlockId,
    VisitId, version_7,
};
pub use phone::{MaskedPhone, Phone};
pub use province::Province;
pub use representative::{ForeignerCode, RepresentativeId};
pub use ruc::{Check, Kind, Kinds, Ruc};
pub use typing::{Progress, group, typed_own_representative};

use crate::api::FieldCode;

/// Why a text is not an identifier. Each reason has its [`FieldCode`], by which the page words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum InvalidIdentifier {
    /// There is nothing but separators.
    #[error("nothing was given")]
    Missing,
    /// It has the wrong number of digits or characters.
    #[error("wrong number of characters")]
    Length,
    /// It has characters other than 0 to 9 and separators.
    #[error("characters that are no digits")]
    NotDigits,
    /// It has digits of another script: full-width, Arabic, superscript and the like.
    #[error("digits of another script")]
    ForeignDigits,
    /// Its first two digits are no province.
    #[error("no such province")]
    Province,
    /// Its third digit belongs to no kind of number.
    #[error("third digit of no kind")]
    ThirdDigit,
    /// Its establishment is 000, or 0000 for a public body.
    #[error("no such establishment")]
    Suffix,
    /// It is 9999999999999, which stands for the anonymous final consumer.
    #[error("the final consumer is not a taxpayer")]
    FinalConsumer,
    /// The check digit of a cédula does not hold.
    #[error("check digit does not hold")]
    CheckDigit,
    /// It is not of the expected form.
    #[error("not of the expected form")]
    Malformed,
    /// It is longer than allowed.
    #[error("too long")]
    TooLong,
    /// It has characters that are not allowed.
    #[error("characters that are not allowed")]
    Characters,
}

impl From<InvalidIdentifier> for FieldCode {
    fn from(reason: InvalidIdentifier) -> Self {
        match reason {
            InvalidIdentifier::Missing => Self::Missing,
            InvalidIdentifier::Length => Self::Length,
            InvalidIdentifier::NotDigits => Self::NotDigits,
            InvalidIdentifier::ForeignDigits => Self::ForeignDigits,
            InvalidIdentifier::Province => Self::Province,
            InvalidIdentifier::ThirdDigit => Self::ThirdDigit,
            InvalidIdentifier::Suffix => Self::Suffix,
            InvalidIdentifier::FinalConsumer => Self::FinalConsumer,
            InvalidIdentifier::CheckDigit => Self::CheckDigit,
            InvalidIdentifier::Malformed => Self::Malformed,
            InvalidIdentifier::TooLong => Self::TooLong,
            InvalidIdentifier::Characters => Self::Characters,
        }
    }
}

/// Serde through `FromStr` and `Display`, and a `Debug` that shows only the masked form.
macro_rules! through_text {
    ($name:ident, $expecting:literal) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl serde::de::Visitor<'_> for Text {
                    type Value = $name;

                    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                        f.write_str($expecting)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse()
                            .map_err(|reason| E::custom($crate::api::FieldCode::from(reason).as_str()))
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.masked())
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::Object::builder()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some($expecting))
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    };
}
use through_text;
