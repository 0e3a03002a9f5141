//! What is kept of changes of contacts, for whoever asks what is kept about them.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const CHANGES: &str = "SELECT kind, value, state, asked, requested_at, held_at, confirmed_at, ended_at FROM contact_changes \
    WHERE account_id = $1 ORDER BY requested_at";

pub(super) const REPLACED: &str =
    "SELECT kind, value, until FROM replaced_contacts WHERE account_id = $1 ORDER BY change_id";

/// Changes of the e-mail and the phone, under way and over, and the addresses that they replaced.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let Some(account) = holder.account else {
        return Ok(Vec::new());
    };
    Ok(vec![
        kept::rows(tx, "contact_changes", CHANGES, Key::Id(account.as_uuid())).await?,
        kept::rows(tx, "replaced_contacts", REPLACED, Key::Id(account.as_uuid())).await?,
    ])
}
