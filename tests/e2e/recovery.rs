//! A person who recovers a password: identification, questions.

use crate::page::Page;
use crate::people::{self, Employer};
use crate::portal::Portal;
use shared::challenges::QuestionKind;
use shared::i18n::{Language, Text};

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
    page.fill(ES.identifiers_representative_label(), employer.representative).await;
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
            whole.split('\u{1}').next().unwrap_or_default().trim_end().to_owned()
        }
        QuestionKind::DebitAccount => ES.challenges_debit_account().to_owned(),
    }
}
