//! One tick before, at, and after each end.

use super::*;

fn sent(profile: Profile) -> Case {
    let case = open(Opening::Asked { failures: 0 }, terms(profile), START).case;
    let case = case
        .apply(
            Event::Proved {
                proof: right_answers(),
                standing: reachable(),
            },
            START,
        )
        .unwrap()
        .case;
    let case = case
        .apply(Event::LinkMade { link: link_id(1) }, START)
        .unwrap()
        .case;
    case.apply(Event::Accepted { link: link_id(1) }, START)
        .unwrap()
        .case
}

/// Proved at the start, and asked for more.
fn stepping_up() -> Case {
    open(Opening::Asked { failures: 0 }, terms(Profile::Y2026), START)
        .case
        .apply(
            Event::Proved {
                proof: answers_and_more(),
                standing: reachable(),
            },
            START,
        )
        .unwrap()
        .case
}

fn end_of(case: &Case) -> Timestamp {
    case.stage().deadline().unwrap().instant()
}

#[test]
fn every_stage_that_waits_ends_at_its_deadline_and_not_before() {
    let terms = terms(Profile::Y2026);
    let online = open(Opening::Asked { failures: 0 }, terms, START).case;
    let proved = |standing| {
        online
            .apply(
                Event::Proved {
                    proof: right_answers(),
                    standing,
                },
                START,
            )
            .unwrap()
            .case
    };
    let cases = [
        (online.clone(), Ending::Lapsed),
        (
            open(
                Opening::RegistryFailed {
                    registry: crate::registries::Registry::Sri,
                },
                terms,
                START,
            )
            .case,
            Ending::Lapsed,
        ),
        (
            online
                .apply(Event::AnswersFailed { failures: 3 }, START)
                .unwrap()
                .case,
            Ending::Lapsed,
        ),
        (open(Opening::Signature, terms, START).case, Ending::Lapsed),
        (open(Opening::Counter, terms, START).case, Ending::Lapsed),
        (
            proved(Standing::Unreachable {
                reason: Refusal::NoEmail,
            }),
            Ending::Lapsed,
        ),
        (stepping_up(), Ending::Lapsed),
        (proved(reachable()), Ending::Undelivered),
        (sent(Profile::Y2026), Ending::LinkExpired),
    ];
    for (case, ending) in cases {
        let end = end_of(&case);
        assert_eq!(case.as_of(end.before(TICK)), case);
        assert_eq!(
            case.apply(Event::TimePassed, end.before(TICK)),
            Err(Refused::NotDue)
        );
        for at in [end, end.after(TICK)] {
            assert_eq!(*case.as_of(at).stage(), Stage::Ended { ending });
            assert_eq!(case.apply(Event::Abandoned, at), Err(Refused::Overdue { ending }));
            assert_eq!(
                *case.apply(Event::TimePassed, at).unwrap().case.stage(),
                Stage::Ended { ending }
            );
        }
    }
}

/// Whether the person chose it or an officer opened the case; and one that was stored before there were counters keeps its time.
#[test]
fn a_case_waits_fourteen_days_for_an_officer() {
    let terms = terms(Profile::Y2026);
    let fortnight = START.after(Duration::from_hours(24 * 14));
    let approval = OfficerApproval::given("seen").unwrap();
    let reference = CaseReference::from_random([7; 8]);
    let chosen = open(Opening::Signature, terms, START.before(TICK)).case;
    for case in [
        open(Opening::Counter, terms, START).case,
        Case::open_at_counter(&approval, reference, terms, START).case,
        chosen.apply(Event::CounterChosen, START).unwrap().case,
    ] {
        assert_eq!(end_of(&case), fortnight);
    }
    let mut stored = serde_json::to_value(terms).unwrap();
    stored.as_object_mut().unwrap().remove("officer_seconds");
    let read = serde_json::from_value::<Terms>(stored).unwrap();
    assert_eq!(read.officer_seconds, 1800);
}

#[test]
fn the_link_lives_180_seconds_from_the_acceptance() {
    assert_eq!(end_of(&sent(Profile::Y2026)), START.after(Duration::from_mins(3)));
}

#[test]
fn the_cap_from_the_proof_is_the_end_whatever_the_mail_server_does() {
    let case = open(Opening::Asked { failures: 0 }, terms(Profile::Y2026), START).case;
    let case = case
        .apply(
            Event::Proved {
                proof: right_answers(),
                standing: reachable(),
            },
            START,
        )
        .unwrap()
        .case;
    let cap = START.after(Duration::from_mins(15));
    let late = cap.before(Duration::from_secs(20));
    let case = case
        .apply(Event::LinkMade { link: link_id(1) }, late)
        .unwrap()
        .case;
    let case = case
        .apply(Event::Accepted { link: link_id(1) }, late.after(TICK))
        .unwrap()
        .case;
    assert_eq!(end_of(&case), cap);
}

/// The link's quarter of an hour begins when the last proof that was asked for is there, not with the answers.
#[test]
fn the_cap_counts_from_the_assertion_where_one_was_asked_for() {
    let case = stepping_up();
    let lapses = START.after(Duration::from_mins(30));
    assert_eq!(end_of(&case), lapses);
    let failed = case
        .apply(Event::AssertionFailed, START.after(TICK))
        .unwrap()
        .case;
    assert_eq!(end_of(&failed), lapses, "failing gives no time");
    let pass = |at| {
        failed.apply(
            Event::StepUpPassed {
                asserted: asserted(Purpose::Recovery),
                standing: reachable(),
            },
            at,
        )
    };
    let sending = pass(lapses.before(TICK)).unwrap().case;
    assert_eq!(
        end_of(&sending),
        lapses.before(TICK).after(Duration::from_mins(15))
    );
    for late in [lapses, lapses.after(TICK)] {
        assert_eq!(
            pass(late),
            Err(Refused::Overdue {
                ending: Ending::Lapsed
            })
        );
    }
}

#[test]
fn opening_gives_ten_minutes_and_can_be_repeated_up_to_the_cap() {
    let presented = || open_link(link_id(1)).present(START).unwrap();
    let case = sent(Profile::Standards);
    let at = START.after(Duration::from_secs(179));
    let case = case
        .apply(
            Event::Redeemed {
                presented: presented(),
            },
            at,
        )
        .unwrap()
        .case;
    assert_eq!(end_of(&case), at.after(Duration::from_mins(10)));
    let later = at.after(Duration::from_mins(9));
    let case = case
        .apply(
            Event::Redeemed {
                presented: presented(),
            },
            later,
        )
        .unwrap()
        .case;
    assert_eq!(
        end_of(&case),
        START.after(Duration::from_mins(15)),
        "the cap from the proof stays"
    );
}

#[test]
fn a_retry_carries_a_fresh_link_and_an_old_acceptance_starts_no_clock() {
    let case = open(Opening::Asked { failures: 0 }, terms(Profile::Y2026), START).case;
    let case = case
        .apply(
            Event::Proved {
                proof: right_answers(),
                standing: reachable(),
            },
            START,
        )
        .unwrap()
        .case;
    let case = case
        .apply(Event::LinkMade { link: link_id(1) }, START)
        .unwrap()
        .case;
    let case = case.apply(Event::Delayed, START.after(TICK)).unwrap().case;
    let step = case
        .apply(
            Event::LinkMade { link: link_id(2) },
            START.after(Duration::from_secs(5)),
        )
        .unwrap();
    assert_eq!(step.effects[0], Effect::ReplaceLinks);
    let at = START.after(Duration::from_secs(6));
    assert_eq!(
        step.case.apply(Event::Accepted { link: link_id(1) }, at),
        Err(Refused::OtherLink)
    );
    let sent = step
        .case
        .apply(Event::Accepted { link: link_id(2) }, at)
        .unwrap()
        .case;
    assert_eq!(end_of(&sent), at.after(Duration::from_mins(3)));
}

#[test]
fn a_person_may_be_quicker_than_our_note_of_the_acceptance() {
    let case = open(Opening::Asked { failures: 0 }, terms(Profile::Y2026), START).case;
    let case = case
        .apply(
            Event::Proved {
                proof: right_answers(),
                standing: reachable(),
            },
            START,
        )
        .unwrap()
        .case;
    let case = case
        .apply(Event::LinkMade { link: link_id(1) }, START)
        .unwrap()
        .case;
    let consumed = open_link(link_id(1)).consume(START).unwrap();
    let step = case
        .apply(Event::PasswordSet { consumed }, START.after(TICK))
        .unwrap();
    assert_eq!(step.case.stage().name(), StageName::Completed);
}

#[test]
fn a_case_that_waits_for_a_registry_outlives_the_advised_hour() {
    let opening = Opening::RegistryFailed {
        registry: crate::registries::Registry::CivilRegistry,
    };
    let case = open(opening, terms(Profile::Y2026), START).case;
    let hour = START.after(Duration::from_hours(1));
    let asked = case.apply(Event::Asked { failures: 0 }, hour).unwrap();
    assert_eq!(asked.case.stage().name(), StageName::Questions);
}
