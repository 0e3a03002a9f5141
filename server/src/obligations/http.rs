//! The endpoints of `shared::obligations::api`.

use super::service;
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::recovery;
use crate::sessions::{Session, signed_in};
use shared::obligations::api::{DueView, ObligationsView, ShowDue, ShowObligations};

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<ShowObligations>(signed_in::<ShowObligations, _, _>(obligations))
        .route::<ShowDue>(due)
}

async fn obligations(session: Session, ctx: Ctx, (): ()) -> Result<Answer<ObligationsView>, Failure> {
    Ok(service::obligations(&ctx.app, &session, ctx.now).await?.into())
}

async fn due(ctx: Ctx, (): ()) -> Result<Answer<DueView>, Failure> {
    recovery::service::require_proof(&ctx.app, ctx.cookie(recovery::COOKIE), ctx.now).await?;
    Ok(service::due(&ctx.app, ctx.now).into())
}
