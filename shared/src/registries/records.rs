//! What the registries answer, each about one identifier.

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
    pub head_office: Option<HeadOffice>,
}

/// A taxpayer's state at the SRI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// The place of the first establishment, in the SRI's spelling.
#[derive(Clone, PartialEq, Eq)]
pub struct HeadOffice {
    /// The province's name.
    pub province: String,
    /// The canton's name. [`Canton::find`](super::Canton::find) knows how it is written on a page.
    pub canton: String,
}

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
    /// Workers registered month by month, oldest first; may be empty.
    pub workers: Vec<WorkersInMonth>,
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

/// A month of a year, `YYYY-MM` in text, between 1900 and 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: u16,
    month: u8,
}

/// Text that is not a month of the form `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month of the form YYYY-MM")]
pub struct InvalidMonth;

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

impl Month {
    /// The month `month` (1 to 12) of `year`.
    pub const fn new(year: u16, month: u8) -> Result<Self, InvalidMonth> {
        if year >= 1900 && year <= 2199 && month >= 1 && month <= 12 {
            Ok(Self { year, month })
        } else {
            Err(InvalidMonth)
        }
    }

    /// The calendar year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month of the year, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }
}

impl FromStr for Month {
    type Err = InvalidMonth;

    fn from_str(text: &str) -> Result<Self, InvalidMonth> {
        let (year, month) = text.split_once('-').ok_or(InvalidMonth)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(InvalidMonth);
        }
        Self::new(
            year.parse().map_err(|_| InvalidMonth)?,
            month.parse().map_err(|_| InvalidMonth)?,
        )
    }
}

impl TryFrom<String> for Month {
    type Error = InvalidMonth;

    fn try_from(text: String) -> Result<Self, InvalidMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
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
    HeadOffice,
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
    fn months_are_read_exactly() {
        for good in ["1900-01", "2026-12", "2199-09"] {
            assert_eq!(good.parse::<Month>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "2026",
            "2026-00",
            "2026-13",
            "1899-12",
            "2200-01",
            "2026-1",
            "+026-01",
            "2026-+1",
            "2026-01-01",
        ] {
            assert_eq!(bad.parse::<Month>(), Err(InvalidMonth), "{bad}");
        }
    }

    #[test]
    fn last_four_are_four_ascii_digits() {
        assert_eq!("0042".parse::<LastFour>().unwrap().as_str(), "0042");
        for bad in ["", "123", "12345", "12a4", "١٢٣٤", "１２３４"] {
            assert!(bad.parse::<LastFour>().is_err(), "{bad}");
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
