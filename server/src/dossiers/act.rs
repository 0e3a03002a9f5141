//! Acting on the account of a dossier: what is needed first, and carrying it out.

use super::access::{about, announce, kept_until, now, serving};
use super::eyes::{self, Touched};
use super::store::deeds::{self, DeedRow, Sent, UnderWay};
use super::store::{self, ItemRow, Record};
use super::{approvals, referral, view};
use crate::accounts::CounterError;
use crate::accounts::service as accounts;
use crate::app::App;
use crate::challenges::Call;
use crate::contacts::service as contacts;
use crate::http::Failure;
use crate::passkeys::MadeEnrolmentLink;
use crate::passkeys::command::PAGE;
use crate::passkeys::service as passkeys;
use crate::recovery::{AtCounter, service as recovery};
use crate::signatures::{Decision, Follows, service as signatures};
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use crate::unlock::service as unlock;
use qrcode::{Color, EcLevel, QrCode};
use shared::accounts::NotDone;
use shared::api::{ErrorCode, Problem};
use shared::dossiers::api::{Acted, Asking, EnrolmentShown};
use shared::dossiers::{Action, ActionName, Eyes, Item, Need, Reach, Verdict};
use shared::identifiers::{CaseId, StaffId, UnlockId};
use shared::recovery::OfficerApproval;
use shared::secrets::Secret;
use shared::staff::{ActReason, DeedName};

/// What is to be carried out, by whom, and why.
#[derive(Clone, Debug)]
pub(super) struct Order<'a> {
    pub(super) action: &'a Action,
    pub(super) reach: Reach,
    /// Who asked for it.
    pub(super) asked_by: StaffId,
    /// Who agreed, where that was needed.
    pub(super) second: Option<StaffId>,
    pub(super) reason: &'a ActReason,
}

/// What there is to do after the commit, and what is shown once.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    sent: Sent,
    follows: Option<Follows>,
    enrolment: Option<EnrolmentShown>,
}

/// Takes an action, or asks a second officer for it where four eyes are needed.
///
/// # Errors
/// [`ErrorCode::DossierClosed`]; [`ErrorCode::ItemsMissing`]; [`ErrorCode::ReferralUnseen`]; [`ErrorCode::ApprovalWaits`] where the
/// same was asked of a second officer with other content; [`ErrorCode::ActionWithheld`] with the reason.
pub async fn act(app: &App, officer: &Officer, asking: Asking, call: Call) -> Result<Acted, Failure> {
    let Asking {
        dossier,
        action,
        reason,
    } = asking;
    let mut tx = app.store.write().await?;
    let record = serving(app, &mut tx, officer, dossier, call.at).await?;
    let call = now(app, call);
    are_accepted(&mut tx, &record, action.name()).await?;
    let account = eyes::lock_account(&mut tx, &record).await?;
    let reach = eyes::reach(&mut tx, &record, &action).await?;
    referral::is_seen(&mut tx, officer, &record, &action).await?;
    let touched = Touched::load(app, &mut tx, &record, account.as_ref(), call.at).await?;
    let order = Order {
        action: &action,
        reach,
        asked_by: officer.id(),
        second: None,
        reason: &reason,
    };
    let order = match touched.eyes(reach) {
        Eyes::Two => Some(order),
        Eyes::Four => {
            let second = approvals::use_up(&mut tx, officer, &record, &action, call).await?;
            second.map(|second| Order {
                second: Some(second),
                ..order
            })
        }
    };
    let outcome = if let Some(order) = order {
        let outcome = carry_out(app, &mut tx, officer, &record, &order, call).await;
        outcome.map_err(refused)?
    } else {
        if let Some(because) = view::withheld(action.name(), account.as_ref()) {
            return Err(not_done(because));
        }
        approvals::ask(app, &mut tx, officer, &record, (&action, &reason), call).await?;
        Outcome::default()
    };
    let view = view::of(app, &mut tx, officer, &record, call.at).await?;
    tx.commit().await?;
    outcome.announce(app);
    announce(app, record.id);
    Ok(Acted {
        dossier: view,
        enrolment: outcome.enrolment,
    })
}

/// Refuses what lacks items, at the moment in which it is to be done.
pub(super) async fn are_accepted(tx: &mut Tx, record: &Record, action: ActionName) -> Result<(), Failure> {
    let rows = store::items(tx, record.id).await?;
    if action.missing(|item| standing(record, &rows, item)).is_empty() {
        Ok(())
    } else {
        Err(ErrorCode::ItemsMissing.into())
    }
}

/// Whether an item is asked for, and what was found of it.
pub(super) fn standing(record: &Record, rows: &[ItemRow], item: Item) -> (Need, Verdict) {
    let need = item.need(record.errand());
    let row = rows.iter().find(|row| row.item == item);
    (need, row.map_or(Verdict::Open, |row| row.verdict))
}

/// Carries an order out in the caller's transaction, and writes it down: all of it, or nothing.
pub(super) async fn carry_out(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    record: &Record,
    order: &Order<'_>,
    call: Call,
) -> Result<Outcome, CarryError> {
    let outcome = perform(app, tx, officer, record, order, call).await?;
    let row = DeedRow {
        action: order.action.name(),
        officer: order.asked_by,
        second: order.second,
        reason: order.reason.clone(),
        at: call.at,
        sent: outcome.sent.clone(),
    };
    let about = About {
        case: outcome.case(),
        ..about(tx, record).await?
    };
    let deed = Deed::for_reason(deed_name(order.action.name()), order.reason, about);
    let act = staff::record(app, tx, officer, &deed, call)
        .await
        .map_err(CarryError::Failed)?;
    let subject = record.identity.subject(&app.keys);
    deeds::insert(tx, (act, record.id, &subject.0), order.reach, &row).await?;
    store::lock(tx, record.id, call.at, kept_until(app, call.at)).await?;
    Ok(outcome)
}

/// What each action is, in the slice whose it is.
async fn perform(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    record: &Record,
    order: &Order<'_>,
    call: Call,
) -> Result<Outcome, CarryError> {
    let approval = approval(order.reason)?;
    let identity = &record.identity;
    let at_counter = |reference: &Option<_>| AtCounter {
        identity: identity.clone(),
        reference: reference.clone(),
    };
    let sent = match order.action {
        Action::SendRecoveryLink { reference } => {
            let asked = at_counter(reference);
            let sent = recovery::send_by_officer(app, tx, officer, approval, &asked, call).await?;
            let under_way = UnderWay::Recovery(sent.case);
            watched(under_way, Some(sent.reference.to_string()), Some(sent.to))
        }
        Action::SendUnlockLink { reference, channel } => {
            let asked = (&at_counter(reference), Some(*channel));
            let sent = unlock::send_by_officer(app, tx, officer, approval, asked, call).await?;
            let under_way = UnderWay::Unlock(sent.case);
            watched(under_way, Some(sent.reference.to_string()), Some(sent.to))
        }
        Action::ChangeContact { wanted } => {
            let asked = (identity, wanted.clone());
            let asking = contacts::change_by_officer(app, tx, officer, approval, asked, call).await?;
            watched(UnderWay::Contact(asking.change), None, asking.to)
        }
        Action::EnrolPasskey => {
            let words = order.reason;
            let made =
                passkeys::make_enrolment_link_by_officer(app, tx, officer, words, identity, call).await?;
            return Ok(Outcome {
                sent: watched(UnderWay::Passkey(made.link), None, None),
                enrolment: Some(shown(app, made)?),
                ..Outcome::default()
            });
        }
        Action::AcceptSignature { number } => {
            let decision = (number, Decision::Accept(approval));
            let follows = signatures::decide(app, tx, officer, decision, call).await?;
            return Ok(Outcome::following(follows));
        }
        Action::DeclineSignature { number, because } => {
            let decision = (number, Decision::Decline(*because));
            let follows = signatures::decide(app, tx, officer, decision, call).await?;
            return Ok(Outcome::following(follows));
        }
        Action::Freeze => {
            accounts::freeze_by_officer(app, tx, officer, approval, identity, call).await?;
            Sent::default()
        }
        Action::Unfreeze => {
            accounts::thaw_by_officer(app, tx, officer, approval, identity, call).await?;
            Sent::default()
        }
    };
    Ok(Outcome {
        sent,
        ..Outcome::default()
    })
}

fn approval(reason: &ActReason) -> Result<OfficerApproval, CarryError> {
    OfficerApproval::given(reason.as_str())
        .ok_or_else(|| CarryError::Failed(Failure::fault("a reason without words")))
}

const fn watched(under_way: UnderWay, reference: Option<String>, to: Option<String>) -> Sent {
    Sent {
        under_way: Some(under_way),
        reference,
        to,
    }
}

impl Outcome {
    fn following(follows: Follows) -> Self {
        let under_way = match follows {
            Follows::Nothing => None,
            Follows::Recovery(case) => Some(UnderWay::Recovery(case)),
            Follows::Unlock(case) => Some(UnderWay::Unlock(case)),
            Follows::Contact(change) => Some(UnderWay::Contact(change)),
        };
        Self {
            sent: Sent {
                under_way,
                ..Sent::default()
            },
            follows: Some(follows),
            enrolment: None,
        }
    }

    /// The case that it is about, as the audit log names it.
    fn case(&self) -> Option<CaseId> {
        match self.sent.under_way? {
            UnderWay::Recovery(case) => Some(case),
            UnderWay::Unlock(case) => Some(CaseId::from_uuid(UnlockId::as_uuid(case))),
            UnderWay::Contact(_) | UnderWay::Passkey(_) => None,
        }
    }

    /// Tells the person's pages to look again, and wakes whoever sends. After the commit.
    pub(super) fn announce(&self, app: &App) {
        match self.sent.under_way {
            Some(UnderWay::Recovery(case)) => recovery::announce(app, case),
            Some(UnderWay::Unlock(case)) => unlock::announce(app, case),
            Some(UnderWay::Contact(_) | UnderWay::Passkey(_)) | None => {}
        }
        if let Some(follows) = self.follows {
            signatures::announce(app, follows);
        }
        app.notifications.wake();
    }
}

/// The link that enrols a passkey, for a telephone's camera and for the eye.
fn shown(app: &App, made: MadeEnrolmentLink) -> Result<EnrolmentShown, CarryError> {
    let MadeEnrolmentLink {
        link: _,
        token,
        deadline,
        employer: _,
    } = made;
    let link = Secret::new(format!("{}#{}", app.config.public_url.join(PAGE), token.expose()));
    let code = QrCode::with_error_correction_level(link.expose(), EcLevel::M)
        .map_err(|error| CarryError::Failed(Failure::fault(error)))?;
    let rows: Vec<String> = code
        .to_colors()
        .chunks(code.width())
        .map(|row| {
            row.iter()
                .map(|module| match module {
                    Color::Dark => '#',
                    Color::Light => '.',
                })
                .collect()
        })
        .collect();
    Ok(EnrolmentShown {
        link,
        qr: Secret::new(rows.join("\n")),
        deadline,
    })
}

/// Why an order was not carried out.
#[derive(Debug)]
pub(super) enum CarryError {
    /// The account cannot have it now. Nothing was written.
    NotDone(NotDone),
    /// Anything else: the transaction is given up.
    Failed(Failure),
}

impl From<CounterError> for CarryError {
    fn from(error: CounterError) -> Self {
        match error {
            CounterError::NotDone(reason) => Self::NotDone(reason),
            CounterError::Store(error) => Self::Failed(error.into()),
        }
    }
}

impl From<StoreError> for CarryError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

fn refused(error: CarryError) -> Failure {
    match error {
        CarryError::NotDone(reason) => not_done(reason),
        CarryError::Failed(failure) => failure,
    }
}

/// Tells an officer why something was not done.
pub(super) fn not_done(reason: NotDone) -> Failure {
    let mut problem = Problem::new(ErrorCode::ActionWithheld);
    problem.not_done = Some(reason);
    problem.into()
}

const fn deed_name(action: ActionName) -> DeedName {
    match action {
        ActionName::SendRecoveryLink => DeedName::RecoveryLinkSent,
        ActionName::SendUnlockLink => DeedName::UnlockLinkSent,
        ActionName::ChangeContact => DeedName::ContactChanged,
        ActionName::EnrolPasskey => DeedName::PasskeyOffered,
        ActionName::AcceptSignature | ActionName::DeclineSignature => DeedName::SignatureDecided,
        ActionName::Freeze => DeedName::AccountFrozen,
        ActionName::Unfreeze => DeedName::AccountThawed,
    }
}
