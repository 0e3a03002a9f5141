//! The endpoints of `shared::delegates::api`.

use super::service;
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::sessions::{Caller, Session, signed_in};
use shared::delegates::api::{
    AcceptInvitation, Acceptance, ChangeDelegate, CreateDelegate, DelegateChange, DelegateChoice,
    DelegateEnding, DelegateList, EndDelegate, InspectInvitation, InvitationToken, InvitationView,
    InviteAgain, ListDelegates, NewDelegate,
};
use shared::recovery::api::Empty;

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<ListDelegates>(signed_in::<ListDelegates, _, _>(list))
        .route::<CreateDelegate>(signed_in::<CreateDelegate, _, _>(create))
        .route::<ChangeDelegate>(signed_in::<ChangeDelegate, _, _>(change))
        .route::<InviteAgain>(signed_in::<InviteAgain, _, _>(invite_again))
        .route::<EndDelegate>(signed_in::<EndDelegate, _, _>(end))
        .route::<InspectInvitation>(inspect)
        .route::<AcceptInvitation>(accept)
}

async fn list(session: Session, ctx: Ctx, (): ()) -> Result<Answer<DelegateList>, Failure> {
    Ok(service::list(&ctx.app, session.owner()?, ctx.now).await?.into())
}

async fn create(session: Session, ctx: Ctx, asked: NewDelegate) -> Result<Answer<DelegateList>, Failure> {
    let caller = Caller::of(&ctx);
    Ok(
        service::create(&ctx.app, session.owner()?, asked, ctx.language, caller)
            .await?
            .into(),
    )
}

async fn change(session: Session, ctx: Ctx, asked: DelegateChange) -> Result<Answer<DelegateList>, Failure> {
    let caller = Caller::of(&ctx);
    Ok(service::change(&ctx.app, session.owner()?, asked, caller)
        .await?
        .into())
}

async fn invite_again(
    session: Session,
    ctx: Ctx,
    asked: DelegateChoice,
) -> Result<Answer<DelegateList>, Failure> {
    let caller = Caller::of(&ctx);
    Ok(service::invite_again(&ctx.app, session.owner()?, asked, caller)
        .await?
        .into())
}

async fn end(session: Session, ctx: Ctx, asked: DelegateEnding) -> Result<Answer<DelegateList>, Failure> {
    let caller = Caller::of(&ctx);
    Ok(service::end(&ctx.app, session.owner()?, asked, caller)
        .await?
        .into())
}

async fn inspect(ctx: Ctx, asked: InvitationToken) -> Result<Answer<InvitationView>, Failure> {
    let now = ctx.app.clock.now();
    Ok(service::inspect(&ctx.app, &asked.token, now).await?.into())
}

async fn accept(ctx: Ctx, asked: Acceptance) -> Result<Answer<Empty>, Failure> {
    service::accept(&ctx.app, &asked, Caller::of(&ctx)).await?;
    Ok(Empty {}.into())
}
