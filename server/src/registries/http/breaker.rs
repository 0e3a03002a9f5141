//! The circuit breaker of one registry: a state machine that is told the time.
//!
//! Closed: everybody may ask; so many failed calls in a row open it, of which each subject counts once. Open: nobody asks until the pause is over. Half
//! open: one call, the *trial*, may ask; if it is answered the circuit closes, if it fails the pause begins anew.
//!
//! Invariants: at most one trial at a time; a call that was let in before the last change of state changes nothing when
//! it ends; a trial that was given up (its visitor went away) leaves the place to the next call; a clock that was set
//! back does not keep a circuit open; what fails for one subject only, however often it is asked, opens nothing.

use shared::time::Timestamp;
use std::time::Duration;

/// When a circuit opens and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// So many failed calls in a row open it. At least one.
    pub failures: u32,
    /// How long nobody asks then.
    pub pause: Duration,
}

/// What an operator is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circuit {
    /// The registry is asked.
    Closed,
    /// The registry is left alone.
    Open,
    /// One call tries whether it answers again.
    HalfOpen,
}

/// The breaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breaker {
    rules: Rules,
    state: State,
    round: u64,
    /// Whose failures are counted already.
    counted: Vec<Subject>,
    /// Since when it was not closed.
    opened: Option<Timestamp>,
}

/// Whom a call is about: a digest that only this process can make, never the identifier itself.
pub type Subject = [u8; 32];

/// What a failure may have come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The registry, whoever is asked about.
    Registry,
    /// The registry, or something odd about this subject.
    Subject(Subject),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed { failures: u32 },
    Open { since: Timestamp },
    HalfOpen { since: Timestamp },
}

/// The leave to ask once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Whether much depends on it.
    pub kind: PassKind,
    round: u64,
}

/// What a call is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassKind {
    /// One of many.
    Ordinary,
    /// The one that decides whether the circuit closes. It is not tried twice.
    Trial,
}

/// How a call ended, as far as it says something about the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The registry works, whatever it said.
    Answered,
    /// It does not.
    Failed(Cause),
    /// It says nothing: nobody waited for it, or it began too late.
    GivenUp,
}

impl Circuit {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Closed, Self::Open, Self::HalfOpen];

    /// The word in metrics and on `/readyz`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
        }
    }
}

impl Breaker {
    /// A closed one.
    pub const fn new(rules: Rules) -> Self {
        Self {
            rules,
            state: State::Closed { failures: 0 },
            round: 0,
            counted: Vec::new(),
            opened: None,
        }
    }

    /// Since when nobody, or one at a time, has been asking.
    pub const fn open_since(&self) -> Option<Timestamp> {
        self.opened
    }

    /// What it is now.
    pub const fn circuit(&self) -> Circuit {
        match self.state {
            State::Closed { .. } => Circuit::Closed,
            State::Open { .. } => Circuit::Open,
            State::HalfOpen { .. } => Circuit::HalfOpen,
        }
    }

    /// Asks for leave; `None` while the registry is to be left alone.
    pub fn admit(&mut self, now: Timestamp) -> Option<Pass> {
        match self.state {
            State::Closed { .. } => Some(self.pass(PassKind::Ordinary)),
            State::HalfOpen { .. } => None,
            State::Open { since } if since <= now && now.since(since) < self.rules.pause => None,
            State::Open { since } => {
                self.enter(State::HalfOpen { since });
                Some(self.pass(PassKind::Trial))
            }
        }
    }

    /// Tells how a call ended.
    pub fn end(&mut self, pass: Pass, ending: Ending, now: Timestamp) {
        if pass.round != self.round {
            return;
        }
        match (self.state, ending) {
            (State::Closed { .. }, Ending::Answered) => {
                self.state = State::Closed { failures: 0 };
                self.counted.clear();
            }
            (State::Closed { .. }, Ending::Failed(Cause::Subject(subject)))
                if self.counted.contains(&subject) => {}
            (State::Closed { failures }, Ending::Failed(cause)) if failures + 1 < self.rules.failures => {
                self.state = State::Closed {
                    failures: failures + 1,
                };
                match cause {
                    Cause::Registry => {}
                    Cause::Subject(subject) => self.counted.push(subject),
                }
            }
            (State::Closed { .. } | State::HalfOpen { .. }, Ending::Failed(_)) => {
                self.enter(State::Open { since: now });
            }
            (State::HalfOpen { .. }, Ending::Answered) => self.enter(State::Closed { failures: 0 }),
            // The pause was over then, so it is over now: the next call is the trial.
            (State::HalfOpen { since }, Ending::GivenUp) => self.enter(State::Open { since }),
            (State::Closed { .. }, Ending::GivenUp) | (State::Open { .. }, _) => {}
        }
    }

    fn pass(&self, kind: PassKind) -> Pass {
        Pass {
            kind,
            round: self.round,
        }
    }

    fn enter(&mut self, state: State) {
        self.opened = match state {
            State::Closed { .. } => None,
            State::Open { since } | State::HalfOpen { since } => self.opened.or(Some(since)),
        };
        self.state = state;
        self.round += 1;
        self.counted.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULES: Rules = Rules {
        failures: 3,
        pause: Duration::from_secs(30),
    };
    const START: Timestamp = Timestamp::from_millis(1_795_446_000_000);
    const TICK: Duration = Duration::from_micros(1);

    fn opened() -> Breaker {
        let mut breaker = Breaker::new(RULES);
        for _ in 0..3 {
            let pass = breaker.admit(START).unwrap();
            breaker.end(pass, Ending::Failed(Cause::Registry), START);
        }
        assert_eq!(breaker.circuit(), Circuit::Open);
        breaker
    }

    #[test]
    fn one_failure_fewer_leaves_it_closed() {
        let mut breaker = Breaker::new(RULES);
        for _ in 0..2 {
            let pass = breaker.admit(START).unwrap();
            breaker.end(pass, Ending::Failed(Cause::Registry), START);
        }
        assert_eq!(breaker.circuit(), Circuit::Closed);
        let pass = breaker.admit(START).unwrap();
        breaker.end(pass, Ending::Answered, START);
        for _ in 0..2 {
            let pass = breaker.admit(START).unwrap();
            breaker.end(pass, Ending::Failed(Cause::Registry), START);
        }
        assert_eq!(
            breaker.circuit(),
            Circuit::Closed,
            "an answer starts the count anew"
        );
        let pass = breaker.admit(START).unwrap();
        breaker.end(pass, Ending::GivenUp, START);
        assert_eq!(breaker.circuit(), Circuit::Closed, "who goes away says nothing");
        let pass = breaker.admit(START).unwrap();
        breaker.end(pass, Ending::Failed(Cause::Registry), START);
        assert_eq!(breaker.circuit(), Circuit::Open);
    }

    #[test]
    fn a_subject_counts_once_in_a_row() {
        let mut breaker = Breaker::new(RULES);
        let mut end = |ending| {
            let pass = breaker.admit(START).unwrap();
            breaker.end(pass, ending, START);
            breaker.circuit()
        };
        let fails = |who| Ending::Failed(Cause::Subject([who; 32]));
        for _ in 0..10 {
            assert_eq!(end(fails(1)), Circuit::Closed);
        }
        assert_eq!(end(fails(2)), Circuit::Closed);
        assert_eq!(end(fails(1)), Circuit::Closed);
        // An answer starts the count anew, for them as well.
        assert_eq!(end(Ending::Answered), Circuit::Closed);
        assert_eq!(end(fails(1)), Circuit::Closed);
        assert_eq!(end(fails(2)), Circuit::Closed);
        assert_eq!(end(fails(3)), Circuit::Open);
    }

    #[test]
    fn what_is_nobodys_oddness_always_counts() {
        let mut breaker = Breaker::new(RULES);
        for ending in [
            Cause::Subject([1; 32]),
            Cause::Registry,
            Cause::Subject([1; 32]),
            Cause::Registry,
        ]
        .map(Ending::Failed)
        {
            assert_eq!(breaker.circuit(), Circuit::Closed);
            let pass = breaker.admit(START).unwrap();
            breaker.end(pass, ending, START);
        }
        assert_eq!(breaker.circuit(), Circuit::Open);
    }

    #[test]
    fn the_pause_ends_exactly() {
        let end = START.after(RULES.pause);
        assert_eq!(opened().admit(end.before(TICK)), None);
        for now in [end, end.after(TICK)] {
            let mut breaker = opened();
            assert_eq!(breaker.admit(now).unwrap().kind, PassKind::Trial);
            assert_eq!(breaker.circuit(), Circuit::HalfOpen);
            assert_eq!(breaker.admit(now), None, "one trial at a time");
        }
    }

    #[test]
    fn the_trial_decides() {
        let end = START.after(RULES.pause);
        let mut breaker = opened();
        let trial = breaker.admit(end).unwrap();
        breaker.end(trial, Ending::Answered, end);
        assert_eq!((breaker.circuit(), breaker.open_since()), (Circuit::Closed, None));
        assert_eq!(breaker.admit(end).unwrap().kind, PassKind::Ordinary);

        let mut breaker = opened();
        let trial = breaker.admit(end).unwrap();
        breaker.end(trial, Ending::Failed(Cause::Registry), end);
        assert_eq!(breaker.circuit(), Circuit::Open);
        assert_eq!(breaker.open_since(), Some(START), "since the first time");
        let again = end.after(RULES.pause);
        assert_eq!(breaker.admit(again.before(TICK)), None);
        assert_eq!(breaker.admit(again).unwrap().kind, PassKind::Trial);
    }

    #[test]
    fn a_trial_that_is_given_up_leaves_its_place() {
        let end = START.after(RULES.pause);
        let mut breaker = opened();
        let trial = breaker.admit(end).unwrap();
        breaker.end(trial, Ending::GivenUp, end);
        assert_eq!(breaker.circuit(), Circuit::Open);
        assert_eq!(breaker.admit(end).unwrap().kind, PassKind::Trial);
    }

    #[test]
    fn late_calls_change_nothing() {
        let mut breaker = Breaker::new(RULES);
        let late = breaker.admit(START).unwrap();
        for _ in 0..3 {
            let pass = breaker.admit(START).unwrap();
            breaker.end(pass, Ending::Failed(Cause::Registry), START);
        }
        breaker.end(late, Ending::Answered, START);
        assert_eq!(breaker.circuit(), Circuit::Open);
        let end = START.after(RULES.pause);
        let trial = breaker.admit(end).unwrap();
        breaker.end(late, Ending::Failed(Cause::Registry), end);
        assert_eq!(breaker.circuit(), Circuit::HalfOpen);
        breaker.end(trial, Ending::Answered, end);
        breaker.end(trial, Ending::Failed(Cause::Registry), end);
        assert_eq!(breaker.circuit(), Circuit::Closed);
    }

    #[test]
    fn a_clock_set_back_lets_a_trial_through() {
        let mut breaker = opened();
        assert_eq!(breaker.admit(START.before(TICK)).unwrap().kind, PassKind::Trial);
    }

    #[derive(Clone, Copy, Debug)]
    enum Move {
        Admit,
        End(usize, Ending),
        Wait(u64),
    }

    fn moves() -> impl Strategy<Value = Vec<Move>> {
        let ending = prop_oneof![
            Just(Ending::Answered),
            Just(Ending::Failed(Cause::Registry)),
            (0..4_u8).prop_map(|who| Ending::Failed(Cause::Subject([who; 32]))),
            Just(Ending::GivenUp)
        ];
        let one = prop_oneof![
            Just(Move::Admit),
            (any::<usize>(), ending).prop_map(|(which, ending)| Move::End(which, ending)),
            (0_u64..40_000).prop_map(Move::Wait),
        ];
        prop::collection::vec(one, 0..200)
    }

    proptest! {
        /// Whatever happens: never two trials at once, and once all calls have ended and the pause is over, one gets in.
        #[test]
        fn nobody_is_shut_out_for_ever(moves in moves()) {
            let (mut breaker, mut now) = (Breaker::new(RULES), START);
            let mut running: Vec<Pass> = Vec::new();
            for one in moves {
                match one {
                    Move::Admit => running.extend(breaker.admit(now)),
                    Move::End(which, ending) if !running.is_empty() => {
                        let pass = running.swap_remove(which % running.len());
                        breaker.end(pass, ending, now);
                    }
                    Move::End(..) => {}
                    Move::Wait(millis) => now = now.after(Duration::from_millis(millis)),
                }
                let trials = running.iter().filter(|pass| {
                    pass.kind == PassKind::Trial && pass.round == breaker.round
                });
                prop_assert!(trials.count() <= 1);
            }
            for pass in running {
                breaker.end(pass, Ending::GivenUp, now);
            }
            prop_assert!(breaker.admit(now.after(RULES.pause)).is_some());
        }
    }
}
