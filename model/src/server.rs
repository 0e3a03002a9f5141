//! What the server does by itself, and the owner from outside of any case.

use crate::fault::Fault;
use crate::world::World;
use shared::recovery::{Event, StageName};

impl World {
    pub(crate) fn abandon(&mut self, case: usize) {
        self.left.abandonments -= 1;
        let _ = self.apply(case, Event::Abandoned, self.now);
    }

    pub(crate) fn lapse(&mut self, case: usize) {
        let _ = self.apply(case, Event::TimePassed, self.now);
    }

    /// Freezes the account and ends every case that is past its proof.
    pub(crate) fn freeze(&mut self) {
        self.left.freezes -= 1;
        self.account.frozen = true;
        if self.fault == Fault::FreezeForgotten {
            return;
        }
        for case in 0..self.cases.len() {
            match self.cases[case].case.stage().name() {
                StageName::StepUp | StageName::Sending | StageName::LinkSent | StageName::Redeemed => {
                    let _ = self.end(case, Event::Abandoned, self.now);
                }
                StageName::Questions
                | StageName::WaitingForRegistry
                | StageName::Suspended
                | StageName::AwaitingSignature
                | StageName::AwaitingOfficer
                | StageName::Refused
                | StageName::Completed
                | StageName::Ended => {}
            }
        }
    }

    pub(crate) fn thaw(&mut self) {
        self.left.thaws -= 1;
        self.account.frozen = false;
    }
}
