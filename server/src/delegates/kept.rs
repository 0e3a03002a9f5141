//! What is kept of an account's delegates, for whoever asks what is kept about them.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const DELEGATES: &str = "SELECT name, cedula, email, scopes, until, created_at, signed_in_at, blocked_at, ended_at FROM delegates \
    WHERE account_id = $1 ORDER BY created_at";

/// Whom the owner made a delegate, as the owner wrote it.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let Some(account) = holder.account else {
        return Ok(Vec::new());
    };
    Ok(vec![
        kept::rows(tx, "delegates", DELEGATES, Key::Id(account.as_uuid())).await?,
    ])
}
