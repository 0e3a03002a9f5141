//! The endpoints of `shared::visits::api`: each calls one use case and wraps what it gives.

use super::service::{self, Move};
use super::{queue, search};
use crate::http::live::{self, Moment};
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::sessions::Use;
use crate::staff::{Officer, officer};
use axum::response::Response;
use shared::recovery::api::Empty;
use shared::staff::Right::ServeQueue;
use shared::visits::api::{
    AdmitCase, AdmitWalkIn, Arrival, BeginService, CallNext, CallVisit, CaseNamed, CheckIn, ChooseCounter,
    CounterChoice, DayQueue, FinishVisit, MarkNoShow, NoShow, QUEUE_EVENT, QUEUE_EVENTS_PATH, QueueView,
    ReturnVisit, Search, SearchText, SearchView, VisitChoice, WalkIn,
};

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<DayQueue>(officer(ServeQueue, look))
        .stream::<QueueView, _, _>(
            QUEUE_EVENTS_PATH,
            "Stream today's queue of the officer's centre, whenever it changes.",
            watch,
        )
        .route::<ChooseCounter>(officer(ServeQueue, choose_counter))
        .route::<CheckIn>(officer(ServeQueue, check_in))
        .route::<AdmitWalkIn>(officer(ServeQueue, admit))
        .route::<AdmitCase>(officer(ServeQueue, admit_case))
        .route::<CallNext>(officer(ServeQueue, call_next))
        .route::<CallVisit>(officer(ServeQueue, |officer, ctx, choice| {
            move_one(Move::Call, officer, ctx, choice)
        }))
        .route::<ReturnVisit>(officer(ServeQueue, |officer, ctx, choice| {
            move_one(Move::Return, officer, ctx, choice)
        }))
        .route::<BeginService>(officer(ServeQueue, |officer, ctx, choice| {
            move_one(Move::Begin, officer, ctx, choice)
        }))
        .route::<FinishVisit>(officer(ServeQueue, |officer, ctx, choice| {
            move_one(Move::Finish, officer, ctx, choice)
        }))
        .route::<MarkNoShow>(officer(ServeQueue, |officer, ctx, asked: NoShow| {
            let NoShow { visit, reason } = asked;
            move_one(Move::NoShow(reason), officer, ctx, VisitChoice { visit })
        }))
        .route::<Search>(officer(ServeQueue, search))
}

async fn look(officer: Officer, ctx: Ctx, (): ()) -> Result<Answer<QueueView>, Failure> {
    Ok(service::look(&ctx.app, &officer, officer.call(&ctx))
        .await?
        .into())
}

async fn choose_counter(
    officer: Officer,
    ctx: Ctx,
    choice: CounterChoice,
) -> Result<Answer<QueueView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::choose_counter(&ctx.app, &officer, choice, call)
        .await?
        .into())
}

async fn check_in(officer: Officer, ctx: Ctx, arrival: Arrival) -> Result<Answer<QueueView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::check_in(&ctx.app, &officer, arrival.appointment, call)
        .await?
        .into())
}

async fn admit(officer: Officer, ctx: Ctx, walk_in: WalkIn) -> Result<Answer<QueueView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::admit(&ctx.app, &officer, walk_in, call).await?.into())
}

async fn admit_case(officer: Officer, ctx: Ctx, named: CaseNamed) -> Result<Answer<QueueView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::admit_case(&ctx.app, &officer, named, call).await?.into())
}

async fn call_next(officer: Officer, ctx: Ctx, _: Empty) -> Result<Answer<QueueView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::call_next(&ctx.app, &officer, call).await?.into())
}

async fn move_one(
    what: Move,
    officer: Officer,
    ctx: Ctx,
    choice: VisitChoice,
) -> Result<Answer<QueueView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::move_one(&ctx.app, &officer, choice.visit, what, call)
        .await?
        .into())
}

async fn search(officer: Officer, ctx: Ctx, sought: SearchText) -> Result<Answer<SearchView>, Failure> {
    let call = officer.call(&ctx);
    Ok(search::search(&ctx.app, &officer, &sought.text, call)
        .await?
        .into())
}

/// The queue, live. Whoever loses the session, the right or the open desk hears no more.
async fn watch(ctx: Ctx) -> Result<Response, Failure> {
    let officer = Officer::authenticate(&ctx, ServeQueue, Use::Look).await?;
    let first = service::look(&ctx.app, &officer, officer.call(&ctx)).await?;
    let topic = queue::topic(first.centre, officer.id());
    live::reserved_events(ctx, &topic, QUEUE_EVENT, same, async |ctx: Ctx| {
        let officer = Officer::authenticate(&ctx, ServeQueue, Use::Look).await?;
        service::watch(&ctx.app, &officer, ctx.now).await.map(Moment::Now)
    })
}

/// The time of the answer is no news.
fn same(one: &QueueView, other: &QueueView) -> bool {
    let (one, other) = (one.clone(), other.clone());
    QueueView {
        now: other.now,
        ..one
    } == other
}
