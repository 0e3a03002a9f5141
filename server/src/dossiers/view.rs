//! What officers see of a dossier.

use super::access;
use super::act;
use super::eyes::Touched;
use super::referral;
use super::store::approvals::{self, Approval};
use super::store::deeds::{self, DeedRow, UnderWay as Row};
use super::store::papers::Paper;
use super::store::{self, ItemRow, Record};
use crate::accounts::service as accounts;
use crate::accounts::{Account, State};
use crate::app::App;
use crate::challenges::Identity;
use crate::contacts::service as contacts;
use crate::http::Failure;
use crate::passkeys::service as passkeys;
use crate::recovery::service as recovery;
use crate::staff::{Officer, service as staff};
use crate::store::{StoreError, Tx};
use crate::unlock::service as unlock;
use crate::visits::service as visits;
use shared::accounts::NotDone;
use shared::appointments::Papers;
use shared::centres::Zone;
use shared::contacts::Wanted;
use shared::dossiers::api::{
    Access, AccountSeen, AccountState, ActionView, ApprovalView, DecisionView, DoneView, DossierView,
    ItemRecord, ItemView, PaperView, UnderWay, Yours,
};
use shared::dossiers::{Action, ActionName, ApprovalState, Eyes, Item, NotToDecide, Standing, may_decide};
use shared::identifiers::StaffId;
use shared::time::Timestamp;

/// A dossier, as this officer sees it at `now`.
pub(super) async fn of(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    record: &Record,
    now: Timestamp,
) -> Result<DossierView, Failure> {
    let served_by = access::server_of(tx, record).await?;
    let access = access::access(officer, served_by);
    let identity = &record.identity;
    let account = accounts::find(tx, identity.employer, identity.branch).await?;
    let rows = store::items(tx, record.id).await?;
    let touched = Touched::load(app, tx, record, account.as_ref(), now).await?;
    let mut asked = Vec::new();
    for approval in approvals::of_dossier(tx, record.id).await? {
        asked.push(self::approval(app, tx, officer, &approval, identity, now).await?);
    }
    let mut done = Vec::new();
    for row in deeds::of_dossier(tx, record.id).await? {
        done.push(self::done(tx, row, now).await?);
    }
    let standing = |action: ActionName| {
        action_view(
            action,
            (access, &touched),
            (record, &rows),
            account.as_ref(),
            &asked,
        )
    };
    Ok(DossierView {
        dossier: record.id,
        visit: record.visit,
        now,
        opened_at: record.opened_at,
        officer: name(tx, served_by.unwrap_or(record.opened_by)).await?,
        access,
        zone: zone(tx, record).await?,
        procedure: record.procedure,
        mode: record.mode,
        employer: identity.employer,
        branch: identity.branch,
        representative: identity.representative.clone(),
        actions: ActionName::ALL.iter().copied().map(standing).collect(),
        account: account.as_ref().map(seen),
        items: items(app.policy.appointments.papers, tx, record, rows).await?,
        discrepancies: record
            .found
            .as_ref()
            .map(|found| found.discrepancies.clone())
            .unwrap_or_default(),
        found: record.found.clone(),
        done,
        approvals: asked,
    })
}

fn seen(account: &Account) -> AccountSeen {
    AccountSeen {
        state: match account.state {
            State::Active => AccountState::Active,
            State::Blocked { .. } => AccountState::Blocked,
            State::Frozen { .. } => AccountState::Frozen,
        },
        email: account.email.as_ref().map(|email| email.masked().to_string()),
        phone: account.phone.as_ref().map(|phone| phone.masked().to_string()),
    }
}

async fn items(
    papers: Papers,
    tx: &mut Tx,
    record: &Record,
    rows: Vec<ItemRow>,
) -> Result<Vec<ItemView>, StoreError> {
    let files = store::papers::of_dossier(tx, record.id).await?;
    let mut views = Vec::with_capacity(Item::ALL.len());
    for item in Item::ALL.iter().copied() {
        let (need, verdict) = act::standing(record, &rows, item);
        let bring = record.errand().to_bring(item, papers);
        let row = rows.iter().find(|row| row.item == item);
        let written = match row {
            Some(row) => Some(ItemRecord {
                way: row.way,
                officer: match row.officer {
                    Some(officer) => Some(name(tx, officer).await?),
                    None => None,
                },
                at: row.at,
                note: row.note.clone(),
            }),
            None => None,
        };
        views.push(ItemView {
            item,
            need,
            bring,
            ways: bring.map(|bring| bring.ways().to_vec()).unwrap_or_default(),
            verdict,
            record: written,
            papers: files.iter().filter_map(|paper| of_item(paper, item)).collect(),
        });
    }
    Ok(views)
}

fn of_item(paper: &Paper, item: Item) -> Option<PaperView> {
    let file = paper.file.filter(|_| paper.item == item)?;
    Some(PaperView {
        paper: paper.id,
        kind: file.kind,
        size: file.size,
        at: file.at,
    })
}

/// Whether an action can be taken, and if not, why.
fn action_view(
    action: ActionName,
    (access, touched): (Access, &Touched),
    (record, rows): (&Record, &[ItemRow]),
    account: Option<&Account>,
    approvals: &[ApprovalView],
) -> ActionView {
    let mut view = ActionView {
        action,
        standing: Standing::Offered,
        missing: action.missing(|item| act::standing(record, rows, item)),
        because: withheld(action, account),
    };
    let is = |state| {
        approvals
            .iter()
            .any(|approval| approval.action == action && approval.state == state)
    };
    view.standing = match access {
        Access::Looking | Access::Over => Standing::Closed,
        Access::Serving if view.because.is_some() => Standing::Withheld,
        Access::Serving if !view.missing.is_empty() => Standing::ItemsMissing,
        Access::Serving if is(ApprovalState::Waiting) => Standing::AwaitsApproval,
        Access::Serving if is(ApprovalState::Granted) => Standing::Offered,
        // What an accepted request touches is known when its number is: `accepting` tells it.
        Access::Serving => wants(touched.eyes(action.reach(None))),
    };
    view
}

/// Whether the request that is shown can be accepted now, in a dossier that is being served.
pub(super) async fn accepting(
    tx: &mut Tx,
    record: &Record,
    account: Option<&Account>,
    eyes: Eyes,
) -> Result<Standing, StoreError> {
    let action = ActionName::AcceptSignature;
    let rows = store::items(tx, record.id).await?;
    Ok(if withheld(action, account).is_some() {
        Standing::Withheld
    } else if !action
        .missing(|item| act::standing(record, &rows, item))
        .is_empty()
    {
        Standing::ItemsMissing
    } else {
        wants(eyes)
    })
}

const fn wants(eyes: Eyes) -> Standing {
    match eyes {
        Eyes::Two => Standing::Offered,
        Eyes::Four => Standing::SecondOfficer,
    }
}

/// Why an account cannot have something now, as far as its state tells. The slice whose it is has the last word.
pub(super) fn withheld(action: ActionName, account: Option<&Account>) -> Option<NotDone> {
    let Some(account) = account else {
        return match action {
            ActionName::DeclineSignature => None,
            ActionName::SendRecoveryLink
            | ActionName::SendUnlockLink
            | ActionName::ChangeContact
            | ActionName::EnrolPasskey
            | ActionName::AcceptSignature
            | ActionName::Freeze
            | ActionName::Unfreeze => Some(NotDone::NoAccount),
        };
    };
    let unreachable = account.email.is_none() && account.phone.is_none();
    match (action, account.state) {
        (
            ActionName::SendRecoveryLink
            | ActionName::SendUnlockLink
            | ActionName::ChangeContact
            | ActionName::EnrolPasskey
            | ActionName::Freeze,
            State::Frozen { .. },
        ) => Some(NotDone::AccountFrozen),
        (ActionName::Unfreeze, State::Active | State::Blocked { .. }) => Some(NotDone::AccountNotFrozen),
        (ActionName::SendRecoveryLink, State::Blocked { .. }) => Some(NotDone::AccountBlocked),
        (ActionName::SendRecoveryLink, State::Active) if account.email.is_none() => Some(NotDone::NoEmail),
        (ActionName::SendUnlockLink, State::Active) => Some(NotDone::AccountNotBlocked),
        (ActionName::SendUnlockLink, State::Blocked { .. }) if unreachable => Some(NotDone::NoContact),
        (
            ActionName::SendRecoveryLink
            | ActionName::SendUnlockLink
            | ActionName::ChangeContact
            | ActionName::EnrolPasskey
            | ActionName::Freeze,
            State::Active | State::Blocked { .. },
        )
        | (ActionName::Unfreeze, State::Frozen { .. })
        | (ActionName::AcceptSignature | ActionName::DeclineSignature, _) => None,
    }
}

async fn done(tx: &mut Tx, row: DeedRow, now: Timestamp) -> Result<DoneView, StoreError> {
    let under_way = match row.sent.under_way {
        None => None,
        Some(under_way) => {
            let progress = match under_way {
                Row::Recovery(case) => recovery::progress(tx, case, now).await?,
                Row::Unlock(case) => unlock::progress(tx, case, now).await?,
                Row::Contact(change) => contacts::progress(tx, change, now).await?,
                Row::Passkey(link) => passkeys::progress(tx, link, now).await?,
            };
            Some(UnderWay {
                reference: row.sent.reference,
                to: row.sent.to,
                progress,
            })
        }
    };
    Ok(DoneView {
        action: row.action,
        at: row.at,
        officer: name(tx, row.officer).await?,
        second: match row.second {
            Some(second) => Some(name(tx, second).await?),
            None => None,
        },
        reason: row.reason,
        under_way,
    })
}

/// An approval, as this officer sees it at `now`. The new contact is shown in full, and so is the signed request: it is what is
/// agreed to.
pub(super) async fn approval(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    approval: &Approval,
    identity: &Identity,
    now: Timestamp,
) -> Result<ApprovalView, StoreError> {
    let late = match approval.state {
        ApprovalState::Waiting | ApprovalState::Granted => approval.deadline.has_passed(now),
        ApprovalState::Agreed | ApprovalState::Refused | ApprovalState::Lapsed | ApprovalState::Failed => {
            false
        }
    };
    let state = if late {
        ApprovalState::Lapsed
    } else {
        approval.state
    };
    let who = (approval.asked_by, officer.id());
    let decided = match &approval.decided {
        Some(decided) => Some(DecisionView {
            officer: name(tx, decided.by).await?,
            at: decided.at,
            reason: decided.reason.clone(),
        }),
        None => None,
    };
    let asked = approval.asked.as_ref().filter(|_| !late);
    let referral = match asked {
        Some(action) => referral::accepted(app, tx, action).await?,
        None => None,
    };
    Ok(ApprovalView {
        approval: approval.id,
        dossier: approval.dossier,
        action: approval.action,
        employer: identity.employer.masked(),
        contact: asked.and_then(contact),
        referral,
        zone: match store::by_id(tx, approval.dossier).await? {
            Some(record) => zone(tx, &record).await?,
            None => Zone::Mainland,
        },
        asked_by: name(tx, approval.asked_by).await?,
        reason: approval.reason.clone(),
        asked_at: approval.at,
        deadline: approval.deadline,
        state,
        yours: match may_decide(who, approval.state, approval.deadline, now) {
            Ok(()) => Yours::ToDecide,
            Err(NotToDecide::Own) if state == ApprovalState::Waiting => Yours::Own,
            Err(NotToDecide::Own | NotToDecide::Over) => Yours::Over,
        },
        decided,
    })
}

fn contact(action: &Action) -> Option<String> {
    match action {
        Action::ChangeContact { wanted } => match wanted {
            Wanted::Email(email) => Some(email.to_string()),
            Wanted::Phone(phone) => Some(phone.to_string()),
            Wanted::NoPhone => None,
        },
        Action::SendRecoveryLink { .. }
        | Action::SendUnlockLink { .. }
        | Action::EnrolPasskey
        | Action::AcceptSignature { .. }
        | Action::DeclineSignature { .. }
        | Action::Freeze
        | Action::Unfreeze => None,
    }
}

/// What the clocks of the visit's centre show.
async fn zone(tx: &mut Tx, record: &Record) -> Result<Zone, StoreError> {
    visits::zone(tx, record.visit).await
}

async fn name(tx: &mut Tx, officer: StaffId) -> Result<String, StoreError> {
    let member = staff::by_id(tx, officer).await?;
    Ok(member.map_or_else(|| "—".to_owned(), |member| member.name.as_str().to_owned()))
}
