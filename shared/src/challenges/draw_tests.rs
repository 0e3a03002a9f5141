//! Drawing: what is asked, how decoys look, and what somebody could learn from comparing sets.

use super::*;
use crate::identifiers::Province;
use crate::registries::{
    Activity, ActivityCode, Address, Appointment, Canton, DebitAccount, EmployerRecord, Person, Place,
    Taxpayer, TaxpayerKind, TaxpayerStatus, WorkersInMonth, streets,
};
use std::collections::{BTreeMap, BTreeSet};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn seed(number: u64) -> Bits {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_le_bytes());
    Bits::new(seed)
}

/// Everything on record.
fn whole() -> Shape {
    QuestionKind::ALL.iter().copied().collect()
}

/// A draw for one subject. Its pair is one of those that are asked about the representative, too.
fn lot(kinds: u64, subject: u64) -> Lot {
    Lot {
        questions: 3,
        pair: Pair::Right,
        this_month: month("2026-11"),
        employer_province: Province::Pichincha,
        representative_province: Province::Guayas,
        papers: Papers::Cedula,
        employer_shape: whole(),
        person_shape: whole(),
        kinds: seed(kinds),
        about_pair: both(),
        about_employer: seed(subject),
        about_person: seed(subject + 1_000_000),
    }
}

/// Bits of a pair that is asked about both.
fn both() -> Bits {
    (0..1000)
        .map(seed)
        .find(|bits| bits.clone().below(8) != 0)
        .unwrap()
}

/// Bits of a pair that is asked about the employer only.
fn employer_only() -> Bits {
    (0..1000)
        .map(seed)
        .find(|bits| bits.clone().below(8) == 0)
        .unwrap()
}

fn address(street: &str) -> Address {
    Address {
        street: street.to_owned(),
        canton: "CUENCA".to_owned(),
    }
}

fn place(province: &str, canton: &str) -> Place {
    Place {
        province: province.to_owned(),
        canton: canton.to_owned(),
    }
}

fn person() -> Person {
    Person {
        id: "1710034065".parse().unwrap(),
        given_names: "MARIA ELENA".to_owned(),
        surnames: "QUISPE ANDRADE".to_owned(),
        birth_date: "1970-05-04".parse().unwrap(),
        birthplace: Some(place("AZUAY", "CUENCA")),
        married_on: Some("1995-07-22".parse().unwrap()),
        address: Some(address("AV. BOLIVAR")),
        previous_addresses: ["AV. AMAZONAS", "CALLE LOJA", "AV. 6 DE DICIEMBRE"]
            .map(address)
            .to_vec(),
    }
}

fn lived_in(streets: &[&str]) -> Person {
    Person {
        address: None,
        previous_addresses: streets.iter().map(|street| address(street)).collect(),
        ..person()
    }
}

fn taxpayer() -> Taxpayer {
    Taxpayer {
        ruc: "1790016919001".parse().unwrap(),
        name: "EMPRESA DE PRUEBA S.A.".to_owned(),
        status: TaxpayerStatus::Active,
        kind: Some(TaxpayerKind::LegalEntity),
        activities_started_on: Some("2000-01-03".parse().unwrap()),
        ruc_issued_on: Some("1999-12-31".parse().unwrap()),
        incorporated_on: Some("1999-11-30".parse().unwrap()),
        head_office: Some(place("PICHINCHA", "QUITO")),
        main_activity: Some("G471101".parse().unwrap()),
    }
}

fn appointment() -> Appointment {
    Appointment {
        employer: "1790016919001".parse().unwrap(),
        representative: "1710034065".parse().unwrap(),
        registered_on: Some("2019-02-11".parse().unwrap()),
    }
}

fn employer() -> EmployerRecord {
    EmployerRecord {
        employer: "1790016919001".parse().unwrap(),
        branch: crate::identifiers::Branch::default(),
        name: "EMPRESA DE PRUEBA S.A.".to_owned(),
        representative: "1710034065".parse().unwrap(),
        registered_on: Some("2000-02-14".parse().unwrap()),
        first_worker_in: Some(month("2000-03")),
        workers: (1..=9)
            .map(|one| WorkersInMonth {
                month: month(&format!("2026-0{one}")),
                workers: 10 + one,
            })
            .collect(),
        branches: Some(4),
        address: Some(address("CALLE QUITO")),
        previous_addresses: ["AV. ATAHUALPA", "AV. COLON"].map(address).to_vec(),
        debit_account: Some(DebitAccount {
            bank: "Banco Pichincha".to_owned(),
            last_four: "0042".parse().unwrap(),
        }),
    }
}

/// Everything is known.
fn facts() -> Facts {
    Facts::of(
        Some(&taxpayer()),
        Some(&person()),
        Some(&appointment()),
        Some(&employer()),
    )
}

/// Pearson's statistic of these counts against equal ones.
fn chi_square(counts: &[u32]) -> f64 {
    let expected = f64::from(counts.iter().sum::<u32>()) / f64::from(u32::try_from(counts.len()).unwrap());
    counts
        .iter()
        .map(|count| (f64::from(*count) - expected).powi(2) / expected)
        .sum()
}

fn choices(question: &Question) -> &[String] {
    match &question.form {
        Form::Choice { choices } => choices,
        Form::Date | Form::Month | Form::Number | Form::NumberInMonth { .. } | Form::Account { .. } => &[],
    }
}

/// The kinds that are answered by one of five.
const CHOSEN: [QuestionKind; 5] = [
    QuestionKind::Birthplace,
    QuestionKind::PreviousAddress,
    QuestionKind::HeadOfficeCanton,
    QuestionKind::MainActivity,
    QuestionKind::EmployerPreviousAddress,
];

fn find(drawn: &Drawn, kind: QuestionKind) -> Option<(&Question, &str)> {
    let place = drawn
        .questions
        .iter()
        .position(|question| question.kind == kind)?;
    Some((&drawn.questions[place], drawn.expected.as_ref()?[place].expose()))
}

#[test]
fn a_set_has_as_many_questions_as_the_policy_asks() {
    for bank in Bank::ALL.iter().copied() {
        for number in 0..50 {
            let drawn = draw(bank, &facts(), lot(number, 1));
            let kinds: BTreeSet<_> = drawn.questions.iter().map(|question| question.kind).collect();
            assert_eq!(kinds.len(), 3, "three different kinds");
            assert!(kinds.iter().all(|kind| bank.all().any(|one| one == *kind)));
            assert_eq!(drawn.expected.unwrap().len(), 3);
        }
    }
    let most = Lot {
        questions: 20,
        ..lot(1, 1)
    };
    assert_eq!(draw(Bank::Person, &facts(), most).questions.len(), 4);
}

#[test]
fn the_simplified_set_asks_its_own_questions_first() {
    let mut fillers = BTreeMap::new();
    for number in 0..200 {
        let drawn = draw(Bank::Person, &facts(), lot(number, 1));
        let kinds: Vec<_> = drawn.questions.iter().map(|question| question.kind).collect();
        assert!(Bank::Person.kinds().iter().all(|kind| kinds.contains(kind)));
        for kind in kinds.iter().filter(|kind| Bank::Person.fillers().contains(kind)) {
            *fillers.entry(*kind).or_insert(0_u32) += 1;
        }
    }
    assert_eq!(fillers.values().sum::<u32>(), 200);
    // One degree of freedom, p = 0.001.
    assert!(
        chi_square(&fillers.values().copied().collect::<Vec<_>>()) < 10.83,
        "{fillers:?}"
    );
    // Where the account is not known, both fillers come.
    let known = Facts {
        debit_account: None,
        ..facts()
    };
    let drawn = draw(Bank::Person, &known, lot(1, 1));
    let kinds: BTreeSet<_> = drawn.questions.iter().map(|question| question.kind).collect();
    assert!(drawn.expected.is_some() && !kinds.contains(&QuestionKind::DebitAccount));
}

#[test]
fn kinds_are_drawn_evenly_at_every_place() {
    // For 14 kinds 13 degrees of freedom, for 12 kinds 11; p = 0.001.
    for (bank, critical) in [(Bank::Company, 34.53), (Bank::Public, 31.26)] {
        let mut counts = vec![BTreeMap::<QuestionKind, u32>::new(); 3];
        for number in 0..3000 {
            for (place, question) in draw(bank, &facts(), lot(number, 1)).questions.iter().enumerate() {
                *counts[place].entry(question.kind).or_default() += 1;
            }
        }
        for counts in counts {
            let counts: Vec<_> = counts.into_values().collect();
            assert_eq!(counts.len(), bank.kinds().len());
            assert!(chi_square(&counts) < critical, "{bank:?} {counts:?}");
        }
    }
}

#[test]
fn a_kind_without_data_is_not_asked() {
    let known = Facts {
        incorporated_on: None,
        head_office: None,
        ..facts()
    };
    for number in 0..60 {
        let drawn = draw(Bank::Company, &known, lot(number, 1));
        let missing = [QuestionKind::IncorporationDate, QuestionKind::HeadOfficeCanton];
        assert!(
            drawn
                .questions
                .iter()
                .all(|question| !missing.contains(&question.kind))
        );
        assert!(drawn.expected.is_some());
    }
}

#[test]
fn one_branch_and_foreign_or_unlisted_facts_are_not_asked() {
    let mut odd = (taxpayer(), person(), employer());
    odd.0.head_office = Some(place("ANTIOQUIA", "MEDELLIN"));
    odd.0.main_activity = Some("G46".parse::<ActivityCode>().unwrap());
    odd.1.birthplace = Some(place("ANTIOQUIA", "MEDELLIN"));
    odd.2.branches = Some(1);
    odd.2.debit_account = Some(DebitAccount {
        bank: "Banco de Macondo".to_owned(),
        last_four: "0042".parse().unwrap(),
    });
    let shape = Facts::of(Some(&odd.0), Some(&odd.1), None, Some(&odd.2)).shape(month("2026-11"));
    for kind in [
        QuestionKind::HeadOfficeCanton,
        QuestionKind::MainActivity,
        QuestionKind::Birthplace,
        QuestionKind::BranchCount,
        QuestionKind::DebitAccount,
        QuestionKind::AppointmentDate,
    ] {
        assert!(
            !shape.has(kind) && facts().shape(month("2026-11")).has(kind),
            "{kind:?}"
        );
    }
}

#[test]
fn too_little_data_proves_nothing_and_looks_the_same() {
    let known = Facts {
        birth_date: facts().birth_date,
        head_office: facts().head_office,
        ..Facts::default()
    };
    let mut kinds = BTreeSet::new();
    for number in 0..200 {
        let drawn = draw(Bank::Company, &known, lot(number, 1));
        assert_eq!(drawn.expected, None);
        assert_eq!(drawn.questions.len(), 3);
        kinds.extend(drawn.questions.iter().map(|question| question.kind));
    }
    assert_eq!(kinds, Bank::Company.all().collect());
}

/// The kinds that come up for one subject over many days.
fn asked(bank: Bank, known: &Facts, lot_of: impl Fn(u64) -> Lot) -> BTreeSet<QuestionKind> {
    (0..16)
        .flat_map(|day| draw(bank, known, lot_of(day)).questions)
        .map(|question| question.kind)
        .collect()
}

#[test]
fn what_an_employer_is_asked_does_not_tell_who_represents_it() {
    let with_gaps = Facts {
        incorporated_on: None,
        employer_streets: None,
        ..facts()
    };
    for known in [facts(), with_gaps] {
        for pair in [both(), employer_only()] {
            let asked_of = |pair_is| {
                (0..200)
                    .map(|day| {
                        let lot = Lot {
                            pair: pair_is,
                            about_pair: pair.clone(),
                            ..lot(day, 1)
                        };
                        draw(Bank::Company, &known, lot).questions
                    })
                    .collect::<Vec<_>>()
            };
            // The same seeds: equal to the last question and choice, not only on average.
            assert_eq!(asked_of(Pair::Right), asked_of(Pair::Wrong));
        }
    }
}

#[test]
fn an_unknown_identifier_has_gaps_that_stay() {
    let nobody = Facts::of(None, None, None, None);
    let shape: Shape = [
        QuestionKind::BirthDate,
        QuestionKind::RucIssueDate,
        QuestionKind::MainActivity,
        QuestionKind::FirstWorkerMonth,
    ]
    .into_iter()
    .collect();
    let lot_of = |day| Lot {
        pair: Pair::Wrong,
        employer_shape: shape.clone(),
        person_shape: shape.clone(),
        ..lot(day, 1)
    };
    let kinds = asked(Bank::Company, &nobody, lot_of);
    assert!(
        kinds.iter().all(|kind| shape.has(*kind)) && kinds.len() == 4,
        "{kinds:?}"
    );
    // What the open files know of an employer without an account is asked all the same.
    let taxpayer_only = Facts::of(Some(&taxpayer()), None, None, None);
    assert!(asked(Bank::Company, &taxpayer_only, lot_of).contains(&QuestionKind::HeadOfficeCanton));
}

#[test]
fn unknown_identifiers_are_asked_the_same_mix_as_those_whose_gaps_they_have() {
    let this_month = month("2026-11");
    let mut real = BTreeMap::<QuestionKind, i32>::new();
    let mut made_up = real.clone();
    let nobody = Facts::of(None, None, None, None);
    for number in 0..300 {
        // A real record with gaps of its own.
        let mut records = (taxpayer(), person(), employer());
        let mut bits = seed(number + 5_000_000);
        records.0.incorporated_on = records.0.incorporated_on.filter(|_| bits.below(3) > 0);
        records.1.married_on = records.1.married_on.filter(|_| bits.below(2) > 0);
        records.1.previous_addresses.truncate(bits.place(2));
        records.2.branches = Some(u32::try_from(1 + bits.below(2)).unwrap());
        let known = Facts::of(
            Some(&records.0),
            Some(&records.1),
            Some(&appointment()),
            Some(&records.2),
        );
        let shape = known.shape(this_month);
        for day in 0..10 {
            let lot = Lot {
                about_pair: seed(number),
                ..lot(number * 10 + day, number)
            };
            for question in draw(Bank::Company, &known, lot.clone()).questions {
                *real.entry(question.kind).or_default() += 1;
            }
            let lot = Lot {
                pair: Pair::Wrong,
                employer_shape: shape.clone(),
                person_shape: shape.clone(),
                ..lot
            };
            for question in draw(Bank::Company, &nobody, lot).questions {
                *made_up.entry(question.kind).or_default() += 1;
            }
        }
    }
    assert_eq!(real, made_up);
    assert!(real[&QuestionKind::MarriageDate] < real[&QuestionKind::BirthDate]);
}

#[test]
fn a_representative_without_a_civil_record_is_one_of_many_who_are_not_asked_about() {
    let unrecorded = Facts::of(Some(&taxpayer()), None, Some(&appointment()), Some(&employer()));
    let about_person =
        |kinds: &BTreeSet<QuestionKind>| kinds.iter().any(|kind| kind.about() == About::Person);
    // The right one, whatever the bits of the pair are.
    for pair in [both(), employer_only()] {
        let kinds = asked(Bank::Company, &unrecorded, |day| Lot {
            about_pair: pair.clone(),
            ..lot(day, 1)
        });
        assert!(!about_person(&kinds), "{kinds:?}");
    }
    // Wrong ones, and right ones on record, in some pairs.
    for (known, pair) in [(&unrecorded, Pair::Wrong), (&facts(), Pair::Right)] {
        let alone = (0..400)
            .filter(|number| {
                let kinds = asked(Bank::Company, known, |day| Lot {
                    pair,
                    about_pair: seed(*number),
                    ..lot(day, 1)
                });
                !about_person(&kinds)
            })
            .count();
        assert!((30..75).contains(&alone), "{alone} of 400, 50 expected");
    }
    // Foreigners' codes more often.
    let alone = (0..200)
        .filter(|number| {
            let kinds = asked(Bank::Company, &unrecorded, |day| Lot {
                pair: Pair::Wrong,
                papers: Papers::ForeignerCode,
                about_pair: seed(*number),
                ..lot(day, 1)
            });
            !about_person(&kinds)
        })
        .count();
    assert!((70..130).contains(&alone), "{alone} of 200, 100 expected");
}

#[test]
fn a_made_up_record_has_gaps_about_as_often_as_real_ones() {
    let shapes: Vec<_> = (0..1000)
        .map(|number| Shape::made_up(&mut seed(number)))
        .collect();
    let having = |kind| shapes.iter().filter(|shape| shape.has(kind)).count();
    assert_eq!(having(QuestionKind::BirthDate), 1000);
    assert!((430..570).contains(&having(QuestionKind::MarriageDate)));
    assert!((100..200).contains(&having(QuestionKind::BranchCount)));
    let distinct: BTreeSet<_> = shapes
        .iter()
        .map(|shape| serde_json::to_string(shape).unwrap())
        .collect();
    assert!(distinct.len() > 100);
}

#[test]
fn a_record_is_missing_of_whom_it_is_about() {
    let recorded = |known: Facts| known.recorded;
    assert!(recorded(Facts::of(Some(&taxpayer()), None, None, None)).is_empty());
    assert_eq!(
        recorded(Facts::of(None, Some(&person()), None, None)),
        BTreeSet::from([About::Person])
    );
    let employer_only = BTreeSet::from([About::Employer]);
    assert_eq!(
        recorded(Facts::of(None, None, Some(&appointment()), None)),
        employer_only
    );
    assert_eq!(
        recorded(Facts::of(None, None, None, Some(&employer()))),
        employer_only
    );
}

#[test]
fn no_questions_prove_nothing() {
    let drawn = draw(
        Bank::Company,
        &facts(),
        Lot {
            questions: 0,
            ..lot(1, 1)
        },
    );
    assert_eq!(drawn.expected, None);
}

#[test]
fn choices_are_five_different_ones_with_the_right_one_among_them() {
    for number in 0..120 {
        let drawn = draw(Bank::Company, &facts(), lot(number, number));
        for kind in CHOSEN {
            let Some((question, answer)) = find(&drawn, kind) else {
                continue;
            };
            let folded: BTreeSet<_> = choices(question)
                .iter()
                .map(|choice| answers::folded(choice))
                .collect();
            assert_eq!(folded.len(), CHOICES);
            assert!(folded.contains(answer), "{folded:?} {answer}");
        }
    }
}

#[test]
fn an_address_that_would_stand_out_among_the_decoys_is_not_asked() {
    let known = |streets: &[&str]| {
        let streets = Facts::of(None, Some(&lived_in(streets)), None, None).person_streets?;
        Some((streets.newest, streets.others))
    };
    assert_eq!(known(&["AV. AMAZONAS"]), Some(("Av. Amazonas", vec![])));
    assert_eq!(known(&["Av. Amazonas N24-03"]), None);
    assert_eq!(known(&[]), None);
    // An older one in its place would be a wrong answer to the question.
    assert_eq!(known(&["Los Sauces y Av. Loja", "CALLE LOJA"]), None);
    assert_eq!(
        known(&["CALLE LOJA", "Los Sauces", "av. simon bolivar"]),
        Some(("Calle Loja", vec!["Av. Simón Bolívar"]))
    );
}

#[test]
fn every_choice_of_an_address_is_a_street_that_most_towns_have() {
    let mut offered = 0;
    for known in [facts(), Facts::default()] {
        for number in 0..100 {
            let lot = Lot {
                pair: Pair::Wrong,
                ..lot(number, number)
            };
            for question in draw(Bank::Company, &known, lot).questions {
                if [
                    QuestionKind::PreviousAddress,
                    QuestionKind::EmployerPreviousAddress,
                ]
                .contains(&question.kind)
                {
                    offered += 1;
                    assert!(
                        choices(&question)
                            .iter()
                            .all(|choice| streets().any(|street| street == choice)),
                        "{question:?}"
                    );
                }
            }
        }
    }
    assert!(offered > 20);
}

#[test]
fn a_decoy_is_never_another_true_answer() {
    let lived = ["AV. AMAZONAS", "CALLE LOJA", "AV. 6 DE DICIEMBRE", "AV. BOLIVAR"];
    let was = ["AV. ATAHUALPA", "AV. COLON", "CALLE QUITO"];
    let mut seen = 0;
    for number in 0..600 {
        let drawn = draw(Bank::Company, &facts(), lot(number, number));
        for (kind, known) in [
            (QuestionKind::PreviousAddress, &lived[..]),
            (QuestionKind::EmployerPreviousAddress, &was[..]),
        ] {
            let Some((question, answer)) = find(&drawn, kind) else {
                continue;
            };
            seen += 1;
            let true_ones: Vec<_> = choices(question)
                .iter()
                .map(|choice| answers::folded(choice))
                .filter(|choice| known.contains(&choice.as_str()))
                .collect();
            assert_eq!(
                true_ones,
                [answer],
                "the newest of the past, and no other that is true"
            );
        }
    }
    assert!(seen > 150);
}

#[test]
fn the_right_choice_does_not_stand_out_by_its_spelling() {
    for number in 0..100 {
        let drawn = draw(Bank::Company, &facts(), lot(number, number));
        for question in &drawn.questions {
            assert!(
                choices(question)
                    .iter()
                    .all(|choice| choice.chars().any(char::is_lowercase)),
                "{question:?}"
            );
        }
    }
}

/// The places of the right choices of a subject's whole bank.
fn places(subject: u64) -> BTreeMap<QuestionKind, usize> {
    let lot = Lot {
        questions: 20,
        ..lot(1, subject)
    };
    let drawn = draw(Bank::Company, &facts(), lot);
    CHOSEN
        .into_iter()
        .map(|kind| {
            let (question, answer) = find(&drawn, kind).unwrap();
            let place = choices(question)
                .iter()
                .position(|choice| answers::folded(choice) == answer);
            (kind, place.unwrap())
        })
        .collect()
}

#[test]
fn the_right_choice_stands_at_each_place_equally_often() {
    let all: Vec<_> = (0..2000).map(places).collect();
    for kind in CHOSEN {
        let mut counts = [0_u32; CHOICES];
        for places in &all {
            counts[places[&kind]] += 1;
        }
        // Four degrees of freedom, p = 0.001.
        assert!(chi_square(&counts) < 18.47, "{kind:?} {counts:?}");
    }
    // Knowing the place in one question tells nothing of the place in another: 24 degrees of freedom.
    for (at, one) in CHOSEN.iter().enumerate() {
        for other in &CHOSEN[at + 1..] {
            let mut counts = [0_u32; CHOICES * CHOICES];
            for places in &all {
                counts[places[one] * CHOICES + places[other]] += 1;
            }
            assert!(chi_square(&counts) < 51.18, "{one:?} {other:?} {counts:?}");
        }
    }
}

#[test]
fn the_same_identifiers_are_offered_the_same_choices_in_every_set() {
    for known in [facts(), Facts::default()] {
        let mut seen: BTreeMap<QuestionKind, Vec<Question>> = BTreeMap::new();
        for number in 0..200 {
            for question in draw(Bank::Company, &known, lot(number, 7)).questions {
                let of_kind = seen.entry(question.kind).or_default();
                if !of_kind.contains(&question) {
                    of_kind.push(question);
                }
            }
        }
        assert!(
            seen.values().all(|questions| questions.len() == 1),
            "comparing sets would leave the right one standing"
        );
    }
}

#[test]
fn decoy_sets_have_the_same_forms_as_real_ones() {
    let shapes = |known: &Facts| {
        let mut shapes: BTreeMap<QuestionKind, BTreeSet<(&'static str, usize)>> = BTreeMap::new();
        for number in 0..300 {
            let lot = Lot {
                pair: Pair::Wrong,
                ..lot(number, number)
            };
            for question in draw(Bank::Company, known, lot).questions {
                let shape = match &question.form {
                    Form::Date => ("date", 0),
                    Form::Month => ("month", 0),
                    Form::Number => ("number", 0),
                    Form::Choice { choices } => ("choice", choices.len()),
                    Form::NumberInMonth { .. } => ("number in month", 0),
                    Form::Account { banks } => ("account", banks.len()),
                };
                shapes.entry(question.kind).or_default().insert(shape);
            }
        }
        shapes
    };
    assert_eq!(shapes(&facts()), shapes(&Facts::default()));
}

#[test]
fn workers_are_asked_for_a_month_of_the_last_twelve() {
    let recent = |drawn: &Drawn| {
        drawn.questions.iter().for_each(|question| {
            if let Form::NumberInMonth { year, month: of_year } = question.form {
                let asked = Month::new(year, of_year).unwrap();
                assert!(asked >= month("2025-11") && asked < month("2026-11"));
            }
        });
    };
    for number in 0..120 {
        recent(&draw(Bank::Company, &facts(), lot(number, number)));
        let nobody = Lot {
            pair: Pair::Wrong,
            ..lot(number, number)
        };
        recent(&draw(Bank::Company, &Facts::default(), nobody));
    }
    let old = Facts {
        workers: vec![WorkersInMonth {
            month: month("2025-10"),
            workers: 3,
        }],
        ..facts()
    };
    for number in 0..60 {
        let drawn = draw(Bank::Company, &old, lot(number, 1));
        assert!(
            drawn
                .questions
                .iter()
                .all(|question| question.kind != QuestionKind::WorkersInMonth)
        );
    }
}

#[test]
fn right_answers_are_the_records_in_canonical_text() {
    let mut texts: BTreeMap<QuestionKind, String> = BTreeMap::new();
    for bank in Bank::ALL.iter().copied() {
        let lot = Lot {
            questions: 20,
            ..lot(1, 1)
        };
        let drawn = draw(bank, &facts(), lot);
        for (question, text) in drawn.questions.iter().zip(drawn.expected.unwrap()) {
            texts.insert(question.kind, text.expose().clone());
        }
    }
    // The month is drawn; its number of workers is 10 and the month.
    let workers = texts.remove(&QuestionKind::WorkersInMonth).unwrap();
    assert!((11..=19).contains(&workers.parse::<u32>().unwrap()));
    let group = Activity::of(&"G4711".parse().unwrap()).unwrap().name;
    let expected = [
        (QuestionKind::BirthDate, "1970-05-04"),
        (QuestionKind::Birthplace, "CUENCA"),
        (QuestionKind::PreviousAddress, "AV. AMAZONAS"),
        (QuestionKind::MarriageDate, "1995-07-22"),
        (QuestionKind::RucIssueDate, "1999-12-31"),
        (QuestionKind::IncorporationDate, "1999-11-30"),
        (QuestionKind::HeadOfficeCanton, "QUITO"),
        (QuestionKind::MainActivity, &answers::folded(group)),
        (QuestionKind::FirstWorkerMonth, "2000-03"),
        (QuestionKind::EmployerPreviousAddress, "AV. ATAHUALPA"),
        (QuestionKind::BranchCount, "4"),
        (QuestionKind::EmployerRegistrationDate, "2000-02-14"),
        (QuestionKind::DebitAccount, "BANCO PICHINCHA|0042"),
        (QuestionKind::AppointmentDate, "2019-02-11"),
    ];
    let expected = expected.map(|(kind, text)| (kind, text.to_owned()));
    assert_eq!(texts, BTreeMap::from(expected));
}

#[test]
fn a_decoy_is_as_large_and_as_near_as_the_province_allows() {
    for number in 0..50 {
        let lot = Lot {
            questions: 20,
            ..lot(1, number)
        };
        let drawn = draw(Bank::Company, &facts(), lot);
        let (question, _) = find(&drawn, QuestionKind::HeadOfficeCanton).unwrap();
        for choice in choices(question) {
            let canton = Canton::find(choice, Some(Province::Pichincha));
            assert!(canton.is_some(), "{choice} is not in Quito's province");
        }
    }
}
