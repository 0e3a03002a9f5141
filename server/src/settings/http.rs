//! The endpoints of the settings.

use super::{institution, policy, service, store};
use crate::http::upload::Upload;
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::sessions::Use;
use crate::staff::Officer;
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use shared::api::ErrorCode;
use shared::settings::api::{Settings, ShowSettings};
use shared::settings::institution::{
    InstitutionToSave, InstitutionView, LOGO, LOGO_UPLOAD, LogoId, LogoTaken, PolicyView, SaveInstitution,
    ShowInstitution, ShowPolicy,
};
use shared::staff::Right;

/// The endpoints of this slice.
pub fn routes() -> Routes {
    Routes::new()
        .route::<ShowSettings>(show)
        .download_of(LOGO, "Fetch the institution's logo.", &["image/png"], logo)
        .route::<ShowInstitution>(show_institution)
        .route::<SaveInstitution>(save_institution)
        .upload::<LogoTaken, _, _>(LOGO_UPLOAD, "Send a logo, to be saved then.", take_logo)
        .route::<ShowPolicy>(show_policy)
}

async fn show(ctx: Ctx, (): ()) -> Result<Answer<Settings>, Failure> {
    Ok(service::settings(&ctx.app, ctx.now).into())
}

async fn logo(ctx: Ctx, id: LogoId) -> Result<Response, Failure> {
    let mut tx = ctx.app.store.read().await?;
    let png = store::logo(&mut tx, id).await?.ok_or(ErrorCode::NotFound)?;
    let mut response = Response::new(Body::from(png));
    let kind = HeaderValue::from_static("image/png");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(response)
}

async fn keeper(ctx: &Ctx, how: Use) -> Result<Officer, Failure> {
    Officer::authenticate(ctx, Right::KeepInstitution, how).await
}

async fn show_institution(ctx: Ctx, (): ()) -> Result<Answer<InstitutionView>, Failure> {
    let officer = keeper(&ctx, Use::Look).await?;
    let shown = institution::show(&ctx.app, &officer, officer.call(&ctx)).await?;
    Ok(shown.into())
}

async fn save_institution(ctx: Ctx, asked: InstitutionToSave) -> Result<Answer<InstitutionView>, Failure> {
    let officer = keeper(&ctx, Use::Note).await?;
    let saved = institution::save(&ctx.app, &officer, asked, officer.call(&ctx)).await?;
    Ok(saved.into())
}

async fn take_logo(ctx: Ctx, file: Upload) -> Result<Answer<LogoTaken>, Failure> {
    let officer = keeper(&ctx, Use::Note).await?;
    let taken = institution::take_logo(&ctx.app, &officer, file, officer.call(&ctx)).await?;
    Ok(taken.into())
}

async fn show_policy(ctx: Ctx, (): ()) -> Result<Answer<PolicyView>, Failure> {
    let officer = keeper(&ctx, Use::Look).await?;
    Ok(policy::show(&ctx.app, &officer, officer.call(&ctx)).await?.into())
}
