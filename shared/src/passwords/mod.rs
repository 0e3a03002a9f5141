//! The rules of the "clave de empleador".
//!
//! Words: [`Rules`] are the policy's numbers; a [`Violation`] is a rule that a password breaks; [`Personal`] is what must
//! not be in it; the [`Checklist`] is what the page ticks while typing; a [`Strength`] is how hard it is to guess.
//!
//! Invariants: both policy profiles run this same code with other numbers; all violations are told at once, in the
//! order of [`Violation`]; length counts graphemes, what a person sees as one character.
//!
//! What it does not do: it does not know earlier passwords (the server compares hashes) and holds no list of leaked
//! ones (whoever judges brings a [`LeakedList`]).

mod checklist;
mod fold;
mod graphemes;
mod personal;
mod runs;
mod strength;
mod words;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use checklist::{Checklist, Mark, Requirement};
pub use personal::Personal;
pub use strength::{Advice, InvalidScore, Score, Strength};

#[cfg(feature = "strength")]
pub use strength::estimate;

use serde::{Deserialize, Serialize};

/// The rules as numbers; both policy profiles are this type with other values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rules {
    /// Fewest graphemes.
    pub min_length: u8,
    /// Most graphemes.
    pub max_length: u8,
    /// At least one upper case letter, lower case letter, digit and special character.
    pub composition: bool,
    /// Shortest piece of a name, identifier or e-mail that counts as contained, in characters; 0 turns the rule off.
    pub personal_piece: u8,
    /// Shortest run such as 1234, abcd, qwer or 1111, forwards or backwards; 0 turns the rule off.
    pub run: u8,
    /// Lowest zxcvbn score, 0 to 4.
    pub min_score: u8,
    /// How many earlier passwords may not come back.
    pub history: u8,
}

/// A rule that a password breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Violation {
    /// Fewer graphemes than the least.
    TooShort,
    /// More graphemes than the most.
    TooLong,
    /// No upper case letter.
    NoUpperCase,
    /// No lower case letter.
    NoLowerCase,
    /// No digit.
    NoDigit,
    /// No special character.
    NoSpecial,
    /// Contains a piece of the RUC, cédula, names, company name or e-mail.
    Personal,
    /// Contains a run such as 1234.
    Run,
    /// Too easy to guess.
    Weak,
    /// One of the last ones.
    Reused,
    /// In the list of leaked passwords.
    Leaked,
}

impl Violation {
    /// Every one, in the order in which they are told.
    pub const ALL: &'static [Self] = &[
        Self::TooShort,
        Self::TooLong,
        Self::NoUpperCase,
        Self::NoLowerCase,
        Self::NoDigit,
        Self::NoSpecial,
        Self::Personal,
        Self::Run,
        Self::Weak,
        Self::Reused,
        Self::Leaked,
    ];

    /// The word for machines, as in bodies: `too_short`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::NoUpperCase => "no_upper_case",
            Self::NoLowerCase => "no_lower_case",
            Self::NoDigit => "no_digit",
            Self::NoSpecial => "no_special",
            Self::Personal => "personal",
            Self::Run => "run",
            Self::Weak => "weak",
            Self::Reused => "reused",
            Self::Leaked => "leaked",
        }
    }
}

/// A list of passwords that are known to attackers.
pub trait LeakedList {
    /// Whether it has this password. It may err on the side of yes, as filters do.
    fn has(&self, password: &str) -> bool;
}

impl<F: Fn(&str) -> bool> LeakedList for F {
    fn has(&self, password: &str) -> bool {
        self(password)
    }
}

/// Bytes that one grapheme may take at most, on average: enough for any writing system and most emoji, and too little
/// to smuggle a book in as twelve characters.
const GRAPHEME_BYTES: usize = 32;

impl Rules {
    /// What a password breaks of the rules that need nothing but its text: fast enough for every keystroke.
    /// [`Violation::Weak`], `Reused` and `Leaked` are not among them.
    pub fn violations(&self, password: &str, personal: &Personal) -> Vec<Violation> {
        let facts = Facts::of(password);
        let folded = fold::plain(password);
        let composition = |has: bool| self.composition && !has;
        [
            (
                facts.graphemes < usize::from(self.min_length),
                Violation::TooShort,
            ),
            (self.is_too_long(password, &facts), Violation::TooLong),
            (composition(facts.upper), Violation::NoUpperCase),
            (composition(facts.lower), Violation::NoLowerCase),
            (composition(facts.digit), Violation::NoDigit),
            (composition(facts.special), Violation::NoSpecial),
            (personal.is_in(&folded, self.personal_piece), Violation::Personal),
            (runs::has_run(&folded, self.run), Violation::Run),
        ]
        .into_iter()
        .filter_map(|(broken, violation)| broken.then_some(violation))
        .collect()
    }

    /// What a password breaks of all rules but the history's, in order. The same on the server and in the worker.
    #[cfg(feature = "strength")]
    pub fn judge(&self, password: &str, personal: &Personal, leaked: &impl LeakedList) -> Vec<Violation> {
        let mut violations = self.violations(password, personal);
        if !estimate(password, personal).score.reaches(self) {
            violations.push(Violation::Weak);
        }
        if leaked.has(password) {
            violations.push(Violation::Leaked);
        }
        violations
    }

    fn is_too_long(&self, password: &str, facts: &Facts) -> bool {
        let most = usize::from(self.max_length);
        facts.graphemes > most || password.len() > most * GRAPHEME_BYTES
    }
}

/// What there is in a password.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent findings, not a state"
)]
struct Facts {
    graphemes: usize,
    upper: bool,
    lower: bool,
    digit: bool,
    special: bool,
}

impl Facts {
    fn of(password: &str) -> Self {
        let mut facts = Self {
            graphemes: 0,
            upper: false,
            lower: false,
            digit: false,
            special: false,
        };
        for character in graphemes::firsts(password) {
            facts.graphemes += 1;
            facts.upper |= character.is_uppercase();
            facts.lower |= character.is_lowercase();
            facts.digit |= character.is_ascii_digit();
            facts.special |= !character.is_alphanumeric();
        }
        facts
    }
}
