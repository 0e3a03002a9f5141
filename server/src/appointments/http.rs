//! The endpoints of `shared::appointments::api`: each calls one use case and wraps what it gives.

use super::{COOKIE, Call, Opened, calendar, service, sheet};
use crate::http::cookies::Cookie;
use crate::http::floor::floor;
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::staff::{Officer, officer};
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::Response;
use shared::appointments::api::{
    AcceptOffer, AppointmentToCancel, AppointmentView, CALENDAR_PATH, CancelAppointment, CancelByOfficer,
    ConfirmPlace, Confirmation, CurrentAppointment, Empty, FindAppointment, FindPlaces, FreeDays, HoldPlace,
    JoinWaitingList, LeaveAppointment, LinkToken, MoveAppointment, NewTime, NextAsked, NextFree, NextPlaces,
    OpenAppointmentLink, PlaceWanted, PlacesAsked, SHEET_PATH, Search, WaitingAsked,
};
use shared::staff::Right::ServeQueue;
use std::time::Duration;

/// How long a browser keeps its cookie: as long as somebody may look ahead, and a little.
const COOKIE_LIFETIME: Duration = Duration::from_hours(24 * 60);

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<NextPlaces>(next)
        .route::<FindPlaces>(find)
        .route::<HoldPlace>(hold)
        .route::<ConfirmPlace>(confirm)
        .route::<CurrentAppointment>(current)
        .route::<MoveAppointment>(move_to)
        .route::<CancelAppointment>(cancel)
        .route::<AcceptOffer>(accept)
        .route::<LeaveAppointment>(leave)
        .route::<FindAppointment>(search)
        .route::<OpenAppointmentLink>(open_link)
        .route::<JoinWaitingList>(join)
        .route::<CancelByOfficer>(officer(ServeQueue, cancel_by_officer))
        .download(
            CALENDAR_PATH,
            "Fetch the calendar file of this browser's appointment.",
            "text/calendar",
            calendar_file,
        )
        .download(
            SHEET_PATH,
            "Fetch the sheet of this browser's appointment.",
            "application/pdf",
            sheet_file,
        )
}

async fn next(ctx: Ctx, asked: NextAsked) -> Result<Answer<NextFree>, Failure> {
    Ok(service::next(&ctx.app, asked, Call::of(&ctx)).await?.into())
}

async fn find(ctx: Ctx, asked: PlacesAsked) -> Result<Answer<FreeDays>, Failure> {
    Ok(service::find(&ctx.app, asked, Call::of(&ctx)).await?.into())
}

async fn hold(ctx: Ctx, wanted: PlaceWanted) -> Result<Answer<AppointmentView>, Failure> {
    let opened = service::hold(&ctx.app, wanted, ctx.cookie(COOKIE), Call::of(&ctx)).await;
    wait(&ctx).await;
    Ok(answer(opened?))
}

async fn confirm(ctx: Ctx, given: Confirmation) -> Result<Answer<AppointmentView>, Failure> {
    let view = service::confirm(&ctx.app, ctx.cookie(COOKIE), given, Call::of(&ctx)).await?;
    Ok(view.into())
}

async fn current(ctx: Ctx, (): ()) -> Result<Answer<AppointmentView>, Failure> {
    let view = service::current(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    Ok(view.into())
}

async fn move_to(ctx: Ctx, to: NewTime) -> Result<Answer<AppointmentView>, Failure> {
    let view = service::move_to(&ctx.app, ctx.cookie(COOKIE), to, Call::of(&ctx)).await?;
    Ok(view.into())
}

async fn cancel(ctx: Ctx, _: Empty) -> Result<Answer<AppointmentView>, Failure> {
    let view = service::cancel(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    Ok(view.into())
}

async fn accept(ctx: Ctx, _: Empty) -> Result<Answer<AppointmentView>, Failure> {
    let view = service::accept(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    Ok(view.into())
}

async fn leave(ctx: Ctx, _: Empty) -> Result<Answer<Empty>, Failure> {
    service::leave(&ctx.app, ctx.cookie(COOKIE)).await?;
    Ok(Answer::from(Empty {}).with_cookie(Cookie::clear(COOKIE)))
}

async fn search(ctx: Ctx, search: Search) -> Result<Answer<AppointmentView>, Failure> {
    let opened = service::search(&ctx.app, search, Call::of(&ctx)).await;
    wait(&ctx).await;
    Ok(answer(opened?))
}

async fn open_link(ctx: Ctx, shown: LinkToken) -> Result<Answer<AppointmentView>, Failure> {
    let opened = service::open_link(&ctx.app, &shown.token, Call::of(&ctx)).await?;
    Ok(answer(opened))
}

async fn join(ctx: Ctx, asked: WaitingAsked) -> Result<Answer<AppointmentView>, Failure> {
    let opened = service::join(&ctx.app, asked, Call::of(&ctx)).await;
    wait(&ctx).await;
    Ok(answer(opened?))
}

async fn cancel_by_officer(
    officer: Officer,
    ctx: Ctx,
    asked: AppointmentToCancel,
) -> Result<Answer<Empty>, Failure> {
    let call = officer.call(&ctx);
    service::cancel_by_officer(&ctx.app, &officer, &asked, call).await?;
    Ok(Empty {}.into())
}

fn answer(opened: Opened) -> Answer<AppointmentView> {
    Answer::from(opened.view).with_cookie(Cookie::set(COOKIE, opened.cookie, COOKIE_LIFETIME))
}

async fn calendar_file(ctx: Ctx) -> Result<Response, Failure> {
    let written = calendar::of_browser(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    file(
        written.bytes,
        "text/calendar; charset=utf-8",
        &format!("turno-{}.ics", written.code),
    )
}

async fn sheet_file(ctx: Ctx) -> Result<Response, Failure> {
    let written = sheet::of_browser(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    file(
        written.bytes,
        "application/pdf",
        &format!("turno-{}.pdf", written.code),
    )
}

/// A file to be saved.
fn file(bytes: Vec<u8>, content_type: &'static str, name: &str) -> Result<Response, Failure> {
    let disposition = format!("attachment; filename=\"{name}\"");
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(
        CONTENT_DISPOSITION,
        HeaderValue::from_str(&disposition).map_err(Failure::fault)?,
    );
    Ok(response)
}

/// The time floor: how long it took says nothing about what was found.
async fn wait(ctx: &Ctx) {
    let millis = ctx.app.policy.recovery.time_floor_millis;
    floor(ctx.started, Duration::from_millis(millis.into())).await;
}
