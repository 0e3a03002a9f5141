//! Drawing, for records with any gaps: what holds of every set.

use super::answers::folded;
use super::*;
use crate::identifiers::{EmployerIdentifier, Province};
use crate::registries::{
    Address, Appointment, DebitAccount, EmployerRecord, Person, Place, Taxpayer, TaxpayerStatus,
    WorkersInMonth, streets,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn address() -> impl Strategy<Value = Address> {
    let listed = prop::sample::select(streets().collect::<Vec<_>>());
    // Official records are in capitals; some streets are not those that most towns have.
    prop_oneof![4 => listed.prop_map(str::to_uppercase), 1 => Just("LOS SAUCES N24-03".to_owned())].prop_map(
        |street| Address {
            street,
            canton: "QUITO".to_owned(),
        },
    )
}

fn place() -> impl Strategy<Value = Place> {
    let places = [
        ("PICHINCHA", "QUITO"),
        ("GALAPAGOS", "ISABELA"),
        ("AZUAY", "CUENCA"),
        ("ANTIOQUIA", "MEDELLIN"),
    ];
    prop::sample::select(places.to_vec()).prop_map(|(province, canton)| Place {
        province: province.to_owned(),
        canton: canton.to_owned(),
    })
}

fn day() -> impl Strategy<Value = Option<CivilDate>> {
    prop::option::of(
        (1950..2026, 1_u8..=12, 1_u8..=28).prop_map(|(year, month, day)| {
            CivilDate::new(year, month, day).expect("every month has 28 days")
        }),
    )
}

fn a_month() -> impl Strategy<Value = Month> {
    (2000_u16..2027, 1_u8..=12).prop_map(|(year, month)| Month::new(year, month).expect("a month"))
}

fn employer() -> EmployerIdentifier {
    "1790016919001".parse().expect("a RUC")
}

prop_compose! {
    fn person()(
        birth_date in day(),
        birthplace in prop::option::of(place()),
        married_on in day(),
        address in prop::option::of(address()),
        previous_addresses in prop::collection::vec(address(), 0..4),
    ) -> Option<Person> {
        Some(Person {
            id: "1710034065".parse().expect("a cédula"),
            given_names: "MARIA ELENA".to_owned(),
            surnames: "QUISPE ANDRADE".to_owned(),
            birth_date: birth_date?,
            birthplace,
            married_on,
            address,
            previous_addresses,
        })
    }
}

prop_compose! {
    fn taxpayer()(
        there in any::<bool>(),
        ruc_issued_on in day(),
        incorporated_on in day(),
        head_office in prop::option::of(place()),
        main_activity in prop::option::of(prop::sample::select(vec!["G471101", "O8411", "T970001", "G46", "D3510"])),
    ) -> Option<Taxpayer> {
        there.then(|| Taxpayer {
            ruc: "1790016919001".parse().expect("a RUC"),
            name: "EMPRESA DE PRUEBA S.A.".to_owned(),
            status: TaxpayerStatus::Active,
            kind: None,
            activities_started_on: None,
            ruc_issued_on,
            incorporated_on,
            head_office,
            main_activity: main_activity.map(|code| code.parse().expect("a code")),
        })
    }
}

prop_compose! {
    fn record()(
        there in any::<bool>(),
        registered_on in day(),
        first_worker_in in prop::option::of(a_month()),
        workers in prop::collection::vec((a_month(), 0_u32..500), 0..6),
        branches in prop::option::of(1_u32..5),
        address in prop::option::of(address()),
        previous_addresses in prop::collection::vec(address(), 0..4),
        bank in prop::option::of(prop::sample::select(vec!["BANCO PICHINCHA", "Banco de Macondo"])),
    ) -> Option<EmployerRecord> {
        there.then(|| EmployerRecord {
            employer: employer(),
            branch: crate::identifiers::Branch::default(),
            name: "EMPRESA DE PRUEBA S.A.".to_owned(),
            representative: "1710034065".parse().expect("a cédula"),
            registered_on,
            first_worker_in,
            workers: workers.into_iter().map(|(month, workers)| WorkersInMonth { month, workers }).collect(),
            branches,
            address,
            previous_addresses,
            debit_account: bank.map(|bank| DebitAccount {
                bank: bank.to_owned(),
                last_four: "0042".parse().expect("four digits"),
            }),
        })
    }
}

prop_compose! {
    fn facts()(
        taxpayer in taxpayer(),
        person in person(),
        appointed in prop::option::of(day()),
        record in record(),
    ) -> (Facts, BTreeSet<String>, BTreeSet<String>) {
        let appointment = appointed.map(|registered_on| Appointment {
            employer: employer(),
            representative: "1710034065".parse().expect("a cédula"),
            registered_on,
        });
        let lived = person.iter().flat_map(|one| one.previous_addresses.iter().chain(&one.address));
        let was = record.iter().flat_map(|one| one.previous_addresses.iter().chain(&one.address));
        let of = |addresses: &mut dyn Iterator<Item = &Address>| {
            addresses.map(|address| folded(&address.street)).collect::<BTreeSet<_>>()
        };
        let (lived, was) = (of(&mut lived.into_iter()), of(&mut was.into_iter()));
        let facts = Facts::of(taxpayer.as_ref(), person.as_ref(), appointment.as_ref(), record.as_ref());
        (facts, lived, was)
    }
}

prop_compose! {
    fn lot()(
        questions in 0_u8..17,
        seeds in any::<[[u8; 32]; 6]>(),
        papers in prop::sample::select(vec![Papers::Cedula, Papers::ForeignerCode]),
        provinces in prop::sample::subsequence(Province::ALL.to_vec(), 2),
    ) -> Lot {
        let bits = seeds.map(Bits::new);
        Lot {
            questions,
            pair: Pair::Right,
            this_month: Month::new(2026, 11).expect("a month"),
            employer_province: provinces[0],
            representative_province: provinces[1],
            papers,
            employer_shape: Shape::made_up(&mut bits[4].clone()),
            person_shape: Shape::made_up(&mut bits[5].clone()),
            kinds: bits[0].clone(),
            about_pair: bits[1].clone(),
            about_employer: bits[2].clone(),
            about_person: bits[3].clone(),
        }
    }
}

/// The answer that somebody types who means this canonical text.
fn typed(question: &Question, text: &str) -> Answer {
    match &question.form {
        Form::Date => Answer::Date {
            date: text.parse().expect("a day"),
        },
        Form::Choice { choices } => Answer::Choice {
            choice: choices
                .iter()
                .find(|choice| folded(choice) == text)
                .expect("the right one is offered")
                .clone(),
        },
        Form::Month => Answer::Month {
            month: text.parse().expect("a month"),
        },
        Form::Number => Answer::Number {
            number: text.parse().expect("a number"),
        },
        Form::NumberInMonth { .. } => Answer::NumberInMonth {
            number: text.parse().expect("a number"),
        },
        Form::Account { banks } => {
            let (bank, last_four) = text.split_once('|').expect("a bank and digits");
            Answer::Account {
                bank: banks
                    .iter()
                    .find(|one| folded(one) == bank)
                    .expect("the bank is offered")
                    .clone(),
                last_four: last_four.to_owned(),
            }
        }
    }
}

proptest! {
    #[test]
    fn whoever_knows_the_records_can_answer_what_can_be_answered((known, lived, was) in facts(), lot in lot()) {
        for bank in Bank::ALL.iter().copied() {
            let drawn = draw(bank, &known, lot.clone());
            let wanted = usize::from(lot.questions).min(bank.all().count());
            let kinds: BTreeSet<_> = drawn.questions.iter().map(|question| question.kind).collect();
            prop_assert_eq!((drawn.questions.len(), kinds.len()), (wanted, wanted));
            prop_assert!(kinds.iter().all(|kind| bank.all().any(|one| one == *kind)));

            // What is sent is read back as it was, also by readers that know flat records only.
            let sent = serde_json::to_string(&drawn.questions).unwrap();
            let read: Vec<Question> = serde_json::from_str(&sent).unwrap();
            prop_assert_eq!(&read, &drawn.questions);

            for question in &drawn.questions {
                if let Form::Choice { choices } = &question.form {
                    let distinct: BTreeSet<_> = choices.iter().map(|choice| folded(choice)).collect();
                    prop_assert_eq!((choices.len(), distinct.len()), (CHOICES, CHOICES));
                    let own = [
                        (QuestionKind::PreviousAddress, &lived),
                        (QuestionKind::EmployerPreviousAddress, &was),
                    ];
                    let streets = own.into_iter().find(|(kind, _)| *kind == question.kind);
                    let true_ones = streets.map_or(1, |(_, known)| distinct.intersection(known).count());
                    let asked = drawn.expected.is_some();
                    prop_assert!(!asked || true_ones == 1, "{question:?}");
                }
            }

            let shape = known.shape(lot.this_month);
            let Some(expected) = drawn.expected else {
                prop_assert!(wanted == 0 || drawn.questions.iter().any(|question| !shape.has(question.kind)));
                continue;
            };
            let answers: Vec<_> = drawn
                .questions
                .iter()
                .zip(&expected)
                .map(|(question, text)| typed(question, text.expose()))
                .collect();
            let given = canonical(&drawn.questions, &answers).expect("well formed");
            let texts = |all: &[Canonical]| all.iter().map(|text| text.expose().clone()).collect::<Vec<_>>();
            prop_assert_eq!(texts(&given), texts(&expected));
        }
    }

    #[test]
    fn who_is_typed_as_representative_changes_nothing_about_a_recorded_employer(
        (known, ..) in facts(),
        lot in lot(),
    ) {
        prop_assume!(known.recorded.len() == 2);
        for bank in Bank::ALL.iter().copied() {
            let right = draw(bank, &known, lot.clone()).questions;
            let wrong = draw(bank, &known, Lot { pair: Pair::Wrong, ..lot.clone() }).questions;
            prop_assert_eq!(right, wrong);
        }
    }
}
