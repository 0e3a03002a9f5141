//! The endpoints of `shared::reports::api`.

use super::service;
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::staff::{Officer, officer};
use shared::i18n::Text;
use shared::reports::api::{ExportReport, ReportFile, ReportRequest, ReportView, ShowReport};
use shared::staff::Right::SeeReports;

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<ShowReport>(officer(SeeReports, show))
        .route::<ExportReport>(officer(SeeReports, export))
}

async fn show(officer: Officer, ctx: Ctx, asked: ReportRequest) -> Result<Answer<ReportView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::show(&ctx.app, &officer, asked, call).await?.into())
}

async fn export(officer: Officer, ctx: Ctx, asked: ReportRequest) -> Result<Answer<ReportFile>, Failure> {
    let call = officer.call(&ctx);
    let text = Text::new(ctx.language);
    Ok(service::export(&ctx.app, &officer, asked, text, call)
        .await?
        .into())
}
