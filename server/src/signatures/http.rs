//! The endpoints of `shared::signatures::api`: each calls one use case and wraps what it gives.

use super::service::{Cookies, Opened, ParentCookie};
use super::{COOKIE, Call, service};
use crate::http::cookies::Cookie;
use crate::http::floor::floor;
use crate::http::upload::{Received, Upload};
use crate::http::{Answer, Ctx, Failure, Routes};
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::Response;
use shared::signatures::api::{
    AbandonSignature, Continuation, ContinueBySignature, CurrentSignature, DOCUMENT_PATH, Empty,
    OpenSignature, REQUEST_PATH, RenewSignature, SignatureAsked, SignatureView,
};
use std::time::Duration;

/// How long a browser keeps a case's cookie: longer than any case lasts, and than its outcome is looked at.
const COOKIE_LIFETIME: Duration = Duration::from_hours(24 * 30);

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<OpenSignature>(open)
        .route::<ContinueBySignature>(continue_by)
        .route::<CurrentSignature>(current)
        .route::<RenewSignature>(renew)
        .route::<AbandonSignature>(abandon)
        .download(
            REQUEST_PATH,
            "Fetch the request that is to be signed.",
            "application/pdf",
            request,
        )
        .upload::<SignatureView, _, _>(
            DOCUMENT_PATH,
            "Send the signed request, and be told the verdict.",
            document,
        )
}

async fn open(ctx: Ctx, asked: SignatureAsked) -> Result<Answer<SignatureView>, Failure> {
    let opened = service::open(&ctx.app, asked, Call::of(&ctx)).await;
    wait(&ctx).await;
    Ok(answer(opened?))
}

async fn continue_by(ctx: Ctx, asked: Continuation) -> Result<Answer<SignatureView>, Failure> {
    let cookies = Cookies {
        recovery: ctx.cookie(crate::recovery::COOKIE),
        unlock: ctx.cookie(crate::unlock::COOKIE),
    };
    let opened = service::continue_by(&ctx.app, asked.of, cookies, Call::of(&ctx)).await;
    wait(&ctx).await;
    Ok(answer(opened?))
}

fn answer(opened: Opened) -> Answer<SignatureView> {
    let answer = Answer::from(opened.view).with_cookie(Cookie::set(COOKIE, opened.cookie, COOKIE_LIFETIME));
    match opened.parent {
        ParentCookie::None => answer,
        ParentCookie::Recovery(cookie) => {
            answer.with_cookie(Cookie::set(crate::recovery::COOKIE, cookie, COOKIE_LIFETIME))
        }
        ParentCookie::Unlock(cookie) => {
            answer.with_cookie(Cookie::set(crate::unlock::COOKIE, cookie, COOKIE_LIFETIME))
        }
    }
}

async fn current(ctx: Ctx, (): ()) -> Result<Answer<SignatureView>, Failure> {
    let view = service::current(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    Ok(view.into())
}

async fn renew(ctx: Ctx, _: Empty) -> Result<Answer<SignatureView>, Failure> {
    let view = service::renew(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    Ok(view.into())
}

async fn abandon(ctx: Ctx, _: Empty) -> Result<Answer<Empty>, Failure> {
    service::abandon(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    Ok(Answer::from(Empty {}).with_cookie(Cookie::clear(COOKIE)))
}

/// The request, as a file to be saved: a reader in the browser would sign nothing.
async fn request(ctx: Ctx) -> Result<Response, Failure> {
    let fetched = service::fetch(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    let name = format!("attachment; filename=\"solicitud-{}.pdf\"", fetched.reference);
    let mut response = Response::new(Body::from(fetched.bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(
        CONTENT_DISPOSITION,
        HeaderValue::from_str(&name).map_err(Failure::fault)?,
    );
    Ok(response)
}

/// The limits come before the first byte of the file.
async fn document(ctx: Ctx, upload: Upload) -> Result<Answer<SignatureView>, Failure> {
    let admitted = service::admit(&ctx.app, ctx.cookie(COOKIE), Call::of(&ctx)).await?;
    let Received { bytes, place } = upload.read(ctx.app.policy.signatures.most_bytes).await?;
    let view = service::judge(&ctx.app, admitted, bytes, Call::of(&ctx)).await?;
    drop(place);
    Ok(view.into())
}

/// The time floor: how long it took says nothing about what was found.
async fn wait(ctx: &Ctx) {
    let millis = ctx.app.policy.recovery.time_floor_millis;
    floor(ctx.started, Duration::from_millis(millis.into())).await;
}
