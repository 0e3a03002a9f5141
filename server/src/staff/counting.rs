//! Under what writes to the desk's endpoints are counted.
//!
//! A centre has one address, and whoever sits in its waiting room has it too: were desks counted by their source, a visitor could
//! stop them all. So a desk at which somebody is signed in, locked or not, is counted by itself, and what has no session there
//! (signing in, an invitation, a cookie that is nobody's) by its source apart from the public's.

use super::{COOKIE, Seat};
use crate::http::{Counted, Ctx, Failure};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use shared::api::BASE;

/// Below [`BASE`], where the desk's endpoints are.
const DESK: &str = "/staff/";

/// Whose a write is, if it goes to the desk's endpoints.
pub(super) fn counted<'a>(ctx: &'a Ctx, path: &'a str) -> BoxFuture<'a, Result<Option<Counted>, Failure>> {
    async move {
        if !path.strip_prefix(BASE).is_some_and(|path| path.starts_with(DESK)) {
            return Ok(None);
        }
        let limits = ctx.app.policy.limits;
        if ctx.cookie(COOKIE).is_some() {
            match Seat::find(&ctx.app, ctx.cookie(COOKIE), ctx.now).await {
                Ok(seat) => {
                    return Ok(Some(Counted {
                        name: "desk",
                        of: seat.member.id.as_uuid().as_bytes().to_vec(),
                        rate: limits.per_desk,
                    }));
                }
                Err(Failure::Problem(_)) => {}
                Err(fault @ Failure::Fault(_)) => return Err(fault),
            }
        }
        Ok(Some(Counted {
            name: "desk source",
            of: ctx.source.network().into_bytes(),
            rate: limits.per_source,
        }))
    }
    .boxed()
}
