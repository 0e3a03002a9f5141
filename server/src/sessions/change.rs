//! Replacing the password while signed in: the account's by its owner, a delegate's own by the delegate.

use super::check::{Check, PasswordChecked};
use super::places::Caller;
use super::session::Session;
use super::{Who, store};
use crate::accounts::{self, Account, NewPassword};
use crate::app::App;
use crate::challenges::Call;
use crate::contacts;
use crate::delegates;
use crate::http::Failure;
use crate::keys::Purpose;
use crate::notifications::Content;
use crate::store::{StoreError, Tx};
use crate::token;
use shared::api::{ErrorCode, Problem};
use shared::audit::Event;
use shared::secrets::Secret;
use shared::sessions::api::PasswordChange;
use shared::time::Timestamp;

/// Replaces the password, ends the other sessions, and gives this one another cookie.
///
/// The old password is asked like before every change that an open session alone must not make. The rules are those of a
/// reset. From the counting on the work goes on to its end, even if the browser goes away.
pub async fn change_password(
    app: &App,
    session: Session,
    asked: PasswordChange,
    caller: Caller,
) -> Result<Secret<String>, Failure> {
    let check = Check::begin(app, &session, caller).await?;
    let app = app.clone();
    tokio::spawn(async move {
        let checked = check.compare(&app, &asked.current).await?;
        replace(&app, &session, &checked, &asked.password, caller).await
    })
    .await
    .map_err(Failure::fault)?
}

/// Writes the new password of somebody who knew the old one.
async fn replace(
    app: &App,
    session: &Session,
    checked: &PasswordChecked,
    password: &Secret<String>,
    caller: Caller,
) -> Result<Secret<String>, Failure> {
    let prepared = match session.who() {
        Who::Owner => accounts::service::prepare_password(app, session.account(), password).await?,
        Who::Delegate(delegate) => {
            delegates::service::prepare_password(app, session.account(), delegate, password).await?
        }
    };
    let hashed = prepared.map_err(|violations| {
        let mut problem = Problem::new(ErrorCode::PasswordRefused);
        problem.violations = violations;
        problem
    })?;

    let mut tx = app.store.write().await?;
    let account = accounts::service::lock(&mut tx, session.account_id())
        .await?
        .ok_or(ErrorCode::SessionMissing)?;
    let now = app.clock.now();
    if !session.still(app, &mut tx, now).await? {
        return Err(ErrorCode::SessionMissing.into());
    }
    checked.still(&mut tx).await?;
    write(app, &mut tx, session, &account, &hashed, caller, now).await?;
    let principal = session.principal();
    let ended = store::end_others(&mut tx, principal, session.id()).await?;
    let (cookie, token) = token::draw(app, Purpose::Session);
    session.renew(&mut tx, &token, now).await?;
    let sessions = u32::try_from(ended).unwrap_or(u32::MAX);
    for event in [Event::PasswordReplaced, Event::OtherSessionsEnded { sessions }] {
        caller.tell(app, &mut tx, &event, principal, now).await?;
    }
    tx.commit().await?;
    app.notifications.wake();
    Ok(cookie)
}

/// Writes a new password where it belongs. With the account's ends what whoever knew the one before may have begun: changes of
/// contacts and invitations. The owner of the account is told of the account's; a delegate's is in the history.
async fn write(
    app: &App,
    tx: &mut Tx,
    session: &Session,
    account: &Account,
    hashed: &NewPassword,
    caller: Caller,
    now: Timestamp,
) -> Result<(), StoreError> {
    match session.who() {
        Who::Owner => {
            accounts::service::set_password(app, tx, account.id, hashed, now).await?;
            let call = Call {
                at: now,
                source: Some(caller.source.address()),
                device: Some(caller.device),
                staff: None,
            };
            contacts::service::stop_for_password(app, tx, account.id, call).await?;
            delegates::service::end_invitations(tx, account.id, now).await?;
            let news = Content::PasswordReplaced {
                employer: account.employer.masked(),
                at: now,
                source: Some(caller.source.address()),
            };
            accounts::service::tell_owner(app, tx, account, news, now).await
        }
        Who::Delegate(delegate) => delegates::service::set_password(app, tx, delegate.id, hashed, now).await,
    }
}
