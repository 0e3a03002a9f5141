//! Reading the chain again and telling what does not fit.

use crate::audit::Head;
use crate::audit::chain::seal;
use crate::audit::store::EventRow;
use crate::keys::{Digest, Keys};
use shared::audit::api::AuditFinding as Finding;

/// What the log looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// How many sealed events were read.
    pub sealed: i64,
    /// How many events wait for their seal.
    pub waiting: i64,
    /// The head that the events lead to.
    pub head: Head,
    /// Everything that does not fit, in the order of the chain. Empty: nothing was changed, removed or reordered.
    pub findings: Vec<Finding>,
}

/// Takes the sealed events one after the other.
pub(super) struct Verifier<'a> {
    keys: &'a Keys,
    exported: &'a [Head],
    head: Head,
    /// The seal before the next event; `None` after a gap, when it cannot be known.
    previous: Option<Digest>,
    sealed: i64,
    findings: Vec<Finding>,
}

impl<'a> Verifier<'a> {
    /// From the beginning.
    pub(super) fn new(keys: &'a Keys, exported: &'a [Head]) -> Self {
        Self::after(keys, exported, Head::EMPTY)
    }

    /// From behind a head that a verifier that paused led to.
    pub(super) fn after(keys: &'a Keys, exported: &'a [Head], head: Head) -> Self {
        Self {
            keys,
            exported,
            head,
            previous: Some(head.seal),
            sealed: 0,
            findings: Vec::new(),
        }
    }

    /// The next event, by its place.
    pub(super) fn read(&mut self, row: &EventRow) {
        self.sealed += 1;
        let sequence = row.sequence.unwrap_or_default();
        let next = self.head.sequence + 1;
        if sequence < next {
            self.findings.push(Finding::Misplaced { sequence });
            return;
        }
        if sequence > next {
            self.findings.push(Finding::Missing {
                from: next,
                to: sequence - 1,
            });
            self.previous = None;
        }
        // A seal of another length than 32 bytes equals none.
        let stored = row.seal.as_deref().and_then(|bytes| Digest::try_from(bytes).ok());
        if let Some(previous) = self.previous
            && stored != Some(seal(self.keys, &previous, sequence, row))
        {
            self.findings.push(Finding::Altered { sequence });
        }
        for head in self.exported.iter().filter(|head| head.sequence == sequence) {
            if stored != Some(head.seal) {
                self.findings.push(Finding::Rewritten { sequence });
            }
        }
        // The next one is judged by the seal that stands here, so that one altered event is one finding.
        self.previous = stored;
        self.head = Head {
            sequence,
            seal: stored.unwrap_or_default(),
        };
    }

    /// What was found so far, and where it goes on.
    pub(super) fn pause(self) -> (Head, Vec<Finding>) {
        (self.head, self.findings)
    }

    /// What was found, given the end that the chain's own row tells.
    pub(super) fn finish(mut self, recorded: Head, waiting: i64) -> Verification {
        let found = self.head.sequence;
        if recorded != self.head {
            self.findings.push(Finding::EndDiffers {
                recorded: recorded.sequence,
                found,
            });
        }
        for head in self.exported.iter().filter(|head| head.sequence > found) {
            self.findings.push(Finding::Truncated {
                exported: head.sequence,
                found,
            });
        }
        Verification {
            sealed: self.sealed,
            waiting,
            head: self.head,
            findings: self.findings,
        }
    }
}
