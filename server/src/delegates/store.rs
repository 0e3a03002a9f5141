//! SQL of delegates, their passwords and their invitations.

use super::Delegate;
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::delegates::{DelegateId, Scopes};
use shared::i18n::Language;
use shared::identifiers::{AccountId, Cedula, LinkId};
use shared::time::{CivilDate, Deadline, Timestamp};
use std::str::FromStr;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    BY_ID,
    BY_CEDULA,
    OF_ACCOUNT,
    NAMES,
    CHANGE,
    END,
    INVITE,
    UNINVITE,
    BLOCK,
    NOTE_SIGN_IN,
    PASSWORD_HASH,
    SET_PASSWORD,
    TAKE_PASSWORD,
    RENEW_HASH,
    RENEW_HISTORY,
    LAST_HASHES,
    REMEMBER,
    FORGET_OLDER,
    FORGET_ALL,
    INVITATION_INSERT,
    INVITATION_BY_TOKEN,
    INVITATION_USE,
    INVITATIONS_REPLACE,
    INVITATIONS_END,
    INVITATIONS_OPEN,
    PURGE_INVITATIONS,
    super::kept::DELEGATES,
];

macro_rules! columns {
    () => {
        "id, account_id, cedula, name, email, language, scopes, until, password_set_at, blocked_at, invited_at, signed_in_at"
    };
}

const INSERT: &str = "INSERT INTO delegates \
    (id, account_id, cedula, name, email, language, scopes, until, created_at, version) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";
const BY_ID: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM delegates WHERE id = $1 AND ended_at IS NULL"
);
const BY_CEDULA: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM delegates WHERE account_id = $1 AND cedula = $2 AND ended_at IS NULL"
);
const OF_ACCOUNT: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM delegates WHERE account_id = $1 AND ended_at IS NULL ORDER BY name, id"
);
const NAMES: &str = "SELECT id, name FROM delegates WHERE account_id = $1";
const CHANGE: &str = "UPDATE delegates SET scopes = $3, until = $4, version = version + 1 \
    WHERE id = $1 AND account_id = $2 AND ended_at IS NULL";
const END: &str = "UPDATE delegates SET ended_at = $3, cedula = NULL, email = NULL, password_hash = NULL, \
    password_set_at = NULL, invited_at = NULL, version = version + 1 WHERE id = $1 AND account_id = $2 AND ended_at IS NULL";
const INVITE: &str =
    "UPDATE delegates SET invited_at = $2, version = version + 1 WHERE id = $1 AND ended_at IS NULL";
const UNINVITE: &str = "UPDATE delegates SET invited_at = NULL, version = version + 1 \
    WHERE account_id = $1 AND invited_at IS NOT NULL";
const BLOCK: &str = "UPDATE delegates SET blocked_at = $2, version = version + 1 \
    WHERE id = $1 AND blocked_at IS NULL AND ended_at IS NULL";
const NOTE_SIGN_IN: &str = "UPDATE delegates SET signed_in_at = $2 WHERE id = $1";

const PASSWORD_HASH: &str = "SELECT password_hash FROM delegates WHERE id = $1";
const SET_PASSWORD: &str = "UPDATE delegates SET password_hash = $2, password_set_at = $3, blocked_at = NULL, \
    invited_at = NULL, version = version + 1 WHERE id = $1 AND ended_at IS NULL";
const TAKE_PASSWORD: &str = "UPDATE delegates SET password_hash = NULL, password_set_at = NULL, blocked_at = NULL, \
    invited_at = NULL, version = version + 1 WHERE id = $1";
const RENEW_HASH: &str =
    "UPDATE delegates SET password_hash = $3, version = version + 1 WHERE id = $1 AND password_hash = $2";
const RENEW_HISTORY: &str = "UPDATE delegate_passwords SET hash = $3 WHERE delegate_id = $1 AND hash = $2";
const LAST_HASHES: &str =
    "SELECT hash FROM delegate_passwords WHERE delegate_id = $1 ORDER BY set_at DESC, id DESC LIMIT $2";
const REMEMBER: &str =
    "INSERT INTO delegate_passwords (id, delegate_id, hash, set_at) VALUES ($1, $2, $3, $4)";
const FORGET_OLDER: &str = "DELETE FROM delegate_passwords WHERE delegate_id = $1 AND id NOT IN \
    (SELECT id FROM delegate_passwords WHERE delegate_id = $1 ORDER BY set_at DESC, id DESC LIMIT $2)";
const FORGET_ALL: &str = "DELETE FROM delegate_passwords WHERE delegate_id = $1";

const INVITATION_INSERT: &str = "INSERT INTO delegate_invitations (id, delegate_id, token, made_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5)";
const INVITATION_BY_TOKEN: &str = "SELECT id, delegate_id, expires_at, used_at, replaced_at \
    FROM delegate_invitations WHERE token = $1";
// One statement decides: of any number of submissions at once, one uses the invitation up.
const INVITATION_USE: &str = "UPDATE delegate_invitations SET used_at = $2 \
    WHERE id = $1 AND used_at IS NULL AND replaced_at IS NULL AND expires_at > $2";
const INVITATIONS_REPLACE: &str = "UPDATE delegate_invitations SET replaced_at = $2 \
    WHERE delegate_id = $1 AND used_at IS NULL AND replaced_at IS NULL";
const INVITATIONS_END: &str = "UPDATE delegate_invitations SET replaced_at = $2 \
    WHERE delegate_id IN (SELECT id FROM delegates WHERE account_id = $1) \
    AND used_at IS NULL AND replaced_at IS NULL";
const INVITATIONS_OPEN: &str = "SELECT delegate_id, expires_at FROM delegate_invitations \
    WHERE delegate_id IN (SELECT id FROM delegates WHERE account_id = $1) \
    AND used_at IS NULL AND replaced_at IS NULL AND expires_at > $2";
const PURGE_INVITATIONS: &str = "DELETE FROM delegate_invitations WHERE expires_at <= $1";

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    cedula: String,
    name: String,
    email: String,
    language: String,
    scopes: String,
    until: String,
    password_set_at: Option<i64>,
    blocked_at: Option<i64>,
    invited_at: Option<i64>,
    signed_in_at: Option<i64>,
}

impl Row {
    fn read(self) -> Result<Delegate, StoreError> {
        Ok(Delegate {
            id: DelegateId::from_uuid(self.id),
            account: AccountId::from_uuid(self.account_id),
            cedula: parse(&self.cedula, "delegates.cedula")?,
            name: parse(&self.name, "delegates.name")?,
            email: parse(&self.email, "delegates.email")?,
            language: parse(&self.language, "delegates.language")?,
            scopes: parse(&self.scopes, "delegates.scopes")?,
            until: parse(&self.until, "delegates.until")?,
            password_set_at: self.password_set_at.map(Timestamp::from_micros),
            blocked_at: self.blocked_at.map(Timestamp::from_micros),
            invited_at: self.invited_at.map(Timestamp::from_micros),
            signed_in_at: self.signed_in_at.map(Timestamp::from_micros),
        })
    }
}

/// An invitation's row.
#[derive(Clone, Copy, Debug)]
pub struct Invitation {
    /// Its row.
    pub id: LinkId,
    /// Whom it is for.
    pub delegate: DelegateId,
    /// When it ends.
    pub expires: Deadline,
    /// When it set a password.
    pub used_at: Option<Timestamp>,
    /// When another took its place.
    pub replaced_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    id: Uuid,
    delegate_id: Uuid,
    expires_at: i64,
    used_at: Option<i64>,
    replaced_at: Option<i64>,
}

fn parse<T: FromStr>(text: &str, column: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(column))
}

/// Stores a new delegate, who is not invited yet. The caller has locked the account and looked for the cédula.
pub async fn insert(tx: &mut Tx, delegate: &Delegate, at: Timestamp) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(delegate.id.as_uuid())
            .bind(delegate.account.as_uuid())
            .bind(delegate.cedula.to_string())
            .bind(delegate.name.as_str())
            .bind(delegate.email.to_string())
            .bind(Language::tag(delegate.language))
            .bind(delegate.scopes.to_string())
            .bind(delegate.until.to_string())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// A delegate by its row, if it was not ended.
pub async fn by_id(tx: &mut Tx, id: DelegateId) -> Result<Option<Delegate>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// The delegate of an account with a cédula, if there is one who was not ended.
pub async fn by_cedula(
    tx: &mut Tx,
    account: AccountId,
    cedula: Cedula,
) -> Result<Option<Delegate>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_CEDULA)
        .bind(account.as_uuid())
        .bind(cedula.to_string())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// The delegates of an account who were not ended, by name.
pub async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<Delegate>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(OF_ACCOUNT)
        .bind(account.as_uuid())
        .fetch_all(conn))?;
    rows.into_iter().map(Row::read).collect()
}

/// The names of all delegates that an account ever had.
pub async fn names(tx: &mut Tx, account: AccountId) -> Result<Vec<(DelegateId, String)>, StoreError> {
    let rows: Vec<(Uuid, String)> = on!(tx, |conn| sqlx::query_as(NAMES)
        .bind(account.as_uuid())
        .fetch_all(conn))?;
    Ok(rows
        .into_iter()
        .map(|(id, name)| (DelegateId::from_uuid(id), name))
        .collect())
}

/// Changes what a delegate may do and until when; how many rows: one, or none when the account has no such delegate.
pub async fn change(
    tx: &mut Tx,
    id: DelegateId,
    account: AccountId,
    scopes: Scopes,
    until: CivilDate,
) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(CHANGE)
            .bind(id.as_uuid())
            .bind(account.as_uuid())
            .bind(scopes.to_string())
            .bind(until.to_string())
    )?)
}

/// Ends a delegate, of whom only the name is left from then on; how many rows.
pub async fn end(tx: &mut Tx, id: DelegateId, account: AccountId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(END)
            .bind(id.as_uuid())
            .bind(account.as_uuid())
            .bind(at.as_micros())
    )?)
}

/// Notes that a delegate is invited from now on.
pub async fn invite(tx: &mut Tx, id: DelegateId, at: Timestamp) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(INVITE).bind(id.as_uuid()).bind(at.as_micros()))?;
    Ok(())
}

/// Ends what invitations an account's delegates have, sent or not.
pub async fn end_invitations(tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(UNINVITE).bind(account.as_uuid()))?;
    changed!(
        tx,
        sqlx::query(INVITATIONS_END)
            .bind(account.as_uuid())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// Blocks a delegate; how many rows: none for one who is blocked already.
pub async fn block(tx: &mut Tx, id: DelegateId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(BLOCK).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Notes a sign-in.
pub async fn note_sign_in(tx: &mut Tx, id: DelegateId, at: Timestamp) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(NOTE_SIGN_IN).bind(id.as_uuid()).bind(at.as_micros())
    )?;
    Ok(())
}

/// The hash of a delegate's password in force.
pub async fn password_hash(tx: &mut Tx, id: DelegateId) -> Result<Option<String>, StoreError> {
    let row: Option<(Option<String>,)> = on!(tx, |conn| sqlx::query_as(PASSWORD_HASH)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    Ok(row.and_then(|(hash,)| hash))
}

/// Writes a new password, which lifts a block; how many rows: none for a delegate who was ended.
pub async fn set_password(tx: &mut Tx, id: DelegateId, hash: &str, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(SET_PASSWORD)
            .bind(id.as_uuid())
            .bind(hash)
            .bind(at.as_micros())
    )?)
}

/// Takes the password away, the block with it, and what invitation there was.
pub async fn take_password(tx: &mut Tx, id: DelegateId) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(TAKE_PASSWORD).bind(id.as_uuid()))?;
    Ok(())
}

/// Replaces a hash by one of the same password; how many rows: none when it is not in force any more.
pub async fn renew_hash(tx: &mut Tx, id: DelegateId, old: &str, new: &str) -> Result<u64, StoreError> {
    let renewed = changed!(tx, sqlx::query(RENEW_HASH).bind(id.as_uuid()).bind(old).bind(new))?;
    if renewed > 0 {
        changed!(
            tx,
            sqlx::query(RENEW_HISTORY).bind(id.as_uuid()).bind(old).bind(new)
        )?;
    }
    Ok(renewed)
}

/// The hashes of the last passwords, newest first.
pub async fn last_hashes(tx: &mut Tx, id: DelegateId, count: u8) -> Result<Vec<String>, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_scalar(LAST_HASHES)
        .bind(id.as_uuid())
        .bind(i64::from(count))
        .fetch_all(conn))?)
}

/// Puts a hash into the history, which keeps the last `kept`.
pub async fn remember(
    tx: &mut Tx,
    entry: Uuid,
    id: DelegateId,
    hash: &str,
    at: Timestamp,
    kept: u8,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(REMEMBER)
            .bind(entry)
            .bind(id.as_uuid())
            .bind(hash)
            .bind(at.as_micros())
    )?;
    changed!(
        tx,
        sqlx::query(FORGET_OLDER).bind(id.as_uuid()).bind(i64::from(kept))
    )?;
    Ok(())
}

/// Drops the history of an ended delegate's passwords.
pub async fn forget_passwords(tx: &mut Tx, id: DelegateId) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(FORGET_ALL).bind(id.as_uuid()))?;
    Ok(())
}

/// Stores an invitation.
pub async fn insert_invitation(
    tx: &mut Tx,
    id: LinkId,
    delegate: DelegateId,
    token: &Digest,
    at: Timestamp,
    expires: Deadline,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(INVITATION_INSERT)
            .bind(id.as_uuid())
            .bind(delegate.as_uuid())
            .bind(token.as_slice())
            .bind(at.as_micros())
            .bind(expires.instant().as_micros())
    )?;
    Ok(())
}

/// The invitation of a token's digest, whether it still works or not.
pub async fn invitation_by_token(tx: &mut Tx, token: &Digest) -> Result<Option<Invitation>, StoreError> {
    let row: Option<InvitationRow> = on!(tx, |conn| sqlx::query_as(INVITATION_BY_TOKEN)
        .bind(token.as_slice())
        .fetch_optional(conn))?;
    Ok(row.map(|row| Invitation {
        id: LinkId::from_uuid(row.id),
        delegate: DelegateId::from_uuid(row.delegate_id),
        expires: Deadline::at(Timestamp::from_micros(row.expires_at)),
        used_at: row.used_at.map(Timestamp::from_micros),
        replaced_at: row.replaced_at.map(Timestamp::from_micros),
    }))
}

/// Uses an invitation up; how many rows: one, or none when it does not work any more.
pub async fn use_invitation(tx: &mut Tx, id: LinkId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(INVITATION_USE)
            .bind(id.as_uuid())
            .bind(at.as_micros())
    )?)
}

/// Ends a delegate's open invitations.
pub async fn replace_invitations(tx: &mut Tx, delegate: DelegateId, at: Timestamp) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(INVITATIONS_REPLACE)
            .bind(delegate.as_uuid())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// The invitations of an account's delegates that still work.
pub async fn open_invitations(
    tx: &mut Tx,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<(DelegateId, Deadline)>, StoreError> {
    let rows: Vec<(Uuid, i64)> = on!(tx, |conn| sqlx::query_as(INVITATIONS_OPEN)
        .bind(account.as_uuid())
        .bind(now.as_micros())
        .fetch_all(conn))?;
    Ok(rows
        .into_iter()
        .map(|(id, at)| {
            let ends = Deadline::at(Timestamp::from_micros(at));
            (DelegateId::from_uuid(id), ends)
        })
        .collect())
}

/// Drops invitations that ended by `before`. How many rows.
pub async fn purge_invitations(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(PURGE_INVITATIONS).bind(before.as_micros())
    )?)
}
