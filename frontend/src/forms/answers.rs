//! An answer while it is being given, and its field.

use super::date::{self, DateError};
use crate::errors::words;
use crate::ui::{
    ChoiceOption, DateFieldsProps, DatePart, DateText, InputKind, InputWidth, RadiosProps, SelectProps,
    TextInputProps, date_fields, radios, select, text_input,
};
use shared::api::FieldCode;
use shared::challenges::{Answer, Form, Question, QuestionKind};
use shared::i18n::Text;
use yew::prelude::*;
use yew::props;

/// What was given so far. Answers are personal: not in `Debug`, not in storage.
#[derive(Clone, PartialEq, Eq)]
pub enum AnswerDraft {
    /// To [`Form::Date`].
    Date(DateText),
    /// To [`Form::Choice`].
    Choice(Option<AttrValue>),
    /// To [`Form::Month`]; the box of the day stays empty.
    Month(DateText),
    /// To [`Form::Number`].
    Number(String),
    /// To [`Form::NumberInMonth`].
    NumberInMonth(String),
    /// To [`Form::Account`]: bank and last four digits.
    Account(Option<AttrValue>, String),
}

impl core::fmt::Debug for AnswerDraft {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("AnswerDraft(••••)")
    }
}

impl AnswerDraft {
    /// An empty answer of this form.
    pub fn of(form: &Form) -> Self {
        match form {
            Form::Date => Self::Date(DateText::default()),
            Form::Choice { .. } => Self::Choice(None),
            Form::Month => Self::Month(DateText::default()),
            Form::Number => Self::Number(String::new()),
            Form::NumberInMonth { .. } => Self::NumberInMonth(String::new()),
            Form::Account { .. } => Self::Account(None, String::new()),
        }
    }

    /// The answer, or what is missing or wrong about its form. Whether it is true is the server's to judge.
    pub fn read(&self) -> Result<Answer, DateError> {
        let wrong = |code| DateError { code, part: None };
        match self {
            Self::Date(typed) => date::read(typed).map(|date| Answer::Date { date }),
            Self::Choice(chosen) => chosen
                .as_ref()
                .map(|choice| Answer::Choice {
                    choice: choice.to_string(),
                })
                .ok_or(wrong(FieldCode::NotOffered)),
            Self::Month(typed) => date::read_month(typed).map(|month| Answer::Month { month }),
            Self::Number(typed) => whole(typed)
                .map(|number| Answer::Number { number })
                .map_err(wrong),
            Self::NumberInMonth(typed) => whole(typed)
                .map(|number| Answer::NumberInMonth { number })
                .map_err(wrong),
            Self::Account(None, _) => Err(wrong(FieldCode::NotOffered)),
            Self::Account(Some(bank), typed) => {
                let last_four = typed.trim();
                if last_four.len() == 4 && last_four.bytes().all(|byte| byte.is_ascii_digit()) {
                    Ok(Answer::Account {
                        bank: bank.to_string(),
                        last_four: last_four.to_owned(),
                    })
                } else {
                    Err(wrong(FieldCode::Length))
                }
            }
        }
    }
}

/// A whole number, typed in digits.
fn whole(typed: &str) -> Result<u32, FieldCode> {
    let digits = typed.trim();
    if digits.is_empty() {
        return Err(FieldCode::Missing);
    }
    let number = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten();
    number.ok_or(FieldCode::NotDigits)
}

/// The `id` of the control to go to for an error in the answer at `index`.
pub fn first_control(index: usize, draft: &AnswerDraft, error: DateError) -> String {
    match draft {
        AnswerDraft::Date(_) => format!("answer-{index}-{}", error.part.unwrap_or(DatePart::Day).suffix()),
        AnswerDraft::Month(_) => format!(
            "answer-{index}-{}",
            error.part.unwrap_or(DatePart::Month).suffix()
        ),
        AnswerDraft::Choice(_) => format!("answer-{index}-0"),
        AnswerDraft::Number(_) | AnswerDraft::NumberInMonth(_) | AnswerDraft::Account(None, _) => {
            format!("answer-{index}")
        }
        AnswerDraft::Account(Some(_), _) => format!("answer-{index}-digits"),
    }
}

/// What is wrong with an answer's form, in words.
pub fn error_words(text: Text, draft: &AnswerDraft, error: DateError) -> &'static str {
    match draft {
        AnswerDraft::Date(_)
        | AnswerDraft::Month(_)
        | AnswerDraft::Choice(_)
        | AnswerDraft::Account(None, _) => words::field(text, error.code),
        AnswerDraft::Number(_) | AnswerDraft::NumberInMonth(_) => text.challenges_number_wrong(),
        AnswerDraft::Account(Some(_), _) => text.challenges_last_four_wrong(),
    }
}

/// The question and what to watch out for.
pub fn question_words(text: Text, question: &Question) -> (String, &'static str) {
    match question.kind {
        QuestionKind::BirthDate => (
            text.challenges_birth_date().into(),
            text.challenges_birth_date_hint(),
        ),
        QuestionKind::Birthplace => (
            text.challenges_birthplace().into(),
            text.challenges_birthplace_hint(),
        ),
        QuestionKind::PreviousAddress => (
            text.challenges_previous_address().into(),
            text.challenges_previous_address_hint(),
        ),
        QuestionKind::MarriageDate => (
            text.challenges_marriage_date().into(),
            text.challenges_marriage_date_hint(),
        ),
        QuestionKind::RucIssueDate => (
            text.challenges_ruc_issue_date().into(),
            text.challenges_ruc_issue_date_hint(),
        ),
        QuestionKind::IncorporationDate => (
            text.challenges_incorporation_date().into(),
            text.challenges_incorporation_date_hint(),
        ),
        QuestionKind::HeadOfficeCanton => (
            text.challenges_head_office_canton().into(),
            text.challenges_head_office_canton_hint(),
        ),
        QuestionKind::MainActivity => (
            text.challenges_main_activity().into(),
            text.challenges_main_activity_hint(),
        ),
        QuestionKind::FirstWorkerMonth => (
            text.challenges_first_worker_month().into(),
            text.challenges_first_worker_month_hint(),
        ),
        QuestionKind::WorkersInMonth => {
            let (year, month) = match question.form {
                Form::NumberInMonth { year, month } => (year, month),
                Form::Date | Form::Choice { .. } | Form::Month | Form::Number | Form::Account { .. } => {
                    (0, 0)
                }
            };
            (
                text.challenges_workers_in_month(text.challenges_month_name(month.into()), year),
                text.challenges_workers_in_month_hint(),
            )
        }
        QuestionKind::EmployerPreviousAddress => (
            text.challenges_employer_previous_address().into(),
            text.challenges_employer_previous_address_hint(),
        ),
        QuestionKind::BranchCount => (
            text.challenges_branch_count().into(),
            text.challenges_branch_count_hint(),
        ),
        QuestionKind::EmployerRegistrationDate => (
            text.challenges_employer_registration_date().into(),
            text.challenges_employer_registration_date_hint(),
        ),
        QuestionKind::DebitAccount => (
            text.challenges_debit_account().into(),
            text.challenges_debit_account_hint(),
        ),
        QuestionKind::AppointmentDate => (
            text.challenges_appointment_date().into(),
            text.challenges_appointment_date_hint(),
        ),
    }
}

/// A question with the controls that answer it. Errors show once the form was `sent`.
pub fn answer_field(
    text: Text,
    index: usize,
    question: &Question,
    draft: &AnswerDraft,
    sent: u32,
    onchange: &Callback<AnswerDraft>,
) -> Html {
    let id = AttrValue::from(format!("answer-{index}"));
    let (label, hint) = question_words(text, question);
    let wrong = if sent > 0 { draft.read().err() } else { None };
    let error = wrong.map(|wrong| AttrValue::from(error_words(text, draft, wrong)));
    match (&question.form, draft) {
        (Form::Date, AnswerDraft::Date(value)) => date_fields(&props!(DateFieldsProps {
            id,
            label,
            hint,
            error,
            wrong: wrong.and_then(|wrong| wrong.part),
            labels: date::labels(text),
            value: value.clone(),
            oninput: onchange.reform(AnswerDraft::Date)
        })),
        (Form::Choice { choices }, AnswerDraft::Choice(selected)) => radios(&props!(RadiosProps {
            id,
            label,
            hint,
            error,
            options: options(choices),
            selected: selected.clone(),
            onchange: onchange.reform(|chosen| AnswerDraft::Choice(Some(chosen)))
        })),
        (Form::Month, AnswerDraft::Month(value)) => date_fields(&props!(DateFieldsProps {
            id,
            label,
            hint,
            error,
            wrong: wrong.and_then(|wrong| wrong.part),
            parts: DatePart::WITHOUT_DAY,
            labels: date::labels(text),
            value: value.clone(),
            oninput: onchange.reform(AnswerDraft::Month)
        })),
        (Form::Number, AnswerDraft::Number(value)) => number(
            id,
            (label, hint),
            error,
            value,
            onchange.reform(AnswerDraft::Number),
        ),
        (Form::NumberInMonth { .. }, AnswerDraft::NumberInMonth(value)) => {
            let oninput = onchange.reform(AnswerDraft::NumberInMonth);
            number(id, (label, hint), error, value, oninput)
        }
        (Form::Account { banks }, AnswerDraft::Account(bank, digits)) => html! {
            <fieldset class="field flow">
                <legend class="field-label">{ label }</legend>
                <p class="field-hint">{ hint }</p>
                { account(text, &id, error, banks, (bank.as_ref(), digits), onchange) }
            </fieldset>
        },
        // A draft always has the form of its question.
        (
            Form::Date
            | Form::Choice { .. }
            | Form::Month
            | Form::Number
            | Form::NumberInMonth { .. }
            | Form::Account { .. },
            _,
        ) => Html::default(),
    }
}

/// A box for a whole number.
fn number(
    id: AttrValue,
    (label, hint): (String, &'static str),
    error: Option<AttrValue>,
    value: &str,
    oninput: Callback<String>,
) -> Html {
    text_input(&props!(TextInputProps {
        id,
        label,
        hint,
        error,
        value: value.to_owned(),
        oninput,
        kind: InputKind::Digits,
        width: InputWidth::Four
    }))
}

/// A bank and the last four digits of an account.
fn account(
    text: Text,
    id: &str,
    error: Option<AttrValue>,
    banks: &[String],
    (bank, digits): (Option<&AttrValue>, &str),
    onchange: &Callback<AnswerDraft>,
) -> Html {
    let bank_error = error.clone().filter(|_| bank.is_none());
    let digits_error = error.filter(|_| bank.is_some());
    let onbank = {
        let digits = digits.to_owned();
        onchange.reform(move |bank| AnswerDraft::Account(bank, digits.clone()))
    };
    let ondigits = {
        let bank = bank.cloned();
        onchange.reform(move |digits| AnswerDraft::Account(bank.clone(), digits))
    };
    html! {
        <>
            { select(&props!(SelectProps { id: id.to_owned(), label: text.challenges_bank(), error: bank_error, placeholder: text.challenges_choose(), options: options(banks), selected: bank.cloned(), onchange: onbank })) }
            { text_input(&props!(TextInputProps { id: format!("{id}-digits"), label: text.challenges_last_four(), error: digits_error, value: digits.to_owned(), oninput: ondigits, kind: InputKind::Digits, width: InputWidth::Four })) }
        </>
    }
}

fn options(texts: &[String]) -> Vec<ChoiceOption> {
    texts
        .iter()
        .map(|text| ChoiceOption::new(text.clone(), text.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::AnswerDraft;
    use shared::api::FieldCode;
    use shared::challenges::Answer;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn numbers_are_whole_and_plain() {
        assert_eq!(
            AnswerDraft::Number(" 12 ".into()).read(),
            Ok(Answer::Number { number: 12 })
        );
        assert_eq!(
            AnswerDraft::NumberInMonth("0".into()).read(),
            Ok(Answer::NumberInMonth { number: 0 })
        );
        for (typed, code) in [
            ("", FieldCode::Missing),
            ("-1", FieldCode::NotDigits),
            ("1.5", FieldCode::NotDigits),
            ("１", FieldCode::NotDigits),
            ("99999999999", FieldCode::NotDigits),
        ] {
            assert_eq!(
                AnswerDraft::Number(typed.into())
                    .read()
                    .map_err(|error| error.code),
                Err(code),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_month_needs_no_day() {
        let read = |month: &str, year: &str| {
            AnswerDraft::Month(crate::ui::DateText {
                day: String::new(),
                month: month.into(),
                year: year.into(),
            })
            .read()
            .map_err(|error| error.code)
        };
        assert_eq!(
            read("4", "2012"),
            Ok(Answer::Month {
                month: shared::registries::Month::new(2012, 4).unwrap()
            })
        );
        assert_eq!(read("", ""), Err(FieldCode::Missing));
        assert_eq!(read("13", "2012"), Err(FieldCode::Month));
    }

    #[test]
    fn an_account_is_a_bank_and_four_digits() {
        let read = |bank: Option<&'static str>, digits: &str| {
            AnswerDraft::Account(bank.map(Into::into), digits.into())
                .read()
                .map_err(|error| error.code)
        };
        assert_eq!(read(None, "1234"), Err(FieldCode::NotOffered));
        assert_eq!(read(Some("Banco"), "123"), Err(FieldCode::Length));
        assert_eq!(read(Some("Banco"), "12345"), Err(FieldCode::Length));
        assert_eq!(
            read(Some("Banco"), "0007"),
            Ok(Answer::Account {
                bank: "Banco".into(),
                last_four: "0007".into()
            })
        );
    }
}
