//! Answers checked against their questions, and their canonical text.
//!
//! A malformed answer is a mistake of typing, told with its field; it is not a wrong answer and costs no attempt.

use super::{Answer, Form, Question};
use crate::api::{FieldCode, FieldProblem};
use crate::secrets::Secret;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The one text of an answer, whatever way it was typed: a date as `YYYY-MM-DD`, a choice folded, a month as
/// `YYYY-MM`, a number without leading zeros, an account as `BANK|1234`. Digests are made of it.
pub type Canonical = Secret<String>;

/// Something wrong with the form of the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAnswer {
    /// There are more or fewer answers than questions.
    #[error("as many answers as questions are needed")]
    Count,
    /// It answers another form of question.
    #[error("answer {place} is of another form than its question")]
    Form {
        /// Which answer, from 0.
        place: usize,
    },
    /// The choice is not one of those offered.
    #[error("answer {place} is not one of the choices")]
    Choice {
        /// Which answer, from 0.
        place: usize,
    },
    /// The bank is not one of those offered.
    #[error("answer {place} names a bank that is not offered")]
    Bank {
        /// Which answer, from 0.
        place: usize,
    },
    /// The end of the account is not four ASCII digits.
    #[error("answer {place} has not four digits")]
    LastFour {
        /// Which answer, from 0.
        place: usize,
        /// What exactly.
        code: FieldCode,
    },
}

impl InvalidAnswer {
    /// The field of the body and what is wrong with it.
    pub fn problem(self) -> FieldProblem {
        let (field, code) = match self {
            Self::Count => ("answers".to_owned(), FieldCode::Length),
            Self::Form { place } => (format!("answers[{place}].form"), FieldCode::Malformed),
            Self::Choice { place } => (format!("answers[{place}].choice"), FieldCode::NotOffered),
            Self::Bank { place } => (format!("answers[{place}].bank"), FieldCode::NotOffered),
            Self::LastFour { place, code } => (format!("answers[{place}].last_four"), code),
        };
        FieldProblem { field, code }
    }
}

/// The canonical texts of all answers, or everything that is wrong with their form.
pub fn canonical(questions: &[Question], answers: &[Answer]) -> Result<Vec<Canonical>, Vec<InvalidAnswer>> {
    if questions.len() != answers.len() {
        return Err(vec![InvalidAnswer::Count]);
    }
    let mut texts = Vec::with_capacity(answers.len());
    let mut problems = Vec::new();
    for (place, (question, answer)) in questions.iter().zip(answers).enumerate() {
        match one(place, &question.form, answer) {
            Ok(text) => texts.push(text),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(texts)
    } else {
        Err(problems)
    }
}

fn one(place: usize, form: &Form, answer: &Answer) -> Result<Canonical, InvalidAnswer> {
    match (form, answer) {
        (Form::Date, Answer::Date { date }) => Ok(Secret::new(date.to_string())),
        (Form::Choice { choices }, Answer::Choice { choice }) if choices.contains(choice) => {
            Ok(Secret::new(folded(choice)))
        }
        (Form::Choice { .. }, Answer::Choice { .. }) => Err(InvalidAnswer::Choice { place }),
        (Form::Month, Answer::Month { month }) => Ok(Secret::new(month.to_string())),
        (Form::Number, Answer::Number { number })
        | (Form::NumberInMonth { .. }, Answer::NumberInMonth { number }) => Ok(number_text(*number)),
        (Form::Account { banks }, Answer::Account { bank, last_four }) => {
            if !banks.contains(bank) {
                return Err(InvalidAnswer::Bank { place });
            }
            four_digits(last_four).map_err(|code| InvalidAnswer::LastFour { place, code })?;
            Ok(account_text(bank, last_four))
        }
        (
            Form::Date
            | Form::Choice { .. }
            | Form::Month
            | Form::Number
            | Form::NumberInMonth { .. }
            | Form::Account { .. },
            Answer::Date { .. }
            | Answer::Choice { .. }
            | Answer::Month { .. }
            | Answer::Number { .. }
            | Answer::NumberInMonth { .. }
            | Answer::Account { .. },
        ) => Err(InvalidAnswer::Form { place }),
    }
}

pub(super) fn number_text(number: u32) -> Canonical {
    Secret::new(number.to_string())
}

pub(super) fn account_text(bank: &str, last_four: &str) -> Canonical {
    Secret::new(format!("{}|{last_four}", folded(bank)))
}

/// Upper case, without accents, one space between words: official records differ from pages in just that.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(
            word.nfkd()
                .filter(|character| !is_combining_mark(*character))
                .flat_map(char::to_uppercase),
        );
    }
    out
}

fn four_digits(text: &str) -> Result<(), FieldCode> {
    if text
        .chars()
        .any(|character| character.is_numeric() && !character.is_ascii_digit())
    {
        Err(FieldCode::ForeignDigits)
    } else if text.chars().any(|character| !character.is_ascii_digit()) {
        Err(FieldCode::NotDigits)
    } else if text.len() == 4 {
        Ok(())
    } else {
        Err(FieldCode::Length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::challenges::QuestionKind;

    fn questions() -> Vec<Question> {
        vec![
            Question {
                kind: QuestionKind::BirthDate,
                form: Form::Date,
            },
            Question {
                kind: QuestionKind::HeadOfficeCanton,
                form: Form::Choice {
                    choices: vec!["Quito".to_owned(), "Rumiñahui".to_owned()],
                },
            },
            Question {
                kind: QuestionKind::WorkersInMonth,
                form: Form::NumberInMonth { year: 2026, month: 3 },
            },
            Question {
                kind: QuestionKind::DebitAccount,
                form: Form::Account {
                    banks: vec!["Banco del Pacífico".to_owned()],
                },
            },
        ]
    }

    fn answers() -> Vec<Answer> {
        vec![
            Answer::Date {
                date: "1980-02-29".parse().unwrap(),
            },
            Answer::Choice {
                choice: "Rumiñahui".to_owned(),
            },
            Answer::NumberInMonth { number: 7 },
            Answer::Account {
                bank: "Banco del Pacífico".to_owned(),
                last_four: "0042".to_owned(),
            },
        ]
    }

    fn problems(answers: &[Answer]) -> Vec<(String, FieldCode)> {
        let problems = canonical(&questions(), answers).unwrap_err();
        problems
            .into_iter()
            .map(InvalidAnswer::problem)
            .map(|problem| (problem.field, problem.code))
            .collect()
    }

    #[test]
    fn each_form_has_one_text() {
        let texts = canonical(&questions(), &answers()).unwrap();
        let texts: Vec<_> = texts.iter().map(|text| text.expose().as_str()).collect();
        assert_eq!(texts, ["1980-02-29", "RUMINAHUI", "7", "BANCO DEL PACIFICO|0042"]);
    }

    #[test]
    fn records_and_pages_fold_to_the_same() {
        assert_eq!(folded("  rumiñahui\t"), folded("RUMINAHUI"));
        assert_eq!(folded("Av.  10 de Agosto"), folded("AV. 10 DE AGOSTO"));
    }

    #[test]
    fn every_malformed_answer_is_named() {
        let mut wrong = answers();
        wrong[0] = Answer::NumberInMonth { number: 1 };
        wrong[1] = Answer::Choice {
            choice: "quito".to_owned(),
        };
        wrong[3] = Answer::Account {
            bank: "Banco".to_owned(),
            last_four: "0042".to_owned(),
        };
        assert_eq!(
            problems(&wrong),
            [
                ("answers[0].form".to_owned(), FieldCode::Malformed),
                ("answers[1].choice".to_owned(), FieldCode::NotOffered),
                ("answers[3].bank".to_owned(), FieldCode::NotOffered),
            ]
        );
        assert_eq!(
            problems(&answers()[..3]),
            [("answers".to_owned(), FieldCode::Length)]
        );
    }

    #[test]
    fn the_end_of_an_account_is_four_ascii_digits() {
        for (text, code) in [
            ("", FieldCode::Length),
            ("123", FieldCode::Length),
            ("12345", FieldCode::Length),
            ("12a4", FieldCode::NotDigits),
            ("１２３４", FieldCode::ForeignDigits),
        ] {
            let mut wrong = answers();
            wrong[3] = Answer::Account {
                bank: "Banco del Pacífico".to_owned(),
                last_four: text.to_owned(),
            };
            assert_eq!(
                problems(&wrong),
                [("answers[3].last_four".to_owned(), code)],
                "{text}"
            );
        }
    }
}
