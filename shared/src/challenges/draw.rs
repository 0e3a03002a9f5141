//! Drawing a set of questions from what the registries know.
//!
//! Somebody who types identifiers must not learn from the questions whether a pair of employer and representative is
//! right. So the kinds depend on the employer's *number* only, and the choices on what each identifier by itself leads
//! to: an employer's canton is among the choices whoever is typed as its representative. Where a record is missing,
//! decoys fill in. Choices come out the same every time, or comparing two sets would leave the right one standing.

use super::answers::{account_text, folded, number_text};
use super::bits::Bits;
use super::{Canonical, Form, Question, QuestionKind};
use crate::identifiers::{EmployerIdentifier, Kind, Province};
use crate::registries::{
    Canton, DebitAccount, EmployerRecord, Month, Person, Taxpayer, WorkersInMonth, banks, province_named,
    street_decoys, street_named, streets,
};
use crate::secrets::Secret;
use crate::time::CivilDate;
use std::collections::BTreeSet;

/// How many choices a choice has, the right one included.
pub const CHOICES: usize = 5;

/// How many months back workers are asked for.
const MONTHS: u16 = 12;

/// Which questions an employer's number leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bank {
    /// A company, or a foreigner without a cédula.
    Company,
    /// A public body: it was not incorporated.
    Public,
    /// A natural person or a household: the simplified bank.
    Person,
}

/// Whom a question is about: what is known of one tells nothing of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum About {
    /// The employer.
    Employer,
    /// The representative.
    Person,
}

/// Whether the person that was typed is the employer's representative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pair {
    /// It is: only what is known may be asked.
    Right,
    /// It is not, or nobody knows either: no answer is right, and what is not on record is asked as if it were.
    Wrong,
}

/// What the registries know and a question may ask. Not everything is known of everybody.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The representative's day of birth.
    pub birth_date: Option<CivilDate>,
    /// The streets where the representative lived before, newest first. Empty unless the newest is one that most towns
    /// have: among such decoys any other would be seen to be the right one.
    pub previous_streets: Vec<&'static str>,
    /// The day the RUC was issued.
    pub ruc_issued_on: Option<CivilDate>,
    /// The day the company was incorporated.
    pub incorporated_on: Option<CivilDate>,
    /// The canton of the head office, if it is one of Ecuador's.
    pub head_office: Option<&'static Canton>,
    /// Workers registered month by month.
    pub workers: Vec<WorkersInMonth>,
    /// The account that the institute debits.
    pub debit_account: Option<DebitAccount>,
    /// Of whom a record is missing altogether, rather than a fact in it.
    pub unrecorded: BTreeSet<About>,
}

/// What a draw depends on besides the facts.
#[derive(Clone, Debug)]
pub struct Lot {
    /// How many questions the policy asks.
    pub questions: u8,
    /// Whether answers may prove anything.
    pub pair: Pair,
    /// The month it is now.
    pub this_month: Month,
    /// Where the employer's number was first registered: plausible decoys come from there.
    pub employer_province: Province,
    /// The same of the representative's number.
    pub representative_province: Province,
    /// Fresh: which kinds are asked.
    pub kinds: Bits,
    /// Derived from the employer and a key: choices about the employer are the same every time.
    pub about_employer: Bits,
    /// Derived from the representative and a key: choices about the person are the same every time.
    pub about_person: Bits,
}

/// A set as it was drawn.
#[derive(Clone, PartialEq, Eq)]
pub struct Drawn {
    /// What is asked.
    pub questions: Vec<Question>,
    /// The right answers, in the order of the questions; `None` if they are not all known, so that none is right.
    pub expected: Option<Vec<Canonical>>,
}

impl Bank {
    /// The bank for an employer's number. Of a number that may be a public body or a person, the public body.
    pub fn of(employer: EmployerIdentifier) -> Self {
        let kinds = employer.kinds();
        if kinds.contains(Kind::Public) {
            Self::Public
        } else if kinds.contains(Kind::Company) {
            Self::Company
        } else {
            Self::Person
        }
    }

    /// The kinds in it.
    pub const fn kinds(self) -> &'static [QuestionKind] {
        match self {
            Self::Company => &[
                QuestionKind::BirthDate,
                QuestionKind::PreviousAddress,
                QuestionKind::RucIssueDate,
                QuestionKind::IncorporationDate,
                QuestionKind::HeadOfficeCanton,
                QuestionKind::WorkersInMonth,
            ],
            Self::Public => &[
                QuestionKind::BirthDate,
                QuestionKind::PreviousAddress,
                QuestionKind::RucIssueDate,
                QuestionKind::HeadOfficeCanton,
                QuestionKind::WorkersInMonth,
            ],
            Self::Person => &[QuestionKind::BirthDate, QuestionKind::DebitAccount],
        }
    }
}

impl Facts {
    /// What the records say, each of which may be missing.
    pub fn of(
        taxpayer: Option<&Taxpayer>,
        person: Option<&Person>,
        employer: Option<&EmployerRecord>,
    ) -> Self {
        let mut unrecorded = BTreeSet::new();
        if person.is_none() {
            unrecorded.insert(About::Person);
        }
        // Both: a RUC without an employer's record must look like one that has it.
        if taxpayer.is_none() || employer.is_none() {
            unrecorded.insert(About::Employer);
        }
        let office = taxpayer.and_then(|taxpayer| taxpayer.head_office.as_ref());
        Self {
            birth_date: person.map(|person| person.birth_date),
            previous_streets: person.map(common_streets).unwrap_or_default(),
            ruc_issued_on: taxpayer.and_then(|taxpayer| taxpayer.ruc_issued_on),
            incorporated_on: taxpayer.and_then(|taxpayer| taxpayer.incorporated_on),
            head_office: office
                .and_then(|office| Canton::find(&office.canton, province_named(&office.province))),
            workers: employer
                .map(|employer| employer.workers.clone())
                .unwrap_or_default(),
            debit_account: employer
                .and_then(|employer| employer.debit_account.clone())
                .filter(|account| banks().any(|bank| folded(bank) == folded(&account.bank))),
            unrecorded,
        }
    }

    fn may_ask(&self, kind: QuestionKind, lot: &Lot) -> bool {
        let as_if_known = match lot.pair {
            Pair::Right => false,
            Pair::Wrong => self.unrecorded.contains(&about(kind)),
        };
        as_if_known || self.knows(kind, lot.this_month)
    }

    /// Whether a question of this kind has an answer.
    fn knows(&self, kind: QuestionKind, this_month: Month) -> bool {
        match kind {
            QuestionKind::BirthDate => self.birth_date.is_some(),
            QuestionKind::PreviousAddress => !self.previous_streets.is_empty(),
            QuestionKind::RucIssueDate => self.ruc_issued_on.is_some(),
            QuestionKind::IncorporationDate => self.incorporated_on.is_some(),
            QuestionKind::HeadOfficeCanton => self.head_office.is_some(),
            QuestionKind::WorkersInMonth => self.workers.iter().any(|one| is_recent(one.month, this_month)),
            QuestionKind::DebitAccount => self.debit_account.is_some(),
        }
    }
}

/// Draws a set. Of a right pair, a kind whose answer is not known is not asked. Of a wrong one, a kind about somebody
/// without a record is asked as well, or a made-up person would bring out which employers have a record. If too few
/// kinds are left, all of the bank are drawn from. Answers that are not all known prove nothing.
pub fn draw(bank: Bank, facts: &Facts, mut lot: Lot) -> Drawn {
    let wanted = usize::from(lot.questions).min(bank.kinds().len());
    let mut kinds: Vec<_> = bank
        .kinds()
        .iter()
        .copied()
        .filter(|kind| facts.may_ask(*kind, &lot))
        .collect();
    if kinds.len() < wanted {
        kinds = bank.kinds().to_vec();
    }
    lot.kinds.shuffle(&mut kinds);
    kinds.truncate(wanted);

    let mut expected = Vec::with_capacity(wanted);
    let questions = kinds
        .into_iter()
        .map(|kind| {
            let (form, answer) = ask(kind, facts, &lot);
            expected.extend(answer);
            Question { kind, form }
        })
        .collect();
    let expected = (wanted > 0 && expected.len() == wanted).then_some(expected);
    Drawn { questions, expected }
}

const fn about(kind: QuestionKind) -> About {
    match kind {
        QuestionKind::BirthDate | QuestionKind::PreviousAddress => About::Person,
        QuestionKind::RucIssueDate
        | QuestionKind::IncorporationDate
        | QuestionKind::HeadOfficeCanton
        | QuestionKind::WorkersInMonth
        | QuestionKind::DebitAccount => About::Employer,
    }
}

/// The form of one question and its right answer, if it is known.
fn ask(kind: QuestionKind, facts: &Facts, lot: &Lot) -> (Form, Option<Canonical>) {
    let date = |date: Option<CivilDate>| (Form::Date, date.map(|date| Secret::new(date.to_string())));
    match kind {
        QuestionKind::BirthDate => date(facts.birth_date),
        QuestionKind::RucIssueDate => date(facts.ruc_issued_on),
        QuestionKind::IncorporationDate => date(facts.incorporated_on),
        QuestionKind::PreviousAddress => previous_address(facts, lot),
        QuestionKind::HeadOfficeCanton => head_office(facts, lot),
        QuestionKind::WorkersInMonth => workers(facts, lot),
        QuestionKind::DebitAccount => {
            let answer = facts.debit_account.as_ref();
            let answer = answer.map(|account| account_text(&account.bank, account.last_four.as_str()));
            (
                Form::Account {
                    banks: banks().map(ToOwned::to_owned).collect(),
                },
                answer,
            )
        }
    }
}

fn head_office(facts: &Facts, lot: &Lot) -> (Form, Option<Canonical>) {
    let mut bits = lot.about_employer.clone();
    let mut below = |bound| bits.below(bound);
    let answer = facts.head_office;
    let right = answer.unwrap_or_else(|| Canton::likely(lot.employer_province, &mut below));
    let mut choices: Vec<_> = right
        .decoys(CHOICES - 1, &mut below)
        .iter()
        .map(|canton| canton.name.to_owned())
        .collect();
    choices.push(right.name.to_owned());
    (
        choice(choices, &mut bits),
        answer.map(|canton| Secret::new(folded(canton.name))),
    )
}

/// Streets without their cantons: no decoy could hide that a canton is not the one where the cédula is from.
fn previous_address(facts: &Facts, lot: &Lot) -> (Form, Option<Canonical>) {
    let mut bits = lot.about_person.clone();
    let answer = facts.previous_streets.first().copied();
    let right = answer.unwrap_or_else(|| {
        let names: Vec<_> = streets().collect();
        names[bits.place(names.len())]
    });
    // Another true address must not stand beside the right one: draw more and leave those out.
    let lived = &facts.previous_streets;
    let spare = CHOICES - 1 + lived.len();
    let mut choices: Vec<_> = street_decoys(right, spare, &mut |bound| bits.below(bound))
        .into_iter()
        .filter(|decoy| !lived.contains(decoy))
        .take(CHOICES - 1)
        .map(ToOwned::to_owned)
        .collect();
    choices.push(right.to_owned());
    (
        choice(choices, &mut bits),
        answer.map(|right| Secret::new(folded(right))),
    )
}

/// Where the person lived, as the decoys are spelt: a record in capitals would stand out.
fn common_streets(person: &Person) -> Vec<&'static str> {
    let mut streets = person
        .previous_addresses
        .iter()
        .map(|address| street_named(&address.street));
    match streets.next().flatten() {
        Some(newest) => core::iter::once(newest).chain(streets.flatten()).collect(),
        None => Vec::new(),
    }
}

fn workers(facts: &Facts, lot: &Lot) -> (Form, Option<Canonical>) {
    let mut bits = lot.about_employer.clone();
    let known: Vec<_> = facts
        .workers
        .iter()
        .filter(|one| is_recent(one.month, lot.this_month))
        .collect();
    if known.is_empty() {
        let month = months_before(
            lot.this_month,
            1 + u16::try_from(bits.below(MONTHS.into())).unwrap_or(0),
        );
        return (
            Form::NumberInMonth {
                year: month.year(),
                month: month.month(),
            },
            None,
        );
    }
    let one = known[bits.place(known.len())];
    (
        Form::NumberInMonth {
            year: one.month.year(),
            month: one.month.month(),
        },
        Some(number_text(one.workers)),
    )
}

fn choice(mut choices: Vec<String>, bits: &mut Bits) -> Form {
    bits.shuffle(&mut choices);
    Form::Choice { choices }
}

fn is_recent(month: Month, this_month: Month) -> bool {
    month < this_month && month >= months_before(this_month, MONTHS)
}

/// The month `count` months before, not before the first month there is.
fn months_before(month: Month, count: u16) -> Month {
    let index = (month.year() * 12 + u16::from(month.month()) - 1).saturating_sub(count);
    Month::new(index / 12, u8::try_from(index % 12 + 1).unwrap_or(1)).unwrap_or(month)
}

impl core::fmt::Debug for Facts {
    /// Facts answer questions of identity.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Facts(••••)")
    }
}

impl core::fmt::Debug for Drawn {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Drawn")
            .field("questions", &self.questions)
            .finish_non_exhaustive()
    }
}
