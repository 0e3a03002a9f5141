//! The rules as a list to tick while typing.

use super::{Personal, Rules, Score, Violation};

/// A line of the checklist. Its numbers are in [`Rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Requirement {
    /// Between the fewest and the most characters.
    Length,
    /// An upper case letter.
    UpperCase,
    /// A lower case letter.
    LowerCase,
    /// A digit.
    Digit,
    /// A special character.
    Special,
    /// Nothing of names, numbers and addresses.
    NotPersonal,
    /// No run.
    NoRun,
    /// Hard enough to guess.
    Strong,
}

/// How a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Nothing can be said yet: nothing is typed, or the strength is being computed.
    Open,
    /// The password meets it.
    Met,
    /// The password breaks it.
    Broken,
}

/// The lines that these rules have, in the order to show, each with its mark. Earlier and leaked passwords are not
/// among them: only the server can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist(Vec<(Requirement, Mark)>);

impl Rules {
    /// The checklist for what is typed so far; `score` when the worker has estimated this very text.
    pub fn checklist(&self, password: &str, personal: &Personal, score: Option<Score>) -> Checklist {
        let violations = self.violations(password, personal);
        let lines = self.requirements().map(|requirement| {
            let mark = match requirement {
                _ if password.is_empty() => Mark::Open,
                Requirement::Strong => match score {
                    None => Mark::Open,
                    Some(score) if score.reaches(self) => Mark::Met,
                    Some(_) => Mark::Broken,
                },
                Requirement::Length
                | Requirement::UpperCase
                | Requirement::LowerCase
                | Requirement::Digit
                | Requirement::Special
                | Requirement::NotPersonal
                | Requirement::NoRun => {
                    let broken = violations.iter().any(|violation| violation.breaks(requirement));
                    if broken { Mark::Broken } else { Mark::Met }
                }
            };
            (requirement, mark)
        });
        Checklist(lines.collect())
    }

    /// The lines that these rules have.
    fn requirements(&self) -> impl Iterator<Item = Requirement> {
        [
            (true, Requirement::Length),
            (self.composition, Requirement::UpperCase),
            (self.composition, Requirement::LowerCase),
            (self.composition, Requirement::Digit),
            (self.composition, Requirement::Special),
            (self.personal_piece > 0, Requirement::NotPersonal),
            (self.run > 0, Requirement::NoRun),
            (self.min_score > 0, Requirement::Strong),
        ]
        .into_iter()
        .filter_map(|(applies, requirement)| applies.then_some(requirement))
    }
}

impl Checklist {
    /// The lines, in the order to show.
    pub fn lines(&self) -> &[(Requirement, Mark)] {
        &self.0
    }

    /// Whether every line is met: the moment to offer sending.
    pub fn is_met(&self) -> bool {
        self.0.iter().all(|(_, mark)| *mark == Mark::Met)
    }
}

impl Violation {
    /// Whether it is this line that it breaks.
    pub fn breaks(self, requirement: Requirement) -> bool {
        let broken = match self {
            Self::TooShort | Self::TooLong => Some(Requirement::Length),
            Self::NoUpperCase => Some(Requirement::UpperCase),
            Self::NoLowerCase => Some(Requirement::LowerCase),
            Self::NoDigit => Some(Requirement::Digit),
            Self::NoSpecial => Some(Requirement::Special),
            Self::Personal => Some(Requirement::NotPersonal),
            Self::Run => Some(Requirement::NoRun),
            Self::Weak => Some(Requirement::Strong),
            Self::Reused | Self::Leaked => None,
        };
        broken == Some(requirement)
    }
}
