//! The endpoints of `shared::dossiers::api`: each calls one use case and wraps what it gives.

use super::access::{approvals_topic, topic};
use super::service::{self, Shown};
use crate::http::live::{self, Moment};
use crate::http::upload::{Received, Upload};
use crate::http::{Answer, Ctx, Failure, Routes};
use crate::sessions::Use;
use crate::staff::{Officer, officer};
use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::Response;
use shared::dossiers::PaperId;
use shared::dossiers::api::{
    APPROVALS_EVENT, APPROVALS_EVENTS_PATH, Act, Acted, AddPaper, ApprovalCount, ApprovalDecided,
    ApprovalList, ApprovalView, Asking, CountApprovals, DOSSIER_EVENT, DOSSIER_EVENTS_PATH, DecideApproval,
    DossierLooked, DossierNamed, DossierView, ItemRecorded, ListApprovals, LookUp, OpenDossier, PAPER_PATH,
    PaperAsked, PaperKind, PaperPlace, RecordItem, ReferralNamed, ReferralShown, ShowDossier, ShowReferral,
    VisitNamed,
};
use shared::identifiers::DossierId;
use shared::staff::Right;

/// What a viewer may do with a file: show it. A PDF's own viewer is no page of ours, and cannot be put into a sandbox; nothing in a file
/// that is kept is active.
const VIEWED: &str = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; \
     form-action 'none'; sandbox";

/// The slice's endpoints.
pub fn routes() -> Routes {
    Routes::new()
        .route::<OpenDossier>(officer(Right::KeepDossiers, open))
        .route::<ShowDossier>(show)
        .route::<RecordItem>(officer(Right::KeepDossiers, record_item))
        .route::<LookUp>(officer(Right::KeepDossiers, look_up))
        .route::<AddPaper>(officer(Right::KeepDossiers, add_paper))
        .route::<Act>(officer(Right::ActOnAccounts, act))
        .route::<ShowReferral>(officer(Right::ActOnAccounts, show_referral))
        .route::<ListApprovals>(officer(Right::Approve, list_approvals))
        .route::<CountApprovals>(officer(Right::Approve, count_approvals))
        .route::<DecideApproval>(officer(Right::Approve, decide_approval))
        .upload_of::<DossierView, PaperId, _, _>(PAPER_PATH, "Send a file of a dossier.", receive)
        .download_of::<PaperId, _, _>(
            PAPER_PATH,
            "Show a file of a dossier.",
            &["application/pdf", "image/jpeg", "image/png"],
            view,
        )
        .stream_of::<DossierView, DossierId, _, _>(
            DOSSIER_EVENTS_PATH,
            "Stream a dossier, whenever it changes.",
            watch,
        )
        .stream::<ApprovalList, _, _>(
            APPROVALS_EVENTS_PATH,
            "Stream the approvals, whenever they change.",
            watch_approvals,
        )
}

async fn open(officer: Officer, ctx: Ctx, visit: VisitNamed) -> Result<Answer<DossierView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::open(&ctx.app, &officer, visit, call).await?.into())
}

/// Looking is no use of the desk, as with the stream: a page that asks again and again keeps no desk open.
async fn show(ctx: Ctx, asked: DossierLooked) -> Result<Answer<DossierView>, Failure> {
    let ctx = ctx.at(ctx.app.clock.now());
    let officer = Officer::authenticate(&ctx, Right::KeepDossiers, Use::Look).await?;
    let call = officer.call(&ctx);
    Ok(service::show(&ctx.app, &officer, asked, call).await?.into())
}

async fn record_item(
    officer: Officer,
    ctx: Ctx,
    asked: ItemRecorded,
) -> Result<Answer<DossierView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::record_item(&ctx.app, &officer, asked, call)
        .await?
        .into())
}

async fn look_up(officer: Officer, ctx: Ctx, asked: DossierNamed) -> Result<Answer<DossierView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::look_up(&ctx.app, &officer, asked, call).await?.into())
}

async fn add_paper(officer: Officer, ctx: Ctx, asked: PaperAsked) -> Result<Answer<PaperPlace>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::add_paper(&ctx.app, &officer, asked, call).await?.into())
}

async fn act(officer: Officer, ctx: Ctx, asking: Asking) -> Result<Answer<Acted>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::act(&ctx.app, &officer, asking, call).await?.into())
}

async fn show_referral(
    officer: Officer,
    ctx: Ctx,
    asked: ReferralNamed,
) -> Result<Answer<ReferralShown>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::show_referral(&ctx.app, &officer, asked, call)
        .await?
        .into())
}

async fn list_approvals(officer: Officer, ctx: Ctx, (): ()) -> Result<Answer<ApprovalList>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::list_approvals(&ctx.app, &officer, call).await?.into())
}

async fn count_approvals(officer: Officer, ctx: Ctx, (): ()) -> Result<Answer<ApprovalCount>, Failure> {
    Ok(service::count_approvals(&ctx.app, &officer, ctx.now)
        .await?
        .into())
}

async fn decide_approval(
    officer: Officer,
    ctx: Ctx,
    asked: ApprovalDecided,
) -> Result<Answer<ApprovalView>, Failure> {
    let call = officer.call(&ctx);
    Ok(service::decide(&ctx.app, &officer, asked, call).await?.into())
}

/// The limits come before the first byte of the file.
async fn receive(ctx: Ctx, paper: PaperId, upload: Upload) -> Result<Answer<DossierView>, Failure> {
    let officer = Officer::authenticate(&ctx, Right::KeepDossiers, Use::Note).await?;
    let admitted = service::admit(&ctx.app, &officer, paper).await?;
    let Received { bytes, place } = upload.read(ctx.app.policy.dossiers.paper_bytes).await?;
    let call = officer.call(&ctx);
    let view = service::receive(&ctx.app, &officer, admitted, bytes, call).await?;
    drop(place);
    Ok(view.into())
}

/// A file, in the page and not as an attachment: what is downloaded stays on a desk's computer.
async fn view(ctx: Ctx, paper: PaperId) -> Result<Response, Failure> {
    let officer = Officer::authenticate(&ctx, Right::KeepDossiers, Use::Look).await?;
    let call = officer.call(&ctx);
    let Shown { kind, bytes } = service::show_paper(&ctx.app, &officer, paper, call).await?;
    let media = match kind {
        PaperKind::Pdf => "application/pdf",
        PaperKind::Jpeg => "image/jpeg",
        PaperKind::Png => "image/png",
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(VIEWED));
    Ok(response)
}

/// A dossier, live. Whoever loses the session, the right or the open desk hears no more.
async fn watch(ctx: Ctx, dossier: DossierId) -> Result<Response, Failure> {
    let officer = Officer::authenticate(&ctx, Right::KeepDossiers, Use::Look).await?;
    service::watch(&ctx.app, &officer, dossier, ctx.now).await?;
    let topic = topic(dossier, officer.id());
    live::reserved_events(ctx, &topic, DOSSIER_EVENT, same, move |ctx: Ctx| async move {
        let officer = Officer::authenticate(&ctx, Right::KeepDossiers, Use::Look).await?;
        service::watch(&ctx.app, &officer, dossier, ctx.now)
            .await
            .map(Moment::Now)
    })
}

/// The approvals, live.
async fn watch_approvals(ctx: Ctx) -> Result<Response, Failure> {
    let officer = Officer::authenticate(&ctx, Right::Approve, Use::Look).await?;
    service::list_approvals(&ctx.app, &officer, officer.call(&ctx)).await?;
    let topic = approvals_topic(officer.id());
    live::reserved_events(ctx, &topic, APPROVALS_EVENT, same_list, async |ctx: Ctx| {
        let officer = Officer::authenticate(&ctx, Right::Approve, Use::Look).await?;
        service::watch_approvals(&ctx.app, &officer, ctx.now)
            .await
            .map(Moment::Now)
    })
}

/// The time of the answer is no news.
fn same(one: &DossierView, other: &DossierView) -> bool {
    let one = DossierView {
        now: other.now,
        ..one.clone()
    };
    one == *other
}

fn same_list(one: &ApprovalList, other: &ApprovalList) -> bool {
    one.approvals == other.approvals
}
