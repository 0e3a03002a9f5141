//! A case: where one unblocking stands, under which terms it began.

use super::{Choices, Destination, Refused, Step, UnlockRefusal};
use crate::identifiers::LinkId;
use crate::policy::Policy;
use crate::recovery::{CaseReference, Ending, OfficerApproval, Pending, Route, SolvedCaptcha};
use crate::time::{Deadline, Timestamp};
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// One attempt of one browser to unblock one account. Its stage changes by [`UnlockCase::apply`] only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnlockCase {
    pub(super) reference: CaseReference,
    pub(super) route: Route,
    pub(super) terms: Terms,
    pub(super) stage: Stage,
}

/// The numbers of the policy under which a case began. A new policy is for new cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Refused passkeys that close the way by passkey.
    pub attempts: u8,
    /// The link's time from the acceptance of its message, in seconds.
    pub link_seconds: u32,
    /// From the proof, when everything ends, in seconds.
    pub cap_seconds: u32,
    /// How long a case waits for the person before the proof, in seconds.
    pub case_seconds: u32,
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

/// What a case has that was stored before requests could be signed.
const fn two_hours() -> u32 {
    7200
}

/// Where a case stands. A stage carries what it needs and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// A passkey is to be shown.
    Passkey {
        /// How many were refused.
        refused: u8,
        /// When the case lapses.
        deadline: Deadline,
    },
    /// Too many passkeys were refused: only the other routes lead on.
    PasskeyRefused {
        /// When the case lapses.
        deadline: Deadline,
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
        reason: UnlockRefusal,
        /// When the case lapses.
        deadline: Deadline,
    },
    /// The identity is proved; the person chooses where the link goes.
    Channel {
        /// From these.
        choices: Choices,
        /// The one that was chosen before and takes no messages.
        failed: Option<Destination>,
        /// When the case lapses.
        deadline: Deadline,
        /// The hard cap from the proof.
        cap: Deadline,
    },
    /// The message is on its way.
    Sending {
        /// Where it goes.
        to: Destination,
        /// From what it was chosen.
        choices: Choices,
        /// Whether it was put off.
        pending: Pending,
        /// The newest link, if the worker has made one.
        link: Option<LinkId>,
        /// The hard cap from the proof.
        cap: Deadline,
    },
    /// The message was taken over: the clock runs.
    LinkSent {
        /// Where it went.
        to: Destination,
        /// Which link.
        link: LinkId,
        /// When it ends.
        deadline: Deadline,
    },
    /// The account is unblocked.
    Unblocked {
        /// When.
        at: Timestamp,
    },
    /// Over, and the account as it was.
    Ended {
        /// Why.
        ending: Ending,
    },
}

impl Terms {
    /// What the policy says now.
    pub fn of(policy: &Policy) -> Self {
        Self {
            attempts: policy.unlock.attempts,
            link_seconds: policy.link.seconds,
            cap_seconds: policy.link.cap_seconds,
            case_seconds: policy.recovery.case_seconds,
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

    /// The hard cap of a case that was proved at `proved`.
    pub(super) fn cap(self, proved: Timestamp) -> Deadline {
        Deadline::after(proved, seconds(self.cap_seconds))
    }

    /// Until when the channel can be chosen: early enough for a whole link before the cap, where the policy leaves room
    /// for that, and half of the time otherwise.
    pub(super) fn choose_end(self, cap: Deadline) -> Deadline {
        let kept = self.link_seconds.min(self.cap_seconds / 2);
        Deadline::at(cap.instant().before(seconds(kept)))
    }

    pub(super) fn link_end(self, accepted: Timestamp, cap: Deadline) -> Deadline {
        Deadline::after(accepted, seconds(self.link_seconds)).earlier(cap)
    }
}

fn seconds(count: u32) -> Duration {
    Duration::from_secs(count.into())
}

impl UnlockCase {
    /// Opens a case. The captcha comes before everything, so its solution is a parameter. It begins alike for everybody.
    pub fn open(_solved: &SolvedCaptcha, reference: CaseReference, terms: Terms, at: Timestamp) -> Step {
        super::transition::open(reference, terms, at)
    }

    /// Opens a case for somebody who stands at a counter. No captcha was solved for it and no browser has it: the officer's
    /// approval takes their place.
    pub fn open_at_counter(
        _approval: &OfficerApproval,
        reference: CaseReference,
        terms: Terms,
        at: Timestamp,
    ) -> Step {
        super::transition::open_at_counter(reference, terms, at)
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

    /// Where it stood when it was last written. Deadlines that passed since are not in it: see [`UnlockCase::as_of`].
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
            Stage::Unblocked { .. } | Stage::Ended { .. } => false,
            Stage::Passkey { .. }
            | Stage::PasskeyRefused { .. }
            | Stage::AwaitingSignature { .. }
            | Stage::AwaitingOfficer { .. }
            | Stage::Refused { .. }
            | Stage::Channel { .. }
            | Stage::Sending { .. }
            | Stage::LinkSent { .. } => true,
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
            Self::Passkey { deadline, .. }
            | Self::PasskeyRefused { deadline }
            | Self::AwaitingSignature { deadline }
            | Self::AwaitingOfficer { deadline }
            | Self::Refused { deadline, .. }
            | Self::Channel { deadline, .. }
            | Self::LinkSent { deadline, .. } => Some(*deadline),
            Self::Sending { cap, .. } => Some(*cap),
            Self::Unblocked { .. } | Self::Ended { .. } => None,
        }
    }

    /// The other routes on which a case may go on from here, the best first.
    pub const fn routes(&self) -> &'static [Route] {
        match self {
            Self::Passkey { .. } | Self::PasskeyRefused { .. } => &[Route::Signature, Route::Counter],
            Self::AwaitingSignature { .. } => &[Route::Counter],
            Self::AwaitingOfficer { .. } => &[Route::Signature],
            Self::Refused { reason, .. } => reason.routes(),
            Self::Channel { .. }
            | Self::Sending { .. }
            | Self::LinkSent { .. }
            | Self::Unblocked { .. }
            | Self::Ended { .. } => &[],
        }
    }

    /// How the stage has ended if its deadline has passed at `now`.
    pub fn overdue(&self, now: Timestamp) -> Option<Ending> {
        self.deadline().filter(|deadline| deadline.has_passed(now))?;
        match self {
            Self::Passkey { .. }
            | Self::PasskeyRefused { .. }
            | Self::AwaitingSignature { .. }
            | Self::AwaitingOfficer { .. }
            | Self::Refused { .. }
            | Self::Channel { .. } => Some(Ending::Lapsed),
            Self::Sending { .. } => Some(Ending::Undelivered),
            Self::LinkSent { .. } => Some(Ending::LinkExpired),
            Self::Unblocked { .. } | Self::Ended { .. } => None,
        }
    }
}
