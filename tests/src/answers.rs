//! How questions are answered: by somebody who has the records at hand, and by somebody who has not.

use shared::challenges::{Answer, Form, Question, QuestionKind};
use shared::registries::{Activity, Address, Appointment, Canton, EmployerRecord, Person, Place, Taxpayer};
use shared::time::CivilDate;
use std::fmt;

/// What is on record about an employer and its representative.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// At the SRI; a household has none.
    pub taxpayer: Option<&'a Taxpayer>,
    /// The representative.
    pub person: &'a Person,
    /// That the person represents the employer.
    pub appointment: Option<&'a Appointment>,
    /// In the institute's records.
    pub record: &'a EmployerRecord,
}

impl fmt::Debug for Known<'_> {
    /// Records are personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Known(••••)")
    }
}

impl Known<'_> {
    /// The right answers, each of which must be on record.
    pub fn right(self, questions: &[Question]) -> Vec<Answer> {
        let right = |question| {
            self.answer(question)
                .unwrap_or_else(|| panic!("{question:?} cannot be answered from the records"))
        };
        questions.iter().map(right).collect()
    }

    /// What somebody with these records answers, whoever is asked about: any other answer where they do not hold it.
    pub fn answers(self, questions: &[Question]) -> Vec<Answer> {
        let best = |question| {
            self.answer(question)
                .unwrap_or_else(|| other_than(None, question))
        };
        questions.iter().map(best).collect()
    }

    /// Well-formed answers, none of which is right.
    pub fn wrong(self, questions: &[Question]) -> Vec<Answer> {
        let wrong = |question| other_than(self.answer(question).as_ref(), question);
        questions.iter().map(wrong).collect()
    }

    fn answer(self, question: &Question) -> Option<Answer> {
        let Self {
            taxpayer,
            person,
            appointment,
            record,
        } = self;
        match (question.kind, &question.form) {
            (QuestionKind::BirthDate, Form::Date) => date(Some(person.birth_date)),
            (QuestionKind::MarriageDate, Form::Date) => date(person.married_on),
            (QuestionKind::RucIssueDate, Form::Date) => date(taxpayer?.ruc_issued_on),
            (QuestionKind::IncorporationDate, Form::Date) => date(taxpayer?.incorporated_on),
            (QuestionKind::EmployerRegistrationDate, Form::Date) => date(record.registered_on),
            (QuestionKind::AppointmentDate, Form::Date) => date(appointment?.registered_on),
            (QuestionKind::Birthplace, Form::Choice { choices }) => {
                choose(choices, &[canton(person.birthplace.as_ref()?)?])
            }
            (QuestionKind::HeadOfficeCanton, Form::Choice { choices }) => {
                choose(choices, &[canton(taxpayer?.head_office.as_ref()?)?])
            }
            (QuestionKind::MainActivity, Form::Choice { choices }) => {
                choose(choices, &[Activity::of(taxpayer?.main_activity.as_ref()?)?.name])
            }
            (QuestionKind::PreviousAddress, Form::Choice { choices }) => {
                choose(choices, &streets(&person.previous_addresses))
            }
            (QuestionKind::EmployerPreviousAddress, Form::Choice { choices }) => {
                choose(choices, &streets(&record.previous_addresses))
            }
            (QuestionKind::FirstWorkerMonth, Form::Month) => {
                record.first_worker_in.map(|month| Answer::Month { month })
            }
            (QuestionKind::BranchCount, Form::Number) => {
                record.branches.map(|number| Answer::Number { number })
            }
            (QuestionKind::WorkersInMonth, Form::NumberInMonth { year, month }) => {
                let asked = (*year, *month);
                let mut months = record.workers.iter();
                let known = months.find(|one| (one.month.year(), one.month.month()) == asked)?;
                Some(Answer::NumberInMonth {
                    number: known.workers,
                })
            }
            (QuestionKind::DebitAccount, Form::Account { .. }) => {
                let account = record.debit_account.as_ref()?;
                Some(Answer::Account {
                    bank: account.bank.clone(),
                    last_four: account.last_four.as_str().to_owned(),
                })
            }
            (kind, form) => panic!("{kind:?} asked as {form:?}"),
        }
    }
}

fn date(date: Option<CivilDate>) -> Option<Answer> {
    Some(Answer::Date { date: date? })
}

fn canton(place: &Place) -> Option<&'static str> {
    Some(Canton::find(&place.canton, None)?.name)
}

fn streets(addresses: &[Address]) -> Vec<&str> {
    addresses.iter().map(|address| address.street.as_str()).collect()
}

/// The choice that one of the records gives; records are in capitals, pages are not.
fn choose(choices: &[String], known: &[&str]) -> Option<Answer> {
    let is_known = |choice: &&String| {
        known
            .iter()
            .any(|one| one.to_lowercase() == choice.to_lowercase())
    };
    let choice = choices.iter().find(is_known)?.clone();
    Some(Answer::Choice { choice })
}

/// A well-formed answer that is not the right one.
fn other_than(right: Option<&Answer>, question: &Question) -> Answer {
    match &question.form {
        Form::Date => Answer::Date {
            date: "1901-01-01".parse().expect("a day"),
        },
        Form::Month => Answer::Month {
            month: "1901-01".parse().expect("a month"),
        },
        Form::Choice { choices } => {
            let mut others = choices.iter().map(|choice| Answer::Choice {
                choice: choice.clone(),
            });
            others
                .find(|other| Some(other) != right)
                .expect("a choice has more than one")
        }
        Form::Number => Answer::Number {
            number: number(right) + 1,
        },
        Form::NumberInMonth { .. } => Answer::NumberInMonth {
            number: number(right) + 1,
        },
        Form::Account { banks } => Answer::Account {
            bank: banks[0].clone(),
            last_four: match right {
                Some(Answer::Account { bank: _, last_four }) if last_four == "9999" => "9998".to_owned(),
                _ => "9999".to_owned(),
            },
        },
    }
}

/// The number of an answer that is one.
fn number(answer: Option<&Answer>) -> u32 {
    match answer {
        Some(Answer::Number { number } | Answer::NumberInMonth { number }) => *number,
        _ => 0,
    }
}
