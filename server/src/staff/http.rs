//! The endpoints of `shared::staff::api`, and the door that every other endpoint of the desk is mounted through.

use super::second_factor::{self, Shown};
use super::sign_in::{self, Seated};
use super::{COOKIE, Officer, Seat, counting, desk, invitation, team};
use crate::http::cookies::Cookie;
use crate::http::floor::floor;
use crate::http::{Answer, Ctx, Failure, Handler, Routes};
use crate::sessions::{Caller, Use};
use shared::api::{Endpoint, Method};
use shared::passkeys::api::EnrolmentBegun;
use shared::recovery::api::Empty;
use shared::staff::Right;
use shared::staff::api::{
    AcceptStaffInvitation, BeginCodeEnrolment, BeginPasskeyEnrolment, BeginStaffPasskey, ChangeStaff,
    CodeEnrolment, CodeShown, CurrentStaff, EndStaff, ExtendStaffSession, InspectStaffInvitation,
    InviteStaff, ListStaff, LockStaffSession, NewStaff, ResetStaff, SecondFactorAsked, SignInStaff,
    SignInWithCode, SignInWithPasskey, SignOutStaff, StaffAcceptance, StaffChange, StaffChoice,
    StaffCredentials, StaffInvitationToken, StaffInvitationView, StaffList, StaffPasskeyBegun,
    StaffPasskeyShown, StaffView, UnlockAsked, UnlockWithPasskey, UnlockWithPassword,
};
use std::time::Duration;

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .counting(counting::counted)
        .route::<SignInStaff>(sign_in)
        .route::<SignInWithCode>(sign_in_with_code)
        .route::<SignInWithPasskey>(sign_in_with_passkey)
        .route::<BeginStaffPasskey>(begin_passkey)
        .route::<CurrentStaff>(current)
        .route::<ExtendStaffSession>(extend)
        .route::<LockStaffSession>(lock)
        .route::<UnlockWithPassword>(unlock_with_password)
        .route::<UnlockWithPasskey>(unlock_with_passkey)
        .route::<SignOutStaff>(sign_out)
        .route::<InspectStaffInvitation>(inspect)
        .route::<BeginCodeEnrolment>(offer_codes)
        .route::<BeginPasskeyEnrolment>(offer_passkey)
        .route::<AcceptStaffInvitation>(accept)
        .route::<ListStaff>(officer::<ListStaff, _, _>(Right::KeepStaff, list))
        .route::<InviteStaff>(officer::<InviteStaff, _, _>(Right::KeepStaff, invite))
        .route::<ChangeStaff>(officer::<ChangeStaff, _, _>(Right::KeepStaff, change))
        .route::<EndStaff>(officer::<EndStaff, _, _>(Right::KeepStaff, end))
        .route::<ResetStaff>(officer::<ResetStaff, _, _>(Right::KeepStaff, reset))
}

/// Lets only officers through whose desk is open and whose role has the right: a handler that takes an [`Officer`] cannot be
/// reached otherwise. Reading does not count as use. Streams, downloads and uploads ask [`Officer::authenticate`] themselves.
pub fn officer<E, F, Fut>(right: Right, handler: F) -> impl Handler<E>
where
    E: Endpoint,
    E::Request: Send,
    F: Fn(Officer, Ctx, E::Request) -> Fut + Clone + Send + Sync + 'static,
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
            let officer = Officer::authenticate(&ctx, right, how).await?;
            handler(officer, ctx, request).await
        }
    }
}

async fn sign_in(ctx: Ctx, asked: StaffCredentials) -> Result<Answer<SecondFactorAsked>, Failure> {
    let earlier = ctx.cookie(COOKIE).cloned();
    let begun = sign_in::begin(&ctx.app, asked, earlier, Caller::of(&ctx)).await;
    wait(&ctx).await;
    let begun = begun?;
    let lifetime = ctx.app.policy.staff.second_factor_time();
    Ok(Answer::from(begun.asked).with_cookie(Cookie::set(COOKIE, begun.cookie, lifetime)))
}

async fn sign_in_with_code(ctx: Ctx, asked: CodeShown) -> Result<Answer<StaffView>, Failure> {
    seated(&ctx, &Shown::Code(&asked.code)).await
}

async fn sign_in_with_passkey(ctx: Ctx, asked: StaffPasskeyShown) -> Result<Answer<StaffView>, Failure> {
    seated(&ctx, &Shown::Passkey(&asked.credential)).await
}

async fn seated(ctx: &Ctx, shown: &Shown<'_>) -> Result<Answer<StaffView>, Failure> {
    let finished = second_factor::finish(&ctx.app, ctx.cookie(COOKIE), shown, Caller::of(ctx)).await;
    wait(ctx).await;
    let Seated { seat, cookie } = finished?;
    let now = ctx.app.clock.now();
    let lifetime = seat.ends.absolute.remaining(now);
    let view = desk::view(&ctx.app, &seat, now).await?;
    Ok(Answer::from(view).with_cookie(Cookie::set(COOKIE, cookie, lifetime)))
}

async fn begin_passkey(ctx: Ctx, _: Empty) -> Result<Answer<StaffPasskeyBegun>, Failure> {
    let now = ctx.app.clock.now();
    Ok(desk::ask_passkey(&ctx.app, ctx.cookie(COOKIE), now).await?.into())
}

async fn current(ctx: Ctx, (): ()) -> Result<Answer<StaffView>, Failure> {
    let now = ctx.app.clock.now();
    let seat = Seat::find(&ctx.app, ctx.cookie(COOKIE), now).await?;
    Ok(desk::view(&ctx.app, &seat, now).await?.into())
}

async fn extend(ctx: Ctx, _: Empty) -> Result<Answer<StaffView>, Failure> {
    let now = ctx.app.clock.now();
    let mut seat = Seat::find(&ctx.app, ctx.cookie(COOKIE), now).await?;
    seat.open(now)?;
    seat.note(&ctx.app, now).await?;
    Ok(desk::view(&ctx.app, &seat, now).await?.into())
}

async fn lock(ctx: Ctx, _: Empty) -> Result<Answer<StaffView>, Failure> {
    let now = ctx.app.clock.now();
    let seat = Seat::find(&ctx.app, ctx.cookie(COOKIE), now).await?;
    Ok(desk::lock(&ctx.app, seat, Caller::of(&ctx)).await?.into())
}

async fn unlock_with_password(ctx: Ctx, asked: UnlockAsked) -> Result<Answer<StaffView>, Failure> {
    let seat = Seat::find(&ctx.app, ctx.cookie(COOKIE), ctx.app.clock.now()).await?;
    let opened = desk::unlock_with_password(&ctx.app, seat, asked.password, Caller::of(&ctx)).await;
    wait(&ctx).await;
    Ok(opened?.into())
}

async fn unlock_with_passkey(ctx: Ctx, asked: StaffPasskeyShown) -> Result<Answer<StaffView>, Failure> {
    let seat = Seat::find(&ctx.app, ctx.cookie(COOKIE), ctx.app.clock.now()).await?;
    let opened = desk::unlock_with_passkey(&ctx.app, seat, &asked.credential, Caller::of(&ctx)).await;
    wait(&ctx).await;
    Ok(opened?.into())
}

async fn sign_out(ctx: Ctx, _: Empty) -> Result<Answer<Empty>, Failure> {
    sign_in::sign_out(&ctx.app, ctx.cookie(COOKIE), Caller::of(&ctx)).await?;
    Ok(Answer::from(Empty {}).with_cookie(Cookie::clear(COOKIE)))
}

async fn inspect(ctx: Ctx, asked: StaffInvitationToken) -> Result<Answer<StaffInvitationView>, Failure> {
    let now = ctx.app.clock.now();
    Ok(invitation::inspect(&ctx.app, &asked.token, now).await?.into())
}

async fn offer_codes(ctx: Ctx, asked: StaffInvitationToken) -> Result<Answer<CodeEnrolment>, Failure> {
    let now = ctx.app.clock.now();
    Ok(invitation::offer_codes(&ctx.app, &asked.token, now).await?.into())
}

async fn offer_passkey(ctx: Ctx, asked: StaffInvitationToken) -> Result<Answer<EnrolmentBegun>, Failure> {
    let now = ctx.app.clock.now();
    Ok(invitation::offer_passkey(&ctx.app, &asked.token, now)
        .await?
        .into())
}

async fn accept(ctx: Ctx, asked: StaffAcceptance) -> Result<Answer<Empty>, Failure> {
    invitation::accept(&ctx.app, &asked, Caller::of(&ctx)).await?;
    Ok(Answer::from(Empty {}))
}

async fn list(officer: Officer, ctx: Ctx, (): ()) -> Result<Answer<StaffList>, Failure> {
    let call = officer.call(&ctx);
    Ok(team::list(&ctx.app, &officer, call).await?.into())
}

async fn invite(officer: Officer, ctx: Ctx, asked: NewStaff) -> Result<Answer<StaffList>, Failure> {
    let call = officer.call(&ctx);
    Ok(team::invite(&ctx.app, &officer, &asked, call).await?.into())
}

async fn change(officer: Officer, ctx: Ctx, asked: StaffChange) -> Result<Answer<StaffList>, Failure> {
    let call = officer.call(&ctx);
    Ok(team::change(&ctx.app, &officer, &asked, call).await?.into())
}

async fn end(officer: Officer, ctx: Ctx, asked: StaffChoice) -> Result<Answer<StaffList>, Failure> {
    let call = officer.call(&ctx);
    Ok(team::end(&ctx.app, &officer, &asked, call).await?.into())
}

async fn reset(officer: Officer, ctx: Ctx, asked: StaffChoice) -> Result<Answer<StaffList>, Failure> {
    let call = officer.call(&ctx);
    Ok(team::reset(&ctx.app, &officer, &asked, call).await?.into())
}

/// The time floor: how long it took says nothing about what was found.
async fn wait(ctx: &Ctx) {
    let millis = ctx.app.policy.recovery.time_floor_millis;
    floor(ctx.started, Duration::from_millis(millis.into())).await;
}
