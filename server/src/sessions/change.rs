//! Replacing the password while signed in.

use super::attempts::{self, Tally, Trial};
use super::places::Caller;
use super::session::Session;
use super::store;
use crate::accounts::{self, Checked};
use crate::app::App;
use crate::http::Failure;
use crate::http::limits::{self, Bucket};
use crate::keys::Purpose;
use crate::notifications::Content;
use crate::slots::Room;
use crate::token;
use shared::api::{ErrorCode, Problem};
use shared::audit::{Actor, Event};
use shared::secrets::Secret;
use shared::sessions::api::PasswordChange;

/// Replaces the password, ends the other sessions, and gives this one another cookie.
///
/// The old password is asked under the device's own tally: whoever finds an open session can guess no more often than
/// whoever signs in. The rules are those of a reset. From the counting on the work goes on to its end, even if the browser
/// goes away.
pub async fn change_password(
    app: &App,
    session: Session,
    asked: PasswordChange,
    caller: Caller,
) -> Result<Secret<String>, Failure> {
    let tally = Tally::of_device(app, session.account_id(), session.device());
    let bucket = Bucket::new("sign in account", tally.bucket());
    limits::hit(app, caller.at, bucket, app.policy.limits.sign_ins_per_account).await?;
    let app = app.clone();
    tokio::spawn(async move { replace(&app, &session, &asked, tally, caller).await })
        .await
        .map_err(Failure::fault)?
}

/// Counts the attempt, compares the old password and writes the new one.
async fn replace(
    app: &App,
    session: &Session,
    asked: &PasswordChange,
    tally: Tally,
    caller: Caller,
) -> Result<Secret<String>, Failure> {
    let id = session.account_id();
    let Some(attempt) = attempts::admit(app, tally, caller.at).await? else {
        return Err(ErrorCode::CurrentPasswordWrong.into());
    };
    let mut tx = app.store.read().await?;
    let stored = accounts::service::stored_password(&mut tx, id).await?;
    drop(tx);
    let right = match accounts::service::check_password(app, &stored, &asked.current, Room::Whole).await {
        Ok(Checked::Right(right)) => right,
        Ok(Checked::Wrong) => {
            attempts::fail(app, attempt, Trial::Check, caller).await?;
            return Err(ErrorCode::CurrentPasswordWrong.into());
        }
        Err(error) => {
            attempts::withdraw(app, attempt).await?;
            return Err(error.into());
        }
    };
    attempts::withdraw(app, attempt).await?;
    let hashed = accounts::service::prepare_password(app, session.account(), &asked.password)
        .await?
        .map_err(|violations| {
            let mut problem = Problem::new(ErrorCode::PasswordRefused);
            problem.violations = violations;
            problem
        })?;

    let mut tx = app.store.write().await?;
    let account = accounts::service::lock(&mut tx, id)
        .await?
        .ok_or(ErrorCode::SessionMissing)?;
    let now = app.clock.now();
    if !session.still(app, &mut tx, now).await? {
        return Err(ErrorCode::SessionMissing.into());
    }
    if !accounts::service::is_still_right(&mut tx, id, &right).await? {
        return Err(ErrorCode::CurrentPasswordWrong.into());
    }
    accounts::service::set_password(app, &mut tx, id, &hashed, now).await?;
    let ended = store::end_others(&mut tx, id, session.id()).await?;
    let (cookie, token) = token::draw(app, Purpose::Session);
    session.renew(&mut tx, &token, now).await?;
    let sessions = u32::try_from(ended).unwrap_or(u32::MAX);
    for event in [Event::PasswordReplaced, Event::OtherSessionsEnded { sessions }] {
        caller.tell(app, &mut tx, &event, Actor::Holder, id, now).await?;
    }
    let news = Content::PasswordReplaced {
        employer: account.employer.masked(),
        at: now,
        source: Some(caller.source.address()),
    };
    accounts::service::tell_owner(app, &mut tx, &account, news, now).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(cookie)
}
