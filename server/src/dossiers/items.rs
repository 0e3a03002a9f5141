//! Writing down what an officer found of an item.

use super::access::{about, announce, now, serving};
use super::store::{self, ItemRow, Record};
use super::view;
use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::staff::{Deed, Officer, service as staff};
use crate::store::Tx;
use shared::api::{ErrorCode, FieldCode, Problem};
use shared::dossiers::api::{DossierView, ItemRecorded};
use shared::dossiers::{Item, Verdict, Way};
use shared::staff::DeedName;

/// Writes down how an item was presented and what the officer found.
///
/// # Errors
/// [`ErrorCode::DossierClosed`]; `item: not_offered` where the employer is not asked for it, `way: not_offered` where it cannot be
/// presented so; [`ErrorCode::NotBorneOut`] where it is accepted and nothing bears it out; `note: missing` where it is
/// accepted against the records.
pub async fn record(
    app: &App,
    officer: &Officer,
    asked: ItemRecorded,
    call: Call,
) -> Result<DossierView, Failure> {
    let mut tx = app.store.write().await?;
    let record = serving(app, &mut tx, officer, asked.dossier, call.at).await?;
    let call = now(app, call);
    check(app, &mut tx, &record, &asked).await?;
    let row = ItemRow {
        item: asked.item,
        way: asked.way,
        verdict: asked.verdict,
        officer: Some(officer.id()),
        at: call.at,
        note: asked.note.clone(),
    };
    store::record_item(&mut tx, record.id, &row).await?;
    let deed = Deed {
        name: DeedName::ItemRecorded,
        reason: asked.note.as_ref(),
        about: about(&mut tx, &record).await?,
    };
    staff::record(app, &mut tx, officer, &deed, call).await?;
    let view = view::of(app, &mut tx, officer, &record, call.at).await?;
    tx.commit().await?;
    announce(app, record.id);
    Ok(view)
}

async fn check(app: &App, tx: &mut Tx, record: &Record, asked: &ItemRecorded) -> Result<(), Failure> {
    let item = asked.item;
    let bring = record
        .errand()
        .to_bring(item, app.policy.appointments.papers)
        .ok_or_else(|| Problem::field("item", FieldCode::NotOffered))?;
    if !bring.takes(asked.way) {
        return Err(Problem::field("way", FieldCode::NotOffered).into());
    }
    match asked.verdict {
        Verdict::Accepted => {}
        Verdict::Open | Verdict::Rejected => return Ok(()),
    }
    let borne_out = match asked.way {
        Way::Original => true,
        Way::LookedUp => is_looked_up(record, item),
        Way::Uploaded => {
            let papers = store::papers::of_dossier(tx, record.id).await?;
            papers.iter().any(|paper| paper.item == item)
        }
    };
    if !borne_out {
        return Err(ErrorCode::NotBorneOut.into());
    }
    let against = record.found.as_ref().is_some_and(|found| {
        found
            .discrepancies
            .iter()
            .any(|discrepancy| discrepancy.item == item)
    });
    if against && asked.note.is_none() {
        return Err(Problem::field("note", FieldCode::Missing).into());
    }
    Ok(())
}

/// Whether our own records or the registries' say so: of the visit, ours do.
pub(super) fn is_looked_up(record: &Record, item: Item) -> bool {
    match item {
        Item::Appointment => true,
        Item::Ruc | Item::Representation => record.found.as_ref().is_some_and(|found| found.bears_out(item)),
        Item::Identity | Item::Letter => false,
    }
}
