//! What moves a case.

use super::{ConsumedToken, LinkId, PasskeyAsserted, PresentedLink, Proof, Refusal};
use crate::audit::Actor;
use crate::identifiers::MaskedEmail;
use crate::registries::Registry;
use crate::time::Timestamp;

/// How a case begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Online, and the questions are ready.
    Asked {
        /// Failed attempts that count against the identifier now.
        failures: u8,
    },
    /// Online, and a registry did not answer.
    RegistryFailed {
        /// Which one.
        registry: Registry,
    },
    /// With a signed request.
    Signature,
    /// At a counter.
    Counter,
}

/// Something that happened to a case. Evidence is inside: nothing can be claimed that was not proved.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// The registries answered; the questions are ready.
    Asked {
        /// Failed attempts that count against the identifier now.
        failures: u8,
    },
    /// A registry did not answer.
    RegistryFailed {
        /// Which one.
        registry: Registry,
    },
    /// Answers were judged and wrong. The attempt was counted before.
    AnswersFailed {
        /// Failed attempts that count against the identifier now, this one included.
        failures: u8,
    },
    /// Answers came, but the identifier is suspended: they were not judged.
    SuspensionMet {
        /// When the suspension ends.
        until: Timestamp,
    },
    /// The person goes on with a signed request.
    SignatureChosen,
    /// The person goes on at a counter.
    CounterChosen,
    /// The identity is proved.
    Proved {
        /// How.
        proof: Proof,
        /// What the account allows.
        standing: Standing,
    },
    /// A passkey was to be asserted, and what came was no assertion of one of the account's.
    AssertionFailed,
    /// A passkey of the account was asserted: together with the answers it is enough.
    StepUpPassed {
        /// It was.
        asserted: PasskeyAsserted,
        /// What the account allows at this moment.
        standing: Standing,
    },
    /// Before the message left, the account was blocked or frozen, or lost its address.
    Barred {
        /// Which of these.
        reason: Refusal,
    },
    /// The mail worker made a link for the message it is about to send.
    LinkMade {
        /// Which one.
        link: LinkId,
    },
    /// The mail server put the message off; it will be tried again.
    Delayed,
    /// The mail server took the message over.
    Accepted {
        /// The link in that message.
        link: LinkId,
    },
    /// The mail server refused the message for good.
    Rejected,
    /// The link was opened by a click.
    Redeemed {
        /// Its token was shown.
        presented: PresentedLink,
    },
    /// The new password passed all rules and the link was used up for it.
    PasswordSet {
        /// The used link.
        consumed: ConsumedToken,
    },
    /// A newer case of the account took over.
    Superseded,
    /// The person ended it.
    Abandoned,
    /// The stage's deadline passed.
    TimePassed,
}

/// What the account allows, looked up after the identity proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A link can be sent.
    Reachable {
        /// Where to, as the page may show it.
        address: MaskedEmail,
    },
    /// No link can be sent, on whichever route.
    Unreachable {
        /// Why.
        reason: Refusal,
    },
}

/// The names of events, for the transition table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is the name of the variant of `Event` that is spelt alike"
)]
pub enum EventName {
    Asked,
    RegistryFailed,
    AnswersFailed,
    SuspensionMet,
    SignatureChosen,
    CounterChosen,
    Proved,
    AssertionFailed,
    StepUpPassed,
    Barred,
    LinkMade,
    Delayed,
    Accepted,
    Rejected,
    Redeemed,
    PasswordSet,
    Superseded,
    Abandoned,
    TimePassed,
}

impl Event {
    /// Its name.
    pub const fn name(&self) -> EventName {
        match self {
            Self::Asked { .. } => EventName::Asked,
            Self::RegistryFailed { .. } => EventName::RegistryFailed,
            Self::AnswersFailed { .. } => EventName::AnswersFailed,
            Self::SuspensionMet { .. } => EventName::SuspensionMet,
            Self::SignatureChosen => EventName::SignatureChosen,
            Self::CounterChosen => EventName::CounterChosen,
            Self::Proved { .. } => EventName::Proved,
            Self::AssertionFailed => EventName::AssertionFailed,
            Self::StepUpPassed { .. } => EventName::StepUpPassed,
            Self::Barred { .. } => EventName::Barred,
            Self::LinkMade { .. } => EventName::LinkMade,
            Self::Delayed => EventName::Delayed,
            Self::Accepted { .. } => EventName::Accepted,
            Self::Rejected => EventName::Rejected,
            Self::Redeemed { .. } => EventName::Redeemed,
            Self::PasswordSet { .. } => EventName::PasswordSet,
            Self::Superseded => EventName::Superseded,
            Self::Abandoned => EventName::Abandoned,
            Self::TimePassed => EventName::TimePassed,
        }
    }

    /// In which quality somebody makes it happen.
    pub const fn actor(&self) -> Actor {
        match self {
            Self::Asked { .. }
            | Self::RegistryFailed { .. }
            | Self::AnswersFailed { .. }
            | Self::SuspensionMet { .. }
            | Self::SignatureChosen
            | Self::CounterChosen
            | Self::Abandoned => Actor::Visitor,
            Self::Proved {
                proof: Proof::Officer(_),
                ..
            } => Actor::Officer,
            Self::Proved {
                proof: Proof::Answers { .. } | Proof::Signature(_),
                ..
            }
            | Self::AssertionFailed
            | Self::StepUpPassed { .. }
            | Self::Redeemed { .. }
            | Self::PasswordSet { .. } => Actor::Holder,
            Self::Barred { .. }
            | Self::LinkMade { .. }
            | Self::Delayed
            | Self::Accepted { .. }
            | Self::Rejected
            | Self::Superseded
            | Self::TimePassed => Actor::System,
        }
    }
}

impl EventName {
    /// Every name.
    pub const ALL: &'static [Self] = &[
        Self::Asked,
        Self::RegistryFailed,
        Self::AnswersFailed,
        Self::SuspensionMet,
        Self::SignatureChosen,
        Self::CounterChosen,
        Self::Proved,
        Self::AssertionFailed,
        Self::StepUpPassed,
        Self::Barred,
        Self::LinkMade,
        Self::Delayed,
        Self::Accepted,
        Self::Rejected,
        Self::Redeemed,
        Self::PasswordSet,
        Self::Superseded,
        Self::Abandoned,
        Self::TimePassed,
    ];
}
