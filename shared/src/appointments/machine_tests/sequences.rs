//! Whatever happens in whatever order: a place is kept by one appointment or given back, never both and never twice.

use super::*;
use proptest::prelude::*;

fn any_event() -> impl Strategy<Value = Event> {
    let some_place = (1u32..20).prop_map(|days| place(DAY * days));
    prop_oneof![
        Just(Event::Confirmed),
        some_place.clone().prop_map(|place| Event::Moved { place }),
        Just(Event::Cancelled {
            by: CancelledBy::Person
        }),
        Just(Event::Cancelled {
            by: CancelledBy::Centre
        }),
        Just(Event::CheckedIn { visit: visit() }),
        Just(Event::Attended),
        Just(Event::Missed),
        some_place.prop_map(|place| Event::Offered { place }),
        Just(Event::Accepted),
        Just(Event::TimePassed),
    ]
}

proptest! {
    #[test]
    fn the_ledger_of_places_agrees_with_the_stage(
        begins_waiting in any::<bool>(),
        events in prop::collection::vec((any_event(), 0u64..2_000_000), 0..40),
    ) {
        let mut appointment = if begins_waiting { waiting() } else { held() };
        let mut kept = appointment.stage().place();
        let mut open = true;
        let mut at = START;
        for (event, seconds) in events {
            at = at.after(Duration::from_secs(seconds));
            let Ok(step) = appointment.apply(event, at) else { continue };
            for effect in &step.effects {
                match effect {
                    Effect::KeepUntil { place, .. } | Effect::KeepPlace { place } => kept = Some(*place),
                    Effect::FreePlace { place } => {
                        let current = step.appointment.stage().place().filter(|_| step.appointment.stage().is_open());
                        prop_assert_ne!(current, Some(*place), "a place that is still somebody's is given back");
                        if kept == Some(*place) {
                            kept = None;
                        }
                    }
                    Effect::FreePerson => {
                        prop_assert!(open, "a person's number is given back twice");
                        open = false;
                    }
                    Effect::Remind { .. } | Effect::RemindNoMore | Effect::Tell { .. } => {}
                }
            }
            appointment = step.appointment;
            prop_assert_eq!(open, appointment.stage().is_open());
            if open {
                prop_assert_eq!(kept, appointment.stage().place());
            }
            prop_assert!(appointment.moves_left() <= 3);
        }
    }
}
