//! The transition table and the diagram drawn from it.
//!
//! The table is checked against the machine (every pair of stage and event is tried), and the diagram in the module's
//! documentation and in `docs/UNLOCK.md` is checked against the table.

use super::{EventName, Stage};
use core::fmt::Write as _;

/// The names of stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is the name of the variant of `Stage` that is spelt alike"
)]
pub enum StageName {
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

impl StageName {
    /// Every name.
    pub const ALL: &'static [Self] = &[
        Self::Passkey,
        Self::PasskeyRefused,
        Self::AwaitingSignature,
        Self::AwaitingOfficer,
        Self::Refused,
        Self::Channel,
        Self::Sending,
        Self::LinkSent,
        Self::Unblocked,
        Self::Ended,
    ];
}

impl Stage {
    /// Its name.
    pub const fn name(&self) -> StageName {
        match self {
            Self::Passkey { .. } => StageName::Passkey,
            Self::PasskeyRefused { .. } => StageName::PasskeyRefused,
            Self::AwaitingSignature { .. } => StageName::AwaitingSignature,
            Self::AwaitingOfficer { .. } => StageName::AwaitingOfficer,
            Self::Refused { .. } => StageName::Refused,
            Self::Channel { .. } => StageName::Channel,
            Self::Sending { .. } => StageName::Sending,
            Self::LinkSent { .. } => StageName::LinkSent,
            Self::Unblocked { .. } => StageName::Unblocked,
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
    Passkey + PasskeyRefused => Passkey | PasskeyRefused;
    Passkey + SignatureChosen => AwaitingSignature;
    Passkey + CounterChosen => AwaitingOfficer;
    Passkey + Proved => Refused | Channel;
    Passkey + Abandoned => Ended;
    Passkey + TimePassed => Ended;
    PasskeyRefused + SignatureChosen => AwaitingSignature;
    PasskeyRefused + CounterChosen => AwaitingOfficer;
    PasskeyRefused + Abandoned => Ended;
    PasskeyRefused + TimePassed => Ended;
    AwaitingSignature + CounterChosen => AwaitingOfficer;
    AwaitingSignature + Proved => Refused | Channel;
    AwaitingSignature + Abandoned => Ended;
    AwaitingSignature + TimePassed => Ended;
    AwaitingOfficer + SignatureChosen => AwaitingSignature;
    AwaitingOfficer + Proved => Refused | Channel;
    AwaitingOfficer + Abandoned => Ended;
    AwaitingOfficer + TimePassed => Ended;
    Refused + SignatureChosen => AwaitingSignature;
    Refused + CounterChosen => AwaitingOfficer;
    Refused + Abandoned => Ended;
    Refused + TimePassed => Ended;
    Channel + ChannelChosen => Sending;
    Channel + Barred => Refused;
    Channel + Abandoned => Ended;
    Channel + TimePassed => Ended;
    Sending + LinkMade => Sending;
    Sending + Delayed => Sending;
    Sending + Barred => Refused;
    Sending + Accepted => LinkSent;
    Sending + Rejected => Channel | Ended;
    Sending + Confirmed => Unblocked;
    Sending + Superseded => Ended;
    Sending + Abandoned => Ended;
    Sending + TimePassed => Ended;
    LinkSent + Confirmed => Unblocked;
    LinkSent + Superseded => Ended;
    LinkSent + Abandoned => Ended;
    LinkSent + TimePassed => Ended;
}

/// The table as a Mermaid state diagram. Arrows between the same two stages are drawn as one.
pub fn diagram() -> String {
    let mut out = String::from("stateDiagram-v2\n    [*] --> Passkey\n    [*] --> AwaitingOfficer\n");
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
    out.push_str("    Unblocked --> [*]\n    Ended --> [*]\n");
    out
}
