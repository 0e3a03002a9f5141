//! Every pair of stage and event is tried, with all data that makes a difference.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

fn stages() -> Vec<Stage> {
    let expires = Deadline::after(START, HOUR);
    let deadline = Deadline::after(START, HOUR * 2);
    let request = RequestNumber::FIRST;
    let mut stages = vec![
        Stage::Referred {
            number: number(),
            at: START,
        },
        Stage::Ended {
            ending: Ending::Lapsed,
        },
    ];
    for uploads in [0, 1, 5] {
        stages.push(Stage::Issued {
            request,
            uploads,
            expires,
            deadline,
        });
        stages.push(Stage::Expired {
            request,
            uploads,
            deadline,
        });
    }
    let brought = [
        Brought::Recovery,
        Brought::Unlock,
        Brought::Hold,
        Brought::Nothing,
    ];
    stages.extend(brought.map(|brought| Stage::Passed { at: START, brought }));
    stages.extend(Rejection::ALL.iter().map(|because| Stage::Declined {
        at: START,
        because: *because,
    }));
    stages
}

fn events() -> Vec<Event> {
    let mut events = vec![
        Event::Uploaded,
        Event::Returned,
        accepted(),
        Event::Renewed,
        Event::Outrun,
        Event::Abandoned,
        Event::TimePassed,
    ];
    events.extend(
        Rejection::ALL
            .iter()
            .map(|because| Event::Declined { because: *because }),
    );
    for verdict in [passed(), failed(), unknown(), Verdict::of(Findings::NONE)] {
        for standing in [Standing::Open, Standing::Frozen] {
            for request in [RequestNumber::FIRST, RequestNumber::FIRST.next().unwrap()] {
                events.push(judged(request, verdict, standing));
            }
        }
    }
    events
}

fn cases() -> Vec<SignatureCase> {
    let mut cases = Vec::new();
    for purpose in PURPOSES {
        for stage in stages() {
            cases.push(SignatureCase {
                stage,
                ..open_for(purpose, START).case
            });
        }
    }
    cases
}

#[test]
fn the_machine_does_what_the_table_says_and_nothing_else() {
    let mut seen: BTreeMap<(StageName, EventName), BTreeSet<StageName>> = BTreeMap::new();
    for case in cases() {
        for at in [START, START.after(HOUR), START.after(HOUR * 2)] {
            for event in events() {
                // What time has done is seen by whoever comes, except by time itself, which writes it down.
                let from = if matches!(event, Event::TimePassed) {
                    case.stage().name()
                } else {
                    case.as_of(at).stage().name()
                };
                let on = event.name();
                if let Ok(step) = case.apply(event, at) {
                    seen.entry((from, on))
                        .or_default()
                        .insert(step.case.stage().name());
                }
            }
        }
    }
    let table: BTreeMap<_, BTreeSet<_>> = TRANSITIONS
        .iter()
        .map(|one| ((one.from, one.on), one.to.iter().copied().collect()))
        .collect();
    assert_eq!(table.len(), TRANSITIONS.len(), "a pair stands twice in the table");
    assert_eq!(seen, table);
}

#[test]
fn samples_cover_every_stage_and_every_event() {
    let stages: BTreeSet<_> = stages().iter().map(Stage::name).collect();
    assert_eq!(stages, StageName::ALL.iter().copied().collect());
    let events: BTreeSet<_> = events().iter().map(Event::name).collect();
    assert_eq!(events, EventName::ALL.iter().copied().collect());
}

#[test]
fn refusing_changes_nothing_and_says_where_the_case_stands() {
    for case in cases() {
        for event in events() {
            let before = case.clone();
            if let Err(Refused::OtherStage { at }) = case.apply(event, START) {
                assert_eq!(at, case.stage().name());
            }
            assert_eq!(case, before);
        }
    }
}

#[test]
fn a_pass_brings_what_the_request_was_for() {
    let used = || Effect::UseRequest {
        request: RequestNumber::FIRST,
    };
    let prove = || Some(Effect::ProveParent { evidence: valid() });
    let hold = || Some(Effect::HoldContact { evidence: valid() });
    for (purpose, standing, brought, follows) in [
        (PurposeName::Recovery, Standing::Open, Brought::Recovery, prove()),
        (
            PurposeName::Recovery,
            Standing::Frozen,
            Brought::Recovery,
            prove(),
        ),
        (PurposeName::Unlock, Standing::Open, Brought::Unlock, prove()),
        (PurposeName::Unlock, Standing::Frozen, Brought::Unlock, prove()),
        (PurposeName::Email, Standing::Open, Brought::Hold, hold()),
        (PurposeName::Phone, Standing::Open, Brought::Hold, hold()),
        (PurposeName::Email, Standing::Frozen, Brought::Nothing, None),
        (PurposeName::Phone, Standing::Frozen, Brought::Nothing, None),
    ] {
        let case = open_for(purpose, START).case;
        let step = case
            .apply(judged(RequestNumber::FIRST, passed(), standing), START)
            .unwrap();
        assert_eq!(*step.case.stage(), Stage::Passed { at: START, brought });
        assert_eq!(step.actor, audit::Actor::Holder);
        let mut effects = vec![used(), Effect::KeepEvidence];
        effects.extend(follows);
        assert_eq!(step.effects, effects);
    }
}

/// What was referred goes on as after a pass, on an officer's word, or is declined: once, and neither before nor after.
#[test]
fn an_officer_decides_once_about_what_was_referred() {
    let prove = |()| Effect::ProveParent {
        evidence: Evidence::Officer(approval()),
    };
    let hold = |()| Effect::HoldContact {
        evidence: Evidence::Officer(approval()),
    };
    for purpose in PURPOSES {
        let fresh = open_for(purpose, START).case;
        assert!(fresh.apply(accepted(), START).is_err(), "nothing was referred");
        let referred = fresh.apply(first(unknown()), START).unwrap().case;
        let late = START.after(HOUR * 24 * 365);
        let (brought, follows): (_, Effect) = match purpose {
            PurposeName::Recovery => (Brought::Recovery, prove(())),
            PurposeName::Unlock => (Brought::Unlock, prove(())),
            PurposeName::Email | PurposeName::Phone => (Brought::Hold, hold(())),
        };
        let step = referred.apply(accepted(), late).unwrap();
        assert_eq!(step.actor, audit::Actor::Officer);
        assert_eq!(step.event, audit::Event::ReferralAccepted);
        assert_eq!(*step.case.stage(), Stage::Passed { at: late, brought });
        assert_eq!(step.effects, [Effect::CloseReferral { because: None }, follows]);
        for because in Rejection::ALL {
            let declined = Event::Declined { because: *because };
            assert!(step.case.apply(declined, late).is_err());
            let declined = Event::Declined { because: *because };
            let step = referred.apply(declined, late).unwrap();
            assert_eq!(step.actor, audit::Actor::Officer);
            let because = Some(*because);
            assert_eq!(step.effects, [Effect::CloseReferral { because }]);
            assert!(step.case.apply(accepted(), late).is_err());
            assert!(!step.case.is_open(late));
        }
    }
}

#[test]
fn nothing_is_kept_of_a_failure_and_nothing_follows_from_what_is_unknown() {
    let step = open(START).apply(first(failed()), START).unwrap();
    assert_eq!((step.case, step.effects), (open(START), vec![]));
    let event = audit::Event::SignatureJudged {
        outcome: Outcome::TotalFailed,
        reasons: vec![Reason::OtherHolder],
    };
    assert_eq!(step.event, event);
    for verdict in [unknown(), Verdict::of(Findings::NONE)] {
        let step = open(START).apply(first(verdict), START).unwrap();
        let referred = Stage::Referred {
            number: number(),
            at: START,
        };
        assert_eq!(*step.case.stage(), referred);
        let queued = Effect::QueueReferral { number: number() };
        assert_eq!(step.effects, [Effect::KeepEvidence, queued]);
    }
}

#[test]
fn as_many_files_are_judged_as_the_policy_gives() {
    let mut case = open(START);
    for uploads in 1..=5_u8 {
        let step = case.apply(Event::Uploaded, START).unwrap();
        assert_eq!(step.event, audit::Event::SignatureUploaded { uploads });
        case = step.case.apply(first(failed()), START).unwrap().case;
    }
    assert_eq!(case.apply(Event::Uploaded, START), Err(Refused::NoUploadsLeft));
    let shown = case.view(None, START).unwrap();
    let issued = api::SignatureStageView::Issued {
        deadline: Deadline::after(START, HOUR),
        uploads_left: 0,
    };
    assert_eq!(shown, issued);
    // What was given back can be sent again.
    case = case.apply(Event::Returned, START).unwrap().case;
    assert!(case.apply(Event::Uploaded, START).is_ok());
    assert_eq!(
        open(START).apply(Event::Returned, START),
        Err(Refused::NothingUploaded)
    );
}

#[test]
fn a_renewal_gives_another_request_and_no_more_files() {
    let case = open(START).apply(Event::Uploaded, START).unwrap().case;
    let late = START.after(HOUR);
    let renewed = case.apply(Event::Renewed, late).unwrap();
    let second = RequestNumber::FIRST.next().unwrap();
    let issued = Stage::Issued {
        request: second,
        uploads: 1,
        expires: Deadline::after(late, HOUR),
        deadline: Deadline::after(START, HOUR * 2),
    };
    assert_eq!(*renewed.case.stage(), issued);
    let old = renewed.case.apply(first(passed()), late);
    assert_eq!(old, Err(Refused::OtherRequest));
    let new = judged(second, passed(), Standing::Open);
    assert!(renewed.case.apply(new, late).is_ok());
}

#[test]
fn every_effect_has_its_event_but_what_others_tell_of() {
    for case in cases() {
        for event in events() {
            let Ok(step) = case.apply(event, START) else {
                continue;
            };
            let audited: Vec<_> = step.audit().collect();
            let told_elsewhere = step.effects.iter().filter(|effect| effect.event().is_none());
            assert_eq!(audited.len() + told_elsewhere.count(), 1 + step.effects.len());
            assert_eq!(audited[0], step.event);
            assert!(
                audited
                    .iter()
                    .all(|event| audit::Event::KINDS.contains(&event.kind()))
            );
        }
    }
}

#[test]
fn every_stage_is_stored_and_read_back() {
    for case in cases() {
        let stored = serde_json::to_string(&case).unwrap();
        assert_eq!(serde_json::from_str::<SignatureCase>(&stored).unwrap(), case);
    }
}

/// What the page shows is read back as it was sent, with everything that a stage carries.
#[test]
fn every_view_is_read_back() {
    let until = Deadline::after(START, HOUR * 24);
    for case in cases() {
        let shown = case.view(Some(until), START).unwrap();
        let sent = serde_json::to_string(&shown).unwrap();
        let read = serde_json::from_str::<api::SignatureStageView>(&sent).unwrap();
        assert_eq!(read, shown, "{sent}");
        let held = matches!(
            case.stage(),
            Stage::Passed {
                brought: Brought::Hold,
                ..
            }
        );
        assert_eq!(case.view(None, START).is_none(), held);
    }
}

#[test]
fn the_diagram_in_the_documentation_is_the_tables() {
    let drawn = diagram();
    assert_eq!(
        include_str!("../diagram.mmd"),
        drawn,
        "copy this into shared/src/signatures/diagram.mmd:\n{drawn}"
    );
    let page = include_str!("../../../../docs/SIGNATURES.md");
    assert!(
        page.contains(&format!("```mermaid\n{drawn}```")),
        "copy this into docs/SIGNATURES.md:\n{drawn}"
    );
}
