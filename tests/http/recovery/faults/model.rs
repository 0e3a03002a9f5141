//! What must come of each step, as simply as it can be said: an employer, what the model remembers of it, and what right
//! answers would come to now.

use super::super::people::*;
use shared::identifiers::{EmployerIdentifier, Kind};
use shared::recovery::api::{Correction, Refusal};
use shared::registries::Registry;
use shared::time::Timestamp;
use std::time::Duration;
use tests::World;

pub(super) const DAY: Duration = Duration::from_hours(24);
pub(super) const ATTEMPTS: usize = 3;

/// What comes of right answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// A link.
    Link,
    /// A reason.
    Refused(Refusal),
    /// Nobody knows the pair: right answers are wrong.
    Unknown,
}

/// Whom the Superintendencia and the institute name at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// Both the representative.
    Agreed,
    /// The institute still somebody else.
    OtherAtIess,
    /// The Superintendencia somebody else.
    OtherAppointed,
    /// Both somebody else.
    Others,
}

/// Whether the records of an employer change in the course of the play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Records {
    Steady,
    Shifting(Named),
}

/// An employer with what the model remembers of it.
pub(super) struct Subjected {
    pub(super) employer: Employer,
    /// What comes of right answers while the records agree.
    pub(super) fate: Fate,
    pub(super) records: Records,
    /// When each attempt that failed was counted.
    pub(super) failures: Vec<Timestamp>,
    /// When the last suspension began.
    pub(super) suspended: Option<Timestamp>,
}

impl Subjected {
    /// What comes of right answers now.
    pub(super) fn fate(&self) -> Fate {
        let contradicted = |correction| match self.fate {
            // A closed RUC is told first.
            Fate::Unknown | Fate::Refused(Refusal::RucInactive) => self.fate,
            Fate::Link | Fate::Refused(_) => Fate::Refused(Refusal::RecordsDisagree(correction)),
        };
        match self.records {
            Records::Steady | Records::Shifting(Named::Agreed) => self.fate,
            Records::Shifting(Named::OtherAtIess) => contradicted(Correction::Representative),
            Records::Shifting(Named::OtherAppointed) => contradicted(Correction::Appointment),
            Records::Shifting(Named::Others) => Fate::Unknown,
        }
    }

    pub(super) fn failures(&self, now: Timestamp) -> usize {
        let counts =
            |at: &&Timestamp| now.since(**at) < DAY && self.suspended.is_none_or(|began| **at > began);
        self.failures.iter().filter(counts).count()
    }

    pub(super) fn suspended_until(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.suspended?.after(DAY);
        (until > now).then_some(until)
    }

    /// Which registries are asked about it.
    pub(super) fn asks(&self, registry: Registry) -> bool {
        match (registry, self.employer.identifier()) {
            (Registry::CivilRegistry | Registry::Iess, _) => true,
            (Registry::Sri, employer) => matches!(employer, EmployerIdentifier::Ruc(_)),
            (Registry::Superintendencia, EmployerIdentifier::Ruc(ruc)) => {
                ruc.kinds().only() != Some(Kind::Natural)
            }
            (Registry::Superintendencia, EmployerIdentifier::Household(_)) => false,
        }
    }
}

/// Employers of every sort, settled in the world.
pub(super) async fn population(world: &World) -> Vec<Subjected> {
    let fates = [
        (Condition::Good, Fate::Link),
        (Condition::NoEmail, Fate::Refused(Refusal::NoEmail)),
        (Condition::Blocked, Fate::Refused(Refusal::AccountBlocked)),
        (Condition::Frozen, Fate::Refused(Refusal::AccountFrozen)),
        (Condition::Inactive, Fate::Refused(Refusal::RucInactive)),
        (Condition::NoAccount, Fate::Unknown),
    ];
    let mut all = Vec::new();
    let add = |employer, fate, records| Subjected {
        employer,
        fate,
        records,
        failures: Vec::new(),
        suspended: None,
    };
    for place in 0..24 {
        let (condition, fate) = fates[place % fates.len()];
        let employer = Employer {
            number: number(place),
            representative: COMPANY.representative,
        };
        employer.settle(world, condition).await;
        all.push(add(employer, fate, Records::Shifting(Named::Agreed)));
    }
    for employer in [NATURAL, HOUSEHOLD, PUBLIC] {
        employer.settle(world, Condition::Good).await;
        all.push(add(employer, Fate::Link, Records::Steady));
    }
    // The institute still has another representative than the Superintendencia.
    OTHER.settle(world, Condition::Good).await;
    OTHER.record_as(world, COMPANY.representative).await;
    let disagree = Refusal::RecordsDisagree(Correction::Representative);
    all.push(add(OTHER, Fate::Refused(disagree), Records::Steady));
    // Nobody knows these at all.
    for place in 100..108 {
        let employer = Employer {
            number: number(place),
            ..UNKNOWN
        };
        all.push(add(employer, Fate::Unknown, Records::Steady));
    }
    all
}
