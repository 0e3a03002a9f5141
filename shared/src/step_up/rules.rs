//! The rules, and the one function that evaluates them.

use super::Reason;
use crate::policy::StepUp;
use crate::time::Timestamp;
use core::time::Duration;

/// A rule that is in force, as data. Times look back from the proof: what happened exactly so long ago is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A contact was changed within this time.
    ContactChanged {
        /// How far it looks back.
        within: Duration,
    },
    /// This recovery is the given one, or a later one, within this time.
    RecoveryRepeated {
        /// From the how-manieth on, this one included: 2 for the second.
        recoveries: u32,
        /// How far it looks back.
        within: Duration,
    },
    /// The online recovery was suspended more often than this.
    OftenSuspended {
        /// As often is not yet too often.
        more_than: u32,
        /// How far it looks back.
        within: Duration,
    },
    /// The employer has more workers than this.
    ManyWorkers {
        /// As many are not yet too many.
        more_than: u32,
    },
    /// Answers failed from this source for so many identifiers.
    SourceFailing {
        /// From how many on.
        identifiers: u32,
        /// How far it looks back.
        within: Duration,
    },
}

/// What is known of a recovery at its proof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// When a registered contact was last changed, if ever.
    pub contact_changed: Option<Timestamp>,
    /// When the account's password was recovered before, in any order. May reach further back than the rules.
    pub recoveries: Vec<Timestamp>,
    /// When suspensions of this employer's online recovery began, in any order.
    pub suspensions: Vec<Timestamp>,
    /// How many workers the institute has on record for the newest month, if it has any record.
    pub workers: Option<u32>,
    /// When answers last failed from this source, once for each identifier.
    pub source_failures: Vec<Timestamp>,
}

/// The reasons for which the link is not enough at `now`, in the order of the rules; none, if it is.
pub fn evaluate(rules: &[Rule], facts: &Facts, now: Timestamp) -> Vec<Reason> {
    rules
        .iter()
        .filter(|rule| rule.is_met(facts, now))
        .map(Rule::reason)
        .collect()
}

impl Rule {
    /// What is told where it is met.
    pub const fn reason(&self) -> Reason {
        match self {
            Self::ContactChanged { .. } => Reason::ContactChanged,
            Self::RecoveryRepeated { .. } => Reason::RecoveryRepeated,
            Self::OftenSuspended { .. } => Reason::OftenSuspended,
            Self::ManyWorkers { .. } => Reason::ManyWorkers,
            Self::SourceFailing { .. } => Reason::SourceFailing,
        }
    }

    fn is_met(&self, facts: &Facts, now: Timestamp) -> bool {
        match *self {
            Self::ContactChanged { within } => {
                facts.contact_changed.is_some_and(|at| is_recent(at, within, now))
            }
            Self::RecoveryRepeated { recoveries, within } => {
                count(&facts.recoveries, within, now).saturating_add(1) >= recoveries
            }
            Self::OftenSuspended { more_than, within } => count(&facts.suspensions, within, now) > more_than,
            Self::ManyWorkers { more_than } => facts.workers.is_some_and(|workers| workers > more_than),
            Self::SourceFailing { identifiers, within } => {
                count(&facts.source_failures, within, now) >= identifiers
            }
        }
    }
}

impl StepUp {
    /// The rules that are on, in the order in which their reasons are told.
    pub fn rules(&self) -> Vec<Rule> {
        let Self {
            contact_changed,
            recovery_repeated,
            often_suspended,
            many_workers,
            source_failing,
            assertions: _,
        } = *self;
        let contact = contact_changed.enabled.then_some(Rule::ContactChanged {
            within: days(contact_changed.days),
        });
        let repeated = recovery_repeated.enabled.then_some(Rule::RecoveryRepeated {
            recoveries: recovery_repeated.recoveries,
            within: days(recovery_repeated.days),
        });
        let suspended = often_suspended.enabled.then_some(Rule::OftenSuspended {
            more_than: often_suspended.more_than,
            within: days(often_suspended.days),
        });
        let workers = many_workers.enabled.then_some(Rule::ManyWorkers {
            more_than: many_workers.more_than,
        });
        let source = source_failing.enabled.then_some(Rule::SourceFailing {
            identifiers: source_failing.identifiers,
            within: Duration::from_hours(source_failing.hours.into()),
        });
        [contact, repeated, suspended, workers, source]
            .into_iter()
            .flatten()
            .collect()
    }
}

fn days(days: u32) -> Duration {
    Duration::from_hours(u64::from(days) * 24)
}

fn count(times: &[Timestamp], within: Duration, now: Timestamp) -> u32 {
    let recent = times.iter().filter(|at| is_recent(**at, within, now)).count();
    u32::try_from(recent).unwrap_or(u32::MAX)
}

/// What a clock that runs ahead wrote down counts as now.
fn is_recent(at: Timestamp, within: Duration, now: Timestamp) -> bool {
    at > now.before(within)
}
