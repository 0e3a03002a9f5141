//! What is kept of messages, for whoever asks what is kept about them; and forgetting it.

use crate::changed;
use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const MESSAGES: &str = "SELECT kind, channel, language, state, queued_at, finished_at FROM outbox \
    WHERE account_id = $1 ORDER BY queued_at";
pub(super) const FORGET: &str = "DELETE FROM outbox WHERE account_id = $1 AND finished_at IS NOT NULL";

/// Messages to the owner, waiting and finished. Their text is not kept.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let Some(account) = holder.account else {
        return Ok(Vec::new());
    };
    Ok(vec![
        kept::rows(tx, "messages", MESSAGES, Key::Id(account.as_uuid())).await?,
    ])
}

/// Forgets messages that are finished. How many.
pub async fn forget(tx: &mut Tx, holder: &Holder) -> Result<u64, StoreError> {
    let Some(account) = holder.account else {
        return Ok(0);
    };
    Ok(changed!(tx, sqlx::query(FORGET).bind(account.as_uuid()))?)
}
