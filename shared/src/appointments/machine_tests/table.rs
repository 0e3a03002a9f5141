//! Every pair of stage and event is tried, with all data that makes a difference.

use super::*;
use std::collections::BTreeSet;

/// An appointment at every stage.
fn stages() -> Vec<Appointment> {
    let at = |stage| Appointment { stage, ..held() };
    vec![
        held(),
        waiting(),
        offered(),
        booked(),
        checked_in(),
        at(Stage::Attended {
            place: tomorrow(),
            at: START,
        }),
        at(Stage::NoShow {
            place: tomorrow(),
            at: START,
        }),
        at(Stage::Cancelled {
            place: None,
            by: CancelledBy::Person,
            at: START,
        }),
        at(Stage::Lapsed { at: START }),
    ]
}

fn events() -> Vec<Event> {
    vec![
        Event::Confirmed,
        Event::Moved {
            place: place(DAY * 2),
        },
        Event::Cancelled {
            by: CancelledBy::Person,
        },
        Event::Cancelled {
            by: CancelledBy::Centre,
        },
        Event::CheckedIn { visit: visit() },
        Event::Attended,
        Event::Missed,
        Event::Offered { place: tomorrow() },
        Event::Accepted,
        Event::TimePassed,
    ]
}

/// Before everything, at the place's beginning, and after everything.
fn moments() -> [Timestamp; 3] {
    [START, tomorrow().starts_at, START.after(DAY * 100)]
}

#[test]
fn the_machine_moves_exactly_as_the_table_says() {
    let mut seen = BTreeSet::new();
    for appointment in stages() {
        for event in events() {
            for at in moments() {
                let (from, on) = (appointment.stage().name(), event.name());
                if let Ok(step) = appointment.apply(event.clone(), at) {
                    let to = step.appointment.stage().name();
                    seen.insert((from, on, to));
                }
            }
        }
    }
    let table: BTreeSet<_> = TRANSITIONS
        .iter()
        .map(|transition| (transition.from, transition.on, transition.to))
        .collect();
    assert_eq!(seen, table);
}

#[test]
fn every_name_is_in_the_lists() {
    assert_eq!(stages().len(), StageName::ALL.len());
    let stages: BTreeSet<_> = stages().iter().map(|one| one.stage().name()).collect();
    assert_eq!(stages, StageName::ALL.iter().copied().collect());
    let events: BTreeSet<_> = events().iter().map(Event::name).collect();
    assert_eq!(events, EventName::ALL.iter().copied().collect());
}

#[test]
fn the_diagram_is_drawn_from_the_table() {
    assert_eq!(diagram(), include_str!("../diagram.mmd"));
}

#[test]
fn a_place_is_given_back_by_whatever_ends_its_keeping_before_it_begins_and_by_nothing_else() {
    for appointment in stages() {
        for event in events() {
            let Ok(step) = appointment.apply(event.clone(), START) else {
                continue;
            };
            let freed: Vec<Place> = step
                .effects
                .iter()
                .filter_map(|effect| match effect {
                    Effect::FreePlace { place } => Some(*place),
                    Effect::KeepUntil { .. }
                    | Effect::KeepPlace { .. }
                    | Effect::FreePerson
                    | Effect::Remind { .. }
                    | Effect::RemindNoMore
                    | Effect::Tell { .. } => None,
                })
                .collect();
            let before = appointment
                .stage()
                .place()
                .filter(|_| appointment.stage().is_open());
            let after = step
                .appointment
                .stage()
                .place()
                .filter(|_| step.appointment.stage().is_open());
            let given_back = before.filter(|place| after != Some(*place));
            let over = matches!(
                step.appointment.stage().name(),
                StageName::Attended | StageName::NoShow
            );
            let expected: Vec<Place> = given_back.into_iter().filter(|_| !over).collect();
            assert_eq!(
                freed,
                expected,
                "{:?} + {:?}",
                appointment.stage().name(),
                event.name()
            );
        }
    }
}

#[test]
fn whoever_is_done_may_have_another_and_nobody_else() {
    for appointment in stages() {
        for event in events() {
            for at in moments() {
                let Ok(step) = appointment.apply(event.clone(), at) else {
                    continue;
                };
                let freed = step.effects.contains(&Effect::FreePerson);
                assert_eq!(freed, !step.appointment.stage().is_open(), "{event:?}");
            }
        }
    }
}

#[test]
fn what_is_stored_reads_back() {
    for appointment in stages() {
        let stored = serde_json::to_string(&appointment).unwrap();
        assert_eq!(serde_json::from_str::<Appointment>(&stored).unwrap(), appointment);
    }
}

#[test]
fn the_documentation_shows_the_same_diagram() {
    let page = include_str!("../../../../docs/APPOINTMENTS.md");
    let (_, rest) = page.split_once("```mermaid\n").unwrap();
    let (drawn, _) = rest.split_once("```").unwrap();
    assert_eq!(drawn, diagram());
}
