//! What the institute answers about an employer's obligations.

use crate::identifiers::{Branch, EmployerIdentifier};
use crate::registries::{Month, UnknownWord};
use crate::time::CivilDate;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// The obligations of one branch of an employer, as the institute counted them on a day.
#[derive(Clone, PartialEq, Eq)]
pub struct ObligationRecord {
    /// The employer.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// How the institute sees it.
    pub standing: Standing,
    /// What is owed, with interest; nothing where the institute does not say.
    pub debt: Option<Cents>,
    /// The oldest month that is not paid.
    pub unpaid_since: Option<Month>,
    /// The day of the count; nothing where the institute does not say.
    pub counted_on: Option<CivilDate>,
}

/// How the institute sees an employer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ObligationStanding))]
pub enum Standing {
    /// Al día: nothing is overdue.
    UpToDate,
    /// En mora: something is overdue.
    Late,
    /// En convenio: what was overdue is paid by an agreement.
    Agreement,
}

/// An amount in cents of US dollars, Ecuador's money.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cents(u64);

/// Text that is not an amount of the form `1234.56`, or more than ten thousand million dollars.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of the form 1234.56")]
pub struct InvalidCents;

impl Standing {
    /// The word in the database and in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UpToDate => "up_to_date",
            Self::Late => "late",
            Self::Agreement => "agreement",
        }
    }
}

impl FromStr for Standing {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        [Self::UpToDate, Self::Late, Self::Agreement]
            .into_iter()
            .find(|one| one.as_str() == text)
            .ok_or(UnknownWord)
    }
}

impl Cents {
    /// The most there can be: what is more is a mistake.
    const MOST: u64 = 1_000_000_000_000;

    /// So many cents.
    pub const fn new(cents: u64) -> Result<Self, InvalidCents> {
        if cents <= Self::MOST {
            Ok(Self(cents))
        } else {
            Err(InvalidCents)
        }
    }

    /// The number of cents.
    pub const fn count(self) -> u64 {
        self.0
    }
}

impl FromStr for Cents {
    type Err = InvalidCents;

    /// Dollars, a point, and one or two digits; the point and what follows may be missing.
    fn from_str(text: &str) -> Result<Self, InvalidCents> {
        let (dollars, rest) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(dollars, 11) || !digits(rest, 2) {
            return Err(InvalidCents);
        }
        let dollars: u64 = dollars.parse().map_err(|_| InvalidCents)?;
        let cents: u64 = format!("{rest:0<2}").parse().map_err(|_| InvalidCents)?;
        Self::new(dollars * 100 + cents)
    }
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// What somebody owes is nobody else's business.
impl fmt::Debug for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cents(••••)")
    }
}

impl fmt::Debug for ObligationRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ObligationRecord(••••)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_dollars_and_cents() {
        for (text, cents) in [
            ("0", 0),
            ("12", 1200),
            ("12.5", 1250),
            ("12.05", 1205),
            ("10000000000", Cents::MOST),
        ] {
            assert_eq!(text.parse::<Cents>().map(Cents::count), Ok(cents), "{text}");
        }
        for bad in [
            "",
            ".",
            "1.",
            ".5",
            "1.234",
            "-1",
            "+1",
            "1,5",
            "1e3",
            "10000000000.01",
            "١",
            " 1",
            "999999999999",
        ] {
            assert_eq!(bad.parse::<Cents>(), Err(InvalidCents), "{bad}");
        }
        assert_eq!("7.5".parse::<Cents>().unwrap().to_string(), "7.50");
        assert_eq!(format!("{:?}", Cents(750)), "Cents(••••)");
    }

    #[test]
    fn standings_are_read_as_they_are_written() {
        for standing in [Standing::UpToDate, Standing::Late, Standing::Agreement] {
            assert_eq!(standing.as_str().parse(), Ok(standing));
        }
        assert_eq!("mora".parse::<Standing>(), Err(UnknownWord));
    }
}
