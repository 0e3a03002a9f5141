//! Four eyes: asking a second officer, and deciding.

use super::access::{self, about, announce, kept_until, now};
use super::act::{self, CarryError, Order, Outcome};
use super::store::approvals::{self, Approval, Decided};
use super::store::{self, Record};
use super::view;
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::challenges::Call;
use crate::http::Failure;
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::audit::{Actor, Event};
use shared::dossiers::api::{ApprovalDecided, ApprovalDecision, ApprovalList, ApprovalView};
use shared::dossiers::{ApprovalState, NotToDecide, may_decide};
use shared::identifiers::ApprovalId;
use shared::staff::DeedName;
use shared::time::{Deadline, Timestamp};
use std::time::Duration;

/// How many approvals are listed of each kind.
const MOST: i64 = 100;

/// For how long those that are over are listed.
const LISTED: Duration = Duration::from_hours(1);

/// Asks a second officer, in the caller's transaction. What waits already is not asked again.
pub(super) async fn ask(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    record: &Record,
    order: &Order<'_>,
    call: Call,
) -> Result<(), Failure> {
    // One that is late makes room for another.
    lapse(app, tx, call.at).await?;
    let waiting = approvals::of_dossier(tx, record.id).await?;
    let name = order.action.name();
    if waiting
        .iter()
        .any(|one| one.state == ApprovalState::Waiting && one.action == name)
    {
        return Ok(());
    }
    let id = ApprovalId::new(call.at, app.entropy.bytes());
    let deadline = Deadline::after(call.at, app.policy.dossiers.approval_time());
    let asker = (officer.id(), order.reason);
    approvals::insert(tx, (id, record.id, order.action), asker, call.at, deadline).await?;
    let deed = Deed::for_reason(DeedName::ApprovalAsked, order.reason, about(tx, record).await?);
    staff::record(app, tx, officer, &deed, call).await?;
    Ok(())
}

/// Ends what nobody decided in time, and forgets what was asked. How many.
pub(super) async fn lapse(app: &App, tx: &mut Tx, now: Timestamp) -> Result<usize, StoreError> {
    let lapsed = approvals::lapse(tx, now).await?;
    for approval in &lapsed {
        let entry = Entry {
            event: &Event::ApprovalLapsed { approval: *approval },
            at: now,
            actor: Actor::System,
            subject: Subject::default(),
            source: None,
            device: None,
            staff: None,
        };
        audit::service::append(app, tx, &entry).await?;
    }
    Ok(lapsed.len())
}

/// Decides what another officer asked for. Agreeing carries it out, in the same transaction: whoever decides second, or after a crash
/// in between, finds it undecided or done, and never half.
///
/// # Errors
/// [`ErrorCode::ApprovalUnknown`]; [`ErrorCode::ApprovalOwn`]; [`ErrorCode::ApprovalOver`] where it is decided, late, or the visit is
/// not served any more by who asked; [`ErrorCode::ItemsMissing`] where an item was rejected meanwhile.
pub async fn decide(
    app: &App,
    officer: &Officer,
    asked: ApprovalDecided,
    call: Call,
) -> Result<ApprovalView, Failure> {
    let mut tx = app.store.write().await?;
    let found = approvals::by_id(&mut tx, asked.approval)
        .await?
        .ok_or(ErrorCode::ApprovalUnknown)?;
    let record = store::lock(&mut tx, found.dossier, call.at, kept_until(app, call.at))
        .await?
        .ok_or(ErrorCode::ApprovalUnknown)?;
    let call = now(app, call);
    let approval = to_decide(&mut tx, officer, &record, asked.approval, call.at).await?;
    let decided = Decided {
        by: officer.id(),
        at: call.at,
        reason: asked.reason,
    };
    let (state, outcome) = match asked.decision {
        ApprovalDecision::Refuse => (ApprovalState::Refused, None),
        ApprovalDecision::Agree => agreed(app, &mut tx, officer, &record, &approval, call).await?,
    };
    if approvals::decide(&mut tx, approval.id, state, Some(&decided)).await? == 0 {
        return Err(ErrorCode::ApprovalOver.into());
    }
    let name = match asked.decision {
        ApprovalDecision::Agree => DeedName::ApprovalGiven,
        ApprovalDecision::Refuse => DeedName::ApprovalRefused,
    };
    let deed = Deed::for_reason(name, &decided.reason, about(&mut tx, &record).await?);
    staff::record(app, &mut tx, officer, &deed, call).await?;
    let approval = approvals::by_id(&mut tx, approval.id)
        .await?
        .ok_or(StoreError::Changed)?;
    let view = view::approval(&mut tx, officer, &approval, &record.identity, call.at).await?;
    tx.commit().await?;
    if let Some(outcome) = outcome {
        outcome.announce(app);
    }
    announce(app, record.id);
    Ok(view)
}

/// What this officer may decide at this moment, as it stands under the dossier's lock.
async fn to_decide(
    tx: &mut Tx,
    officer: &Officer,
    record: &Record,
    id: ApprovalId,
    now: Timestamp,
) -> Result<Approval, Failure> {
    let approval = approvals::by_id(tx, id)
        .await?
        .ok_or(ErrorCode::ApprovalUnknown)?;
    let who = (approval.asked_by, officer.id());
    match may_decide(who, approval.state, approval.deadline, now) {
        Ok(()) => {}
        Err(NotToDecide::Own) => return Err(ErrorCode::ApprovalOwn.into()),
        Err(NotToDecide::Over) => return Err(ErrorCode::ApprovalOver.into()),
    }
    // The person has left, or is somebody else's now.
    if access::server_of(tx, record).await? != Some(approval.asked_by) {
        return Err(ErrorCode::ApprovalOver.into());
    }
    Ok(approval)
}

/// Carries out what was asked. Where the account cannot have it any more, that is what the decision comes to.
async fn agreed(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    record: &Record,
    approval: &Approval,
    call: Call,
) -> Result<(ApprovalState, Option<Outcome>), Failure> {
    let action = approval.asked.as_ref().ok_or(ErrorCode::ApprovalOver)?;
    act::are_accepted(tx, record, action.name()).await?;
    act::lock_account(tx, record).await?;
    let order = Order {
        action,
        reach: act::reach(tx, record, action).await?,
        asked_by: approval.asked_by,
        second: Some(officer.id()),
        reason: &approval.reason,
    };
    match act::carry_out(app, tx, officer, record, &order, call).await {
        Ok(outcome) => Ok((ApprovalState::Agreed, Some(outcome))),
        Err(CarryError::NotDone(_)) => Ok((ApprovalState::Failed, None)),
        Err(CarryError::Failed(failure)) => Err(failure),
    }
}

/// What waits, and what is over since an hour. Looking is an act.
pub async fn list(app: &App, officer: &Officer, call: Call) -> Result<ApprovalList, Failure> {
    let deed = Deed::seen(DeedName::ApprovalsSeen, About::default());
    staff::record_view(app, officer, &deed, call).await?;
    watch(app, officer, call.at).await
}

/// The same, for whoever is being shown it already.
pub async fn watch(app: &App, officer: &Officer, now: Timestamp) -> Result<ApprovalList, Failure> {
    let mut tx = app.store.read().await?;
    let mut found = approvals::waiting(&mut tx, now, MOST).await?;
    found.extend(approvals::over_since(&mut tx, now.before(LISTED), MOST).await?);
    let mut listed = Vec::with_capacity(found.len());
    for approval in found {
        if let Some(record) = store::by_id(&mut tx, approval.dossier).await? {
            listed.push(view::approval(&mut tx, officer, &approval, &record.identity, now).await?);
        }
    }
    Ok(ApprovalList {
        now,
        approvals: listed,
    })
}
