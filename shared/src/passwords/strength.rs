//! How hard a password is to guess, estimated by zxcvbn, and its advice as an enum.
//!
//! The types exist everywhere; the estimate is behind the feature `strength`, because its dictionaries weigh more than
//! the rest of the page together. The server and the strength worker ask for it.

use super::Rules;
use serde::{Deserialize, Serialize};

/// zxcvbn's score: 0 is guessed at once, 4 not before long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Score(u8);

/// A number that is no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a score is 0 to 4")]
pub struct InvalidScore;

/// What the estimate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    /// The score.
    pub score: Score,
    /// What to do about it, the most important first; empty when the score is 3 or more.
    pub advice: Vec<Advice>,
}

macro_rules! advice {
    ($($(#[$doc:meta])* $variant:ident $method:ident),+ $(,)?) => {
        /// What is wrong with a password, or how to make a better one. Worded in `locales/<language>/passwords.ftl`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Advice { $($(#[$doc])* $variant),+ }

        impl Advice {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The sentence in the page's language.
            pub fn worded(self, text: crate::i18n::Text) -> &'static str {
                match self { $(Self::$variant => text.$method()),+ }
            }
        }
    };
}

advice!(
    /// A row of keys.
    KeyRow passwords_advice_key_row,
    /// A short pattern on the keyboard.
    KeyPattern passwords_advice_key_pattern,
    /// One character again and again.
    RepeatedCharacter passwords_advice_repeated_character,
    /// A group of characters again and again.
    RepeatedGroup passwords_advice_repeated_group,
    /// One of the most common passwords of all.
    VeryCommon passwords_advice_very_common,
    /// A common password.
    Common passwords_advice_common,
    /// Like a common password.
    SimilarToCommon passwords_advice_similar_to_common,
    /// A sequence.
    Sequence passwords_advice_sequence,
    /// A recent year.
    RecentYear passwords_advice_recent_year,
    /// One word and nothing else.
    SingleWord passwords_advice_single_word,
    /// A date.
    Date passwords_advice_date,
    /// A name and nothing else.
    Name passwords_advice_name,
    /// Use some words that do not belong together.
    SeveralWords passwords_advice_several_words,
    /// Add a word that few people use.
    AnotherWord passwords_advice_another_word,
    /// Capitals at the beginning help little.
    Capitals passwords_advice_capitals,
    /// Words written backwards help little.
    Reversed passwords_advice_reversed,
    /// Signs instead of letters help little.
    Substitutions passwords_advice_substitutions,
    /// A longer pattern with more turns.
    LongerPattern passwords_advice_longer_pattern,
    /// No years and dates that belong to you.
    OwnDates passwords_advice_own_dates,
);

impl Score {
    /// A score of 0 to 4.
    pub const fn new(score: u8) -> Result<Self, InvalidScore> {
        if score <= 4 {
            Ok(Self(score))
        } else {
            Err(InvalidScore)
        }
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// Whether it is enough for the rules.
    pub const fn reaches(self, rules: &Rules) -> bool {
        self.0 >= rules.min_score
    }
}

impl TryFrom<u8> for Score {
    type Error = InvalidScore;

    fn try_from(score: u8) -> Result<Self, InvalidScore> {
        Self::new(score)
    }
}

impl From<Score> for u8 {
    fn from(score: Score) -> Self {
        score.0
    }
}

/// How hard a password is to guess for somebody who knows the person.
///
/// The estimate's work grows fast with the length, so it looks at the first 64 characters only.
#[cfg(feature = "strength")]
pub fn estimate(password: &str, personal: &super::Personal) -> Strength {
    let end = password
        .char_indices()
        .nth(64)
        .map_or(password.len(), |(end, _)| end);
    let entropy = zxcvbn::zxcvbn(password.get(..end).unwrap_or(password), &personal.words());
    let mut advice = Vec::new();
    if let Some(feedback) = entropy.feedback() {
        advice.extend(feedback.warning().map(of_warning));
        advice.extend(feedback.suggestions().iter().copied().filter_map(of_suggestion));
        let mut told = Vec::new();
        advice.retain(|one| {
            !told.contains(one) && {
                told.push(*one);
                true
            }
        });
    }
    Strength {
        score: Score(u8::from(entropy.score()).min(4)),
        advice,
    }
}

#[cfg(feature = "strength")]
const fn of_warning(warning: zxcvbn::feedback::Warning) -> Advice {
    use zxcvbn::feedback::Warning as W;
    match warning {
        W::StraightRowsOfKeysAreEasyToGuess => Advice::KeyRow,
        W::ShortKeyboardPatternsAreEasyToGuess => Advice::KeyPattern,
        W::RepeatsLikeAaaAreEasyToGuess => Advice::RepeatedCharacter,
        W::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Advice::RepeatedGroup,
        W::ThisIsATop10Password | W::ThisIsATop100Password => Advice::VeryCommon,
        W::ThisIsACommonPassword => Advice::Common,
        W::ThisIsSimilarToACommonlyUsedPassword => Advice::SimilarToCommon,
        W::SequencesLikeAbcAreEasyToGuess => Advice::Sequence,
        W::RecentYearsAreEasyToGuess => Advice::RecentYear,
        W::AWordByItselfIsEasyToGuess => Advice::SingleWord,
        W::DatesAreOftenEasyToGuess => Advice::Date,
        W::NamesAndSurnamesByThemselvesAreEasyToGuess | W::CommonNamesAndSurnamesAreEasyToGuess => {
            Advice::Name
        }
    }
}

/// `None` for the suggestion that contradicts the rules: here symbols, digits and capitals may be asked for.
#[cfg(feature = "strength")]
const fn of_suggestion(suggestion: zxcvbn::feedback::Suggestion) -> Option<Advice> {
    use zxcvbn::feedback::Suggestion as S;
    Some(match suggestion {
        S::UseAFewWordsAvoidCommonPhrases => Advice::SeveralWords,
        S::NoNeedForSymbolsDigitsOrUppercaseLetters => return None,
        S::AddAnotherWordOrTwo => Advice::AnotherWord,
        S::CapitalizationDoesntHelpVeryMuch | S::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => {
            Advice::Capitals
        }
        S::ReversedWordsArentMuchHarderToGuess => Advice::Reversed,
        S::PredictableSubstitutionsDontHelpVeryMuch => Advice::Substitutions,
        S::UseALongerKeyboardPatternWithMoreTurns => Advice::LongerPattern,
        S::AvoidRepeatedWordsAndCharacters => Advice::RepeatedGroup,
        S::AvoidSequences => Advice::Sequence,
        S::AvoidRecentYears => Advice::RecentYear,
        S::AvoidYearsThatAreAssociatedWithYou | S::AvoidDatesAndYearsThatAreAssociatedWithYou => {
            Advice::OwnDates
        }
    })
}
