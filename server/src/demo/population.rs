//! One employer of the population after the other, each a function of the seed and its index.
//!
//! The first ones are the showcase: one of each situation, always the same. Behind them comes a crowd in about the
//! proportions of real employers.

use super::numbers;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use shared::i18n::Language;
use shared::identifiers::{Branch, Email, EmployerIdentifier, Phone, RepresentativeId, Ruc};
use shared::obligations::{Cents, ObligationRecord, Standing};
use shared::registries::{
    Activity, ActivityCode, Address, Appointment, Canton, DebitAccount, EmployerRecord, Month, Person, Place,
    Taxpayer, TaxpayerKind, TaxpayerStatus, WorkersInMonth, banks, streets,
};
use shared::time::CivilDate;

/// The months for which workers are on record: no demo is older than the first or outlives the last.
const MONTHS: std::ops::RangeInclusive<u16> = 2025..=2030;

/// What is the matter with an employer: what a recovery comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Situation {
    /// Nothing: the link comes by mail.
    Good,
    /// The account is blocked.
    Blocked,
    /// The online recovery is suspended for 24 hours.
    Suspended,
    /// No e-mail is registered.
    NoEmail,
    /// The RUC is not active at the SRI.
    Inactive,
}

/// What kind of employer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A company with a check digit that holds, or none where there is none.
    Company,
    /// A company whose number has no check digit.
    NewCompany,
    /// A company represented by a foreigner without a cédula.
    ForeignCompany,
    /// A public body.
    PublicBody,
    /// A natural person with a RUC.
    NaturalPerson,
    /// A household employer.
    Household,
}

/// An employer with everything that is on record about it.
#[derive(Clone, Debug)]
pub struct Employer {
    /// What kind it is.
    pub sort: Sort,
    /// What a recovery comes to.
    pub situation: Situation,
    /// At the SRI; a household has none.
    pub taxpayer: Option<Taxpayer>,
    /// The representative.
    pub person: Person,
    /// That the person represents the employer.
    pub appointment: Appointment,
    /// In the institute's records.
    pub record: EmployerRecord,
    /// What it owes.
    pub obligations: ObligationRecord,
    /// The account's address.
    pub email: Option<Email>,
    /// The account's telephone: a mobile's number by its form, of a series (090) that no operator has.
    pub phone: Option<Phone>,
    /// The language of mails.
    pub language: Language,
}

/// How much is on record about each employer of the crowd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Everything, as in the showcase.
    Full,
    /// Without workers and addresses: for populations of which only the number matters.
    Sparse,
}

/// How many employers the showcase has.
pub const SHOWN: u32 = 11;

const SHOWCASE: [(Sort, Situation, Language); SHOWN as usize] = [
    (Sort::Company, Situation::Good, Language::Es),
    (Sort::PublicBody, Situation::Good, Language::Es),
    (Sort::NaturalPerson, Situation::Good, Language::Es),
    (Sort::Household, Situation::Good, Language::Es),
    (Sort::NewCompany, Situation::Good, Language::Es),
    (Sort::ForeignCompany, Situation::Good, Language::En),
    (Sort::Company, Situation::Blocked, Language::Es),
    (Sort::Company, Situation::Suspended, Language::Es),
    (Sort::NaturalPerson, Situation::NoEmail, Language::Es),
    (Sort::Company, Situation::Inactive, Language::Es),
    (Sort::Household, Situation::Blocked, Language::Es),
];

/// The employer with this index, or `None` behind the last possible one.
pub fn employer(seed: u64, index: u32, detail: Detail) -> Option<Employer> {
    let stream = |number| {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(number);
        Dice(random)
    };
    let mut dice = stream(index.into());
    let (sort, situation, language) = match usize::try_from(index).ok().and_then(|index| SHOWCASE.get(index))
    {
        Some(shown) => *shown,
        None => dice.ordinary(),
    };
    let detail = if index < SHOWN { Detail::Full } else { detail };
    Maker {
        index,
        sort,
        situation,
        language,
        detail,
        dice,
        more: stream((1 << 32) | u64::from(index)),
    }
    .make()
}

struct Maker {
    index: u32,
    sort: Sort,
    situation: Situation,
    language: Language,
    detail: Detail,
    dice: Dice,
    /// For what was added later: the values of before stay what they were.
    more: Dice,
}

impl Maker {
    fn make(mut self) -> Option<Employer> {
        let cedula = numbers::cedula(self.index)?;
        let employer = match self.sort {
            Sort::Company | Sort::ForeignCompany => EmployerIdentifier::Ruc(numbers::company(self.index)?),
            Sort::NewCompany => EmployerIdentifier::Ruc(numbers::company_without_check_digit(self.index)?),
            Sort::PublicBody => EmployerIdentifier::Ruc(match numbers::public_body(self.index) {
                Some(ruc) => ruc,
                // Few numbers have no check digit of a public body.
                None => self.company_instead()?,
            }),
            Sort::NaturalPerson => EmployerIdentifier::Ruc(numbers::ruc_of(cedula)?),
            Sort::Household => EmployerIdentifier::Household(cedula),
        };
        let id = match self.sort {
            Sort::ForeignCompany => RepresentativeId::ForeignerCode(numbers::foreigner(self.index)?),
            Sort::Company | Sort::NewCompany | Sort::PublicBody | Sort::NaturalPerson | Sort::Household => {
                RepresentativeId::Cedula(cedula)
            }
        };
        let canton = Canton::likely(employer.province(), &mut |bound| self.dice.below(bound));
        let person = self.person(id.clone(), canton);
        let name = self.name(&person, canton);
        let (incorporated_on, issued_on) = self.beginnings();
        let taxpayer = match employer {
            EmployerIdentifier::Ruc(ruc) => {
                Some(self.taxpayer(ruc, &name, canton, incorporated_on, issued_on))
            }
            EmployerIdentifier::Household(_) => None,
        };
        let appointment = Appointment {
            employer,
            representative: id.clone(),
            registered_on: Some(self.more.day(2019..=2024)),
        };
        let record = self.record(employer, name, id, canton, issued_on);
        let email = match self.situation {
            Situation::NoEmail => None,
            Situation::Good | Situation::Blocked | Situation::Suspended | Situation::Inactive => {
                self.email(&person)
            }
        };
        let phone = format!("090{:07}", self.index % 10_000_000).parse().ok();
        let obligations = self.obligations(employer);
        let Self {
            sort,
            situation,
            language,
            ..
        } = self;
        Some(Employer {
            sort,
            situation,
            taxpayer,
            person,
            appointment,
            record,
            obligations,
            email,
            phone,
            language,
        })
    }

    /// Most owe nothing; the blocked ones of the showcase are late, so that both can be seen.
    fn obligations(&mut self, employer: EmployerIdentifier) -> ObligationRecord {
        let standing = match (self.situation, self.more.below(20)) {
            (Situation::Blocked, _) | (_, 0..3) => Standing::Late,
            (_, 3) => Standing::Agreement,
            (_, _) => Standing::UpToDate,
        };
        let owed = Cents::new(4_000 + self.more.below(900_000)).ok();
        let month = u8::try_from(1 + self.more.below(12)).unwrap_or(1);
        let unpaid_since = Month::new(*MONTHS.start(), month).ok();
        let (debt, unpaid_since) = match standing {
            Standing::UpToDate => (Cents::new(0).ok(), None),
            Standing::Late | Standing::Agreement => (owed, unpaid_since),
        };
        ObligationRecord {
            employer,
            branch: Branch::default(),
            standing,
            debt,
            unpaid_since,
            counted_on: None,
        }
    }

    fn company_instead(&mut self) -> Option<Ruc> {
        self.sort = Sort::Company;
        numbers::company(self.index)
    }

    fn person(&mut self, id: RepresentativeId, canton: &Canton) -> Person {
        let (given, surnames) = (
            lines(include_str!("given_names.txt")),
            lines(include_str!("surnames.txt")),
        );
        let given_names = format!("{} {}", self.dice.of(&given), self.dice.of(&given));
        let surnames = format!("{} {}", self.dice.of(&surnames), self.dice.of(&surnames));
        let birth_date = self.dice.day(1950..=1999);
        let previous_addresses = self.addresses(canton);
        // Most people live where they were born, and many marry.
        let all = Canton::all();
        let born_in = match self.more.below(4) {
            0 => &all[usize::try_from(self.more.below(all.len() as u64)).unwrap_or(0)],
            _ => canton,
        };
        let married_on = self.more.day(birth_date.year() + 20..=birth_date.year() + 24);
        let address = self.present_address(&previous_addresses, canton);
        Person {
            id,
            given_names,
            surnames,
            birth_date,
            birthplace: place(born_in),
            married_on: self.known_of(60).then_some(married_on),
            address,
            previous_addresses,
        }
    }

    fn name(&mut self, person: &Person, canton: &Canton) -> String {
        let trades = lines(include_str!("trades.txt"));
        let surname = person.surnames.split(' ').next().unwrap_or_default();
        match self.sort {
            Sort::Company => format!("{} {surname} {} S.A.", self.dice.of(&trades), canton.name),
            Sort::NewCompany => format!("{} {surname} {} S.A.S.", self.dice.of(&trades), canton.name),
            Sort::ForeignCompany => format!("{surname} Trading Ecuador Cía. Ltda."),
            Sort::PublicBody => format!("Empresa Pública de Demostración de {}", canton.name),
            Sort::NaturalPerson | Sort::Household => format!("{} {}", person.surnames, person.given_names),
        }
    }

    /// The day of the incorporation, and the day the RUC was issued: a month later, so that they can be confused.
    fn beginnings(&mut self) -> (CivilDate, CivilDate) {
        let incorporated_on = self.dice.day(2000..=2018);
        let (year, month) = match incorporated_on.month() {
            12 => (incorporated_on.year() + 1, 1),
            month => (incorporated_on.year(), month + 1),
        };
        (
            incorporated_on,
            CivilDate::new(year, month, incorporated_on.day()).unwrap_or(incorporated_on),
        )
    }

    fn taxpayer(
        &mut self,
        ruc: Ruc,
        name: &str,
        canton: &Canton,
        incorporated_on: CivilDate,
        issued_on: CivilDate,
    ) -> Taxpayer {
        let person = matches!(self.sort, Sort::NaturalPerson | Sort::Household);
        let main_activity = self.activity();
        Taxpayer {
            ruc,
            name: name.to_uppercase(),
            status: if self.situation == Situation::Inactive {
                TaxpayerStatus::Suspended
            } else {
                TaxpayerStatus::Active
            },
            kind: Some(if person {
                TaxpayerKind::NaturalPerson
            } else {
                TaxpayerKind::LegalEntity
            }),
            activities_started_on: Some(incorporated_on),
            ruc_issued_on: Some(issued_on),
            incorporated_on: (!person && self.sort != Sort::PublicBody).then_some(incorporated_on),
            head_office: place(canton),
            main_activity,
        }
    }

    fn record(
        &mut self,
        employer: EmployerIdentifier,
        name: String,
        representative: RepresentativeId,
        canton: &Canton,
        issued_on: CivilDate,
    ) -> EmployerRecord {
        // The same number every month: somebody who tries the demo by hand can remember it.
        let workers = u32::try_from(1 + self.dice.below(250)).unwrap_or(1);
        let months = MONTHS.flat_map(|year| (1..=12).filter_map(move |month| Month::new(year, month).ok()));
        let workers = match self.detail {
            Detail::Full => months.map(|month| WorkersInMonth { month, workers }).collect(),
            Detail::Sparse => Vec::new(),
        };
        let banks: Vec<_> = banks().collect();
        let bank = self.dice.of(&banks).to_owned();
        let last_four = format!("{:04}", self.dice.below(10_000)).parse().ok();
        let previous_addresses = self.addresses(canton);
        // The month after the RUC was issued, and the first worker in the month after that.
        let month = month_after(issued_on.year(), issued_on.month());
        let registered_on =
            month.and_then(|month| CivilDate::new(month.year().into(), month.month(), issued_on.day()).ok());
        let first_worker_in = month.and_then(|month| month_after(month.year().into(), month.month()));
        let branches = if self.known_of(15) {
            2 + u32::try_from(self.more.below(7)).unwrap_or(0)
        } else {
            1
        };
        EmployerRecord {
            employer,
            branch: Branch::default(),
            name,
            representative,
            registered_on,
            first_worker_in,
            workers,
            branches: Some(branches),
            address: self.present_address(&previous_addresses, canton),
            previous_addresses,
            debit_account: last_four.map(|last_four| DebitAccount { bank, last_four }),
        }
    }

    fn addresses(&mut self, canton: &Canton) -> Vec<Address> {
        let streets: Vec<_> = streets().collect();
        let street = self.dice.of(&streets).to_owned();
        match self.detail {
            Detail::Full => vec![Address {
                street,
                canton: canton.name.to_owned(),
            }],
            Detail::Sparse => Vec::new(),
        }
    }

    /// Another street of the canton.
    fn present_address(&mut self, past: &[Address], canton: &Canton) -> Option<Address> {
        let streets: Vec<_> = streets()
            .filter(|street| past.iter().all(|address| address.street != *street))
            .collect();
        let street = self.more.of(&streets).to_owned();
        match self.detail {
            Detail::Full => Some(Address {
                street,
                canton: canton.name.to_owned(),
            }),
            Detail::Sparse => None,
        }
    }

    fn activity(&mut self) -> Option<ActivityCode> {
        let group = match self.sort {
            Sort::PublicBody => "O841",
            Sort::Company
            | Sort::NewCompany
            | Sort::ForeignCompany
            | Sort::NaturalPerson
            | Sort::Household => Activity::likely(&mut |bound| self.more.below(bound)).code,
        };
        format!("{group}1.01").parse().ok()
    }

    /// Of the showcase everything is known; of so many in a hundred of the others.
    fn known_of(&mut self, hundred: u64) -> bool {
        let drawn = self.more.below(100) < hundred;
        drawn || self.index < SHOWN
    }

    /// An address under a domain that is reserved for examples (RFC 2606): nothing can be delivered to it.
    fn email(&self, person: &Person) -> Option<Email> {
        let plain = |name: &str| {
            let first = name.split(' ').next().unwrap_or_default().to_lowercase();
            let letter = |letter| match letter {
                'á' => 'a',
                'é' => 'e',
                'í' => 'i',
                'ó' => 'o',
                'ú' => 'u',
                'ñ' => 'n',
                other => other,
            };
            first.chars().map(letter).collect::<String>()
        };
        format!(
            "{}.{}{}@demo.example",
            plain(&person.given_names),
            plain(&person.surnames),
            self.index
        )
        .parse()
        .ok()
    }
}

/// A canton as official records spell it.
fn place(canton: &Canton) -> Option<Place> {
    canton.province.name().map(|province| Place {
        province: province.to_uppercase(),
        canton: canton.name.to_uppercase(),
    })
}

fn month_after(year: i32, month: u8) -> Option<Month> {
    let (year, month) = match month {
        12 => (year + 1, 1),
        month => (year, month + 1),
    };
    Month::new(u16::try_from(year).ok()?, month).ok()
}

fn lines(file: &'static str) -> Vec<&'static str> {
    file.lines().collect()
}

/// Draws from an employer's own stream.
struct Dice(ChaCha8Rng);

impl Dice {
    /// A number below `bound`; the bias is smaller than anybody can see.
    fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound.max(1)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        usize::try_from(self.below(list.len() as u64))
            .ok()
            .and_then(|at| list.get(at))
            .copied()
            .unwrap_or_default()
    }

    fn day(&mut self, years: std::ops::RangeInclusive<i32>) -> CivilDate {
        let span = u64::from(years.end().abs_diff(*years.start())) + 1;
        let year = years.start() + i32::try_from(self.below(span)).unwrap_or(0);
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        let small = |number: u64| u8::try_from(number).unwrap_or(1);
        CivilDate::new(year, small(month), small(day))
            .expect("every month has 28 days, and the years are those of a life")
    }

    fn ordinary(&mut self) -> (Sort, Situation, Language) {
        let sort = match self.below(100) {
            0..60 => Sort::Company,
            60..65 => Sort::NewCompany,
            65..67 => Sort::ForeignCompany,
            67..70 => Sort::PublicBody,
            70..90 => Sort::NaturalPerson,
            _ => Sort::Household,
        };
        let situation = match (self.below(100), sort) {
            (0..3, _) => Situation::Blocked,
            (3..7, _) => Situation::NoEmail,
            // A household has no RUC that could be inactive.
            (
                7..13,
                Sort::Company
                | Sort::NewCompany
                | Sort::ForeignCompany
                | Sort::PublicBody
                | Sort::NaturalPerson,
            ) => Situation::Inactive,
            (_, _) => Situation::Good,
        };
        let language = match self.below(20) {
            0 => Language::En,
            1 => Language::Qu,
            _ => Language::Es,
        };
        (sort, situation, language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_same_seed_gives_the_same_people() {
        for index in [0, 5, 100, 10_000] {
            let (one, same) = (
                employer(1, index, Detail::Full).unwrap(),
                employer(1, index, Detail::Full).unwrap(),
            );
            assert!(one.person == same.person && one.record == same.record && one.taxpayer == same.taxpayer);
            assert_eq!(one.email, same.email);
        }
        let other = employer(2, 0, Detail::Full).unwrap();
        let one = employer(1, 0, Detail::Full).unwrap();
        assert!(one.record.employer == other.record.employer && one.person != other.person);
    }

    #[test]
    fn no_employer_and_no_person_comes_twice() {
        let crowd: Vec<_> = (0..20_000)
            .map(|index| employer(1, index, Detail::Sparse).unwrap())
            .collect();
        assert_eq!(
            crowd
                .iter()
                .map(|one| one.record.employer)
                .collect::<BTreeSet<_>>()
                .len(),
            crowd.len()
        );
        assert_eq!(
            crowd
                .iter()
                .map(|one| one.person.id.clone())
                .collect::<BTreeSet<_>>()
                .len(),
            crowd.len()
        );
        for situation in [
            Situation::Good,
            Situation::Blocked,
            Situation::NoEmail,
            Situation::Inactive,
        ] {
            assert!(
                crowd.iter().filter(|one| one.situation == situation).count() > 300,
                "{situation:?}"
            );
        }
    }

    #[test]
    fn the_showcase_is_what_it_says() {
        for index in 0..SHOWN {
            let one = employer(1, index, Detail::Sparse).unwrap();
            let (sort, situation, _) = SHOWCASE[usize::try_from(index).unwrap()];
            assert_eq!((one.sort, one.situation), (sort, situation), "{index}");
            assert_eq!(one.email.is_none(), situation == Situation::NoEmail);
            assert_eq!(one.taxpayer.is_none(), sort == Sort::Household);
            assert!(
                one.phone.is_some() && one.record.debit_account.is_some() && !one.record.workers.is_empty()
            );
        }
    }

    #[test]
    fn a_million_can_be_made() {
        assert!(employer(1, 999_999, Detail::Sparse).is_some());
        assert!(employer(1, numbers::MOST, Detail::Sparse).is_none());
    }
}
