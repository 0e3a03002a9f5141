//! The endpoints of `shared::passkeys::api`.

use super::service;
use crate::challenges::Call;
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::sessions::{Caller, Session, signed_in};
use shared::passkeys::api::{
    BeginEnrolment, Enrolment, EnrolmentBegun, EnrolmentDone, EnrolmentToken, EnrolmentView, FinishEnrolment,
    InspectEnrolment, ListPasskeys, PasskeyList, PasskeyRemoval, PasskeyRename, RemovePasskey, RenamePasskey,
};

/// What is mounted.
pub fn routes() -> Routes {
    Routes::new()
        .route::<InspectEnrolment>(inspect)
        .route::<BeginEnrolment>(begin)
        .route::<FinishEnrolment>(finish)
        .route::<ListPasskeys>(signed_in::<ListPasskeys, _, _>(list))
        .route::<RenamePasskey>(signed_in::<RenamePasskey, _, _>(rename))
        .route::<RemovePasskey>(signed_in::<RemovePasskey, _, _>(remove))
}

async fn inspect(ctx: Ctx, asked: EnrolmentToken) -> Result<Answer<EnrolmentView>, Failure> {
    Ok(service::inspect_enrolment(&ctx.app, &asked.token).await?.into())
}

async fn begin(ctx: Ctx, asked: EnrolmentToken) -> Result<Answer<EnrolmentBegun>, Failure> {
    Ok(service::begin_enrolment(&ctx.app, &asked.token, Call::of(&ctx))
        .await?
        .into())
}

async fn finish(ctx: Ctx, asked: Enrolment) -> Result<Answer<EnrolmentDone>, Failure> {
    Ok(service::finish_enrolment(&ctx.app, &asked, Call::of(&ctx))
        .await?
        .into())
}

async fn list(session: Session, ctx: Ctx, (): ()) -> Result<Answer<PasskeyList>, Failure> {
    let owner = session.owner()?;
    Ok(service::list(&ctx.app, owner, ctx.now).await?.into())
}

async fn rename(session: Session, ctx: Ctx, asked: PasskeyRename) -> Result<Answer<PasskeyList>, Failure> {
    let (owner, caller) = (session.owner()?, Caller::of(&ctx));
    Ok(service::rename(&ctx.app, owner, &asked, caller).await?.into())
}

async fn remove(session: Session, ctx: Ctx, asked: PasskeyRemoval) -> Result<Answer<PasskeyList>, Failure> {
    let (owner, caller) = (session.owner()?, Caller::of(&ctx));
    Ok(service::remove(&ctx.app, owner, &asked, caller).await?.into())
}
