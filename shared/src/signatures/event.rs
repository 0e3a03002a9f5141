//! What moves a case.

use super::{ReferralNumber, RequestNumber, Verdict};
use crate::audit::Actor;

/// Something that happened to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A file came. Written down before it is judged.
    Uploaded,
    /// A file that came was not judged, because a registry did not answer: it costs nothing.
    Returned,
    /// A file was judged.
    Judged {
        /// Against which of the case's requests.
        request: RequestNumber,
        /// What was found.
        verdict: Verdict,
        /// What the account allows: counts where the verdict is a pass.
        standing: Standing,
        /// The number of the referral: counts where the verdict is indeterminate.
        number: ReferralNumber,
    },
    /// A fresh request is to be issued.
    Renewed,
    /// The case that it was to prove went on otherwise, or is over.
    Outrun,
    /// The person ended it.
    Abandoned,
    /// The stage's deadline passed.
    TimePassed,
}

/// Whether a change of a contact can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It can.
    Open,
    /// Its owner has frozen the account.
    Frozen,
}

/// The names of events, for the transition table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is the name of the variant of `Event` that is spelt alike"
)]
pub enum EventName {
    Uploaded,
    Returned,
    Judged,
    Renewed,
    Outrun,
    Abandoned,
    TimePassed,
}

impl Event {
    /// Its name.
    pub const fn name(&self) -> EventName {
        match self {
            Self::Uploaded => EventName::Uploaded,
            Self::Returned => EventName::Returned,
            Self::Judged { .. } => EventName::Judged,
            Self::Renewed => EventName::Renewed,
            Self::Outrun => EventName::Outrun,
            Self::Abandoned => EventName::Abandoned,
            Self::TimePassed => EventName::TimePassed,
        }
    }

    /// In which quality somebody makes it happen. Whoever uploads is a visitor until a verdict says otherwise.
    pub const fn actor(&self) -> Actor {
        match self {
            Self::Uploaded | Self::Judged { .. } | Self::Renewed | Self::Abandoned => Actor::Visitor,
            Self::Returned | Self::Outrun | Self::TimePassed => Actor::System,
        }
    }
}

impl EventName {
    /// Every name.
    pub const ALL: &'static [Self] = &[
        Self::Uploaded,
        Self::Returned,
        Self::Judged,
        Self::Renewed,
        Self::Outrun,
        Self::Abandoned,
        Self::TimePassed,
    ];
}
