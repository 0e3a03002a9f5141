//! Of which kinds a record holds the answer, and the made-up record of somebody whom nobody knows.
//!
//! Real records have gaps, and what is never asked shows them. Somebody unknown must have gaps as well, the same ones in
//! every set, and as often as real ones.

use super::{About, Bits, QuestionKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The kinds whose answer a record holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shape(BTreeSet<QuestionKind>);

impl Shape {
    /// A record that nobody has, drawn kind by kind. For as long as too few real ones have been seen to take a real one's
    /// gaps.
    pub fn made_up(bits: &mut Bits) -> Self {
        QuestionKind::ALL
            .iter()
            .copied()
            .filter(|kind| bits.below(100) < in_a_hundred(*kind))
            .collect()
    }

    /// Whether it holds the answer.
    pub fn has(&self, kind: QuestionKind) -> bool {
        self.0.contains(&kind)
    }

    /// The part that is about one of the two.
    pub fn about(&self, about: About) -> Self {
        self.0
            .iter()
            .copied()
            .filter(|kind| kind.about() == about)
            .collect()
    }

    /// Both parts together.
    pub fn with(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).copied().collect())
    }
}

impl FromIterator<QuestionKind> for Shape {
    fn from_iter<I: IntoIterator<Item = QuestionKind>>(kinds: I) -> Self {
        Self(kinds.into_iter().collect())
    }
}

/// Of how many records in a hundred the answer is expected to be known and askable.
const fn in_a_hundred(kind: QuestionKind) -> u64 {
    match kind {
        QuestionKind::BirthDate => 100,
        QuestionKind::RucIssueDate
        | QuestionKind::IncorporationDate
        | QuestionKind::HeadOfficeCanton
        | QuestionKind::MainActivity
        | QuestionKind::EmployerRegistrationDate => 97,
        QuestionKind::Birthplace | QuestionKind::FirstWorkerMonth | QuestionKind::AppointmentDate => 90,
        QuestionKind::WorkersInMonth | QuestionKind::DebitAccount => 85,
        QuestionKind::MarriageDate => 50,
        // Only streets that most towns have are asked.
        QuestionKind::PreviousAddress | QuestionKind::EmployerPreviousAddress => 40,
        QuestionKind::BranchCount => 15,
    }
}
