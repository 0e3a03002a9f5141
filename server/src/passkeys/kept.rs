//! What is kept of passkeys, for whoever asks what is kept about them.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const PASSKEYS: &str = "SELECT name, backup, sign_count, created_at, used_at, removed_at FROM passkeys \
    WHERE account_id = $1 ORDER BY created_at";

/// The account's passkeys, those that were removed among them.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let Some(account) = holder.account else {
        return Ok(Vec::new());
    };
    Ok(vec![
        kept::rows(tx, "passkeys", PASSKEYS, Key::Id(account.as_uuid())).await?,
    ])
}
