//! What somebody quotes at a counter, read as everything that it can be.

use crate::api::FieldCode;
use crate::appointments::AppointmentCode;
use crate::identifiers::{EmployerIdentifier, RepresentativeId};
use crate::recovery::CaseReference;
use crate::signatures::ReferralNumber;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// The longest text that is read: a RUC with blanks between all of its digits has room.
const LONGEST: usize = 40;

/// What a person quotes: the code of an appointment, a RUC, a cédula, a foreigner code, a case's reference or the number of a referral.
/// Some texts can be several of these; a search looks for all of them.
#[derive(Clone, PartialEq, Eq)]
pub struct SearchKey {
    text: String,
    /// The code of an appointment.
    pub appointment: Option<AppointmentCode>,
    /// A RUC, or the cédula of a household employer.
    pub employer: Option<EmployerIdentifier>,
    /// A cédula, or a foreigner code.
    pub representative: Option<RepresentativeId>,
    /// A case's reference.
    pub reference: Option<CaseReference>,
    /// The number of a referral.
    pub referral: Option<ReferralNumber>,
}

/// What a text can be read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Sought {
    /// The code of an appointment.
    Appointment,
    /// A RUC, or the cédula of a household employer.
    Employer,
    /// A cédula, or a foreigner code.
    Representative,
    /// A case's reference.
    Reference,
    /// The number of a referral.
    Referral,
}

/// A text by which nothing can be found. Each text is the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsearchable {
    /// There is nothing.
    #[error("missing")]
    Missing,
    /// It is longer than anything that people quote.
    #[error("too_long")]
    TooLong,
    /// It has the form of nothing that people quote.
    #[error("malformed")]
    Malformed,
}

impl From<Unsearchable> for FieldCode {
    fn from(reason: Unsearchable) -> Self {
        match reason {
            Unsearchable::Missing => Self::Missing,
            Unsearchable::TooLong => Self::TooLong,
            Unsearchable::Malformed => Self::Malformed,
        }
    }
}

impl SearchKey {
    /// What it is read as.
    pub fn sought(&self) -> Vec<Sought> {
        [
            (Sought::Appointment, self.appointment.is_some()),
            (Sought::Employer, self.employer.is_some()),
            (Sought::Representative, self.representative.is_some()),
            (Sought::Reference, self.reference.is_some()),
            (Sought::Referral, self.referral.is_some()),
        ]
        .into_iter()
        .filter_map(|(sought, is)| is.then_some(sought))
        .collect()
    }
}

impl FromStr for SearchKey {
    type Err = Unsearchable;

    fn from_str(text: &str) -> Result<Self, Unsearchable> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Unsearchable::Missing);
        }
        if text.chars().count() > LONGEST {
            return Err(Unsearchable::TooLong);
        }
        let key = Self {
            text: text.to_owned(),
            appointment: text.parse().ok(),
            employer: text.parse().ok(),
            representative: text.parse().ok(),
            reference: text.parse().ok(),
            referral: text.parse().ok(),
        };
        if key.sought().is_empty() {
            return Err(Unsearchable::Malformed);
        }
        Ok(key)
    }
}

/// What was typed.
impl fmt::Display for SearchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What was typed may name a person: only what it is read as is shown.
impl fmt::Debug for SearchKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SearchKey").field(&self.sought()).finish()
    }
}

impl Serialize for SearchKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SearchKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for SearchKey {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::Object::builder()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("what a person quotes at a counter"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for SearchKey {}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("1760013210001", &[Sought::Employer])]
    #[case(" 17 600 132 100 01 ", &[Sought::Employer])]
    #[case("1710034065", &[Sought::Employer, Sought::Representative])]
    #[case("E1234567X", &[Sought::Representative])]
    #[case("T-7K3M-2Q", &[Sought::Appointment])]
    #[case("F-7K3M-2Q", &[Sought::Referral])]
    fn a_text_is_read_as_all_that_it_can_be(#[case] text: &str, #[case] sought: &[Sought]) {
        let read = text.parse::<SearchKey>().unwrap().sought();
        for one in sought {
            assert!(read.contains(one), "{text}: {read:?}");
        }
    }

    #[test]
    fn four_letters_are_a_reference_and_may_be_a_foreigner_code() {
        let key: SearchKey = "acd4".parse().unwrap();
        assert!(key.sought().contains(&Sought::Reference));
        assert!(key.sought().contains(&Sought::Representative));
    }

    #[rstest]
    #[case("", Unsearchable::Missing)]
    #[case("   ", Unsearchable::Missing)]
    #[case("1712345678", Unsearchable::Malformed)]
    #[case("José Pérez", Unsearchable::Malformed)]
    #[case("%", Unsearchable::Malformed)]
    fn everything_else_is_refused(#[case] text: &str, #[case] reason: Unsearchable) {
        assert_eq!(text.parse::<SearchKey>().unwrap_err(), reason);
        assert_eq!(FieldCode::of_message(&reason.to_string()), Some(reason.into()));
    }

    #[test]
    fn forty_characters_are_read_and_one_more_are_not() {
        let padded = |count: usize| format!("1{}760013210001", " ".repeat(count));
        assert!(padded(27).parse::<SearchKey>().is_ok());
        assert_eq!(padded(28).parse::<SearchKey>(), Err(Unsearchable::TooLong));
    }

    #[test]
    fn debug_shows_no_number() {
        let key: SearchKey = "1710034065".parse().unwrap();
        assert!(!format!("{key:?}").contains("1710034065"));
    }
}
