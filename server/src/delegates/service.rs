//! What other slices and the endpoints may ask of delegates.

pub use super::invitation::{accept, inspect, make as make_invitation};
pub use super::kept::kept;
pub use super::owner::{change, create, end, invite_again, list};

use super::{Delegate, store};
use crate::accounts::{self, Account, Change, Judged, NewPassword, RightPassword, StoredPassword};
use crate::app::App;
use crate::http::Failure;
use crate::notifications::{self, Address, Content, NewMessage, Recipient};
use crate::sessions::{Caller, Principal};
use crate::store::{StoreError, Tx};
use shared::audit::{Actor, Event};
use shared::delegates::{DelegateId, DelegateName};
use shared::identifiers::{AccountId, Cedula, version_7};
use shared::passwords::{Personal, Violation};
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::collections::BTreeMap;
use std::time::Duration;

/// How long a delegate is tried to be told of a block.
const NEWS: Duration = Duration::from_hours(24 * 2);

/// How long after it ended an invitation is still known, so that whoever comes late is told why it does not work.
const KEPT_AFTER_END: Duration = Duration::from_hours(24 * 30);

/// The delegate of an account with a cédula, if there is one who was not ended.
pub async fn find(tx: &mut Tx, account: AccountId, cedula: Cedula) -> Result<Option<Delegate>, StoreError> {
    store::by_cedula(tx, account, cedula).await
}

/// A delegate by its row, if it was not ended.
pub async fn by_id(tx: &mut Tx, id: DelegateId) -> Result<Option<Delegate>, StoreError> {
    store::by_id(tx, id).await
}

/// The delegates of an account who were not ended, by name.
pub async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Delegate>, StoreError> {
    store::of_account(tx, account).await
}

/// The names of all delegates that an account ever had, for its history.
pub async fn names(
    tx: &mut Tx,
    account: AccountId,
) -> Result<BTreeMap<DelegateId, DelegateName>, StoreError> {
    let rows = store::names(tx, account).await?;
    let read = |(id, name): (DelegateId, String)| match name.parse() {
        Ok(name) => Ok((id, name)),
        Err(_) => Err(StoreError::Corrupt("delegates.name")),
    };
    rows.into_iter().map(read).collect()
}

/// A delegate's password in force, to be compared.
pub async fn stored_password(tx: &mut Tx, id: DelegateId) -> Result<StoredPassword, StoreError> {
    let hash = store::password_hash(tx, id).await?;
    StoredPassword::of(hash.as_deref())
}

/// Whether what was right when it was compared is still the delegate's password; ask after the account was locked.
pub async fn is_still_right(tx: &mut Tx, id: DelegateId, right: &RightPassword) -> Result<bool, StoreError> {
    let hash = store::password_hash(tx, id).await?;
    Ok(right.is(hash.as_deref()))
}

/// Writes the hash of a right password under the parameters of today, where it was made under others; whether it did.
pub async fn renew_hash(tx: &mut Tx, id: DelegateId, right: &RightPassword) -> Result<Change, StoreError> {
    let Some((old, new)) = right.renewal() else {
        return Ok(Change::None);
    };
    Ok(match store::renew_hash(tx, id, &old, &new).await? {
        0 => Change::None,
        _ => Change::Made,
    })
}

/// Judges a delegate's new password by every rule and hashes it. Call it outside of any transaction.
///
/// The outer error is a failure of the server; the inner one is every rule that the password breaks, in order.
pub async fn prepare_password(
    app: &App,
    account: &Account,
    delegate: &Delegate,
    password: &Secret<String>,
) -> Result<Result<NewPassword, Vec<Violation>>, Failure> {
    let mut tx = app.store.read().await?;
    let earlier = store::last_hashes(&mut tx, delegate.id, app.policy.password.history).await?;
    drop(tx);
    let pieces = delegate.personal_pieces(account);
    let judged = Judged {
        personal: Personal::new(pieces.iter().map(Secret::expose)),
        earlier,
        rules: app.policy.password.clone(),
    };
    accounts::service::prepare_password_for(app, judged, password).await
}

/// Writes a delegate's new password, which lifts a block. The caller has locked the account and tells the audit log.
pub async fn set_password(
    app: &App,
    tx: &mut Tx,
    id: DelegateId,
    password: &NewPassword,
    at: Timestamp,
) -> Result<(), StoreError> {
    let hash = password.hash();
    if store::set_password(tx, id, &hash, at).await? == 0 {
        return Err(StoreError::Changed);
    }
    let entry = version_7(at, app.entropy.bytes());
    store::remember(tx, entry, id, &hash, at, app.policy.password.history).await
}

/// Notes a sign-in.
pub async fn note_sign_in(tx: &mut Tx, id: DelegateId, at: Timestamp) -> Result<(), StoreError> {
    store::note_sign_in(tx, id, at).await
}

/// Blocks a delegate of a locked account after failed sign-ins, and tells the owner and the delegate. Nothing happens to one
/// who is blocked already, has no access or has no password yet.
pub async fn block(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    id: DelegateId,
    caller: Caller,
    at: Timestamp,
) -> Result<(), StoreError> {
    let Some(delegate) = store::by_id(tx, id).await? else {
        return Ok(());
    };
    if delegate.password_set_at.is_none() || !delegate.has_access(at) {
        return Ok(());
    }
    if store::block(tx, id, at).await? == 0 {
        return Ok(());
    }
    let principal = Principal {
        account: account.id,
        delegate: Some(id),
    };
    let (event, subject) = (Event::DelegateBlocked, principal.subject());
    caller
        .tell_of(app, tx, &event, Actor::System, subject, at)
        .await?;
    let (employer, source) = (account.employer.masked(), Some(caller.source.address()));
    let message = NewMessage {
        content: Content::AccessBlocked {
            employer: employer.clone(),
            at,
            source,
        },
        recipient: Recipient::Typed {
            address: Address::Email(delegate.email.clone()),
            account: Some(account.id),
        },
        case: None,
        language: delegate.language,
        expires_at: at.after(NEWS),
    };
    notifications::service::queue(app, tx, &message, at).await?;
    let news = Content::DelegateBlocked {
        employer,
        delegate: delegate.cedula.masked(),
        at,
        source,
    };
    accounts::service::tell_owner(app, tx, account, news, at).await
}

/// Ends the invitations of a locked account's delegates, also those that wait to be sent: it was frozen, or whoever knew the
/// password before the new one may have sent them. The owner can invite again.
pub async fn end_invitations(tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<(), StoreError> {
    store::end_invitations(tx, account, at).await
}

/// Drops invitations that ended long ago. How many.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let dropped = store::purge_invitations(&mut tx, now.before(KEPT_AFTER_END)).await?;
    tx.commit().await?;
    Ok(dropped)
}
