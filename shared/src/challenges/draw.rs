//! Drawing a set of questions from what the registries know.
//!
//! Somebody who types identifiers must not learn from the questions whether a pair of employer and representative is
//! right. So the kinds depend on the employer's *number* only, and the choices on what each identifier by itself leads
//! to: an employer's canton is among the choices whoever is typed as its representative. Where a record is missing,
//! decoys fill in. Choices come out the same every time, or comparing two sets would leave the right one standing.

use super::answers::{account_text, folded, number_text};
use super::bits::Bits;
use super::facts::{MONTHS, is_recent, months_before};
use super::{About, Bank, Canonical, Facts, Form, Question, QuestionKind, Shape, Streets};
use crate::identifiers::Province;
use crate::registries::{Activity, Canton, Month, banks, street_decoys, streets};
use crate::secrets::Secret;
use crate::time::CivilDate;

/// How many choices a choice has, the right one included.
pub const CHOICES: usize = 5;

/// Whether the person that was typed is the employer's representative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pair {
    /// It is: only what is known may be asked.
    Right,
    /// It is not, or nobody knows either: no answer is right, and what is not on record is asked as if it were.
    Wrong,
}

/// What the representative identifies with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Papers {
    /// A cédula: nearly everybody is in the Registro Civil.
    Cedula,
    /// The institute's code of a foreigner: many are not.
    ForeignerCode,
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
    /// What the representative identifies with.
    pub papers: Papers,
    /// What an unrecorded employer is taken to have on record.
    pub employer_shape: Shape,
    /// What an unrecorded representative is taken to have on record.
    pub person_shape: Shape,
    /// Fresh: which kinds are asked.
    pub kinds: Bits,
    /// Derived from both identifiers and a key: whether this pair is asked about the representative.
    pub about_pair: Bits,
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

impl Papers {
    /// One pair in so many is asked about the employer only, as a representative without a civil record always is.
    const fn alone_one_in(self) -> u64 {
        match self {
            Self::Cedula => 8,
            Self::ForeignerCode => 2,
        }
    }
}

/// Draws a set. A kind whose answer is not known is not asked; nor what the made-up record of somebody unknown lacks. If
/// too few kinds are left, all of the bank are drawn from. Answers that are not all known prove nothing.
pub fn draw(bank: Bank, facts: &Facts, mut lot: Lot) -> Drawn {
    let wanted = usize::from(lot.questions).min(bank.all().count());
    let known = askable(bank, facts, &lot);
    let mut kinds = pick(bank, wanted, &mut lot.kinds, |kind| known.has(kind));
    if kinds.len() < wanted {
        kinds = pick(bank, wanted, &mut lot.kinds, |_| true);
    }

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

/// The kinds to draw from. About the employer they are the same whoever is typed as its representative.
fn askable(bank: Bank, facts: &Facts, lot: &Lot) -> Shape {
    let known = facts.shape(lot.this_month);
    let of = |about: About, made_up: &Shape| {
        let real = known.about(about);
        match lot.pair {
            Pair::Wrong if !facts.recorded.contains(&about) => real.with(&made_up.about(about)),
            Pair::Right | Pair::Wrong => real,
        }
    };
    let employer = of(About::Employer, &lot.employer_shape);
    let alone = match bank {
        Bank::Company | Bank::Public => lot.about_pair.clone().below(lot.papers.alone_one_in()) == 0,
        // The representative is the employer itself.
        Bank::Person => false,
    };
    let enough = bank.all().filter(|kind| employer.has(*kind)).count() >= usize::from(lot.questions);
    if alone && enough {
        employer
    } else {
        employer.with(&of(About::Person, &lot.person_shape))
    }
}

/// Draws kinds of the bank, its fillers only where it has too few.
fn pick(
    bank: Bank,
    wanted: usize,
    bits: &mut Bits,
    may_ask: impl Fn(QuestionKind) -> bool,
) -> Vec<QuestionKind> {
    let mut chosen = Vec::with_capacity(wanted);
    for part in [bank.kinds(), bank.fillers()] {
        let mut kinds: Vec<_> = part.iter().copied().filter(|kind| may_ask(*kind)).collect();
        bits.shuffle(&mut kinds);
        kinds.truncate(wanted - chosen.len());
        chosen.extend(kinds);
    }
    bits.shuffle(&mut chosen);
    chosen
}

/// The form of one question and its right answer, if it is known.
fn ask(kind: QuestionKind, facts: &Facts, lot: &Lot) -> (Form, Option<Canonical>) {
    let date = |date: Option<CivilDate>| (Form::Date, date.map(|date| Secret::new(date.to_string())));
    // A stream of its own for each kind: else the right choices of two questions would stand at the same place.
    let mut bits = match kind.about() {
        About::Employer => lot.about_employer.stream(kind),
        About::Person => lot.about_person.stream(kind),
    };
    match kind {
        QuestionKind::BirthDate => date(facts.birth_date),
        QuestionKind::MarriageDate => date(facts.married_on),
        QuestionKind::RucIssueDate => date(facts.ruc_issued_on),
        QuestionKind::IncorporationDate => date(facts.incorporated_on),
        QuestionKind::EmployerRegistrationDate => date(facts.employer_registered_on),
        QuestionKind::AppointmentDate => date(facts.appointed_on),
        QuestionKind::Birthplace => canton(facts.birthplace, lot.representative_province, &mut bits),
        QuestionKind::HeadOfficeCanton => canton(facts.head_office, lot.employer_province, &mut bits),
        QuestionKind::MainActivity => activity(facts.main_activity, &mut bits),
        QuestionKind::PreviousAddress => street(facts.person_streets.as_ref(), &mut bits),
        QuestionKind::EmployerPreviousAddress => street(facts.employer_streets.as_ref(), &mut bits),
        QuestionKind::FirstWorkerMonth => (
            Form::Month,
            facts.first_worker_in.map(|month| Secret::new(month.to_string())),
        ),
        QuestionKind::WorkersInMonth => workers(facts, lot.this_month, &mut bits),
        QuestionKind::BranchCount => (Form::Number, facts.branches.map(number_text)),
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

fn canton(answer: Option<&'static Canton>, province: Province, bits: &mut Bits) -> (Form, Option<Canonical>) {
    let mut below = |bound| bits.below(bound);
    let right = answer.unwrap_or_else(|| Canton::likely(province, &mut below));
    let decoys = right.decoys(CHOICES - 1, &mut below);
    let decoys = decoys.iter().map(|canton| canton.name).collect();
    (
        choice(right.name, decoys, bits),
        answer.map(|right| text(right.name)),
    )
}

fn activity(answer: Option<&'static Activity>, bits: &mut Bits) -> (Form, Option<Canonical>) {
    let mut below = |bound| bits.below(bound);
    let right = answer.unwrap_or_else(|| Activity::likely(&mut below));
    let decoys = right.decoys(CHOICES - 1, &mut below);
    let decoys = decoys.iter().map(|activity| activity.name).collect();
    (
        choice(right.name, decoys, bits),
        answer.map(|right| text(right.name)),
    )
}

/// Streets without their cantons: no decoy could hide that a canton is not the one where the number is from.
fn street(answer: Option<&Streets>, bits: &mut Bits) -> (Form, Option<Canonical>) {
    let right = answer.map_or_else(
        || {
            let names: Vec<_> = streets().collect();
            names[bits.place(names.len())]
        },
        |streets| streets.newest,
    );
    // Another true address must not stand beside the right one: draw more and leave those out.
    let others = answer.map_or(&[][..], |streets| &streets.others);
    let decoys = street_decoys(right, CHOICES - 1 + others.len(), &mut |bound| bits.below(bound))
        .into_iter()
        .filter(|decoy| !others.contains(decoy))
        .take(CHOICES - 1)
        .collect();
    (
        choice(right, decoys, bits),
        answer.map(|streets| text(streets.newest)),
    )
}

fn workers(facts: &Facts, this_month: Month, bits: &mut Bits) -> (Form, Option<Canonical>) {
    let known: Vec<_> = facts
        .workers
        .iter()
        .filter(|one| is_recent(one.month, this_month))
        .collect();
    let (month, answer) = if known.is_empty() {
        let back = 1 + u16::try_from(bits.below(MONTHS.into())).unwrap_or(0);
        (months_before(this_month, back), None)
    } else {
        let one = known[bits.place(known.len())];
        (one.month, Some(number_text(one.workers)))
    };
    let form = Form::NumberInMonth {
        year: month.year(),
        month: month.month(),
    };
    (form, answer)
}

/// Five choices in an order that tells nothing.
fn choice(right: &str, decoys: Vec<&str>, bits: &mut Bits) -> Form {
    let mut choices = decoys;
    choices.push(right);
    bits.shuffle(&mut choices);
    Form::Choice {
        choices: choices.into_iter().map(ToOwned::to_owned).collect(),
    }
}

fn text(right: &str) -> Canonical {
    Secret::new(folded(right))
}

impl core::fmt::Debug for Drawn {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Drawn")
            .field("questions", &self.questions)
            .finish_non_exhaustive()
    }
}
