//! What other slices know only at the moment of sending, and what they want to hear afterwards.

use crate::app::App;
use crate::notifications::Outgoing;
use crate::store::{StoreError, Tx};
use shared::identifiers::{Email, LinkId};
use shared::secrets::Secret;
use shared::time::{Deadline, Timestamp};
use std::future::Future;

/// Prepares messages for their send and hears what became of them.
pub trait Desk: Send + Sync {
    /// Called right before each send, outside of any transaction: looks up the address and makes what must be fresh.
    fn prepare(
        &self,
        app: &App,
        message: &Outgoing,
    ) -> impl Future<Output = Result<Prepared, StoreError>> + Send;

    /// Called after each send, in the transaction that records it in the outbox.
    fn record(
        &self,
        app: &App,
        tx: &mut Tx,
        message: &Outgoing,
        outcome: Outcome,
    ) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Called after that transaction stands: tells pages that watch.
    fn announce(&self, app: &App, message: &Outgoing);
}

/// A message right before its send.
#[derive(Debug)]
pub enum Prepared {
    /// It can go.
    Ready {
        /// Where to.
        address: Email,
        /// What was made for this send.
        fresh: Fresh,
    },
    /// It is not to be sent any more: its case is over, or its account has no address.
    Obsolete,
}

/// What is made anew for each send.
#[derive(Debug)]
pub enum Fresh {
    /// Nothing: the message carries no link.
    Nothing,
    /// A recovery link: its row, its token, and how long it lives once the mail server has the message, in seconds.
    Link {
        /// The link's row.
        id: LinkId,
        /// The token in base64url.
        token: Secret<String>,
        /// The link's time in seconds.
        seconds: u32,
    },
    /// The token of the link with which the owner freezes the account, and when it ends.
    Freeze {
        /// The token in base64url.
        token: Secret<String>,
        /// When it ends.
        deadline: Deadline,
    },
}

impl Fresh {
    /// The recovery link, if it is one.
    pub const fn link(&self) -> Option<LinkId> {
        match self {
            Self::Link {
                id,
                token: _,
                seconds: _,
            } => Some(*id),
            Self::Nothing | Self::Freeze { .. } => None,
        }
    }
}

/// How a send went, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server has taken the message over: the clock of the link in it starts.
    Accepted {
        /// When.
        at: Timestamp,
        /// The link that was in it.
        link: Option<LinkId>,
    },
    /// It will be tried again.
    Delayed(Timestamp),
    /// The mail server refused it for good.
    Rejected(Timestamp),
    /// Its time ended before a mail server took it.
    Expired(Timestamp),
}
