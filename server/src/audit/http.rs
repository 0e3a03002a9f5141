//! The endpoints of `shared::audit::api`: each calls one use case and wraps what it gives.

use super::auditor;
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::sessions::Use;
use crate::staff::Officer;
use shared::audit::api::{
    AuditExport, AuditPage, AuditSearch, ExportAsked, ExportAudit, SearchAudit, VerifyAsked, VerifyAudit,
    VerifyStep,
};
use shared::staff::Right;

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<SearchAudit>(search)
        .route::<VerifyAudit>(verify)
        .route::<ExportAudit>(export)
}

async fn search(ctx: Ctx, asked: AuditSearch) -> Result<Answer<AuditPage>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::ReadAudit, Use::Note).await?;
    let page = auditor::search(&ctx.app, &officer, &asked, officer.call(&ctx)).await?;
    Ok(page.into())
}

async fn verify(ctx: Ctx, asked: VerifyAsked) -> Result<Answer<VerifyStep>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::ReadAudit, Use::Note).await?;
    let step = auditor::verify(&ctx.app, &officer, &asked, officer.call(&ctx)).await?;
    Ok(step.into())
}

async fn export(ctx: Ctx, asked: ExportAsked) -> Result<Answer<AuditExport>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::ReadAudit, Use::Note).await?;
    let export = auditor::export(&ctx.app, &officer, &asked, officer.call(&ctx)).await?;
    Ok(export.into())
}
