//! What is kept of visits, for whoever asks what is kept about them; and forgetting it.

use super::service::representative_digest;
use crate::app::App;
use crate::changed;
use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const VISITS: &str = "SELECT day, number, code, procedure, mode, identity, state, counter, arrived_at, called_at, began_at, ended_at \
    FROM visits WHERE representative = $1 ORDER BY arrived_at";
pub(super) const FORGET_VISITS: &str = "UPDATE visits SET identity = NULL, employer = NULL, representative = NULL \
    WHERE representative = $1 AND identity IS NOT NULL AND state IN ('done', 'no_show')";

/// The visits of the person, for whatever employer.
pub async fn kept(app: &App, tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let digest = representative_digest(&app.keys, &holder.representative);
    Ok(vec![
        kept::rows(tx, "visits", VISITS, Key::Digest(&digest)).await?,
    ])
}

/// Forgets what was typed for visits that are over, and whose they were: no search finds them by a person any more. How many.
pub async fn forget(app: &App, tx: &mut Tx, holder: &Holder) -> Result<u64, StoreError> {
    let digest = representative_digest(&app.keys, &holder.representative);
    Ok(changed!(tx, sqlx::query(FORGET_VISITS).bind(digest.as_slice()))?)
}
