//! What an officer's act at a counter comes to: why it was not done, and how far what was sent has come.
//!
//! Both are for staff, who have the person before them, and for nobody else: they tell what the public pages never tell.

use crate::time::{Deadline, Timestamp};
use serde::{Deserialize, Serialize};

/// Why an act at a counter was not done. Nothing was written then, and the same act may be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NotDone {
    /// There is no account of this employer and branch.
    NoAccount,
    /// No mailbox is registered: a link for a new password has nowhere to go.
    NoEmail,
    /// Neither a mailbox nor a telephone is registered.
    NoContact,
    /// The contact that was chosen is not registered, or nothing can be sent there.
    ChannelNotOffered,
    /// The account is blocked: a block is lifted before a password is recovered.
    AccountBlocked,
    /// The account is not blocked: there is nothing to unblock.
    AccountNotBlocked,
    /// The account is frozen: a freeze is lifted before anything else.
    AccountFrozen,
    /// The account is not frozen: there is no freeze to lift.
    AccountNotFrozen,
    /// No case of this employer and representative with the reference that was quoted waits for an officer.
    NoCaseWaiting,
    /// The contact is the account's already.
    ContactUnchanged,
    /// The account has as many passkeys as it can have.
    PasskeysFull,
    /// No request with this number waits for anybody: it never did, or it was deleted.
    NoReferral,
    /// Somebody has decided about the request already.
    ReferralDecided,
    /// The request waited for longer than the policy gives: it is worth nothing any more.
    ReferralExpired,
    /// The case behind the request does not wait any more: it ended, or went on by another way.
    CaseOver,
}

impl NotDone {
    /// All of them, for tables and coverage tests.
    pub const ALL: &'static [Self] = &[
        Self::NoAccount,
        Self::NoEmail,
        Self::NoContact,
        Self::ChannelNotOffered,
        Self::AccountBlocked,
        Self::AccountNotBlocked,
        Self::AccountFrozen,
        Self::AccountNotFrozen,
        Self::NoCaseWaiting,
        Self::ContactUnchanged,
        Self::PasskeysFull,
        Self::NoReferral,
        Self::ReferralDecided,
        Self::ReferralExpired,
        Self::CaseOver,
    ];
}

/// How far something has come that an officer had sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "progress", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Progress {
    /// The message waits for its turn.
    Queued,
    /// The message was put off; it will be tried again.
    Delayed,
    /// The message was taken over: the person has until then.
    HandedOver {
        /// When the link ends.
        deadline: Deadline,
    },
    /// The person opened the link by a click.
    Opened {
        /// When the link ends.
        deadline: Deadline,
    },
    /// The person finished.
    Done {
        /// When.
        at: Timestamp,
    },
    /// The contact takes no messages.
    Rejected,
    /// The time was over before the message left, or before the person finished.
    Expired,
    /// Something else took its place, or it was stopped.
    Stopped,
}

impl Progress {
    /// Whether nothing more will happen.
    pub const fn is_over(&self) -> bool {
        match self {
            Self::Queued | Self::Delayed | Self::HandedOver { .. } | Self::Opened { .. } => false,
            Self::Done { .. } | Self::Rejected | Self::Expired | Self::Stopped => true,
        }
    }
}
