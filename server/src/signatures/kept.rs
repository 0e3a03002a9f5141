//! What is kept of signed requests, for whoever asks what is kept about them.

use crate::data_requests::Holder;
use crate::kept::{self, Kept, Key};
use crate::store::{StoreError, Tx};

pub(super) const CASES: &str = "SELECT reference, stage, asked, contact, language, held_until, opened_at, changed_at, deadline \
    FROM signature_cases WHERE subject = $1 ORDER BY opened_at";
pub(super) const EVIDENCE: &str = "SELECT signature_evidence.reference, signature_evidence.outcome, signature_evidence.judged_at, \
    documents.size, documents.delete_after AS kept_until_at FROM signature_evidence \
    LEFT JOIN documents ON documents.id = signature_evidence.file_document \
    WHERE signature_evidence.account_id = $1 ORDER BY signature_evidence.judged_at";
pub(super) const REFERRALS: &str = "SELECT number, asked, verdict, state, referred_at, decided_at, declined_because \
    FROM signature_referrals WHERE account_id = $1 ORDER BY referred_at";

/// Cases in which the person identified themself, the evidence of what passed or was referred, and what became of referrals.
pub async fn kept(tx: &mut Tx, holder: &Holder) -> Result<Vec<Kept>, StoreError> {
    let cases = kept::rows(tx, "signed_requests", CASES, Key::Digest(&holder.subject)).await?;
    let mut all = vec![cases.only(|case| holder.is_named_in(&case["asked"]["identity"]))];
    if let Some(account) = holder.account {
        let key = Key::Id(account.as_uuid());
        all.push(kept::rows(tx, "signature_evidence", EVIDENCE, key).await?);
        all.push(kept::rows(tx, "signature_referrals", REFERRALS, key).await?);
    }
    Ok(all)
}
