//! The endpoints of `shared::data_requests::api`: each calls one use case and wraps what it gives.

use super::service;
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::sessions::Use;
use crate::staff::Officer;
use shared::data_requests::api::{
    CloseDataRequest, DataDeletion, DataExport, DataRequestAct, DataRequestClosing, DataRequestList,
    DeleteData, ExportData, ListDataRequests, NewDataRequest, OpenDataRequest,
};
use shared::staff::Right;

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<ListDataRequests>(list)
        .route::<OpenDataRequest>(open)
        .route::<ExportData>(export)
        .route::<DeleteData>(delete)
        .route::<CloseDataRequest>(close)
}

async fn list(ctx: Ctx, (): ()) -> Result<Answer<DataRequestList>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::AnswerDataRequests, Use::Look).await?;
    Ok(service::list(&ctx.app, &officer, officer.call(&ctx))
        .await?
        .into())
}

async fn open(ctx: Ctx, asked: NewDataRequest) -> Result<Answer<DataRequestList>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::AnswerDataRequests, Use::Note).await?;
    let list = service::open(&ctx.app, &officer, asked, officer.call(&ctx)).await?;
    Ok(list.into())
}

async fn export(ctx: Ctx, act: DataRequestAct) -> Result<Answer<DataExport>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::AnswerDataRequests, Use::Note).await?;
    let export = service::export(&ctx.app, &officer, &act, officer.call(&ctx)).await?;
    Ok(export.into())
}

async fn delete(ctx: Ctx, act: DataRequestAct) -> Result<Answer<DataDeletion>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::AnswerDataRequests, Use::Note).await?;
    let deletion = service::delete(&ctx.app, &officer, &act, officer.call(&ctx)).await?;
    Ok(deletion.into())
}

async fn close(ctx: Ctx, closing: DataRequestClosing) -> Result<Answer<DataRequestList>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::AnswerDataRequests, Use::Note).await?;
    let list = service::close(&ctx.app, &officer, &closing, officer.call(&ctx)).await?;
    Ok(list.into())
}
