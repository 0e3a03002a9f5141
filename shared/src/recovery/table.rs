//! The transition table and the diagram drawn from it.
//!
//! The table is checked against the machine (every pair of stage and event is tried), and the diagram in the module's
//! documentation and in `docs/recovery.md` is checked against the table.

use super::{EventName, Stage};
use core::fmt::Write as _;

/// The names of stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is the name of the variant of `Stage` that is spelt alike"
)]
pub enum StageName {
    Questions,
    WaitingForRegistry,
    Suspended,
    AwaitingSignature,
    AwaitingOfficer,
    Refused,
    StepUp,
    Sending,
    LinkSent,
    Redeemed,
    Completed,
    Ended,
}

impl StageName {
    /// Every name.
    pub const ALL: &'static [Self] = &[
        Self::Questions,
        Self::WaitingForRegistry,
        Self::Suspended,
        Self::AwaitingSignature,
        Self::AwaitingOfficer,
        Self::Refused,
        Self::StepUp,
        Self::Sending,
        Self::LinkSent,
        Self::Redeemed,
        Self::Completed,
        Self::Ended,
    ];

    /// The word in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Questions => "questions",
            Self::WaitingForRegistry => "waiting_for_registry",
            Self::Suspended => "suspended",
            Self::AwaitingSignature => "awaiting_signature",
            Self::AwaitingOfficer => "awaiting_officer",
            Self::Refused => "refused",
            Self::StepUp => "step_up",
            Self::Sending => "sending",
            Self::LinkSent => "link_sent",
            Self::Redeemed => "redeemed",
            Self::Completed => "completed",
            Self::Ended => "ended",
        }
    }
}

impl Stage {
    /// Its name.
    pub const fn name(&self) -> StageName {
        match self {
            Self::Questions { .. } => StageName::Questions,
            Self::WaitingForRegistry { .. } => StageName::WaitingForRegistry,
            Self::Suspended { .. } => StageName::Suspended,
            Self::AwaitingSignature { .. } => StageName::AwaitingSignature,
            Self::AwaitingOfficer { .. } => StageName::AwaitingOfficer,
            Self::Refused { .. } => StageName::Refused,
            Self::StepUp { .. } => StageName::StepUp,
            Self::Sending { .. } => StageName::Sending,
            Self::LinkSent { .. } => StageName::LinkSent,
            Self::Redeemed { .. } => StageName::Redeemed,
            Self::Completed { .. } => StageName::Completed,
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
    Questions + RegistryFailed => WaitingForRegistry;
    Questions + AnswersFailed => Questions | Suspended;
    Questions + SuspensionMet => Suspended;
    Questions + SignatureChosen => AwaitingSignature;
    Questions + CounterChosen => AwaitingOfficer;
    Questions + Proved => Refused | StepUp | Sending;
    Questions + Abandoned => Ended;
    Questions + TimePassed => Ended;
    WaitingForRegistry + Asked => Questions;
    WaitingForRegistry + RegistryFailed => WaitingForRegistry;
    WaitingForRegistry + SignatureChosen => AwaitingSignature;
    WaitingForRegistry + CounterChosen => AwaitingOfficer;
    WaitingForRegistry + Abandoned => Ended;
    WaitingForRegistry + TimePassed => Ended;
    Suspended + SignatureChosen => AwaitingSignature;
    Suspended + CounterChosen => AwaitingOfficer;
    Suspended + Abandoned => Ended;
    Suspended + TimePassed => Ended;
    AwaitingSignature + CounterChosen => AwaitingOfficer;
    AwaitingSignature + Proved => Refused | Sending;
    AwaitingSignature + Abandoned => Ended;
    AwaitingSignature + TimePassed => Ended;
    AwaitingOfficer + SignatureChosen => AwaitingSignature;
    AwaitingOfficer + Proved => Refused | Sending;
    AwaitingOfficer + Abandoned => Ended;
    AwaitingOfficer + TimePassed => Ended;
    Refused + SignatureChosen => AwaitingSignature;
    Refused + CounterChosen => AwaitingOfficer;
    Refused + Abandoned => Ended;
    Refused + TimePassed => Ended;
    StepUp + AssertionFailed => StepUp;
    StepUp + StepUpPassed => Refused | Sending;
    StepUp + SignatureChosen => AwaitingSignature;
    StepUp + CounterChosen => AwaitingOfficer;
    StepUp + Abandoned => Ended;
    StepUp + TimePassed => Ended;
    Sending + LinkMade => Sending;
    Sending + Delayed => Sending;
    Sending + Barred => Refused;
    Sending + Accepted => LinkSent;
    Sending + Rejected => Ended;
    Sending + Redeemed => Redeemed;
    Sending + PasswordSet => Completed;
    Sending + Superseded => Ended;
    Sending + Abandoned => Ended;
    Sending + TimePassed => Ended;
    LinkSent + Redeemed => Redeemed;
    LinkSent + PasswordSet => Completed;
    LinkSent + Superseded => Ended;
    LinkSent + Abandoned => Ended;
    LinkSent + TimePassed => Ended;
    Redeemed + Redeemed => Redeemed;
    Redeemed + PasswordSet => Completed;
    Redeemed + Superseded => Ended;
    Redeemed + Abandoned => Ended;
    Redeemed + TimePassed => Ended;
}

/// The table as a Mermaid state diagram. Arrows between the same two stages are drawn as one.
pub fn diagram() -> String {
    let mut out = String::from("stateDiagram-v2\n");
    for opening in [
        StageName::Questions,
        StageName::WaitingForRegistry,
        StageName::AwaitingSignature,
        StageName::AwaitingOfficer,
    ] {
        let _ = writeln!(out, "    [*] --> {opening:?}");
    }
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
    out.push_str("    Completed --> [*]\n    Ended --> [*]\n");
    out
}
