//! What the audit log holds about somebody, for whoever asks what is kept about them.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const OF_ACCOUNT: &str = "SELECT at, kind, actor, source, browser, system, detail FROM audit_events \
    WHERE account_id = $1 ORDER BY at, id";
pub(super) const OF_IDENTIFIER: &str = "SELECT at, kind, actor, source, browser, system, detail FROM audit_events \
    WHERE identifier = $1 AND account_id IS NULL ORDER BY at, id";

/// Events of the account, and those of its employer that name no account. They have addresses of whoever tried: without an account of
/// theirs nobody is given any.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let Some(account) = holder.account else {
        return Ok(Vec::new());
    };
    let of_employer = Key::Digest(&holder.subject);
    Ok(vec![
        kept::rows(tx, "events", OF_ACCOUNT, Key::Id(account.as_uuid())).await?,
        kept::rows(tx, "events_of_the_employer", OF_IDENTIFIER, of_employer).await?,
    ])
}
