//! What moves a visit: the one `match` that says what may happen when.

use super::{CounterNumber, Stage, StageName};
use crate::identifiers::StaffId;
use crate::time::Timestamp;

/// Something that happened to a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// An officer called the person.
    Called {
        /// Who.
        officer: StaffId,
        /// Where to.
        counter: CounterNumber,
    },
    /// The officer who called gives them back: they wait again, in their place.
    Returned {
        /// Who.
        officer: StaffId,
    },
    /// The person is there, and is served.
    Begun {
        /// By whom.
        officer: StaffId,
    },
    /// The service is over.
    Finished {
        /// By whom it was.
        officer: StaffId,
    },
    /// Nobody came when called.
    NotCome {
        /// Who called.
        officer: StaffId,
    },
    /// The centre's day ended.
    DayOver,
}

/// The names of events, for the transition table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is the name of the variant of `Event` that is spelt alike"
)]
pub enum EventName {
    Called,
    Returned,
    Begun,
    Finished,
    NotCome,
    DayOver,
}

/// Why an event does not move a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The event belongs to another stage.
    #[error("the visit is at another stage")]
    OtherStage {
        /// Where it stands.
        at: StageName,
    },
    /// Another officer called or serves the person.
    #[error("another officer has the visit")]
    OtherOfficer,
}

impl Event {
    /// Its name.
    pub const fn name(&self) -> EventName {
        match self {
            Self::Called { .. } => EventName::Called,
            Self::Returned { .. } => EventName::Returned,
            Self::Begun { .. } => EventName::Begun,
            Self::Finished { .. } => EventName::Finished,
            Self::NotCome { .. } => EventName::NotCome,
            Self::DayOver => EventName::DayOver,
        }
    }
}

impl EventName {
    /// Every name.
    pub const ALL: &'static [Self] = &[
        Self::Called,
        Self::Returned,
        Self::Begun,
        Self::Finished,
        Self::NotCome,
        Self::DayOver,
    ];
}

pub(super) fn apply(stage: &Stage, event: Event, at: Timestamp) -> Result<Stage, Refused> {
    use Event as E;
    use Stage as S;

    let elsewhere = Err(Refused::OtherStage { at: stage.name() });
    match (*stage, event) {
        (S::Waiting, E::Called { officer, counter }) => Ok(S::Called { officer, counter, at }),
        (S::Waiting, E::DayOver) => Ok(S::NoShow { called: None, at }),

        (S::Called { officer, .. }, E::Returned { officer: who }) => {
            same(officer, who)?;
            Ok(S::Waiting)
        }
        (
            S::Called {
                officer,
                counter,
                at: called_at,
            },
            E::Begun { officer: who },
        ) => {
            same(officer, who)?;
            Ok(S::InService {
                officer,
                counter,
                called_at,
                at,
            })
        }
        (
            S::Called {
                officer,
                counter,
                at: called_at,
            },
            E::NotCome { officer: who },
        ) => {
            same(officer, who)?;
            let called = Some((officer, counter, called_at));
            Ok(S::NoShow { called, at })
        }
        (
            S::Called {
                officer,
                counter,
                at: called_at,
            },
            E::DayOver,
        ) => {
            let called = Some((officer, counter, called_at));
            Ok(S::NoShow { called, at })
        }

        (
            S::InService {
                officer,
                counter,
                called_at,
                at: began_at,
            },
            E::Finished { officer: who },
        ) => {
            same(officer, who)?;
            Ok(S::Done {
                officer,
                counter,
                called_at,
                began_at,
                at,
            })
        }
        // Somebody was served, and nobody said that it was over.
        (
            S::InService {
                officer,
                counter,
                called_at,
                at: began_at,
            },
            E::DayOver,
        ) => Ok(S::Done {
            officer,
            counter,
            called_at,
            began_at,
            at,
        }),

        // What does not fit. Every pair is written out, so that a new stage or event has to be thought about.
        (S::Waiting, E::Returned { .. } | E::Begun { .. } | E::Finished { .. } | E::NotCome { .. })
        | (S::Called { .. }, E::Called { .. } | E::Finished { .. })
        | (
            S::InService { .. },
            E::Called { .. } | E::Returned { .. } | E::Begun { .. } | E::NotCome { .. },
        )
        | (
            S::Done { .. } | S::NoShow { .. },
            E::Called { .. }
            | E::Returned { .. }
            | E::Begun { .. }
            | E::Finished { .. }
            | E::NotCome { .. }
            | E::DayOver,
        ) => elsewhere,
    }
}

fn same(has: StaffId, asks: StaffId) -> Result<(), Refused> {
    if has == asks {
        Ok(())
    } else {
        Err(Refused::OtherOfficer)
    }
}
