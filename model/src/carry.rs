//! Carrying out a step as the server does in one transaction: the case, its effects in their order, or nothing at all.

use crate::bounds::NEWS;
use crate::fault::Fault;
use crate::properties::Breach;
use crate::world::{Message, Proved, Row, World};
use shared::audit::Message as Letter;
use shared::identifiers::LinkId;
use shared::links::{Link, LinkState};
use shared::recovery::{Case, Effect, Event, Refused, Stage, StageName, Step};
use shared::time::{Deadline, Timestamp};

/// Why a transaction was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undone {
    /// The machine refused the event.
    Refused(Refused),
    /// The statement that uses a link up found it used, ended or expired.
    LinkLost,
    /// The index that lets an account have one open link.
    SecondLink,
}

impl World {
    /// Applies an event to a case at `at` and carries the step out. What is undone leaves nothing behind.
    pub(crate) fn apply(&mut self, case: usize, event: Event, at: Timestamp) -> Result<(), Undone> {
        let before = self.cases[case].case.clone();
        self.apply_to(case, &before, event, at)
    }

    /// The same from a case as it was read, whenever that was: only a faulty server has another one than the row.
    pub(crate) fn apply_to(
        &mut self,
        case: usize,
        read: &Case,
        event: Event,
        at: Timestamp,
    ) -> Result<(), Undone> {
        let step = read.apply(event, at).map_err(Undone::Refused)?;
        let mut transaction = self.clone();
        transaction.write(case, step, at)?;
        *self = transaction;
        Ok(())
    }

    fn write(&mut self, case: usize, step: Step, at: Timestamp) -> Result<(), Undone> {
        self.cases[case].case = step.case;
        for effect in step.effects {
            self.carry(case, &effect, at)?;
        }
        Ok(())
    }

    fn carry(&mut self, case: usize, effect: &Effect, at: Timestamp) -> Result<(), Undone> {
        match effect {
            Effect::QueueMessage { message } => self.queue(case, *message, at),
            Effect::ReplaceLinks => self.replace_links(case, at)?,
            Effect::CloseLinks => self.close_links(case, at),
            Effect::OpenLink { link, expires } => self.open_link(case, *link, *expires)?,
            Effect::StartClock { link, deadline } => {
                if let Some(row) = self.link_mut(*link) {
                    row.link.expire_at(*deadline);
                }
            }
            Effect::ConsumeLink { link } => self.consume(case, *link, at)?,
            Effect::WritePassword => self.write_password(case),
            Effect::EndSessions => self.account.sessions_ended += 1,
            // The caller knows the slot.
            Effect::ReleaseAttempt => {}
            Effect::Suspend { until } => self.suspend(until.instant()),
        }
        Ok(())
    }

    fn queue(&mut self, case: usize, letter: Letter, at: Timestamp) {
        if letter == Letter::PasswordChanged {
            self.account.told += 1;
        }
        let is_link = letter == Letter::RecoveryLink;
        if !is_link && !self.bounds.news {
            return;
        }
        let id = self.queued;
        self.queued += 1;
        let cap = self.cases[case].case.stage().deadline();
        self.outbox.push(Message {
            id,
            case: is_link.then_some(case),
            attempt: 0,
            leased: false,
            due: at,
            expires: if is_link {
                cap.map_or(at, Deadline::instant)
            } else {
                at.after(NEWS)
            },
            taken: 0,
            end: None,
        });
    }

    /// Ends the account's open links, and the other cases that have one or wait for one.
    fn replace_links(&mut self, case: usize, at: Timestamp) -> Result<(), Undone> {
        if self.fault != Fault::OlderLinksStay {
            for row in &mut self.links {
                row.link.replace(at);
            }
        }
        if self.fault == Fault::OtherCasesStay {
            return Ok(());
        }
        for other in 0..self.cases.len() {
            let stage = self.cases[other].case.stage().name();
            let has_link = matches!(
                stage,
                StageName::Sending | StageName::LinkSent | StageName::Redeemed
            );
            if other != case && has_link {
                self.end(other, Event::Superseded, at).map_err(Undone::Refused)?;
            }
        }
        Ok(())
    }

    /// Ends a case past its proof, by its own deadline if that has passed already.
    pub(crate) fn end(&mut self, case: usize, event: Event, at: Timestamp) -> Result<(), Refused> {
        let event = if self.cases[case].case.stage().overdue(at).is_some() {
            Event::TimePassed
        } else {
            event
        };
        self.cases[case].case = self.cases[case].case.apply(event, at)?.case;
        if self.fault != Fault::OlderLinksStay {
            self.close_links(case, at);
        }
        Ok(())
    }

    fn close_links(&mut self, case: usize, at: Timestamp) {
        for row in self.links.iter_mut().filter(|row| row.case == case) {
            row.link.close(at);
        }
    }

    fn open_link(&mut self, case: usize, link: LinkId, expires: Deadline) -> Result<(), Undone> {
        let open = self.links.iter().any(|row| row.link.state() == LinkState::Open);
        if open && self.fault != Fault::OlderLinksStay {
            return Err(Undone::SecondLink);
        }
        self.links.push(Row {
            link: Link::made(link, expires),
            case,
            mailed: false,
            end: None,
            used: false,
        });
        Ok(())
    }

    /// The one statement that uses a link up: guarded by unused, not ended, not expired. What is checked beside it is reckoned
    /// from what the model saw, not from the row.
    fn consume(&mut self, case: usize, link: LinkId, at: Timestamp) -> Result<(), Undone> {
        let fault = self.fault;
        let now = self.now;
        let cap = self.cases[case].cap;
        let Some(row) = self.link_mut(link) else {
            return Err(Undone::LinkLost);
        };
        let open = row.link.state() == LinkState::Open;
        let expires = row.link.expires().instant();
        let guard = match fault {
            Fault::Unguarded | Fault::UnguardedAndUnlocked => true,
            Fault::OneTickLate => open && expires >= at,
            Fault::None
            | Fault::TokenReused
            | Fault::OlderLinksStay
            | Fault::OtherCasesStay
            | Fault::SentWhenTaken
            | Fault::CountedAfterwards
            | Fault::ProofOfNewest
            | Fault::ClockFromRecord
            | Fault::NobodyLapses
            | Fault::LeaseForEver
            | Fault::FreezeForgotten => open && expires > at,
        };
        if !guard {
            return Err(Undone::LinkLost);
        }
        let mut breaches = Vec::new();
        if row.used {
            breaches.push(Breach::UsedTwice);
        }
        if !row.used && !open {
            breaches.push(Breach::UsedAfterItsEnd);
        }
        if row.end.is_none_or(|end| end <= now) || cap.is_none_or(|cap| cap <= now) {
            breaches.push(Breach::UsedTooLate);
        }
        if row.case != case {
            breaches.push(Breach::LinkOfOtherCase);
        }
        row.used = true;
        row.link = Link::stored(link, row.link.expires(), LinkState::Used { at });
        for breach in breaches {
            self.breach(breach);
        }
        self.account.consumed += 1;
        Ok(())
    }

    fn write_password(&mut self, case: usize) {
        self.account.passwords += 1;
        if self.cases[case].proof != Proved::All {
            self.breach(Breach::PasswordWithoutProof);
        }
        if self.account.frozen {
            self.breach(Breach::PasswordWhileFrozen);
        }
    }

    /// Whatever a step has done, the proof that the case had goes with it when it leads elsewhere.
    pub(crate) fn look(&mut self) {
        for case in 0..self.cases.len() {
            let entry = &mut self.cases[case];
            match entry.case.stage() {
                Stage::Questions { .. }
                | Stage::WaitingForRegistry { .. }
                | Stage::Suspended { .. }
                | Stage::AwaitingSignature { .. }
                | Stage::AwaitingOfficer { .. }
                | Stage::Refused { .. } => {
                    entry.proof = Proved::Nothing;
                    entry.cap = None;
                }
                Stage::StepUp { .. }
                | Stage::Sending { .. }
                | Stage::LinkSent { .. }
                | Stage::Redeemed { .. }
                | Stage::Completed { .. }
                | Stage::Ended { .. } => {}
            }
        }
    }
}
