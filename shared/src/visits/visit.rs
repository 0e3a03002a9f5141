//! A visit: where it stands, and what moves it.

use super::{CounterNumber, Event, Refused};
use crate::identifiers::StaffId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One visit of one person. Its stage changes by [`Visit::apply`] only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    arrived_at: Timestamp,
    stage: Stage,
}

/// Where a visit stands. A stage carries what it needs and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The person waits to be called.
    Waiting,
    /// Called to a counter, or into the room of the video call.
    Called {
        /// By whom.
        officer: StaffId,
        /// Where to.
        counter: CounterNumber,
        /// When.
        at: Timestamp,
    },
    /// Being served.
    InService {
        /// By whom.
        officer: StaffId,
        /// Where.
        counter: CounterNumber,
        /// When they were called.
        called_at: Timestamp,
        /// Since when they are served.
        at: Timestamp,
    },
    /// Served, and over.
    Done {
        /// By whom.
        officer: StaffId,
        /// Where.
        counter: CounterNumber,
        /// When they were called.
        called_at: Timestamp,
        /// When the service began.
        began_at: Timestamp,
        /// When it ended.
        at: Timestamp,
    },
    /// Over, and never served: nobody came when called, or the day ended first.
    NoShow {
        /// Who called them last; `None` where nobody did.
        called: Option<(StaffId, CounterNumber, Timestamp)>,
        /// When that was settled.
        at: Timestamp,
    },
}

/// The names of stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StageName {
    /// Waits to be called.
    Waiting,
    /// Called to a counter.
    Called,
    /// Being served.
    InService,
    /// Served.
    Done,
    /// Never served.
    NoShow,
}

impl StageName {
    /// Every name.
    pub const ALL: &'static [Self] = &[
        Self::Waiting,
        Self::Called,
        Self::InService,
        Self::Done,
        Self::NoShow,
    ];

    /// The name in bodies and columns.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called => "called",
            Self::InService => "in_service",
            Self::Done => "done",
            Self::NoShow => "no_show",
        }
    }

    /// Whether a visit that stands here can still move.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Waiting | Self::Called | Self::InService => true,
            Self::Done | Self::NoShow => false,
        }
    }
}

impl Stage {
    /// Its name.
    pub const fn name(&self) -> StageName {
        match self {
            Self::Waiting => StageName::Waiting,
            Self::Called { .. } => StageName::Called,
            Self::InService { .. } => StageName::InService,
            Self::Done { .. } => StageName::Done,
            Self::NoShow { .. } => StageName::NoShow,
        }
    }

    /// Who called or serves, or did so last.
    pub const fn officer(&self) -> Option<StaffId> {
        match self {
            Self::Waiting | Self::NoShow { called: None, .. } => None,
            Self::Called { officer, .. }
            | Self::InService { officer, .. }
            | Self::Done { officer, .. }
            | Self::NoShow {
                called: Some((officer, _, _)),
                ..
            } => Some(*officer),
        }
    }

    /// The counter that they were called to last.
    pub const fn counter(&self) -> Option<CounterNumber> {
        match self {
            Self::Waiting | Self::NoShow { called: None, .. } => None,
            Self::Called { counter, .. }
            | Self::InService { counter, .. }
            | Self::Done { counter, .. }
            | Self::NoShow {
                called: Some((_, counter, _)),
                ..
            } => Some(*counter),
        }
    }

    /// When they were called last.
    pub const fn called_at(&self) -> Option<Timestamp> {
        match self {
            Self::Waiting | Self::NoShow { called: None, .. } => None,
            Self::Called { at, .. }
            | Self::InService { called_at: at, .. }
            | Self::Done { called_at: at, .. }
            | Self::NoShow {
                called: Some((_, _, at)),
                ..
            } => Some(*at),
        }
    }

    /// Since when it stands there; `None` for those who wait, who do since they came, whether they were called meanwhile or not.
    pub const fn since(&self) -> Option<Timestamp> {
        match self {
            Self::Waiting => None,
            Self::Called { at, .. }
            | Self::InService { at, .. }
            | Self::Done { at, .. }
            | Self::NoShow { at, .. } => Some(*at),
        }
    }

    /// When the service began.
    pub const fn began_at(&self) -> Option<Timestamp> {
        match self {
            Self::Waiting | Self::Called { .. } | Self::NoShow { .. } => None,
            Self::InService { at, .. } => Some(*at),
            Self::Done { began_at, .. } => Some(*began_at),
        }
    }

    /// When it was over.
    pub const fn ended_at(&self) -> Option<Timestamp> {
        match self {
            Self::Waiting | Self::Called { .. } | Self::InService { .. } => None,
            Self::Done { at, .. } | Self::NoShow { at, .. } => Some(*at),
        }
    }
}

impl Visit {
    /// Somebody has come.
    pub const fn arrive(at: Timestamp) -> Self {
        Self {
            arrived_at: at,
            stage: Stage::Waiting,
        }
    }

    /// A visit as it was stored.
    pub const fn stored(arrived_at: Timestamp, stage: Stage) -> Self {
        Self { arrived_at, stage }
    }

    /// When they came.
    pub const fn arrived_at(&self) -> Timestamp {
        self.arrived_at
    }

    /// Where it stands.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Moves the visit, or says why that cannot be. The visit itself stays as it was: keep what is returned.
    ///
    /// # Errors
    /// [`Refused`], and nothing has changed.
    pub fn apply(&self, event: Event, at: Timestamp) -> Result<Self, Refused> {
        let stage = super::event::apply(&self.stage, event, at)?;
        Ok(Self { stage, ..*self })
    }
}
