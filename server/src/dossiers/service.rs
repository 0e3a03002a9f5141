//! The use cases of dossiers.

pub use super::act::act;
pub use super::approvals::{
    count as count_approvals, decide, lapse_of, list as list_approvals, watch as watch_approvals,
};
pub use super::items::record as record_item;
pub use super::kept::{identity_seen, kept};
pub use super::look_up::look_up;
pub use super::papers::{Admitted, Shown, add as add_paper, admit, receive, show as show_paper};
pub use super::referral::show as show_referral;

use super::access::{self, about, announce};
use super::store::{self, ItemRow, Record};
use super::view;
use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::staff::{Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use crate::visits::{Served, service as visits};
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::dossiers::api::{Access, DossierLooked, DossierView, VisitNamed};
use shared::dossiers::{Item, Verdict, Way};
use shared::identifiers::{DossierId, VisitId};
use shared::staff::{ActReason, DeedName};
use shared::time::Timestamp;

/// The dossier of a visit, if one was opened and is still kept. To see it is another thing.
///
/// # Errors
/// As the database gives them.
pub async fn of_visit(tx: &mut Tx, visit: VisitId) -> Result<Option<DossierId>, StoreError> {
    Ok(store::by_visit(tx, visit).await?.map(|record| record.id))
}

/// Opens the dossier of a visit that this officer serves, or the one that there is.
///
/// # Errors
/// Those of [`visits::in_service_of`].
pub async fn open(
    app: &App,
    officer: &Officer,
    VisitNamed { visit }: VisitNamed,
    call: Call,
) -> Result<DossierView, Failure> {
    let mut tx = app.store.write().await?;
    let served = visits::in_service_of(&mut tx, officer, visit).await?;
    let record = match store::by_visit(&mut tx, visit).await? {
        Some(record) => record,
        None => make(app, &mut tx, officer, &served, call.at).await?,
    };
    store::look(&mut tx, record.id, officer.id(), call.at).await?;
    let deed = Deed::seen(DeedName::DossierOpened, about(&mut tx, &record).await?);
    staff::record(app, &mut tx, officer, &deed, call).await?;
    let view = view::of(app, &mut tx, officer, &record, call.at).await?;
    tx.commit().await?;
    announce(app, record.id);
    Ok(view)
}

/// Makes the dossier of a visit. That the visit was booked, or was let in, the portal knows by itself.
async fn make(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    served: &Served,
    at: Timestamp,
) -> Result<Record, Failure> {
    let record = Record {
        id: DossierId::new(at, app.entropy.bytes()),
        visit: served.visit(),
        identity: served.identity().clone(),
        procedure: served.procedure(),
        mode: served.mode(),
        found: None,
        opened_by: officer.id(),
        opened_at: at,
    };
    let subject = record.identity.subject(&app.keys);
    match store::insert(tx, &record, &subject.0, access::kept_until(app, at)).await {
        Ok(()) => {}
        // The same officer, twice at once: the second one finds it at the next try.
        Err(StoreError::Conflict(_)) => return Err(Failure::busy()),
        Err(error) => return Err(error.into()),
    }
    let appointment = ItemRow {
        item: Item::Appointment,
        way: Way::LookedUp,
        verdict: Verdict::Accepted,
        officer: None,
        at,
        note: None,
    };
    store::record_item(tx, record.id, &appointment).await?;
    Ok(record)
}

/// Shows a dossier. Whoever does not serve its visit says why; whoever was asked to agree to something of it was told why. It is an
/// act once an hour: a page that asks again and again writes nothing more, and need not say it again.
///
/// # Errors
/// [`ErrorCode::DossierUnknown`]; `reason: missing`.
pub async fn show(
    app: &App,
    officer: &Officer,
    asked: DossierLooked,
    call: Call,
) -> Result<DossierView, Failure> {
    let mut tx = app.store.read().await?;
    if access::looks(&mut tx, officer, asked.dossier, call.at)
        .await
        .is_ok()
    {
        drop(tx);
        return watch(app, officer, asked.dossier, call.at).await;
    }
    drop(tx);
    let mut tx = app.store.write().await?;
    let record = store::by_id(&mut tx, asked.dossier)
        .await?
        .ok_or(ErrorCode::DossierUnknown)?;
    let served_by = access::server_of(&mut tx, &record).await?;
    let reason = asked.reason.as_ref();
    match access::access(officer, served_by) {
        Access::Serving => {}
        Access::Looking | Access::Over if reason.is_some() => {}
        Access::Looking | Access::Over => return Err(Problem::field("reason", FieldCode::Missing).into()),
    }
    store::look(&mut tx, record.id, officer.id(), call.at).await?;
    seen(app, &mut tx, officer, &record, reason, call).await?;
    let view = view::of(app, &mut tx, officer, &record, call.at).await?;
    tx.commit().await?;
    Ok(view)
}

async fn seen(
    app: &App,
    tx: &mut Tx,
    officer: &Officer,
    record: &Record,
    reason: Option<&ActReason>,
    call: Call,
) -> Result<(), Failure> {
    let deed = Deed {
        name: DeedName::DossierSeen,
        reason,
        about: about(tx, record).await?,
    };
    staff::record(app, tx, officer, &deed, call).await?;
    Ok(())
}

/// A dossier as it stands at `now`, for whoever is being shown it already.
///
/// # Errors
/// [`ErrorCode::DossierUnknown`] where they neither opened it nor said why they look, within the hour.
pub async fn watch(
    app: &App,
    officer: &Officer,
    dossier: DossierId,
    now: Timestamp,
) -> Result<DossierView, Failure> {
    let mut tx = app.store.read().await?;
    let record = store::by_id(&mut tx, dossier)
        .await?
        .ok_or(ErrorCode::DossierUnknown)?;
    access::looks(&mut tx, officer, dossier, now).await?;
    view::of(app, &mut tx, officer, &record, now).await
}
