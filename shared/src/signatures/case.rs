//! A case: where one signed request stands, under which terms it began.

use super::{PurposeName, ReferralNumber, Refused, Rejection, RequestNumber, Step};
use crate::policy::Policy;
use crate::recovery::{CaseReference, Ending, SolvedCaptcha};
use crate::time::{Deadline, Timestamp};
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// One attempt of one browser to bring a signed request. Its stage changes by [`SignatureCase::apply`] only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureCase {
    pub(super) reference: CaseReference,
    pub(super) purpose: PurposeName,
    pub(super) terms: Terms,
    pub(super) stage: Stage,
}

/// What entitles to a case.
#[derive(Clone, Copy, Debug)]
pub enum Beginning<'a> {
    /// The captcha was solved for it.
    Captcha(&'a SolvedCaptcha),
    /// A case of recovery or of unlocking goes on by it, for which one was solved.
    Case {
        /// Until when that case waits.
        deadline: Deadline,
    },
}

/// The numbers of the policy under which a case began. A new policy is for new cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// How long a request can come back, in seconds.
    pub request_seconds: u32,
    /// How long a case lasts in which a request may be issued anew, in seconds.
    pub case_seconds: u32,
    /// How many files are judged.
    pub uploads: u8,
}

/// Where a case stands. A stage carries what it needs and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// A request is out and awaited back, signed.
    Issued {
        /// Which of the case's requests.
        request: RequestNumber,
        /// How many files were taken in.
        uploads: u8,
        /// When the request is worth nothing any more.
        expires: Deadline,
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The request's time is over; it can be issued anew.
    Expired {
        /// Which of the case's requests it was.
        request: RequestNumber,
        /// How many files were taken in.
        uploads: u8,
        /// When the case lapses.
        deadline: Deadline,
    },
    /// Something could not be found out: a person decides.
    Referred {
        /// What to quote at a centre.
        number: ReferralNumber,
        /// Since when.
        at: Timestamp,
    },
    /// The signature is valid.
    Passed {
        /// When.
        at: Timestamp,
        /// What it led to.
        brought: Brought,
    },
    /// An officer decided that the request is not to be followed.
    Declined {
        /// When.
        at: Timestamp,
        /// Why, as the applicant is told.
        because: Rejection,
    },
    /// Over, and nothing came of it.
    Ended {
        /// Why.
        ending: Ending,
    },
}

/// What a valid signature led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Brought {
    /// The proof of the case of recovery.
    Recovery,
    /// The proof of the case of unlocking.
    Unlock,
    /// A new contact, which is held.
    Hold,
    /// Nothing: the owner has frozen the account.
    Nothing,
}

/// Nobody brought anything in time.
const LAPSED: Stage = Stage::Ended {
    ending: Ending::Lapsed,
};

impl Terms {
    /// What the policy says now.
    pub fn of(policy: &Policy) -> Self {
        Self {
            request_seconds: policy.signatures.request_minutes.saturating_mul(60),
            case_seconds: policy.signatures.case_minutes.saturating_mul(60),
            uploads: policy.signatures.uploads,
        }
    }

    /// No case outlives the one that waits for it.
    pub(super) fn lapse(self, beginning: Beginning<'_>, at: Timestamp) -> Deadline {
        let lapse = Deadline::after(at, seconds(self.case_seconds));
        match beginning {
            Beginning::Captcha(_) => lapse,
            Beginning::Case { deadline } => lapse.earlier(deadline),
        }
    }

    /// No request outlives its case.
    pub(super) fn expiry(self, at: Timestamp, deadline: Deadline) -> Deadline {
        Deadline::after(at, seconds(self.request_seconds)).earlier(deadline)
    }
}

fn seconds(count: u32) -> Duration {
    Duration::from_secs(count.into())
}

impl SignatureCase {
    /// Opens a case, and with it issues its first request.
    pub fn open(
        beginning: Beginning<'_>,
        reference: CaseReference,
        purpose: PurposeName,
        terms: Terms,
        at: Timestamp,
    ) -> Step {
        super::transition::open(beginning, reference, purpose, terms, at)
    }

    /// What people and staff recognise it by.
    pub const fn reference(&self) -> &CaseReference {
        &self.reference
    }

    /// What it is to bring.
    pub const fn purpose(&self) -> PurposeName {
        self.purpose
    }

    /// Under which numbers it began.
    pub const fn terms(&self) -> Terms {
        self.terms
    }

    /// Where it stood when it was last written. Deadlines that passed since are not in it: see [`SignatureCase::as_of`].
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The case with every deadline that has passed at `now` taken into account: what anybody may be shown.
    #[must_use]
    pub fn as_of(&self, now: Timestamp) -> Self {
        match self.overdue(now) {
            Some(stage) => Self {
                stage,
                ..self.clone()
            },
            None => self.clone(),
        }
    }

    /// Whether the case still can lead anywhere by itself at `now`.
    pub fn is_open(&self, now: Timestamp) -> bool {
        match self.as_of(now).stage {
            Stage::Issued { .. } | Stage::Expired { .. } => true,
            Stage::Referred { .. } | Stage::Passed { .. } | Stage::Declined { .. } | Stage::Ended { .. } => {
                false
            }
        }
    }

    /// Where time alone has led at `now`, if it has. A request that nobody can bring back any more is not issued anew.
    pub(super) fn overdue(&self, now: Timestamp) -> Option<Stage> {
        match &self.stage {
            Stage::Issued {
                request,
                uploads,
                expires,
                deadline,
            } if expires.has_passed(now) => {
                let over = deadline.has_passed(now) || *uploads >= self.terms.uploads;
                Some(if over {
                    LAPSED
                } else {
                    Stage::Expired {
                        request: *request,
                        uploads: *uploads,
                        deadline: *deadline,
                    }
                })
            }
            Stage::Expired { deadline, .. } if deadline.has_passed(now) => Some(LAPSED),
            Stage::Issued { .. }
            | Stage::Expired { .. }
            | Stage::Referred { .. }
            | Stage::Passed { .. }
            | Stage::Declined { .. }
            | Stage::Ended { .. } => None,
        }
    }

    /// Moves the case, or says why that cannot be. The case itself stays as it was: keep [`Step::case`].
    pub fn apply(&self, event: super::Event, at: Timestamp) -> Result<Step, Refused> {
        super::transition::apply(self, event, at)
    }
}

impl Stage {
    /// When something happens by itself; `None` where nothing is awaited.
    pub fn deadline(&self) -> Option<Deadline> {
        match self {
            Self::Issued { expires, .. } => Some(*expires),
            Self::Expired { deadline, .. } => Some(*deadline),
            Self::Referred { .. } | Self::Passed { .. } | Self::Declined { .. } | Self::Ended { .. } => None,
        }
    }
}
