//! How [`AppointmentStageView`] is read: as one flat record, then as what it names (for the same reason as in recovery: derived
//! code for a tagged enum is more to download).

use super::CancelledBy;
use super::api::{AppointmentStageView, PlaceView, VideoView};
use crate::time::{Deadline, Timestamp};
use serde::Deserialize;

/// Every field that a stage may have.
#[derive(Debug, Deserialize)]
pub(super) struct FlatStage {
    stage: StageName,
    place: Option<PlaceView>,
    deadline: Option<Deadline>,
    total: Option<u32>,
    moves_left: Option<u8>,
    video: Option<VideoView>,
    at: Option<Timestamp>,
    by: Option<CancelledBy>,
    since: Option<Timestamp>,
    until: Option<Deadline>,
    ahead: Option<u32>,
}

/// The names of the stages.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StageName {
    Held,
    Booked,
    CheckedIn,
    Attended,
    NoShow,
    Cancelled,
    Lapsed,
    Waiting,
    Offered,
}

/// A record without a field that its name asks for.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a field is missing")]
pub(super) struct Incomplete;

impl TryFrom<FlatStage> for AppointmentStageView {
    type Error = Incomplete;

    fn try_from(flat: FlatStage) -> Result<Self, Incomplete> {
        let stage = || -> Option<Self> {
            Some(match flat.stage {
                StageName::Held => Self::Held {
                    place: flat.place?,
                    deadline: flat.deadline?,
                    total: flat.total?,
                },
                StageName::Booked => Self::Booked {
                    place: flat.place?,
                    moves_left: flat.moves_left?,
                    video: flat.video,
                },
                StageName::CheckedIn => Self::CheckedIn {
                    place: flat.place?,
                    at: flat.at?,
                    video: flat.video,
                },
                StageName::Attended => Self::Attended {
                    place: flat.place?,
                    at: flat.at?,
                },
                StageName::NoShow => Self::NoShow {
                    place: flat.place?,
                    at: flat.at?,
                },
                StageName::Cancelled => Self::Cancelled {
                    place: flat.place,
                    by: flat.by?,
                    at: flat.at?,
                },
                StageName::Lapsed => Self::Lapsed { at: flat.at? },
                StageName::Waiting => Self::Waiting {
                    since: flat.since?,
                    until: flat.until?,
                    ahead: flat.ahead?,
                },
                StageName::Offered => Self::Offered {
                    place: flat.place?,
                    deadline: flat.deadline?,
                    total: flat.total?,
                },
            })
        };
        stage().ok_or(Incomplete)
    }
}
