//! The endpoints of `shared::contacts::api`.

use super::service;
use crate::challenges::Call;
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::sessions::{Caller, Session, signed_in};
use shared::contacts::api::{
    CancelContactChange, CancelDone, CancelView, ChangeChoice, ConfirmContact, ConfirmDone, ConfirmView,
    ContactRequest, ContactToken, ContactsView, InspectContact, InspectContactCancel, RequestContactChange,
    ShowContacts, WithdrawContactChange,
};

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<ShowContacts>(signed_in::<ShowContacts, _, _>(show))
        .route::<RequestContactChange>(signed_in::<RequestContactChange, _, _>(request))
        .route::<WithdrawContactChange>(signed_in::<WithdrawContactChange, _, _>(withdraw))
        .route::<InspectContact>(inspect)
        .route::<ConfirmContact>(confirm)
        .route::<InspectContactCancel>(inspect_cancel)
        .route::<CancelContactChange>(cancel)
}

async fn show(session: Session, ctx: Ctx, (): ()) -> Result<Answer<ContactsView>, Failure> {
    Ok(service::show(&ctx.app, session.owner()?, ctx.now).await?.into())
}

async fn request(session: Session, ctx: Ctx, asked: ContactRequest) -> Result<Answer<ContactsView>, Failure> {
    let caller = Caller::of(&ctx);
    Ok(service::request(&ctx.app, session.owner()?, asked, caller)
        .await?
        .into())
}

async fn withdraw(session: Session, ctx: Ctx, chosen: ChangeChoice) -> Result<Answer<ContactsView>, Failure> {
    let caller = Caller::of(&ctx);
    Ok(
        service::withdraw(&ctx.app, session.owner()?, chosen.change, caller)
            .await?
            .into(),
    )
}

async fn inspect(ctx: Ctx, shown: ContactToken) -> Result<Answer<ConfirmView>, Failure> {
    Ok(service::inspect_confirm(&ctx.app, &shown.token, ctx.now)
        .await?
        .into())
}

async fn confirm(ctx: Ctx, shown: ContactToken) -> Result<Answer<ConfirmDone>, Failure> {
    Ok(service::confirm(&ctx.app, &shown.token, call(&ctx)).await?.into())
}

async fn inspect_cancel(ctx: Ctx, shown: ContactToken) -> Result<Answer<CancelView>, Failure> {
    Ok(service::inspect_cancel(&ctx.app, &shown.token, ctx.now)
        .await?
        .into())
}

async fn cancel(ctx: Ctx, shown: ContactToken) -> Result<Answer<CancelDone>, Failure> {
    Ok(service::cancel(&ctx.app, &shown.token, call(&ctx)).await?.into())
}

fn call(ctx: &Ctx) -> Call {
    Call {
        at: ctx.now,
        ..Call::of(ctx)
    }
}
