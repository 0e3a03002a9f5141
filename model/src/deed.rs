//! What may be done in a world, and how it is done: each deed is one transaction of the server, or one step of the mail worker.

use crate::bounds::{TICK, Way};
use crate::fault::Fault;
use crate::properties::Breach;
use crate::world::{Answer, Browser, Worker, World};
use shared::identifiers::LinkId;
use shared::recovery::{Route, StageName};

/// Something that somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    missing_docs,
    reason = "each field is the index of what the variant speaks of"
)]
pub enum Deed {
    /// A browser opens a case.
    Open,
    /// A browser sends answers: the attempt is counted.
    SendAnswers {
        browser: usize,
        case: usize,
        right: bool,
    },
    /// The answers are compared, and what follows is written.
    Judge { browser: usize, more: bool },
    /// The node dies between counting and comparing.
    LoseAnswers { browser: usize },
    /// A registry does not answer when answers came.
    RegistryFails { case: usize },
    /// The registries are asked again.
    Resume { case: usize },
    /// A passkey is asserted, or something else is shown.
    Assert { case: usize, passes: bool },
    /// The person goes on by another route.
    Choose { case: usize, route: Route },
    /// A signature passes, or an officer sees the person.
    Prove { case: usize },
    /// A worker takes up a message that is due.
    Take { worker: usize, message: u8 },
    /// It makes the link for it.
    MakeLink { worker: usize },
    /// The mail server answers.
    HandOver { worker: usize, answer: Answer },
    /// The worker writes down what the mail server said.
    Record { worker: usize },
    /// The worker dies; another one is there at once.
    Crash { worker: usize },
    /// A click opens a link.
    Click { link: LinkId },
    /// A browser sends a new password: the link is looked at, and the hashing begins.
    SendPassword { browser: usize, link: LinkId },
    /// The hash is there: the link is used up and the password written, or neither.
    Commit { browser: usize },
    /// The person ends the case.
    Abandon { case: usize },
    /// The job writes down that a deadline has passed.
    Lapse { case: usize },
    /// "No fui yo".
    Freeze,
    /// An officer lifts that.
    Thaw,
    /// A tick passes.
    Wait,
}

impl World {
    /// What may be done now.
    pub(crate) fn deeds(&self, deeds: &mut Vec<Deed>) {
        if self.left.cases > 0 {
            deeds.push(Deed::Open);
        }
        for case in 0..self.cases.len() {
            self.deeds_of_case(case, deeds);
        }
        for browser in 0..self.browsers.len() {
            self.deeds_of_browser(browser, deeds);
        }
        for worker in 0..self.bounds.lanes {
            self.deeds_of_worker(worker, deeds);
        }
        for row in &self.links {
            let link = row.link.id();
            if self.left.clicks > 0 && row.mailed && self.bounds.opens_links() && self.can_click(link) {
                deeds.push(Deed::Click { link });
            }
        }
        let alive = (0..self.cases.len()).any(|case| !self.is_over_in_writing(case));
        if self.left.freezes > 0 && alive && !self.account.frozen {
            deeds.push(Deed::Freeze);
        }
        if self.left.thaws > 0 && self.account.frozen {
            deeds.push(Deed::Thaw);
        }
        if self.measure()[2] > 0 {
            deeds.push(Deed::Wait);
        }
    }

    fn deeds_of_case(&self, case: usize, deeds: &mut Vec<Deed>) {
        let stage = self.stage_now(case);
        match stage {
            StageName::Questions => {
                if self.left.outages > 0 {
                    deeds.push(Deed::RegistryFails { case });
                }
            }
            StageName::WaitingForRegistry => deeds.push(Deed::Resume { case }),
            StageName::StepUp => {
                if self.left.assertions > 0 {
                    deeds.extend([true, false].map(|passes| Deed::Assert { case, passes }));
                }
            }
            StageName::AwaitingSignature | StageName::AwaitingOfficer => {
                if self.left.proofs > 0 {
                    deeds.push(Deed::Prove { case });
                }
            }
            StageName::Suspended
            | StageName::Refused
            | StageName::Sending
            | StageName::LinkSent
            | StageName::Redeemed
            | StageName::Completed
            | StageName::Ended => {}
        }
        if self.left.routes > 0 {
            let routes = self.cases[case].case.routes(self.now);
            deeds.extend(routes.iter().map(|route| Deed::Choose { case, route: *route }));
        }
        if self.left.abandonments > 0 && !self.is_over(case) {
            deeds.push(Deed::Abandon { case });
        }
        let overdue = self.cases[case].case.stage().overdue(self.now).is_some();
        if overdue && self.fault != Fault::NobodyLapses {
            deeds.push(Deed::Lapse { case });
        }
    }

    fn deeds_of_browser(&self, browser: usize, deeds: &mut Vec<Deed>) {
        match &self.browsers[browser] {
            Browser::Idle => {
                for case in 0..self.cases.len() {
                    if self.stage_now(case) == StageName::Questions && self.may_send_answers() {
                        let left = [(true, self.left.right), (false, self.left.wrong)];
                        let sent = left.into_iter().filter(|(_, left)| *left > 0);
                        deeds.extend(sent.map(|(right, _)| Deed::SendAnswers { browser, case, right }));
                    }
                }
                for row in &self.links {
                    let link = row.link.id();
                    if self.left.passwords > 0 && row.mailed && self.may_send_password(link) {
                        deeds.push(Deed::SendPassword { browser, link });
                    }
                }
            }
            Browser::Judging { right, .. } => {
                deeds.push(Deed::Judge { browser, more: false });
                if *right && self.bounds.step_up {
                    deeds.push(Deed::Judge { browser, more: true });
                }
                if self.left.crashes > 0 {
                    deeds.push(Deed::LoseAnswers { browser });
                }
            }
            Browser::Hashing { .. } => deeds.push(Deed::Commit { browser }),
        }
    }

    fn deeds_of_worker(&self, worker: usize, deeds: &mut Vec<Deed>) {
        match &self.workers[worker] {
            Worker::Idle => {
                let due = self.outbox.iter().filter(|message| {
                    let lost = message.attempt > 0 && self.fault == Fault::LeaseForEver;
                    message.end.is_none() && message.due <= self.now && !lost
                });
                deeds.extend(due.map(|message| Deed::Take {
                    worker,
                    message: message.id,
                }));
                return;
            }
            Worker::Taken { .. } => deeds.push(Deed::MakeLink { worker }),
            Worker::Ready { .. } => {
                let answers = [
                    (Answer::Accepted, 1),
                    (Answer::Delayed, self.left.delays),
                    (Answer::Rejected, self.left.rejections),
                ];
                let given = answers.into_iter().filter(|(_, left)| *left > 0);
                deeds.extend(given.map(|(answer, _)| Deed::HandOver { worker, answer }));
            }
            Worker::Answered { .. } => deeds.push(Deed::Record { worker }),
        }
        if self.left.crashes > 0 {
            deeds.push(Deed::Crash { worker });
        }
    }

    /// The world after a deed that may be done.
    pub(crate) fn after(&self, deed: Deed) -> Self {
        let mut world = self.clone();
        let over: Vec<bool> = (0..self.cases.len()).map(|case| self.is_over(case)).collect();
        world.play(deed);
        if over
            .iter()
            .enumerate()
            .any(|(case, over)| *over && !world.is_over(case))
        {
            world.breach(Breach::CameBack);
        }
        world.look();
        world.forget();
        if world.measure() >= self.measure() {
            world.breach(Breach::Circle);
        }
        world
    }

    fn play(&mut self, deed: Deed) {
        match deed {
            Deed::Open => match self.bounds.opening {
                Way::Questions => self.open_online(),
                Way::Signature => self.open_signed(),
            },
            Deed::SendAnswers { browser, case, right } => self.send_answers(browser, case, right),
            Deed::Judge { browser, more } => self.judge(browser, more),
            Deed::LoseAnswers { browser } => self.lose_answers(browser),
            Deed::RegistryFails { case } => self.registry_fails(case),
            Deed::Resume { case } => self.resume(case),
            Deed::Assert { case, passes } => self.assert(case, passes),
            Deed::Choose { case, route } => self.choose(case, route),
            Deed::Prove { case } => self.prove(case),
            Deed::Take { worker, message } => self.take(worker, message),
            Deed::MakeLink { worker } => self.make_link(worker),
            Deed::HandOver { worker, answer } => self.hand_over(worker, answer),
            Deed::Record { worker } => self.record(worker),
            Deed::Crash { worker } => self.crash(worker),
            Deed::Click { link } => self.click(link),
            Deed::SendPassword { browser, link } => self.send_password(browser, link),
            Deed::Commit { browser } => self.commit(browser),
            Deed::Abandon { case } => self.abandon(case),
            Deed::Lapse { case } => self.lapse(case),
            Deed::Freeze => self.freeze(),
            Deed::Thaw => self.thaw(),
            Deed::Wait => self.now = self.now.after(TICK),
        }
    }
}
