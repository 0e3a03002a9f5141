//! A case as its browser may see it.

use super::api::StageView;
use super::{Case, Pending, Stage, StageName};
use crate::challenges::Question;
use crate::notifications::Delivery;
use crate::policy::Window;
use crate::time::Timestamp;

impl Case {
    /// What the page shows at `now`. `questions` are the ones of the case's set. `None` at the stages of the other
    /// routes, which have pages of their own.
    pub fn view(&self, questions: &[Question], now: Timestamp) -> Option<StageView> {
        let terms = self.terms;
        Some(match self.as_of(now).stage {
            Stage::Questions { failures, deadline } => StageView::Questions {
                questions: questions.to_vec(),
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
            Stage::AwaitingSignature { .. } | Stage::AwaitingOfficer { .. } => return None,
            Stage::Refused { reason, .. } => StageView::Refused { reason },
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
            Stage::Completed { at } => StageView::Completed { at },
            Stage::Ended { ending } => StageView::Ended { ending },
        })
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
