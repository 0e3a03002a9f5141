//! What other slices and the endpoints may ask of sessions.

pub use super::change::change_password;
pub use super::history::history;
pub use super::sign_in::sign_in;

use super::history::device;
use super::places::Caller;
use super::session::{Session, is_valid};
use super::store;
use crate::accounts::{self, State};
use crate::app::App;
use crate::audit;
use crate::http::Failure;
use crate::keys::Purpose;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::audit::{Actor, Event};
use shared::identifiers::AccountId;
use shared::secrets::Secret;
use shared::sessions::api::{AccountState, AccountView, PasswordRules, SessionList, SessionView, Visit};
use shared::sessions::{Device, Network, PasswordAge, SessionId, Who};
use shared::time::Timestamp;

/// What the account area shows first.
pub async fn account(app: &App, session: &Session, now: Timestamp) -> Result<AccountView, StoreError> {
    let account = session.account();
    let mut tx = app.store.read().await?;
    let last = audit::service::last(&mut tx, account.id, SIGNED_IN, session.signed_in_at()).await?;
    let last_sign_in = last.map(|recorded| Visit {
        at: recorded.at,
        network: recorded.source.map(Network::of),
        device: recorded
            .event
            .as_ref()
            .and_then(device)
            .unwrap_or(Device::UNKNOWN),
    });
    let linked = accounts::service::linked(&mut tx, account).await?;
    Ok(AccountView {
        now,
        employer: account.employer.masked(),
        branch: account.branch,
        name: account.name.clone(),
        who: Who::Owner,
        linked,
        state: match account.state {
            State::Active => AccountState::Active,
            // A frozen account has no sessions; between two reads it is as closed as a blocked one.
            State::Blocked { .. } | State::Frozen { .. } => AccountState::Blocked,
        },
        password: account
            .password_set_at
            .map(|set_at| PasswordAge::of(app.policy.sessions, set_at, now)),
        last_sign_in,
        ends: session.ends(),
    })
}

/// The kind of the event of a sign-in.
const SIGNED_IN: &str = "signed_in";

/// The account's sessions, the last used first.
pub async fn list(app: &App, session: &Session, now: Timestamp) -> Result<SessionList, StoreError> {
    let mut tx = app.store.read().await?;
    listed(app, &mut tx, session, now).await
}

async fn listed(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    now: Timestamp,
) -> Result<SessionList, StoreError> {
    let rows = store::of_account(tx, session.account_id()).await?;
    let sessions = rows
        .into_iter()
        .filter(|row| is_valid(app.policy.sessions, row, session.account(), now))
        .map(|row| SessionView {
            id: row.id,
            signed_in: Visit {
                at: row.signed_in_at,
                network: row.network,
                device: row.shown,
            },
            used_at: row.used_at,
            current: row.id == session.id(),
            delegate: None,
        })
        .collect();
    Ok(SessionList { now, sessions })
}

/// Ends one session of the account. Another account's is as unknown as one that never was.
pub async fn end(
    app: &App,
    session: &Session,
    chosen: SessionId,
    caller: Caller,
) -> Result<SessionList, Failure> {
    let mut tx = app.store.write().await?;
    if store::end(&mut tx, chosen, session.account_id()).await? == 0 {
        return Err(ErrorCode::SessionUnknown.into());
    }
    caller
        .tell(
            app,
            &mut tx,
            &Event::SessionEnded,
            Actor::Holder,
            session.account_id(),
            caller.at,
        )
        .await?;
    let list = listed(app, &mut tx, session, caller.at).await?;
    tx.commit().await?;
    Ok(list)
}

/// Ends every session of the account but this one.
pub async fn end_others(app: &App, session: &Session, caller: Caller) -> Result<SessionList, StoreError> {
    let mut tx = app.store.write().await?;
    let ended = store::end_others(&mut tx, session.account_id(), session.id()).await?;
    if ended > 0 {
        let sessions = u32::try_from(ended).unwrap_or(u32::MAX);
        let event = Event::OtherSessionsEnded { sessions };
        caller
            .tell(
                app,
                &mut tx,
                &event,
                Actor::Holder,
                session.account_id(),
                caller.at,
            )
            .await?;
    }
    let list = listed(app, &mut tx, session, caller.at).await?;
    tx.commit().await?;
    Ok(list)
}

/// Ends every session of a locked account and makes it forget every browser: who has one of them may be why. The account's own mark (`sessions_ended_at`) says the same for sessions that
/// are being made at this moment; the rows go so that no node's clock can keep one. The caller tells the audit log.
pub async fn end_all(tx: &mut Tx, account: AccountId) -> Result<(), StoreError> {
    store::end_all(tx, account).await?;
    store::forget_devices(tx, account).await
}

/// Ends the session of a cookie, if there is one: whoever wants to be signed out is, whatever was before.
pub async fn sign_out(app: &App, cookie: Option<&Secret<String>>, caller: Caller) -> Result<(), StoreError> {
    let Some(token) = cookie.and_then(|cookie| token::digest(app, Purpose::Session, cookie)) else {
        return Ok(());
    };
    let mut tx = app.store.write().await?;
    if let Some(ended) = store::end_by_token(&mut tx, &token).await? {
        caller
            .tell(
                app,
                &mut tx,
                &Event::SignedOut,
                Actor::Holder,
                ended.account,
                caller.at,
            )
            .await?;
    }
    tx.commit().await
}

/// What a new password of this account must be.
pub fn password_rules(app: &App, session: &Session) -> PasswordRules {
    PasswordRules {
        rules: app.policy.password.clone(),
        personal: session.account().personal_pieces(),
    }
}

/// Drops what is over: sessions, devices that were not seen for long, attempts that count no more. How many rows.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let policy = app.policy.sessions;
    let mut tx = app.store.write().await?;
    let unused_since = now.before(policy.idle());
    let attempts_before = now.before(policy.failure_window());
    let dropped = store::purge(&mut tx, now, unused_since, attempts_before).await?;
    tx.commit().await?;
    Ok(dropped)
}
