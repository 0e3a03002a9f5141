//! Question sets, attempts and suspensions.
//!
//! Words: a *subject* is an employer's branch, under a keyed digest; attempts and suspensions are the subject's. A *set*
//! is what a subject and one representative are asked for 24 hours. An *attempt* is a slot taken before comparing.
//!
//! Invariants: never more attempts within the window than the policy gives, on any number of nodes; a set's right
//! answers are not stored, only one keyed digest of all of them; identifiers that nobody knows have sets, attempts and
//! suspensions like all others; a registry that does not answer costs no attempt.
//!
//! What it does not do: it neither keeps cases nor tells anybody (the recovery slice does). It has no endpoints.

pub mod finder;
mod kept;
pub mod service;
pub mod store;

use crate::app::App;
use crate::http::Ctx;
use crate::keys::{Digest, Keys, Purpose};
use serde::{Deserialize, Serialize};
use shared::audit::Actor;
use shared::challenges::{Answer, Question};
use shared::identifiers::{Branch, EmployerIdentifier, RepresentativeId, StaffId};
use shared::recovery::Claim;
use shared::registries::{Appointment, EmployerRecord, Person, Taxpayer};
use shared::sessions::Device;
use shared::time::Timestamp;
use std::net::IpAddr;
use uuid::Uuid;

/// When and from where somebody asks.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// When the request came.
    pub at: Timestamp,
    /// From where; `None` for jobs.
    pub source: Option<IpAddr>,
    /// With what; `None` for jobs.
    pub device: Option<Device>,
    /// The officer who is signed in and acts; `None` for everybody else.
    pub staff: Option<StaffId>,
}

impl Call {
    /// Who made a request, after its body was read: a slow one buys no time.
    pub fn of(ctx: &Ctx) -> Self {
        Self {
            at: ctx.app.clock.now(),
            source: Some(ctx.source.address()),
            device: Some(Device::of_user_agent(ctx.user_agent())),
            staff: None,
        }
    }

    /// A call of the server itself.
    pub const fn own(at: Timestamp) -> Self {
        Self {
            at,
            source: None,
            device: None,
            staff: None,
        }
    }

    /// The same call, by an officer who is signed in.
    #[must_use]
    pub const fn by(self, officer: StaffId) -> Self {
        Self {
            staff: Some(officer),
            ..self
        }
    }

    /// In which quality whoever calls acts on an account that is theirs to act on: as an officer, or as its holder.
    pub const fn actor(self) -> Actor {
        match self.staff {
            Some(_) => Actor::Officer,
            None => Actor::Holder,
        }
    }

    /// From where, as an owner may be told: where an officer sits is not the owner's business.
    pub const fn shown_source(self) -> Option<IpAddr> {
        match self.staff {
            Some(_) => None,
            None => self.source,
        }
    }
}

/// The same call, now: a slow body, a registry, a hash or somebody else's lock has taken its time, and a deadline counts
/// when the transaction is made, not when the request began.
pub fn now(app: &App, call: Call) -> Call {
    Call {
        at: app.clock.now(),
        ..call
    }
}

/// Who is asked for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// RUC, or the cédula of a household employer.
    pub employer: EmployerIdentifier,
    /// The branch.
    pub branch: Branch,
    /// Who says to represent it.
    pub representative: RepresentativeId,
}

/// Under what attempts and suspensions are counted: the keyed digest of employer and branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject(pub Digest);

impl Subject {
    /// Under what attempts for this employer and branch are counted.
    pub fn of(keys: &Keys, employer: EmployerIdentifier, branch: Branch) -> Self {
        let (employer, branch) = (employer.to_string(), branch.to_string());
        Self(keys.digest(
            Purpose::Subject,
            &[b"employer", employer.as_bytes(), branch.as_bytes()],
        ))
    }
}

/// What the registries answered about an identity.
#[derive(Clone, Debug)]
pub struct Records {
    taxpayer: Option<Taxpayer>,
    person: Option<Person>,
    appointment: Option<Appointment>,
    employer: Option<EmployerRecord>,
}

/// Whether an identity may prove itself by questions, as far as is known when its set is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// The account exists and a registry names this representative: only what is on record is asked.
    Current,
    /// No account, or no registry names this person: what is not on record is asked as if it were.
    Nobody,
}

/// A set, as a case keeps it.
#[derive(Clone, Debug)]
pub struct QuestionSet {
    /// Its row.
    pub id: Uuid,
    /// What is asked.
    pub questions: Vec<Question>,
    expected: Digest,
}

/// An attempt that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Which slot it took.
    pub slot: i64,
    /// Which submission it was.
    pub taken_by: Uuid,
    /// How many failed attempts count if this one fails, itself included.
    pub failures: u8,
}

/// Whether answers may be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// They may: the attempt is counted.
    Counted(Attempt),
    /// The subject is suspended: nothing was counted and nothing is judged.
    Suspended {
        /// When that ends.
        until: Timestamp,
    },
    /// All attempts are taken and one of them is being judged at this moment: whether it fails is not known yet. Nothing was
    /// counted; another try in a moment finds it decided.
    Busy,
    /// The last attempt was taken and never judged: whoever took it died. It counts as failed, and it is this submission's to
    /// write that down. Nothing is judged.
    Lapsed {
        /// How many failed attempts count, all of them.
        failures: u8,
    },
}

impl Identity {
    /// Under what its attempts are counted.
    pub fn subject(&self, keys: &Keys) -> Subject {
        Subject::of(keys, self.employer, self.branch)
    }

    /// Under what its set is kept.
    fn asked(&self, keys: &Keys) -> Digest {
        let (employer, branch) = (self.employer.to_string(), self.branch.to_string());
        let representative = self.representative.to_string();
        keys.digest(
            Purpose::Subject,
            &[
                b"set",
                employer.as_bytes(),
                branch.as_bytes(),
                representative.as_bytes(),
            ],
        )
    }
}

impl Records {
    /// How many workers the institute has on record for the newest month, if it has any record.
    pub fn workers(&self) -> Option<u32> {
        let months = &self.employer.as_ref()?.workers;
        let newest = months.iter().max_by_key(|counted| counted.month)?;
        Some(newest.workers)
    }

    /// What they say, beside the claim that they were asked about.
    pub fn claim<'a>(&'a self, identity: &'a Identity) -> Claim<'a> {
        Claim {
            employer: identity.employer,
            representative: &identity.representative,
            taxpayer: self.taxpayer.as_ref(),
            person: self.person.as_ref(),
            appointment: self.appointment.as_ref(),
            employer_record: self.employer.as_ref(),
        }
    }
}

impl QuestionSet {
    /// The digest of all right answers together.
    pub const fn expected(&self) -> &Digest {
        &self.expected
    }
}

/// Answers whose form fits their questions.
#[derive(Clone, Debug)]
pub struct WellFormed(Vec<shared::challenges::Canonical>);

impl WellFormed {
    /// Checks the form; every problem is told with its field.
    pub fn check(
        set: &QuestionSet,
        answers: &[Answer],
    ) -> Result<Self, Vec<shared::challenges::InvalidAnswer>> {
        shared::challenges::canonical(&set.questions, answers).map(Self)
    }
}
