//! What is kept of sign-ins, for whoever asks what is kept about them; and forgetting it.

use crate::changed;
use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const BROWSERS: &str = "SELECT made_at, seen_at, expires_at FROM devices \
    WHERE account_id = $1 AND delegate_id IS NULL ORDER BY made_at";
pub(super) const SESSIONS: &str = "SELECT browser, system, network, signed_in_at, used_at, expires_at FROM sessions \
    WHERE account_id = $1 AND delegate_id IS NULL ORDER BY signed_in_at";
pub(super) const END_SESSIONS: &str = "DELETE FROM sessions WHERE account_id = $1 AND delegate_id IS NULL";
pub(super) const FORGET_BROWSERS: &str = "DELETE FROM devices WHERE account_id = $1 AND delegate_id IS NULL";

/// The owner's browsers and sessions. What delegates did is theirs.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let Some(account) = holder.account else {
        return Ok(Vec::new());
    };
    let key = Key::Id(account.as_uuid());
    Ok(vec![
        kept::rows(tx, "known_browsers", BROWSERS, key).await?,
        kept::rows(tx, "sessions", SESSIONS, key).await?,
    ])
}

/// Forgets the owner's browsers, which ends their sessions: the next sign-in is one with a new browser. How many browsers.
pub async fn forget(tx: &mut Tx, holder: &Holder) -> Result<u64, StoreError> {
    let Some(account) = holder.account else {
        return Ok(0);
    };
    changed!(tx, sqlx::query(END_SESSIONS).bind(account.as_uuid()))?;
    Ok(changed!(
        tx,
        sqlx::query(FORGET_BROWSERS).bind(account.as_uuid())
    )?)
}
