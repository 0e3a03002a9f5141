//! What to type to try the demo, with the right answers.

use super::population::{Detail, Employer, SHOWN, Situation, Sort, employer};
use shared::challenges::{Bank, QuestionKind};
use shared::registries::Canton;
use std::fmt::Write;

/// The showcase as text for a terminal.
pub fn showcase(seed: u64) -> String {
    let mut text = String::new();
    for one in (0..SHOWN).filter_map(|index| employer(seed, index, Detail::Full)) {
        // Writing to a string cannot fail.
        let _ = describe(&one, &mut text);
    }
    text
}

fn describe(one: &Employer, text: &mut String) -> std::fmt::Result {
    let record = &one.record;
    writeln!(text, "{} - {}", sort(one.sort), outcome(one.situation))?;
    let label = if one.taxpayer.is_some() {
        "RUC"
    } else {
        "Cédula of the household"
    };
    writeln!(
        text,
        "    {label:<28}{}   branch {}",
        record.employer, record.branch
    )?;
    writeln!(text, "    {:<28}{}", "Representative", record.representative)?;
    for kind in Bank::of(record.employer).kinds() {
        if let Some(answer) = answer(one, *kind) {
            writeln!(text, "    {:<28}{answer}", question(*kind))?;
        }
    }
    writeln!(text)
}

const fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Company => "Company",
        Sort::NewCompany => "Company whose RUC has no check digit",
        Sort::ForeignCompany => "Company with a foreign representative, mails in English",
        Sort::PublicBody => "Public body",
        Sort::NaturalPerson => "Natural person",
        Sort::Household => "Household employer",
    }
}

const fn outcome(situation: Situation) -> &'static str {
    match situation {
        Situation::Good => "the link comes by mail",
        Situation::Blocked => "\"Cuenta bloqueada\" after the answers",
        Situation::Suspended => "suspended for 24 hours from the loading on",
        Situation::NoEmail => "\"Usuario no tiene correo registrado\" after the answers",
        Situation::Inactive => "\"RUC no activo\" after the answers",
    }
}

const fn question(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::BirthDate => "Date of birth",
        QuestionKind::PreviousAddress => "Previous address",
        QuestionKind::RucIssueDate => "RUC issued on",
        QuestionKind::IncorporationDate => "Incorporated on",
        QuestionKind::HeadOfficeCanton => "Canton of the head office",
        QuestionKind::WorkersInMonth => "Workers, any month",
        QuestionKind::DebitAccount => "Debited account",
    }
}

fn answer(one: &Employer, kind: QuestionKind) -> Option<String> {
    let taxpayer = one.taxpayer.as_ref();
    match kind {
        QuestionKind::BirthDate => Some(one.person.birth_date.to_string()),
        QuestionKind::PreviousAddress => one
            .person
            .previous_addresses
            .first()
            .map(|address| address.street.clone()),
        QuestionKind::RucIssueDate => taxpayer?.ruc_issued_on.map(|day| day.to_string()),
        QuestionKind::IncorporationDate => taxpayer?.incorporated_on.map(|day| day.to_string()),
        QuestionKind::HeadOfficeCanton => {
            let office = taxpayer?.head_office.as_ref()?;
            Canton::find(&office.canton, None).map(|canton| canton.name.to_owned())
        }
        QuestionKind::WorkersInMonth => one.record.workers.first().map(|one| one.workers.to_string()),
        QuestionKind::DebitAccount => {
            let account = one.record.debit_account.as_ref()?;
            Some(format!(
                "{}, last four digits {}",
                account.bank,
                account.last_four.as_str()
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_that_may_come_has_its_answer() {
        for one in (0..SHOWN).filter_map(|index| employer(1, index, Detail::Full)) {
            for kind in Bank::of(one.record.employer).kinds() {
                assert!(answer(&one, *kind).is_some(), "{:?} {kind:?}", one.sort);
            }
        }
        assert_eq!(showcase(1), showcase(1));
        assert_ne!(showcase(1), showcase(2));
    }
}
