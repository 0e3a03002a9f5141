//! What to type to try the demo, with the right answers.

use super::population::{Detail, Employer, SHOWN, Situation, Sort, employer};
use shared::challenges::{Bank, QuestionKind};
use shared::registries::{Activity, Canton, Place};
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
    for kind in Bank::of(record.employer).all() {
        if let Some(answer) = answer(one, kind) {
            writeln!(text, "    {:<28}{answer}", question(kind))?;
        }
    }
    if one.situation == Situation::Blocked {
        writeln!(
            text,
            "    {:<28}clavero staff enrol-link --employer {} --officer Demo --reason \"to try it\"",
            "A passkey to unblock it", record.employer
        )?;
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
        QuestionKind::Birthplace => "Born in",
        QuestionKind::PreviousAddress => "Previous address",
        QuestionKind::MarriageDate => "Married on",
        QuestionKind::RucIssueDate => "RUC issued on",
        QuestionKind::IncorporationDate => "Incorporated on",
        QuestionKind::HeadOfficeCanton => "Canton of the head office",
        QuestionKind::MainActivity => "Main activity",
        QuestionKind::FirstWorkerMonth => "First worker, month",
        QuestionKind::WorkersInMonth => "Workers, any month",
        QuestionKind::EmployerPreviousAddress => "Employer's previous address",
        QuestionKind::BranchCount => "Branches",
        QuestionKind::EmployerRegistrationDate => "Registered at IESS on",
        QuestionKind::DebitAccount => "Debited account",
        QuestionKind::AppointmentDate => "Appointment registered on",
    }
}

fn answer(one: &Employer, kind: QuestionKind) -> Option<String> {
    let taxpayer = one.taxpayer.as_ref();
    let (person, record) = (&one.person, &one.record);
    let canton = |place: &Place| Canton::find(&place.canton, None).map(|canton| canton.name.to_owned());
    match kind {
        QuestionKind::BirthDate => Some(person.birth_date.to_string()),
        QuestionKind::Birthplace => canton(person.birthplace.as_ref()?),
        QuestionKind::PreviousAddress => Some(person.previous_addresses.first()?.street.clone()),
        QuestionKind::MarriageDate => person.married_on.map(|day| day.to_string()),
        QuestionKind::RucIssueDate => taxpayer?.ruc_issued_on.map(|day| day.to_string()),
        QuestionKind::IncorporationDate => taxpayer?.incorporated_on.map(|day| day.to_string()),
        QuestionKind::HeadOfficeCanton => canton(taxpayer?.head_office.as_ref()?),
        QuestionKind::MainActivity => {
            let activity = Activity::of(taxpayer?.main_activity.as_ref()?)?;
            Some(activity.name.to_owned())
        }
        QuestionKind::FirstWorkerMonth => record.first_worker_in.map(|month| month.to_string()),
        QuestionKind::WorkersInMonth => record.workers.first().map(|one| one.workers.to_string()),
        QuestionKind::EmployerPreviousAddress => Some(record.previous_addresses.first()?.street.clone()),
        QuestionKind::BranchCount => record.branches.map(|count| count.to_string()),
        QuestionKind::EmployerRegistrationDate => record.registered_on.map(|day| day.to_string()),
        QuestionKind::DebitAccount => {
            let account = record.debit_account.as_ref()?;
            Some(format!(
                "{}, last four digits {}",
                account.bank,
                account.last_four.as_str()
            ))
        }
        QuestionKind::AppointmentDate => one.appointment.registered_on.map(|day| day.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_that_may_come_has_its_answer() {
        for one in (0..SHOWN).filter_map(|index| employer(1, index, Detail::Full)) {
            for kind in Bank::of(one.record.employer).all() {
                assert!(answer(&one, kind).is_some(), "{:?} {kind:?}", one.sort);
            }
        }
        assert_eq!(showcase(1), showcase(1));
        assert_ne!(showcase(1), showcase(2));
    }
}
