//! SQL of passkeys, enrolment links and ceremonies.

use super::Ceremony;
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::identifiers::AccountId;
use shared::passkeys::{Backup, EnrolmentId, PasskeyId, PasskeyName};
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;
use webauthn_rs::prelude::Credential;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    OF_ACCOUNT,
    OF_HOLDER,
    COUNT,
    BY_CREDENTIAL,
    NOTE_USE,
    RENAME,
    REMOVE,
    LINK_INSERT,
    LINK_BY_TOKEN,
    LINK_USE,
    LINKS_REPLACE,
    LINKS_END,
    LINK_PROGRESS,
    LAST_ENROLMENT,
    PURGE_LINKS,
    BEGIN,
    TAKE,
    PURGE_CEREMONIES,
    super::kept::PASSKEYS,
];

macro_rules! columns {
    () => {
        "id, account_id, holder, credential, name, sign_count, backup, verified_at, created_at, used_at, removed_at"
    };
}

// A credential that is known already, to whomever, changes nothing: on PostgreSQL an error would end the transaction.
const INSERT: &str = "INSERT INTO passkeys \
    (id, account_id, holder, credential_id, credential, name, sign_count, backup, verified_at, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) ON CONFLICT (credential_id) DO NOTHING";
const OF_ACCOUNT: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM passkeys WHERE account_id = $1 AND removed_at IS NULL ORDER BY created_at, id"
);
const OF_HOLDER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM passkeys WHERE account_id = $1 AND holder = $2 AND removed_at IS NULL ORDER BY created_at, id"
);
const COUNT: &str =
    "SELECT COUNT(*) FROM passkeys WHERE account_id = $1 AND holder = $2 AND removed_at IS NULL";
const BY_CREDENTIAL: &str = concat!("SELECT ", columns!(), " FROM passkeys WHERE credential_id = $1");
// The counter stands in the guard: of two uses that were compared with the same one, the second changes nothing.
const NOTE_USE: &str = "UPDATE passkeys SET credential = $2, sign_count = $3, backup = $4, verified_at = $5, used_at = $5 \
    WHERE id = $1 AND sign_count = $6 AND removed_at IS NULL";
const RENAME: &str = "UPDATE passkeys SET name = $3 WHERE id = $1 AND account_id = $2 AND removed_at IS NULL";
const REMOVE: &str =
    "UPDATE passkeys SET removed_at = $3 WHERE id = $1 AND account_id = $2 AND removed_at IS NULL";

const LINK_INSERT: &str = "INSERT INTO enrolment_links \
    (id, account_id, holder, token, officer, reason, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const LINK_BY_TOKEN: &str =
    "SELECT id, account_id, holder, expires_at, used_at, replaced_at FROM enrolment_links WHERE token = $1";
const LINK_USE: &str = "UPDATE enrolment_links SET used_at = $2 \
    WHERE id = $1 AND used_at IS NULL AND replaced_at IS NULL AND expires_at > $2";
const LINKS_REPLACE: &str = "UPDATE enrolment_links SET replaced_at = $2 WHERE account_id = $1 AND used_at IS NULL AND replaced_at IS NULL";
const LINKS_END: &str = "UPDATE enrolment_links SET expires_at = $2 \
    WHERE account_id = $1 AND used_at IS NULL AND replaced_at IS NULL AND expires_at > $2";
// Whether somebody has begun with it is told by its challenge.
const LINK_PROGRESS: &str = "SELECT expires_at, used_at, replaced_at, \
    (SELECT COUNT(*) FROM passkey_ceremonies WHERE purpose = $2 AND subject_id = enrolment_links.id) \
    FROM enrolment_links WHERE id = $1";
// A link that was made counts as well: what it enrols comes after it.
const LAST_ENROLMENT: &str = "SELECT MAX(touched_at) FROM (SELECT created_at AS touched_at FROM passkeys WHERE account_id = $1 \
    UNION ALL SELECT made_at AS touched_at FROM enrolment_links WHERE account_id = $1) AS enrolments";
const PURGE_LINKS: &str = "DELETE FROM enrolment_links WHERE expires_at <= $1";

const BEGIN: &str = "INSERT INTO passkey_ceremonies (purpose, subject_id, state, expires_at) \
    VALUES ($1, $2, $3, $4) ON CONFLICT (purpose, subject_id) DO UPDATE SET \
    state = excluded.state, expires_at = excluded.expires_at";
const TAKE: &str =
    "DELETE FROM passkey_ceremonies WHERE purpose = $1 AND subject_id = $2 RETURNING state, expires_at";
const PURGE_CEREMONIES: &str = "DELETE FROM passkey_ceremonies WHERE expires_at <= $1";

/// A passkey.
#[derive(Clone, Debug)]
pub struct PasskeyRow {
    /// Its row.
    pub id: PasskeyId,
    /// Whose it is.
    pub account: AccountId,
    /// Who represented the account at the enrolment.
    pub holder: Digest,
    /// The public key and what was found out at the enrolment, with the counter and flags of the last use.
    pub credential: Credential,
    /// What its owner calls it.
    pub name: PasskeyName,
    /// When the device verified its user last.
    pub verified_at: Timestamp,
    /// When it was enrolled.
    pub created_at: Timestamp,
    /// When it signed last.
    pub used_at: Option<Timestamp>,
    /// When it was removed.
    pub removed_at: Option<Timestamp>,
}

/// A passkey to be stored.
#[derive(Debug)]
pub struct NewPasskey<'a> {
    /// Its row.
    pub id: PasskeyId,
    /// Whose it is.
    pub account: AccountId,
    /// Who represents the account.
    pub holder: &'a Digest,
    /// What was found out about it.
    pub credential: &'a Credential,
    /// What its owner calls it.
    pub name: &'a PasskeyName,
    /// When it was enrolled.
    pub at: Timestamp,
}

/// An enrolment link.
#[derive(Clone, Copy, Debug)]
pub struct EnrolmentLink {
    /// Its row.
    pub id: EnrolmentId,
    /// For whose account.
    pub account: AccountId,
    /// Who represented the account when it was made.
    pub holder: Digest,
    /// When it ends.
    pub expires: Deadline,
    /// When a passkey was enrolled with it.
    pub used_at: Option<Timestamp>,
    /// When a newer link of the account took its place.
    pub replaced_at: Option<Timestamp>,
}

/// An enrolment link to be stored.
#[derive(Debug)]
pub struct NewEnrolmentLink<'a> {
    /// Its row.
    pub id: EnrolmentId,
    /// For whose account.
    pub account: AccountId,
    /// Who represents the account.
    pub holder: &'a Digest,
    /// The digest of its token.
    pub token: &'a Digest,
    /// Who makes it.
    pub officer: &'a str,
    /// Why.
    pub reason: &'a str,
    /// When.
    pub at: Timestamp,
    /// When it ends.
    pub expires: Deadline,
}

/// A challenge that waited for its answer.
#[derive(Clone, Debug)]
pub struct Begun {
    /// What the answer is compared with, as JSON.
    pub state: String,
    /// When its time is over.
    pub expires: Deadline,
}

/// Whether a statement did what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It did.
    Yes,
    /// There was nothing to do it to.
    No,
}

impl Done {
    const fn of(rows: u64) -> Self {
        if rows == 0 { Self::No } else { Self::Yes }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    holder: Vec<u8>,
    credential: String,
    name: String,
    sign_count: i64,
    backup: String,
    verified_at: i64,
    created_at: i64,
    used_at: Option<i64>,
    removed_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct LinkRow {
    id: Uuid,
    account_id: Uuid,
    holder: Vec<u8>,
    expires_at: i64,
    used_at: Option<i64>,
    replaced_at: Option<i64>,
}

impl Row {
    fn read(self) -> Result<PasskeyRow, StoreError> {
        let credential: Credential =
            serde_json::from_str(&self.credential).map_err(|_| StoreError::Corrupt("passkeys.credential"))?;
        if i64::from(credential.counter) != self.sign_count || backup_word(&credential) != self.backup {
            return Err(StoreError::Corrupt("passkeys.sign_count"));
        }
        Ok(PasskeyRow {
            id: PasskeyId::from_uuid(self.id),
            account: AccountId::from_uuid(self.account_id),
            holder: holder(self.holder, "passkeys.holder")?,
            credential,
            name: self
                .name
                .parse()
                .map_err(|_| StoreError::Corrupt("passkeys.name"))?,
            verified_at: Timestamp::from_micros(self.verified_at),
            created_at: Timestamp::from_micros(self.created_at),
            used_at: self.used_at.map(Timestamp::from_micros),
            removed_at: self.removed_at.map(Timestamp::from_micros),
        })
    }
}

fn holder(stored: Vec<u8>, column: &'static str) -> Result<Digest, StoreError> {
    stored.try_into().map_err(|_| StoreError::Corrupt(column))
}

/// Whether copies of a credential may exist.
pub const fn backup(credential: &Credential) -> Backup {
    match (credential.backup_eligible, credential.backup_state) {
        (_, true) => Backup::BackedUp,
        (true, false) => Backup::Eligible,
        (false, false) => Backup::DeviceBound,
    }
}

const fn backup_word(credential: &Credential) -> &'static str {
    match backup(credential) {
        Backup::DeviceBound => "device_bound",
        Backup::Eligible => "eligible",
        Backup::BackedUp => "backed_up",
    }
}

fn written(credential: &Credential) -> Result<String, StoreError> {
    serde_json::to_string(credential).map_err(|_| StoreError::Corrupt("passkeys.credential"))
}

/// Stores a passkey, unless its credential is known already, to whomever.
pub async fn insert(tx: &mut Tx, passkey: &NewPasskey<'_>) -> Result<Done, StoreError> {
    let credential = written(passkey.credential)?;
    let rows = changed!(
        tx,
        sqlx::query(INSERT)
            .bind(passkey.id.as_uuid())
            .bind(passkey.account.as_uuid())
            .bind(passkey.holder.as_slice())
            .bind(passkey.credential.cred_id.as_slice())
            .bind(&credential)
            .bind(passkey.name.as_str())
            .bind(i64::from(passkey.credential.counter))
            .bind(backup_word(passkey.credential))
            .bind(passkey.at.as_micros())
    )?;
    Ok(Done::of(rows))
}

/// The passkeys of an account that are not removed, the oldest first.
pub async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<PasskeyRow>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(OF_ACCOUNT)
        .bind(account.as_uuid())
        .fetch_all(conn))?;
    rows.into_iter().map(Row::read).collect()
}

/// Those of them that were enrolled by this representative.
pub async fn of_holder(
    tx: &mut Tx,
    account: AccountId,
    holder: &Digest,
) -> Result<Vec<PasskeyRow>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(OF_HOLDER)
        .bind(account.as_uuid())
        .bind(holder.as_slice())
        .fetch_all(conn))?;
    rows.into_iter().map(Row::read).collect()
}

/// How many of them there are.
pub async fn count(tx: &mut Tx, account: AccountId, holder: &Digest) -> Result<u8, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(COUNT)
        .bind(account.as_uuid())
        .bind(holder.as_slice())
        .fetch_one(conn))?;
    Ok(u8::try_from(count).unwrap_or(u8::MAX))
}

/// The passkey of a credential, also a removed one.
pub async fn by_credential(tx: &mut Tx, credential: &[u8]) -> Result<Option<PasskeyRow>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_CREDENTIAL)
        .bind(credential)
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// Writes down that a passkey signed: its counter and flags now, where its counter still was `counter` and nobody removed it.
pub async fn note_use(
    tx: &mut Tx,
    id: PasskeyId,
    used: &Credential,
    counter: u32,
    at: Timestamp,
) -> Result<Done, StoreError> {
    let credential = written(used)?;
    let rows = changed!(
        tx,
        sqlx::query(NOTE_USE)
            .bind(id.as_uuid())
            .bind(&credential)
            .bind(i64::from(used.counter))
            .bind(backup_word(used))
            .bind(at.as_micros())
            .bind(i64::from(counter))
    )?;
    Ok(Done::of(rows))
}

/// Gives a passkey of an account another name.
pub async fn rename(
    tx: &mut Tx,
    id: PasskeyId,
    account: AccountId,
    name: &PasskeyName,
) -> Result<Done, StoreError> {
    let rows = changed!(
        tx,
        sqlx::query(RENAME)
            .bind(id.as_uuid())
            .bind(account.as_uuid())
            .bind(name.as_str())
    )?;
    Ok(Done::of(rows))
}

/// Removes a passkey of an account for good.
pub async fn remove(
    tx: &mut Tx,
    id: PasskeyId,
    account: AccountId,
    at: Timestamp,
) -> Result<Done, StoreError> {
    let rows = changed!(
        tx,
        sqlx::query(REMOVE)
            .bind(id.as_uuid())
            .bind(account.as_uuid())
            .bind(at.as_micros())
    )?;
    Ok(Done::of(rows))
}

/// Stores an enrolment link.
pub async fn insert_link(tx: &mut Tx, link: &NewEnrolmentLink<'_>) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(LINK_INSERT)
            .bind(link.id.as_uuid())
            .bind(link.account.as_uuid())
            .bind(link.holder.as_slice())
            .bind(link.token.as_slice())
            .bind(link.officer)
            .bind(link.reason)
            .bind(link.at.as_micros())
            .bind(link.expires.instant().as_micros())
    )?;
    Ok(())
}

/// The enrolment link of a token's digest.
pub async fn link_by_token(tx: &mut Tx, token: &Digest) -> Result<Option<EnrolmentLink>, StoreError> {
    let row: Option<LinkRow> = on!(tx, |conn| sqlx::query_as(LINK_BY_TOKEN)
        .bind(token.as_slice())
        .fetch_optional(conn))?;
    row.map(|row| {
        Ok(EnrolmentLink {
            id: EnrolmentId::from_uuid(row.id),
            account: AccountId::from_uuid(row.account_id),
            holder: holder(row.holder, "enrolment_links.holder")?,
            expires: Deadline::at(Timestamp::from_micros(row.expires_at)),
            used_at: row.used_at.map(Timestamp::from_micros),
            replaced_at: row.replaced_at.map(Timestamp::from_micros),
        })
    })
    .transpose()
}

/// Uses an enrolment link up, if it is unused and its time is not over.
pub async fn use_link(tx: &mut Tx, id: EnrolmentId, at: Timestamp) -> Result<Done, StoreError> {
    let rows = changed!(tx, sqlx::query(LINK_USE).bind(id.as_uuid()).bind(at.as_micros()))?;
    Ok(Done::of(rows))
}

/// Ends the open enrolment links of an account: a newer one takes their place. How many.
pub async fn replace_links(tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(LINKS_REPLACE)
            .bind(account.as_uuid())
            .bind(at.as_micros())
    )?)
}

/// Ends the open enrolment links of an account before their time. How many.
pub async fn end_links(tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(LINKS_END)
            .bind(account.as_uuid())
            .bind(at.as_micros())
    )?)
}

/// Drops enrolment links that ended before, with the officer's words; how many.
pub async fn purge_links(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(PURGE_LINKS).bind(before.as_micros()))?)
}

/// Stores a challenge, in the place of an older one of the same link or case.
pub async fn begin(
    tx: &mut Tx,
    ceremony: Ceremony,
    state: &str,
    expires: Deadline,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(BEGIN)
            .bind(ceremony.purpose().as_str())
            .bind(ceremony.subject())
            .bind(state)
            .bind(expires.instant().as_micros())
    )?;
    Ok(())
}

/// Takes a challenge out: whoever comes second finds none.
pub async fn take(tx: &mut Tx, ceremony: Ceremony) -> Result<Option<Begun>, StoreError> {
    let row: Option<(String, i64)> = on!(tx, |conn| sqlx::query_as(TAKE)
        .bind(ceremony.purpose().as_str())
        .bind(ceremony.subject())
        .fetch_optional(conn))?;
    Ok(row.map(|(state, expires_at)| Begun {
        state,
        expires: Deadline::at(Timestamp::from_micros(expires_at)),
    }))
}

/// Drops challenges whose time is over; how many.
pub async fn purge_ceremonies(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(PURGE_CEREMONIES).bind(now.as_micros()))?)
}

/// How far an enrolment has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkProgress {
    /// When the link ends.
    pub expires: Deadline,
    /// When a passkey was enrolled with it.
    pub used_at: Option<Timestamp>,
    /// When a newer link took its place.
    pub replaced_at: Option<Timestamp>,
    /// Whether somebody has opened it and begun.
    pub is_begun: bool,
}

/// How far the enrolment with a link has come; nothing where there is no such link (any more).
pub async fn progress(tx: &mut Tx, link: EnrolmentId) -> Result<Option<LinkProgress>, StoreError> {
    let row: Option<(i64, Option<i64>, Option<i64>, i64)> = on!(tx, |conn| sqlx::query_as(LINK_PROGRESS)
        .bind(link.as_uuid())
        .bind(Ceremony::Enrolment(link).purpose().as_str())
        .fetch_optional(conn))?;
    Ok(row.map(|(expires, used, replaced, begun)| LinkProgress {
        expires: Deadline::at(Timestamp::from_micros(expires)),
        used_at: used.map(Timestamp::from_micros),
        replaced_at: replaced.map(Timestamp::from_micros),
        is_begun: begun > 0,
    }))
}

/// When a passkey of the account, or a link for one, was made last; also of one that was removed since.
pub async fn last_enrolment(tx: &mut Tx, account: AccountId) -> Result<Option<Timestamp>, StoreError> {
    let (at,): (Option<i64>,) = on!(tx, |conn| sqlx::query_as(LAST_ENROLMENT)
        .bind(account.as_uuid())
        .fetch_one(conn))?;
    Ok(at.map(Timestamp::from_micros))
}
