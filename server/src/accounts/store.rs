//! SQL of accounts, password history and freeze links.

use super::{Account, NewAccount, State};
use crate::keys::Digest;
use crate::store::{StoreError, Table, Tx, Upsert, Value};
use crate::{changed, on};
use shared::accounts::FrozenBy;
use shared::contacts::Wanted;
use shared::i18n::Language;
use shared::identifiers::{AccountId, Branch, Cedula, EmployerIdentifier};
use shared::secrets::Secret;
use shared::time::{Deadline, Timestamp};
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    OPEN,
    BY_KEY,
    BY_ID,
    LOCK,
    LINKED,
    SET_PASSWORD,
    PASSWORD_HASH,
    RENEW_HASH,
    RENEW_HISTORY,
    END_SESSIONS,
    SET_EMAIL,
    SET_PHONE,
    BLOCK,
    UNBLOCK,
    FREEZE,
    THAW,
    LAST_HASHES,
    REMEMBER,
    FORGET_OLDER,
    LINK_INSERT,
    LINK_BY_TOKEN,
    LINKS_USE,
    PURGE_LINKS,
    UNREMINDED,
    REMIND,
    super::kept::ACCOUNT,
];

macro_rules! columns {
    () => {
        "id, employer, branch, blocked_at, frozen_at, frozen_by, email, phone, language, name, representative, \
         representative_name, password_set_at, sessions_ended_at, version"
    };
}

// A newer import replaces names, and a contact where the official record of it differs from the one before: what the owner
// changed since is not undone by a record that says what it always said (ADR 98). State, password and sessions are the
// account's own.
macro_rules! corrected {
    () => {
        ", email = CASE WHEN accounts.official_email IS NOT DISTINCT FROM excluded.official_email \
         THEN accounts.email ELSE excluded.official_email END, \
         phone = CASE WHEN accounts.official_phone IS NOT DISTINCT FROM excluded.official_phone \
         THEN accounts.phone ELSE excluded.official_phone END, version = accounts.version + 1"
    };
}

const OPEN: &str = concat!(
    "INSERT INTO accounts \
    (id, employer, branch, email, phone, official_email, official_phone, language, name, representative, \
    representative_name, created_at, version) \
    VALUES ($1, $2, $3, $4, $5, $4, $5, $6, $7, $8, $9, $10, 1) \
    ON CONFLICT (employer, branch) DO UPDATE SET official_email = excluded.official_email, \
    official_phone = excluded.official_phone, language = excluded.language, name = excluded.name, \
    representative = excluded.representative, representative_name = excluded.representative_name",
    corrected!(),
    " RETURNING id"
);
const BY_KEY: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM accounts WHERE employer = $1 AND branch = $2"
);
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM accounts WHERE id = $1");
// A write that changes nothing: it takes the row's lock on PostgreSQL, so that whoever comes second reads what the first
// one wrote; SQLite has one writer anyway.
const LOCK: &str = concat!(
    "UPDATE accounts SET version = version WHERE id = $1 RETURNING ",
    columns!()
);
const LINKED: &str = "SELECT DISTINCT employer FROM accounts \
    WHERE employer IN ($1, $2) AND employer <> $3 AND representative = $1 ORDER BY employer";
const SET_PASSWORD: &str = "UPDATE accounts SET password_hash = $2, password_set_at = $3, \
    password_reminded_at = NULL, version = version + 1 WHERE id = $1";
// The words of the index accounts_unreminded: whoever was reminded is not looked at again.
const UNREMINDED: &str = "SELECT id FROM accounts \
    WHERE password_reminded_at IS NULL AND email IS NOT NULL AND password_set_at <= $1 \
    ORDER BY password_set_at, id LIMIT $2";
const REMIND: &str = "UPDATE accounts SET password_reminded_at = $3 \
    WHERE id = $1 AND password_reminded_at IS NULL AND email IS NOT NULL AND password_set_at <= $2";
const PASSWORD_HASH: &str = "SELECT password_hash FROM accounts WHERE id = $1";
const RENEW_HASH: &str =
    "UPDATE accounts SET password_hash = $3, version = version + 1 WHERE id = $1 AND password_hash = $2";
const RENEW_HISTORY: &str = "UPDATE password_history SET hash = $3 WHERE account_id = $1 AND hash = $2";
// Never earlier than it was, whatever clock the node has.
const END_SESSIONS: &str = "UPDATE accounts SET sessions_ended_at = \
    CASE WHEN sessions_ended_at >= $2 THEN sessions_ended_at + 1 ELSE $2 END, version = version + 1 WHERE id = $1";
const SET_EMAIL: &str = "UPDATE accounts SET email = $2, version = version + 1 WHERE id = $1";
const SET_PHONE: &str = "UPDATE accounts SET phone = $2, version = version + 1 WHERE id = $1";
const BLOCK: &str =
    "UPDATE accounts SET blocked_at = $2, version = version + 1 WHERE id = $1 AND blocked_at IS NULL";
const UNBLOCK: &str =
    "UPDATE accounts SET blocked_at = NULL, version = version + 1 WHERE id = $1 AND blocked_at IS NOT NULL";
const FREEZE: &str = "UPDATE accounts SET frozen_at = $2, frozen_by = $3, version = version + 1 WHERE id = $1 AND frozen_at IS NULL";

// With the password in force: whoever made the owner freeze the account may know it. Its hash stays in the history.
const THAW: &str = "UPDATE accounts SET frozen_at = NULL, frozen_by = NULL, password_hash = NULL, password_set_at = NULL, \
    password_reminded_at = NULL, version = version + 1 WHERE id = $1 AND frozen_at IS NOT NULL";

const LAST_HASHES: &str =
    "SELECT hash FROM password_history WHERE account_id = $1 ORDER BY set_at DESC, id DESC LIMIT $2";
const REMEMBER: &str = "INSERT INTO password_history (id, account_id, hash, set_at) VALUES ($1, $2, $3, $4)";
const FORGET_OLDER: &str = "DELETE FROM password_history WHERE account_id = $1 AND id NOT IN \
    (SELECT id FROM password_history WHERE account_id = $1 ORDER BY set_at DESC, id DESC LIMIT $2)";

const LINK_INSERT: &str =
    "INSERT INTO freeze_links (id, account_id, token, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
const LINK_BY_TOKEN: &str = "SELECT id, account_id, expires_at, used_at FROM freeze_links WHERE token = $1";
const LINKS_USE: &str = "UPDATE freeze_links SET used_at = $2 WHERE account_id = $1 AND used_at IS NULL";
const PURGE_LINKS: &str = "DELETE FROM freeze_links WHERE expires_at <= $1";

/// [`FrozenBy`] as it is stored.
const OWNER: &str = "owner";
const OFFICER: &str = "officer";

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: Uuid,
    employer: String,
    branch: String,
    blocked_at: Option<i64>,
    frozen_at: Option<i64>,
    frozen_by: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    language: String,
    name: String,
    representative: String,
    representative_name: String,
    password_set_at: Option<i64>,
    sessions_ended_at: Option<i64>,
    version: i64,
}

/// A freeze link's row.
#[derive(Clone, Copy, Debug)]
pub struct FreezeLink {
    /// Its row.
    pub id: Uuid,
    /// Whose account it freezes.
    pub account: AccountId,
    /// When it ends.
    pub expires: Deadline,
    /// When the account was frozen, by this link or another.
    pub used_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct FreezeLinkRow {
    id: Uuid,
    account_id: Uuid,
    expires_at: i64,
    used_at: Option<i64>,
}

impl AccountRow {
    fn read(self) -> Result<Account, StoreError> {
        let state = match (self.frozen_at, self.blocked_at) {
            (Some(at), _) => State::Frozen {
                at: Timestamp::from_micros(at),
                by: frozen_by(self.frozen_by.as_deref())?,
            },
            (None, Some(at)) => State::Blocked {
                at: Timestamp::from_micros(at),
            },
            (None, None) => State::Active,
        };
        Ok(Account {
            id: AccountId::from_uuid(self.id),
            employer: parse(&self.employer, "accounts.employer")?,
            branch: parse(&self.branch, "accounts.branch")?,
            state,
            email: self
                .email
                .map(|email| parse(&email, "accounts.email"))
                .transpose()?,
            phone: self
                .phone
                .map(|phone| parse(&phone, "accounts.phone"))
                .transpose()?,
            language: parse(&self.language, "accounts.language")?,
            name: Secret::new(self.name),
            representative: parse(&self.representative, "accounts.representative")?,
            representative_name: Secret::new(self.representative_name),
            password_set_at: self.password_set_at.map(Timestamp::from_micros),
            sessions_ended_at: self.sessions_ended_at.map(Timestamp::from_micros),
            version: self.version,
        })
    }
}

fn parse<T: FromStr>(text: &str, column: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(column))
}

/// Opens an account, or renews the contacts and names of the one that employer and branch have.
pub async fn open(
    tx: &mut Tx,
    id: AccountId,
    account: &NewAccount,
    at: Timestamp,
) -> Result<AccountId, StoreError> {
    let NewAccount {
        employer,
        branch,
        email,
        phone,
        language,
        name,
        representative,
        representative_name,
    } = account;
    let (id,): (Uuid,) = on!(tx, |conn| sqlx::query_as(OPEN)
        .bind(id.as_uuid())
        .bind(employer.to_string())
        .bind(branch.to_string())
        .bind(email.as_ref().map(ToString::to_string))
        .bind(phone.as_ref().map(ToString::to_string))
        .bind(Language::tag(*language))
        .bind(name)
        .bind(representative.to_string())
        .bind(representative_name)
        .bind(at.as_micros())
        .fetch_one(conn))?;
    Ok(AccountId::from_uuid(id))
}

/// What [`OPEN`] does, for many rows in one statement; a row that says nothing new is not touched.
static OPEN_MANY: LazyLock<Upsert> = LazyLock::new(|| {
    Upsert::new(Table {
        name: "accounts",
        keys: &["employer", "branch"],
        at_first: &["id", "created_at", "version", "email", "phone"],
        rest: &[
            "official_email",
            "official_phone",
            "language",
            "name",
            "representative",
            "representative_name",
        ],
        guard: "",
        also: corrected!(),
    })
});

/// The statements of [`open_many`] on a transaction's engine, for the test that prepares them.
pub fn bulk_queries(tx: &Tx) -> impl Iterator<Item = &'static str> + use<> {
    OPEN_MANY.texts(tx).iter().map(String::as_str)
}

/// Opens many accounts, or renews them; of two with the same key the last one stands. How many were new or differed.
pub async fn open_many(
    tx: &mut Tx,
    accounts: impl IntoIterator<Item = (AccountId, NewAccount)>,
    at: Timestamp,
) -> Result<u64, StoreError> {
    let accounts: BTreeMap<_, _> = accounts
        .into_iter()
        .map(|(id, account)| ((account.employer, account.branch), (id, account)))
        .collect();
    let mut values: Vec<Value> = Vec::with_capacity(accounts.len() * 13);
    for ((employer, branch), (id, account)) in accounts {
        let email = account.email.map(|email| email.to_string());
        let phone = account.phone.map(|phone| phone.to_string());
        values.extend([
            employer.to_string().into(),
            branch.to_string().into(),
            id.as_uuid().into(),
            at.as_micros().into(),
            1.into(),
            email.clone().into(),
            phone.clone().into(),
            email.into(),
            phone.into(),
            account.language.tag().into(),
            account.name.into(),
            account.representative.to_string().into(),
            account.representative_name.into(),
        ]);
    }
    OPEN_MANY.write(tx, values).await
}

/// The account of an employer and branch.
pub async fn by_key(
    tx: &mut Tx,
    employer: EmployerIdentifier,
    branch: Branch,
) -> Result<Option<Account>, StoreError> {
    let row: Option<AccountRow> = on!(tx, |conn| sqlx::query_as(BY_KEY)
        .bind(employer.to_string())
        .bind(branch.to_string())
        .fetch_optional(conn))?;
    row.map(AccountRow::read).transpose()
}

/// The account of a row.
pub async fn by_id(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    let row: Option<AccountRow> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(AccountRow::read).transpose()
}

/// The account of a row, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    let row: Option<AccountRow> = on!(tx, |conn| sqlx::query_as(LOCK)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(AccountRow::read).transpose()
}

/// The other employers with an account that are this person: the household, and the RUC of a natural person.
pub async fn linked(
    tx: &mut Tx,
    holder: Cedula,
    but: EmployerIdentifier,
) -> Result<Vec<EmployerIdentifier>, StoreError> {
    let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(LINKED)
        .bind(holder.to_string())
        .bind(format!("{holder}001"))
        .bind(but.to_string())
        .fetch_all(conn))?;
    rows.iter()
        .map(|(employer,)| parse(employer, "accounts.employer"))
        .collect()
}

/// Writes the password's hash.
pub async fn set_password(tx: &mut Tx, id: AccountId, hash: &str, at: Timestamp) -> Result<(), StoreError> {
    exactly_one(changed!(
        tx,
        sqlx::query(SET_PASSWORD)
            .bind(id.as_uuid())
            .bind(hash)
            .bind(at.as_micros())
    )?)
}

/// Accounts with a password set at `before` or earlier whose owner has a mailbox and was not reminded of it, the oldest
/// first.
pub async fn unreminded(tx: &mut Tx, before: Timestamp, most: u32) -> Result<Vec<AccountId>, StoreError> {
    let rows: Vec<(Uuid,)> = on!(tx, |conn| sqlx::query_as(UNREMINDED)
        .bind(before.as_micros())
        .bind(i64::from(most))
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(id,)| AccountId::from_uuid(id)).collect())
}

/// Writes down that the owner is reminded of a password set at `before` or earlier. Nothing changes where that was done
/// already, or where there is a newer password.
pub async fn remind(
    tx: &mut Tx,
    id: AccountId,
    before: Timestamp,
    at: Timestamp,
) -> Result<Change, StoreError> {
    let changed = changed!(
        tx,
        sqlx::query(REMIND)
            .bind(id.as_uuid())
            .bind(before.as_micros())
            .bind(at.as_micros())
    )?;
    Ok(Change::of(changed))
}

/// The hash of the password in force; `None` where there is no password.
pub async fn password_hash(tx: &mut Tx, id: AccountId) -> Result<Option<String>, StoreError> {
    let row: Option<(Option<String>,)> = on!(tx, |conn| sqlx::query_as(PASSWORD_HASH)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    Ok(row.and_then(|(hash,)| hash))
}

/// Puts another hash of the same password in the place of `old`, in the history too.
pub async fn renew_hash(tx: &mut Tx, id: AccountId, old: &str, new: &str) -> Result<Change, StoreError> {
    let changed = changed!(tx, sqlx::query(RENEW_HASH).bind(id.as_uuid()).bind(old).bind(new))?;
    changed!(
        tx,
        sqlx::query(RENEW_HISTORY).bind(id.as_uuid()).bind(old).bind(new)
    )?;
    Ok(Change::of(changed))
}

/// Ends the sessions that began before `at`.
pub async fn end_sessions(tx: &mut Tx, id: AccountId, at: Timestamp) -> Result<(), StoreError> {
    exactly_one(changed!(
        tx,
        sqlx::query(END_SESSIONS).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Writes another contact, or that there is no phone any more.
pub async fn set_contact(tx: &mut Tx, id: AccountId, wanted: &Wanted) -> Result<(), StoreError> {
    let (text, contact) = match wanted {
        Wanted::Email(email) => (SET_EMAIL, Some(email.to_string())),
        Wanted::Phone(phone) => (SET_PHONE, Some(phone.to_string())),
        Wanted::NoPhone => (SET_PHONE, None),
    };
    exactly_one(changed!(tx, sqlx::query(text).bind(id.as_uuid()).bind(contact))?)
}

/// Whether a statement did what it says, or found it done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It did.
    Made,
    /// It was so already.
    None,
}

impl Change {
    const fn of(rows: u64) -> Self {
        if rows == 0 { Self::None } else { Self::Made }
    }
}

/// Blocks an account that is not blocked.
pub async fn block(tx: &mut Tx, id: AccountId, at: Timestamp) -> Result<Change, StoreError> {
    Ok(Change::of(changed!(
        tx,
        sqlx::query(BLOCK).bind(id.as_uuid()).bind(at.as_micros())
    )?))
}

/// Lifts the block of an account that is blocked.
pub async fn unblock(tx: &mut Tx, id: AccountId) -> Result<Change, StoreError> {
    Ok(Change::of(changed!(tx, sqlx::query(UNBLOCK).bind(id.as_uuid()))?))
}

/// Freezes an account that is not frozen.
pub async fn freeze(tx: &mut Tx, id: AccountId, at: Timestamp, by: FrozenBy) -> Result<Change, StoreError> {
    let by = match by {
        FrozenBy::Owner => OWNER,
        FrozenBy::Officer => OFFICER,
    };
    Ok(Change::of(changed!(
        tx,
        sqlx::query(FREEZE)
            .bind(id.as_uuid())
            .bind(at.as_micros())
            .bind(by)
    )?))
}

/// Who froze an account. Of one that was frozen before it was written down, its owner: that is lifted with the most care.
fn frozen_by(word: Option<&str>) -> Result<FrozenBy, StoreError> {
    match word {
        None | Some(OWNER) => Ok(FrozenBy::Owner),
        Some(OFFICER) => Ok(FrozenBy::Officer),
        Some(_) => Err(StoreError::Corrupt("accounts.frozen_by")),
    }
}

/// Lifts a freeze, and takes the password in force away.
pub async fn thaw(tx: &mut Tx, id: AccountId) -> Result<Change, StoreError> {
    Ok(Change::of(changed!(tx, sqlx::query(THAW).bind(id.as_uuid()))?))
}

/// The last `count` hashes, newest first.
pub async fn last_hashes(tx: &mut Tx, account: AccountId, count: u8) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = on!(tx, |conn| sqlx::query_as(LAST_HASHES)
        .bind(account.as_uuid())
        .bind(i64::from(count))
        .fetch_all(conn))?;
    Ok(rows.into_iter().map(|(hash,)| hash).collect())
}

/// Adds a hash to the history.
pub async fn remember(
    tx: &mut Tx,
    id: Uuid,
    account: AccountId,
    hash: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(REMEMBER)
            .bind(id)
            .bind(account.as_uuid())
            .bind(hash)
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// Drops all but the last `keep` hashes.
pub async fn forget_older(tx: &mut Tx, account: AccountId, keep: u8) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(FORGET_OLDER)
            .bind(account.as_uuid())
            .bind(i64::from(keep))
    )?;
    Ok(())
}

/// Stores a freeze link.
pub async fn insert_link(
    tx: &mut Tx,
    id: Uuid,
    account: AccountId,
    token: &Digest,
    at: Timestamp,
    expires: Deadline,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(LINK_INSERT)
            .bind(id)
            .bind(account.as_uuid())
            .bind(token.as_slice())
            .bind(at.as_micros())
            .bind(expires.instant().as_micros())
    )?;
    Ok(())
}

/// The freeze link of a token's digest.
pub async fn link_by_token(tx: &mut Tx, token: &Digest) -> Result<Option<FreezeLink>, StoreError> {
    let row: Option<FreezeLinkRow> = on!(tx, |conn| sqlx::query_as(LINK_BY_TOKEN)
        .bind(token.as_slice())
        .fetch_optional(conn))?;
    Ok(row.map(|row| FreezeLink {
        id: row.id,
        account: AccountId::from_uuid(row.account_id),
        expires: Deadline::at(Timestamp::from_micros(row.expires_at)),
        used_at: row.used_at.map(Timestamp::from_micros),
    }))
}

/// Marks every freeze link of an account as used that was not. How many.
pub async fn use_links(tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(LINKS_USE)
            .bind(account.as_uuid())
            .bind(at.as_micros())
    )?)
}

/// Drops links that ended before `before`.
pub async fn purge_links(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(PURGE_LINKS).bind(before.as_micros()))?)
}

const fn exactly_one(rows: u64) -> Result<(), StoreError> {
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}
