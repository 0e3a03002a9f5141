//! What the server keeps of one account, and what is under way.

use crate::bounds::{Bounds, Left, TICK};
use crate::fault::Fault;
use crate::properties::{Breach, Breaches};
use shared::identifiers::LinkId;
use shared::links::{Link, LinkState};
use shared::recovery::{Case, Stage, StageName};
use shared::time::Timestamp;
use std::sync::Arc;
use uuid::Uuid;

/// When it begins. Nothing depends on it.
pub(crate) const START: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

/// The whole state: an account, its cases and links, the outbox, and who is in the middle of something.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    pub(crate) bounds: Arc<Bounds>,
    pub(crate) fault: Fault,
    pub(crate) now: Timestamp,
    pub(crate) left: Left,
    pub(crate) cases: Vec<Entry>,
    pub(crate) links: Vec<Row>,
    pub(crate) outbox: Vec<Message>,
    pub(crate) workers: [Worker; 2],
    pub(crate) browsers: [Browser; 2],
    pub(crate) attempts: Attempts,
    pub(crate) account: Account,
    /// How many links were ever made: the next one's number.
    pub(crate) made: u8,
    /// How many messages were ever queued.
    pub(crate) queued: u8,
    pub(crate) breaches: Breaches,
}

/// A case's row, and what only the model knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) case: Case,
    pub(crate) proof: Proved,
    /// When everything of it ends, reckoned here from the proof.
    pub(crate) cap: Option<Timestamp>,
}

/// What was proved for a case itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Proved {
    /// Nothing.
    Nothing,
    /// The answers, and a passkey is still asked for.
    AnswersOnly,
    /// All that is asked for.
    All,
}

/// A link's row, and what only the model knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) link: Link,
    pub(crate) case: usize,
    /// Whether the mail server took a message with its token: nobody else ever has it.
    pub(crate) mailed: bool,
    /// Until when it may be used, reckoned here from the acceptance or the click. `None` while nobody has it.
    pub(crate) end: Option<Timestamp>,
    /// Whether it was used up.
    pub(crate) used: bool,
}

/// A row of the outbox that is not finished, or was finished with a lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) id: u8,
    /// The case whose link it carries; `None` for news.
    pub(crate) case: Option<usize>,
    pub(crate) attempt: u8,
    pub(crate) leased: bool,
    pub(crate) due: Timestamp,
    pub(crate) expires: Timestamp,
    /// How often the mail server took it, as far as it matters (up to two).
    pub(crate) taken: u8,
    pub(crate) end: Option<Finished>,
}

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Finished {
    Accepted,
    Rejected,
    Expired,
    Dropped,
}

/// A lane of the mail worker: where it is with the message that it took up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Worker {
    Idle,
    /// It has the message.
    Taken {
        message: u8,
        attempt: u8,
    },
    /// It has made a link for it, or needs none, and talks to the mail server.
    Ready {
        message: u8,
        attempt: u8,
        link: Option<LinkId>,
    },
    /// The mail server has answered; it is not written down yet.
    Answered {
        message: u8,
        attempt: u8,
        link: Option<LinkId>,
        at: Timestamp,
        answer: Answer,
    },
}

/// What the mail server says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It took the message over.
    Accepted,
    /// Not now.
    Delayed,
    /// Never.
    Rejected,
}

/// A browser's request that is in the middle of its work: between two transactions of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    Idle,
    /// Its attempt is counted; the answers are about to be compared.
    Judging {
        case: usize,
        right: bool,
        admission: Admission,
    },
    /// The link was looked at; the password is being hashed.
    Hashing {
        link: LinkId,
        seen: Option<Box<Seen>>,
    },
}

/// What a faulty server goes on with instead of reading it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) case: Case,
    pub(crate) link: Link,
}

/// What came of counting an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Admission {
    /// Counted, in this slot.
    Counted {
        slot: Option<usize>,
        failures: u8,
        /// Whether a suspension has answered it since: the slot is not its own any more.
        answered: bool,
    },
    /// The identifier is suspended.
    Suspended { until: Timestamp },
    /// All slots are taken, by somebody who died.
    Lapsed { failures: u8 },
}

/// The attempts of the identifier that all cases share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attempts {
    /// When each slot was taken.
    pub(crate) slots: Vec<Option<Timestamp>>,
    pub(crate) suspended: Option<Timestamp>,
    /// How many answers were found wrong that were counted since the last suspension, reckoned here.
    pub(crate) guesses: u8,
    /// And of those that were counted before it.
    pub(crate) guesses_before: u8,
}

/// What the account itself says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Account {
    pub(crate) frozen: bool,
    /// How often a password was written.
    pub(crate) passwords: u8,
    /// How often a link was used up.
    pub(crate) consumed: u8,
    /// How often all sessions were ended.
    pub(crate) sessions_ended: u8,
    /// How often it was queued that the password is new.
    pub(crate) told: u8,
}

impl World {
    /// Before anybody has done anything.
    pub fn new(bounds: Bounds, fault: Fault) -> Self {
        Self {
            bounds: Arc::new(bounds),
            fault,
            now: START,
            left: bounds.left,
            cases: Vec::new(),
            links: Vec::new(),
            outbox: Vec::new(),
            workers: [Worker::Idle; 2],
            browsers: [Browser::Idle, Browser::Idle],
            attempts: Attempts {
                slots: vec![None; bounds.terms.attempts.into()],
                ..Attempts::default()
            },
            account: Account::default(),
            made: 0,
            queued: 0,
            breaches: Breaches::default(),
        }
    }

    pub(crate) fn breach(&mut self, breach: Breach) {
        self.breaches.insert(breach);
    }

    pub(crate) fn is_over(&self, case: usize) -> bool {
        !self.cases[case].case.is_open(self.now)
    }

    /// Whether the row itself says that the case is over.
    pub(crate) fn is_over_in_writing(&self, case: usize) -> bool {
        matches!(
            self.cases[case].case.stage().name(),
            StageName::Completed | StageName::Ended
        )
    }

    /// Where a case stands for whoever asks now.
    pub(crate) fn stage_now(&self, case: usize) -> StageName {
        self.cases[case].case.as_of(self.now).stage().name()
    }

    pub(crate) fn link(&self, id: LinkId) -> Option<&Row> {
        self.links.iter().find(|row| row.link.id() == id)
    }

    pub(crate) fn link_mut(&mut self, id: LinkId) -> Option<&mut Row> {
        self.links.iter_mut().find(|row| row.link.id() == id)
    }

    pub(crate) fn message_mut(&mut self, id: u8) -> Option<&mut Message> {
        self.outbox.iter_mut().find(|message| message.id == id)
    }

    pub(crate) fn next_link(&mut self) -> LinkId {
        self.made += 1;
        LinkId::from_uuid(Uuid::from_u128(self.made.into()))
    }

    /// How many ticks until an instant; none once it has come.
    pub(crate) fn ticks_until(&self, instant: Timestamp) -> u8 {
        let ticks = instant.since(self.now).as_secs() / TICK.as_secs();
        u8::try_from(ticks).unwrap_or(u8::MAX)
    }

    /// Forgets rows on which nothing depends any more: links that are good for nothing and in nobody's hands, and messages
    /// that ended as they say. What they showed was checked when it happened.
    pub(crate) fn forget(&mut self) {
        let in_hand: Vec<LinkId> = self.links_in_hand();
        self.links
            .retain(|row| row.link.state() == LinkState::Open || in_hand.contains(&row.link.id()));
        let breaches = &mut self.breaches;
        self.outbox.retain(|message| match message.end {
            None => true,
            Some(Finished::Accepted) if message.taken == 0 => {
                breaches.insert(Breach::MailLost);
                true
            }
            Some(_) => false,
        });
    }

    fn links_in_hand(&self) -> Vec<LinkId> {
        let of_cases = self.cases.iter().filter_map(|entry| match entry.case.stage() {
            Stage::Sending { link, .. } => *link,
            Stage::LinkSent { link, .. } | Stage::Redeemed { link, .. } => Some(*link),
            Stage::Questions { .. }
            | Stage::WaitingForRegistry { .. }
            | Stage::Suspended { .. }
            | Stage::AwaitingSignature { .. }
            | Stage::AwaitingOfficer { .. }
            | Stage::Refused { .. }
            | Stage::StepUp { .. }
            | Stage::Completed { .. }
            | Stage::Ended { .. } => None,
        });
        let of_workers = self.workers.iter().filter_map(|worker| match worker {
            Worker::Idle | Worker::Taken { .. } => None,
            Worker::Ready { link, .. } | Worker::Answered { link, .. } => *link,
        });
        let of_browsers = self.browsers.iter().filter_map(|browser| match browser {
            Browser::Idle | Browser::Judging { .. } => None,
            Browser::Hashing { link, .. } => Some(*link),
        });
        of_cases.chain(of_workers).chain(of_browsers).collect()
    }

    /// What every deed lowers, compared from left to right: what may still be done at all; how far the cases are from their
    /// ends; how much time is left to anything; how many steps what is under way still has. So there is no way round in
    /// circles, and every run ends.
    pub fn measure(&self) -> [u32; 4] {
        let stages = self
            .cases
            .iter()
            .map(|entry| rank(entry.case.stage().name()))
            .sum();
        [self.left.sum(), stages, self.time_left(), self.steps_left()]
    }

    /// Links are not among it: none lives longer than its case waits for it.
    fn time_left(&self) -> u32 {
        let cases = self
            .cases
            .iter()
            .filter_map(|entry| entry.case.stage().deadline())
            .map(|deadline| self.ticks_until(deadline.instant()));
        let outbox = self
            .outbox
            .iter()
            .filter(|message| message.end.is_none())
            .map(|message| {
                if message.expires > self.now {
                    // Whoever takes it up before its end may keep it for so long after it.
                    self.ticks_until(message.expires.after(crate::bounds::LEASE))
                } else {
                    self.ticks_until(message.due)
                }
            });
        let suspended = self.attempts.suspended.map(|until| self.ticks_until(until));
        cases.chain(outbox).chain(suspended).map(u32::from).sum()
    }

    fn steps_left(&self) -> u32 {
        let workers: u32 = self
            .workers
            .iter()
            .map(|worker| match worker {
                Worker::Idle => 0,
                // A message that was put off can be taken up again.
                Worker::Answered {
                    answer: Answer::Delayed,
                    ..
                } => 10,
                Worker::Answered { .. } => 6,
                Worker::Ready { .. } => 7,
                Worker::Taken { .. } => 8,
            })
            .sum();
        let free = self
            .outbox
            .iter()
            .filter(|message| message.end.is_none() && message.due <= self.now)
            .count();
        let browsers = self
            .browsers
            .iter()
            .filter(|browser| **browser != Browser::Idle)
            .count();
        workers + u32::try_from(9 * free + browsers).unwrap_or(u32::MAX)
    }
}

/// How far a stage is from the end of its case, where nothing but what is under way moves it.
const fn rank(stage: StageName) -> u32 {
    match stage {
        StageName::Questions | StageName::WaitingForRegistry => 9,
        StageName::StepUp => 8,
        StageName::Sending => 7,
        StageName::LinkSent => 6,
        StageName::Redeemed => 5,
        StageName::Refused => 4,
        StageName::Suspended | StageName::AwaitingSignature | StageName::AwaitingOfficer => 3,
        StageName::Completed | StageName::Ended => 0,
    }
}
