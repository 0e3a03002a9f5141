//! Random sequences of events on several cases of one account, with the server's part played by a model.

use super::*;
use crate::audit;
use crate::registries::Registry;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Something that somebody does.
#[derive(Clone, Debug)]
enum Deed {
    Open(u8),
    Answer {
        case: usize,
        right: bool,
        more: bool,
        standing: u8,
    },
    Prove {
        case: usize,
        officer: bool,
        standing: u8,
    },
    StepUp {
        case: usize,
        outcome: u8,
        standing: u8,
    },
    Choose {
        case: usize,
        counter: bool,
    },
    Bar {
        case: usize,
        standing: u8,
    },
    RegistryFails(usize),
    RegistryAnswers(usize),
    MakeLink(usize),
    Deliver {
        case: usize,
        outcome: u8,
        link: usize,
    },
    Redeem {
        case: usize,
        link: usize,
    },
    Reset {
        case: usize,
        link: usize,
    },
    Abandon(usize),
    Lapse(usize),
    Wait(u32),
}

fn deed() -> impl Strategy<Value = Deed> {
    let case = 0..4_usize;
    let link = 0..6_usize;
    prop_oneof![
        2 => (0..4_u8).prop_map(Deed::Open),
        4 => (case.clone(), prop::bool::weighted(0.7), any::<bool>(), 0..6_u8).prop_map(|(case, right, more, standing)| Deed::Answer { case, right, more, standing }),
        1 => (case.clone(), any::<bool>(), 0..6_u8).prop_map(|(case, officer, standing)| Deed::Prove { case, officer, standing }),
        3 => (case.clone(), 0..6_u8, 0..6_u8).prop_map(|(case, outcome, standing)| Deed::StepUp { case, outcome, standing }),
        1 => (case.clone(), any::<bool>()).prop_map(|(case, counter)| Deed::Choose { case, counter }),
        1 => (case.clone(), 0..2_u8).prop_map(|(case, standing)| Deed::Bar { case, standing }),
        1 => case.clone().prop_map(Deed::RegistryFails),
        1 => case.clone().prop_map(Deed::RegistryAnswers),
        5 => case.clone().prop_map(Deed::MakeLink),
        5 => (case.clone(), 0..6_u8, link.clone()).prop_map(|(case, outcome, link)| Deed::Deliver { case, outcome, link }),
        2 => (case.clone(), link.clone()).prop_map(|(case, link)| Deed::Redeem { case, link }),
        4 => (case.clone(), link).prop_map(|(case, link)| Deed::Reset { case, link }),
        1 => case.clone().prop_map(Deed::Abandon),
        1 => case.prop_map(Deed::Lapse),
        3 => prop_oneof![Just(1), Just(1_000_000), Just(179_999_999), Just(180_000_000), any::<u32>()].prop_map(Deed::Wait),
    ]
}

/// What the server keeps, as simply as it can be said.
struct Model {
    now: Timestamp,
    terms: Terms,
    cases: Vec<Case>,
    /// Newest last, each with the index of its case.
    links: Vec<(Link, usize)>,
    slots: Vec<Timestamp>,
    suspended: Option<Timestamp>,
    passwords: usize,
    consumed: BTreeMap<LinkId, usize>,
    /// Cases whose answers were right and not enough.
    owing: BTreeSet<usize>,
}

impl Model {
    fn new(terms: Terms) -> Self {
        Self {
            now: START,
            terms,
            cases: Vec::new(),
            links: Vec::new(),
            slots: Vec::new(),
            suspended: None,
            passwords: 0,
            consumed: BTreeMap::new(),
            owing: BTreeSet::new(),
        }
    }

    fn play(&mut self, deed: Deed) {
        match deed {
            Deed::Open(way) => {
                let opening = match way {
                    0 | 1 => Opening::Asked {
                        failures: self.failures(),
                    },
                    2 => Opening::RegistryFailed {
                        registry: Registry::Iess,
                    },
                    _ => Opening::Counter,
                };
                if self.cases.len() < 4 {
                    let step = open(opening, self.terms, self.now);
                    check(&step);
                    self.cases.push(step.case);
                }
            }
            Deed::Answer {
                case,
                right,
                more,
                standing,
            } => self.answer(case, right, more, standing),
            Deed::StepUp {
                case,
                outcome,
                standing,
            } => self.step_up(case, outcome, standing),
            Deed::Prove {
                case,
                officer,
                standing,
            } => {
                let proof = if officer { approval() } else { valid_signature() };
                self.apply(
                    case,
                    Event::Proved {
                        proof,
                        standing: standings(standing),
                    },
                );
            }
            Deed::Choose { case, counter } => {
                let chosen = if counter {
                    Event::CounterChosen
                } else {
                    Event::SignatureChosen
                };
                self.apply(case, chosen);
            }
            Deed::Bar { case, standing } => {
                let reason = if standing == 0 {
                    Refusal::NoEmail
                } else {
                    Refusal::AccountBlocked
                };
                self.apply(case, Event::Barred { reason });
            }
            Deed::RegistryFails(case) => self.apply(
                case,
                Event::RegistryFailed {
                    registry: Registry::Sri,
                },
            ),
            Deed::RegistryAnswers(case) => {
                let failures = self.failures();
                self.apply(case, Event::Asked { failures });
            }
            Deed::MakeLink(case) => {
                let link = link_id(1 + self.links.len() as u128);
                self.apply(case, Event::LinkMade { link });
            }
            Deed::Deliver { case, outcome, link } => {
                let newest = self.newest(link).map(|place| self.links[place].0.id());
                match (outcome, newest) {
                    (0, _) => self.apply(case, Event::Delayed),
                    (1, _) => self.apply(case, Event::Rejected),
                    (_, Some(link)) => self.apply(case, Event::Accepted { link }),
                    (_, None) => {}
                }
            }
            Deed::Redeem { case, link } => {
                let presented = self
                    .newest(link)
                    .and_then(|place| self.links[place].0.present(self.now).ok());
                if let Some(presented) = presented {
                    self.apply(case, Event::Redeemed { presented });
                }
            }
            Deed::Reset { case, link } => {
                // The row is written only if the whole step is: consume a copy.
                let Some(place) = self.newest(link) else { return };
                if let Ok(consumed) = self.links[place].0.clone().consume(self.now) {
                    self.apply(case, Event::PasswordSet { consumed });
                }
            }
            Deed::Abandon(case) => self.apply(case, Event::Abandoned),
            Deed::Lapse(case) => self.apply(case, Event::TimePassed),
            Deed::Wait(micros) => self.now = self.now.after(Duration::from_micros(micros.into())),
        }
    }

    /// The place of the link that is the `back`th newest.
    fn newest(&self, back: usize) -> Option<usize> {
        self.links.len().checked_sub(1 + back)
    }

    fn failures(&self) -> u8 {
        let since = self.now.before(Duration::from_hours(24));
        u8::try_from(self.slots.iter().filter(|at| **at > since).count()).unwrap()
    }

    fn answer(&mut self, case: usize, right: bool, more: bool, standing: u8) {
        if self
            .cases
            .get(case)
            .is_none_or(|case| case.as_of(self.now).stage().name() != StageName::Questions)
        {
            return;
        }
        if let Some(until) = self.suspended.filter(|until| *until > self.now) {
            return self.apply(case, Event::SuspensionMet { until });
        }
        if self.failures() >= self.terms.attempts {
            return;
        }
        self.slots.push(self.now);
        if right {
            let proof = if more { answers_and_more() } else { right_answers() };
            self.apply(
                case,
                Event::Proved {
                    proof,
                    standing: standings(standing),
                },
            );
        } else {
            let failures = self.failures();
            self.apply(case, Event::AnswersFailed { failures });
        }
    }

    fn step_up(&mut self, case: usize, outcome: u8, standing: u8) {
        let passed = |purpose| Event::StepUpPassed {
            asserted: asserted(purpose),
            standing: standings(standing),
        };
        self.apply(
            case,
            match outcome {
                0 | 1 => Event::AssertionFailed,
                2 => passed(Purpose::Unlock),
                _ => passed(Purpose::Recovery),
            },
        );
    }

    fn apply(&mut self, case: usize, event: Event) {
        let Some(before) = self.cases.get(case) else {
            return;
        };
        let sets_password = event.name() == EventName::PasswordSet;
        let Ok(step) = before.apply(event, self.now) else {
            return;
        };
        check(&step);
        assert_eq!(
            step.effects.contains(&Effect::WritePassword),
            sets_password,
            "a password without a consumed token"
        );
        self.owe(case, &step.event);
        let effects = step.effects.clone();
        self.cases[case] = step.case;
        for effect in effects {
            self.carry(case, &effect);
        }
    }

    /// Only an assertion pays what the answers left owing, or a proof on another route.
    fn owe(&mut self, case: usize, event: &audit::Event) {
        if matches!(event, audit::Event::StepUpDemanded { .. }) {
            self.owing.insert(case);
        }
        if matches!(
            event,
            audit::Event::StepUpPassed | audit::Event::IdentityProved { .. }
        ) {
            self.owing.remove(&case);
        }
    }

    fn carry(&mut self, case: usize, effect: &Effect) {
        let now = self.now;
        match effect {
            Effect::ReplaceLinks => {
                self.links.iter_mut().for_each(|(link, _)| link.replace(now));
                for other in 0..self.cases.len() {
                    if other != case {
                        self.apply(other, Event::Superseded);
                    }
                }
            }
            Effect::CloseLinks => {
                self.links
                    .iter_mut()
                    .filter(|(_, of)| *of == case)
                    .for_each(|(link, _)| link.close(now));
            }
            Effect::OpenLink { link, expires } => self.links.push((Link::made(*link, *expires), case)),
            Effect::StartClock { link, deadline } => {
                let of = self.links.iter_mut().find(|(one, _)| one.id() == *link).unwrap();
                of.0.expire_at(*deadline);
            }
            Effect::ConsumeLink { link } => {
                let of = self.links.iter_mut().find(|(one, _)| one.id() == *link).unwrap();
                of.0.consume(now).expect("the guarded update changes one row");
                *self.consumed.entry(*link).or_default() += 1;
            }
            Effect::WritePassword => self.passwords += 1,
            Effect::ReleaseAttempt => {
                self.slots.pop();
            }
            Effect::Suspend { until } => self.suspended = Some(until.instant()),
            Effect::QueueMessage {
                message: audit::Message::RecoveryLink,
            } => assert!(!self.owing.contains(&case), "a link without the step-up"),
            Effect::QueueMessage { .. } | Effect::EndSessions => {}
        }
    }

    fn hold(&self) {
        let open = self
            .links
            .iter()
            .filter(|(link, _)| link.state() == LinkState::Open)
            .count();
        assert!(open <= 1, "two open links for an account");
        assert_eq!(
            self.passwords,
            self.consumed.len(),
            "a password without a consumed token"
        );
        assert!(self.consumed.values().all(|times| *times == 1), "a token twice");
        assert!(
            self.failures() <= self.terms.attempts,
            "more attempts than the policy gives"
        );
        for (link, of) in &self.links {
            if link.present(self.now).is_ok() {
                let stage = self.cases[*of].as_of(self.now).stage().name();
                let holds = [StageName::Sending, StageName::LinkSent, StageName::Redeemed].contains(&stage);
                assert!(holds, "a link outlives its case: {stage:?}");
            }
        }
        let busy = self.cases.iter().filter(|case| {
            matches!(
                case.as_of(self.now).stage(),
                Stage::Sending { .. } | Stage::LinkSent { .. } | Stage::Redeemed { .. }
            )
        });
        assert!(busy.count() <= 1, "two cases of an account with a link");
    }
}

fn standings(number: u8) -> Standing {
    match number {
        0 => Standing::Unreachable {
            reason: Refusal::NoEmail,
        },
        1 => Standing::Unreachable {
            reason: Refusal::AccountFrozen,
        },
        _ => reachable(),
    }
}

/// Every move and every effect has its own event.
fn check(step: &Step) {
    let audited: Vec<audit::Event> = step.audit().collect();
    assert_eq!(audited.len(), 1 + step.effects.len());
    assert_eq!(audited[0], step.event);
    for (effect, event) in step.effects.iter().zip(&audited[1..]) {
        assert_eq!(effect.event(), *event);
        assert!(audit::Event::KINDS.contains(&event.kind()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_breaks_an_invariant(deeds in prop::collection::vec(deed(), 1..60), standards in any::<bool>()) {
        let profile = if standards { Profile::Standards } else { Profile::Y2026 };
        let mut model = Model::new(terms(profile));
        model.play(Deed::Open(0));
        for deed in deeds {
            model.play(deed);
            model.hold();
        }
    }
}

/// The random sequences are worth something only if they reach the end.
#[test]
fn sequences_reach_a_password() {
    let mut model = Model::new(terms(Profile::Y2026));
    for deed in [
        Deed::Open(0),
        Deed::Open(0),
        Deed::Answer {
            case: 0,
            right: false,
            more: false,
            standing: 5,
        },
        Deed::Answer {
            case: 1,
            right: true,
            more: false,
            standing: 5,
        },
        Deed::Answer {
            case: 0,
            right: true,
            more: true,
            standing: 5,
        },
        Deed::MakeLink(0),
        Deed::StepUp {
            case: 0,
            outcome: 0,
            standing: 5,
        },
        Deed::StepUp {
            case: 0,
            outcome: 5,
            standing: 5,
        },
        Deed::MakeLink(1),
        Deed::MakeLink(0),
        Deed::Deliver {
            case: 0,
            outcome: 5,
            link: 0,
        },
        Deed::Wait(179_999_999),
        Deed::Reset { case: 0, link: 0 },
        Deed::Reset { case: 0, link: 0 },
    ] {
        model.play(deed);
        model.hold();
    }
    assert_eq!(model.passwords, 1);
    assert_eq!(model.links.len(), 1, "the superseded case got no link");
}
