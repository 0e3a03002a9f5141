//! Four eyes: asking a second officer, and deciding.

use super::access::{self, about, announce, kept_until, now};
use super::act::{self, CarryError, Order, Outcome};
use super::eyes;
use super::store::approvals::{self, Approval, Decided};
use super::store::{self, Record};
use super::view;
use crate::app::App;
use crate::audit::{self, Entry, Subject};
use crate::challenges::Call;
use crate::http::Failure;
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use crate::visits::service as visits;
use shared::api::ErrorCode;
use shared::audit::Event;
use shared::dossiers::api::{ApprovalCount, ApprovalDecided, ApprovalDecision, ApprovalList, ApprovalView};
use shared::dossiers::{Action, ApprovalState, NotToDecide, may_decide};
use shared::identifiers::{ApprovalId, StaffId};
use shared::staff::{ActReason, DeedName, Right};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;

/// How many approvals are listed of each kind.
const MOST: i64 = 100;

/// For how long those that are over are listed.
const LISTED: Duration = Duration::from_hours(1);

/// Asks a second officer, in the caller's transaction. The same that waits already is not asked again.
///
/// # Errors
/// [`ErrorCode::ApprovalWaits`] where the same action waits with other content: an officer must not think that this was asked.
pub(super) async fn ask(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    record: &Record,
    (action, reason): (&Action, &ActReason),
    call: Call,
) -> Result<(), Failure> {
    // One that is late makes room for another.
    lapse(app, tx, call.at).await?;
    let before = approvals::of_dossier(tx, record.id).await?;
    let name = action.name();
    let waits = |one: &&Approval| one.state == ApprovalState::Waiting && one.action == name;
    if let Some(waiting) = before.iter().find(waits) {
        return if waiting.asked.as_ref() == Some(action) {
            Ok(())
        } else {
            Err(ErrorCode::ApprovalWaits.into())
        };
    }
    let id = ApprovalId::new(call.at, app.entropy.bytes());
    let deadline = Deadline::after(call.at, app.policy.dossiers.approval_time());
    let asker = (officer.id(), reason);
    approvals::insert(tx, (id, record.id, action), asker, call.at, deadline).await?;
    let deed = Deed::for_reason(DeedName::ApprovalAsked, reason, about(tx, record).await?);
    staff::record(app, tx, officer, &deed, call).await?;
    Ok(())
}

/// Uses up what this officer asked for in the dossier and another one granted, if there is such a thing and its time is not over: who
/// granted it.
pub(super) async fn use_up(
    tx: &mut Tx,
    officer: &Officer,
    record: &Record,
    action: &Action,
    call: Call,
) -> Result<Option<StaffId>, Failure> {
    let is_granted = |one: &Approval| {
        one.state == ApprovalState::Granted
            && one.asked.as_ref() == Some(action)
            && one.asked_by == officer.id()
            && !one.deadline.has_passed(call.at)
    };
    let asked = approvals::of_dossier(tx, record.id).await?;
    let Some(granted) = asked.into_iter().find(is_granted) else {
        return Ok(None);
    };
    if approvals::carry(tx, granted.id).await? == 0 {
        return Ok(None);
    }
    Ok(granted.decided.map(|decided| decided.by))
}

/// Ends what nobody decided or carried out in time, and forgets what was asked. How many.
pub(super) async fn lapse(app: &App, tx: &mut Tx, now: Timestamp) -> Result<usize, StoreError> {
    let lapsed = approvals::lapse(tx, now).await?;
    tell(app, tx, &lapsed, now).await?;
    Ok(lapsed.len())
}

/// Ends what somebody asked for who is not to act any more, in the transaction that takes that from them. After the commit the pages
/// are told by themselves, within [`crate::http::live::POLL`].
pub async fn lapse_of(app: &App, tx: &mut Tx, member: StaffId, now: Timestamp) -> Result<(), StoreError> {
    let lapsed = approvals::lapse_of(tx, member).await?;
    tell(app, tx, &lapsed, now).await
}

async fn tell(app: &App, tx: &mut Tx, lapsed: &[ApprovalId], now: Timestamp) -> Result<(), StoreError> {
    for approval in lapsed {
        let event = Event::ApprovalLapsed { approval: *approval };
        let entry = Entry::by_system(&event, now, Subject::default());
        audit::service::append(app, tx, &entry).await?;
    }
    Ok(())
}

/// Decides what another officer asked for. Agreeing carries it out, in the same transaction: whoever decides second, or after a crash
/// in between, finds it undecided or done, and never half. Where the account cannot have it any more, nothing of it stands but the
/// decision. What is shown only once is granted instead: who asked carries it out.
///
/// # Errors
/// [`ErrorCode::ApprovalUnknown`]; [`ErrorCode::ApprovalOwn`]; [`ErrorCode::ApprovalOver`] where it is decided, late, the visit is not
/// served any more by who asked, or they may not act any more; [`ErrorCode::ItemsMissing`] where an item was rejected meanwhile.
pub async fn decide(
    app: &App,
    officer: &Officer,
    asked: ApprovalDecided,
    call: Call,
) -> Result<ApprovalView, Failure> {
    let deciding = Deciding::begin(app, officer, &asked, call).await?;
    match asked.decision {
        ApprovalDecision::Refuse => deciding.end(app, officer, ApprovalState::Refused).await,
        ApprovalDecision::Agree => match deciding.agree(app, officer).await? {
            Agreed::Stands(view) => Ok(*view),
            // That transaction was given up, with whatever it had written of it: the decision alone is written.
            Agreed::NotDone => {
                let deciding = Deciding::begin(app, officer, &asked, call).await?;
                deciding.end(app, officer, ApprovalState::Failed).await
            }
        },
    }
}

/// A decision that is being made, under the dossier's lock.
struct Deciding {
    tx: Tx,
    record: Record,
    approval: Approval,
    decided: Decided,
    name: DeedName,
    call: Call,
}

/// What came of an agreement.
enum Agreed {
    /// It is written.
    Stands(Box<ApprovalView>),
    /// The account cannot have it; nothing is written.
    NotDone,
}

impl Deciding {
    async fn begin(
        app: &App,
        officer: &Officer,
        asked: &ApprovalDecided,
        call: Call,
    ) -> Result<Self, Failure> {
        let mut tx = app.store.write().await?;
        let found = approvals::by_id(&mut tx, asked.approval)
            .await?
            .ok_or(ErrorCode::ApprovalUnknown)?;
        let record = store::lock(&mut tx, found.dossier, call.at, kept_until(app, call.at))
            .await?
            .ok_or(ErrorCode::ApprovalUnknown)?;
        let call = now(app, call);
        let approval = to_decide(&mut tx, officer, &record, asked.approval, call.at).await?;
        Ok(Self {
            tx,
            record,
            approval,
            decided: Decided {
                by: officer.id(),
                at: call.at,
                reason: asked.reason.clone(),
            },
            name: match asked.decision {
                ApprovalDecision::Agree => DeedName::ApprovalGiven,
                ApprovalDecision::Refuse => DeedName::ApprovalRefused,
            },
            call,
        })
    }

    /// Carries out what was asked, or grants what who asked carries out.
    async fn agree(mut self, app: &App, officer: &Officer) -> Result<Agreed, Failure> {
        let (tx, record) = (&mut self.tx, &self.record);
        let action = self.approval.asked.clone().ok_or(ErrorCode::ApprovalOver)?;
        act::are_accepted(tx, record, action.name()).await?;
        let account = eyes::lock_account(tx, record).await?;
        let changed = if is_shown_once(&action) {
            if view::withheld(action.name(), account.as_ref()).is_some() {
                return Ok(Agreed::NotDone);
            }
            let deadline = Deadline::after(self.call.at, app.policy.dossiers.approval_time());
            approvals::grant(tx, self.approval.id, deadline, &self.decided).await?
        } else {
            // Before the audit log is written, as everywhere: whoever ends approvals does so in this order too.
            approvals::decide(tx, self.approval.id, ApprovalState::Agreed, &self.decided).await?
        };
        if changed == 0 {
            return Err(ErrorCode::ApprovalOver.into());
        }
        if is_shown_once(&action) {
            return Ok(Agreed::Stands(Box::new(self.write(app, officer, None).await?)));
        }
        let order = Order {
            action: &action,
            reach: eyes::reach(tx, record, &action).await?,
            asked_by: self.approval.asked_by,
            second: Some(officer.id()),
            reason: &self.approval.reason,
        };
        match act::carry_out(app, tx, officer, record, &order, self.call).await {
            Ok(outcome) => Ok(Agreed::Stands(Box::new(
                self.write(app, officer, Some(outcome)).await?,
            ))),
            Err(CarryError::NotDone(_)) => Ok(Agreed::NotDone),
            Err(CarryError::Failed(failure)) => Err(failure),
        }
    }

    /// Decides without carrying anything out.
    async fn end(
        mut self,
        app: &App,
        officer: &Officer,
        state: ApprovalState,
    ) -> Result<ApprovalView, Failure> {
        if approvals::decide(&mut self.tx, self.approval.id, state, &self.decided).await? == 0 {
            return Err(ErrorCode::ApprovalOver.into());
        }
        self.write(app, officer, None).await
    }

    /// Writes the act of a decision that is made, and commits.
    async fn write(
        mut self,
        app: &App,
        officer: &Officer,
        outcome: Option<Outcome>,
    ) -> Result<ApprovalView, Failure> {
        let (tx, record) = (&mut self.tx, &self.record);
        let deed = Deed::for_reason(self.name, &self.decided.reason, about(tx, record).await?);
        staff::record(app, tx, officer, &deed, self.call).await?;
        let approval = approvals::by_id(tx, self.approval.id)
            .await?
            .ok_or(StoreError::Changed)?;
        let view = view::approval(app, tx, officer, &approval, &record.identity, self.call.at).await?;
        self.tx.commit().await?;
        if let Some(outcome) = outcome {
            outcome.announce(app);
        }
        announce(app, self.record.id);
        Ok(view)
    }
}

/// Whether what comes of an action is shown once, at the desk of who asked, and could not reach them otherwise (ADR 134).
const fn is_shown_once(action: &Action) -> bool {
    match action {
        Action::EnrolPasskey => true,
        Action::SendRecoveryLink { .. }
        | Action::SendUnlockLink { .. }
        | Action::ChangeContact { .. }
        | Action::AcceptSignature { .. }
        | Action::DeclineSignature { .. }
        | Action::Freeze
        | Action::Unfreeze => false,
    }
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
    if !may_still_act(tx, record, approval.asked_by).await? {
        return Err(ErrorCode::ApprovalOver.into());
    }
    Ok(approval)
}

/// Whether somebody could take the action themselves now: they are of the staff, with the right, at the visit's centre.
async fn may_still_act(tx: &mut Tx, record: &Record, member: StaffId) -> Result<bool, StoreError> {
    let Some(visit) = visits::by_id(tx, record.visit).await? else {
        return Ok(false);
    };
    let member = staff::by_id(tx, member).await?;
    Ok(member.is_some_and(|member| {
        member.has_access()
            && member.role.may(Right::ActOnAccounts)
            && member.centre.is_none_or(|own| own == visit.centre)
    }))
}

/// How many wait whom this officer may decide.
pub async fn count(app: &App, officer: &Officer, now: Timestamp) -> Result<ApprovalCount, Failure> {
    let mut tx = app.store.read().await?;
    let waiting = approvals::waiting(&mut tx, now, MOST).await?;
    let others = waiting
        .iter()
        .filter(|approval| approval.asked_by != officer.id())
        .count();
    Ok(ApprovalCount {
        waiting: u32::try_from(others).unwrap_or(u32::MAX),
    })
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
            listed.push(view::approval(app, &mut tx, officer, &approval, &record.identity, now).await?);
        }
    }
    Ok(ApprovalList {
        now,
        approvals: listed,
    })
}
