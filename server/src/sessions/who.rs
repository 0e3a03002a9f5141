//! Who is signed in, and the evidence that it is the owner.

use super::Session;
use crate::audit::Subject;
use crate::delegates::Delegate;
use shared::audit::Actor;
use shared::delegates::DelegateId;
use shared::identifiers::AccountId;
use std::ops::Deref;

/// Who is signed in to an account.
#[derive(Clone, Debug)]
pub enum Who {
    /// Whoever knows the master key.
    Owner,
    /// A delegate, as it stood when the request came.
    Delegate(Box<Delegate>),
}

/// The session of an account's owner: made by [`Session::owner`] only, and taken by whatever a delegate may not do.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a>(&'a Session);

impl<'a> Owner<'a> {
    /// The session, when it is the owner's.
    pub(super) const fn of(session: &'a Session) -> Option<Self> {
        match session.who() {
            Who::Owner => Some(Self(session)),
            Who::Delegate(_) => None,
        }
    }
}

impl Deref for Owner<'_> {
    type Target = Session;

    fn deref(&self) -> &Session {
        self.0
    }
}

/// Somebody with a password of their own: the owner of an account, or one of its delegates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The account.
    pub account: AccountId,
    /// The delegate; nothing for the owner.
    pub delegate: Option<DelegateId>,
}

impl Principal {
    /// What an event about them is about.
    pub fn subject(self) -> Subject {
        Subject {
            account: Some(self.account),
            delegate: self.delegate,
            ..Subject::default()
        }
    }

    /// In which quality they act once they proved their password.
    pub const fn actor(self) -> Actor {
        match self.delegate {
            None => Actor::Holder,
            Some(_) => Actor::Delegate,
        }
    }
}
