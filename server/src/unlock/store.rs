//! SQL of cases of unblocking and their links.

use crate::challenges::{Identity, Subject};
use crate::keys::Digest;
use crate::links;
use crate::links::Links;
use crate::store::{StoreError, Tx};
use crate::telemetry;
use crate::{changed, on};
use shared::i18n::Language;
use shared::identifiers::{AccountId, UnlockId};
use shared::recovery::CaseReference;
use shared::time::Timestamp;
use shared::unlock::{Asked, Stage, UnlockCase};
use uuid::Uuid;

/// The links of this procedure.
pub const LINKS: Links = links!("unlock_links", "unlock_cases");

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    BY_COOKIE,
    BY_ID,
    BY_REFERENCE,
    WAITING,
    LOCK,
    LOCK_WITH_LINK,
    LOCK_PROVED,
    PAST_PROOF,
    OVERDUE,
    SAVE,
    PURGE,
    LINKS.insert,
    LINKS.by_token,
    LINKS.by_id,
    LINKS.replace,
    LINKS.close,
    LINKS.expire,
    LINKS.consume,
    LINKS.purge,
    super::kept::CASES,
];

macro_rules! columns {
    () => {
        "id, version, document, subject, account_id, identification, asked, language"
    };
}

const INSERT: &str = concat!(
    "INSERT INTO unlock_cases (",
    columns!(),
    ", stage, deadline, changed_at, cookie, opened_at, reference) \
     VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, $12)"
);
const BY_COOKIE: &str = concat!("SELECT ", columns!(), " FROM unlock_cases WHERE cookie = $1");
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM unlock_cases WHERE id = $1");
const BY_REFERENCE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM unlock_cases WHERE reference = $1 ORDER BY changed_at DESC LIMIT 20"
);
// A reference is not unique for ever: whoever asks says also for whom.
const WAITING: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM unlock_cases WHERE reference = $1 AND stage = 'awaiting_officer' ORDER BY changed_at DESC"
);
// Writes that change nothing: they take the rows' locks on PostgreSQL, so that whoever comes second reads what the first
// one wrote; SQLite has one writer anyway.
const LOCK: &str = concat!(
    "UPDATE unlock_cases SET version = version WHERE id = $1 RETURNING ",
    columns!()
);
const LOCK_WITH_LINK: &str = concat!(
    "UPDATE unlock_cases SET version = version \
     WHERE account_id = $1 AND id <> $2 AND stage IN ('sending', 'link_sent') RETURNING ",
    columns!()
);
const LOCK_PROVED: &str = concat!(
    "UPDATE unlock_cases SET version = version \
     WHERE account_id = $1 AND stage IN ('channel', 'sending', 'link_sent') RETURNING ",
    columns!()
);
const PAST_PROOF: &str = "SELECT id FROM unlock_cases WHERE account_id = $1 \
    AND stage IN ('channel', 'sending', 'link_sent') AND deadline > $2 LIMIT 1";
const OVERDUE: &str = "SELECT id FROM unlock_cases WHERE deadline <= $1 ORDER BY deadline LIMIT $2";
// Compare and swap: only the version that was read is replaced.
const SAVE: &str = "UPDATE unlock_cases SET version = version + 1, document = $3, stage = $4, deadline = $5, \
    identification = $6, asked = $7, changed_at = $8, account_id = $9 WHERE id = $1 AND version = $2";
const PURGE: &str = "DELETE FROM unlock_cases WHERE deadline IS NULL AND changed_at <= $1";

/// A case and what the server keeps beside it.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its row.
    pub id: UnlockId,
    /// Which version was read.
    pub version: i64,
    /// The case itself.
    pub case: UnlockCase,
    /// Employer and branch, as a keyed digest.
    pub subject: Subject,
    /// The account of employer and branch, if there is one.
    pub account: Option<AccountId>,
    /// What was typed: the registries are asked with it. Kept as long as another proof may be asked for.
    pub identification: Option<Identity>,
    /// What the authenticator is asked. Kept as long as a passkey is to be shown.
    pub asked: Option<Asked>,
    /// The language of the messages.
    pub language: Language,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    version: i64,
    document: String,
    subject: Vec<u8>,
    account_id: Option<Uuid>,
    identification: Option<String>,
    asked: Option<String>,
    language: String,
}

/// Writes a new case, for the browser with this cookie.
pub async fn insert(tx: &mut Tx, record: &Record, cookie: &Digest, at: Timestamp) -> Result<(), StoreError> {
    telemetry::about(record.id);
    let texts = Texts::of(record)?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(record.id.as_uuid())
            .bind(&texts.document)
            .bind(record.subject.0.as_slice())
            .bind(record.account.map(AccountId::as_uuid))
            .bind(&texts.identification)
            .bind(&texts.asked)
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
pub async fn by_id(tx: &mut Tx, id: UnlockId) -> Result<Option<Record>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Record::read).transpose()
}

/// The cases with a reference, the newest first.
pub async fn by_reference(tx: &mut Tx, reference: &CaseReference) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(BY_REFERENCE)
        .bind(reference.as_str())
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// The cases with a reference that wait for an officer, the newest first.
pub async fn waiting(tx: &mut Tx, reference: &CaseReference) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(WAITING)
        .bind(reference.as_str())
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// A case, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, id: UnlockId) -> Result<Option<Record>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(LOCK)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Record::read).transpose()
}

/// The account's cases, but one, that have, or are about to have, a link; locked until the transaction ends.
pub async fn lock_with_link(
    tx: &mut Tx,
    account: AccountId,
    but: Option<UnlockId>,
) -> Result<Vec<Record>, StoreError> {
    // No case has the nil id.
    let but = but.map_or(Uuid::nil(), UnlockId::as_uuid);
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(LOCK_WITH_LINK)
        .bind(account.as_uuid())
        .bind(but)
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// The account's cases that are past their identity proof; locked until the transaction ends.
pub async fn lock_proved(tx: &mut Tx, account: AccountId) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(LOCK_PROVED)
        .bind(account.as_uuid())
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// Whether a case of the account is past its identity proof and not over at `now`.
pub async fn is_past_proof(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<bool, StoreError> {
    let found: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(PAST_PROOF)
        .bind(account.as_uuid())
        .bind(now.as_micros())
        .fetch_optional(conn))?;
    Ok(found.is_some())
}

/// Cases whose stage's deadline has passed, the oldest first.
pub async fn overdue(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<UnlockId>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(OVERDUE)
        .bind(now.as_micros())
        .bind(limit)
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(id,)| UnlockId::from_uuid(id)).collect())
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
            .bind(&texts.identification)
            .bind(&texts.asked)
            .bind(at.as_micros())
            .bind(record.account.map(AccountId::as_uuid))
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}

/// Deletes cases that were over before `before`, and their links.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let links = LINKS.purge(tx, before).await?;
    let cases = changed!(tx, sqlx::query(PURGE).bind(before.as_micros()))?;
    Ok(links + cases)
}

/// What of a record is stored as text.
struct Texts {
    document: String,
    stage: String,
    deadline: Option<i64>,
    identification: Option<String>,
    asked: Option<String>,
}

impl Texts {
    fn of(record: &Record) -> Result<Self, StoreError> {
        let corrupt = StoreError::Corrupt;
        let stage = record.case.stage();
        let document = serde_json::to_value(&record.case).map_err(|_| corrupt("unlock_cases.document"))?;
        let name = document
            .pointer("/stage/stage")
            .and_then(serde_json::Value::as_str)
            .ok_or(corrupt("unlock_cases.stage"))?
            .to_owned();
        let keeps = Keeps::at(stage);
        let identification = record
            .identification
            .as_ref()
            .filter(|_| keeps != Keeps::Nothing)
            .map(serde_json::to_string)
            .transpose()
            .map_err(|_| corrupt("unlock_cases.identification"))?;
        let asked = record
            .asked
            .as_ref()
            .filter(|_| keeps == Keeps::All)
            .map(serde_json::to_string)
            .transpose()
            .map_err(|_| corrupt("unlock_cases.asked"))?;
        Ok(Self {
            stage: name,
            deadline: stage.deadline().map(|deadline| deadline.instant().as_micros()),
            identification,
            asked,
            document: document.to_string(),
        })
    }
}

impl Record {
    fn read(row: Row) -> Result<Self, StoreError> {
        let corrupt = StoreError::Corrupt;
        let identification = row
            .identification
            .as_deref()
            .map(serde_json::from_str)
            .transpose();
        let asked = row.asked.as_deref().map(serde_json::from_str).transpose();
        let subject = row.subject.try_into();
        Ok(Self {
            id: UnlockId::from_uuid(row.id),
            version: row.version,
            case: serde_json::from_str(&row.document).map_err(|_| corrupt("unlock_cases.document"))?,
            subject: Subject(subject.map_err(|_| corrupt("unlock_cases.subject"))?),
            account: row.account_id.map(AccountId::from_uuid),
            identification: identification.map_err(|_| corrupt("unlock_cases.identification"))?,
            asked: asked.map_err(|_| corrupt("unlock_cases.asked"))?,
            language: row
                .language
                .parse()
                .map_err(|_| corrupt("unlock_cases.language"))?,
        })
    }
}

/// What of that which was typed and asked is kept at a stage. The rest is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Keeps {
    /// What was typed, and what the authenticator is asked.
    All,
    /// What was typed: another proof may be asked for.
    Identification,
    Nothing,
}

impl Keeps {
    const fn at(stage: &Stage) -> Self {
        match stage {
            Stage::Passkey { .. } => Self::All,
            Stage::PasskeyRefused { .. }
            | Stage::AwaitingSignature { .. }
            | Stage::AwaitingOfficer { .. }
            | Stage::Refused { .. } => Self::Identification,
            Stage::Channel { .. }
            | Stage::Sending { .. }
            | Stage::LinkSent { .. }
            | Stage::Unblocked { .. }
            | Stage::Ended { .. } => Self::Nothing,
        }
    }
}
