//! SQL of what is kept of a judged file, and of what waits for a person.

use super::store::Asked;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::i18n::Language;
use shared::identifiers::{AccountId, DocumentId, SignatureId};
use shared::recovery::CaseReference;
use shared::signatures::ReferralNumber;
use shared::signatures::api::{Outcome, VerdictView};
use shared::time::Timestamp;
use uuid::Uuid;

pub(super) const KEEP: &str = "INSERT INTO signature_evidence \
    (id, case_id, reference, account_id, outcome, request_document, file_document, opinion_document, judged_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub(super) const REFER: &str = "INSERT INTO signature_referrals \
    (id, number, evidence_id, account_id, asked, verdict, language, state, referred_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8)";
pub(super) const IS_TAKEN: &str = "SELECT id FROM signature_referrals WHERE number = $1";
pub(super) const OPEN: &str = "SELECT signature_referrals.number, signature_evidence.reference, signature_referrals.asked, \
    signature_referrals.verdict, signature_referrals.referred_at FROM signature_referrals \
    JOIN signature_evidence ON signature_evidence.id = signature_referrals.evidence_id \
    WHERE signature_referrals.state = 'open' ORDER BY signature_referrals.referred_at LIMIT $1";
// What somebody typed stands there in clear: it goes when the documents that it is about have gone.
pub(super) const PURGE_REFERRALS: &str = "DELETE FROM signature_referrals WHERE referred_at <= $1";
pub(super) const ASKED: &str = "SELECT signature_referrals.asked FROM signature_referrals \
    JOIN signature_evidence ON signature_evidence.id = signature_referrals.evidence_id \
    WHERE signature_evidence.case_id = $1";
// What a referral rests on stays as long as the referral does.
pub(super) const PURGE: &str = "DELETE FROM signature_evidence WHERE judged_at <= $1 \
    AND id NOT IN (SELECT evidence_id FROM signature_referrals)";

/// What a verdict rests on, as documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Papers {
    /// The request as it was issued.
    pub request: DocumentId,
    /// The file as it came.
    pub file: DocumentId,
    /// The opinion, with certificates and answers.
    pub opinion: DocumentId,
}

/// The evidence of one judged file.
#[derive(Debug)]
pub struct NewEvidence<'a> {
    /// Its row.
    pub id: Uuid,
    /// Of which case.
    pub case: SignatureId,
    /// The case's reference.
    pub reference: &'a CaseReference,
    /// The account, if there is one.
    pub account: Option<AccountId>,
    /// What the verdict came to.
    pub outcome: Outcome,
    /// The documents.
    pub papers: Papers,
}

/// Something that a person is to decide about.
#[derive(Debug)]
pub struct NewReferral<'a> {
    /// Its row.
    pub id: Uuid,
    /// What its applicant quotes.
    pub number: &'a ReferralNumber,
    /// What the verdict rests on.
    pub evidence: Uuid,
    /// The account, if there is one.
    pub account: Option<AccountId>,
    /// What was typed.
    pub asked: &'a Asked,
    /// The verdict.
    pub verdict: &'a VerdictView,
    /// The language of messages.
    pub language: Language,
}

/// A referral that nobody has decided.
#[derive(Clone, Debug)]
pub struct Referral {
    /// What its applicant quotes.
    pub number: ReferralNumber,
    /// The case's reference.
    pub reference: CaseReference,
    /// What was typed. Personal: mask it wherever it is shown.
    pub asked: Asked,
    /// The verdict.
    pub verdict: VerdictView,
    /// Since when it waits.
    pub at: Timestamp,
}

/// Writes down what a verdict rests on.
pub async fn keep(tx: &mut Tx, evidence: &NewEvidence<'_>, at: Timestamp) -> Result<(), StoreError> {
    let outcome = match evidence.outcome {
        Outcome::TotalPassed => "total_passed",
        Outcome::TotalFailed => "total_failed",
        Outcome::Indeterminate => "indeterminate",
    };
    changed!(
        tx,
        sqlx::query(KEEP)
            .bind(evidence.id)
            .bind(evidence.case.as_uuid())
            .bind(evidence.reference.as_str())
            .bind(evidence.account.map(AccountId::as_uuid))
            .bind(outcome)
            .bind(evidence.papers.request.as_uuid())
            .bind(evidence.papers.file.as_uuid())
            .bind(evidence.papers.opinion.as_uuid())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// Puts a request before a person.
pub async fn refer(tx: &mut Tx, referral: &NewReferral<'_>, at: Timestamp) -> Result<(), StoreError> {
    let corrupt = StoreError::Corrupt;
    let asked = serde_json::to_string(referral.asked).map_err(|_| corrupt("signature_referrals.asked"))?;
    let verdict =
        serde_json::to_string(referral.verdict).map_err(|_| corrupt("signature_referrals.verdict"))?;
    changed!(
        tx,
        sqlx::query(REFER)
            .bind(referral.id)
            .bind(referral.number.as_str())
            .bind(referral.evidence)
            .bind(referral.account.map(AccountId::as_uuid))
            .bind(asked)
            .bind(verdict)
            .bind(referral.language.tag())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// Whether a referral has this number.
pub async fn is_taken(tx: &mut Tx, number: &ReferralNumber) -> Result<bool, StoreError> {
    let found: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(IS_TAKEN)
        .bind(number.as_str())
        .fetch_optional(conn))?;
    Ok(found.is_some())
}

/// Referrals that nobody has decided, the oldest first.
pub async fn open(tx: &mut Tx, limit: i64) -> Result<Vec<Referral>, StoreError> {
    let rows: Vec<(String, String, String, String, i64)> =
        on!(tx, |conn| sqlx::query_as(OPEN).bind(limit).fetch_all(conn))?;
    let corrupt = StoreError::Corrupt;
    rows.into_iter()
        .map(|(number, reference, asked, verdict, at)| {
            Ok(Referral {
                number: number
                    .parse()
                    .map_err(|_| corrupt("signature_referrals.number"))?,
                reference: reference
                    .parse()
                    .map_err(|_| corrupt("signature_evidence.reference"))?,
                asked: serde_json::from_str(&asked).map_err(|_| corrupt("signature_referrals.asked"))?,
                verdict: serde_json::from_str(&verdict)
                    .map_err(|_| corrupt("signature_referrals.verdict"))?,
                at: Timestamp::from_micros(at),
            })
        })
        .collect()
}

/// What was typed in a case that a person is to decide about.
pub async fn asked(tx: &mut Tx, case: SignatureId) -> Result<Option<Asked>, StoreError> {
    let row: Option<(String,)> = on!(tx, |conn| sqlx::query_as(ASKED)
        .bind(case.as_uuid())
        .fetch_optional(conn))?;
    row.map(|(asked,)| serde_json::from_str(&asked))
        .transpose()
        .map_err(|_| StoreError::Corrupt("signature_referrals.asked"))
}

/// Forgets referrals and evidence of before `before`, also of what nobody decided: the documents have been deleted by their own
/// time, and there is nothing left to decide by. How many rows.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let referrals = changed!(tx, sqlx::query(PURGE_REFERRALS).bind(before.as_micros()))?;
    Ok(referrals + changed!(tx, sqlx::query(PURGE).bind(before.as_micros()))?)
}
