//! Random sequences of events, on a clock that goes on.

use super::*;
use proptest::prelude::*;

/// What a sequence is made of.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Upload,
    Return,
    /// Judges against the request with this number.
    Judge(u16, u8),
    Accept,
    Decline,
    Renew,
    Outrun,
    Abandon,
    Time,
    Wait(u64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => Just(Deed::Upload),
        1 => Just(Deed::Return),
        4 => (1..4_u16, 0..4_u8).prop_map(|(request, verdict)| Deed::Judge(request, verdict)),
        2 => Just(Deed::Accept),
        1 => Just(Deed::Decline),
        3 => Just(Deed::Renew),
        1 => Just(Deed::Outrun),
        1 => Just(Deed::Abandon),
        1 => Just(Deed::Time),
        3 => (0..5_400_000_000_u64).prop_map(Deed::Wait),
    ]
}

fn event(deed: Deed) -> Option<Event> {
    Some(match deed {
        Deed::Upload => Event::Uploaded,
        Deed::Return => Event::Returned,
        Deed::Judge(request, verdict) => {
            let mut number = RequestNumber::FIRST;
            for _ in 1..request {
                number = number.next().unwrap();
            }
            // Mostly failures, so that sequences go on.
            let verdict = match verdict {
                0 => passed(),
                1 => unknown(),
                _ => failed(),
            };
            judged(number, verdict, Standing::Open)
        }
        Deed::Accept => accepted(),
        Deed::Decline => Event::Declined {
            because: Rejection::SignerUnproved,
        },
        Deed::Renew => Event::Renewed,
        Deed::Outrun => Event::Outrun,
        Deed::Abandon => Event::Abandoned,
        Deed::Time => Event::TimePassed,
        Deed::Wait(_) => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_breaks_an_invariant(deeds in prop::collection::vec(deed(), 1..60)) {
        let (mut case, mut now) = (open(START), START);
        let (mut uploads, mut opened, mut used, mut followed, mut referred) = (0_u32, 1_u16, 0_u32, 0_u32, false);
        for deed in deeds {
            if let Deed::Wait(micros) = deed {
                now = now.after(Duration::from_micros(micros));
            }
            let Some(event) = event(deed) else { continue };
            let name = event.name();
            let Ok(step) = case.apply(event, now) else { continue };
            match name {
                EventName::Uploaded => uploads += 1,
                EventName::Returned => uploads -= 1,
                EventName::Judged | EventName::Accepted | EventName::Declined | EventName::Renewed | EventName::Outrun | EventName::Abandoned
                | EventName::TimePassed => {}
            }
            for effect in &step.effects {
                match effect {
                    Effect::OpenRequest { request, expires } => {
                        opened += 1;
                        prop_assert_eq!(request.get(), opened);
                        prop_assert!(!expires.has_passed(now));
                    }
                    Effect::UseRequest { request } => {
                        used += 1;
                        prop_assert_eq!(request.get(), opened, "an old request passed");
                    }
                    Effect::QueueReferral { .. } => referred = true,
                    Effect::ProveParent { evidence } | Effect::HoldContact { evidence } => {
                        followed += 1;
                        let by_officer = matches!(evidence, Evidence::Officer(_));
                        prop_assert_eq!(by_officer, referred, "what is referred is an officer's, and nothing else");
                    }
                    Effect::KeepEvidence | Effect::CloseReferral { .. } => {}
                }
            }
            case = step.case;
            prop_assert!(uploads <= u32::from(terms().uploads));
            prop_assert!(used <= 1, "two passes of one case");
            prop_assert!(followed <= 1, "followed twice");
            prop_assert!(case.is_open(now) || case.apply(Event::Renewed, now).is_err());
            prop_assert!(!case.is_open(START.after(HOUR * 2)), "a case outlives its deadline");
        }
    }
}
