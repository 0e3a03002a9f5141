//! Random sequences of events on several cases of one account, with the server's part played by a model.

use super::*;
use crate::links::LinkState;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Something that somebody does.
#[derive(Clone, Debug)]
enum Deed {
    Open,
    Show {
        case: usize,
        right: bool,
    },
    Prove {
        case: usize,
        officer: bool,
    },
    Choose {
        case: usize,
        counter: bool,
    },
    Pick {
        case: usize,
        sms: bool,
    },
    Bar(usize),
    MakeLink(usize),
    Deliver {
        case: usize,
        outcome: u8,
        link: usize,
    },
    Confirm {
        case: usize,
        link: usize,
    },
    /// Failed sign-ins block the account (again).
    Block,
    Abandon(usize),
    Lapse(usize),
    Wait(u32),
}

fn deed() -> impl Strategy<Value = Deed> {
    let case = 0..4_usize;
    let link = 0..6_usize;
    let waits = [1, 1_000_000, 179_999_999, 180_000_000];
    prop_oneof![
        2 => Just(Deed::Open),
        4 => (case.clone(), prop::bool::weighted(0.7)).prop_map(|(case, right)| Deed::Show { case, right }),
        1 => (case.clone(), any::<bool>()).prop_map(|(case, officer)| Deed::Prove { case, officer }),
        1 => (case.clone(), any::<bool>()).prop_map(|(case, counter)| Deed::Choose { case, counter }),
        4 => (case.clone(), any::<bool>()).prop_map(|(case, sms)| Deed::Pick { case, sms }),
        1 => case.clone().prop_map(Deed::Bar),
        5 => case.clone().prop_map(Deed::MakeLink),
        5 => (case.clone(), 0..6_u8, link.clone()).prop_map(|(case, outcome, link)| Deed::Deliver { case, outcome, link }),
        4 => (case.clone(), link).prop_map(|(case, link)| Deed::Confirm { case, link }),
        1 => Just(Deed::Block),
        1 => case.clone().prop_map(Deed::Abandon),
        1 => case.prop_map(Deed::Lapse),
        3 => prop_oneof![4 => prop::sample::select(waits.to_vec()), 1 => any::<u32>()].prop_map(Deed::Wait),
    ]
}

/// What the server keeps, as simply as it can be said.
struct Model {
    now: Timestamp,
    cases: Vec<UnlockCase>,
    refused: Vec<u8>,
    /// Newest last, each with the index of its case.
    links: Vec<(Link, usize)>,
    blocked: bool,
    unblocked: usize,
    consumed: BTreeMap<LinkId, usize>,
}

impl Model {
    fn new() -> Self {
        Self {
            now: START,
            cases: Vec::new(),
            refused: Vec::new(),
            links: Vec::new(),
            blocked: true,
            unblocked: 0,
            consumed: BTreeMap::new(),
        }
    }

    fn standing(&self) -> Standing {
        if self.blocked {
            reachable()
        } else {
            let reason = UnlockRefusal::NotBlocked;
            Standing::Barred { reason }
        }
    }

    fn play(&mut self, deed: Deed) {
        match deed {
            Deed::Open if self.cases.len() < 4 => {
                let step = open(self.now);
                check(&step);
                self.cases.push(step.case);
                self.refused.push(0);
            }
            Deed::Open => {}
            Deed::Show { case, right: true } => {
                let (proof, standing) = (passkey(Purpose::Unlock), self.standing());
                self.apply(case, Event::Proved { proof, standing });
            }
            Deed::Show { case, right: false } => {
                if self.apply(case, Event::PasskeyRefused) {
                    self.refused[case] += 1;
                }
            }
            Deed::Prove { case, officer } => {
                let proof = if officer { approval() } else { valid_signature() };
                let standing = self.standing();
                self.apply(case, Event::Proved { proof, standing });
            }
            Deed::Choose { case, counter } => {
                let event = if counter {
                    Event::CounterChosen
                } else {
                    Event::SignatureChosen
                };
                self.apply(case, event);
            }
            Deed::Pick { case, sms } => {
                let channel = if sms { Channel::Sms } else { Channel::Email };
                self.apply(case, Event::ChannelChosen { channel });
            }
            Deed::Bar(case) => {
                let reason = UnlockRefusal::AccountFrozen;
                self.apply(case, Event::Barred { reason });
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
                    (_, None) => false,
                };
            }
            Deed::Confirm { case, link } => {
                // The row is written only if the whole step is: consume a copy.
                let Some(place) = self.newest(link) else { return };
                if let Ok(consumed) = self.links[place].0.clone().consume(self.now) {
                    self.apply(case, Event::Confirmed { consumed });
                }
            }
            Deed::Block => self.blocked = true,
            Deed::Abandon(case) => {
                self.apply(case, Event::Abandoned);
            }
            Deed::Lapse(case) => {
                self.apply(case, Event::TimePassed);
            }
            Deed::Wait(micros) => self.now = self.now.after(Duration::from_micros(micros.into())),
        }
    }

    /// The place of the link that is the `back`th newest.
    fn newest(&self, back: usize) -> Option<usize> {
        self.links.len().checked_sub(1 + back)
    }

    /// Whether the case took it.
    fn apply(&mut self, case: usize, event: Event) -> bool {
        let Some(before) = self.cases.get(case) else {
            return false;
        };
        let confirms = event.name() == EventName::Confirmed;
        let Ok(step) = before.apply(event, self.now) else {
            return false;
        };
        check(&step);
        assert_eq!(
            step.effects.contains(&Effect::Unblock),
            confirms,
            "an account unblocked without a consumed token"
        );
        let effects = step.effects.clone();
        self.cases[case] = step.case;
        for effect in effects {
            self.carry(case, &effect);
        }
        true
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
                let own = self.links.iter_mut().filter(|(_, of)| *of == case);
                own.for_each(|(link, _)| link.close(now));
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
            Effect::Unblock => {
                self.blocked = false;
                self.unblocked += 1;
            }
            Effect::QueueLink { .. } | Effect::ForgetFailures | Effect::TellOwner => {}
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
            self.unblocked,
            self.consumed.len(),
            "unblocked without a consumed token"
        );
        assert!(self.consumed.values().all(|times| *times == 1), "a token twice");
        assert!(
            self.refused.iter().all(|refused| *refused <= terms().attempts),
            "more than the policy gives"
        );
        for (link, of) in &self.links {
            if link.present(self.now).is_ok() {
                let stage = self.cases[*of].as_of(self.now).stage().name();
                let holds = [StageName::Sending, StageName::LinkSent].contains(&stage);
                assert!(holds, "a link outlives its case: {stage:?}");
            }
        }
        let busy = self.cases.iter().filter(|case| {
            let stage = case.as_of(self.now).stage().name();
            [StageName::Sending, StageName::LinkSent].contains(&stage)
        });
        assert!(busy.count() <= 1, "two cases of an account with a link");
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
    fn no_sequence_breaks_an_invariant(deeds in prop::collection::vec(deed(), 1..60)) {
        let mut model = Model::new();
        model.play(Deed::Open);
        for deed in deeds {
            model.play(deed);
            model.hold();
        }
    }
}

/// The random sequences are worth something only if they reach the end.
#[test]
fn sequences_reach_an_unblocked_account() {
    let mut model = Model::new();
    let deeds = [
        Deed::Open,
        Deed::Open,
        Deed::Show {
            case: 0,
            right: false,
        },
        Deed::Show { case: 1, right: true },
        Deed::Pick { case: 1, sms: false },
        Deed::MakeLink(1),
        Deed::Show { case: 0, right: true },
        Deed::Pick { case: 0, sms: true },
        Deed::MakeLink(1),
        Deed::MakeLink(0),
        Deed::Deliver {
            case: 0,
            outcome: 5,
            link: 0,
        },
        Deed::Wait(179_999_999),
        Deed::Confirm { case: 0, link: 1 },
        Deed::Confirm { case: 0, link: 0 },
        Deed::Confirm { case: 0, link: 0 },
    ];
    for deed in deeds {
        model.play(deed);
        model.hold();
    }
    assert_eq!((model.unblocked, model.blocked), (1, false));
    assert_eq!(model.links.len(), 2, "the superseded case got no other link");
}
