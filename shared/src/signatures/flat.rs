//! How [`SignatureStageView`] and [`Next`] are read: as one flat record, then as what it names (for the same reason as in
//! recovery: derived code for a tagged enum is more to download).

use super::Rejection;
use super::api::{Next, SignatureStageView};
use crate::recovery::Ending;
use crate::time::{Deadline, Timestamp};
use serde::Deserialize;

/// Every field that a stage may have.
#[derive(Debug, Deserialize)]
pub(super) struct FlatStage {
    stage: StageName,
    deadline: Option<Deadline>,
    uploads_left: Option<u8>,
    number: Option<String>,
    at: Option<Timestamp>,
    next: Option<Next>,
    because: Option<Rejection>,
    ending: Option<Ending>,
}

/// The names of the stages.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StageName {
    Issued,
    Expired,
    Referred,
    Passed,
    Declined,
    Ended,
}

/// Every field that a [`Next`] may have.
#[derive(Debug, Deserialize)]
pub(super) struct FlatNext {
    next: NextName,
    until: Option<Deadline>,
}

/// The names of what may follow.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum NextName {
    Recovery,
    Unlock,
    Held,
    Frozen,
}

/// A record without a field that its name asks for.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a field is missing")]
pub(super) struct Incomplete;

impl TryFrom<FlatStage> for SignatureStageView {
    type Error = Incomplete;

    fn try_from(flat: FlatStage) -> Result<Self, Incomplete> {
        let stage = || -> Option<Self> {
            Some(match flat.stage {
                StageName::Issued => Self::Issued {
                    deadline: flat.deadline?,
                    uploads_left: flat.uploads_left?,
                },
                StageName::Expired => Self::Expired {
                    deadline: flat.deadline?,
                },
                StageName::Referred => Self::Referred {
                    number: flat.number?,
                    at: flat.at?,
                },
                StageName::Passed => Self::Passed {
                    at: flat.at?,
                    next: flat.next?,
                },
                StageName::Declined => Self::Declined {
                    at: flat.at?,
                    because: flat.because?,
                },
                StageName::Ended => Self::Ended { ending: flat.ending? },
            })
        };
        stage().ok_or(Incomplete)
    }
}

impl TryFrom<FlatNext> for Next {
    type Error = Incomplete;

    fn try_from(flat: FlatNext) -> Result<Self, Incomplete> {
        Ok(match flat.next {
            NextName::Recovery => Self::Recovery,
            NextName::Unlock => Self::Unlock,
            NextName::Held => Self::Held {
                until: flat.until.ok_or(Incomplete)?,
            },
            NextName::Frozen => Self::Frozen,
        })
    }
}
