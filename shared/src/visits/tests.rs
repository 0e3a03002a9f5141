//! The machine against its table, and random sequences of events.

use super::*;
use crate::identifiers::StaffId;
use crate::time::Timestamp;
use core::time::Duration;
use proptest::prelude::*;
use std::collections::BTreeSet;

const START: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

fn officer(number: u8) -> StaffId {
    StaffId::new(START, [number; 10])
}

fn counter(number: u8) -> CounterNumber {
    number.try_into().unwrap()
}

fn stages() -> Vec<Stage> {
    let (officer, counter) = (officer(1), counter(4));
    vec![
        Stage::Waiting,
        Stage::Called {
            officer,
            counter,
            at: START,
        },
        Stage::InService {
            officer,
            counter,
            called_at: START,
            at: START,
        },
        Stage::Done {
            officer,
            counter,
            called_at: START,
            began_at: START,
            at: START,
        },
        Stage::NoShow {
            called: None,
            at: START,
        },
        Stage::NoShow {
            called: Some((officer, counter, START)),
            at: START,
        },
    ]
}

fn events(officer: StaffId) -> [Event; 6] {
    [
        Event::Called {
            officer,
            counter: counter(4),
        },
        Event::Returned { officer },
        Event::Begun { officer },
        Event::Finished { officer },
        Event::NotCome { officer },
        Event::DayOver,
    ]
}

#[test]
fn the_machine_does_what_the_table_says_and_nothing_else() {
    let mut seen = BTreeSet::new();
    for stage in stages() {
        for event in events(officer(1)) {
            let from = stage.name();
            match Visit::stored(START, stage).apply(event, START) {
                Ok(visit) => {
                    seen.insert(Transition {
                        from,
                        on: event.name(),
                        to: visit.stage().name(),
                    });
                }
                Err(refused) => assert_eq!(refused, Refused::OtherStage { at: from }),
            }
        }
    }
    let table: BTreeSet<_> = TRANSITIONS.iter().copied().collect();
    assert_eq!(seen, table);
}

#[test]
fn only_the_officer_who_has_a_visit_moves_it() {
    for stage in stages().into_iter().filter(|stage| stage.name().is_open()) {
        let Some(_) = stage.officer() else { continue };
        for event in events(officer(2)) {
            let visit = Visit::stored(START, stage);
            let own = events(officer(1))
                .into_iter()
                .find(|own| own.name() == event.name())
                .unwrap();
            if event == Event::DayOver || visit.apply(own, START).is_err() {
                continue;
            }
            assert_eq!(visit.apply(event, START), Err(Refused::OtherOfficer), "{event:?}");
        }
    }
}

#[test]
fn the_documentation_shows_the_diagram_of_the_table() {
    assert_eq!(diagram(), include_str!("diagram.mmd"));
    assert!(include_str!("../../../docs/COUNTER.md").contains(&diagram()));
}

#[test]
fn a_stage_says_what_its_row_keeps() {
    for stage in stages() {
        let served = matches!(stage.name(), StageName::InService | StageName::Done);
        assert_eq!(stage.began_at().is_some(), served);
        assert_eq!(stage.ended_at().is_some(), !stage.name().is_open());
        assert_eq!(stage.officer().is_some(), stage.counter().is_some());
        assert_eq!(stage.officer().is_some(), stage.called_at().is_some());
    }
}

fn any_event() -> impl Strategy<Value = (Event, u64)> {
    (0..6_usize, 1..4_u8, 0..600_u64).prop_map(|(which, who, seconds)| (events(officer(who))[which], seconds))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_breaks_an_invariant(deeds in prop::collection::vec(any_event(), 1..40)) {
        let (mut visit, mut now) = (Visit::arrive(START), START);
        for (event, seconds) in deeds {
            now = now.after(Duration::from_secs(seconds));
            let before = visit;
            let Ok(after) = visit.apply(event, now) else { continue };
            visit = after;
            prop_assert!(before.stage().name().is_open(), "what is over moved");
            prop_assert_eq!(visit.arrived_at(), START);
            let times = [
                Some(visit.arrived_at()),
                visit.stage().called_at(),
                visit.stage().began_at(),
                visit.stage().ended_at(),
            ];
            let times: Vec<_> = times.into_iter().flatten().collect();
            prop_assert!(times.is_sorted(), "times out of order");
        }
        // Whatever happened, the end of the day closes it, once.
        if visit.stage().name().is_open() {
            visit = visit.apply(Event::DayOver, now).unwrap();
        }
        prop_assert!(!visit.stage().name().is_open());
        prop_assert!(visit.apply(Event::DayOver, now).is_err());
    }
}
