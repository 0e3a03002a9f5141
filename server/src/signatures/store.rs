//! SQL of cases and of the requests that were issued for them.

use super::{Follows, referrals};
use crate::challenges::{Identity, Subject};
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::telemetry;
use crate::{changed, on};
use notary::Nonce;
use serde::{Deserialize, Serialize};
use shared::i18n::Language;
use shared::identifiers::{AccountId, CaseId, DocumentId, SignatureId, UnlockId};
use shared::recovery::CaseReference;
use shared::signatures::api::VerdictView;
use shared::signatures::{Purpose, RequestNumber, SignatureCase, Stage};
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    BY_COOKIE,
    BY_ID,
    BY_REFERENCE,
    LAST_REQUEST,
    LOCK,
    OVERDUE,
    SAVE,
    PURGE_REQUESTS,
    PURGE,
    ISSUE,
    REQUEST,
    USE,
    referrals::KEEP,
    referrals::REFER,
    referrals::IS_TAKEN,
    referrals::OPEN,
    referrals::BY_NUMBER,
    referrals::DECIDE,
    referrals::ASKED,
    referrals::PURGE_REFERRALS,
    referrals::PURGE,
    super::kept::CASES,
    super::kept::EVIDENCE,
    super::kept::REFERRALS,
];

macro_rules! columns {
    () => {
        "id, version, document, subject, account_id, recovery_id, unlock_id, asked, contact, verdict, held_until, language"
    };
}

const INSERT: &str = concat!(
    "INSERT INTO signature_cases (",
    columns!(),
    ", stage, deadline, changed_at, cookie, opened_at, reference) \
    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14, $16)"
);
const BY_COOKIE: &str = concat!("SELECT ", columns!(), " FROM signature_cases WHERE cookie = $1");
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM signature_cases WHERE id = $1");
// A case that goes on by signature keeps its reference, so that several may have one: the newest counts.
const BY_REFERENCE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM signature_cases WHERE reference = $1 ORDER BY changed_at DESC LIMIT 1"
);
const LAST_REQUEST: &str = "SELECT nonce, document_id, expires_at, used_at FROM signature_requests \
    WHERE case_id = $1 ORDER BY number DESC LIMIT 1";
// A write that changes nothing: it takes the row's lock on PostgreSQL, so that whoever comes second reads what the first one
// wrote; SQLite has one writer anyway.
const LOCK: &str = concat!(
    "UPDATE signature_cases SET version = version WHERE id = $1 RETURNING ",
    columns!()
);
const OVERDUE: &str = "SELECT id FROM signature_cases WHERE deadline <= $1 ORDER BY deadline LIMIT $2";
// Compare and swap: only the version that was read is replaced.
const SAVE: &str = "UPDATE signature_cases SET version = version + 1, document = $3, stage = $4, deadline = $5, \
    account_id = $6, asked = $7, verdict = $8, held_until = $9, changed_at = $10 WHERE id = $1 AND version = $2";
const PURGE_REQUESTS: &str = "DELETE FROM signature_requests WHERE case_id IN \
    (SELECT id FROM signature_cases WHERE deadline IS NULL AND changed_at <= $1)";
const PURGE: &str = "DELETE FROM signature_cases WHERE deadline IS NULL AND changed_at <= $1";

const ISSUE: &str = "INSERT INTO signature_requests (case_id, number, nonce, document_id, issued_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
const REQUEST: &str = "SELECT nonce, document_id, expires_at, used_at FROM signature_requests \
    WHERE case_id = $1 AND number = $2";
// The one statement that uses a request up.
const USE: &str = "UPDATE signature_requests SET used_at = $3 \
    WHERE case_id = $1 AND number = $2 AND used_at IS NULL AND expires_at > $3";

/// A case and what the server keeps beside it.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its row.
    pub id: SignatureId,
    /// Which version was read.
    pub version: i64,
    /// The case itself.
    pub case: SignatureCase,
    /// Employer and branch, as a keyed digest.
    pub subject: Subject,
    /// The account of employer and branch, if there is one.
    pub account: Option<AccountId>,
    /// The case that waits for it.
    pub parent: Parent,
    /// What was typed. Kept until the case is over.
    pub asked: Option<Asked>,
    /// The new contact, masked, where one is asked for.
    pub contact: Option<String>,
    /// The verdict on the last file.
    pub verdict: Option<VerdictView>,
    /// When the hold of the new contact ends, where one is held.
    pub held: Option<Deadline>,
    /// What follows from an officer's decision: told to whoever decides, and not stored here.
    pub follows: Follows,
    /// The language of the messages.
    pub language: Language,
}

/// What was typed when a request was asked for. Personal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Who, for whom.
    pub identity: Identity,
    /// What the request is to bring.
    pub purpose: Purpose,
}

/// The case of another procedure that waits for a signed request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parent {
    /// None: a contact is to be changed.
    None,
    /// A recovery.
    Recovery(CaseId),
    /// An unlocking.
    Unlock(UnlockId),
}

/// A request that was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssuedRequest {
    /// Printed on it.
    pub nonce: Nonce,
    /// Its bytes.
    pub document: DocumentId,
    /// When it is worth nothing any more.
    pub expires: Deadline,
    /// When a signature on it passed.
    pub used: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    version: i64,
    document: String,
    subject: Vec<u8>,
    account_id: Option<Uuid>,
    recovery_id: Option<Uuid>,
    unlock_id: Option<Uuid>,
    asked: Option<String>,
    contact: Option<String>,
    verdict: Option<String>,
    held_until: Option<i64>,
    language: String,
}

/// Writes a new case, for the browser with this cookie.
pub async fn insert(tx: &mut Tx, record: &Record, cookie: &Digest, at: Timestamp) -> Result<(), StoreError> {
    telemetry::about(record.id);
    let texts = Texts::of(record)?;
    let (recovery, unlock) = match record.parent {
        Parent::None => (None, None),
        Parent::Recovery(case) => (Some(case.as_uuid()), None),
        Parent::Unlock(case) => (None, Some(case.as_uuid())),
    };
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(record.id.as_uuid())
            .bind(&texts.document)
            .bind(record.subject.0.as_slice())
            .bind(record.account.map(AccountId::as_uuid))
            .bind(recovery)
            .bind(unlock)
            .bind(&texts.asked)
            .bind(&record.contact)
            .bind(&texts.verdict)
            .bind(micros(record.held))
            .bind(record.language.tag())
            .bind(&texts.stage)
            .bind(texts.deadline)
            .bind(at.as_micros())
            .bind(cookie.as_slice())
            .bind(record.case.reference().as_str())
    )?;
    Ok(())
}

/// The case of the browser with this cookie.
pub async fn by_cookie(tx: &mut Tx, cookie: &Digest) -> Result<Option<Record>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_COOKIE)
        .bind(cookie.as_slice())
        .fetch_optional(conn))?;
    let record = row.map(Record::read).transpose()?;
    Ok(record.inspect(|record| telemetry::about(record.id)))
}

/// A case.
pub async fn by_id(tx: &mut Tx, id: SignatureId) -> Result<Option<Record>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Record::read).transpose()
}

/// The newest case with this reference, for an operator.
pub async fn by_reference(tx: &mut Tx, reference: &CaseReference) -> Result<Option<Record>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_REFERENCE)
        .bind(reference.as_str())
        .fetch_optional(conn))?;
    row.map(Record::read).transpose()
}

/// The last request that was issued for a case.
pub async fn last_request(tx: &mut Tx, case: SignatureId) -> Result<Option<IssuedRequest>, StoreError> {
    let row: Option<RequestRow> = on!(tx, |conn| sqlx::query_as(LAST_REQUEST)
        .bind(case.as_uuid())
        .fetch_optional(conn))?;
    row.map(IssuedRequest::read).transpose()
}

/// A case, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, id: SignatureId) -> Result<Option<Record>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(LOCK)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Record::read).transpose()
}

/// Cases whose stage's deadline has passed, the oldest first.
pub async fn overdue(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<SignatureId>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(OVERDUE)
        .bind(now.as_micros())
        .bind(limit)
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(id,)| SignatureId::from_uuid(id)).collect())
}

/// Replaces the version that was read, or fails with [`StoreError::Changed`].
pub async fn save(tx: &mut Tx, record: &Record, at: Timestamp) -> Result<(), StoreError> {
    let texts = Texts::of(record)?;
    let changed = changed!(
        tx,
        sqlx::query(SAVE)
            .bind(record.id.as_uuid())
            .bind(record.version)
            .bind(&texts.document)
            .bind(&texts.stage)
            .bind(texts.deadline)
            .bind(record.account.map(AccountId::as_uuid))
            .bind(&texts.asked)
            .bind(&texts.verdict)
            .bind(micros(record.held))
            .bind(at.as_micros())
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}

/// Writes a request that is issued.
pub async fn issue(
    tx: &mut Tx,
    (case, number): (SignatureId, RequestNumber),
    nonce: Nonce,
    document: DocumentId,
    (issued, expires): (Timestamp, Deadline),
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(ISSUE)
            .bind(case.as_uuid())
            .bind(i64::from(number.get()))
            .bind(nonce.0.as_slice())
            .bind(document.as_uuid())
            .bind(issued.as_micros())
            .bind(expires.instant().as_micros())
    )?;
    Ok(())
}

/// A request of a case.
pub async fn request(
    tx: &mut Tx,
    case: SignatureId,
    number: RequestNumber,
) -> Result<Option<IssuedRequest>, StoreError> {
    let row: Option<RequestRow> = on!(tx, |conn| sqlx::query_as(REQUEST)
        .bind(case.as_uuid())
        .bind(i64::from(number.get()))
        .fetch_optional(conn))?;
    row.map(IssuedRequest::read).transpose()
}

/// Nonce, document, end and use of a request.
type RequestRow = (Vec<u8>, Uuid, i64, Option<i64>);

impl IssuedRequest {
    fn read((nonce, document, expires, used): RequestRow) -> Result<Self, StoreError> {
        let nonce = nonce.try_into();
        Ok(Self {
            nonce: Nonce(nonce.map_err(|_| StoreError::Corrupt("signature_requests.nonce"))?),
            document: DocumentId::from_uuid(document),
            expires: Deadline::at(Timestamp::from_micros(expires)),
            used: used.map(Timestamp::from_micros),
        })
    }
}

/// Uses a request up; whether it was there to be used.
pub async fn use_request(
    tx: &mut Tx,
    case: SignatureId,
    number: RequestNumber,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changed = changed!(
        tx,
        sqlx::query(USE)
            .bind(case.as_uuid())
            .bind(i64::from(number.get()))
            .bind(at.as_micros())
    )?;
    Ok(changed == 1)
}

/// Deletes cases that were over before `before`, with their requests. The documents have their own time.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let requests = changed!(tx, sqlx::query(PURGE_REQUESTS).bind(before.as_micros()))?;
    let cases = changed!(tx, sqlx::query(PURGE).bind(before.as_micros()))?;
    Ok(requests + cases)
}

fn micros(deadline: Option<Deadline>) -> Option<i64> {
    deadline.map(|deadline| deadline.instant().as_micros())
}

/// What of a record is stored as text.
struct Texts {
    document: String,
    stage: String,
    deadline: Option<i64>,
    asked: Option<String>,
    verdict: Option<String>,
}

impl Texts {
    fn of(record: &Record) -> Result<Self, StoreError> {
        let corrupt = StoreError::Corrupt;
        let stage = record.case.stage();
        let document = serde_json::to_value(&record.case).map_err(|_| corrupt("signature_cases.document"))?;
        let name = document
            .pointer("/stage/stage")
            .and_then(serde_json::Value::as_str)
            .ok_or(corrupt("signature_cases.stage"))?
            .to_owned();
        let asked = record
            .asked
            .as_ref()
            .filter(|_| is_kept(stage))
            .map(serde_json::to_string)
            .transpose()
            .map_err(|_| corrupt("signature_cases.asked"))?;
        let verdict = record.verdict.as_ref().map(serde_json::to_string).transpose();
        Ok(Self {
            stage: name,
            deadline: micros(stage.deadline()),
            asked,
            verdict: verdict.map_err(|_| corrupt("signature_cases.verdict"))?,
            document: document.to_string(),
        })
    }
}

impl Record {
    fn read(row: Row) -> Result<Self, StoreError> {
        let corrupt = StoreError::Corrupt;
        let asked = row.asked.as_deref().map(serde_json::from_str).transpose();
        let verdict = row.verdict.as_deref().map(serde_json::from_str).transpose();
        let subject = row.subject.try_into();
        let held = row.held_until.map(Timestamp::from_micros);
        Ok(Self {
            id: SignatureId::from_uuid(row.id),
            version: row.version,
            case: serde_json::from_str(&row.document).map_err(|_| corrupt("signature_cases.document"))?,
            subject: Subject(subject.map_err(|_| corrupt("signature_cases.subject"))?),
            account: row.account_id.map(AccountId::from_uuid),
            parent: match (row.recovery_id, row.unlock_id) {
                (None, None) => Parent::None,
                (Some(case), None) => Parent::Recovery(CaseId::from_uuid(case)),
                (None, Some(case)) => Parent::Unlock(UnlockId::from_uuid(case)),
                (Some(_), Some(_)) => return Err(corrupt("signature_cases.recovery_id")),
            },
            asked: asked.map_err(|_| corrupt("signature_cases.asked"))?,
            contact: row.contact,
            verdict: verdict.map_err(|_| corrupt("signature_cases.verdict"))?,
            held: held.map(Deadline::at),
            follows: Follows::Nothing,
            language: row
                .language
                .parse()
                .map_err(|_| corrupt("signature_cases.language"))?,
        })
    }
}

/// Whether what was typed is kept at a stage: as long as another file may be judged by it. A referral keeps its own copy.
const fn is_kept(stage: &Stage) -> bool {
    match stage {
        Stage::Issued { .. } | Stage::Expired { .. } => true,
        Stage::Referred { .. } | Stage::Passed { .. } | Stage::Declined { .. } | Stage::Ended { .. } => false,
    }
}
