//! One tick before, at, and after each end.

use super::*;

fn end_of(case: &UnlockCase) -> Timestamp {
    case.stage().deadline().unwrap().instant()
}

#[test]
fn every_stage_that_waits_ends_at_its_deadline_and_not_before() {
    let opened = open(START).case;
    let refused = (0..5).fold(opened.clone(), |case, _| {
        case.apply(Event::PasskeyRefused, START).unwrap().case
    });
    let barred = Event::Proved {
        proof: passkey(Purpose::Unlock),
        standing: Standing::Barred {
            reason: UnlockRefusal::NotBlocked,
        },
    };
    let cases = [
        (opened.clone(), Ending::Lapsed),
        (refused, Ending::Lapsed),
        (
            opened.apply(Event::SignatureChosen, START).unwrap().case,
            Ending::Lapsed,
        ),
        (
            opened.apply(Event::CounterChosen, START).unwrap().case,
            Ending::Lapsed,
        ),
        (opened.apply(barred, START).unwrap().case, Ending::Lapsed),
        (proved(START), Ending::Lapsed),
        (sending(START), Ending::Undelivered),
        (sent(START), Ending::LinkExpired),
    ];
    for (case, ending) in cases {
        let end = end_of(&case);
        let early = end.before(TICK);
        assert_eq!(case.as_of(early), case);
        assert!(case.is_open(early));
        assert_eq!(case.apply(Event::TimePassed, early), Err(Refused::NotDue));
        for at in [end, end.after(TICK)] {
            assert_eq!(*case.as_of(at).stage(), Stage::Ended { ending });
            assert!(!case.is_open(at));
            assert_eq!(case.apply(Event::Abandoned, at), Err(Refused::Overdue { ending }));
            let ended = case.apply(Event::TimePassed, at).unwrap();
            assert_eq!(*ended.case.stage(), Stage::Ended { ending });
        }
    }
}

#[test]
fn the_link_lives_180_seconds_from_the_acceptance() {
    assert_eq!(end_of(&sent(START)), START.after(Duration::from_mins(3)));
    let case = sending(START);
    let accepted = START.after(Duration::from_secs(100));
    let case = case
        .apply(Event::Accepted { link: link_id(1) }, accepted)
        .unwrap()
        .case;
    let end = accepted.after(Duration::from_mins(3));
    assert_eq!(end_of(&case), end);
    let consumed = || consumed(1);
    assert!(
        case.apply(Event::Confirmed { consumed: consumed() }, end.before(TICK))
            .is_ok()
    );
    let ending = Ending::LinkExpired;
    for at in [end, end.after(TICK)] {
        let event = Event::Confirmed { consumed: consumed() };
        assert_eq!(case.apply(event, at), Err(Refused::Overdue { ending }));
    }
}

#[test]
fn whoever_chooses_at_the_last_moment_still_gets_a_whole_link() {
    let case = proved(START);
    let last = end_of(&case).before(TICK);
    let channel = Channel::Sms;
    let case = case.apply(Event::ChannelChosen { channel }, last).unwrap().case;
    let case = case
        .apply(Event::LinkMade { link: link_id(1) }, last)
        .unwrap()
        .case;
    let case = case
        .apply(Event::Accepted { link: link_id(1) }, last)
        .unwrap()
        .case;
    assert_eq!(end_of(&case), last.after(Duration::from_mins(3)));
}

#[test]
fn the_cap_from_the_proof_is_the_end_whatever_becomes_of_the_message() {
    let case = sending(START);
    let cap = START.after(Duration::from_mins(15));
    assert_eq!(end_of(&case), cap);
    let late = cap.before(Duration::from_secs(20));
    let case = case
        .apply(Event::Accepted { link: link_id(1) }, late)
        .unwrap()
        .case;
    assert_eq!(end_of(&case), cap);
}

#[test]
fn a_policy_without_room_for_a_whole_link_leaves_half_of_the_time_to_choose() {
    let terms = Terms {
        cap_seconds: 180,
        ..terms()
    };
    let cap = terms.cap(START);
    assert_eq!(
        terms.choose_end(cap),
        Deadline::after(START, Duration::from_secs(90))
    );
}

#[test]
fn a_rejection_after_the_time_to_choose_is_the_end() {
    let choose_end = end_of(&proved(START));
    let case = sending(START);
    let early = case.apply(Event::Rejected, choose_end.before(TICK)).unwrap().case;
    assert_eq!(early.stage().name(), StageName::Channel);
    let ending = Ending::Rejected;
    for at in [choose_end, choose_end.after(TICK)] {
        let late = case.apply(Event::Rejected, at).unwrap().case;
        assert_eq!(*late.stage(), Stage::Ended { ending });
    }
}

#[test]
fn a_retry_carries_a_fresh_link_and_an_old_acceptance_starts_no_clock() {
    let case = sending(START)
        .apply(Event::Delayed, START.after(TICK))
        .unwrap()
        .case;
    let later = START.after(Duration::from_secs(5));
    let step = case.apply(Event::LinkMade { link: link_id(2) }, later).unwrap();
    assert_eq!(step.effects[0], Effect::ReplaceLinks);
    let at = START.after(Duration::from_secs(6));
    let old = Event::Accepted { link: link_id(1) };
    assert_eq!(step.case.apply(old, at), Err(Refused::OtherLink));
    let new = Event::Accepted { link: link_id(2) };
    let sent = step.case.apply(new, at).unwrap().case;
    assert_eq!(end_of(&sent), at.after(Duration::from_mins(3)));
}

#[test]
fn a_case_waits_fourteen_days_for_an_officer() {
    let fortnight = START.after(Duration::from_hours(24 * 14));
    let approval = OfficerApproval::given("seen").unwrap();
    let reference = CaseReference::from_random([7; 8]);
    let opened = UnlockCase::open_at_counter(&approval, reference, terms(), START);
    assert_eq!(opened.actor, audit::Actor::Officer);
    assert_eq!(opened.case.route(), Route::Counter);
    let chosen = open(START.before(TICK)).case;
    for case in [
        opened.case,
        chosen.apply(Event::CounterChosen, START).unwrap().case,
    ] {
        assert_eq!(case.stage().name(), StageName::AwaitingOfficer);
        assert_eq!(end_of(&case), fortnight);
        for proof in [passkey(Purpose::Unlock), valid_signature()] {
            let standing = reachable();
            assert!(case.apply(Event::Proved { proof, standing }, START).is_err());
        }
        let proof = super::approval();
        let standing = reachable();
        let proved = case.apply(Event::Proved { proof, standing }, START).unwrap();
        assert_eq!(proved.actor, audit::Actor::Officer);
        assert_eq!(proved.case.stage().name(), StageName::Channel);
    }
    let mut stored = serde_json::to_value(terms()).unwrap();
    stored.as_object_mut().unwrap().remove("officer_seconds");
    let read = serde_json::from_value::<Terms>(stored).unwrap();
    assert_eq!(read.officer_seconds, 1800);
}

#[test]
fn a_person_may_be_quicker_than_our_note_of_the_acceptance() {
    let consumed = consumed(1);
    let step = sending(START)
        .apply(Event::Confirmed { consumed }, START.after(TICK))
        .unwrap();
    assert_eq!(step.case.stage().name(), StageName::Unblocked);
    let done = [
        Effect::ConsumeLink { link: link_id(1) },
        Effect::Unblock,
        Effect::ForgetFailures,
        Effect::TellOwner,
    ];
    assert_eq!(step.effects, done);
}
