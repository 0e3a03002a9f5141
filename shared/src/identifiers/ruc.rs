//! The RUC: a taxpayer's thirteen digits, what it may belong to, and how far its check digit can be trusted.
//!
//! Since October 2021 the SRI issues numbers that satisfy no modulus 11: the running number took the digit's place. So
//! a check digit is reported, never a reason to refuse; and a digit that holds proves nothing about the kind.

use super::digits::{self, Digits};
use super::{Cedula, InvalidIdentifier, Province};
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// A well-formed RUC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ruc([u8; 13]);

/// What a number may belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A public body.
    Public,
    /// A natural person.
    Natural,
    /// A company, or a foreigner without a cédula.
    Company,
    /// A household employer, known by a cédula.
    Household,
}

/// The kinds that a number's form allows; never empty.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kinds(u8);

/// What the check digit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// It holds for each of the candidate kinds.
    Ok,
    /// It does not hold, which is common for numbers issued since 2021: it says nothing.
    Absent,
    /// It does not hold although natural persons' numbers have one: probably mistyped. A hint, not a refusal.
    Failed,
}

impl Ruc {
    /// From the values of its thirteen digits.
    pub(super) fn of(number: [u8; 13]) -> Result<Self, InvalidIdentifier> {
        if number == [9; 13] {
            return Err(InvalidIdentifier::FinalConsumer);
        }
        Province::of_digits(&number)?;
        let establishment = match number[2] {
            6 => &number[9..],
            0..=5 | 9 => &number[10..],
            _ => return Err(InvalidIdentifier::ThirdDigit),
        };
        if establishment.iter().all(|digit| *digit == 0) {
            return Err(InvalidIdentifier::Suffix);
        }
        Ok(Self(number))
    }

    /// The kinds it may be. With third digit 6 those whose check digit holds; if none does, all that the form allows.
    pub fn kinds(self) -> Kinds {
        self.judge().0
    }

    /// What its check digit says.
    pub fn check(self) -> Check {
        self.judge().1
    }

    /// Where it was first registered.
    pub fn province(self) -> Province {
        Province::of_digits(&self.0).unwrap_or(Province::Fifty)
    }

    /// The cédula in a natural person's RUC, if its check digit holds.
    pub fn cedula(self) -> Option<Cedula> {
        let mut number = [0; 10];
        number.copy_from_slice(&self.0[..10]);
        self.kinds()
            .contains(Kind::Natural)
            .then(|| Cedula::of(number).ok())
            .flatten()
    }

    /// The province and the last four digits, the rest hidden: `17•••••••0001`.
    pub fn masked(self) -> String {
        format!(
            "{}•••••••{}",
            digits::text(&self.0[..2]),
            digits::text(&self.0[9..])
        )
    }

    fn judge(self) -> (Kinds, Check) {
        match self.0[2] {
            6 => {
                // A foreigner's establishment is three digits long, a public body's four.
                let natural = self.0[10..] != [0; 3];
                let held = Kinds::when(digits::holds_public(&self.0), Kind::Public).and(Kinds::when(
                    natural && digits::holds_mod_10(&self.0),
                    Kind::Natural,
                ));
                if held == Kinds::NONE {
                    (
                        Kinds::just(Kind::Public).and(Kinds::when(natural, Kind::Natural)),
                        Check::Absent,
                    )
                } else {
                    (held, Check::Ok)
                }
            }
            9 => {
                let check = if digits::holds_company(&self.0) {
                    Check::Ok
                } else {
                    Check::Absent
                };
                (Kinds::just(Kind::Company), check)
            }
            _ => {
                let check = if digits::holds_mod_10(&self.0) {
                    Check::Ok
                } else {
                    Check::Failed
                };
                (Kinds::just(Kind::Natural), check)
            }
        }
    }
}

impl FromStr for Ruc {
    type Err = InvalidIdentifier;

    fn from_str(text: &str) -> Result<Self, InvalidIdentifier> {
        Self::of(Digits::read(text)?.exactly()?)
    }
}

impl fmt::Display for Ruc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&digits::text(&self.0))
    }
}

super::through_text!(Ruc, "a RUC of thirteen digits");

impl Kind {
    /// Every kind, in the order in which they are listed.
    pub const ALL: &'static [Self] = &[Self::Public, Self::Natural, Self::Company, Self::Household];

    /// The word for machines: `public`, `natural`, `company`, `household`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Natural => "natural",
            Self::Company => "company",
            Self::Household => "household",
        }
    }
}

impl Kinds {
    const NONE: Self = Self(0);

    /// The set of one kind.
    pub(super) const fn just(kind: Kind) -> Self {
        Self(1 << kind as u8)
    }

    const fn when(holds: bool, kind: Kind) -> Self {
        if holds { Self::just(kind) } else { Self::NONE }
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `kind` is one of them.
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & Self::just(kind).0 != 0
    }

    /// The kinds, in the order of [`Kind::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }

    /// The kind, if there is no doubt.
    pub fn only(self) -> Option<Kind> {
        let mut kinds = self.iter();
        kinds.next().filter(|_| kinds.next().is_none())
    }
}

/// A comma list for machines: `public,natural`.
impl fmt::Display for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, kind) in self.iter().enumerate() {
            f.write_str(if position == 0 { "" } else { "," })?;
            f.write_str(kind.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kinds({self})")
    }
}

impl Check {
    /// The word for machines: `ok`, `absent`, `failed`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Absent => "absent",
            Self::Failed => "failed",
        }
    }
}
