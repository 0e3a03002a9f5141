//! Reading the chain again and telling what does not fit.

use crate::audit::Head;
use crate::audit::chain::{EMPTY, seal};
use crate::audit::store::EventRow;
use crate::keys::{Digest, Keys};
use std::fmt;

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

/// Something that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The event at this place is not the one that was sealed there.
    Altered {
        /// The place.
        sequence: i64,
    },
    /// Events are missing between two places, both included.
    Missing {
        /// The first one missing.
        from: i64,
        /// The last one missing.
        to: i64,
    },
    /// An event stands at a place that no sealer gives (twice the same, or below 1).
    Misplaced {
        /// The place.
        sequence: i64,
    },
    /// The events do not end where the chain says it ends.
    EndDiffers {
        /// Where the chain says it ends.
        recorded: i64,
        /// Where the events end.
        found: i64,
    },
    /// The log ends before a head that was exported earlier.
    Truncated {
        /// The exported head's place.
        exported: i64,
        /// Where the events end.
        found: i64,
    },
    /// At the place of an exported head stands another seal: the log was rewritten.
    Rewritten {
        /// The place.
        sequence: i64,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Altered { sequence } => write!(f, "event {sequence} is not the one that was sealed"),
            Self::Missing { from, to } if from == to => write!(f, "event {from} is missing"),
            Self::Missing { from, to } => write!(f, "events {from} to {to} are missing"),
            Self::Misplaced { sequence } => write!(f, "an event stands at {sequence}, where none can be"),
            Self::EndDiffers { recorded, found } => {
                write!(
                    f,
                    "the chain was sealed up to event {recorded}, the events end at {found}"
                )
            }
            Self::Truncated { exported, found } => {
                write!(
                    f,
                    "a head was exported at event {exported}, the events end at {found}"
                )
            }
            Self::Rewritten { sequence } => write!(f, "event {sequence} differs from the exported head"),
        }
    }
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
    pub(super) fn new(keys: &'a Keys, exported: &'a [Head]) -> Self {
        Self {
            keys,
            exported,
            head: EMPTY,
            previous: Some(EMPTY.seal),
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
