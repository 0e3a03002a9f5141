//! What an owner who is signed in does with the account's passkeys.

use super::store::{self, Done};
use crate::accounts::Account;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::http::Failure;
use crate::notifications::Content;
use crate::sessions::service as sessions;
use crate::sessions::{Caller, Owner};
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::audit::{Actor, Event};
use shared::identifiers::AccountId;
use shared::passkeys::api::{PasskeyList, PasskeyRemoval, PasskeyRename, PasskeyView};
use shared::time::Timestamp;

/// The account's passkeys, the oldest first.
pub async fn list(app: &App, owner: Owner<'_>, now: Timestamp) -> Result<PasskeyList, StoreError> {
    let mut tx = app.store.read().await?;
    listed(app, &mut tx, owner.account_id(), now).await
}

/// Gives a passkey another name. Another account's is as unknown as one that never was.
pub async fn rename(
    app: &App,
    owner: Owner<'_>,
    asked: &PasskeyRename,
    caller: Caller,
) -> Result<PasskeyList, Failure> {
    let mut tx = app.store.write().await?;
    let (account, now) = enter(app, &mut tx, owner).await?;
    if store::rename(&mut tx, asked.passkey, account.id, &asked.name).await? == Done::No {
        return Err(ErrorCode::PasskeyUnknown.into());
    }
    let event = Event::PasskeyRenamed {
        passkey: asked.passkey,
    };
    tell(app, &mut tx, &event, account.id, caller, now).await?;
    let list = listed(app, &mut tx, account.id, now).await?;
    tx.commit().await?;
    Ok(list)
}

/// Removes a passkey for good, after the password in force was shown. The owner is told.
pub async fn remove(
    app: &App,
    owner: Owner<'_>,
    asked: &PasskeyRemoval,
    caller: Caller,
) -> Result<PasskeyList, Failure> {
    let checked = sessions::check_owner_password(app, owner, &asked.current, caller).await?;
    let mut tx = app.store.write().await?;
    let (account, now) = enter(app, &mut tx, owner).await?;
    checked.still(&mut tx).await?;
    if store::remove(&mut tx, asked.passkey, account.id, now).await? == Done::No {
        return Err(ErrorCode::PasskeyUnknown.into());
    }
    let event = Event::PasskeyRemoved {
        passkey: asked.passkey,
    };
    tell(app, &mut tx, &event, account.id, caller, now).await?;
    let news = Content::PasskeyRemoved {
        employer: account.employer.masked(),
        at: now,
        source: Some(caller.source.address()),
    };
    accounts::tell_owner(app, &mut tx, &account, news, now).await?;
    let list = listed(app, &mut tx, account.id, now).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(list)
}

/// Locks the account, and refuses an owner whose session ended meanwhile. The time is that of the lock.
async fn enter(app: &App, tx: &mut Tx, owner: Owner<'_>) -> Result<(Account, Timestamp), Failure> {
    let account = accounts::lock(tx, owner.account_id())
        .await?
        .ok_or(ErrorCode::SessionMissing)?;
    let now = app.clock.now();
    if owner.still(app, tx, now).await? {
        Ok((account, now))
    } else {
        Err(ErrorCode::SessionMissing.into())
    }
}

async fn listed(
    app: &App,
    tx: &mut Tx,
    account: AccountId,
    now: Timestamp,
) -> Result<PasskeyList, StoreError> {
    let rows = store::of_account(tx, account).await?;
    let passkeys = rows
        .into_iter()
        .map(|row| PasskeyView {
            id: row.id,
            backup: store::backup(&row.credential),
            sign_count: row.credential.counter,
            name: row.name,
            created_at: row.created_at,
            used_at: row.used_at,
        })
        .collect();
    Ok(PasskeyList {
        now,
        passkeys,
        most: app.policy.passkeys.most,
    })
}

async fn tell(
    app: &App,
    tx: &mut Tx,
    event: &Event,
    account: AccountId,
    caller: Caller,
    at: Timestamp,
) -> Result<(), StoreError> {
    let subject = Subject {
        account: Some(account),
        ..Subject::default()
    };
    let entry = Entry {
        event,
        at,
        actor: Actor::Holder,
        subject,
        source: Some(caller.source.address()),
        device: Some(caller.device),
        staff: None,
    };
    audit::service::append(app, tx, &entry).await
}
