//! What other slices and the endpoints may ask of contacts.

pub use super::account::{request, show, withdraw};
pub use super::counter::{change_by_officer, progress};
pub use super::kept::kept;

use super::hold::{self, Told};
use super::links::{self, MadeCancelLink, MadeConfirmLink};
use super::store;
use crate::accounts::{self, Account};
use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::notifications::Address;
use crate::store::{StoreError, Tx};
use shared::contacts::api::{CancelDone, CancelView, ConfirmDone, ConfirmView};
use shared::contacts::{Canceller, ConfirmedContact, ContactKind, State};
use shared::identifiers::{AccountId, ContactChangeId};
use shared::secrets::Secret;
use shared::time::{Deadline, Timestamp};

/// Begins the hold of a confirmed contact on a locked account and tells the contacts that it has. A pending change of the same kind
/// is replaced. The caller commits and wakes the notifications.
///
/// Which change it is, and when its hold ends unless something is in the way.
pub async fn hold(
    app: &App,
    tx: &mut Tx,
    account: Account,
    confirmed: &ConfirmedContact,
    call: Call,
) -> Result<(ContactChangeId, Deadline), StoreError> {
    let (account, _) = hold::settle(app, tx, account, call.at).await?;
    hold::hold(app, tx, &account, confirmed, call).await
}

/// When a contact of the account was changed last, as far as is remembered (`retention.contact_change_days`). What an import corrects does not count
/// (ADR 98).
pub async fn last_change(tx: &mut Tx, account: AccountId) -> Result<Option<Timestamp>, StoreError> {
    store::last_change(tx, account).await
}

/// Whether a contact of the account is about to be another one: a change is held, or waits for its confirmation.
pub async fn is_changing(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<bool, StoreError> {
    let pending = store::pending(tx, account).await?;
    Ok(pending.iter().any(|change| match change.state {
        State::Requested { until } | State::Confirming { until, .. } => !until.has_passed(now),
        State::Held { .. } => true,
        State::Applied { .. } | State::Cancelled { .. } | State::Lapsed { .. } | State::Replaced { .. } => {
            false
        }
    }))
}

/// The contacts that an account had until lately, and has no more: as long as the link works that told of the replacement, their
/// readers are told of what opens the account (ADR 135).
pub async fn replaced(tx: &mut Tx, account: &Account, now: Timestamp) -> Result<Vec<Address>, StoreError> {
    let mut replaced = store::replaced(tx, account.id, now).await?;
    let has = |kind| super::record::current(account, kind);
    let now = [has(ContactKind::Email), has(ContactKind::Phone)];
    replaced.retain(|old| !now.iter().flatten().any(|current| current == old));
    replaced.dedup();
    Ok(replaced)
}

/// Stops every pending change of a locked account that its owner froze. The owner is told of the freeze.
pub async fn stop_for_freeze(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    call: Call,
) -> Result<(), StoreError> {
    hold::stop_all(app, tx, account, (Canceller::Freeze, Told::Elsewhere), call).await
}

/// Stops every pending change of a locked account that has another password from now on: whoever knew the one before may have
/// asked for it. Its contacts are told of each that was held.
pub async fn stop_for_password(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    call: Call,
) -> Result<(), StoreError> {
    let account = accounts::service::by_id(tx, account)
        .await?
        .ok_or(StoreError::Corrupt("a new password of no account"))?;
    hold::stop_all(app, tx, &account, (Canceller::Password, Told::Each), call).await
}

/// Makes the link for a message to a new contact that is about to be sent; `None` when it is not to be sent any more.
pub async fn make_confirm_link(
    app: &App,
    change: ContactChangeId,
) -> Result<Option<MadeConfirmLink>, StoreError> {
    links::make_confirm(app, change).await
}

/// Makes the link for a message to an old contact that is about to be sent; `None` when it is not to be sent any more.
pub async fn make_cancel_link(
    app: &App,
    change: ContactChangeId,
) -> Result<Option<MadeCancelLink>, StoreError> {
    links::make_cancel(app, change).await
}

/// Shows what a confirmation link is good for. It changes nothing.
pub async fn inspect_confirm(
    app: &App,
    token: &Secret<String>,
    now: Timestamp,
) -> Result<ConfirmView, Failure> {
    links::inspect_confirm(app, token, now).await
}

/// Confirms a new contact: from here the change is held.
pub async fn confirm(app: &App, token: &Secret<String>, call: Call) -> Result<ConfirmDone, Failure> {
    links::confirm(app, token, call).await
}

/// Shows what a cancel link is good for. It changes nothing.
pub async fn inspect_cancel(
    app: &App,
    token: &Secret<String>,
    now: Timestamp,
) -> Result<CancelView, Failure> {
    links::inspect_cancel(app, token, now).await
}

/// Cancels a held change.
pub async fn cancel(app: &App, token: &Secret<String>, call: Call) -> Result<CancelDone, Failure> {
    links::cancel_by_link(app, token, call).await
}

/// Drops changes and links that nobody asks about any more; how many changes. One that ended is known for a while, so that whoever
/// comes late with a link is told why it does not work; one that was applied is remembered, without the contact, for longer than
/// any rule looks back.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let (ended, applied) = (app.policy.retention.case(), app.policy.retention.contact_change());
    let dropped = store::purge(&mut tx, now.before(ended), now.before(applied)).await?;
    store::forget_replaced(&mut tx, now).await?;
    tx.commit().await?;
    Ok(dropped)
}
