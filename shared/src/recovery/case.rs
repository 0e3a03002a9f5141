//! A case: where one recovery stands, under which terms it began.

use super::event::Opening;
use super::{CaseReference, Ending, LinkId, OfficerApproval, Refusal, Refused, Route, SolvedCaptcha, Step};
use crate::audit::Actor;
use crate::identifiers::MaskedEmail;
use crate::policy::{Policy, Window};
use crate::registries::Registry;
use crate::step_up::Reason;
use crate::time::{Deadline, Timestamp};
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// One attempt of one browser to recover one password. Its stage changes by [`Case::apply`] only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub(super) reference: CaseReference,
    pub(super) route: Route,
    pub(super) terms: Terms,
    pub(super) stage: Stage,
}

/// The numbers of the policy under which a case began. A new policy is for new cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What the link's time covers.
    pub window: Window,
    /// The link's time from the mail server's acceptance, in seconds.
    pub link_seconds: u32,
    /// The time for the password after opening, with [`Window::Redeem`], in seconds.
    pub redeem_seconds: u32,
    /// From the proof, when everything ends, in seconds.
    pub cap_seconds: u32,
    /// How long a case waits for the person before the proof, in seconds.
    pub case_seconds: u32,
    /// Advice after a registry did not answer, in seconds.
    pub registry_retry_seconds: u32,
    /// Failed attempts that suspend.
    pub attempts: u8,
    /// How long a suspension lasts, in seconds.
    pub suspension_seconds: u32,
    /// Failed assertions of a passkey after which no more are accepted.
    #[serde(default = "five")]
    pub assertions: u8,
    /// How long a case waits for a signed request, in seconds: as long as the request's own case.
    #[serde(default = "two_hours")]
    pub signature_seconds: u32,
    /// How long a case waits for an officer, in seconds: long enough for an appointment.
    #[serde(default = "half_an_hour")]
    pub officer_seconds: u32,
}

/// What a case has that was stored before there were counters.
const fn half_an_hour() -> u32 {
    1800
}

/// What a case has that was stored before there were passkeys.
const fn five() -> u8 {
    5
}

/// What a case has that was stored before requests could be signed.
const fn two_hours() -> u32 {
    7200
}

/// Where a case stands. A stage carries what it needs and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// The questions are to be answered.
    Questions {
        /// Failed attempts that counted against the identifier when this case last looked.
        failures: u8,
        /// When the case lapses.
        deadline: Deadline,
    },
    /// A registry did not answer; no attempt was spent.
    WaitingForRegistry {
        /// Which one.
        registry: Registry,
        /// When another try makes sense.
        retry_at: Timestamp,
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The online recovery of the identifier pauses.
    Suspended {
        /// When it ends by itself.
        until: Deadline,
    },
    /// A signed request is awaited.
    AwaitingSignature {
        /// When the case lapses.
        deadline: Deadline,
    },
    /// An officer's approval is awaited.
    AwaitingOfficer {
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The identity is proved and the way online ends here.
    Refused {
        /// Why.
        reason: Refusal,
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The answers are right and not enough: a passkey is to be asserted too, or another route taken.
    StepUp {
        /// Why, in the order of the policy; never none.
        reasons: Vec<Reason>,
        /// Assertions of this case that failed.
        failures: u8,
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The identity is proved; the mail is on its way.
    Sending {
        /// Where it goes.
        address: MaskedEmail,
        /// Whether the mail server has put it off.
        pending: Pending,
        /// The newest link, if the worker has made one.
        link: Option<LinkId>,
        /// The hard cap from the proof.
        cap: Deadline,
    },
    /// The mail server has the message: the clock runs.
    LinkSent {
        /// Where it went.
        address: MaskedEmail,
        /// Which link.
        link: LinkId,
        /// When it ends.
        deadline: Deadline,
        /// The hard cap from the proof.
        cap: Deadline,
    },
    /// The link was opened by a click; the time for the password runs.
    Redeemed {
        /// Where it went.
        address: MaskedEmail,
        /// Which link.
        link: LinkId,
        /// When it ends.
        deadline: Deadline,
        /// The hard cap from the proof.
        cap: Deadline,
    },
    /// The password is set.
    Completed {
        /// When.
        at: Timestamp,
    },
    /// Over without a new password.
    Ended {
        /// Why.
        ending: Ending,
    },
}

/// What a message waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// Its turn.
    Queued,
    /// Another try, after a temporary error.
    Delayed,
}

impl Terms {
    /// What the policy says now.
    pub fn of(policy: &Policy) -> Self {
        Self {
            window: policy.link.window,
            link_seconds: policy.link.seconds,
            redeem_seconds: policy.link.redeem_seconds,
            cap_seconds: policy.link.cap_seconds,
            case_seconds: policy.recovery.case_seconds,
            registry_retry_seconds: policy.challenges.registry_retry_seconds,
            attempts: policy.challenges.attempts,
            suspension_seconds: policy.challenges.suspension_hours.saturating_mul(3600),
            assertions: policy.step_up.assertions,
            signature_seconds: policy.signatures.case_minutes.saturating_mul(60),
            officer_seconds: policy.recovery.officer_days.saturating_mul(86_400),
        }
    }

    pub(super) fn lapse(self, at: Timestamp) -> Deadline {
        Deadline::after(at, seconds(self.case_seconds))
    }

    pub(super) fn signature_end(self, at: Timestamp) -> Deadline {
        Deadline::after(at, seconds(self.signature_seconds))
    }

    pub(super) fn officer_end(self, at: Timestamp) -> Deadline {
        Deadline::after(at, seconds(self.officer_seconds))
    }

    pub(super) fn link_end(self, accepted: Timestamp, cap: Deadline) -> Deadline {
        Deadline::after(accepted, seconds(self.link_seconds)).earlier(cap)
    }

    pub(super) fn redeem_end(self, opened: Timestamp, cap: Deadline) -> Deadline {
        Deadline::after(opened, seconds(self.redeem_seconds)).earlier(cap)
    }
}

pub(super) fn seconds(count: u32) -> Duration {
    Duration::from_secs(count.into())
}

impl Case {
    /// Opens a case. The captcha comes before everything, so its solution is a parameter.
    pub fn open(
        _solved: &SolvedCaptcha,
        opening: Opening,
        reference: CaseReference,
        terms: Terms,
        at: Timestamp,
    ) -> Step {
        super::transition::open(opening, reference, terms, at)
    }

    /// Opens a case for somebody who stands at a counter. No captcha was solved for it and no browser has it: the officer's
    /// approval takes their place.
    pub fn open_at_counter(
        _approval: &OfficerApproval,
        reference: CaseReference,
        terms: Terms,
        at: Timestamp,
    ) -> Step {
        Step {
            actor: Actor::Officer,
            ..super::transition::open(Opening::Counter, reference, terms, at)
        }
    }

    /// What people and staff recognise it by.
    pub const fn reference(&self) -> &CaseReference {
        &self.reference
    }

    /// The way in which the identity is, or was, to be proved.
    pub const fn route(&self) -> Route {
        self.route
    }

    /// Under which numbers it began.
    pub const fn terms(&self) -> Terms {
        self.terms
    }

    /// Where it stood when it was last written. Deadlines that passed since are not in it: see [`Case::as_of`].
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The case with every deadline that has passed at `now` taken into account: what anybody may be shown.
    #[must_use]
    pub fn as_of(&self, now: Timestamp) -> Self {
        match self.stage.overdue(now) {
            Some(ending) => Self {
                stage: Stage::Ended { ending },
                ..self.clone()
            },
            None => self.clone(),
        }
    }

    /// Whether the case still can lead anywhere at `now`.
    pub fn is_open(&self, now: Timestamp) -> bool {
        match self.as_of(now).stage {
            Stage::Completed { .. } | Stage::Ended { .. } => false,
            Stage::Questions { .. }
            | Stage::WaitingForRegistry { .. }
            | Stage::Suspended { .. }
            | Stage::AwaitingSignature { .. }
            | Stage::AwaitingOfficer { .. }
            | Stage::Refused { .. }
            | Stage::StepUp { .. }
            | Stage::Sending { .. }
            | Stage::LinkSent { .. }
            | Stage::Redeemed { .. } => true,
        }
    }

    /// Whether the stage at `now` tells that the identity was proved.
    pub fn shows_proof(&self, now: Timestamp) -> bool {
        match self.as_of(now).stage {
            Stage::Refused { .. }
            | Stage::StepUp { .. }
            | Stage::Sending { .. }
            | Stage::LinkSent { .. }
            | Stage::Redeemed { .. }
            | Stage::Completed { .. } => true,
            Stage::Questions { .. }
            | Stage::WaitingForRegistry { .. }
            | Stage::Suspended { .. }
            | Stage::AwaitingSignature { .. }
            | Stage::AwaitingOfficer { .. }
            | Stage::Ended { .. } => false,
        }
    }

    /// Moves the case, or says why that cannot be. The case itself stays as it was: keep [`Step::case`].
    pub fn apply(&self, event: super::Event, at: Timestamp) -> Result<Step, Refused> {
        super::transition::apply(self, event, at)
    }
}

impl Stage {
    /// When the stage ends by itself; `None` where nothing is awaited.
    pub const fn deadline(&self) -> Option<Deadline> {
        match self {
            Self::Questions { deadline, .. }
            | Self::WaitingForRegistry { deadline, .. }
            | Self::AwaitingSignature { deadline }
            | Self::AwaitingOfficer { deadline }
            | Self::Refused { deadline, .. }
            | Self::StepUp { deadline, .. }
            | Self::LinkSent { deadline, .. }
            | Self::Redeemed { deadline, .. } => Some(*deadline),
            Self::Suspended { until } => Some(*until),
            Self::Sending { cap, .. } => Some(*cap),
            Self::Completed { .. } | Self::Ended { .. } => None,
        }
    }

    /// The other routes on which a case may go on from here, the best first.
    pub const fn routes(&self) -> &'static [Route] {
        match self {
            Self::Questions { .. }
            | Self::WaitingForRegistry { .. }
            | Self::Suspended { .. }
            | Self::StepUp { .. } => &[Route::Signature, Route::Counter],
            Self::AwaitingSignature { .. } => &[Route::Counter],
            Self::AwaitingOfficer { .. } => &[Route::Signature],
            Self::Refused { reason, .. } => reason.routes(),
            Self::Sending { .. }
            | Self::LinkSent { .. }
            | Self::Redeemed { .. }
            | Self::Completed { .. }
            | Self::Ended { .. } => &[],
        }
    }

    /// How the stage has ended if its deadline has passed at `now`.
    pub fn overdue(&self, now: Timestamp) -> Option<Ending> {
        self.deadline().filter(|deadline| deadline.has_passed(now))?;
        match self {
            Self::Questions { .. }
            | Self::WaitingForRegistry { .. }
            | Self::Suspended { .. }
            | Self::AwaitingSignature { .. }
            | Self::AwaitingOfficer { .. }
            | Self::Refused { .. }
            | Self::StepUp { .. } => Some(Ending::Lapsed),
            Self::Sending { .. } => Some(Ending::Undelivered),
            Self::LinkSent { .. } | Self::Redeemed { .. } => Some(Ending::LinkExpired),
            Self::Completed { .. } | Self::Ended { .. } => None,
        }
    }
}
