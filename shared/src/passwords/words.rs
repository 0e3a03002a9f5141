//! The rules in words: which message says what, with the policy's numbers in it.

use super::{Requirement, Rules, Score, Violation};
use crate::i18n::Text;

impl Requirement {
    /// The line of the checklist.
    pub fn worded(self, rules: &Rules, text: Text) -> String {
        match self {
            Self::Length => text.passwords_requirement_length(rules.min_length, rules.max_length),
            Self::UpperCase => text.passwords_requirement_upper_case().to_owned(),
            Self::LowerCase => text.passwords_requirement_lower_case().to_owned(),
            Self::Digit => text.passwords_requirement_digit().to_owned(),
            Self::Special => text.passwords_requirement_special().to_owned(),
            Self::NotPersonal => text.passwords_requirement_not_personal().to_owned(),
            Self::NoRun => text.passwords_requirement_no_run().to_owned(),
            Self::Strong => text.passwords_requirement_strong().to_owned(),
        }
    }
}

impl Violation {
    /// The reason of a refusal.
    pub fn worded(self, rules: &Rules, text: Text) -> String {
        match self {
            Self::TooShort => text.passwords_violation_too_short(rules.min_length),
            Self::TooLong => text.passwords_violation_too_long(rules.max_length),
            Self::NoUpperCase => text.passwords_violation_no_upper_case().to_owned(),
            Self::NoLowerCase => text.passwords_violation_no_lower_case().to_owned(),
            Self::NoDigit => text.passwords_violation_no_digit().to_owned(),
            Self::NoSpecial => text.passwords_violation_no_special().to_owned(),
            Self::Personal => text.passwords_violation_personal(rules.personal_piece),
            Self::Run => text.passwords_violation_run(rules.run),
            Self::Weak => text.passwords_violation_weak().to_owned(),
            Self::Reused => text.passwords_violation_reused(rules.history),
            Self::Leaked => text.passwords_violation_leaked().to_owned(),
        }
    }
}

impl Score {
    /// The meter's word.
    pub fn worded(self, text: Text) -> &'static str {
        match self.get() {
            0 => text.passwords_score_0(),
            1 => text.passwords_score_1(),
            2 => text.passwords_score_2(),
            3 => text.passwords_score_3(),
            _ => text.passwords_score_4(),
        }
    }
}
