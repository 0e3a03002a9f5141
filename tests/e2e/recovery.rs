//! A person who recovers a password: identification, questions.

use crate::page::{Focus, MOST_TABS, Page};
use crate::people::{self, Employer};
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

/// Opens the page and identifies the employer and its representative; ends at the questions.
pub async fn identify(page: &Page, portal: &Portal, employer: &Employer) {
    page.open(&portal.url("/recuperar")).await;
    page.reads(ES.recovery_title()).await;
    page.fill(ES.identifiers_employer_label(), employer.number).await;
    page.fill(ES.identifiers_representative_label(), employer.representative)
        .await;
    page.press(ES.recovery_identify_send()).await;
    page.reads(ES.recovery_questions_title()).await;
}

/// Answers whatever is asked and sends it.
pub async fn answer(page: &Page, how: Answering) {
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
    page.press(ES.recovery_questions_send()).await;
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
        match asked {
            Some(QuestionKind::BirthDate) => type_part(page, &focus, people::BIRTH_DATE).await,
            Some(QuestionKind::RucIssueDate) => type_part(page, &focus, people::ISSUED_ON).await,
            Some(QuestionKind::IncorporationDate) => type_part(page, &focus, people::INCORPORATED_ON).await,
            Some(QuestionKind::PreviousAddress) => choose_by_arrows(page, people::PREVIOUS_ADDRESS).await,
            Some(QuestionKind::HeadOfficeCanton) => choose_by_arrows(page, people::CANTON).await,
            Some(QuestionKind::WorkersInMonth) => page.types(&people::WORKERS.to_string()).await,
            Some(QuestionKind::DebitAccount) => {
                panic!("companies are not asked for the account that is debited")
            }
            None => {}
        }
    }
    panic!("the answers cannot be sent with the keyboard");
}

/// Types the part of a date whose box has the focus.
async fn type_part(page: &Page, focus: &Focus, (year, month, day): (u16, u8, u8)) {
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
    let date = |(year, month, day): (u16, u8, u8)| match how {
        Answering::Right => (year, month, day),
        Answering::Wrong => (year - 1, month, day),
    };
    match kind {
        QuestionKind::BirthDate => page.fill_date(words, date(people::BIRTH_DATE)).await,
        QuestionKind::RucIssueDate => page.fill_date(words, date(people::ISSUED_ON)).await,
        QuestionKind::IncorporationDate => page.fill_date(words, date(people::INCORPORATED_ON)).await,
        QuestionKind::PreviousAddress => choose(page, words, people::PREVIOUS_ADDRESS, how).await,
        QuestionKind::HeadOfficeCanton => choose(page, words, people::CANTON, how).await,
        QuestionKind::WorkersInMonth => {
            let number = match how {
                Answering::Right => people::WORKERS,
                Answering::Wrong => people::WORKERS + 1,
            };
            page.fill_beginning(words, &number.to_string()).await;
        }
        QuestionKind::DebitAccount => panic!("companies are not asked for the account that is debited"),
    }
}

async fn choose(page: &Page, words: &str, right: &str, how: Answering) {
    match how {
        Answering::Right => page.choose(words, right).await,
        Answering::Wrong => page.choose_other(words, right).await,
    }
}

/// How a question begins on the page.
fn words(kind: QuestionKind) -> String {
    match kind {
        QuestionKind::BirthDate => ES.challenges_birth_date().to_owned(),
        QuestionKind::PreviousAddress => ES.challenges_previous_address().to_owned(),
        QuestionKind::RucIssueDate => ES.challenges_ruc_issue_date().to_owned(),
        QuestionKind::IncorporationDate => ES.challenges_incorporation_date().to_owned(),
        QuestionKind::HeadOfficeCanton => ES.challenges_head_office_canton().to_owned(),
        QuestionKind::WorkersInMonth => {
            // Up to the month, which the draw chose.
            let whole = ES.challenges_workers_in_month("\u{1}", 0);
            whole
                .split('\u{1}')
                .next()
                .unwrap_or_default()
                .trim_end()
                .to_owned()
        }
        QuestionKind::DebitAccount => ES.challenges_debit_account().to_owned(),
    }
}
