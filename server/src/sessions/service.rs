//! What other slices and the endpoints may ask of sessions.

pub use super::change::change_password;
pub use super::check::check_owner_password;
pub use super::history::history;
pub use super::kept::{forget, kept};
pub use super::sign_in::sign_in;

use super::Who;
use super::attempts::{self, Tally};
use super::history::device;
use super::places::Caller;
use super::session::{Session, is_valid};
use super::store;
use crate::accounts::{self, Account, State};
use crate::app::App;
use crate::audit;
use crate::delegates::{self, Delegate};
use crate::http::Failure;
use crate::keys::Purpose;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::ErrorCode;
use shared::audit::Event;
use shared::delegates::DelegateId;
use shared::identifiers::{AccountId, Cedula};
use shared::secrets::Secret;
use shared::sessions::api::{AccountState, AccountView, PasswordRules, SessionList, SessionView, Visit};
use shared::sessions::{self, Device, Network, PasswordAge, SessionId};
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// What the account area shows first.
pub async fn account(app: &App, session: &Session, now: Timestamp) -> Result<AccountView, StoreError> {
    let account = session.account();
    let mut tx = app.store.read().await?;
    let (delegate, since) = (session.principal().delegate, session.signed_in_at());
    let last = audit::service::last(&mut tx, account.id, delegate, SIGNED_IN, since).await?;
    let last_sign_in = last.map(|recorded| Visit {
        at: recorded.at,
        network: recorded.source.map(Network::of),
        device: device(&recorded).unwrap_or(Device::UNKNOWN),
    });
    let (who, password_set_at, linked) = match session.who() {
        Who::Owner => {
            let linked = accounts::service::linked(&mut tx, account).await?;
            (sessions::Who::Owner, account.password_set_at, linked)
        }
        Who::Delegate(delegate) => (delegate.who(), delegate.password_set_at, Vec::new()),
    };
    Ok(AccountView {
        now,
        employer: account.employer.masked(),
        branch: account.branch,
        name: account.name.clone(),
        who,
        linked,
        state: standing(session),
        password: password_set_at.map(|set_at| PasswordAge::of(app.policy.sessions, set_at, now)),
        last_sign_in,
        ends: session.ends(),
    })
}

/// How it stands for whoever is signed in: the account for its owner, their own access for a delegate.
const fn standing(session: &Session) -> AccountState {
    let blocked = match (session.who(), session.account().state) {
        (Who::Delegate(delegate), State::Active | State::Blocked { .. }) => delegate.blocked_at.is_some(),
        // A frozen account has no sessions; between two reads it is as closed as a blocked one.
        (Who::Owner, State::Blocked { .. }) | (_, State::Frozen { .. }) => true,
        (Who::Owner, State::Active) => false,
    };
    if blocked {
        AccountState::Blocked
    } else {
        AccountState::Active
    }
}

/// The kind of the event of a sign-in.
const SIGNED_IN: &str = "signed_in";

/// The sessions that whoever is signed in may see, the last used first: the owner all of the account's, a delegate their own.
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
    let people = people(tx, session).await?;
    let sessions = rows
        .into_iter()
        .filter_map(|row| Some((people.get(&row.delegate)?, row)))
        .filter(|(who, row)| is_valid(app.policy.sessions, row, session.account(), who, now))
        .map(|(who, row)| SessionView {
            id: row.id,
            signed_in: Visit {
                at: row.signed_in_at,
                network: row.network,
                device: row.shown,
            },
            used_at: row.used_at,
            current: row.id == session.id(),
            delegate: match who {
                Who::Owner => None,
                Who::Delegate(delegate) => Some(delegate.name.clone()),
            },
        })
        .collect();
    Ok(SessionList { now, sessions })
}

/// Those whose sessions whoever is signed in may see.
async fn people(tx: &mut Tx, session: &Session) -> Result<BTreeMap<Option<DelegateId>, Who>, StoreError> {
    match session.who() {
        Who::Delegate(delegate) => Ok([(Some(delegate.id), session.who().clone())].into()),
        Who::Owner => {
            let delegates = delegates::service::of_account(tx, session.account_id()).await?;
            let mut people: BTreeMap<_, _> = delegates
                .into_iter()
                .map(|delegate| (Some(delegate.id), Who::Delegate(Box::new(delegate))))
                .collect();
            people.insert(None, Who::Owner);
            Ok(people)
        }
    }
}

/// Ends one session that whoever is signed in may see. Any other is as unknown as one that never was.
pub async fn end(
    app: &App,
    session: &Session,
    chosen: SessionId,
    caller: Caller,
) -> Result<SessionList, Failure> {
    let (mut tx, by) = (app.store.write().await?, session.principal());
    if store::end(&mut tx, chosen, by).await? == 0 {
        return Err(ErrorCode::SessionUnknown.into());
    }
    caller
        .tell(app, &mut tx, &Event::SessionEnded, by, caller.at)
        .await?;
    let list = listed(app, &mut tx, session, caller.at).await?;
    tx.commit().await?;
    Ok(list)
}

/// Ends every session that whoever is signed in may see, but this one.
pub async fn end_others(app: &App, session: &Session, caller: Caller) -> Result<SessionList, StoreError> {
    let (mut tx, by) = (app.store.write().await?, session.principal());
    let ended = store::end_others(&mut tx, by, session.id()).await?;
    if ended > 0 {
        let sessions = u32::try_from(ended).unwrap_or(u32::MAX);
        let event = Event::OtherSessionsEnded { sessions };
        caller.tell(app, &mut tx, &event, by, caller.at).await?;
    }
    let list = listed(app, &mut tx, session, caller.at).await?;
    tx.commit().await?;
    Ok(list)
}

/// Ends every session of a delegate, makes every browser unknown to them, and forgets what failed under their number. The
/// caller has locked the account and tells the audit log.
pub async fn end_of_delegate(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    delegate: &Delegate,
) -> Result<(), StoreError> {
    store::end_of_delegate(tx, delegate.id).await?;
    store::forget_devices_of_delegate(tx, delegate.id).await?;
    forget_failures_of(app, tx, account, Some(delegate.cedula)).await
}

/// Forgets what strangers failed at the owner's sign-in of an account that is unblocked: what is counted anew is counted from
/// nothing.
pub async fn forget_failures(app: &App, tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    forget_failures_of(app, tx, account, None).await
}

/// The same at the sign-in of a delegate, whose block is lifted.
pub async fn forget_failures_of(
    app: &App,
    tx: &mut Tx,
    account: &Account,
    delegate: Option<Cedula>,
) -> Result<(), StoreError> {
    let tally = Tally::of_strangers(app, account.employer, account.branch, delegate, None);
    attempts::clear(tx, &tally).await
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
            .tell(app, &mut tx, &Event::SignedOut, ended.principal(), caller.at)
            .await?;
    }
    tx.commit().await
}

/// What a new password of whoever is signed in must be.
pub fn password_rules(app: &App, session: &Session) -> PasswordRules {
    PasswordRules {
        rules: app.policy.password.clone(),
        personal: match session.who() {
            Who::Owner => session.account().personal_pieces(),
            Who::Delegate(delegate) => delegate.personal_pieces(session.account()),
        },
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
