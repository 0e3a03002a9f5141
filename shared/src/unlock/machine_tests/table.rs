//! Every pair of stage and event is tried, with all data that makes a difference.

use super::*;
use crate::passkeys::Bytes;
use crate::passkeys::browser::{RequestOptions, Requirement};
use crate::recovery::{Correction, Route};
use std::collections::{BTreeMap, BTreeSet};

fn refusals() -> [UnlockRefusal; 5] {
    [
        UnlockRefusal::NotBlocked,
        UnlockRefusal::AccountFrozen,
        UnlockRefusal::NoContact,
        UnlockRefusal::RucInactive,
        UnlockRefusal::RecordsDisagree(Correction::Appointment),
    ]
}

fn stages() -> Vec<Stage> {
    let deadline = Deadline::after(START, Duration::from_mins(3));
    let cap = Deadline::after(START, Duration::from_mins(15));
    let sending = |choices: Choices, link| Stage::Sending {
        to: choices.as_slice()[0].clone(),
        choices,
        pending: Pending::Queued,
        link,
        cap,
    };
    let choosing = |choices| Stage::Channel {
        choices,
        failed: None,
        deadline,
        cap,
    };
    let mut stages = vec![
        Stage::Passkey { refused: 0, deadline },
        Stage::Passkey { refused: 4, deadline },
        Stage::PasskeyRefused { deadline },
        Stage::AwaitingSignature { deadline },
        Stage::AwaitingOfficer { deadline },
        choosing(both()),
        choosing(only(Channel::Sms)),
        Stage::Channel {
            choices: only(Channel::Sms),
            failed: both().get(Channel::Email).cloned(),
            deadline,
            cap,
        },
        sending(both(), None),
        sending(both(), Some(link_id(1))),
        sending(only(Channel::Email), Some(link_id(1))),
        Stage::LinkSent {
            to: both().as_slice()[0].clone(),
            link: link_id(1),
            deadline,
        },
        Stage::Unblocked { at: START },
        Stage::Ended {
            ending: Ending::Lapsed,
        },
    ];
    stages.extend(refusals().map(|reason| Stage::Refused { reason, deadline }));
    stages
}

fn standings() -> Vec<Standing> {
    let mut standings = vec![reachable()];
    standings.extend(refusals().map(|reason| Standing::Barred { reason }));
    standings
}

/// Events with all data that makes a difference. Evidence cannot be copied, so each call makes it anew.
fn events() -> Vec<Event> {
    let mut events = vec![
        Event::PasskeyRefused,
        Event::SignatureChosen,
        Event::CounterChosen,
        Event::ChannelChosen {
            channel: Channel::Email,
        },
        Event::ChannelChosen {
            channel: Channel::Sms,
        },
        Event::Barred {
            reason: UnlockRefusal::AccountFrozen,
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
        events.push(Event::Confirmed {
            consumed: consumed(number),
        });
    }
    for standing in standings() {
        let purposes = [Purpose::Unlock, Purpose::Recovery, Purpose::Enrolment];
        let proofs = purposes.map(passkey);
        for proof in proofs.into_iter().chain([valid_signature(), approval()]) {
            events.push(Event::Proved {
                proof,
                standing: standing.clone(),
            });
        }
    }
    events
}

fn cases() -> Vec<UnlockCase> {
    let mut cases = Vec::new();
    for route in [Route::Online, Route::Signature, Route::Counter] {
        for stage in stages() {
            cases.push(UnlockCase {
                route,
                stage,
                ..open(START).case
            });
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
fn each_stage_accepts_its_own_evidence_only_and_a_passkey_only_for_unblocking() {
    for case in cases() {
        let right = [
            StageName::Passkey,
            StageName::AwaitingSignature,
            StageName::AwaitingOfficer,
        ]
        .iter()
        .position(|stage| *stage == case.stage().name());
        let proofs = [
            passkey(Purpose::Unlock),
            valid_signature(),
            approval(),
            passkey(Purpose::Recovery),
            passkey(Purpose::Enrolment),
        ];
        for (number, proof) in proofs.into_iter().enumerate() {
            let standing = reachable();
            let moved = case.apply(Event::Proved { proof, standing }, START).is_ok();
            assert_eq!(moved, right == Some(number), "{case:?} {number}");
        }
    }
}

#[test]
fn what_bars_the_link_is_told_after_the_proof() {
    for reason in refusals() {
        let proof = passkey(Purpose::Unlock);
        let standing = Standing::Barred { reason };
        let step = open(START)
            .case
            .apply(Event::Proved { proof, standing }, START)
            .unwrap();
        assert!(matches!(step.case.stage(), Stage::Refused { reason: told, .. } if *told == reason));
        assert_eq!(step.event, audit::Event::UnlockRefused { reason });
        assert_eq!(step.effects, []);
    }
}

#[test]
fn the_fifth_refused_passkey_closes_that_way_and_no_other() {
    let mut case = open(START).case;
    for failures in 1..=5_u8 {
        assert_eq!(case.stage().name(), StageName::Passkey);
        let step = case.apply(Event::PasskeyRefused, START).unwrap();
        assert_eq!(step.event, audit::Event::AssertionFailed { failures });
        case = step.case;
    }
    assert_eq!(case.stage().name(), StageName::PasskeyRefused);
    let proof = passkey(Purpose::Unlock);
    let standing = reachable();
    assert!(case.apply(Event::Proved { proof, standing }, START).is_err());
    assert!(case.apply(Event::CounterChosen, START).is_ok());
    assert!(case.apply(Event::SignatureChosen, START).is_ok());
}

#[test]
fn only_a_channel_that_is_offered_can_be_chosen() {
    let case = proved(START);
    let stage = Stage::Channel {
        choices: only(Channel::Sms),
        failed: None,
        deadline: Deadline::after(START, TICK),
        cap: Deadline::after(START, TICK),
    };
    let case = UnlockCase { stage, ..case };
    let choose = |channel| case.apply(Event::ChannelChosen { channel }, START);
    assert_eq!(choose(Channel::Email), Err(Refused::ChannelClosed));
    let step = choose(Channel::Sms).unwrap();
    let queued = Effect::QueueLink {
        channel: Channel::Sms,
    };
    assert_eq!(step.effects, [Effect::ReplaceLinks, queued]);
}

#[test]
fn a_contact_that_takes_no_messages_leaves_the_other_one() {
    let step = sending(START).apply(Event::Rejected, START.after(TICK)).unwrap();
    assert_eq!(step.effects, [Effect::CloseLinks]);
    let Stage::Channel { choices, failed, .. } = step.case.stage() else {
        panic!("{:?}", step.case.stage());
    };
    assert_eq!(*choices, only(Channel::Sms));
    assert_eq!(failed.as_ref(), both().get(Channel::Email));
    let channel = Channel::Sms;
    let again = step
        .case
        .apply(Event::ChannelChosen { channel }, START.after(TICK))
        .unwrap();
    let ended = again.case.apply(Event::Rejected, START.after(TICK)).unwrap();
    let ending = Ending::Rejected;
    // Both were offered at first; the one that failed is not offered again.
    assert_eq!(*ended.case.stage(), Stage::Ended { ending });
}

#[test]
fn a_link_of_another_case_unblocks_nothing() {
    for case in cases() {
        let consumed = consumed(77);
        assert!(
            case.apply(Event::Confirmed { consumed }, START).is_err(),
            "{case:?}"
        );
    }
}

#[test]
fn every_stage_is_stored_and_read_back() {
    for case in cases() {
        let stored = serde_json::to_string(&case).unwrap();
        assert_eq!(serde_json::from_str::<UnlockCase>(&stored).unwrap(), case);
    }
}

/// What the page shows is read back as it was sent, with everything that a stage carries.
#[test]
fn every_view_is_read_back() {
    let asked = Asked {
        options: RequestOptions {
            challenge: Bytes::new([7; 32]).unwrap(),
            timeout: 60_000,
            rp_id: "localhost".to_owned(),
            allow_credentials: Vec::new(),
            user_verification: Requirement::Required,
        },
        expires: Deadline::after(START, TICK),
    };
    for case in cases() {
        let shown = case.view(Some(asked.clone()), START).unwrap();
        let sent = serde_json::to_string(&shown).unwrap();
        let read = serde_json::from_str::<api::UnlockStageView>(&sent).unwrap();
        assert_eq!(read, shown, "{sent}");
        let without = case.view(None, START);
        assert_eq!(without.is_none(), case.stage().name() == StageName::Passkey);
    }
}

#[test]
fn the_routes_that_are_named_are_open_and_no_others() {
    for case in cases() {
        let choices = [
            (Route::Signature, Event::SignatureChosen),
            (Route::Counter, Event::CounterChosen),
        ];
        for (route, event) in choices {
            let chosen = case.apply(event, START).map(|step| step.case.route());
            if case.routes(START).contains(&route) {
                assert_eq!(chosen, Ok(route));
            } else {
                assert!(chosen.is_err(), "{:?} {route:?}", case.stage());
            }
        }
        assert!(!case.routes(START).contains(&Route::Online));
        assert!(case.routes(START.after(Duration::from_hours(1))).is_empty());
    }
}

#[test]
fn the_diagram_in_the_documentation_is_the_tables() {
    let drawn = diagram();
    assert_eq!(
        include_str!("../diagram.mmd"),
        drawn,
        "copy this into shared/src/unlock/diagram.mmd:\n{drawn}"
    );
    let page = include_str!("../../../../docs/UNLOCK.md");
    assert!(
        page.contains(&format!("```mermaid\n{drawn}```")),
        "copy this into docs/UNLOCK.md:\n{drawn}"
    );
}
