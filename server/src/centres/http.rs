//! The endpoints of centres.

use super::service;
use crate::http::{Answer, Ctx, Failure, Routes};
use shared::centres::api::{CentreList, ListCentres};

/// The endpoints of this slice.
pub fn routes() -> Routes {
    Routes::new().route::<ListCentres>(list)
}

async fn list(ctx: Ctx, (): ()) -> Result<Answer<CentreList>, Failure> {
    Ok(service::public_list(&ctx.app, ctx.now).await?.into())
}
