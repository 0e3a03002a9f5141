//! Drawing: what is asked, how decoys look, and what somebody could learn from comparing sets.

use super::*;
use crate::identifiers::{EmployerIdentifier, Province};
use crate::registries::{Address, Canton, DebitAccount, Month, Person, WorkersInMonth, streets};
use std::collections::{BTreeMap, BTreeSet};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn seed(number: u64) -> Bits {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_le_bytes());
    Bits::new(seed)
}

fn lot(kinds: u64, subject: u64) -> Lot {
    Lot {
        questions: 3,
        pair: Pair::Right,
        this_month: month("2026-11"),
        employer_province: Province::Pichincha,
        representative_province: Province::Guayas,
        kinds: seed(kinds),
        about_employer: seed(subject),
        about_person: seed(subject + 1_000_000),
    }
}

fn lived_in(streets: &[&str]) -> Person {
    Person {
        id: "1710034065".parse().unwrap(),
        given_names: "MARIA ELENA".to_owned(),
        surnames: "QUISPE ANDRADE".to_owned(),
        birth_date: "1970-05-04".parse().unwrap(),
        previous_addresses: streets
            .iter()
            .map(|street| Address {
                street: (*street).to_owned(),
                canton: "CUENCA".to_owned(),
            })
            .collect(),
    }
}

fn facts() -> Facts {
    Facts {
        birth_date: Some("1970-05-04".parse().unwrap()),
        previous_streets: streets().take(4).collect(),
        ruc_issued_on: Some("1999-12-31".parse().unwrap()),
        incorporated_on: Some("1999-11-30".parse().unwrap()),
        head_office: Canton::find("QUITO", None),
        workers: (1..=9)
            .map(|one| WorkersInMonth {
                month: month(&format!("2026-0{one}")),
                workers: 10 + one,
            })
            .collect(),
        debit_account: Some(DebitAccount {
            bank: "Banco Pichincha".to_owned(),
            last_four: "0042".parse().unwrap(),
        }),
        unrecorded: BTreeSet::new(),
    }
}

fn choices(question: &Question) -> &[String] {
    match &question.form {
        Form::Choice { choices } => choices,
        Form::Date | Form::NumberInMonth { .. } | Form::Account { .. } => &[],
    }
}

fn find(drawn: &Drawn, kind: QuestionKind) -> Option<(&Question, &str)> {
    let place = drawn
        .questions
        .iter()
        .position(|question| question.kind == kind)?;
    Some((&drawn.questions[place], drawn.expected.as_ref()?[place].expose()))
}

#[test]
fn the_number_typed_decides_the_bank() {
    let bank = |text: &str| Bank::of(text.parse::<EmployerIdentifier>().unwrap());
    assert_eq!(bank("1790016919001"), Bank::Company);
    assert_eq!(bank("1760001550001"), Bank::Public);
    assert_eq!(bank("1710034065001"), Bank::Person);
    assert_eq!(bank("1710034065"), Bank::Person);
}

#[test]
fn a_set_has_as_many_questions_as_the_policy_and_its_bank_allow() {
    for number in 0..50 {
        let drawn = draw(Bank::Company, &facts(), lot(number, 1));
        let kinds: BTreeSet<_> = drawn.questions.iter().map(|question| question.kind).collect();
        assert_eq!(kinds.len(), 3, "three different kinds");
        assert!(kinds.iter().all(|kind| Bank::Company.kinds().contains(kind)));
        assert_eq!(drawn.expected.unwrap().len(), 3);
    }
    let person = draw(Bank::Person, &facts(), lot(1, 1));
    assert_eq!(person.questions.len(), 2);
    assert_eq!(person.expected.unwrap().len(), 2);
}

#[test]
fn kinds_are_drawn_evenly() {
    let mut counts: BTreeMap<QuestionKind, u32> = BTreeMap::new();
    for number in 0..600 {
        for question in draw(Bank::Company, &facts(), lot(number, 1)).questions {
            *counts.entry(question.kind).or_default() += 1;
        }
    }
    // 1800 questions over six kinds: 300 each, with a standard deviation of about 12.
    assert!(
        counts.values().all(|count| (240..360).contains(count)),
        "{counts:?}"
    );
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
fn too_little_data_proves_nothing_and_looks_the_same() {
    let known = Facts {
        birth_date: facts().birth_date,
        head_office: facts().head_office,
        ..Facts::default()
    };
    let mut kinds = BTreeSet::new();
    for number in 0..60 {
        let drawn = draw(Bank::Company, &known, lot(number, 1));
        assert_eq!(drawn.expected, None);
        assert_eq!(drawn.questions.len(), 3);
        kinds.extend(drawn.questions.iter().map(|question| question.kind));
    }
    assert_eq!(kinds, Bank::Company.kinds().iter().copied().collect());
}

/// How often each kind is asked with a thousand made-up representatives.
fn asked_of_made_up_people(bank: Bank, employer: &Facts) -> BTreeMap<QuestionKind, u32> {
    let mut counts = BTreeMap::new();
    for number in 0..1000 {
        let lot = Lot {
            pair: Pair::Wrong,
            ..lot(number, number)
        };
        let drawn = draw(bank, employer, lot);
        for question in drawn.questions {
            *counts.entry(question.kind).or_default() += 1;
        }
    }
    counts
}

#[test]
fn made_up_people_do_not_bring_out_which_employers_are_known() {
    let nobody = Facts::of(None, None, None);
    let taxpayer_only = Facts {
        head_office: facts().head_office,
        ..nobody.clone()
    };
    let known = Facts {
        birth_date: None,
        previous_streets: Vec::new(),
        unrecorded: BTreeSet::from([About::Person]),
        ..facts()
    };
    for bank in [Bank::Company, Bank::Public, Bank::Person] {
        let unknown = asked_of_made_up_people(bank, &nobody);
        assert_eq!(
            unknown.keys().copied().collect::<BTreeSet<_>>(),
            bank.kinds().iter().copied().collect()
        );
        // The same seeds: equal to the last question, not only on average.
        assert_eq!(asked_of_made_up_people(bank, &known), unknown);
        assert_eq!(asked_of_made_up_people(bank, &taxpayer_only), unknown);
    }
}

#[test]
fn a_wrong_pair_is_not_asked_what_the_records_lack() {
    let known = Facts {
        incorporated_on: None,
        ..facts()
    };
    assert!(!asked_of_made_up_people(Bank::Company, &known).contains_key(&QuestionKind::IncorporationDate));
}

#[test]
fn a_record_is_missing_of_whom_it_is_about() {
    let person = lived_in(&["CALLE LOJA"]);
    assert_eq!(
        Facts::of(None, None, None).unrecorded,
        BTreeSet::from([About::Employer, About::Person])
    );
    assert_eq!(
        Facts::of(None, Some(&person), None).unrecorded,
        BTreeSet::from([About::Employer])
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
        for kind in [QuestionKind::HeadOfficeCanton, QuestionKind::PreviousAddress] {
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
    let known = |streets: &[&str]| Facts::of(None, Some(&lived_in(streets)), None).previous_streets;
    assert_eq!(known(&["AV. AMAZONAS"]), ["Av. Amazonas"]);
    assert_eq!(known(&["Av. Amazonas N24-03"]), [""; 0]);
    // An older one in its place would be a wrong answer to the question.
    assert_eq!(known(&["Los Sauces y Av. Loja", "CALLE LOJA"]), [""; 0]);
    assert_eq!(
        known(&["CALLE LOJA", "Los Sauces", "av. simon bolivar"]),
        ["Calle Loja", "Av. Simón Bolívar"]
    );
}

#[test]
fn every_choice_of_an_address_is_a_street_that_most_towns_have() {
    let lived = Facts {
        previous_streets: Facts::of(None, Some(&lived_in(&["CALLE LOJA"])), None).previous_streets,
        ..facts()
    };
    let mut offered = 0;
    for known in [lived, Facts::default()] {
        for number in 0..60 {
            for question in draw(Bank::Company, &known, lot(number, number)).questions {
                if question.kind == QuestionKind::PreviousAddress {
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
    let lived: Vec<_> = facts()
        .previous_streets
        .iter()
        .map(|street| answers::folded(street))
        .collect();
    for number in 0..120 {
        let drawn = draw(Bank::Company, &facts(), lot(number, number));
        let Some((question, _)) = find(&drawn, QuestionKind::PreviousAddress) else {
            continue;
        };
        let true_ones = choices(question)
            .iter()
            .filter(|choice| lived.contains(&answers::folded(choice)))
            .count();
        assert_eq!(true_ones, 1);
    }
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

#[test]
fn the_right_choice_stands_at_each_place_equally_often() {
    for kind in [QuestionKind::HeadOfficeCanton, QuestionKind::PreviousAddress] {
        let mut places = [0u32; CHOICES];
        for number in 0..1200 {
            let drawn = draw(Bank::Company, &facts(), lot(number, number));
            let Some((question, answer)) = find(&drawn, kind) else {
                continue;
            };
            let place = choices(question)
                .iter()
                .position(|choice| answers::folded(choice) == answer)
                .unwrap();
            places[place] += 1;
        }
        // About 600 sets ask it: 120 expected at each place, standard deviation about 10.
        assert!(
            places.iter().all(|count| (75..165).contains(count)),
            "{kind:?} {places:?}"
        );
    }
}

#[test]
fn the_same_identifiers_are_offered_the_same_choices_in_every_set() {
    for known in [facts(), Facts::default()] {
        let mut seen: BTreeMap<QuestionKind, Vec<Question>> = BTreeMap::new();
        for number in 0..100 {
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
        for number in 0..120 {
            for question in draw(Bank::Company, known, lot(number, number)).questions {
                let shape = match &question.form {
                    Form::Date => ("date", 0),
                    Form::Choice { choices } => ("choice", choices.len()),
                    Form::NumberInMonth { .. } => ("number", 0),
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
        recent(&draw(Bank::Company, &Facts::default(), lot(number, number)));
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
    let mut texts: BTreeMap<QuestionKind, BTreeSet<String>> = BTreeMap::new();
    for number in 0..100 {
        for bank in [Bank::Company, Bank::Person] {
            let drawn = draw(bank, &facts(), lot(number, 1));
            for (question, text) in drawn.questions.iter().zip(drawn.expected.unwrap()) {
                texts
                    .entry(question.kind)
                    .or_default()
                    .insert(text.expose().clone());
            }
        }
    }
    let one = |text: &str| BTreeSet::from([text.to_owned()]);
    assert_eq!(texts[&QuestionKind::BirthDate], one("1970-05-04"));
    assert_eq!(texts[&QuestionKind::RucIssueDate], one("1999-12-31"));
    assert_eq!(texts[&QuestionKind::IncorporationDate], one("1999-11-30"));
    assert_eq!(texts[&QuestionKind::HeadOfficeCanton], one("QUITO"));
    assert_eq!(texts[&QuestionKind::DebitAccount], one("BANCO PICHINCHA|0042"));
    assert_eq!(texts.len(), QuestionKind::ALL.len());
}
