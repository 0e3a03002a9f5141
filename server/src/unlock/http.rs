//! The endpoints of `shared::unlock::api`: each calls one use case and wraps what it gives.

use super::{COOKIE, COOKIE_LIFETIME, Call, service};
use crate::http::cookies::Cookie;
use crate::http::floor::floor;
use crate::http::live::{self, Moment};
use crate::http::{Answer, Ctx, Failure, Routes};
use axum::response::Response;
use shared::unlock::api::{
    AbandonUnlock, AssertUnlock, ChannelChoice, ChooseUnlockChannel, ChooseUnlockRoute, ConfirmUnlock,
    CurrentUnlock, EVENTS_PATH, Empty, Identification, InspectUnlockLink, LinkToken, OpenUnlock,
    RenewUnlockChallenge, RouteChoice, UnlockAssertion, UnlockDone, UnlockLinkView, UnlockStageView,
    UnlockView,
};
use std::time::Duration;

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<OpenUnlock>(open)
        .route::<CurrentUnlock>(current)
        .route::<RenewUnlockChallenge>(renew)
        .route::<AssertUnlock>(assert)
        .route::<ChooseUnlockChannel>(choose_channel)
        .route::<ChooseUnlockRoute>(choose_route)
        .route::<AbandonUnlock>(abandon)
        .route::<InspectUnlockLink>(inspect)
        .route::<ConfirmUnlock>(confirm)
        .stream::<UnlockView, _, _>(
            EVENTS_PATH,
            "Hear of changes of this browser's case of unblocking.",
            events,
        )
}

async fn open(ctx: Ctx, asked: Identification) -> Result<Answer<UnlockView>, Failure> {
    let opened = service::open(&ctx.app, asked, Call::of(&ctx)).await;
    wait(&ctx).await;
    let opened = opened?;
    Ok(Answer::from(opened.view).with_cookie(Cookie::set(COOKIE, opened.cookie, COOKIE_LIFETIME)))
}

async fn current(ctx: Ctx, (): ()) -> Result<Answer<UnlockView>, Failure> {
    Ok(service::current(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx))
        .await?
        .into())
}

async fn renew(ctx: Ctx, _: Empty) -> Result<Answer<UnlockView>, Failure> {
    Ok(service::renew(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx))
        .await?
        .into())
}

async fn assert(ctx: Ctx, body: UnlockAssertion) -> Result<Answer<UnlockView>, Failure> {
    let view = service::assert(&ctx.app, ctx.cookie(COOKIE), body.assertion, Call::of(&ctx)).await;
    wait(&ctx).await;
    Ok(view?.into())
}

async fn choose_channel(ctx: Ctx, body: ChannelChoice) -> Result<Answer<UnlockView>, Failure> {
    let view = service::choose_channel(&ctx.app, ctx.cookie(COOKIE), body.channel, Call::of(&ctx)).await?;
    Ok(view.into())
}

async fn choose_route(ctx: Ctx, body: RouteChoice) -> Result<Answer<UnlockView>, Failure> {
    let view = service::choose_route(&ctx.app, ctx.cookie(COOKIE), body.route, Call::of(&ctx)).await?;
    Ok(view.into())
}

async fn abandon(ctx: Ctx, _: Empty) -> Result<Answer<Empty>, Failure> {
    service::abandon(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    Ok(Answer::from(Empty {}).with_cookie(Cookie::clear(COOKIE)))
}

async fn inspect(ctx: Ctx, body: LinkToken) -> Result<Answer<UnlockLinkView>, Failure> {
    Ok(service::inspect(&ctx.app, &body.token, Call::of(&ctx))
        .await?
        .into())
}

async fn confirm(ctx: Ctx, body: LinkToken) -> Result<Answer<UnlockDone>, Failure> {
    Ok(service::confirm(&ctx.app, &body.token, Call::of(&ctx))
        .await?
        .into())
}

/// Every change of the case; the last one is its end.
async fn events(ctx: Ctx) -> Result<Response, Failure> {
    let (topic, _) = service::look(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    let same = |one: &UnlockView, other: &UnlockView| one.stage == other.stage;
    live::events(ctx, &topic, "case", same, async |ctx: Ctx| {
        let view = service::current(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
        Ok(if is_over(&view.stage) {
            Moment::Last(view)
        } else {
            Moment::Now(view)
        })
    })
}

const fn is_over(stage: &UnlockStageView) -> bool {
    match stage {
        UnlockStageView::Unblocked { .. } | UnlockStageView::Ended { .. } => true,
        UnlockStageView::Passkey { .. }
        | UnlockStageView::PasskeyRefused { .. }
        | UnlockStageView::AwaitingSignature { .. }
        | UnlockStageView::AwaitingOfficer { .. }
        | UnlockStageView::Refused { .. }
        | UnlockStageView::Channel { .. }
        | UnlockStageView::Sending { .. }
        | UnlockStageView::LinkSent { .. } => false,
    }
}

/// The time floor: how long it took says nothing about what was found.
async fn wait(ctx: &Ctx) {
    let millis = ctx.app.policy.recovery.time_floor_millis;
    floor(ctx.started, Duration::from_millis(millis.into())).await;
}
