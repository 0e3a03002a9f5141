//! What is done about data requests.

use super::Holder;
use super::store::{self, DataRequest};
use crate::accounts::{Account, service as accounts};
use crate::app::App;
use crate::appointments::service as appointments;
use crate::audit::service as audit;
use crate::challenges::{Call, Subject, service as challenges};
use crate::contacts::service as contacts;
use crate::delegates::service as delegates;
use crate::dossiers::service as dossiers;
use crate::http::Failure;
use crate::kept::Kept;
use crate::keys::Digest;
use crate::meters::{Describe, Gauge};
use crate::notifications::{Content, service as notifications};
use crate::passkeys::service as passkeys;
use crate::recovery::service as recovery;
use crate::registries::service as registries;
use crate::sessions::service as sessions;
use crate::signatures::service as signatures;
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use crate::unlock::service as unlock;
use crate::visits::service as visits;
use serde_json::json;
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::data_requests::api::{
    DataDeletion, DataExport, DataRequestAct, DataRequestClosing, DataRequestList, DataRequestOutcome,
    DataRequestView, Deletable, Deleted, NewDataRequest, Records, Remaining, Undeletable,
};
use shared::data_requests::{
    ANSWERED_WITHIN, DataRequestKind, DataRequestState, KeptBecause, SEEN_WITHIN, due,
};
use shared::identifiers::DataRequestId;
use shared::secrets::Secret;
use shared::staff::{ActReason, DeedName};
use shared::time::Timestamp;

/// How many requests that are over the list shows.
const CLOSED_SHOWN: i64 = 100;

/// The requests.
pub async fn list(app: &App, officer: &Officer, call: Call) -> Result<DataRequestList, Failure> {
    let deed = Deed::seen(DeedName::DataRequestsSeen, About::default());
    staff::record_view(app, officer, &deed, call).await?;
    let mut tx = app.store.read().await?;
    Ok(listed(&mut tx, call.at).await?)
}

/// Registers a request.
pub async fn open(
    app: &App,
    officer: &Officer,
    asked: NewDataRequest,
    call: Call,
) -> Result<DataRequestList, Failure> {
    let received = asked.received_at;
    if received > call.at || received.after(ANSWERED_WITHIN) < call.at {
        return Err(Problem::field("received_at", FieldCode::OutOfRange).into());
    }
    let request = DataRequest {
        id: DataRequestId::new(call.at, app.entropy.bytes()),
        kind: asked.kind,
        employer: asked.employer,
        branch: asked.branch,
        representative: asked.representative,
        received_at: received,
        due_at: due(received),
        state: DataRequestState::Open,
        done_at: None,
        closed_at: None,
    };
    let mut tx = app.store.write().await?;
    store::insert(&mut tx, &request, officer.id(), call.at).await?;
    let account = accounts::find(&mut tx, request.employer, request.branch).await?;
    let about = about(app, &request, account.as_ref());
    let deed = Deed::for_reason(DeedName::DataRequestOpened, &asked.reason, about);
    staff::record(app, &mut tx, officer, &deed, call).await?;
    tx.commit().await?;
    let mut tx = app.store.read().await?;
    Ok(listed(&mut tx, call.at).await?)
}

/// Gives out everything that is kept. It is read before anything is written, so that nobody waits for it.
pub async fn export(
    app: &App,
    officer: &Officer,
    act: &DataRequestAct,
    call: Call,
) -> Result<DataExport, Failure> {
    let mut tx = app.store.read().await?;
    let request = store::by_id(&mut tx, act.request).await?;
    let request = answerable(request, DataRequestKind::Access)?;
    let account = accounts::find(&mut tx, request.employer, request.branch).await?;
    let holder = holder(app, &mut tx, &request, account.as_ref(), officer).await?;
    let kept = everything(app, &mut tx, &holder).await?;
    drop(tx);
    let document = json!({
        "employer": request.employer.to_string(),
        "branch": request.branch.to_string(),
        "representative": request.representative.to_string(),
        "kept": kept,
    });
    let document = serde_json::to_string_pretty(&document).map_err(Failure::fault)?;

    let mut tx = app.store.write().await?;
    // Somebody may have closed it meanwhile.
    let request = answerable(store::lock(&mut tx, act.request).await?, DataRequestKind::Access)?;
    finish(app, &mut tx, officer, &request, &act.reason, call).await?;
    let list = listed(&mut tx, call.at).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(DataExport {
        document: Secret::new(document),
        records: match holder.seen {
            Some(_) => Records::Given,
            None => Records::Withheld,
        },
        list,
    })
}

/// Deletes what need not be kept.
pub async fn delete(
    app: &App,
    officer: &Officer,
    act: &DataRequestAct,
    call: Call,
) -> Result<DataDeletion, Failure> {
    let mut tx = app.store.write().await?;
    let request = answerable(
        store::lock(&mut tx, act.request).await?,
        DataRequestKind::Deletion,
    )?;
    let account = accounts::find(&mut tx, request.employer, request.branch).await?;
    let holder = holder(app, &mut tx, &request, account.as_ref(), officer).await?;
    let deleted = [
        (Deletable::Browsers, sessions::forget(&mut tx, &holder).await?),
        (
            Deletable::Messages,
            notifications::forget(&mut tx, &holder).await?,
        ),
        (
            Deletable::Appointments,
            appointments::forget(app, &mut tx, &holder).await?,
        ),
        (Deletable::Visits, visits::forget(app, &mut tx, &holder).await?),
    ];
    finish(app, &mut tx, officer, &request, &act.reason, call).await?;
    let list = listed(&mut tx, call.at).await?;
    tx.commit().await?;
    app.notifications.wake();
    Ok(DataDeletion {
        deleted: deleted.map(|(what, rows)| Deleted { what, rows }).into(),
        kept: REMAINING
            .map(|(what, because)| Remaining { what, because })
            .into(),
        list,
    })
}

/// What stays, and why.
const REMAINING: [(Undeletable, KeptBecause); 6] = [
    (Undeletable::Account, KeptBecause::Account),
    (Undeletable::AuditLog, KeptBecause::Security),
    (Undeletable::Attempts, KeptBecause::Security),
    (Undeletable::Cases, KeptBecause::SoonGone),
    (Undeletable::Evidence, KeptBecause::Evidence),
    (Undeletable::Records, KeptBecause::OfficialRecord),
];

/// Closes a request.
pub async fn close(
    app: &App,
    officer: &Officer,
    closing: &DataRequestClosing,
    call: Call,
) -> Result<DataRequestList, Failure> {
    let mut tx = app.store.write().await?;
    let request = store::lock(&mut tx, closing.request)
        .await?
        .ok_or(ErrorCode::DataRequestUnknown)?;
    let state = match closing.outcome {
        DataRequestOutcome::Answered if request.done_at.is_none() => {
            return Err(ErrorCode::DataRequestNotDone.into());
        }
        DataRequestOutcome::Answered => DataRequestState::Answered,
        DataRequestOutcome::Refused => DataRequestState::Refused,
    };
    if store::close(&mut tx, request.id, state, officer.id(), call.at).await? == 0 {
        return Err(ErrorCode::DataRequestUnknown.into());
    }
    let account = accounts::find(&mut tx, request.employer, request.branch).await?;
    let about = about(app, &request, account.as_ref());
    let deed = Deed::for_reason(DeedName::DataRequestClosed, &closing.reason, about);
    staff::record(app, &mut tx, officer, &deed, call).await?;
    let list = listed(&mut tx, call.at).await?;
    tx.commit().await?;
    Ok(list)
}

/// The meters of this slice.
pub const METERS: &[&dyn Describe] = &[&OVERDUE];

static OVERDUE: Gauge<()> = Gauge::new(
    "clavero_data_requests_overdue",
    "Open requests of people about their data whose 15 days are over.",
);

/// Measures how many open requests should have been answered by now: the law gives 15 days, and nobody else counts them.
pub async fn measure(app: &App, tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    let overdue = store::overdue(tx, now).await?;
    let overdue = u32::try_from(overdue).unwrap_or(u32::MAX);
    app.meters.set(&OVERDUE, (), overdue.into());
    Ok(())
}

/// Forgets requests that ended as long ago as the policy keeps them. How many.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let rows = store::purge(&mut tx, now.before(app.policy.retention.data_request())).await?;
    tx.commit().await?;
    Ok(rows)
}

/// A request that is open and of this kind.
fn answerable(request: Option<DataRequest>, kind: DataRequestKind) -> Result<DataRequest, ErrorCode> {
    request
        .filter(|request| request.state == DataRequestState::Open && request.kind == kind)
        .ok_or(ErrorCode::DataRequestUnknown)
}

/// Whose data it is about. An account whose representative is somebody else by now is not this person's; and who answers does not
/// say alone who the person is.
async fn holder(
    app: &App,
    tx: &mut Tx,
    request: &DataRequest,
    account: Option<&Account>,
    officer: &Officer,
) -> Result<Holder, StoreError> {
    let subject = subject(app, request);
    let own = account.filter(|account| account.representative == request.representative);
    let since = request.received_at.before(SEEN_WITHIN);
    let person = (&subject, &request.representative);
    Ok(Holder {
        employer: request.employer,
        branch: request.branch,
        representative: request.representative.clone(),
        account: own.map(|account| account.id),
        subject,
        seen: dossiers::identity_seen(tx, person, officer.id(), since).await?,
    })
}

fn subject(app: &App, request: &DataRequest) -> Digest {
    Subject::of(&app.keys, request.employer, request.branch).0
}

/// Everything that is kept, slice by slice.
async fn everything(app: &App, tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let mut all = accounts::kept(tx, holder).await?;
    all.extend(contacts::kept(tx, holder).await?);
    all.extend(passkeys::kept(tx, holder).await?);
    all.extend(delegates::kept(tx, holder).await?);
    all.extend(sessions::kept(tx, holder).await?);
    all.extend(recovery::kept(tx, holder).await?);
    all.extend(unlock::kept(tx, holder).await?);
    all.extend(challenges::kept(tx, holder).await?);
    all.extend(signatures::kept(tx, holder).await?);
    all.extend(appointments::kept(app, tx, holder).await?);
    all.extend(visits::kept(app, tx, holder).await?);
    all.extend(dossiers::kept(tx, holder).await?);
    all.extend(notifications::kept(tx, holder).await?);
    all.extend(registries::kept(tx, holder).await?);
    all.extend(audit::kept(tx, holder).await?);
    Ok(all)
}

/// Writes down that it was done, and tells the owner of the employer's account, whoever asked.
async fn finish(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    request: &DataRequest,
    reason: &ActReason,
    call: Call,
) -> Result<(), Failure> {
    store::done(tx, request.id, call.at).await?;
    let name = match request.kind {
        DataRequestKind::Access => DeedName::DataExported,
        DataRequestKind::Deletion => DeedName::DataDeleted,
    };
    let account = accounts::find(tx, request.employer, request.branch).await?;
    let deed = Deed::for_reason(name, reason, about(app, request, account.as_ref()));
    staff::record(app, tx, officer, &deed, call).await?;
    if let Some(account) = account {
        let news = Content::DataRequestDone {
            employer: account.employer.masked(),
            at: call.at,
            request: request.kind,
        };
        accounts::tell_owner(app, tx, &account, news, call.at).await?;
    }
    Ok(())
}

fn about(app: &App, request: &DataRequest, account: Option<&Account>) -> About {
    About {
        account: account.map(|account| account.id),
        data_request: Some(request.id),
        subject: Some(subject(app, request)),
        ..About::default()
    }
}

async fn listed(tx: &mut Tx, now: Timestamp) -> Result<DataRequestList, StoreError> {
    let requests = store::list(tx, CLOSED_SHOWN).await?;
    let view = |request: DataRequest| DataRequestView {
        id: request.id,
        kind: request.kind,
        employer: request.employer.masked(),
        branch: request.branch,
        representative: request.representative.masked(),
        received_at: request.received_at,
        due_at: request.due_at,
        state: request.state,
        done_at: request.done_at,
        closed_at: request.closed_at,
    };
    Ok(DataRequestList {
        now,
        requests: requests.into_iter().map(view).collect(),
    })
}
