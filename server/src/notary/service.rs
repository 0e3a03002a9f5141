//! What other slices ask of the notary.

use super::cache::Cache;
use super::{NotExamined, store};
use crate::app::App;
use crate::store::StoreError;
use crate::traces::PART;
use notary::{Expectation, Opinion};
use shared::time::Timestamp;
use tracing::Instrument;

/// Judges a file. Where the notary crashed over it or came to a limit, the file is `Failed(TooComplex)` and everything else
/// skipped.
///
/// It takes seconds where an authority is slow: see [`SignaturesConfig::longest`](super::config::SignaturesConfig). Whoever drops
/// it ends the child.
///
/// # Errors
/// [`NotExamined`] where the notary was not reached: nothing is known of the file.
pub async fn examine(app: &App, file: Vec<u8>, expectation: Expectation) -> Result<Opinion, NotExamined> {
    let cache = Cache::Rows(&app.store, app.config.signatures.cache_limit);
    let examining = app.notary.examine(cache, &app.clock, file, expectation);
    let span = tracing::debug_span!(target: PART, "examination");
    let examined = examining.instrument(span).await;
    match examined {
        Ok(_) => app.examinations.works(),
        Err(_) => app.examinations.fails(app.clock.now()),
    }
    examined
}

/// Drops answers of authorities that are to be asked anew; says how many.
pub async fn purge(app: &App, now: Timestamp) -> Result<u64, StoreError> {
    let mut tx = app.store.write().await?;
    let rows = store::purge(&mut tx, now).await?;
    tx.commit().await?;
    Ok(rows)
}
