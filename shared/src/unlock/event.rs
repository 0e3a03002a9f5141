//! What moves a case.

use super::{Choices, UnlockRefusal};
use crate::audit::Actor;
use crate::identifiers::LinkId;
use crate::links::ConsumedToken;
use crate::notifications::Channel;
use crate::passkeys::PasskeyAsserted;
use crate::recovery::{OfficerApproval, ValidSignature};

/// How the identity was proved: what [`Event::Proved`] carries.
#[derive(Debug, PartialEq, Eq)]
pub enum Proof {
    /// A passkey of the account was shown.
    Passkey(PasskeyAsserted),
    /// A request was signed, and the signature passed.
    Signature(ValidSignature),
    /// An officer saw the person.
    Officer(OfficerApproval),
}

/// Something that happened to a case. Evidence is inside: nothing can be claimed that was not proved.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// A passkey was shown and refused.
    PasskeyRefused,
    /// The person goes on with a signed request.
    SignatureChosen,
    /// The person goes on at a counter.
    CounterChosen,
    /// The identity is proved.
    Proved {
        /// How.
        proof: Proof,
        /// What the account and the records allow.
        standing: Standing,
    },
    /// The person chose where the link goes.
    ChannelChosen {
        /// By this way.
        channel: Channel,
    },
    /// Since the proof, the account was unblocked or frozen, or lost the contact.
    Barred {
        /// Which of these.
        reason: UnlockRefusal,
    },
    /// The worker made a link for the message it is about to send.
    LinkMade {
        /// Which one.
        link: LinkId,
    },
    /// The message was put off; it will be tried again.
    Delayed,
    /// The message was taken over.
    Accepted {
        /// The link in that message.
        link: LinkId,
    },
    /// The message was refused for good.
    Rejected,
    /// The link was confirmed and used up for it.
    Confirmed {
        /// The used link.
        consumed: ConsumedToken,
    },
    /// A newer case of the account took over, of whichever procedure.
    Superseded,
    /// The person ended it.
    Abandoned,
    /// The stage's deadline passed.
    TimePassed,
}

/// What the account and the records allow, looked up after the identity proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is blocked, and a link can be sent.
    Reachable {
        /// Where to, as the page may show it.
        choices: Choices,
    },
    /// No link can be sent.
    Barred {
        /// Why.
        reason: UnlockRefusal,
    },
}

/// The names of events, for the transition table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each is the name of the variant of `Event` that is spelt alike"
)]
pub enum EventName {
    PasskeyRefused,
    SignatureChosen,
    CounterChosen,
    Proved,
    ChannelChosen,
    Barred,
    LinkMade,
    Delayed,
    Accepted,
    Rejected,
    Confirmed,
    Superseded,
    Abandoned,
    TimePassed,
}

impl Event {
    /// Its name.
    pub const fn name(&self) -> EventName {
        match self {
            Self::PasskeyRefused => EventName::PasskeyRefused,
            Self::SignatureChosen => EventName::SignatureChosen,
            Self::CounterChosen => EventName::CounterChosen,
            Self::Proved { .. } => EventName::Proved,
            Self::ChannelChosen { .. } => EventName::ChannelChosen,
            Self::Barred { .. } => EventName::Barred,
            Self::LinkMade { .. } => EventName::LinkMade,
            Self::Delayed => EventName::Delayed,
            Self::Accepted { .. } => EventName::Accepted,
            Self::Rejected => EventName::Rejected,
            Self::Confirmed { .. } => EventName::Confirmed,
            Self::Superseded => EventName::Superseded,
            Self::Abandoned => EventName::Abandoned,
            Self::TimePassed => EventName::TimePassed,
        }
    }

    /// In which quality somebody makes it happen.
    pub const fn actor(&self) -> Actor {
        match self {
            Self::PasskeyRefused | Self::SignatureChosen | Self::CounterChosen | Self::Abandoned => {
                Actor::Visitor
            }
            Self::Proved {
                proof: Proof::Officer(_),
                ..
            } => Actor::Officer,
            Self::Proved {
                proof: Proof::Passkey(_) | Proof::Signature(_),
                ..
            }
            | Self::ChannelChosen { .. }
            | Self::Confirmed { .. } => Actor::Holder,
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
        Self::PasskeyRefused,
        Self::SignatureChosen,
        Self::CounterChosen,
        Self::Proved,
        Self::ChannelChosen,
        Self::Barred,
        Self::LinkMade,
        Self::Delayed,
        Self::Accepted,
        Self::Rejected,
        Self::Confirmed,
        Self::Superseded,
        Self::Abandoned,
        Self::TimePassed,
    ];
}
