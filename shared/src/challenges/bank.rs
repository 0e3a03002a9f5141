//! Which questions an employer's number leads to.

use super::QuestionKind;
use crate::identifiers::{EmployerIdentifier, Kind};

/// A bank of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bank {
    /// A company, or a foreigner without a cédula.
    Company,
    /// A public body: it was not incorporated, and the Superintendencia registers nobody for it.
    Public,
    /// A natural person or a household: the simplified bank.
    Person,
}

/// Whom a question is about: what is known of one tells nothing of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum About {
    /// The employer.
    Employer,
    /// The representative.
    Person,
}

impl Bank {
    /// Every bank.
    pub const ALL: &'static [Self] = &[Self::Company, Self::Public, Self::Person];

    /// The bank for an employer's number. Of a number that may be a public body or a person, the public body.
    pub fn of(employer: EmployerIdentifier) -> Self {
        let kinds = employer.kinds();
        if kinds.contains(Kind::Public) {
            Self::Public
        } else if kinds.contains(Kind::Company) {
            Self::Company
        } else {
            Self::Person
        }
    }

    /// The kinds that are drawn from first, each as likely as the others.
    pub const fn kinds(self) -> &'static [QuestionKind] {
        match self {
            Self::Company => &[
                QuestionKind::BirthDate,
                QuestionKind::Birthplace,
                QuestionKind::PreviousAddress,
                QuestionKind::MarriageDate,
                QuestionKind::RucIssueDate,
                QuestionKind::IncorporationDate,
                QuestionKind::HeadOfficeCanton,
                QuestionKind::MainActivity,
                QuestionKind::FirstWorkerMonth,
                QuestionKind::WorkersInMonth,
                QuestionKind::EmployerPreviousAddress,
                QuestionKind::BranchCount,
                QuestionKind::EmployerRegistrationDate,
                QuestionKind::AppointmentDate,
            ],
            Self::Public => &[
                QuestionKind::BirthDate,
                QuestionKind::Birthplace,
                QuestionKind::PreviousAddress,
                QuestionKind::MarriageDate,
                QuestionKind::RucIssueDate,
                QuestionKind::HeadOfficeCanton,
                QuestionKind::MainActivity,
                QuestionKind::FirstWorkerMonth,
                QuestionKind::WorkersInMonth,
                QuestionKind::EmployerPreviousAddress,
                QuestionKind::BranchCount,
                QuestionKind::EmployerRegistrationDate,
            ],
            Self::Person => &[QuestionKind::BirthDate, QuestionKind::DebitAccount],
        }
    }

    /// The kinds that fill a set up when the bank has fewer than the policy asks. They are about the person, who is the
    /// employer here, and known of nearly everybody.
    pub const fn fillers(self) -> &'static [QuestionKind] {
        match self {
            Self::Company | Self::Public => &[],
            Self::Person => &[QuestionKind::Birthplace, QuestionKind::PreviousAddress],
        }
    }

    /// Every kind that somebody with such a number may be asked.
    pub fn all(self) -> impl Iterator<Item = QuestionKind> {
        self.kinds().iter().chain(self.fillers()).copied()
    }
}

impl QuestionKind {
    /// Whom it is about.
    pub const fn about(self) -> About {
        match self {
            Self::BirthDate | Self::Birthplace | Self::PreviousAddress | Self::MarriageDate => About::Person,
            Self::RucIssueDate
            | Self::IncorporationDate
            | Self::HeadOfficeCanton
            | Self::MainActivity
            | Self::FirstWorkerMonth
            | Self::WorkersInMonth
            | Self::EmployerPreviousAddress
            | Self::BranchCount
            | Self::EmployerRegistrationDate
            | Self::DebitAccount
            | Self::AppointmentDate => About::Employer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registries::Registry;
    use std::collections::BTreeSet;

    #[test]
    fn the_number_typed_decides_the_bank() {
        let bank = |text: &str| Bank::of(text.parse::<EmployerIdentifier>().unwrap());
        assert_eq!(bank("1790016919001"), Bank::Company);
        assert_eq!(bank("1760001550001"), Bank::Public);
        assert_eq!(bank("1710034065001"), Bank::Person);
        assert_eq!(bank("1710034065"), Bank::Person);
    }

    #[test]
    fn the_banks_are_as_large_as_promised_and_hold_every_kind() {
        for (bank, least) in [(Bank::Company, 14), (Bank::Public, 12), (Bank::Person, 4)] {
            let kinds: BTreeSet<_> = bank.all().collect();
            assert_eq!(kinds.len(), bank.all().count());
            assert!(kinds.len() >= least, "{bank:?}");
        }
        let all: BTreeSet<_> = Bank::ALL.iter().flat_map(|bank| bank.all()).collect();
        assert_eq!(all, QuestionKind::ALL.iter().copied().collect());
        let sources: BTreeSet<_> = Bank::Company.all().map(QuestionKind::source).collect();
        assert_eq!(sources, Registry::ALL.iter().copied().collect());
    }
}
