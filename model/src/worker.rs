//! The mail worker: takes a message up for the time of a lease, makes a link for it, hands it over, writes down what came of it.
//! It may die between any two of these, or be slower than its lease.

use crate::bounds::LEASE;
use crate::carry::Undone;
use crate::fault::Fault;
use crate::properties::Breach;
use crate::world::{Answer, Finished, Message, Worker, World};
use core::time::Duration;
use shared::identifiers::LinkId;
use shared::links::LinkState;
use shared::recovery::{Event, Refusal, Refused, Stage, StageName};
use shared::time::Timestamp;

impl World {
    /// Takes a message up. One whose time is over is finished at once: nothing is made for it.
    pub(crate) fn take(&mut self, worker: usize, id: u8) {
        let (now, fault) = (self.now, self.fault);
        let Some(message) = self.message_mut(id) else {
            return;
        };
        message.attempt += 1;
        if now >= message.expires {
            let (case, attempt) = (message.case, message.attempt);
            message.leased = true;
            self.finish(id, attempt, Finished::Expired);
            if let Some(case) = case {
                self.deliver(case, Event::TimePassed, now);
            }
            return;
        }
        message.leased = true;
        message.due = now.after(LEASE);
        if fault == Fault::SentWhenTaken {
            message.end = Some(Finished::Accepted);
        }
        let attempt = message.attempt;
        self.workers[worker] = Worker::Taken { message: id, attempt };
    }

    /// Makes the link that the message carries, if its case still waits for one; news carry none.
    pub(crate) fn make_link(&mut self, worker: usize) {
        let Worker::Taken { message, attempt } = self.workers[worker] else {
            return;
        };
        self.workers[worker] = Worker::Idle;
        let Some(case) = self
            .outbox
            .iter()
            .find(|row| row.id == message)
            .map(|row| row.case)
        else {
            return;
        };
        let Some(case) = case else {
            self.workers[worker] = Worker::Ready {
                message,
                attempt,
                link: None,
            };
            return;
        };
        match self.fresh_link(case) {
            Some(link) => {
                self.workers[worker] = Worker::Ready {
                    message,
                    attempt,
                    link: Some(link),
                };
            }
            None => {
                self.finish(message, attempt, Finished::Dropped);
            }
        }
    }

    fn fresh_link(&mut self, case: usize) -> Option<LinkId> {
        let now = self.now;
        let Stage::Sending { link: made, .. } = self.cases[case].case.stage() else {
            return None;
        };
        if let Some(made) = made
            && self.fault == Fault::TokenReused
        {
            return Some(*made);
        }
        if self.account.frozen && self.fault != Fault::FreezeForgotten {
            let reason = Refusal::AccountFrozen;
            let _ = self.apply(case, Event::Barred { reason }, now);
            return None;
        }
        let link = self.next_link();
        match self.apply(case, Event::LinkMade { link }, now) {
            Ok(()) => Some(link),
            Err(Undone::SecondLink) => {
                self.breach(Breach::IndexMet);
                None
            }
            Err(Undone::Refused(_) | Undone::LinkLost) => None,
        }
    }

    pub(crate) fn hand_over(&mut self, worker: usize, answer: Answer) {
        let Worker::Ready {
            message,
            attempt,
            link,
        } = self.workers[worker]
        else {
            return;
        };
        match answer {
            Answer::Accepted => self.accepted(message, link),
            Answer::Delayed => self.left.delays -= 1,
            Answer::Rejected => self.left.rejections -= 1,
        }
        self.workers[worker] = Worker::Answered {
            message,
            attempt,
            link,
            at: self.now,
            answer,
        };
    }

    /// The mail server took it: the person has the token from now on, whatever the server gets to write down.
    fn accepted(&mut self, message: u8, link: Option<LinkId>) {
        let span = Duration::from_secs(self.bounds.terms.link_seconds.into());
        let end = self.now.after(span);
        if let Some(row) = self.message_mut(message) {
            row.taken = 2.min(row.taken + 1);
        }
        let Some(row) = link.and_then(|link| self.link_mut(link)) else {
            return;
        };
        let again = row.mailed;
        row.mailed = true;
        row.end = Some(end);
        if again {
            self.breach(Breach::TokenMailedTwice);
        }
    }

    /// One transaction: the message's row, if nobody else took it up meanwhile, and what it means for the case.
    pub(crate) fn record(&mut self, worker: usize) {
        let Worker::Answered {
            message,
            attempt,
            link,
            at,
            answer,
        } = core::mem::replace(&mut self.workers[worker], Worker::Idle)
        else {
            return;
        };
        let Some(case) = self.mine(message, attempt).map(|row| row.case) else {
            return;
        };
        match answer {
            Answer::Accepted => self.finish(message, attempt, Finished::Accepted),
            Answer::Rejected => self.finish(message, attempt, Finished::Rejected),
            Answer::Delayed => {
                let now = self.now;
                if let Some(row) = self.message_mut(message) {
                    row.leased = false;
                    row.due = now;
                }
            }
        }
        let Some(case) = case else { return };
        let at = if self.fault == Fault::ClockFromRecord {
            self.now
        } else {
            at
        };
        match (answer, link) {
            (Answer::Accepted, Some(link)) => self.deliver(case, Event::Accepted { link }, at),
            (Answer::Accepted, None) => {}
            (Answer::Delayed, _) => self.deliver(case, Event::Delayed, at),
            (Answer::Rejected, _) => self.deliver(case, Event::Rejected, at),
        }
    }

    /// What became of a link's message, for its case. The person may have been quicker, or the case may be over.
    fn deliver(&mut self, case: usize, event: Event, at: Timestamp) {
        match self.apply(case, event, at) {
            Err(Undone::Refused(Refused::Overdue { .. })) => {
                let _ = self.apply(case, Event::TimePassed, at);
            }
            Ok(()) | Err(Undone::Refused(_) | Undone::LinkLost | Undone::SecondLink) => {}
        }
    }

    /// The message, if this attempt still has it.
    fn mine(&mut self, id: u8, attempt: u8) -> Option<&mut Message> {
        self.message_mut(id)
            .filter(|message| message.leased && message.attempt == attempt && message.end.is_none())
    }

    fn finish(&mut self, id: u8, attempt: u8, end: Finished) {
        let Some(message) = self.mine(id, attempt) else {
            return;
        };
        message.end = Some(end);
        // A link's message ends without having been taken only if its case is past it.
        let Some(case) = message.case else { return };
        if end == Finished::Dropped {
            let waits = self.stage_now(case) == StageName::Sending;
            if waits {
                self.breach(Breach::MailLost);
            }
        }
    }

    pub(crate) fn crash(&mut self, worker: usize) {
        self.left.crashes -= 1;
        self.workers[worker] = Worker::Idle;
    }

    /// How many links of the account are open.
    pub(crate) fn open_links(&self) -> usize {
        self.links
            .iter()
            .filter(|row| row.link.state() == LinkState::Open)
            .count()
    }
}
