//! SQL of what is kept of a judged file, and of what waits for a person.

use super::store::Asked;
use crate::app::App;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::i18n::Language;
use shared::identifiers::{AccountId, DocumentId, SignatureId, StaffId};
use shared::recovery::CaseReference;
use shared::signatures::api::{Outcome, VerdictView};
use shared::signatures::{ReferralNumber, Rejection};
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

pub(super) const KEEP: &str = "INSERT INTO signature_evidence \
    (id, case_id, reference, account_id, outcome, request_document, file_document, opinion_document, judged_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub(super) const REFER: &str = "INSERT INTO signature_referrals \
    (id, number, evidence_id, account_id, asked, verdict, language, state, referred_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8)";
pub(super) const IS_TAKEN: &str = "SELECT id FROM signature_referrals WHERE number = $1";
macro_rules! referrals {
    () => {
        "SELECT signature_referrals.number, signature_evidence.reference, signature_evidence.case_id, signature_referrals.asked, \
        signature_referrals.verdict, signature_referrals.referred_at, signature_referrals.state, \
        signature_evidence.request_document, signature_evidence.file_document, signature_evidence.opinion_document \
        FROM signature_referrals JOIN signature_evidence ON signature_evidence.id = signature_referrals.evidence_id "
    };
}
pub(super) const OPEN: &str = concat!(
    referrals!(),
    "WHERE signature_referrals.state = 'open' ORDER BY signature_referrals.referred_at LIMIT $1"
);
pub(super) const BY_NUMBER: &str = concat!(referrals!(), "WHERE signature_referrals.number = $1");
// The one statement that decides.
pub(super) const DECIDE: &str = "UPDATE signature_referrals SET state = $2, decided_at = $3, staff_id = $4, \
    declined_because = $5, account_id = COALESCE($6, account_id) WHERE number = $1 AND state = 'open'";
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

/// Whether somebody has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has.
    Open,
    /// It was followed.
    Accepted,
    /// It was not.
    Declined,
}

/// A request that was referred to a person.
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
    /// Whether somebody has decided.
    pub state: State,
    /// What the verdict rests on, for whoever decides.
    pub papers: Papers,
    /// The case of the signed request.
    pub case: SignatureId,
}

impl Referral {
    /// Whether somebody can still decide about it at `now`.
    pub fn is_open(&self, app: &App, now: Timestamp) -> bool {
        self.state == State::Open && !self.deadline(app).has_passed(now)
    }

    /// When nobody can decide any more: as long as the case behind it waits.
    pub fn deadline(&self, app: &App) -> Deadline {
        Deadline::after(self.at, app.policy.recovery.officer_wait())
    }
}

/// What an officer decided, and about whose account.
#[derive(Clone, Copy, Debug)]
pub struct Decided {
    /// Why it is not to be followed; nothing where it is.
    pub because: Option<Rejection>,
    /// Who decided.
    pub officer: Option<StaffId>,
    /// The account, where there is one by now.
    pub account: Option<AccountId>,
}

#[derive(sqlx::FromRow)]
struct Row {
    number: String,
    reference: String,
    case_id: Uuid,
    asked: String,
    verdict: String,
    referred_at: i64,
    state: String,
    request_document: Uuid,
    file_document: Uuid,
    opinion_document: Uuid,
}

impl Row {
    fn read(self) -> Result<Referral, StoreError> {
        let corrupt = StoreError::Corrupt;
        Ok(Referral {
            number: self
                .number
                .parse()
                .map_err(|_| corrupt("signature_referrals.number"))?,
            reference: self
                .reference
                .parse()
                .map_err(|_| corrupt("signature_evidence.reference"))?,
            asked: serde_json::from_str(&self.asked).map_err(|_| corrupt("signature_referrals.asked"))?,
            verdict: serde_json::from_str(&self.verdict)
                .map_err(|_| corrupt("signature_referrals.verdict"))?,
            at: Timestamp::from_micros(self.referred_at),
            state: match self.state.as_str() {
                "open" => State::Open,
                "accepted" => State::Accepted,
                "declined" => State::Declined,
                _ => return Err(corrupt("signature_referrals.state")),
            },
            papers: Papers {
                request: DocumentId::from_uuid(self.request_document),
                file: DocumentId::from_uuid(self.file_document),
                opinion: DocumentId::from_uuid(self.opinion_document),
            },
            case: SignatureId::from_uuid(self.case_id),
        })
    }
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
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(OPEN).bind(limit).fetch_all(conn))?;
    rows.into_iter().map(Row::read).collect()
}

/// The referral with a number.
pub async fn by_number(tx: &mut Tx, number: &ReferralNumber) -> Result<Option<Referral>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_NUMBER)
        .bind(number.as_str())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// Writes a decision down, if nobody has; whether it did.
pub async fn decide(
    tx: &mut Tx,
    number: &ReferralNumber,
    decided: Decided,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let state = match decided.because {
        None => "accepted",
        Some(_) => "declined",
    };
    let changed = changed!(
        tx,
        sqlx::query(DECIDE)
            .bind(number.as_str())
            .bind(state)
            .bind(at.as_micros())
            .bind(decided.officer.map(StaffId::as_uuid))
            .bind(decided.because.map(because_name))
            .bind(decided.account.map(AccountId::as_uuid))
    )?;
    Ok(changed == 1)
}

const fn because_name(because: Rejection) -> &'static str {
    match because {
        Rejection::SignerUnproved => "signer_unproved",
        Rejection::NotRepresentative => "not_representative",
        Rejection::CertificateInvalid => "certificate_invalid",
        Rejection::Withdrawn => "withdrawn",
    }
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
