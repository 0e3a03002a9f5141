//! The transition table and the diagram drawn from it.
//!
//! The table is checked against the machine (every pair of stage and event is tried), and the diagram in the module's
//! documentation and in `docs/APPOINTMENTS.md` is checked against the table.

use super::{EventName, Stage};
use core::fmt::Write as _;

/// The names of stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is the name of the variant of `Stage` that is spelt alike"
)]
pub enum StageName {
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

impl StageName {
    /// Every name.
    pub const ALL: &'static [Self] = &[
        Self::Held,
        Self::Waiting,
        Self::Offered,
        Self::Booked,
        Self::CheckedIn,
        Self::Attended,
        Self::NoShow,
        Self::Cancelled,
        Self::Lapsed,
    ];
}

impl Stage {
    /// Its name.
    pub const fn name(&self) -> StageName {
        match self {
            Self::Held { .. } => StageName::Held,
            Self::Booked { .. } => StageName::Booked,
            Self::CheckedIn { .. } => StageName::CheckedIn,
            Self::Attended { .. } => StageName::Attended,
            Self::NoShow { .. } => StageName::NoShow,
            Self::Cancelled { .. } => StageName::Cancelled,
            Self::Lapsed { .. } => StageName::Lapsed,
            Self::Waiting { .. } => StageName::Waiting,
            Self::Offered { .. } => StageName::Offered,
        }
    }
}

/// An event that moves an appointment, from where and to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transition {
    /// Where it stands.
    pub from: StageName,
    /// What happens.
    pub on: EventName,
    /// Where it stands afterwards.
    pub to: StageName,
}

macro_rules! table {
    ($($from:ident + $on:ident => $to:ident;)+) => {
        /// Every move there is. A pair that is not here is refused.
        pub const TRANSITIONS: &[Transition] = &[$(
            Transition { from: StageName::$from, on: EventName::$on, to: StageName::$to }
        ),+];
    };
}

table! {
    Held + Confirmed => Booked;
    Held + Cancelled => Cancelled;
    Held + TimePassed => Lapsed;
    Waiting + Offered => Offered;
    Waiting + Cancelled => Cancelled;
    Waiting + TimePassed => Lapsed;
    Offered + Accepted => Booked;
    Offered + Cancelled => Cancelled;
    Offered + TimePassed => Lapsed;
    Booked + Moved => Booked;
    Booked + Cancelled => Cancelled;
    Booked + CheckedIn => CheckedIn;
    Booked + Missed => NoShow;
    Booked + TimePassed => NoShow;
    CheckedIn + Attended => Attended;
    CheckedIn + Missed => NoShow;
    CheckedIn + TimePassed => Attended;
}

/// The table as a Mermaid state diagram. Arrows between the same two stages are drawn as one.
pub fn diagram() -> String {
    let mut out = String::from("stateDiagram-v2\n    [*] --> Held\n    [*] --> Waiting\n");
    for from in StageName::ALL {
        for to in StageName::ALL {
            let events: Vec<_> = TRANSITIONS
                .iter()
                .filter(|transition| transition.from == *from && transition.to == *to)
                .map(|transition| format!("{:?}", transition.on))
                .collect();
            if !events.is_empty() {
                let _ = writeln!(out, "    {from:?} --> {to:?} : {}", events.join(", "));
            }
        }
    }
    for end in ["Attended", "NoShow", "Cancelled", "Lapsed"] {
        let _ = writeln!(out, "    {end} --> [*]");
    }
    out
}
