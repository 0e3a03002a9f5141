//! What is kept of recoveries, for whoever asks what is kept about them.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const CASES: &str = "SELECT stage, identification, language, opened_at, changed_at, deadline FROM recovery_cases \
    WHERE subject = $1 ORDER BY opened_at";

/// Cases of recovery, open and over, in which the person identified themself.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let cases = kept::rows(tx, "recoveries", CASES, Key::Digest(&holder.subject)).await?;
    Ok(vec![
        cases.only(|case| holder.is_named_in(&case["identification"])),
    ])
}
