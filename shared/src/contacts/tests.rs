use super::*;
use crate::identifiers::{ContactChangeId, LinkId};
use crate::links::Link;
use crate::time::{Deadline, Timestamp};
use core::time::Duration;
use proptest::prelude::*;

const TERMS: Terms = Terms {
    confirm: Duration::from_mins(30),
    hold: Duration::from_hours(24),
};
const TICK: Duration = Duration::from_micros(1);
const START: Timestamp = Timestamp::from_micros(1_700_000_000_000_000);

fn at(moment: Timestamp) -> Moment {
    Moment {
        at: moment,
        obstacle: None,
    }
}

fn hindered(moment: Timestamp) -> Moment {
    Moment {
        at: moment,
        obstacle: Some(Obstacle::Recovery),
    }
}

/// One tick before, at, and after an instant.
fn around(instant: Timestamp) -> [Timestamp; 3] {
    [instant.before(TICK), instant, instant.after(TICK)]
}

#[test]
fn a_confirmation_counts_until_the_tick_before_its_deadline() {
    let requested = State::requested(TERMS, START);
    let [before, deadline, after] = around(START.after(TERMS.confirm));
    let held = State::Held {
        since: before,
        until: Deadline::after(before, TERMS.hold),
    };
    assert_eq!(requested.apply(Event::Confirmed, TERMS, at(before)), Ok(held));
    assert_eq!(
        requested.apply(Event::TimePassed, TERMS, at(before)),
        Err(Refused::NotDue)
    );
    for late in [deadline, after] {
        assert_eq!(
            requested.apply(Event::Confirmed, TERMS, at(late)),
            Err(Refused::Expired)
        );
        let lapsed = State::Lapsed { at: deadline };
        assert_eq!(requested.apply(Event::TimePassed, TERMS, at(late)), Ok(lapsed));
    }
}

#[test]
fn a_hold_can_be_cancelled_until_the_tick_before_its_end() {
    let held = State::held(TERMS, START);
    let [before, end, after] = around(START.after(TERMS.hold));
    let by = Canceller::Link;
    let cancelled = State::Cancelled { at: before, by };
    assert_eq!(
        held.apply(Event::Cancelled { by }, TERMS, at(before)),
        Ok(cancelled)
    );
    assert_eq!(
        held.apply(Event::TimePassed, TERMS, at(before)),
        Err(Refused::NotDue)
    );
    for late in [end, after] {
        for event in [
            Event::Cancelled { by },
            Event::Cancelled { by: Canceller::Owner },
            Event::Replaced,
        ] {
            assert_eq!(held.apply(event, TERMS, at(late)), Err(Refused::Expired));
        }
        let applied = State::Applied { at: late };
        assert_eq!(held.apply(Event::TimePassed, TERMS, at(late)), Ok(applied));
    }
}

#[test]
fn an_obstacle_keeps_a_change_held_and_cancellable() {
    let held = State::held(TERMS, START);
    for late in around(START.after(TERMS.hold)) {
        assert_eq!(
            held.apply(Event::TimePassed, TERMS, hindered(late)),
            Err(Refused::NotDue)
        );
        let by = Canceller::Link;
        let cancelled = State::Cancelled { at: late, by };
        assert_eq!(
            held.apply(Event::Cancelled { by }, TERMS, hindered(late)),
            Ok(cancelled)
        );
        let replaced = State::Replaced { at: late };
        assert_eq!(held.apply(Event::Replaced, TERMS, hindered(late)), Ok(replaced));
    }
}

#[test]
fn a_freeze_a_new_password_and_a_correction_stop_whatever_was_not_applied() {
    let late = START.after(TERMS.hold);
    for by in [Canceller::Freeze, Canceller::Password, Canceller::Correction] {
        let cancelled = State::Cancelled { at: late, by };
        assert_eq!(
            State::held(TERMS, START).apply(Event::Cancelled { by }, TERMS, at(late)),
            Ok(cancelled)
        );
    }
}

#[test]
fn a_contact_is_confirmed_once() {
    let requested = State::requested(TERMS, START);
    let wanted = Wanted::Email("nueva@empresa.com".parse().unwrap());
    let change = ContactChangeId::new(START, [7; 10]);
    let by_link = |state: State, moment| {
        let deadline = Deadline::at(START.after(TERMS.confirm * 2));
        let token = Link::made(LinkId::new(START, [1; 10]), deadline)
            .consume(moment)
            .unwrap();
        ConfirmedContact::by_link(&token, (change, wanted.clone()), state, TERMS, at(moment))
    };
    let confirmed = by_link(requested, START).unwrap();
    assert_eq!(confirmed.wanted(), &wanted);
    assert_eq!(confirmed.confirmation(), Confirmation::Link { change });
    let held = requested.apply(Event::Confirmed, TERMS, at(START)).unwrap();
    assert_eq!(by_link(held, START), Err(Refused::Done));
    assert_eq!(
        by_link(requested, START.after(TERMS.confirm)),
        Err(Refused::Expired)
    );
    let replaced = held.apply(Event::Replaced, TERMS, at(START)).unwrap();
    assert_eq!(by_link(replaced, START), Err(Refused::Replaced));
    let by = Canceller::Owner;
    let cancelled = held.apply(Event::Cancelled { by }, TERMS, at(START)).unwrap();
    assert_eq!(by_link(cancelled, START), Err(Refused::Stopped));
}

#[test]
fn what_is_wanted_is_read_through_the_parsers() {
    let read = |text: &str| serde_json::from_str::<Wanted>(text);
    assert_eq!(
        read(r#"{"kind":"email","value":" nueva@Empresa.com "}"#).unwrap(),
        Wanted::Email("nueva@empresa.com".parse().unwrap())
    );
    assert_eq!(
        read(r#"{"kind":"phone","value":"099 123 4567"}"#).unwrap(),
        Wanted::Phone("+593991234567".parse().unwrap())
    );
    assert_eq!(read(r#"{"kind":"no_phone"}"#).unwrap(), Wanted::NoPhone);
    for refused in [
        r#"{"kind":"no_email"}"#,
        r#"{"kind":"email"}"#,
        r#"{"kind":"email","value":null}"#,
        r#"{"kind":"email","value":"099 123 4567"}"#,
        r#"{"kind":"phone","value":"a@b.ec"}"#,
        r#"{"kind":"no_phone","value":"0991234567"}"#,
        r#"{"kind":"phone","value":"0991234567","more":1}"#,
        r#""email""#,
    ] {
        assert!(read(refused).is_err(), "{refused}");
    }
    for wanted in [
        Wanted::Email("a@b.ec".parse().unwrap()),
        Wanted::Phone("0991234567".parse().unwrap()),
        Wanted::NoPhone,
    ] {
        let text = serde_json::to_string(&wanted).unwrap();
        assert_eq!(read(&text).unwrap(), wanted);
    }
}

fn events() -> impl Strategy<Value = (Event, u64, Option<Obstacle>)> {
    let event = prop_oneof![
        Just(Event::Confirmed),
        Just(Event::Replaced),
        Just(Event::TimePassed),
        prop_oneof![
            Just(Canceller::Link),
            Just(Canceller::Owner),
            Just(Canceller::Freeze),
            Just(Canceller::Password),
            Just(Canceller::Correction)
        ]
        .prop_map(|by| Event::Cancelled { by }),
    ];
    let pause = prop_oneof![0..120_u64, 0..200_000_u64];
    let obstacle = prop_oneof![
        3 => Just(None),
        1 => Just(Some(Obstacle::Recovery)),
        1 => Just(Some(Obstacle::Frozen)),
    ];
    (event, pause, obstacle)
}

proptest! {
    /// Whatever happens in whatever order: nothing is applied that was not held its whole time, nothing while something is
    /// in the way, and what is over stays as it ended.
    #[test]
    fn no_order_of_events_shortens_a_hold(played in prop::collection::vec(events(), 0..40)) {
        let mut state = State::requested(TERMS, START);
        let mut now = START;
        for (event, seconds, obstacle) in played {
            now = now.after(Duration::from_secs(seconds));
            let Ok(next) = state.apply(event, TERMS, Moment { at: now, obstacle }) else { continue };
            prop_assert!(state.is_pending());
            if let State::Applied { at } = next {
                let State::Held { since, until } = state else {
                    return Err(TestCaseError::fail("applied without a hold"));
                };
                prop_assert!(obstacle.is_none());
                prop_assert!(at >= since.after(TERMS.hold));
                prop_assert!(until.has_passed(at));
            }
            if let State::Held { since, until } = next {
                prop_assert_eq!(event, Event::Confirmed);
                prop_assert!(since < START.after(TERMS.confirm));
                prop_assert_eq!(until, Deadline::after(since, TERMS.hold));
            }
            prop_assert_eq!(next.ended_at().is_none(), next.is_pending());
            state = next;
        }
    }
}
