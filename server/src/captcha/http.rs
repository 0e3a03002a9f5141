//! The endpoint that issues challenges.

use super::service;
use crate::http::{Answer, Ctx, Failure, Routes};
use shared::captcha::Subject;
use shared::captcha::api::{IssueCaptcha, Issued};

/// What is mounted.
pub fn routes() -> Routes {
    Routes::new().route::<IssueCaptcha>(issue)
}

async fn issue(ctx: Ctx, subject: Subject) -> Result<Answer<Issued>, Failure> {
    Ok(service::issue(&ctx.app, &subject, ctx.source, ctx.now)
        .await?
        .into())
}
