//! A person who recovers a password: identification, questions.

use crate::page::{Focus, MOST_TABS, Page};
use crate::people::{self, Day, Employer, Sort};
use crate::portal::Portal;
use shared::challenges::{CHOICES, QuestionKind};
use shared::i18n::{Language, Text};
use thirtyfour::Key;

/// The words of the pages in these scenarios.
pub const ES: Text = Text::new(Language::Es);

/// How the questions are answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// As the records have it.
    Right,
    /// Otherwise, all of them.
    Wrong,
}

/// The right answer to a question of these scenarios.
enum Right {
    Date(Day),
    Month(u16, u8),
    Choice(&'static str),
    Number(u32),
    Account,
}

/// What the records of these scenarios say.
fn right(kind: QuestionKind) -> Right {
    match kind {
        QuestionKind::BirthDate => Right::Date(people::BIRTH_DATE),
        QuestionKind::Birthplace => Right::Choice(people::BIRTHPLACE),
        QuestionKind::PreviousAddress => Right::Choice(people::PREVIOUS_ADDRESS),
        QuestionKind::MarriageDate => Right::Date(people::MARRIED_ON),
        QuestionKind::RucIssueDate => Right::Date(people::ISSUED_ON),
        QuestionKind::IncorporationDate => Right::Date(people::INCORPORATED_ON),
        QuestionKind::HeadOfficeCanton => Right::Choice(people::CANTON),
        QuestionKind::MainActivity => Right::Choice(people::ACTIVITY),
        QuestionKind::FirstWorkerMonth => Right::Month(people::FIRST_WORKER_IN.0, people::FIRST_WORKER_IN.1),
        QuestionKind::WorkersInMonth => Right::Number(people::WORKERS),
        QuestionKind::EmployerPreviousAddress => Right::Choice(people::EMPLOYER_STREET),
        QuestionKind::BranchCount => Right::Number(people::BRANCHES),
        QuestionKind::EmployerRegistrationDate => Right::Date(people::REGISTERED_ON),
        QuestionKind::DebitAccount => Right::Account,
        QuestionKind::AppointmentDate => Right::Date(people::APPOINTED_ON),
    }
}

/// Opens the page and identifies the employer and its representative; ends at the questions.
pub async fn identify(page: &Page, portal: &Portal, employer: &Employer) {
    send_identification(page, portal, employer).await;
    page.reads(ES.recovery_questions_title()).await;
}

/// Opens the page and sends the identification. A person is not asked who represents them.
pub async fn send_identification(page: &Page, portal: &Portal, employer: &Employer) {
    page.open(&portal.url("/recuperar")).await;
    page.reads(ES.recovery_title()).await;
    page.fill(ES.identifiers_employer_label(), employer.number).await;
    match employer.sort {
        Sort::Body => {
            page.fill(ES.identifiers_representative_label(), employer.representative)
                .await;
        }
        Sort::Natural | Sort::Household => page.lacks(ES.identifiers_representative_label()).await,
    }
    page.press(ES.recovery_identify_send()).await;
}

/// Answers whatever is asked and sends it.
pub async fn answer(page: &Page, how: Answering) {
    fill_answers(page, how).await;
    page.press(ES.recovery_questions_send()).await;
}

/// Answers whatever is asked, and does not send it.
pub async fn fill_answers(page: &Page, how: Answering) {
    page.reads(ES.recovery_questions_title()).await;
    let asked = page.text().await;
    let mut answered = 0;
    for kind in QuestionKind::ALL.iter().copied() {
        let words = words(kind);
        if asked.contains(&words) {
            answer_one(page, kind, &words, how).await;
            answered += 1;
        }
    }
    assert_eq!(answered, 3, "three questions are asked: {asked}");
}

/// Answers whatever is asked and sends it, with nothing but the keyboard.
pub async fn answer_by_keyboard(page: &Page) {
    for _ in 0..MOST_TABS {
        page.key(Key::Tab).await;
        let focus = page.focus().await;
        if focus.name == ES.recovery_questions_send() {
            return page.key(Key::Enter).await;
        }
        let asked = QuestionKind::ALL
            .iter()
            .copied()
            .find(|kind| focus.question.starts_with(&words(*kind)));
        match asked.map(right) {
            Some(Right::Date(day)) => type_part(page, &focus, day).await,
            Some(Right::Month(year, month)) => type_part(page, &focus, (year, month, 0)).await,
            Some(Right::Choice(choice)) => choose_by_arrows(page, choice).await,
            Some(Right::Number(number)) => page.types(&number.to_string()).await,
            Some(Right::Account) => panic!("companies are not asked for the account that is debited"),
            None => {}
        }
    }
    panic!("the answers cannot be sent with the keyboard");
}

/// Types the part of a date whose box has the focus.
async fn type_part(page: &Page, focus: &Focus, (year, month, day): Day) {
    let number = match focus.id.rsplit('-').next() {
        Some("day") => u16::from(day),
        Some("month") => u16::from(month),
        _ => year,
    };
    page.types(&number.to_string()).await;
}

/// Moves through the choices until the right one is chosen.
async fn choose_by_arrows(page: &Page, right: &str) {
    page.key(Key::Space).await;
    for _ in 0..CHOICES {
        if page.focus().await.name == right {
            return;
        }
        page.key(Key::Down).await;
    }
    panic!("“{right}” is not among the choices");
}

async fn answer_one(page: &Page, kind: QuestionKind, words: &str, how: Answering) {
    match (right(kind), how) {
        (Right::Date((year, month, day)), Answering::Right) => {
            page.fill_date(words, year, &[("month", month), ("day", day)])
                .await;
        }
        (Right::Date((year, month, day)), Answering::Wrong) => {
            page.fill_date(words, year - 1, &[("month", month), ("day", day)])
                .await;
        }
        (Right::Month(year, month), Answering::Right) => {
            page.fill_date(words, year, &[("month", month)]).await;
        }
        (Right::Month(year, month), Answering::Wrong) => {
            page.fill_date(words, year - 1, &[("month", month)]).await;
        }
        (Right::Choice(choice), Answering::Right) => page.choose(words, choice).await,
        (Right::Choice(choice), Answering::Wrong) => page.choose_other(words, choice).await,
        (Right::Number(number), Answering::Right) => {
            page.fill_beginning(words, &number.to_string()).await;
        }
        (Right::Number(number), Answering::Wrong) => {
            page.fill_beginning(words, &(number + 1).to_string()).await;
        }
        (Right::Account, Answering::Right) => page.fill_account(words, people::BANK, people::LAST_FOUR).await,
        (Right::Account, Answering::Wrong) => page.fill_account(words, people::BANK, "9999").await,
    }
}

/// How a question begins on the page.
fn words(kind: QuestionKind) -> String {
    let whole = match kind {
        QuestionKind::BirthDate => ES.challenges_birth_date(),
        QuestionKind::Birthplace => ES.challenges_birthplace(),
        QuestionKind::PreviousAddress => ES.challenges_previous_address(),
        QuestionKind::MarriageDate => ES.challenges_marriage_date(),
        QuestionKind::RucIssueDate => ES.challenges_ruc_issue_date(),
        QuestionKind::IncorporationDate => ES.challenges_incorporation_date(),
        QuestionKind::HeadOfficeCanton => ES.challenges_head_office_canton(),
        QuestionKind::MainActivity => ES.challenges_main_activity(),
        QuestionKind::FirstWorkerMonth => ES.challenges_first_worker_month(),
        QuestionKind::WorkersInMonth => {
            // Up to the month, which the draw chose.
            let whole = ES.challenges_workers_in_month("\u{1}", 0);
            let beginning = whole.split('\u{1}').next().unwrap_or_default();
            return beginning.trim_end().to_owned();
        }
        QuestionKind::EmployerPreviousAddress => ES.challenges_employer_previous_address(),
        QuestionKind::BranchCount => ES.challenges_branch_count(),
        QuestionKind::EmployerRegistrationDate => ES.challenges_employer_registration_date(),
        QuestionKind::DebitAccount => ES.challenges_debit_account(),
        QuestionKind::AppointmentDate => ES.challenges_appointment_date(),
    };
    whole.to_owned()
}
