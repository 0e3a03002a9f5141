//! The endpoints of `shared::recovery::api`: each calls one use case and wraps what it gives.

use super::{COOKIE, COOKIE_LIFETIME, Call, proof, reset, service, step_up};
use crate::http::cookies::Cookie;
use crate::http::floor::floor;
use crate::http::live::{self, Moment};
use crate::http::{Answer, Ctx, Failure, Routes};
use axum::response::Response;
use shared::recovery::api::{
    Abandon, AnswerQuestions, Answers, AssertPasskey, Assertion, CaseView, ChooseRoute, CurrentCase,
    EVENTS_PATH, Empty, Identification, Identify, InspectLink, LinkToken, LinkView, RedeemLink,
    RenewChallenge, Reset, ResetDone, ResetPassword, Resume, RouteChoice, StageView,
};
use std::time::Duration;

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<Identify>(identify)
        .route::<CurrentCase>(current)
        .route::<AnswerQuestions>(answer)
        .route::<Resume>(resume)
        .route::<ChooseRoute>(choose)
        .route::<RenewChallenge>(renew)
        .route::<AssertPasskey>(assert)
        .route::<Abandon>(abandon)
        .route::<InspectLink>(inspect)
        .route::<RedeemLink>(redeem)
        .route::<ResetPassword>(set_password)
        .stream::<CaseView, _, _>(
            EVENTS_PATH,
            "Hear of changes of this browser's recovery case.",
            events,
        )
}

async fn identify(ctx: Ctx, asked: Identification) -> Result<Answer<CaseView>, Failure> {
    let opened = service::identify(&ctx.app, asked, Call::of(&ctx)).await;
    wait(&ctx).await;
    let opened = opened?;
    Ok(Answer::from(opened.view).with_cookie(Cookie::set(COOKIE, opened.cookie, COOKIE_LIFETIME)))
}

async fn current(ctx: Ctx, (): ()) -> Result<Answer<CaseView>, Failure> {
    Ok(service::current(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx))
        .await?
        .into())
}

async fn answer(ctx: Ctx, body: Answers) -> Result<Answer<CaseView>, Failure> {
    let view = proof::answer(&ctx.app, ctx.cookie(COOKIE), &body.answers, Call::of(&ctx)).await;
    wait(&ctx).await;
    Ok(view?.into())
}

async fn resume(ctx: Ctx, _: Empty) -> Result<Answer<CaseView>, Failure> {
    let view = proof::resume(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await;
    wait(&ctx).await;
    Ok(view?.into())
}

async fn choose(ctx: Ctx, body: RouteChoice) -> Result<Answer<CaseView>, Failure> {
    Ok(
        service::choose(&ctx.app, ctx.cookie(COOKIE), body.route, Call::of(&ctx))
            .await?
            .into(),
    )
}

async fn renew(ctx: Ctx, _: Empty) -> Result<Answer<CaseView>, Failure> {
    Ok(step_up::renew(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx))
        .await?
        .into())
}

async fn assert(ctx: Ctx, body: Assertion) -> Result<Answer<CaseView>, Failure> {
    Ok(
        step_up::assert(&ctx.app, ctx.cookie(COOKIE), body.assertion, Call::of(&ctx))
            .await?
            .into(),
    )
}

async fn abandon(ctx: Ctx, _: Empty) -> Result<Answer<Empty>, Failure> {
    service::abandon(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    Ok(Answer::from(Empty {}).with_cookie(Cookie::clear(COOKIE)))
}

async fn inspect(ctx: Ctx, body: LinkToken) -> Result<Answer<LinkView>, Failure> {
    Ok(reset::inspect(&ctx.app, &body.token, Call::of(&ctx))
        .await?
        .into())
}

async fn redeem(ctx: Ctx, body: LinkToken) -> Result<Answer<LinkView>, Failure> {
    Ok(reset::redeem(&ctx.app, &body.token, Call::of(&ctx)).await?.into())
}

async fn set_password(ctx: Ctx, body: Reset) -> Result<Answer<ResetDone>, Failure> {
    Ok(
        reset::reset(&ctx.app, &body.token, &body.password, Call::of(&ctx))
            .await?
            .into(),
    )
}

/// Every change of the case; the last one is its end.
async fn events(ctx: Ctx) -> Result<Response, Failure> {
    let (topic, _) = service::look(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    let same = |one: &CaseView, other: &CaseView| one.stage == other.stage;
    live::events(ctx, &topic, "case", same, async |ctx: Ctx| {
        let view = service::current(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
        Ok(if is_over(&view.stage) {
            Moment::Last(view)
        } else {
            Moment::Now(view)
        })
    })
}

fn is_over(stage: &StageView) -> bool {
    match stage {
        StageView::Completed { .. } | StageView::Ended { .. } => true,
        StageView::Questions { .. }
        | StageView::RegistryUnavailable { .. }
        | StageView::Suspended { .. }
        | StageView::AwaitingSignature { .. }
        | StageView::AwaitingOfficer { .. }
        | StageView::Refused { .. }
        | StageView::StepUp { .. }
        | StageView::Sending { .. }
        | StageView::LinkSent { .. } => false,
    }
}

/// The time floor: how long it took says nothing about what was found.
async fn wait(ctx: &Ctx) {
    let millis = ctx.app.policy.recovery.time_floor_millis;
    floor(ctx.started, Duration::from_millis(millis.into())).await;
}
