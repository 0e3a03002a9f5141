use super::*;
use crate::identifiers::{ContactChangeId, LinkId};
use crate::links::Link;
use crate::recovery::{OfficerApproval, ValidSignature};
use crate::time::{Deadline, Timestamp};
use core::time::Duration;
use proptest::prelude::*;

const TERMS: Terms = Terms {
    confirm: Duration::from_mins(30),
    hold: Duration::from_hours(24),
    signed_confirm: Duration::from_hours(72),
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
        consent: Consent::Given,
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
    let held = State::held(Consent::Given, TERMS, START);
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
    let held = State::held(Consent::Given, TERMS, START);
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
            State::held(Consent::Given, TERMS, START).apply(Event::Cancelled { by }, TERMS, at(late)),
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

/// Held by a signed request since the start.
fn signed() -> State {
    State::held(Consent::Awaited, TERMS, START)
}

/// The same at the end of its hold, when the new contact is asked.
fn asked() -> State {
    let end = at(START.after(TERMS.hold));
    signed().apply(Event::TimePassed, TERMS, end).unwrap()
}

#[test]
fn a_signed_request_is_held_first_and_the_new_contact_asked_after_it() {
    let [before, end, after] = around(START.after(TERMS.hold));
    assert_eq!(
        signed().apply(Event::TimePassed, TERMS, at(before)),
        Err(Refused::NotDue)
    );
    for late in [end, after] {
        let confirming = State::Confirming {
            since: START,
            until: Deadline::after(late, TERMS.signed_confirm),
        };
        assert_eq!(signed().apply(Event::TimePassed, TERMS, at(late)), Ok(confirming));
        assert_eq!(
            signed().apply(Event::TimePassed, TERMS, hindered(late)),
            Err(Refused::NotDue)
        );
        assert_eq!(signed().as_of(TERMS, at(late)), confirming);
        assert_eq!(signed().as_of(TERMS, hindered(late)), signed());
    }
    // No link was made yet, so nobody can have confirmed it.
    for moment in [before, end, after] {
        assert_eq!(
            signed().apply(Event::Confirmed, TERMS, at(moment)),
            Err(Refused::NotDue)
        );
    }
}

#[test]
fn a_signed_request_can_be_cancelled_until_it_is_applied() {
    let [before, end, after] = around(START.after(TERMS.hold));
    for by in [
        Canceller::Link,
        Canceller::Owner,
        Canceller::Freeze,
        Canceller::Password,
    ] {
        for late in [before, end, after] {
            let cancelled = State::Cancelled { at: late, by };
            assert_eq!(
                signed().apply(Event::Cancelled { by }, TERMS, at(late)),
                Ok(cancelled)
            );
        }
        let [before, lapse, after] = around(START.after(TERMS.hold).after(TERMS.signed_confirm));
        let cancelled = State::Cancelled { at: before, by };
        assert_eq!(
            asked().apply(Event::Cancelled { by }, TERMS, at(before)),
            Ok(cancelled)
        );
        for late in [lapse, after] {
            assert_eq!(
                asked().apply(Event::Cancelled { by }, TERMS, at(late)),
                Err(Refused::Expired)
            );
        }
    }
}

#[test]
fn the_consent_after_the_hold_applies_at_once_and_counts_until_its_deadline() {
    let [before, lapse, after] = around(START.after(TERMS.hold).after(TERMS.signed_confirm));
    let applied = State::Applied { at: before };
    assert_eq!(asked().apply(Event::Confirmed, TERMS, at(before)), Ok(applied));
    assert_eq!(
        asked().apply(Event::TimePassed, TERMS, at(before)),
        Err(Refused::NotDue)
    );
    let replaced = State::Replaced { at: before };
    assert_eq!(asked().apply(Event::Replaced, TERMS, at(before)), Ok(replaced));
    for late in [lapse, after] {
        for event in [Event::Confirmed, Event::Replaced] {
            assert_eq!(asked().apply(event, TERMS, at(late)), Err(Refused::Expired));
        }
        let lapsed = State::Lapsed { at: lapse };
        assert_eq!(asked().apply(Event::TimePassed, TERMS, at(late)), Ok(lapsed));
    }
}

#[test]
fn a_consent_that_something_is_in_the_way_of_is_not_lost() {
    let now = START.after(TERMS.hold).after(TICK);
    let waiting = asked().apply(Event::Confirmed, TERMS, hindered(now)).unwrap();
    assert_eq!(
        waiting,
        State::Held {
            since: START,
            until: Deadline::at(now),
            consent: Consent::Given,
        }
    );
    let much_later = now.after(TERMS.signed_confirm * 2);
    assert_eq!(
        waiting.apply(Event::TimePassed, TERMS, hindered(much_later)),
        Err(Refused::NotDue)
    );
    let by = Canceller::Link;
    assert!(
        waiting
            .apply(Event::Cancelled { by }, TERMS, hindered(much_later))
            .is_ok()
    );
    assert_eq!(
        waiting.apply(Event::TimePassed, TERMS, at(much_later)),
        Ok(State::Applied { at: much_later })
    );
}

#[test]
fn a_signature_awaits_the_new_contacts_consent_and_a_link_after_the_hold_begins_no_other() {
    let wanted = Wanted::Email("nueva@empresa.com".parse().unwrap());
    let held = ConfirmedContact::by_signature(ValidSignature::for_test(), wanted.clone());
    assert_eq!(
        (held.consent(), held.asked()),
        (Consent::Awaited, Asked::Signature)
    );
    assert_eq!(
        (held.confirmation(), held.wanted()),
        (Confirmation::Signature, &wanted)
    );
    let removal = ConfirmedContact::by_signature(ValidSignature::for_test(), Wanted::NoPhone);
    assert_eq!(removal.consent(), Consent::Given, "nobody could be asked");

    let now = START.after(TERMS.hold);
    let token = Link::made(LinkId::new(START, [1; 10]), Deadline::after(now, TERMS.hold))
        .consume(now)
        .unwrap();
    let change = ContactChangeId::new(START, [7; 10]);
    assert_eq!(
        ConfirmedContact::by_link(&token, (change, wanted), asked(), TERMS, at(now)),
        Err(Refused::Done)
    );
}

fn approval() -> OfficerApproval {
    OfficerApproval::given("the person came with the original cédula").unwrap()
}

/// Asked for at a counter, at the start.
fn at_counter(wanted: &Wanted) -> State {
    State::at_counter(&approval(), wanted, TERMS, START)
}

#[test]
fn a_counter_takes_the_place_of_the_hold_and_not_of_the_consent() {
    let wanted = Wanted::Email("nueva@empresa.com".parse().unwrap());
    let state = at_counter(&wanted);
    let [before, lapse, after] = around(START.after(TERMS.confirm));
    // Nothing is applied by itself.
    assert_eq!(
        state.apply(Event::TimePassed, TERMS, at(before)),
        Err(Refused::NotDue)
    );
    for moment in [START, before] {
        let applied = State::Applied { at: moment };
        assert_eq!(state.apply(Event::Confirmed, TERMS, at(moment)), Ok(applied));
    }
    for late in [lapse, after] {
        assert_eq!(
            state.apply(Event::Confirmed, TERMS, at(late)),
            Err(Refused::Expired)
        );
        let lapsed = State::Lapsed { at: lapse };
        assert_eq!(state.apply(Event::TimePassed, TERMS, at(late)), Ok(lapsed));
    }
    // A link that is on its way to the old contact makes it wait, with the consent.
    let waiting = state.apply(Event::Confirmed, TERMS, hindered(START)).unwrap();
    assert_eq!(
        waiting.apply(Event::TimePassed, TERMS, hindered(after)),
        Err(Refused::NotDue)
    );
    let applied = State::Applied { at: after };
    assert_eq!(waiting.apply(Event::TimePassed, TERMS, at(after)), Ok(applied));
    for by in [
        Canceller::Owner,
        Canceller::Freeze,
        Canceller::Password,
        Canceller::Correction,
    ] {
        assert!(state.apply(Event::Cancelled { by }, TERMS, at(before)).is_ok());
    }
}

#[test]
fn a_removal_at_a_counter_waits_for_nobody() {
    let state = at_counter(&Wanted::NoPhone);
    let applied = State::Applied { at: START };
    assert_eq!(state.apply(Event::TimePassed, TERMS, at(START)), Ok(applied));
    assert_eq!(
        state.apply(Event::TimePassed, TERMS, hindered(START)),
        Err(Refused::NotDue)
    );
}

#[test]
fn what_an_officer_decides_about_a_signature_is_held_like_a_pass() {
    for wanted in [Wanted::Phone("0991234567".parse().unwrap()), Wanted::NoPhone] {
        let decided = ConfirmedContact::by_referral(approval(), wanted.clone());
        let passed = ConfirmedContact::by_signature(ValidSignature::for_test(), wanted);
        assert_eq!(decided, passed);
    }
}

proptest! {
    /// However a change that was asked for at a counter goes on: it is applied with the new contact's consent only, in time, and
    /// never while something is in the way.
    #[test]
    fn nothing_of_a_counter_is_applied_without_consent(played in prop::collection::vec(events(), 0..40)) {
        let mut state = at_counter(&Wanted::Email("nueva@empresa.com".parse().unwrap()));
        let mut now = START;
        let mut consented = None;
        for (event, seconds, obstacle) in played {
            now = now.after(Duration::from_secs(seconds));
            let Ok(next) = state.apply(event, TERMS, Moment { at: now, obstacle }) else { continue };
            if event == Event::Confirmed {
                prop_assert_eq!(consented, None, "consented twice");
                prop_assert!(now < START.after(TERMS.confirm));
                consented = Some(now);
            }
            if let State::Applied { .. } = next {
                prop_assert!(consented.is_some() && obstacle.is_none());
            }
            prop_assert!(state.is_pending());
            state = next;
        }
    }

    /// Whatever happens in whatever order: nothing is applied that was not held its whole time and consented to, nothing while
    /// something is in the way, and what is over stays as it ended.
    #[test]
    fn no_order_of_events_shortens_a_hold(
        by_signature in any::<bool>(),
        played in prop::collection::vec(events(), 0..40),
    ) {
        let mut state = if by_signature { signed() } else { State::requested(TERMS, START) };
        let mut now = START;
        let mut consented = false;
        for (event, seconds, obstacle) in played {
            now = now.after(Duration::from_secs(seconds));
            let Ok(next) = state.apply(event, TERMS, Moment { at: now, obstacle }) else { continue };
            prop_assert!(state.is_pending());
            consented |= event == Event::Confirmed;
            if let State::Applied { at } = next {
                let (State::Held { since, .. } | State::Confirming { since, .. }) = state else {
                    return Err(TestCaseError::fail("applied without a hold"));
                };
                prop_assert!(consented);
                prop_assert!(obstacle.is_none());
                prop_assert!(at >= since.after(TERMS.hold));
            }
            if let State::Held { since, until, .. } = next {
                prop_assert_eq!(event, Event::Confirmed);
                if let State::Requested { .. } = state {
                    prop_assert!(since < START.after(TERMS.confirm));
                    prop_assert_eq!(until, Deadline::after(since, TERMS.hold));
                } else {
                    prop_assert!(obstacle.is_some());
                    prop_assert_eq!(until, Deadline::at(now));
                }
            }
            if let State::Confirming { since, .. } = next {
                prop_assert!(by_signature && !consented && now >= since.after(TERMS.hold));
            }
            prop_assert_eq!(next.ended_at().is_none(), next.is_pending());
            state = next;
        }
    }
}
