//! What other slices ask of the notary.

use super::cache::Cache;
use super::store;
use crate::app::App;
use crate::store::StoreError;
use notary::{Expectation, Opinion};
use shared::time::Timestamp;

/// Judges a file. It does not fail: where the notary crashed, came to a limit or was not reached, the file is
/// `Unknown(TooComplex)` and everything else skipped, which is no pass.
///
/// It takes seconds where an authority is slow: see [`SignaturesConfig::longest`](super::config::SignaturesConfig). Whoever drops
/// it ends the child.
pub async fn examine(app: &App, file: Vec<u8>, expectation: Expectation) -> Opinion {
    let cache = Cache::Rows(&app.store, app.config.signatures.cache_limit);
    app.notary.examine(cache, &app.clock, file, expectation).await
}

/// Drops answers of authorities that are to be asked anew; says how many.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let rows = store::purge(&mut tx, now).await?;
    tx.commit().await?;
    Ok(rows)
}
