//! The transition table and the diagram drawn from it.
//!
//! The table is checked against the machine (every pair of stage and event is tried), and the diagram in the module's
//! documentation and in `docs/SIGNATURES.md` is checked against the table.

use super::{EventName, Stage};
use core::fmt::Write as _;

/// The names of stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is the name of the variant of `Stage` that is spelt alike"
)]
pub enum StageName {
    Issued,
    Expired,
    Referred,
    Passed,
    Declined,
    Ended,
}

impl StageName {
    /// Every name.
    pub const ALL: &'static [Self] = &[
        Self::Issued,
        Self::Expired,
        Self::Referred,
        Self::Passed,
        Self::Declined,
        Self::Ended,
    ];
}

impl Stage {
    /// Its name.
    pub const fn name(&self) -> StageName {
        match self {
            Self::Issued { .. } => StageName::Issued,
            Self::Expired { .. } => StageName::Expired,
            Self::Referred { .. } => StageName::Referred,
            Self::Passed { .. } => StageName::Passed,
            Self::Declined { .. } => StageName::Declined,
            Self::Ended { .. } => StageName::Ended,
        }
    }
}

/// An event that moves a case, from where and to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transition {
    /// Where the case stands.
    pub from: StageName,
    /// What happens.
    pub on: EventName,
    /// Where it may stand afterwards. With several, the event's data or the policy decides.
    pub to: &'static [StageName],
}

macro_rules! table {
    ($($from:ident + $on:ident => $($to:ident)|+;)+) => {
        /// Every move there is. A pair that is not here is refused.
        pub const TRANSITIONS: &[Transition] = &[$(
            Transition { from: StageName::$from, on: EventName::$on, to: &[$(StageName::$to),+] }
        ),+];
    };
}

table! {
    Issued + Uploaded => Issued;
    Issued + Returned => Issued;
    Issued + Judged => Issued | Referred | Passed;
    Issued + Outrun => Ended;
    Issued + Abandoned => Ended;
    Issued + TimePassed => Expired | Ended;
    Expired + Returned => Expired;
    Expired + Renewed => Issued;
    Expired + Outrun => Ended;
    Expired + Abandoned => Ended;
    Expired + TimePassed => Ended;
    Referred + Accepted => Passed;
    Referred + Declined => Declined;
}

/// The table as a Mermaid state diagram. Arrows between the same two stages are drawn as one.
pub fn diagram() -> String {
    let mut out = String::from("stateDiagram-v2\n    [*] --> Issued\n");
    for from in StageName::ALL {
        for to in StageName::ALL {
            let events: Vec<_> = TRANSITIONS
                .iter()
                .filter(|transition| transition.from == *from && transition.to.contains(to))
                .map(|transition| format!("{:?}", transition.on))
                .collect();
            if !events.is_empty() {
                let _ = writeln!(out, "    {from:?} --> {to:?} : {}", events.join(", "));
            }
        }
    }
    out.push_str("    Passed --> [*]\n    Declined --> [*]\n    Ended --> [*]\n");
    out
}
