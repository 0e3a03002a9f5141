//! A case as its browser may see it.

use super::api::{PasskeyChallenge, StageView};
use super::{Case, Pending, Route, Stage, StageName};
use crate::challenges::Question;
use crate::notifications::Delivery;
use crate::policy::Window;
use crate::time::Timestamp;

/// What the page shows and the case does not hold itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The questions of the case's set, where they are asked.
    pub questions: Vec<Question>,
    /// The same person's other accounts, masked, where the case is completed.
    pub linked: Vec<String>,
    /// What a passkey of the account is to sign, where one is asked for and the account has any.
    pub passkey: Option<PasskeyChallenge>,
}

impl Case {
    /// What the page shows at `now`.
    pub fn view(&self, beside: Beside, now: Timestamp) -> StageView {
        let terms = self.terms;
        match self.as_of(now).stage {
            Stage::Questions { failures, deadline } => StageView::Questions {
                questions: beside.questions,
                failures,
                attempts_left: terms.attempts.saturating_sub(failures),
                deadline,
            },
            Stage::WaitingForRegistry {
                registry, retry_at, ..
            } => StageView::RegistryUnavailable { registry, retry_at },
            Stage::Suspended { until } => StageView::Suspended {
                until: until.instant(),
            },
            Stage::AwaitingSignature { deadline } => StageView::AwaitingSignature { deadline },
            Stage::AwaitingOfficer { deadline } => StageView::AwaitingOfficer { deadline },
            Stage::Refused { reason, .. } => StageView::Refused { reason },
            Stage::StepUp {
                reasons,
                failures,
                deadline,
            } => {
                let attempts_left = terms.assertions.saturating_sub(failures);
                StageView::StepUp {
                    reasons,
                    passkey: beside.passkey.filter(|_| attempts_left > 0),
                    attempts_left,
                    deadline,
                }
            }
            Stage::Sending {
                address,
                pending,
                cap,
                ..
            } => {
                let delivery = match pending {
                    Pending::Queued => Delivery::Queued,
                    Pending::Delayed => Delivery::Delayed,
                };
                StageView::Sending {
                    address,
                    delivery,
                    deadline: cap,
                }
            }
            Stage::LinkSent {
                address, deadline, ..
            } => StageView::LinkSent {
                address,
                delivery: Delivery::HandedOver,
                deadline,
                total: terms.link_seconds,
            },
            Stage::Redeemed {
                address, deadline, ..
            } => StageView::LinkSent {
                address,
                delivery: Delivery::HandedOver,
                deadline,
                total: terms.redeem_seconds,
            },
            Stage::Completed { at } => StageView::Completed {
                at,
                linked: beside.linked,
            },
            Stage::Ended { ending } => StageView::Ended { ending },
        }
    }

    /// The other routes that are open at `now`, the best first.
    pub fn routes(&self, now: Timestamp) -> &'static [Route] {
        self.as_of(now).stage.routes()
    }

    /// The whole time that the link has now, in seconds: what a countdown's ring starts from.
    pub fn link_total(&self) -> u32 {
        if self.stage.name() == StageName::Redeemed {
            self.terms.redeem_seconds
        } else {
            self.terms.link_seconds
        }
    }

    /// Whether a click must open the link before a password can be set.
    pub fn must_redeem(&self) -> bool {
        match self.terms.window {
            Window::Complete => false,
            Window::Redeem => self.stage.name() != StageName::Redeemed,
        }
    }
}
