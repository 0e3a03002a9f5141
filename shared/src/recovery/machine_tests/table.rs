//! Every pair of stage and event is tried, with all data that makes a difference.

use super::*;
use crate::passkeys::browser::{RequestOptions, Requirement};
use crate::registries::Registry;
use std::collections::{BTreeMap, BTreeSet};

fn stages() -> Vec<Stage> {
    let deadline = Deadline::after(START, Duration::from_mins(3));
    let cap = Deadline::after(START, Duration::from_mins(15));
    let link = link_id(1);
    vec![
        Stage::Questions {
            failures: 0,
            deadline,
        },
        Stage::WaitingForRegistry {
            registry: Registry::Sri,
            retry_at: START,
            deadline,
        },
        Stage::Suspended { until: deadline },
        Stage::AwaitingSignature { deadline },
        Stage::AwaitingOfficer { deadline },
        Stage::Refused {
            reason: Refusal::NoEmail,
            deadline,
        },
        Stage::StepUp {
            reasons: vec![Reason::ContactChanged],
            failures: 0,
            deadline,
        },
        Stage::StepUp {
            reasons: Reason::ALL.to_vec(),
            failures: 5,
            deadline,
        },
        Stage::Sending {
            address: address(),
            pending: Pending::Queued,
            link: None,
            cap,
        },
        Stage::Sending {
            address: address(),
            pending: Pending::Delayed,
            link: Some(link),
            cap,
        },
        Stage::LinkSent {
            address: address(),
            link,
            deadline,
            cap,
        },
        Stage::Redeemed {
            address: address(),
            link,
            deadline,
            cap,
        },
        Stage::Completed { at: START },
        Stage::Ended {
            ending: Ending::Lapsed,
        },
    ]
}

fn standings() -> Vec<Standing> {
    vec![
        reachable(),
        Standing::Unreachable {
            reason: Refusal::AccountBlocked,
        },
        Standing::Unreachable {
            reason: Refusal::AccountFrozen,
        },
    ]
}

/// Events with all data that makes a difference. Evidence cannot be copied, so each call makes it anew.
fn events() -> Vec<Event> {
    let mut events = vec![
        Event::Asked { failures: 1 },
        Event::RegistryFailed {
            registry: Registry::CivilRegistry,
        },
        Event::AnswersFailed { failures: 1 },
        Event::AnswersFailed { failures: 3 },
        Event::AnswersFailed { failures: u8::MAX },
        Event::SuspensionMet {
            until: START.after(Duration::from_hours(1)),
        },
        Event::SignatureChosen,
        Event::CounterChosen,
        Event::AssertionFailed,
        Event::Barred {
            reason: Refusal::AccountBlocked,
        },
        Event::LinkMade { link: link_id(2) },
        Event::Delayed,
        Event::Accepted { link: link_id(1) },
        Event::Accepted { link: link_id(9) },
        Event::Rejected,
        Event::Superseded,
        Event::Abandoned,
        Event::TimePassed,
    ];
    for number in [1, 9] {
        let link = open_link(link_id(number));
        events.push(Event::Redeemed {
            presented: link.present(START).unwrap(),
        });
        events.push(Event::PasswordSet {
            consumed: link.clone().consume(START).unwrap(),
        });
    }
    for standing in standings() {
        for purpose in [Purpose::Recovery, Purpose::Unlock, Purpose::Enrolment] {
            events.push(Event::StepUpPassed {
                asserted: asserted(purpose),
                standing: standing.clone(),
            });
        }
        for proof in [right_answers(), answers_and_more(), valid_signature(), approval()] {
            events.push(Event::Proved {
                proof,
                standing: standing.clone(),
            });
        }
    }
    events
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for profile in [Profile::Y2026, Profile::Standards] {
        for route in [Route::Online, Route::Signature, Route::Counter] {
            for stage in stages() {
                let template = open(Opening::Counter, terms(profile), START).case;
                cases.push(Case {
                    route,
                    stage,
                    ..template
                });
            }
        }
    }
    cases
}

#[test]
fn the_machine_does_what_the_table_says_and_nothing_else() {
    let mut seen: BTreeMap<(StageName, EventName), BTreeSet<StageName>> = BTreeMap::new();
    let late = START.after(Duration::from_hours(1));
    for case in cases() {
        for at in [START, late] {
            for event in events() {
                let pair = (case.stage().name(), event.name());
                if let Ok(step) = case.apply(event, at) {
                    seen.entry(pair).or_default().insert(step.case.stage().name());
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
fn the_answer_route_accepts_no_other_evidence() {
    let case = open(Opening::Asked { failures: 0 }, terms(Profile::Y2026), START).case;
    for proof in [valid_signature(), approval()] {
        assert_eq!(
            case.apply(
                Event::Proved {
                    proof,
                    standing: reachable()
                },
                START
            ),
            Err(Refused::OtherRoute)
        );
    }
}

#[test]
fn no_proof_goes_past_a_freeze_or_a_block_not_even_an_officers() {
    let terms = terms(Profile::Y2026);
    for reason in [Refusal::AccountFrozen, Refusal::AccountBlocked] {
        for (opening, proof) in [
            (Opening::Asked { failures: 0 }, right_answers()),
            (Opening::Signature, valid_signature()),
            (Opening::Counter, approval()),
        ] {
            let standing = Standing::Unreachable { reason };
            let case = open(opening, terms, START).case;
            let refused = case.apply(Event::Proved { proof, standing }, START).unwrap();
            assert!(matches!(refused.case.stage(), Stage::Refused { reason: told, .. } if *told == reason));
            assert!(!refused.effects.contains(&Effect::ReplaceLinks));
        }
    }
}

/// An officer opens a case and proves it at once, and both are the officer's doing.
#[test]
fn a_case_opened_at_a_counter_is_an_officers_and_waits_for_nobody_else() {
    let approved = OfficerApproval::given("cédula shown").unwrap();
    let reference = CaseReference::from_random([7; 8]);
    let opened = Case::open_at_counter(&approved, reference, terms(Profile::Y2026), START);
    assert_eq!(opened.actor, crate::audit::Actor::Officer);
    assert_eq!(opened.case.route(), Route::Counter);
    assert_eq!(opened.effects, []);
    for proof in [right_answers(), answers_and_more(), valid_signature()] {
        let standing = reachable();
        assert!(
            opened
                .case
                .apply(Event::Proved { proof, standing }, START)
                .is_err()
        );
    }
    let proof = Proof::Officer(approved);
    let standing = reachable();
    let proved = opened
        .case
        .apply(Event::Proved { proof, standing }, START)
        .unwrap();
    assert_eq!(proved.actor, crate::audit::Actor::Officer);
    let route = Route::Counter;
    assert_eq!(proved.event, crate::audit::Event::IdentityProved { route });
    assert_eq!(proved.case.stage().name(), StageName::Sending);
}

#[test]
fn a_link_of_another_case_sets_no_password() {
    for case in cases() {
        let consumed = open_link(link_id(77)).consume(START).unwrap();
        assert!(
            case.apply(Event::PasswordSet { consumed }, START).is_err(),
            "{case:?}"
        );
    }
}

#[test]
fn the_policy_decides_whether_a_click_comes_first() {
    let consumed = || open_link(link_id(1)).consume(START).unwrap();
    let presented = || open_link(link_id(1)).present(START).unwrap();
    for case in cases()
        .iter()
        .filter(|case| case.stage().name() == StageName::LinkSent)
    {
        let (set, redeemed) = (
            case.apply(Event::PasswordSet { consumed: consumed() }, START)
                .map(|step| step.case.stage().name()),
            case.apply(
                Event::Redeemed {
                    presented: presented(),
                },
                START,
            )
            .map(|step| step.case.stage().name()),
        );
        match case.terms().window {
            crate::policy::Window::Complete => {
                assert_eq!(
                    (set, redeemed),
                    (Ok(StageName::Completed), Err(Refused::NothingToRedeem))
                );
            }
            crate::policy::Window::Redeem => {
                assert_eq!(
                    (set, redeemed),
                    (Err(Refused::NotRedeemed), Ok(StageName::Redeemed))
                );
            }
        }
        assert_eq!(
            case.must_redeem(),
            case.terms().window == crate::policy::Window::Redeem
        );
    }
}

#[test]
fn every_stage_is_stored_and_read_back() {
    for case in cases() {
        let stored = serde_json::to_string(&case).unwrap();
        assert_eq!(serde_json::from_str::<Case>(&stored).unwrap(), case);
    }
}

/// What the page shows is read back as it was sent, with everything that a stage carries.
#[test]
fn every_view_is_read_back() {
    for case in cases() {
        let beside = Beside {
            questions: Vec::new(),
            linked: vec!["17•••••019".to_owned()],
            passkey: Some(challenge()),
        };
        let shown = case.view(beside, START);
        let sent = serde_json::to_string(&shown).unwrap();
        assert_eq!(
            serde_json::from_str::<api::StageView>(&sent).unwrap(),
            shown,
            "{sent}"
        );
    }
}

fn challenge() -> api::PasskeyChallenge {
    api::PasskeyChallenge {
        options: RequestOptions {
            challenge: "AAECAwQFBgcICQoLDA0ODw".parse().unwrap(),
            timeout: 60_000,
            rp_id: "localhost".to_owned(),
            allow_credentials: Vec::new(),
            user_verification: Requirement::Required,
        },
        expires: Deadline::after(START, Duration::from_mins(5)),
    }
}

#[test]
fn no_passkey_is_asked_for_that_would_not_be_accepted() {
    for case in cases() {
        let Stage::StepUp { failures, .. } = case.stage() else {
            continue;
        };
        let beside = Beside {
            passkey: Some(challenge()),
            ..Beside::default()
        };
        let api::StageView::StepUp {
            passkey,
            attempts_left,
            ..
        } = case.view(beside, START)
        else {
            panic!("another view than the stage's")
        };
        assert_eq!(attempts_left, 5 - failures);
        assert_eq!(passkey.is_some(), attempts_left > 0);
        let passed = case.apply(
            Event::StepUpPassed {
                asserted: asserted(Purpose::Recovery),
                standing: reachable(),
            },
            START,
        );
        assert_eq!(passkey.is_some(), passed.is_ok());
        assert_eq!(
            passkey.is_some(),
            case.apply(Event::AssertionFailed, START).is_ok()
        );
    }
}

#[test]
fn the_routes_that_are_named_are_open_and_no_others() {
    let refusals = [
        Refusal::NoEmail,
        Refusal::AccountBlocked,
        Refusal::RucInactive,
        Refusal::AccountFrozen,
        Refusal::RecordsDisagree(Correction::Appointment),
    ];
    let deadline = Deadline::after(START, TICK);
    let refused = refusals.map(|reason| Case {
        stage: Stage::Refused { reason, deadline },
        ..open(Opening::Counter, terms(Profile::Y2026), START).case
    });
    for case in cases().into_iter().chain(refused) {
        for (route, event) in [
            (Route::Signature, Event::SignatureChosen),
            (Route::Counter, Event::CounterChosen),
        ] {
            let chosen = case.apply(event, START).map(|step| step.case.route());
            if case.routes(START).contains(&route) {
                assert_eq!(chosen, Ok(route));
            } else {
                assert!(chosen.is_err(), "{:?} {route:?}", case.stage());
            }
        }
        assert!(!case.routes(START).contains(&Route::Online));
        assert!(
            case.routes(deadline.instant().after(Duration::from_hours(1)))
                .is_empty()
        );
    }
}

#[test]
fn the_diagram_in_the_documentation_is_the_tables() {
    let drawn = diagram();
    assert_eq!(
        include_str!("../diagram.mmd"),
        drawn,
        "copy this into shared/src/recovery/diagram.mmd:\n{drawn}"
    );
    let page = include_str!("../../../../docs/recovery.md");
    assert!(
        page.contains(&format!("```mermaid\n{drawn}```")),
        "copy this into docs/recovery.md:\n{drawn}"
    );
}
