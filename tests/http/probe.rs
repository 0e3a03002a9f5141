//! Endpoints that exist in these tests only, to see what surrounds every handler whatever it does.

use serde::{Deserialize, Serialize};
use server::compose;
use server::http::cookies::Cookie;
use server::http::live::{self, Moment};
use server::http::upload::{Received, Upload};
use server::http::{Answer, Ctx, Failure, Routes};
use shared::endpoint;
use shared::recovery::api::Identification;
use shared::secrets::Secret;
use std::time::Duration;
use tests::{Engine, Setup, World};
use utoipa::ToSchema;

/// Takes what an identification takes, and does nothing.
pub const WRITE: &str = "/api/v1/probe/write";
/// Panics, with a secret in its message.
pub const PANIC: &str = "/api/v1/probe/panic";
/// Never answers.
pub const HANG: &str = "/api/v1/probe/hang";
/// Streams the number of this world's hits.
pub const EVENTS: &str = "/api/v1/probe/events";
/// Takes a file of at most [`FILE_MOST`] bytes, and never answers where it is "hang".
pub const FILE: &str = "/api/v1/probe/file";
/// How many bytes.
pub const FILE_MOST: u32 = 1000;
/// The topic of [`EVENTS`].
pub const TOPIC: &str = "probe";
/// Streams 64 kB that are never the same.
pub const FLOOD: &str = "/api/v1/probe/flood";
/// The topic of [`FLOOD`].
pub const FLOOD_TOPIC: &str = "flood";

const COOKIE: &str = "__Host-probe";

endpoint!(Write, Post "/probe/write", "Take an identification.", Identification => Empty);
endpoint!(Panic, Post "/probe/panic", "Panic.", Empty => Empty);
endpoint!(Hang, Post "/probe/hang", "Never answer.", Empty => Empty);
endpoint!(
    /// Sets a cookie, and tells whether it came.
    Remember, Post "/probe/remember", "Remember this browser.", Empty => Remembered
);

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Empty {}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Remembered {
    pub known: bool,
}

/// A world with these endpoints beside the real ones.
pub async fn world(engine: Engine, change: impl FnOnce(&mut Setup)) -> World {
    World::with(engine, |setup| {
        setup.routes = routes();
        change(setup);
    })
    .await
}

pub fn routes() -> Routes {
    compose::routes()
        .route::<Write>(write)
        .route::<Panic>(panics)
        .route::<Hang>(hang)
        .route::<Remember>(remember)
        .upload::<Empty, _, _>("/probe/file", "Take a file.", file)
        .stream::<u64, _, _>("/probe/events", "Stream the time.", events)
        .stream::<String, _, _>("/probe/flood", "Stream a lot.", flood)
}

async fn write(_: Ctx, _: Identification) -> Result<Answer<Empty>, Failure> {
    Ok(Empty {}.into())
}

async fn panics(ctx: Ctx, _: Empty) -> Result<Answer<Empty>, Failure> {
    assert!(ctx.now.as_micros() == 0, "secret");
    Ok(Empty {}.into())
}

async fn hang(_: Ctx, _: Empty) -> Result<Answer<Empty>, Failure> {
    std::future::pending().await
}

async fn file(_: Ctx, upload: Upload) -> Result<Answer<Empty>, Failure> {
    let Received { bytes, place } = upload.read(FILE_MOST).await?;
    if bytes == b"hang" {
        std::future::pending::<()>().await;
    }
    drop(place);
    Ok(Empty {}.into())
}

async fn remember(ctx: Ctx, _: Empty) -> Result<Answer<Remembered>, Failure> {
    let known = ctx
        .cookie(COOKIE)
        .is_some_and(|value| value == &Secret::from("yes"));
    Ok(Answer::from(Remembered { known }).with_cookie(Cookie::set(
        COOKIE,
        Secret::from("yes"),
        Duration::from_mins(1),
    )))
}

async fn events(ctx: Ctx) -> Result<axum::response::Response, Failure> {
    live::events(
        ctx,
        TOPIC,
        "time",
        |a, b| a == b,
        async |ctx: Ctx| Ok(Moment::Now(ctx.now.as_micros())),
    )
}

async fn flood(ctx: Ctx) -> Result<axum::response::Response, Failure> {
    live::events(
        ctx,
        FLOOD_TOPIC,
        "flood",
        |a, b| a == b,
        async |ctx: Ctx| {
            let fresh = u64::from_be_bytes(ctx.app.entropy.bytes());
            Ok(Moment::Now(format!("{fresh:016x}").repeat(4096)))
        },
    )
}
