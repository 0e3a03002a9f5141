//! The endpoints of "no fui yo".

use super::service;
use crate::challenges::Call;
use crate::http::{Answer, Ctx, Failure, Routes};
use shared::accounts::api::{Freeze, FreezeToken, FreezeView, InspectFreeze};

/// What is mounted.
pub fn routes() -> Routes {
    Routes::new()
        .route::<InspectFreeze>(inspect)
        .route::<Freeze>(freeze)
}

async fn inspect(ctx: Ctx, asked: FreezeToken) -> Result<Answer<FreezeView>, Failure> {
    Ok(
        service::inspect_freeze(&ctx.app, &asked.token, ctx.app.clock.now())
            .await?
            .into(),
    )
}

async fn freeze(ctx: Ctx, asked: FreezeToken) -> Result<Answer<FreezeView>, Failure> {
    Ok(service::freeze(&ctx.app, &asked.token, Call::of(&ctx))
        .await?
        .into())
}
