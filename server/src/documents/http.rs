//! The endpoints of `shared::documents::api`: each calls one use case and wraps what it gives.

use super::holds;
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::sessions::Use;
use crate::staff::Officer;
use shared::documents::api::{
    DocumentChoice, HeldDocuments, HoldDocument, ListHeldDocuments, ReleaseDocument,
};
use shared::staff::Right;

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<ListHeldDocuments>(list)
        .route::<HoldDocument>(hold)
        .route::<ReleaseDocument>(release)
}

async fn list(ctx: Ctx, (): ()) -> Result<Answer<HeldDocuments>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::HoldDocuments, Use::Look).await?;
    Ok(holds::list(&ctx.app, &officer, officer.call(&ctx)).await?.into())
}

async fn hold(ctx: Ctx, choice: DocumentChoice) -> Result<Answer<HeldDocuments>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::HoldDocuments, Use::Note).await?;
    Ok(holds::hold(&ctx.app, &officer, &choice, officer.call(&ctx))
        .await?
        .into())
}

async fn release(ctx: Ctx, choice: DocumentChoice) -> Result<Answer<HeldDocuments>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::HoldDocuments, Use::Note).await?;
    Ok(holds::release(&ctx.app, &officer, &choice, officer.call(&ctx))
        .await?
        .into())
}
