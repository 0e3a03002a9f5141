//! SQL of recovery cases and links.

use crate::challenges::{Identity, Subject};
use crate::keys::Digest;
use crate::links;
use crate::links::{Links, NewLink};
use crate::store::{StoreError, Tx};
use crate::telemetry;
use crate::{changed, on};
use shared::i18n::Language;
use shared::identifiers::{AccountId, CaseId, LinkId};
use shared::recovery::api::PasskeyChallenge;
use shared::recovery::{Case, CaseReference, Link, Stage, StageName};
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

/// The links of this procedure.
pub const LINKS: Links = links!("recovery_links", "recovery_cases");

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
    COMPLETED,
    OVERDUE,
    SAVE,
    PURGE_CASES,
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
        "id, version, document, subject, question_set, account_id, identification, language, challenge"
    };
}

const INSERT: &str = concat!(
    "INSERT INTO recovery_cases (",
    columns!(),
    ", stage, deadline, changed_at, cookie, opened_at, reference) \
     VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $11, $13)"
);
const BY_COOKIE: &str = concat!("SELECT ", columns!(), " FROM recovery_cases WHERE cookie = $1");
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM recovery_cases WHERE id = $1");
const BY_REFERENCE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM recovery_cases WHERE reference = $1 ORDER BY changed_at DESC LIMIT 20"
);
// A reference is not unique for ever: whoever asks says also for whom.
const WAITING: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM recovery_cases WHERE reference = $1 AND stage = 'awaiting_officer' ORDER BY changed_at DESC"
);
// Writes that change nothing: they take the rows' locks on PostgreSQL, so that whoever comes second reads what the first
// one wrote; SQLite has one writer anyway.
const LOCK: &str = concat!(
    "UPDATE recovery_cases SET version = version WHERE id = $1 RETURNING ",
    columns!()
);
const LOCK_WITH_LINK: &str = concat!(
    "UPDATE recovery_cases SET version = version \
     WHERE account_id = $1 AND id <> $2 AND stage IN ('sending', 'link_sent', 'redeemed') RETURNING ",
    columns!()
);
const LOCK_PROVED: &str = concat!(
    "UPDATE recovery_cases SET version = version \
     WHERE account_id = $1 AND stage IN ('step_up', 'sending', 'link_sent', 'redeemed') RETURNING ",
    columns!()
);
const PAST_PROOF: &str = "SELECT id FROM recovery_cases WHERE account_id = $1 \
    AND stage IN ('sending', 'link_sent', 'redeemed') AND deadline > $2 LIMIT 1";
const COMPLETED: &str = "SELECT changed_at FROM recovery_cases \
    WHERE account_id = $1 AND stage = 'completed' AND changed_at > $2 ORDER BY changed_at DESC LIMIT $3";
const OVERDUE: &str = "SELECT id FROM recovery_cases WHERE deadline <= $1 ORDER BY deadline LIMIT $2";
// Compare and swap: only the version that was read is replaced.
const SAVE: &str = "UPDATE recovery_cases SET version = version + 1, document = $3, stage = $4, deadline = $5, \
    question_set = $6, account_id = $7, identification = $8, challenge = $9, changed_at = $10 \
    WHERE id = $1 AND version = $2";

const PURGE_CASES: &str = "DELETE FROM recovery_cases WHERE deadline IS NULL AND changed_at <= $1";

/// A case and what the server keeps beside it.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its row.
    pub id: CaseId,
    /// Which version was read.
    pub version: i64,
    /// The case itself.
    pub case: Case,
    /// Under what its attempts are counted.
    pub subject: Subject,
    /// The set that is asked.
    pub question_set: Option<Uuid>,
    /// The account of employer and branch, if there is one.
    pub account: Option<AccountId>,
    /// What was typed: the registries are asked again with it. Kept as long as another proof may be asked for.
    pub identification: Option<Identity>,
    /// The language of the mails.
    pub language: Language,
    /// What a passkey of the account is to sign, where the case asks for one and the account has any.
    pub challenge: Option<PasskeyChallenge>,
}

/// A link's row.
#[derive(Clone, Debug)]
pub struct LinkRecord {
    /// The link.
    pub link: Link,
    /// Its case.
    pub case: CaseId,
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    id: Uuid,
    version: i64,
    document: String,
    subject: Vec<u8>,
    question_set: Option<Uuid>,
    account_id: Option<Uuid>,
    identification: Option<String>,
    language: String,
    challenge: Option<String>,
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
            .bind(record.question_set)
            .bind(record.account.map(AccountId::as_uuid))
            .bind(&texts.identification)
            .bind(record.language.tag())
            .bind(&texts.challenge)
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
    let row: Option<CaseRow> = on!(tx, |conn| sqlx::query_as(BY_COOKIE)
        .bind(cookie.as_slice())
        .fetch_optional(conn))?;
    let record = row.map(Record::read).transpose()?;
    Ok(record.inspect(|record| telemetry::about(record.id)))
}

/// A case.
pub async fn by_id(tx: &mut Tx, id: CaseId) -> Result<Option<Record>, StoreError> {
    let row: Option<CaseRow> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Record::read).transpose()
}

/// The cases with a reference, the newest first.
pub async fn by_reference(tx: &mut Tx, reference: &CaseReference) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<CaseRow> = on!(tx, |conn| sqlx::query_as(BY_REFERENCE)
        .bind(reference.as_str())
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// The cases with a reference that wait for an officer, the newest first.
pub async fn waiting(tx: &mut Tx, reference: &CaseReference) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<CaseRow> = on!(tx, |conn| sqlx::query_as(WAITING)
        .bind(reference.as_str())
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// A case, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, id: CaseId) -> Result<Option<Record>, StoreError> {
    let row: Option<CaseRow> = on!(tx, |conn| sqlx::query_as(LOCK)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Record::read).transpose()
}

/// The account's cases, but one, that have, or are about to have, a link; locked until the transaction ends.
pub async fn lock_with_link(
    tx: &mut Tx,
    account: AccountId,
    but: Option<CaseId>,
) -> Result<Vec<Record>, StoreError> {
    // No case has the nil id.
    let but = but.map_or(Uuid::nil(), CaseId::as_uuid);
    let rows: Vec<CaseRow> = on!(tx, |conn| sqlx::query_as(LOCK_WITH_LINK)
        .bind(account.as_uuid())
        .bind(but)
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// The account's cases that are past their identity proof; locked until the transaction ends.
pub async fn lock_proved(tx: &mut Tx, account: AccountId) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<CaseRow> = on!(tx, |conn| sqlx::query_as(LOCK_PROVED)
        .bind(account.as_uuid())
        .fetch_all(conn))?;
    rows.into_iter().map(Record::read).collect()
}

/// Whether a case of the account is past its last proof, a step-up's among them, and not over at `now`.
pub async fn is_past_proof(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<bool, StoreError> {
    let found: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(PAST_PROOF)
        .bind(account.as_uuid())
        .bind(now.as_micros())
        .fetch_optional(conn))?;
    Ok(found.is_some())
}

/// When the account's password was recovered after `since`; the newest, not more than `most`.
pub async fn completed(
    tx: &mut Tx,
    account: AccountId,
    since: Timestamp,
    most: i64,
) -> Result<Vec<Timestamp>, StoreError> {
    let times: Vec<i64> = on!(tx, |conn| sqlx::query_scalar(COMPLETED)
        .bind(account.as_uuid())
        .bind(since.as_micros())
        .bind(most)
        .fetch_all(conn))?;
    Ok(times.into_iter().map(Timestamp::from_micros).collect())
}

/// Cases whose stage's deadline has passed, the oldest first.
pub async fn overdue(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<CaseId>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(OVERDUE)
        .bind(now.as_micros())
        .bind(limit)
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(id,)| CaseId::from_uuid(id)).collect())
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
            .bind(record.question_set)
            .bind(record.account.map(AccountId::as_uuid))
            .bind(&texts.identification)
            .bind(&texts.challenge)
            .bind(at.as_micros())
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}

/// Stores a link that was just made.
pub async fn insert_link(
    tx: &mut Tx,
    link: LinkId,
    case: CaseId,
    account: AccountId,
    token: &Digest,
    made: Timestamp,
    expires: Deadline,
) -> Result<(), StoreError> {
    let link = NewLink {
        id: link,
        case: case.as_uuid(),
        account,
        token,
        made,
        expires,
    };
    LINKS.insert(tx, link).await
}

/// The link with this token.
pub async fn link_by_token(tx: &mut Tx, token: &Digest) -> Result<Option<LinkRecord>, StoreError> {
    Ok(LINKS.by_token(tx, token).await?.map(LinkRecord::of))
}

/// A link.
pub async fn link(tx: &mut Tx, id: LinkId) -> Result<Option<LinkRecord>, StoreError> {
    Ok(LINKS.by_id(tx, id).await?.map(LinkRecord::of))
}

/// Ends every open link of an account: a newer one takes their place.
pub async fn replace_links(tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<(), StoreError> {
    LINKS.replace(tx, account, at).await
}

/// Ends every open link of a case that is over.
pub async fn close_links(tx: &mut Tx, case: CaseId, at: Timestamp) -> Result<(), StoreError> {
    LINKS.close(tx, case.as_uuid(), at).await
}

/// Gives an open link its deadline.
pub async fn expire_link(tx: &mut Tx, link: LinkId, deadline: Deadline) -> Result<(), StoreError> {
    LINKS.expire(tx, link, deadline).await
}

/// Uses a link up, if it is unused, not ended and not expired at `at`. Tells whether it did: of any number of
/// submissions at once, one.
pub async fn consume_link(tx: &mut Tx, link: LinkId, at: Timestamp) -> Result<bool, StoreError> {
    LINKS.consume(tx, link, at).await
}

/// Deletes cases that were over before `before`, and their links.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let links = LINKS.purge(tx, before).await?;
    let cases = changed!(tx, sqlx::query(PURGE_CASES).bind(before.as_micros()))?;
    Ok(links + cases)
}

/// What of a record is stored as text.
struct Texts {
    document: String,
    stage: String,
    deadline: Option<i64>,
    identification: Option<String>,
    challenge: Option<String>,
}

impl Texts {
    fn of(record: &Record) -> Result<Self, StoreError> {
        let document =
            serde_json::to_value(&record.case).map_err(|_| StoreError::Corrupt("recovery_cases.document"))?;
        let stage = document
            .pointer("/stage/stage")
            .and_then(serde_json::Value::as_str);
        let deadline = record.case.stage().deadline();
        let identification = record
            .identification
            .as_ref()
            .filter(|_| may_need_proof(record.case.stage()));
        let identification = identification.map(serde_json::to_string).transpose();
        let challenge = record
            .challenge
            .as_ref()
            .filter(|_| record.case.stage().name() == StageName::StepUp)
            .map(serde_json::to_string)
            .transpose();
        Ok(Self {
            stage: stage
                .ok_or(StoreError::Corrupt("recovery_cases.stage"))?
                .to_owned(),
            deadline: deadline.map(|deadline| deadline.instant().as_micros()),
            identification: identification
                .map_err(|_| StoreError::Corrupt("recovery_cases.identification"))?,
            challenge: challenge.map_err(|_| StoreError::Corrupt("recovery_cases.challenge"))?,
            document: document.to_string(),
        })
    }
}

impl Record {
    fn read(row: CaseRow) -> Result<Self, StoreError> {
        let identification = row
            .identification
            .as_deref()
            .map(serde_json::from_str)
            .transpose();
        Ok(Self {
            id: CaseId::from_uuid(row.id),
            version: row.version,
            case: serde_json::from_str(&row.document)
                .map_err(|_| StoreError::Corrupt("recovery_cases.document"))?,
            subject: Subject(
                row.subject
                    .try_into()
                    .map_err(|_| StoreError::Corrupt("recovery_cases.subject"))?,
            ),
            question_set: row.question_set,
            account: row.account_id.map(AccountId::from_uuid),
            identification: identification
                .map_err(|_| StoreError::Corrupt("recovery_cases.identification"))?,
            language: row
                .language
                .parse()
                .map_err(|_| StoreError::Corrupt("recovery_cases.language"))?,
            challenge: row
                .challenge
                .as_deref()
                .map(serde_json::from_str)
                .transpose()
                .map_err(|_| StoreError::Corrupt("recovery_cases.challenge"))?,
        })
    }
}

/// Whether the registries, or another route, may still need what was typed. Afterwards it is forgotten.
fn may_need_proof(stage: &Stage) -> bool {
    match stage {
        Stage::Questions { .. }
        | Stage::WaitingForRegistry { .. }
        | Stage::Suspended { .. }
        | Stage::AwaitingSignature { .. }
        | Stage::AwaitingOfficer { .. }
        | Stage::Refused { .. }
        | Stage::StepUp { .. } => true,
        Stage::Sending { .. }
        | Stage::LinkSent { .. }
        | Stage::Redeemed { .. }
        | Stage::Completed { .. }
        | Stage::Ended { .. } => false,
    }
}

impl LinkRecord {
    fn of(row: links::LinkRecord) -> Self {
        Self {
            link: row.link,
            case: CaseId::from_uuid(row.case),
        }
    }
}
