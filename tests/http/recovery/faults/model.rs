//! What must come of each step, as simply as it can be said: an employer, what the model remembers of it, and what right
//! answers would come to now.

use super::super::people::*;
use shared::identifiers::{EmployerIdentifier, Kind};
use shared::policy::{OftenSuspended, RecoveryRepeated, StepUp};
use shared::recovery::api::{Correction, Refusal};
use shared::registries::Registry;
use shared::step_up::Reason;
use shared::time::Timestamp;
use std::time::Duration;
use tests::World;
use tests::authenticator::{Device, enrol};

pub(super) const DAY: Duration = Duration::from_hours(24);
pub(super) const ATTEMPTS: usize = 3;
pub(super) const ASSERTIONS: u8 = 5;

/// The rules of the step-up in a play: of the account's own history, in shorter times than the policy's, so that each is met
/// and not met.
const REPEATED_DAYS: u32 = 20;
const SUSPENDED_DAYS: u32 = 20;
const MOST_SUSPENSIONS: usize = 3;

/// Puts those rules into force.
pub(super) fn rules(step_up: &mut StepUp) {
    step_up.assertions = ASSERTIONS;
    step_up.recovery_repeated = RecoveryRepeated {
        enabled: true,
        recoveries: 2,
        days: REPEATED_DAYS,
    };
    step_up.often_suspended = OftenSuspended {
        enabled: true,
        more_than: 3,
        days: SUSPENDED_DAYS,
    };
}

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
    /// When each suspension began, the last one last.
    pub(super) suspensions: Vec<Timestamp>,
    /// When the password was recovered.
    pub(super) recoveries: Vec<Timestamp>,
    /// A device with a passkey of the employer, if it has any.
    pub(super) device: Option<Device>,
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

    /// Why right answers are not enough now.
    pub(super) fn reasons(&self, now: Timestamp) -> Vec<Reason> {
        let within =
            |times: &[Timestamp], days: u32| times.iter().filter(|at| now.since(**at) < DAY * days).count();
        let repeated = within(&self.recoveries, REPEATED_DAYS) > 0;
        let suspended = within(&self.suspensions, SUSPENDED_DAYS) > MOST_SUSPENSIONS;
        let repeated = repeated.then_some(Reason::RecoveryRepeated);
        let suspended = suspended.then_some(Reason::OftenSuspended);
        repeated.into_iter().chain(suspended).collect()
    }

    pub(super) fn failures(&self, now: Timestamp) -> usize {
        let counts = |at: &&Timestamp| {
            now.since(**at) < DAY && self.suspensions.last().is_none_or(|began| *at > began)
        };
        self.failures.iter().filter(counts).count()
    }

    pub(super) fn suspended_until(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.suspensions.last()?.after(DAY);
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

async fn enrolled(world: &World, employer: Employer) -> Device {
    let mut device = Device::of(world);
    enrol(world, &mut device, employer.number).await;
    device
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
        suspensions: Vec::new(),
        recoveries: Vec::new(),
        device: None,
    };
    for place in 0..24 {
        let (condition, fate) = fates[place % fates.len()];
        let employer = Employer {
            number: number(place),
            representative: COMPANY.representative,
        };
        employer.settle(world, condition).await;
        let mut one = add(employer, fate, Records::Shifting(Named::Agreed));
        if fate == Fate::Link {
            one.device = Some(enrolled(world, employer).await);
        }
        all.push(one);
    }
    for employer in [NATURAL, HOUSEHOLD, PUBLIC] {
        employer.settle(world, Condition::Good).await;
        let mut one = add(employer, Fate::Link, Records::Steady);
        if employer.number != HOUSEHOLD.number {
            one.device = Some(enrolled(world, employer).await);
        }
        all.push(one);
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
