//! Moving the server's clock from outside, for end-to-end tests. A release build does not contain this file's code; a
//! debug build mounts it only if the environment says so ([`crate::config::test_hooks`]).

use super::{Ctx, Failure, body};
use axum::Json;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use shared::time::Timestamp;
use std::time::Duration;

/// Where the hook is mounted.
pub const CLOCK: &str = "/test-hooks/clock";

/// By how much to move the clock on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    advance_millis: u64,
}

/// The clock afterwards.
#[derive(Debug, Serialize)]
pub struct Moved {
    now: Timestamp,
}

/// Moves the clock on and lets every stream look again. Like every write it needs the site's own Origin.
pub async fn advance(ctx: Ctx, request: Request) -> Response {
    let (parts, sent) = request.into_parts();
    match body::read::<Advance>(&parts.headers, sent).await {
        Ok(Advance { advance_millis }) => {
            ctx.app.clock.advance(Duration::from_millis(advance_millis));
            ctx.app.live.publish_all();
            Json(Moved {
                now: ctx.app.clock.now(),
            })
            .into_response()
        }
        Err(failure) => Failure::respond(failure, &ctx.id),
    }
}
