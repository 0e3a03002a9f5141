//! The number by which an employer signs in: a RUC, or a household employer's cédula.

use super::digits::{self, Digits};
use super::{Cedula, Check, InvalidIdentifier, Kind, Kinds, Province, Ruc};
use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;

/// Who the account belongs to. Together with a [`super::Branch`] it is the account's key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EmployerIdentifier {
    /// A taxpayer.
    Ruc(Ruc),
    /// A household employer ("patrono de hogar").
    Household(Cedula),
}

impl EmployerIdentifier {
    /// The kinds it may be.
    pub fn kinds(self) -> Kinds {
        match self {
            Self::Ruc(ruc) => ruc.kinds(),
            Self::Household(_) => Kinds::just(Kind::Household),
        }
    }

    /// What the check digit says.
    pub fn check(self) -> Check {
        match self {
            Self::Ruc(ruc) => ruc.check(),
            Self::Household(_) => Check::Ok,
        }
    }

    /// Where the number was first registered.
    pub fn province(self) -> Province {
        match self {
            Self::Ruc(ruc) => ruc.province(),
            Self::Household(cedula) => cedula.province(),
        }
    }

    /// The cédula it is or contains.
    pub fn cedula(self) -> Option<Cedula> {
        match self {
            Self::Ruc(ruc) => ruc.cedula(),
            Self::Household(cedula) => Some(cedula),
        }
    }

    /// The cédula of the person who is the employer, and so acts for it: a household's, or a natural person's. `None` where
    /// the number may also be a company's or a public body's: then somebody has to be named.
    pub fn own_representative(self) -> Option<Cedula> {
        match self.kinds().only()? {
            Kind::Natural | Kind::Household => self.cedula(),
            Kind::Company | Kind::Public => None,
        }
    }

    /// The first and last digits, the rest hidden.
    pub fn masked(self) -> String {
        match self {
            Self::Ruc(ruc) => ruc.masked(),
            Self::Household(cedula) => cedula.masked(),
        }
    }

    /// From digits. Ten are a cédula. Thirteen that end in 000 read as a household employer if the first ten are a cédula
    /// and are not a public body's number, whose check digit stands at another place: such a number is a RUC with an
    /// establishment that does not exist.
    pub(super) fn of(typed: &Digits) -> Result<Self, InvalidIdentifier> {
        if let Ok(number) = typed.exactly::<10>() {
            return Cedula::of(number).map(Self::Household);
        }
        let number = typed.exactly::<13>()?;
        if number[10..] == [0; 3] {
            let mut first = [0; 10];
            first.copy_from_slice(&number[..10]);
            match (number[2], Cedula::of(first)) {
                (0..=5, cedula) => return cedula.map(Self::Household),
                (6, Ok(cedula)) if !digits::holds_public(&number) => return Ok(Self::Household(cedula)),
                _ => {}
            }
        }
        Ruc::of(number).map(Self::Ruc)
    }
}

impl FromStr for EmployerIdentifier {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        Self::of(&Digits::read(text)?)
    }
}

/// The RUC's thirteen digits or the cédula's ten.
impl fmt::Display for EmployerIdentifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ruc(ruc) => ruc.fmt(f),
            Self::Household(cedula) => cedula.fmt(f),
        }
    }
}

super::through_text!(EmployerIdentifier, "a RUC, or a household employer's cédula");

impl From<Ruc> for EmployerIdentifier {
    fn from(ruc: Ruc) -> Self {
        Self::Ruc(ruc)
    }
}

/// What can be said of a text in a RUC field, for lists that a program reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RucReport {
    /// It is a RUC, or a household employer written as cédula and 000.
    Valid {
        /// The candidates.
        kinds: Kinds,
        /// What the check digit says.
        check: Check,
    },
    /// It is none.
    Invalid(InvalidIdentifier),
}

impl RucReport {
    /// Looks at one text. Ten digits alone are a cédula, not a RUC.
    pub fn of(text: &str) -> Self {
        let read = Digits::read(text).and_then(|typed| {
            typed.exactly::<13>()?;
            EmployerIdentifier::of(&typed)
        });
        match read {
            Ok(employer) => Self::Valid {
                kinds: employer.kinds(),
                check: employer.check(),
            },
            Err(reason) => Self::Invalid(reason),
        }
    }
}

/// `valid|invalid`, kinds, check and reason, separated by tabs; the reason is a [`FieldCode`].
impl fmt::Display for RucReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Valid { kinds, check } => {
                let reason = match check {
                    Check::Failed => FieldCode::CheckDigit.as_str(),
                    Check::Ok | Check::Absent => "",
                };
                write!(f, "valid\t{kinds}\t{}\t{reason}", check.as_str())
            }
            Self::Invalid(reason) => write!(f, "invalid\t\t\t{}", FieldCode::from(*reason).as_str()),
        }
    }
}
