//! What the registries know and a question may ask.

use super::answers::folded;
use super::{About, QuestionKind, Shape};
use crate::registries::{
    Activity, Address, Appointment, Canton, DebitAccount, EmployerRecord, Month, Person, Place, Taxpayer,
    WorkersInMonth, banks, province_named, street_named,
};
use crate::time::CivilDate;
use std::collections::BTreeSet;

/// How many months back workers are asked for.
pub(super) const MONTHS: u16 = 12;

/// What the registries know. Not everything is known of everybody.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The representative's day of birth.
    pub birth_date: Option<CivilDate>,
    /// The canton where the representative was born, if it is one of Ecuador's.
    pub birthplace: Option<&'static Canton>,
    /// The streets of the representative.
    pub person_streets: Option<Streets>,
    /// The day on which the representative married.
    pub married_on: Option<CivilDate>,
    /// The day the RUC was issued.
    pub ruc_issued_on: Option<CivilDate>,
    /// The day the company was incorporated.
    pub incorporated_on: Option<CivilDate>,
    /// The canton of the head office, if it is one of Ecuador's.
    pub head_office: Option<&'static Canton>,
    /// What the head office does, if the code is of a group.
    pub main_activity: Option<&'static Activity>,
    /// The month for which the first worker was registered.
    pub first_worker_in: Option<Month>,
    /// Workers registered month by month.
    pub workers: Vec<WorkersInMonth>,
    /// The streets of the employer.
    pub employer_streets: Option<Streets>,
    /// How many branches the employer has, if there is more than one: who has one would only have to guess.
    pub branches: Option<u32>,
    /// The day the employer was registered at the institute.
    pub employer_registered_on: Option<CivilDate>,
    /// The account that the institute debits, if its bank can be chosen.
    pub debit_account: Option<DebitAccount>,
    /// The day the current representative's appointment was registered.
    pub appointed_on: Option<CivilDate>,
    /// Who is on record at all. An employer is where a right pair could be: in the institute's records, or with an
    /// appointment.
    pub recorded: BTreeSet<About>,
}

/// The streets that somebody is known by.
#[derive(Clone, PartialEq, Eq)]
pub struct Streets {
    /// The newest street of the past, one that most towns have: among such decoys any other would be seen to be right.
    pub newest: &'static str,
    /// All other streets, past and present, that must not stand beside it.
    pub others: Vec<&'static str>,
}

impl Facts {
    /// What the records say, each of which may be missing.
    pub fn of(
        taxpayer: Option<&Taxpayer>,
        person: Option<&Person>,
        appointment: Option<&Appointment>,
        employer: Option<&EmployerRecord>,
    ) -> Self {
        let mut recorded = BTreeSet::new();
        if person.is_some() {
            recorded.insert(About::Person);
        }
        if employer.is_some() || appointment.is_some() {
            recorded.insert(About::Employer);
        }
        Self {
            birth_date: person.map(|person| person.birth_date),
            birthplace: person.and_then(|person| canton(person.birthplace.as_ref()?)),
            person_streets: person
                .and_then(|person| Streets::of(&person.previous_addresses, person.address.as_ref())),
            married_on: person.and_then(|person| person.married_on),
            ruc_issued_on: taxpayer.and_then(|taxpayer| taxpayer.ruc_issued_on),
            incorporated_on: taxpayer.and_then(|taxpayer| taxpayer.incorporated_on),
            head_office: taxpayer.and_then(|taxpayer| canton(taxpayer.head_office.as_ref()?)),
            main_activity: taxpayer.and_then(|taxpayer| Activity::of(taxpayer.main_activity.as_ref()?)),
            first_worker_in: employer.and_then(|employer| employer.first_worker_in),
            workers: employer
                .map(|employer| employer.workers.clone())
                .unwrap_or_default(),
            employer_streets: employer
                .and_then(|employer| Streets::of(&employer.previous_addresses, employer.address.as_ref())),
            branches: employer
                .and_then(|employer| employer.branches)
                .filter(|count| *count > 1),
            employer_registered_on: employer.and_then(|employer| employer.registered_on),
            debit_account: employer
                .and_then(|employer| employer.debit_account.clone())
                .filter(|account| banks().any(|bank| folded(bank) == folded(&account.bank))),
            appointed_on: appointment.and_then(|appointment| appointment.registered_on),
            recorded,
        }
    }

    /// The kinds whose answer is known.
    pub fn shape(&self, this_month: Month) -> Shape {
        QuestionKind::ALL
            .iter()
            .copied()
            .filter(|kind| self.knows(*kind, this_month))
            .collect()
    }

    /// Whether a question of this kind has an answer.
    fn knows(&self, kind: QuestionKind, this_month: Month) -> bool {
        match kind {
            QuestionKind::BirthDate => self.birth_date.is_some(),
            QuestionKind::Birthplace => self.birthplace.is_some(),
            QuestionKind::PreviousAddress => self.person_streets.is_some(),
            QuestionKind::MarriageDate => self.married_on.is_some(),
            QuestionKind::RucIssueDate => self.ruc_issued_on.is_some(),
            QuestionKind::IncorporationDate => self.incorporated_on.is_some(),
            QuestionKind::HeadOfficeCanton => self.head_office.is_some(),
            QuestionKind::MainActivity => self.main_activity.is_some(),
            QuestionKind::FirstWorkerMonth => self.first_worker_in.is_some(),
            QuestionKind::WorkersInMonth => self.workers.iter().any(|one| is_recent(one.month, this_month)),
            QuestionKind::EmployerPreviousAddress => self.employer_streets.is_some(),
            QuestionKind::BranchCount => self.branches.is_some(),
            QuestionKind::EmployerRegistrationDate => self.employer_registered_on.is_some(),
            QuestionKind::DebitAccount => self.debit_account.is_some(),
            QuestionKind::AppointmentDate => self.appointed_on.is_some(),
        }
    }
}

impl Streets {
    /// The streets of these addresses as the decoys are spelt: a record in capitals would stand out. `None` if the newest
    /// one of the past is not one that most towns have; an older one in its place would be a wrong answer.
    pub fn of(past: &[Address], present: Option<&Address>) -> Option<Self> {
        let mut streets = past.iter().map(|address| street_named(&address.street));
        let newest = streets.next().flatten()?;
        let present = present.and_then(|address| street_named(&address.street));
        Some(Self {
            newest,
            others: streets.flatten().chain(present).collect(),
        })
    }
}

/// The canton of a place, if it is one of Ecuador's.
fn canton(place: &Place) -> Option<&'static Canton> {
    Canton::find(&place.canton, province_named(&place.province))
}

/// Whether the month is one of the last twelve that are over.
pub(super) fn is_recent(month: Month, this_month: Month) -> bool {
    month < this_month && month >= months_before(this_month, MONTHS)
}

/// The month `count` months before, not before the first month there is.
pub(super) fn months_before(month: Month, count: u16) -> Month {
    let index = (month.year() * 12 + u16::from(month.month()) - 1).saturating_sub(count);
    Month::new(index / 12, u8::try_from(index % 12 + 1).unwrap_or(1)).unwrap_or(month)
}

impl core::fmt::Debug for Facts {
    /// Facts answer questions of identity.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Facts(••••)")
    }
}

impl core::fmt::Debug for Streets {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Streets(••••)")
    }
}
