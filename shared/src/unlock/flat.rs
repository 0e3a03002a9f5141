//! How [`UnlockStageView`] is read: as one flat record, then as the stage that it names (for the same reason as in
//! recovery: derived code for a tagged enum is more to download).

use super::api::UnlockStageView;
use super::{Destination, UnlockRefusal};
use crate::notifications::Delivery;
use crate::passkeys::browser::RequestOptions;
use crate::recovery::Ending;
use crate::time::{Deadline, Timestamp};
use serde::Deserialize;

/// Every field that a stage may have.
#[derive(Debug, Deserialize)]
pub(super) struct FlatStage {
    stage: Name,
    options: Option<RequestOptions>,
    expires: Option<Deadline>,
    attempts_left: Option<u8>,
    deadline: Option<Deadline>,
    reason: Option<UnlockRefusal>,
    choices: Option<Vec<Destination>>,
    failed: Option<Destination>,
    to: Option<Destination>,
    delivery: Option<Delivery>,
    total: Option<u32>,
    at: Option<Timestamp>,
    ending: Option<Ending>,
}

/// The names of the stages.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Passkey,
    PasskeyRefused,
    AwaitingSignature,
    AwaitingOfficer,
    Refused,
    Channel,
    Sending,
    LinkSent,
    Unblocked,
    Ended,
}

/// A record without a field that its stage has.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a field of the stage is missing")]
pub(super) struct Incomplete;

impl TryFrom<FlatStage> for UnlockStageView {
    type Error = Incomplete;

    fn try_from(flat: FlatStage) -> Result<Self, Incomplete> {
        let stage = || -> Option<Self> {
            Some(match flat.stage {
                Name::Passkey => Self::Passkey {
                    options: flat.options?,
                    expires: flat.expires?,
                    attempts_left: flat.attempts_left?,
                    deadline: flat.deadline?,
                },
                Name::PasskeyRefused => Self::PasskeyRefused {
                    deadline: flat.deadline?,
                },
                Name::AwaitingSignature => Self::AwaitingSignature {
                    deadline: flat.deadline?,
                },
                Name::AwaitingOfficer => Self::AwaitingOfficer {
                    deadline: flat.deadline?,
                },
                Name::Refused => Self::Refused { reason: flat.reason? },
                Name::Channel => Self::Channel {
                    choices: flat.choices?,
                    failed: flat.failed,
                    deadline: flat.deadline?,
                },
                Name::Sending => Self::Sending {
                    to: flat.to?,
                    delivery: flat.delivery?,
                    deadline: flat.deadline?,
                },
                Name::LinkSent => Self::LinkSent {
                    to: flat.to?,
                    delivery: flat.delivery?,
                    deadline: flat.deadline?,
                    total: flat.total?,
                },
                Name::Unblocked => Self::Unblocked { at: flat.at? },
                Name::Ended => Self::Ended { ending: flat.ending? },
            })
        };
        stage().ok_or(Incomplete)
    }
}
