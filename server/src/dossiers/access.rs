//! Who may do what with a dossier: write into it, or look at it.

use super::store::{self, Record};
use crate::accounts::service as accounts;
use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::staff::{About, Officer};
use crate::store::{StoreError, Tx};
use crate::visits::service as visits;
use shared::api::ErrorCode;
use shared::dossiers::api::Access;
use shared::identifiers::{DossierId, StaffId};
use shared::time::Timestamp;
use shared::visits::Stage;
use std::time::Duration;

/// How long a dossier's files and changes are shown to whoever opened it or said why they look.
const LOOK: Duration = Duration::from_hours(1);

/// The dossier, locked, if this officer serves its visit now.
///
/// # Errors
/// [`ErrorCode::DossierUnknown`]; [`ErrorCode::DossierClosed`] where somebody else serves the visit, or nobody does (any more).
pub(super) async fn serving(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    dossier: DossierId,
    at: Timestamp,
) -> Result<Record, Failure> {
    let record = store::lock(tx, dossier, at, kept_until(app, at))
        .await?
        .ok_or(ErrorCode::DossierUnknown)?;
    is_served_by(tx, officer, &record).await?;
    Ok(record)
}

/// The same without the lock, for what only prepares.
pub(super) async fn served(tx: &mut Tx, officer: &Officer, dossier: DossierId) -> Result<Record, Failure> {
    let record = store::by_id(tx, dossier)
        .await?
        .ok_or(ErrorCode::DossierUnknown)?;
    is_served_by(tx, officer, &record).await?;
    Ok(record)
}

async fn is_served_by(tx: &mut Tx, officer: &Officer, record: &Record) -> Result<(), Failure> {
    match visits::in_service_of(tx, officer, record.visit).await {
        Ok(_served) => Ok(()),
        Err(Failure::Problem(_)) => Err(ErrorCode::DossierClosed.into()),
        Err(fault @ Failure::Fault(_)) => Err(fault),
    }
}

/// Who serves the visit of a dossier at this moment.
pub(super) async fn server_of(tx: &mut Tx, record: &Record) -> Result<Option<StaffId>, StoreError> {
    let visit = visits::by_id(tx, record.visit).await?;
    Ok(visit.and_then(|visit| match *visit.visit.stage() {
        Stage::InService { officer, .. } => Some(officer),
        Stage::Waiting | Stage::Called { .. } | Stage::Done { .. } | Stage::NoShow { .. } => None,
    }))
}

/// What whoever looks may do.
pub(super) fn access(officer: &Officer, served_by: Option<StaffId>) -> Access {
    match served_by {
        Some(who) if who == officer.id() => Access::Serving,
        Some(_) => Access::Looking,
        None => Access::Over,
    }
}

/// Refuses whoever neither opened the dossier nor said why they look, within the hour.
///
/// # Errors
/// [`ErrorCode::DossierUnknown`]: whoever was not let in is not told more.
pub(super) async fn looks(
    tx: &mut Tx,
    officer: &Officer,
    dossier: DossierId,
    now: Timestamp,
) -> Result<(), Failure> {
    match store::looked_at(tx, dossier, officer.id()).await? {
        Some(seen) if now < seen.after(LOOK) => Ok(()),
        Some(_) | None => Err(ErrorCode::DossierUnknown.into()),
    }
}

/// Until when a dossier is kept that is changed now.
pub(super) fn kept_until(app: &App, at: Timestamp) -> Timestamp {
    at.after(app.policy.retention.dossier())
}

/// What an act of the staff was about.
pub(super) async fn about(tx: &mut Tx, record: &Record) -> Result<About, StoreError> {
    let identity = &record.identity;
    let account = accounts::find(tx, identity.employer, identity.branch).await?;
    Ok(About {
        account: account.map(|account| account.id),
        dossier: Some(record.id),
        visit: Some(record.visit),
        ..About::default()
    })
}

/// Where changes of a dossier are heard of by one officer.
pub(super) fn topic(dossier: DossierId, officer: StaffId) -> String {
    format!("dossier:{dossier}:{officer}")
}

/// Where approvals are heard of by one officer.
pub(super) fn approvals_topic(officer: StaffId) -> String {
    format!("approvals:{officer}")
}

/// Tells whoever looks at a dossier, or at approvals, to look again. After the commit.
pub(super) fn announce(app: &App, dossier: DossierId) {
    app.live.publish_below(&format!("dossier:{dossier}:"));
    app.live.publish_below("approvals:");
}

/// The same call, now that the lock is held: a deadline counts when the transaction is made.
pub(super) fn now(app: &App, call: Call) -> Call {
    crate::challenges::now(app, call)
}
