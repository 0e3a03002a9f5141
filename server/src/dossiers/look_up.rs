//! Asking the registries about a dossier, outside of every transaction.

use super::access::{about, announce, now, served, serving};
use super::items::is_looked_up;
use super::store::{self, ItemRow, Record};
use super::view;
use crate::app::App;
use crate::challenges::{Call, Identity};
use crate::http::Failure;
use crate::registries::Unavailable;
use crate::staff::{Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use shared::dossiers::api::{DossierNamed, DossierView};
use shared::dossiers::{Asked, Found, Told, Verdict, Way};
use shared::identifiers::EmployerIdentifier;
use shared::registries::Registry;
use shared::staff::DeedName;
use shared::time::Timestamp;

/// Asks all registries that know such an employer and person, and keeps what they said. An item that was accepted because of what they
/// said before is open again where they do not say so any more.
///
/// # Errors
/// [`DossierClosed`](shared::api::ErrorCode::DossierClosed) before they are asked, and after.
pub async fn look_up(
    app: &App,
    officer: &Officer,
    DossierNamed { dossier }: DossierNamed,
    call: Call,
) -> Result<DossierView, Failure> {
    let mut tx = app.store.read().await?;
    let record = served(&mut tx, officer, dossier).await?;
    drop(tx);
    let asked = ask(app, &record.identity).await;

    let mut tx = app.store.write().await?;
    let mut record = serving(app, &mut tx, officer, dossier, call.at).await?;
    let call = now(app, call);
    let identity = &record.identity;
    let found = Found::of(identity.employer, &identity.representative, &asked, call.at);
    store::set_found(&mut tx, record.id, &found).await?;
    record.found = Some(found);
    reopen(&mut tx, &record, call.at).await?;
    let deed = Deed::seen(DeedName::LookedUp, about(&mut tx, &record).await?);
    staff::record(app, &mut tx, officer, &deed, call).await?;
    let view = view::of(app, &mut tx, officer, &record, call.at).await?;
    tx.commit().await?;
    announce(app, record.id);
    Ok(view)
}

/// Asks them at the same time. One that does not answer hides nothing of what the others say.
async fn ask(app: &App, identity: &Identity) -> Asked {
    let Identity {
        employer,
        branch,
        representative,
    } = identity;
    let taxpayer = async {
        match employer {
            EmployerIdentifier::Ruc(ruc) => told(app.registries.taxpayer(ruc).await),
            EmployerIdentifier::Household(_) => Ok(None),
        }
    };
    let (taxpayer, person, appointment, record) = tokio::join!(
        taxpayer,
        app.registries.person(representative),
        app.registries.appointment(employer),
        app.registries.employer(employer, branch),
    );
    Asked {
        taxpayer,
        person: told(person),
        appointment: told(appointment),
        employer: told(record),
    }
}

fn told<T>(answer: Result<Option<T>, Unavailable>) -> Told<T> {
    answer.map_err(|Unavailable { registry }| -> Registry { registry })
}

async fn reopen(tx: &mut Tx, record: &Record, at: Timestamp) -> Result<(), StoreError> {
    for row in store::items(tx, record.id).await? {
        let rested_on_records = row.verdict == Verdict::Accepted && row.way == Way::LookedUp;
        if rested_on_records && !is_looked_up(record, row.item) {
            let open = ItemRow {
                verdict: Verdict::Open,
                at,
                ..row
            };
            store::record_item(tx, record.id, &open).await?;
        }
    }
    Ok(())
}
