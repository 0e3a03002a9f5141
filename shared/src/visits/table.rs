//! The transition table and the diagram drawn from it.
//!
//! The table is checked against the machine (every pair of stage and event is tried), and the diagram in the module's
//! documentation and in `docs/COUNTER.md` is checked against the table.

use super::{EventName, StageName};
use core::fmt::Write as _;

/// An event that moves a visit, from where and to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transition {
    /// Where the visit stands.
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
    Waiting + Called => Called;
    Waiting + DayOver => NoShow;
    Called + Returned => Waiting;
    Called + Begun => InService;
    Called + NotCome => NoShow;
    Called + DayOver => NoShow;
    InService + Finished => Done;
    InService + DayOver => Done;
}

/// The table as a Mermaid state diagram. Arrows between the same two stages are drawn as one.
pub fn diagram() -> String {
    let mut out = String::from("stateDiagram-v2\n    [*] --> Waiting\n");
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
    out.push_str("    Done --> [*]\n    NoShow --> [*]\n");
    out
}
