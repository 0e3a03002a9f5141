//! A case as its browser may see it.

use super::api::UnlockStageView;
use super::{Stage, UnlockCase};
use crate::notifications::Delivery;
use crate::passkeys::browser::RequestOptions;
use crate::recovery::{Pending, Route};
use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

/// What the authenticator is asked, where a passkey is to be shown: the case does not hold it itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What `navigator.credentials.get` is to be given.
    pub options: RequestOptions,
    /// When the challenge in it ends.
    pub expires: Deadline,
}

impl UnlockCase {
    /// What the page shows at `now`. `None` if a passkey is to be shown and nobody says what the authenticator is asked.
    pub fn view(&self, asked: Option<Asked>, now: Timestamp) -> Option<UnlockStageView> {
        let terms = self.terms;
        Some(match self.as_of(now).stage {
            Stage::Passkey { refused, deadline } => {
                let Asked { options, expires } = asked?;
                UnlockStageView::Passkey {
                    options,
                    expires,
                    attempts_left: terms.attempts.saturating_sub(refused),
                    deadline,
                }
            }
            Stage::PasskeyRefused { deadline } => UnlockStageView::PasskeyRefused { deadline },
            Stage::AwaitingSignature { deadline } => UnlockStageView::AwaitingSignature { deadline },
            Stage::AwaitingOfficer { deadline } => UnlockStageView::AwaitingOfficer { deadline },
            Stage::Refused { reason, .. } => UnlockStageView::Refused { reason },
            Stage::Channel {
                choices,
                failed,
                deadline,
                ..
            } => UnlockStageView::Channel {
                choices: choices.into(),
                failed,
                deadline,
            },
            Stage::Sending { to, pending, cap, .. } => {
                let delivery = match pending {
                    Pending::Queued => Delivery::Queued,
                    Pending::Delayed => Delivery::Delayed,
                };
                UnlockStageView::Sending {
                    to,
                    delivery,
                    deadline: cap,
                }
            }
            Stage::LinkSent { to, deadline, .. } => UnlockStageView::LinkSent {
                to,
                delivery: Delivery::HandedOver,
                deadline,
                total: terms.link_seconds,
            },
            Stage::Unblocked { at } => UnlockStageView::Unblocked { at },
            Stage::Ended { ending } => UnlockStageView::Ended { ending },
        })
    }

    /// The other routes that are open at `now`, the best first.
    pub fn routes(&self, now: Timestamp) -> &'static [Route] {
        self.as_of(now).stage.routes()
    }
}
