//! What the registries answer, each about one identifier.

use super::month::Month;
use crate::identifiers::{Branch, EmployerIdentifier, RepresentativeId, Ruc};
use crate::time::CivilDate;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// A taxpayer as the SRI knows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Taxpayer {
    /// The RUC.
    pub ruc: Ruc,
    /// The registered name: of a company, or surnames and given names.
    pub name: String,
    /// Whether it may act today.
    pub status: TaxpayerStatus,
    /// Natural person or legal entity; `None` where the source does not say.
    pub kind: Option<TaxpayerKind>,
    /// The day activities began. *Not* the day the RUC was issued.
    pub activities_started_on: Option<CivilDate>,
    /// The day the RUC was issued. The SRI's open files leave it out.
    pub ruc_issued_on: Option<CivilDate>,
    /// The day a legal entity was incorporated. The SRI's open files leave it out.
    pub incorporated_on: Option<CivilDate>,
    /// Where the head office is.
    pub head_office: Option<Place>,
    /// What the head office does, as the SRI codes it.
    pub main_activity: Option<ActivityCode>,
}

/// A taxpayer's state at the SRI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TaxpayerStatus {
    /// ACTIVO.
    Active,
    /// SUSPENDIDO: activities ended or paused.
    Suspended,
    /// PASIVO: the RUC is closed.
    Passive,
}

/// What a taxpayer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxpayerKind {
    /// PERSONA NATURAL.
    NaturalPerson,
    /// SOCIEDAD: companies, public bodies, associations.
    LegalEntity,
}

/// A word that a closed list does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a word of the list")]
pub struct UnknownWord;

/// A place, in the official spelling.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// The province's name.
    pub province: String,
    /// The canton's name. [`Canton::find`](super::Canton::find) knows how it is written on a page.
    pub canton: String,
}

/// The code of an activity in the national classification (CIIU 4): a section's letter and digits, `G4711` or finer. What
/// it stands for on a page says [`Activity::of`](super::Activity::of).
#[derive(Clone, PartialEq, Eq)]
pub struct ActivityCode(String);

/// A natural person as the Registro Civil knows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The cédula, or the foreigner's code.
    pub id: RepresentativeId,
    /// All given names.
    pub given_names: String,
    /// All surnames.
    pub surnames: String,
    /// The day of birth.
    pub birth_date: CivilDate,
    /// Where the person was born; `None` if abroad or not on record.
    pub birthplace: Option<Place>,
    /// The day of the marriage that stands today.
    pub married_on: Option<CivilDate>,
    /// Where the person lives. Never asked; it must not stand among the wrong choices.
    pub address: Option<Address>,
    /// Where the person lived before, newest first; may be empty.
    pub previous_addresses: Vec<Address>,
}

/// Who represents an employer *today*. A representative of the past has no appointment.
#[derive(Clone, PartialEq, Eq)]
pub struct Appointment {
    /// The employer.
    pub employer: EmployerIdentifier,
    /// The person. Of a natural person's RUC or a household, the person itself.
    pub representative: RepresentativeId,
    /// The day the appointment was registered.
    pub registered_on: Option<CivilDate>,
}

/// An employer in the records of the social security institute. The contacts (e-mail, telephone) are the account's:
/// the owner changes them there.
#[derive(Clone, PartialEq, Eq)]
pub struct EmployerRecord {
    /// RUC, or the cédula of a household employer.
    pub employer: EmployerIdentifier,
    /// The branch that this record is about.
    pub branch: Branch,
    /// The employer's name as the institute writes it.
    pub name: String,
    /// The person that the institute has on record for this branch.
    pub representative: RepresentativeId,
    /// The day the employer was registered at the institute.
    pub registered_on: Option<CivilDate>,
    /// The month for which the first worker was registered.
    pub first_worker_in: Option<Month>,
    /// Workers registered month by month, oldest first; may be empty.
    pub workers: Vec<WorkersInMonth>,
    /// How many branches the employer has at the institute, this one included.
    pub branches: Option<u32>,
    /// Where the employer is. Never asked; it must not stand among the wrong choices.
    pub address: Option<Address>,
    /// Where the employer was before, newest first; may be empty.
    pub previous_addresses: Vec<Address>,
    /// The account that the institute debits.
    pub debit_account: Option<DebitAccount>,
}

/// How many workers were registered in a month.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkersInMonth {
    /// The month.
    pub month: Month,
    /// How many.
    pub workers: u32,
}

/// A main street, without a number, and its canton. The number is left out on purpose: a choice that is to be
/// recognised among decoys must look like them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The street's name.
    pub street: String,
    /// The canton's name.
    pub canton: String,
}

/// The bank account that the institute debits, as far as anybody needs it.
#[derive(Clone, PartialEq, Eq)]
pub struct DebitAccount {
    /// The bank's name; see [`banks`](fn@super::banks).
    pub bank: String,
    /// The end of the account's number.
    pub last_four: LastFour,
}

/// Four ASCII digits.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LastFour(String);

impl TaxpayerStatus {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Passive => "passive",
        }
    }
}

impl FromStr for TaxpayerStatus {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        [Self::Active, Self::Suspended, Self::Passive]
            .into_iter()
            .find(|one| one.as_str() == text)
            .ok_or(UnknownWord)
    }
}

impl TaxpayerKind {
    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NaturalPerson => "natural_person",
            Self::LegalEntity => "legal_entity",
        }
    }
}

impl FromStr for TaxpayerKind {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        [Self::NaturalPerson, Self::LegalEntity]
            .into_iter()
            .find(|one| one.as_str() == text)
            .ok_or(UnknownWord)
    }
}

impl ActivityCode {
    /// The code, without dots.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A letter and two to nine digits; dots between them do not matter (`G4711.01`).
impl FromStr for ActivityCode {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let code: String = text.chars().filter(|one| *one != '.').collect();
        let digits = code.strip_prefix(|letter: char| letter.is_ascii_uppercase());
        match digits {
            Some(digits)
                if (2..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                Ok(Self(code))
            }
            Some(_) | None => Err(UnknownWord),
        }
    }
}

impl LastFour {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LastFour {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(UnknownWord)
        }
    }
}

impl TryFrom<String> for LastFour {
    type Error = UnknownWord;

    fn try_from(text: String) -> Result<Self, UnknownWord> {
        text.parse()
    }
}

impl From<LastFour> for String {
    fn from(digits: LastFour) -> Self {
        digits.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.street, self.canton)
    }
}

/// Records answer questions of identity, so `Debug` names the type and shows nothing of it.
macro_rules! concealed {
    ($($record:ident),+) => { $(
        impl fmt::Debug for $record {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($record), "(••••)"))
            }
        }
    )+ };
}
concealed!(
    Taxpayer,
    Place,
    ActivityCode,
    Person,
    Appointment,
    EmployerRecord,
    WorkersInMonth,
    Address,
    DebitAccount,
    LastFour
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_four_are_four_ascii_digits() {
        assert_eq!("0042".parse::<LastFour>().unwrap().as_str(), "0042");
        for bad in ["", "123", "12345", "12a4", "١٢٣٤", "１２３４"] {
            assert!(bad.parse::<LastFour>().is_err(), "{bad}");
        }
    }

    #[test]
    fn activity_codes_are_a_letter_and_digits() {
        for (good, plain) in [("G4711", "G4711"), ("G4711.01", "G471101"), ("A01", "A01")] {
            assert_eq!(good.parse::<ActivityCode>().unwrap().as_str(), plain);
        }
        for bad in [
            "",
            "G",
            "G4",
            "4711",
            "g4711",
            "GG471",
            "G47x1",
            "Ñ4711",
            "G1234567890",
            "G-47",
        ] {
            assert_eq!(bad.parse::<ActivityCode>(), Err(UnknownWord), "{bad}");
        }
    }

    #[test]
    fn stored_words_are_read_back() {
        for status in [
            TaxpayerStatus::Active,
            TaxpayerStatus::Suspended,
            TaxpayerStatus::Passive,
        ] {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        for kind in [TaxpayerKind::NaturalPerson, TaxpayerKind::LegalEntity] {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert_eq!("ACTIVO".parse::<TaxpayerStatus>(), Err(UnknownWord));
    }

    #[test]
    fn debug_shows_nothing_of_a_record() {
        let address = Address {
            street: "Av. Amazonas".to_owned(),
            canton: "Quito".to_owned(),
        };
        assert_eq!(format!("{address:?}"), "Address(••••)");
    }
}
