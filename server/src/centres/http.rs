//! The endpoints of centres.

use super::{keep, service};
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::sessions::Use;
use crate::staff::Officer;
use shared::centres::api::{CentreList, ListCentres};
use shared::centres::keeping::{
    CentreToEnd, CentreToResume, CentreToSave, CloseCentre, ClosureToEnd, EndCentre, HolidaysToSave, Kept,
    KeptCentres, ListKeptCentres, OpenCentre, ResumeCentre, SaveCentre, SaveHolidays, TimeToClose,
};
use shared::staff::Right;

/// The endpoints of this slice.
pub fn routes() -> Routes {
    Routes::new()
        .route::<ListCentres>(list)
        .route::<ListKeptCentres>(kept)
        .route::<SaveCentre>(save)
        .route::<SaveHolidays>(set_holidays)
        .route::<CloseCentre>(close)
        .route::<OpenCentre>(open)
        .route::<EndCentre>(end)
        .route::<ResumeCentre>(resume)
}

async fn list(ctx: Ctx, (): ()) -> Result<Answer<CentreList>, Failure> {
    Ok(service::public_list(&ctx.app, ctx.now).await?.into())
}

async fn keeper(ctx: &Ctx) -> Result<Officer, Failure> {
    Officer::authenticate(ctx, Right::KeepCentres, Use::Note).await
}

async fn kept(ctx: Ctx, (): ()) -> Result<Answer<KeptCentres>, Failure> {
    // Looking does not keep the desk open.
    let officer = Officer::authenticate(&ctx, Right::KeepCentres, Use::Look).await?;
    Ok(keep::list(&ctx.app, &officer, officer.call(&ctx)).await?.into())
}

async fn save(ctx: Ctx, asked: CentreToSave) -> Result<Answer<Kept>, Failure> {
    let officer = keeper(&ctx).await?;
    Ok(keep::save(&ctx.app, &officer, asked, officer.call(&ctx))
        .await?
        .into())
}

async fn set_holidays(ctx: Ctx, asked: HolidaysToSave) -> Result<Answer<Kept>, Failure> {
    let officer = keeper(&ctx).await?;
    let kept = keep::set_holidays(&ctx.app, &officer, asked, officer.call(&ctx)).await?;
    Ok(kept.into())
}

async fn close(ctx: Ctx, asked: TimeToClose) -> Result<Answer<Kept>, Failure> {
    let officer = keeper(&ctx).await?;
    Ok(keep::close(&ctx.app, &officer, asked, officer.call(&ctx))
        .await?
        .into())
}

async fn open(ctx: Ctx, asked: ClosureToEnd) -> Result<Answer<Kept>, Failure> {
    let officer = keeper(&ctx).await?;
    Ok(keep::open(&ctx.app, &officer, asked, officer.call(&ctx))
        .await?
        .into())
}

async fn end(ctx: Ctx, asked: CentreToEnd) -> Result<Answer<Kept>, Failure> {
    let officer = keeper(&ctx).await?;
    Ok(keep::end(&ctx.app, &officer, asked, officer.call(&ctx))
        .await?
        .into())
}

async fn resume(ctx: Ctx, asked: CentreToResume) -> Result<Answer<Kept>, Failure> {
    let officer = keeper(&ctx).await?;
    Ok(keep::resume(&ctx.app, &officer, asked, officer.call(&ctx))
        .await?
        .into())
}
