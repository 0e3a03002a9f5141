//! What an officer at a counter does to an account itself: freezing it, and lifting a freeze.
//!
//! Each act is made in the caller's transaction, so that it stands or falls with whatever the caller writes of it; the caller
//! commits and then wakes the notifications. Whoever holds locks of their own meanwhile has taken them before: the account is
//! locked here, and after it its cases, as everywhere. What cannot be done is told and nothing is written.

use super::freeze;
use super::store::{self, Change};
use super::{Account, State};
use crate::app::App;
use crate::challenges::{Call, Identity, now};
use crate::notifications::{Content, FrozenBy};
use crate::staff::Officer;
use crate::store::{StoreError, Tx};
use shared::accounts::NotDone;
use shared::audit::Event;
use shared::recovery::OfficerApproval;

/// Why an officer's act came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum CounterError {
    /// It cannot be done now, and the officer is told why. Nothing was written.
    #[error("not done: {0:?}")]
    NotDone(NotDone),
    /// The database, or a defect. The caller gives the transaction up.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<NotDone> for CounterError {
    fn from(reason: NotDone) -> Self {
        Self::NotDone(reason)
    }
}

/// The account of whoever stands at the counter, locked.
pub(super) async fn lock(tx: &mut Tx, identity: &Identity) -> Result<Account, CounterError> {
    let found = store::by_key(tx, identity.employer, identity.branch).await?;
    let account = found.ok_or(NotDone::NoAccount)?;
    Ok(store::lock(tx, account.id).await?.ok_or(StoreError::Changed)?)
}

/// Freezes an account: what its owner does with "no fui yo", done for whoever has no such mail at hand.
pub(super) async fn freeze(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    _approval: OfficerApproval,
    identity: &Identity,
    call: Call,
) -> Result<(), CounterError> {
    let account = lock(tx, identity).await?;
    let call = now(app, call).by(officer.id());
    match freeze::carry_out(app, tx, &account, FrozenBy::Officer, call).await? {
        Change::Made => Ok(()),
        Change::None => Err(NotDone::AccountFrozen.into()),
    }
}

/// Lifts a freeze. Whoever the owner did not recognise may know the password in force, so that it goes with the freeze (ADR 125):
/// nobody signs in until a link has set a new one. All freeze links of before count as used: no old mail brings the freeze back.
pub(super) async fn thaw(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    _approval: OfficerApproval,
    identity: &Identity,
    call: Call,
) -> Result<(), CounterError> {
    let account = lock(tx, identity).await?;
    match account.state {
        State::Frozen { .. } => {}
        State::Active | State::Blocked { .. } => return Err(NotDone::AccountNotFrozen.into()),
    }
    let call = now(app, call).by(officer.id());
    if store::thaw(tx, account.id).await? == Change::None {
        return Err(StoreError::Changed.into());
    }
    store::use_links(tx, account.id, call.at).await?;
    for event in [Event::AccountThawed, Event::PasswordWithdrawn] {
        freeze::append(app, tx, account.id, (event, call.actor()), call).await?;
    }
    let news = Content::AccountThawed {
        employer: account.employer.masked(),
        at: call.at,
    };
    super::service::tell_owner(app, tx, &account, news, call.at).await?;
    Ok(())
}
