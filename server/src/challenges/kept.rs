//! What is kept of answers to questions, for whoever asks what is kept about them.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const ATTEMPTS: &str = "SELECT at FROM challenge_attempts WHERE subject = $1 ORDER BY at";
pub(super) const SUSPENSIONS: &str =
    "SELECT began_at, until FROM suspensions WHERE subject = $1 ORDER BY began_at";

/// Failed attempts and suspensions, of whose account it is: they are counted by employer, whoever tried. No answer is kept.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    if holder.account.is_none() {
        return Ok(Vec::new());
    }
    let key = Key::Digest(&holder.subject);
    Ok(vec![
        kept::rows(tx, "attempts", ATTEMPTS, key).await?,
        kept::rows(tx, "suspensions", SUSPENSIONS, key).await?,
    ])
}
