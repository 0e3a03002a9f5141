//! What is kept of an account, for whoever asks what is kept about them.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const ACCOUNT: &str = "SELECT employer, branch, name, representative, representative_name, email, phone, language, \
    created_at, password_set_at, blocked_at, frozen_at, sessions_ended_at FROM accounts WHERE id = $1";

/// The account.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let Some(account) = holder.account else {
        return Ok(Vec::new());
    };
    Ok(vec![
        kept::rows(tx, "account", ACCOUNT, Key::Id(account.as_uuid())).await?,
    ])
}
