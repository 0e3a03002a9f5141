//! Legal holds as acts of the staff.

use super::{service, store};
use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::audit::Actor;
use shared::documents::api::{DocumentChoice, HeldDocuments};
use shared::staff::DeedName;
use shared::time::Timestamp;

/// How many the list shows.
const SHOWN: i64 = 1000;

/// What is held.
pub async fn list(app: &App) -> Result<HeldDocuments, Failure> {
    let mut tx = app.store.read().await?;
    Ok(held(&mut tx, app.clock.now()).await?)
}

/// Holds a document.
pub async fn hold(
    app: &App,
    officer: &Officer,
    choice: &DocumentChoice,
    call: Call,
) -> Result<HeldDocuments, Failure> {
    let mut tx = app.store.write().await?;
    let done = service::hold(app, &mut tx, choice.document, Actor::Officer, call.at).await;
    finish(app, tx, officer, (choice, DeedName::DocumentHeld), done, call).await
}

/// Ends the hold of a document.
pub async fn release(
    app: &App,
    officer: &Officer,
    choice: &DocumentChoice,
    call: Call,
) -> Result<HeldDocuments, Failure> {
    let mut tx = app.store.write().await?;
    let done = service::release(app, &mut tx, choice.document, Actor::Officer, call.at).await;
    finish(app, tx, officer, (choice, DeedName::DocumentReleased), done, call).await
}

async fn finish(
    app: &App,
    mut tx: Tx,
    officer: &Officer,
    (choice, name): (&DocumentChoice, DeedName),
    done: Result<(), StoreError>,
    call: Call,
) -> Result<HeldDocuments, Failure> {
    match done {
        Ok(()) => {}
        Err(StoreError::Changed) => return Err(ErrorCode::DocumentUnknown.into()),
        Err(error) => return Err(error.into()),
    }
    let deed = Deed::for_reason(name, &choice.reason, About::default());
    staff::record(app, &mut tx, officer, &deed, call).await?;
    let list = held(&mut tx, call.at).await?;
    tx.commit().await?;
    Ok(list)
}

async fn held(tx: &mut Tx, now: Timestamp) -> Result<HeldDocuments, StoreError> {
    Ok(HeldDocuments {
        now,
        documents: store::held(tx, SHOWN).await?,
    })
}
