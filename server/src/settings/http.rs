//! The endpoint of the settings.

use super::service;
use crate::http::{Answer, Ctx, Failure, Routes};
use shared::settings::api::{Settings, ShowSettings};

/// The endpoints of this slice.
pub fn routes() -> Routes {
    Routes::new().route::<ShowSettings>(show)
}

async fn show(ctx: Ctx, (): ()) -> Result<Answer<Settings>, Failure> {
    Ok(service::settings(&ctx.app, ctx.now).into())
}
