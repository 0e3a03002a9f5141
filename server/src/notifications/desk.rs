//! What other slices know only at the moment of sending, and what they want to hear afterwards.

use crate::accounts::MadeFreezeLink;
use crate::app::App;
use crate::notifications::{Address, Outgoing};
use crate::store::{StoreError, Tx};
use shared::identifiers::LinkId;
use shared::secrets::Secret;
use shared::time::{Deadline, Timestamp};
use std::future::Future;

/// Prepares messages for their send and hears what became of them.
pub trait Desk: Send + Sync {
    /// Where a message would go now; nowhere when its account has no address of that kind. It makes nothing.
    fn address(
        &self,
        app: &App,
        message: &Outgoing,
    ) -> impl Future<Output = Result<Option<Address>, StoreError>> + Send;

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
        address: Address,
        /// What was made for this send.
        fresh: Fresh,
    },
    /// It is not to be sent any more: its case is over, or its account has no address.
    Obsolete,
}

/// What is made anew for each send.
#[derive(Debug, Default)]
pub struct Fresh {
    /// The link that the message is for, if it is for one.
    pub link: Option<FreshLink>,
    /// The link with which the owner freezes the account ("no fui yo"), in messages that tell of a change.
    pub freeze: Option<MadeFreezeLink>,
}

/// A link that was made for this send.
#[derive(Debug)]
pub struct FreshLink {
    /// The link's row.
    pub id: LinkId,
    /// The token in base64url.
    pub token: Secret<String>,
    /// How long it works.
    pub life: Life,
}

/// How long a link works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// So many seconds from when the message is accepted.
    FromAcceptance(u32),
    /// Until then, whenever the message is accepted.
    Until(Deadline),
}

impl Fresh {
    /// The message carries no link of its own and none to freeze the account.
    pub const fn nothing() -> Self {
        Self {
            link: None,
            freeze: None,
        }
    }

    /// The message carries the link that it is for.
    pub const fn link(id: LinkId, token: Secret<String>, life: Life) -> Self {
        Self {
            link: Some(FreshLink { id, token, life }),
            freeze: None,
        }
    }

    /// The message tells of a change: the owner can freeze the account.
    pub const fn freeze(made: MadeFreezeLink) -> Self {
        Self {
            link: None,
            freeze: Some(made),
        }
    }

    /// The same, with a link to freeze the account.
    #[must_use]
    pub fn with_freeze(self, made: MadeFreezeLink) -> Self {
        Self {
            freeze: Some(made),
            ..self
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
