//! How [`StageView`] is read: as one flat record, then as the stage that it names.
//!
//! What is sent is the same as for any tagged enum. But derived code that reads a tagged enum first copies everything
//! into a value of no type and then has code of its own for each variant, which a visitor downloads; this does not.

use super::api::{PasskeyChallenge, StageView};
use super::{Ending, Refusal};
use crate::challenges::Question;
use crate::identifiers::MaskedEmail;
use crate::notifications::Delivery;
use crate::registries::Registry;
use crate::step_up::Reason;
use crate::time::{Deadline, Timestamp};
use serde::Deserialize;

/// Every field that a stage may have.
#[derive(Debug, Deserialize)]
pub(super) struct FlatStage {
    stage: Name,
    questions: Option<Vec<Question>>,
    failures: Option<u8>,
    attempts_left: Option<u8>,
    deadline: Option<Deadline>,
    registry: Option<Registry>,
    retry_at: Option<Timestamp>,
    until: Option<Timestamp>,
    reason: Option<Refusal>,
    reasons: Option<Vec<Reason>>,
    passkey: Option<PasskeyChallenge>,
    address: Option<MaskedEmail>,
    delivery: Option<Delivery>,
    total: Option<u32>,
    at: Option<Timestamp>,
    linked: Option<Vec<String>>,
    ending: Option<Ending>,
}

/// The names of the stages.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Questions,
    RegistryUnavailable,
    Suspended,
    AwaitingSignature,
    AwaitingOfficer,
    Refused,
    StepUp,
    Sending,
    LinkSent,
    Completed,
    Ended,
}

/// A record without a field that its stage has.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a field of the stage is missing")]
pub(super) struct Incomplete;

impl TryFrom<FlatStage> for StageView {
    type Error = Incomplete;

    fn try_from(flat: FlatStage) -> Result<Self, Incomplete> {
        let stage = || -> Option<Self> {
            Some(match flat.stage {
                Name::Questions => Self::Questions {
                    questions: flat.questions?,
                    failures: flat.failures?,
                    attempts_left: flat.attempts_left?,
                    deadline: flat.deadline?,
                },
                Name::RegistryUnavailable => Self::RegistryUnavailable {
                    registry: flat.registry?,
                    retry_at: flat.retry_at?,
                },
                Name::Suspended => Self::Suspended { until: flat.until? },
                Name::AwaitingSignature => Self::AwaitingSignature {
                    deadline: flat.deadline?,
                },
                Name::AwaitingOfficer => Self::AwaitingOfficer {
                    deadline: flat.deadline?,
                },
                Name::Refused => Self::Refused { reason: flat.reason? },
                Name::StepUp => Self::StepUp {
                    reasons: flat.reasons?,
                    passkey: flat.passkey,
                    attempts_left: flat.attempts_left?,
                    deadline: flat.deadline?,
                },
                Name::Sending => Self::Sending {
                    address: flat.address?,
                    delivery: flat.delivery?,
                    deadline: flat.deadline?,
                },
                Name::LinkSent => Self::LinkSent {
                    address: flat.address?,
                    delivery: flat.delivery?,
                    deadline: flat.deadline?,
                    total: flat.total?,
                },
                Name::Completed => Self::Completed {
                    at: flat.at?,
                    linked: flat.linked?,
                },
                Name::Ended => Self::Ended { ending: flat.ending? },
            })
        };
        stage().ok_or(Incomplete)
    }
}
