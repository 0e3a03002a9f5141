//! The endpoints of `shared::sessions::api`. Those of the account area are mounted through [`signed_in`]: a handler that
//! takes a [`Session`] cannot be reached without one.

use super::{COOKIE, Caller, Cookies, DEVICE_COOKIE, Session, Use, service};
use crate::http::cookies::Cookie;
use crate::http::floor::floor;
use crate::http::{Answer, Ctx, Failure, Handler, Routes};
use shared::api::{Endpoint, Method};
use shared::recovery::api::Empty;
use shared::secrets::Secret;
use shared::sessions::api::{
    AccountView, ChangePassword, Credentials, CurrentSession, EndOtherSessions, EndSession, ExtendSession,
    History, HistoryPage, ListSessions, PasswordChange, PasswordRules, SessionChoice, SessionList,
    SessionTimes, ShowHistory, ShowPasswordRules, SignIn, SignOut,
};
use std::time::Duration;

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<SignIn>(sign_in)
        .route::<CurrentSession>(signed_in::<CurrentSession, _, _>(current))
        .route::<ExtendSession>(signed_in::<ExtendSession, _, _>(extend))
        .route::<SignOut>(sign_out)
        .route::<ListSessions>(signed_in::<ListSessions, _, _>(list))
        .route::<EndSession>(signed_in::<EndSession, _, _>(end))
        .route::<EndOtherSessions>(signed_in::<EndOtherSessions, _, _>(end_others))
        .route::<ShowPasswordRules>(signed_in::<ShowPasswordRules, _, _>(password_rules))
        .route::<ChangePassword>(signed_in::<ChangePassword, _, _>(change_password))
        .route::<ShowHistory>(signed_in::<ShowHistory, _, _>(history))
}

/// Lets only those through who are signed in. Reading does not count as use.
pub fn signed_in<E, F, Fut>(handler: F) -> impl Handler<E>
where
    E: Endpoint,
    E::Request: Send,
    F: Fn(Session, Ctx, E::Request) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<Answer<E::Response>, Failure>> + Send,
{
    let how = match E::METHOD {
        Method::Get => Use::Look,
        Method::Post => Use::Note,
    };
    move |ctx: Ctx, request: E::Request| {
        let handler = handler.clone();
        async move {
            // After the body was read, however slowly it came.
            let ctx = ctx.at(ctx.app.clock.now());
            let session = Session::authenticate(&ctx.app, ctx.cookie(COOKIE), ctx.now, how).await?;
            handler(session, ctx, request).await
        }
    }
}

async fn sign_in(ctx: Ctx, asked: Credentials) -> Result<Answer<AccountView>, Failure> {
    let cookies = Cookies {
        session: ctx.cookie(COOKIE).cloned(),
        device: ctx.cookie(DEVICE_COOKIE).cloned(),
    };
    let entered = service::sign_in(&ctx.app, asked, cookies, Caller::of(&ctx)).await;
    wait(&ctx).await;
    let entered = entered?;
    let remembered = ctx.app.policy.sessions.device_lifetime();
    let device = Cookie::set(DEVICE_COOKIE, entered.device, remembered);
    Ok(shown(&ctx, entered.session).await?.with_cookie(device))
}

async fn current(session: Session, ctx: Ctx, (): ()) -> Result<Answer<AccountView>, Failure> {
    Ok(service::account(&ctx.app, &session, ctx.now).await?.into())
}

async fn extend(session: Session, ctx: Ctx, _: Empty) -> Result<Answer<SessionTimes>, Failure> {
    let (now, ends) = (ctx.now, session.ends());
    Ok(SessionTimes { now, ends }.into())
}

async fn sign_out(ctx: Ctx, _: Empty) -> Result<Answer<Empty>, Failure> {
    service::sign_out(&ctx.app, ctx.cookie(COOKIE), Caller::of(&ctx)).await?;
    Ok(Answer::from(Empty {}).with_cookie(Cookie::clear(COOKIE)))
}

async fn list(session: Session, ctx: Ctx, (): ()) -> Result<Answer<SessionList>, Failure> {
    Ok(service::list(&ctx.app, &session, ctx.now).await?.into())
}

async fn end(session: Session, ctx: Ctx, chosen: SessionChoice) -> Result<Answer<SessionList>, Failure> {
    let caller = Caller::of(&ctx);
    Ok(service::end(&ctx.app, &session, chosen.session, caller)
        .await?
        .into())
}

async fn end_others(session: Session, ctx: Ctx, _: Empty) -> Result<Answer<SessionList>, Failure> {
    let caller = Caller::of(&ctx);
    Ok(service::end_others(&ctx.app, &session, caller).await?.into())
}

async fn password_rules(session: Session, ctx: Ctx, (): ()) -> Result<Answer<PasswordRules>, Failure> {
    Ok(service::password_rules(&ctx.app, &session).into())
}

async fn change_password(
    session: Session,
    ctx: Ctx,
    asked: PasswordChange,
) -> Result<Answer<AccountView>, Failure> {
    let cookie = service::change_password(&ctx.app, session, asked, Caller::of(&ctx)).await?;
    shown(&ctx, cookie).await
}

async fn history(session: Session, ctx: Ctx, asked: HistoryPage) -> Result<Answer<History>, Failure> {
    Ok(service::history(&ctx.app, session.owner()?, asked).await?.into())
}

/// What the account area shows to the holder of a fresh cookie, and the cookie. It goes through the same door as every
/// request with that cookie.
async fn shown(ctx: &Ctx, cookie: Secret<String>) -> Result<Answer<AccountView>, Failure> {
    let now = ctx.app.clock.now();
    let session = Session::authenticate(&ctx.app, Some(&cookie), now, Use::Look).await?;
    let view = service::account(&ctx.app, &session, now).await?;
    let lifetime = session.ends().absolute.remaining(now);
    Ok(Answer::from(view).with_cookie(Cookie::set(COOKIE, cookie, lifetime)))
}

/// The time floor: how long it took says nothing about what was found.
async fn wait(ctx: &Ctx) {
    let millis = ctx.app.policy.recovery.time_floor_millis;
    floor(ctx.started, Duration::from_millis(millis.into())).await;
}
