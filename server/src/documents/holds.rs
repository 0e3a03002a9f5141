//! Legal holds as acts of the staff.

use super::{service, store};
use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::staff::{About, Deed, Officer, service as staff};
use crate::store::{StoreError, Tx};
use shared::api::ErrorCode;
use shared::documents::api::{DocumentChoice, HeldDocuments};
use shared::staff::DeedName;
use shared::time::Timestamp;

/// How many the list shows.
const SHOWN: i64 = 1000;

/// What is held. Who looks is written down.
pub async fn list(app: &App, officer: &Officer, call: Call) -> Result<HeldDocuments, Failure> {
    let deed = Deed::seen(DeedName::DocumentsSeen, About::default());
    staff::record_view(app, officer, &deed, call).await?;
    let mut tx = app.store.read().await?;
    Ok(held(&mut tx, call.at).await?)
}

/// Holds a document.
pub async fn hold(
    app: &App,
    officer: &Officer,
    choice: &DocumentChoice,
    call: Call,
) -> Result<HeldDocuments, Failure> {
    let mut tx = app.store.write().await?;
    let done = service::hold(app, &mut tx, choice.document, call).await;
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
    let done = service::release(app, &mut tx, choice.document, call).await;
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
    let about = About {
        document: Some(choice.document),
        ..About::default()
    };
    let deed = Deed::for_reason(name, &choice.reason, about);
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
