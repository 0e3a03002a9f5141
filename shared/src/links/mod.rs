//! A link of a case, without its token: what it still is good for, and the two proofs that can be had from it. Recovering
//! and unblocking share it.
//!
//! The token itself is never here: the server keeps a keyed digest, the mail keeps the token.
//!
//! Invariants: a link is consumed at most once; a used, ended or expired link gives no proof; nothing opens it again.

use crate::identifiers::LinkId;
use crate::time::{Deadline, Timestamp};

/// A link as its row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    id: LinkId,
    expires: Deadline,
    state: LinkState,
}

/// What has become of a link, apart from time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkState {
    /// Nothing yet.
    Open,
    /// It did what it was made for.
    Used {
        /// When.
        at: Timestamp,
    },
    /// A newer link of the account took its place.
    Replaced {
        /// When.
        at: Timestamp,
    },
    /// Its case ended.
    Closed {
        /// When.
        at: Timestamp,
    },
}

/// Why a link is good for nothing. Told only to somebody who holds its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum LinkRefused {
    /// Its time is over, or its case is.
    #[error("the link's time is over")]
    Expired,
    /// It has done what it was made for.
    #[error("the link was used")]
    Used,
    /// A newer link took its place.
    #[error("a newer link took its place")]
    Replaced,
}

/// Proof that the token of an open link was shown. It changes nothing. Made by [`Link::present`] only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresentedLink {
    link: LinkId,
}

/// Proof that a link was used up. Made by [`Link::consume`] only, and not copyable: one token, one deed.
#[derive(Debug, PartialEq, Eq)]
pub struct ConsumedToken {
    link: LinkId,
}

impl Link {
    /// A link just made. `expires` is provisional until the mail server has accepted the message.
    pub const fn made(id: LinkId, expires: Deadline) -> Self {
        Self {
            id,
            expires,
            state: LinkState::Open,
        }
    }

    /// A link as it was stored.
    pub const fn stored(id: LinkId, expires: Deadline, state: LinkState) -> Self {
        Self { id, expires, state }
    }

    /// Which one.
    pub const fn id(&self) -> LinkId {
        self.id
    }

    /// When it ends.
    pub const fn expires(&self) -> Deadline {
        self.expires
    }

    /// What has become of it.
    pub const fn state(&self) -> LinkState {
        self.state
    }

    /// Proves that its token was shown at `at` and that it is still good.
    pub fn present(&self, at: Timestamp) -> Result<PresentedLink, LinkRefused> {
        match self.state {
            LinkState::Used { .. } => Err(LinkRefused::Used),
            LinkState::Replaced { .. } => Err(LinkRefused::Replaced),
            LinkState::Closed { .. } => Err(LinkRefused::Expired),
            LinkState::Open if self.expires.has_passed(at) => Err(LinkRefused::Expired),
            LinkState::Open => Ok(PresentedLink { link: self.id }),
        }
    }

    /// Uses it up. Whoever calls this makes it last in the same transaction by a guarded update.
    pub fn consume(&mut self, at: Timestamp) -> Result<ConsumedToken, LinkRefused> {
        let PresentedLink { link } = self.present(at)?;
        self.state = LinkState::Used { at };
        Ok(ConsumedToken { link })
    }

    /// Gives it its real deadline, if it is still open.
    pub fn expire_at(&mut self, expires: Deadline) {
        if self.state == LinkState::Open {
            self.expires = expires;
        }
    }

    /// Ends it because a newer one takes its place, if it is still open.
    pub fn replace(&mut self, at: Timestamp) {
        if self.state == LinkState::Open {
            self.state = LinkState::Replaced { at };
        }
    }

    /// Ends it because its case ends, if it is still open.
    pub fn close(&mut self, at: Timestamp) {
        if self.state == LinkState::Open {
            self.state = LinkState::Closed { at };
        }
    }
}

impl PresentedLink {
    /// Whose token it was.
    pub const fn link(self) -> LinkId {
        self.link
    }
}

impl ConsumedToken {
    /// Whose token it was.
    pub const fn link(&self) -> LinkId {
        self.link
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const END: Timestamp = Timestamp::from_micros(180_000_000);

    fn link() -> Link {
        Link::made(LinkId::from_uuid(Uuid::from_u128(1)), Deadline::at(END))
    }

    #[test]
    fn is_good_one_tick_before_its_deadline_and_not_at_it() {
        let tick = core::time::Duration::from_micros(1);
        assert!(link().consume(END.before(tick)).is_ok());
        assert_eq!(link().consume(END), Err(LinkRefused::Expired));
        assert_eq!(link().consume(END.after(tick)), Err(LinkRefused::Expired));
    }

    #[test]
    fn is_consumed_once() {
        let mut link = link();
        assert!(link.consume(Timestamp::from_micros(1)).is_ok());
        assert_eq!(link.consume(Timestamp::from_micros(2)), Err(LinkRefused::Used));
        assert_eq!(
            link.present(END),
            Err(LinkRefused::Used),
            "used stays used, also after the deadline"
        );
    }

    #[test]
    fn showing_it_changes_nothing() {
        let link = link();
        for _ in 0..1000 {
            assert!(link.present(Timestamp::from_micros(5)).is_ok());
        }
        assert_eq!(link, self::link());
    }

    #[test]
    fn a_used_link_is_neither_replaced_nor_revived() {
        let mut link = link();
        link.consume(Timestamp::from_micros(1)).unwrap();
        let used = link.clone();
        link.replace(Timestamp::from_micros(2));
        link.close(Timestamp::from_micros(2));
        link.expire_at(Deadline::at(Timestamp::from_micros(i64::MAX)));
        assert_eq!(link, used);
    }
}
