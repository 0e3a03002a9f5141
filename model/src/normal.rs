//! The normal form of a world: what of it the future depends on, and nothing else.
//!
//! Times are ticks from now, and alike once they have come, unless a worker is yet to write down something older; links and messages are named by their place; the two browsers are
//! alike, and so are the workers, so they stand in order. What a case that is over ended with stays, for the report's
//! sake. Two worlds with the same form behave alike from here on.

use crate::world::{Admission, Answer, Browser, Finished, Message, Proved, Row, Worker, World};
use shared::identifiers::LinkId;
use shared::links::LinkState;
use shared::recovery::{Case, Ending, Pending, Refusal, Route, Stage};
use shared::time::{Deadline, Timestamp};
use std::hash::{Hash, Hasher};

/// What stands for "none" among places and ticks.
const NONE: u8 = u8::MAX;

impl Hash for World {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.normal().hash(state);
    }
}

impl World {
    /// The form, as bytes.
    fn normal(&self) -> Vec<u8> {
        let mut form = Vec::with_capacity(128);
        let mut put = |bytes: &[u8]| {
            form.push(u8::try_from(bytes.len()).unwrap_or(u8::MAX));
            form.extend_from_slice(bytes);
        };
        for case in 0..self.cases.len() {
            put(&self.entry(case));
        }
        for row in &self.links {
            put(&self.row(row));
        }
        for message in &self.outbox {
            put(&self.message(message));
        }
        put(&[]);
        let mut workers = self.workers.map(|worker| self.worker(worker));
        workers.sort_unstable();
        let mut browsers = self.browsers.each_ref().map(|browser| self.browser(browser));
        browsers.sort_unstable();
        for part in workers.iter().chain(&browsers) {
            put(part);
        }
        let mut attempts: Vec<u8> = self
            .attempts
            .slots
            .iter()
            .map(|slot| slot.map_or(NONE, |taken| self.ticks_since(taken).min(2)))
            .collect();
        attempts.push(self.ticks(self.attempts.suspended));
        attempts.extend([self.attempts.guesses, self.attempts.guesses_before]);
        put(&attempts);
        (self.left, self.account, self.breaches).hash(&mut Bytes(&mut form));
        form
    }

    /// How long ago a slot was taken, as far as anybody asks: whether its holder is still waited for.
    fn ticks_since(&self, instant: Timestamp) -> u8 {
        let span = self.now.since(instant).as_secs() / crate::bounds::TICK.as_secs();
        u8::try_from(span).unwrap_or(u8::MAX)
    }

    fn ticks(&self, instant: Option<Timestamp>) -> u8 {
        instant.map_or(NONE, |instant| self.ticks_until(instant))
    }

    /// How far away a deadline is. One that has passed is as good as any other that has, but for a worker that is yet to write
    /// down what happened before it: so far back it is still told apart.
    fn rest(&self, deadline: Deadline) -> u8 {
        let instant = deadline.instant();
        if instant > self.now {
            return 100 + self.ticks_until(instant);
        }
        let unwritten = self.workers.iter().filter_map(|worker| match worker {
            Worker::Answered { at, .. } => Some(self.ticks_since(*at)),
            Worker::Idle | Worker::Taken { .. } | Worker::Ready { .. } => None,
        });
        100 - unwritten.max().unwrap_or(0).min(self.ticks_since(instant))
    }

    fn place(&self, link: Option<LinkId>) -> u8 {
        let place = link.and_then(|link| self.links.iter().position(|row| row.link.id() == link));
        place.map_or(NONE, |place| u8::try_from(place).unwrap_or(NONE))
    }

    fn message_place(&self, id: u8) -> u8 {
        let place = self.outbox.iter().position(|message| message.id == id);
        place.map_or(NONE, |place| u8::try_from(place).unwrap_or(NONE))
    }

    fn entry(&self, case: usize) -> Vec<u8> {
        let entry = &self.cases[case];
        let mut form = self.case(&entry.case);
        form.push(match entry.proof {
            Proved::Nothing => 0,
            Proved::AnswersOnly => 1,
            Proved::All => 2,
        });
        // Of a case that is over somebody may still be about to use the link.
        let used = self.browsers.iter().any(|browser| match browser {
            Browser::Hashing { link, .. } => self.link(*link).is_some_and(|row| row.case == case),
            Browser::Idle | Browser::Judging { .. } => false,
        });
        form.push(if used || !self.is_over_in_writing(case) {
            self.ticks(entry.cap)
        } else {
            NONE
        });
        form
    }

    fn case(&self, case: &Case) -> Vec<u8> {
        let route = match case.route() {
            Route::Online => 0,
            Route::Signature => 1,
            Route::Counter => 2,
        };
        let mut form = vec![case.stage().name() as u8, route];
        match case.stage() {
            Stage::Questions { failures, deadline }
            | Stage::StepUp {
                failures,
                deadline,
                reasons: _,
            } => form.extend([*failures, self.rest(*deadline)]),
            // When to try again is advice: nothing waits for it.
            Stage::WaitingForRegistry { deadline, .. }
            | Stage::AwaitingSignature { deadline }
            | Stage::AwaitingOfficer { deadline } => form.push(self.rest(*deadline)),
            Stage::Suspended { until } => form.push(self.rest(*until)),
            Stage::Refused { reason, deadline } => {
                let reason = match reason {
                    Refusal::NoEmail => 0,
                    Refusal::AccountBlocked => 1,
                    Refusal::RucInactive => 2,
                    Refusal::AccountFrozen => 3,
                    Refusal::RecordsDisagree(_) => 4,
                };
                form.extend([reason, self.rest(*deadline)]);
            }
            Stage::Sending {
                address: _,
                pending,
                link,
                cap,
            } => {
                let pending = match pending {
                    Pending::Queued => 0,
                    Pending::Delayed => 1,
                };
                form.extend([pending, self.place(*link), self.rest(*cap)]);
            }
            Stage::LinkSent {
                address: _,
                link,
                deadline,
                cap,
            }
            | Stage::Redeemed {
                address: _,
                link,
                deadline,
                cap,
            } => form.extend([self.place(Some(*link)), self.rest(*deadline), self.rest(*cap)]),
            Stage::Completed { at: _ } => {}
            Stage::Ended { ending } => form.push(match ending {
                Ending::Lapsed => 0,
                Ending::LinkExpired => 1,
                Ending::Undelivered => 2,
                Ending::Rejected => 3,
                Ending::Superseded => 4,
                Ending::Abandoned => 5,
            }),
        }
        form
    }

    fn row(&self, row: &Row) -> Vec<u8> {
        let state = match row.link.state() {
            LinkState::Open => 0,
            LinkState::Used { .. } => 1,
            LinkState::Replaced { .. } => 2,
            LinkState::Closed { .. } => 3,
        };
        vec![
            state,
            self.rest(row.link.expires()),
            u8::try_from(row.case).unwrap_or(NONE),
            u8::from(row.mailed),
            self.ticks(row.end),
            u8::from(row.used),
        ]
    }

    fn message(&self, message: &Message) -> Vec<u8> {
        vec![
            message
                .case
                .map_or(NONE, |case| u8::try_from(case).unwrap_or(NONE)),
            u8::from(message.leased),
            self.ticks_until(message.due),
            self.ticks_until(message.expires),
            message.taken,
            message.end.map_or(NONE, |end| match end {
                Finished::Accepted => 0,
                Finished::Rejected => 1,
                Finished::Expired => 2,
                Finished::Dropped => 3,
            }),
        ]
    }

    fn worker(&self, worker: Worker) -> Vec<u8> {
        // Of the attempt it matters whether it is still the newest.
        let of = |message: u8, attempt: u8| {
            let row = self.outbox.iter().find(|row| row.id == message);
            let newest = row.is_some_and(|row| row.attempt == attempt);
            [self.message_place(message), u8::from(newest)]
        };
        match worker {
            Worker::Idle => vec![0],
            Worker::Taken { message, attempt } => {
                let [message, newest] = of(message, attempt);
                vec![1, message, newest]
            }
            Worker::Ready {
                message,
                attempt,
                link,
            } => {
                let [message, newest] = of(message, attempt);
                vec![2, message, newest, self.place(link)]
            }
            Worker::Answered {
                message,
                attempt,
                link,
                at,
                answer,
            } => {
                let [message, newest] = of(message, attempt);
                let answer = match answer {
                    Answer::Accepted => 0,
                    Answer::Delayed => 1,
                    Answer::Rejected => 2,
                };
                vec![3, message, newest, self.place(link), answer, self.ticks_since(at)]
            }
        }
    }

    fn browser(&self, browser: &Browser) -> Vec<u8> {
        match browser {
            Browser::Idle => vec![0],
            Browser::Judging {
                case,
                right,
                admission,
            } => {
                let mut form = vec![1, u8::try_from(*case).unwrap_or(NONE), u8::from(*right)];
                match admission {
                    Admission::Counted {
                        slot,
                        failures,
                        answered,
                    } => {
                        let slot = slot.and_then(|slot| u8::try_from(slot).ok());
                        form.extend([0, slot.unwrap_or(NONE), *failures, u8::from(*answered)]);
                    }
                    Admission::Suspended { until } => form.extend([1, self.ticks_until(*until)]),
                    Admission::Lapsed { failures } => form.extend([2, *failures]),
                }
                form
            }
            Browser::Hashing { link, seen } => {
                let mut form = vec![2, self.place(Some(*link))];
                if let Some(seen) = seen {
                    form.extend(self.case(&seen.case));
                    form.push(self.rest(seen.link.expires()));
                }
                form
            }
        }
    }
}

/// Takes what derived code hashes as bytes.
struct Bytes<'a>(&'a mut Vec<u8>);

impl Hasher for Bytes<'_> {
    fn finish(&self) -> u64 {
        0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Bounds, Fault, Left, World};
    use std::collections::{BTreeSet, HashMap};

    fn next(world: &World) -> Vec<World> {
        let mut deeds = Vec::new();
        world.deeds(&mut deeds);
        deeds.into_iter().map(|deed| world.after(deed)).collect()
    }

    fn forms(worlds: &[World]) -> BTreeSet<Vec<u8>> {
        worlds.iter().map(World::normal).collect()
    }

    /// Wherever two ways lead to the same form, the same may follow. What the checker leaves out on the strength of the form is
    /// looked at here, in worlds that are small enough for it.
    #[test]
    fn worlds_of_the_same_form_behave_alike() {
        let few = |bounds: Bounds, left: Left| Bounds { left, ..bounds };
        let one = Left {
            cases: 1,
            ..Left::default()
        };
        let links = Left {
            proofs: 1,
            crashes: 1,
            passwords: 2,
            ..one
        };
        let proofs = Left {
            cases: 2,
            wrong: 2,
            right: 1,
            assertions: 1,
            ..one
        };
        let opened = Left {
            cases: 2,
            proofs: 2,
            clicks: 1,
            ..one
        };
        let frozen = Left {
            right: 1,
            delays: 1,
            passwords: 1,
            freezes: 1,
            ..one
        };
        for bounds in [
            few(Bounds::links(), links),
            few(Bounds::proofs(), proofs),
            few(Bounds::opened(), opened),
            few(Bounds::frozen(), frozen),
        ] {
            let mut seen: HashMap<Vec<u8>, BTreeSet<Vec<u8>>> = HashMap::new();
            let mut open = vec![World::new(bounds, Fault::None)];
            let mut met_again = 0;
            while let Some(world) = open.pop() {
                let after = next(&world);
                let known = seen.get(&world.normal());
                if let Some(known) = known {
                    met_again += 1;
                    assert_eq!(*known, forms(&after), "{world:?}");
                } else {
                    seen.insert(world.normal(), forms(&after));
                    open.extend(after);
                }
            }
            println!("{}: {} forms, {met_again} met again", bounds.name, seen.len());
            assert!(met_again > seen.len() / 2, "nothing was compared");
        }
    }
}
