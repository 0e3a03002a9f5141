//! SQL of sessions, devices and attempts.

use super::Principal;
use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::delegates::DelegateId;
use shared::identifiers::AccountId;
use shared::policy;
use shared::sessions::{Browser, Device, DeviceId, Ends, Network, SessionId, System};
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    BY_TOKEN,
    BY_ID,
    OF_ACCOUNT,
    NOTE_USE,
    RENEW,
    END_BY_TOKEN,
    END,
    END_OWN,
    END_OTHERS,
    END_OTHERS_OWN,
    END_OF_DELEGATE,
    END_ALL,
    END_OF_DEVICE,
    DEVICE,
    DEVICE_BY_TOKEN,
    BROWSER_IS_KNOWN,
    DEVICE_INSERT,
    DEVICE_SEEN,
    DEVICE_FORGET,
    DEVICES_FORGET,
    DEVICES_OF_DELEGATE_FORGET,
    TAKEN,
    TAKE,
    RELEASE,
    FAIL,
    FAILURES,
    CLEAR,
    PURGE_SESSIONS,
    PURGE_DEVICES,
    PURGE_ATTEMPTS,
    super::kept::BROWSERS,
    super::kept::SESSIONS,
    super::kept::END_SESSIONS,
    super::kept::FORGET_BROWSERS,
];

macro_rules! columns {
    () => {
        "id, token, account_id, delegate_id, device_id, browser, system, network, signed_in_at, began_at, used_at, expires_at"
    };
}

const INSERT: &str = concat!(
    "INSERT INTO sessions (",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
);
const BY_TOKEN: &str = concat!("SELECT ", columns!(), " FROM sessions WHERE token = $1");
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM sessions WHERE id = $1");
const OF_ACCOUNT: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM sessions WHERE account_id = $1 ORDER BY used_at DESC, id DESC"
);
const NOTE_USE: &str = "UPDATE sessions SET used_at = $2 WHERE id = $1 AND used_at < $2";
const RENEW: &str =
    "UPDATE sessions SET token = $3, began_at = $4, used_at = $4 WHERE id = $1 AND token = $2";
const END_BY_TOKEN: &str = concat!("DELETE FROM sessions WHERE token = $1 RETURNING ", columns!());
const END: &str = "DELETE FROM sessions WHERE id = $1 AND account_id = $2";
const END_OWN: &str =
    "DELETE FROM sessions WHERE id = $1 AND account_id = $2 AND delegate_id IS NOT DISTINCT FROM $3";
const END_OTHERS: &str = "DELETE FROM sessions WHERE account_id = $1 AND id <> $2";
const END_OTHERS_OWN: &str =
    "DELETE FROM sessions WHERE account_id = $1 AND id <> $2 AND delegate_id IS NOT DISTINCT FROM $3";
const END_OF_DELEGATE: &str = "DELETE FROM sessions WHERE delegate_id = $1";
const END_ALL: &str = "DELETE FROM sessions WHERE account_id = $1";
const END_OF_DEVICE: &str = "DELETE FROM sessions WHERE device_id = $1";

const DEVICE: &str = "SELECT id FROM devices WHERE id = $1 AND account_id = $2 AND expires_at > $3";
const DEVICE_BY_TOKEN: &str =
    "SELECT id FROM devices WHERE account_id = $1 AND token = $2 AND expires_at > $3";
const BROWSER_IS_KNOWN: &str =
    "SELECT COUNT(*) FROM devices WHERE (token = $1 OR browser = $1) AND expires_at > $2";
// A device that expired and was not dropped yet is met again as a new one.
const DEVICE_INSERT: &str = "INSERT INTO devices \
    (id, account_id, token, made_at, seen_at, expires_at, delegate_id, browser) \
    VALUES ($1, $2, $3, $4, $4, $5, $6, $7) ON CONFLICT (account_id, token) DO UPDATE SET \
    seen_at = excluded.seen_at, expires_at = excluded.expires_at RETURNING id";
const DEVICE_SEEN: &str = "UPDATE devices SET seen_at = $2, expires_at = $3 WHERE id = $1";
const DEVICE_FORGET: &str = "DELETE FROM devices WHERE id = $1";
const DEVICES_OF_DELEGATE_FORGET: &str = "DELETE FROM devices WHERE delegate_id = $1";
const DEVICES_FORGET: &str = "DELETE FROM devices WHERE account_id = $1";

const TAKEN: &str = "SELECT COUNT(*) FROM sign_in_attempts WHERE counter = $1 AND slot <= $2 AND at > $3";
// One statement decides: of any number of attempts at once, one gets the slot.
const TAKE: &str = "INSERT INTO sign_in_attempts (counter, slot, at, taken_by) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (counter, slot) DO UPDATE SET at = excluded.at, taken_by = excluded.taken_by, failed_at = NULL \
    WHERE sign_in_attempts.at <= $5";
const RELEASE: &str = "DELETE FROM sign_in_attempts WHERE counter = $1 AND slot = $2 AND taken_by = $3";
const FAIL: &str =
    "UPDATE sign_in_attempts SET failed_at = $4 WHERE counter = $1 AND slot = $2 AND taken_by = $3";
const FAILURES: &str =
    "SELECT COUNT(*) FROM sign_in_attempts WHERE counter = $1 AND failed_at IS NOT NULL AND at > $2";
const CLEAR: &str = "DELETE FROM sign_in_attempts WHERE counter = $1";

const PURGE_SESSIONS: &str = "DELETE FROM sessions WHERE expires_at <= $1 OR used_at <= $2";
const PURGE_DEVICES: &str = "DELETE FROM devices WHERE expires_at <= $1 \
    AND NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.device_id = devices.id)";
const PURGE_ATTEMPTS: &str = "DELETE FROM sign_in_attempts WHERE at <= $1";

/// A session as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct SessionRow {
    /// Its id.
    pub id: SessionId,
    /// Keyed digest of its cookie.
    pub token: Digest,
    /// The account that is signed in to.
    pub account: AccountId,
    /// The delegate who is signed in; nothing for the owner.
    pub delegate: Option<DelegateId>,
    /// The browser that signed in.
    pub device: DeviceId,
    /// What that browser said of itself.
    pub shown: Device,
    /// From which network.
    pub network: Option<Network>,
    /// When somebody signed in.
    pub signed_in_at: Timestamp,
    /// When its cookie was made.
    pub began_at: Timestamp,
    /// When a use was noted last.
    pub used_at: Timestamp,
    /// When it ends in any case.
    pub expires: Deadline,
}

impl SessionRow {
    /// Whose it is.
    pub const fn principal(&self) -> Principal {
        Principal {
            account: self.account,
            delegate: self.delegate,
        }
    }

    /// When it ends by itself.
    pub fn ends(&self, policy: policy::Sessions) -> Ends {
        Ends::of(policy, self.used_at, self.expires)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    token: Vec<u8>,
    account_id: Uuid,
    delegate_id: Option<Uuid>,
    device_id: Uuid,
    browser: String,
    system: String,
    network: Option<String>,
    signed_in_at: i64,
    began_at: i64,
    used_at: i64,
    expires_at: i64,
}

impl Row {
    fn read(self) -> Result<SessionRow, StoreError> {
        let network = self
            .network
            .map(|network| {
                network
                    .parse()
                    .map_err(|_| StoreError::Corrupt("sessions.network"))
            })
            .transpose()?;
        Ok(SessionRow {
            id: SessionId::from_uuid(self.id),
            token: self
                .token
                .try_into()
                .map_err(|_| StoreError::Corrupt("sessions.token"))?,
            account: AccountId::from_uuid(self.account_id),
            delegate: self.delegate_id.map(DelegateId::from_uuid),
            device: DeviceId::from_uuid(self.device_id),
            shown: Device {
                browser: Browser::of_word(&self.browser),
                system: System::of_word(&self.system),
            },
            network,
            signed_in_at: Timestamp::from_micros(self.signed_in_at),
            began_at: Timestamp::from_micros(self.began_at),
            used_at: Timestamp::from_micros(self.used_at),
            expires: Deadline::at(Timestamp::from_micros(self.expires_at)),
        })
    }
}

/// Stores a session.
pub async fn insert(tx: &mut Tx, session: &SessionRow) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(session.id.as_uuid())
            .bind(session.token.as_slice())
            .bind(session.account.as_uuid())
            .bind(session.delegate.map(DelegateId::as_uuid))
            .bind(session.device.as_uuid())
            .bind(session.shown.browser.as_str())
            .bind(session.shown.system.as_str())
            .bind(session.network.map(|network| network.to_string()))
            .bind(session.signed_in_at.as_micros())
            .bind(session.began_at.as_micros())
            .bind(session.used_at.as_micros())
            .bind(session.expires.instant().as_micros())
    )?;
    Ok(())
}

/// The session of a cookie's digest, whether it is over or not.
pub async fn by_token(tx: &mut Tx, token: &Digest) -> Result<Option<SessionRow>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_TOKEN)
        .bind(token.as_slice())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// A session by its row, whether it is over or not.
pub async fn by_id(tx: &mut Tx, id: SessionId) -> Result<Option<SessionRow>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// All sessions of an account that were not ended, the last used first; also those whose time is over.
pub async fn of_account(tx: &mut Tx, account: AccountId) -> Result<Vec<SessionRow>, StoreError> {
    let rows: Vec<Row> = on!(tx, |conn| sqlx::query_as(OF_ACCOUNT)
        .bind(account.as_uuid())
        .fetch_all(conn))?;
    rows.into_iter().map(Row::read).collect()
}

/// Writes down a use.
pub async fn note_use(tx: &mut Tx, id: SessionId, at: Timestamp) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(NOTE_USE).bind(id.as_uuid()).bind(at.as_micros()))?;
    Ok(())
}

/// Gives a session another cookie. [`StoreError::Changed`] when it has another one already.
pub async fn renew(
    tx: &mut Tx,
    id: SessionId,
    old: &Digest,
    new: &Digest,
    at: Timestamp,
) -> Result<(), StoreError> {
    let changed = changed!(
        tx,
        sqlx::query(RENEW)
            .bind(id.as_uuid())
            .bind(old.as_slice())
            .bind(new.as_slice())
            .bind(at.as_micros())
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}

/// Ends the session of a cookie's digest, and says which one it was.
pub async fn end_by_token(tx: &mut Tx, token: &Digest) -> Result<Option<SessionRow>, StoreError> {
    let row: Option<Row> = on!(tx, |conn| sqlx::query_as(END_BY_TOKEN)
        .bind(token.as_slice())
        .fetch_optional(conn))?;
    row.map(Row::read).transpose()
}

/// Ends one session that somebody may end: the owner any of the account's, a delegate one of their own. How many rows that
/// were: one, or none when there is no such session.
pub async fn end(tx: &mut Tx, id: SessionId, by: Principal) -> Result<u64, StoreError> {
    let (id, account) = (id.as_uuid(), by.account.as_uuid());
    Ok(match by.delegate {
        None => changed!(tx, sqlx::query(END).bind(id).bind(account))?,
        Some(delegate) => changed!(
            tx,
            sqlx::query(END_OWN)
                .bind(id)
                .bind(account)
                .bind(delegate.as_uuid())
        )?,
    })
}

/// Ends every session that somebody may end but one. How many.
pub async fn end_others(tx: &mut Tx, by: Principal, but: SessionId) -> Result<u64, StoreError> {
    let (account, but) = (by.account.as_uuid(), but.as_uuid());
    Ok(match by.delegate {
        None => changed!(tx, sqlx::query(END_OTHERS).bind(account).bind(but))?,
        Some(delegate) => changed!(
            tx,
            sqlx::query(END_OTHERS_OWN)
                .bind(account)
                .bind(but)
                .bind(delegate.as_uuid())
        )?,
    })
}

/// Ends every session of a delegate.
pub async fn end_of_delegate(tx: &mut Tx, delegate: DelegateId) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(END_OF_DELEGATE).bind(delegate.as_uuid())
    )?)
}

/// Forgets every device of a delegate whose sessions were ended.
pub async fn forget_devices_of_delegate(tx: &mut Tx, delegate: DelegateId) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(DEVICES_OF_DELEGATE_FORGET).bind(delegate.as_uuid())
    )?;
    Ok(())
}

/// Ends every session of an account.
pub async fn end_all(tx: &mut Tx, account: AccountId) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(END_ALL).bind(account.as_uuid()))?;
    Ok(())
}

/// Whether an account (still) knows a device.
pub async fn knows(
    tx: &mut Tx,
    id: DeviceId,
    account: AccountId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let row: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(DEVICE)
        .bind(id.as_uuid())
        .bind(account.as_uuid())
        .bind(now.as_micros())
        .fetch_optional(conn))?;
    Ok(row.is_some())
}

/// The device by which an account knows a browser.
pub async fn device_by_token(
    tx: &mut Tx,
    account: AccountId,
    token: &Digest,
    now: Timestamp,
) -> Result<Option<DeviceId>, StoreError> {
    let row: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(DEVICE_BY_TOKEN)
        .bind(account.as_uuid())
        .bind(token.as_slice())
        .bind(now.as_micros())
        .fetch_optional(conn))?;
    Ok(row.map(|(id,)| DeviceId::from_uuid(id)))
}

/// Whether any account knows a browser: then its token is one that we made.
pub async fn is_known_browser(tx: &mut Tx, token: &Digest, now: Timestamp) -> Result<bool, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(BROWSER_IS_KNOWN)
        .bind(token.as_slice())
        .bind(now.as_micros())
        .fetch_one(conn))?;
    Ok(count > 0)
}

/// By what a browser is known: its token, for a delegate bound to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What is looked up.
    pub token: Digest,
    /// The digest of the browser's token alone.
    pub browser: Digest,
}

/// Makes somebody's browser known, or known longer.
pub async fn remember_device(
    tx: &mut Tx,
    id: DeviceId,
    whose: Principal,
    mark: &Mark,
    at: Timestamp,
    expires: Timestamp,
) -> Result<DeviceId, StoreError> {
    // The owner's token is the browser's itself.
    let browser = whose.delegate.map(|_| mark.browser.as_slice());
    let (id,): (Uuid,) = on!(tx, |conn| sqlx::query_as(DEVICE_INSERT)
        .bind(id.as_uuid())
        .bind(whose.account.as_uuid())
        .bind(mark.token.as_slice())
        .bind(at.as_micros())
        .bind(expires.as_micros())
        .bind(whose.delegate.map(DelegateId::as_uuid))
        .bind(browser)
        .fetch_one(conn))?;
    Ok(DeviceId::from_uuid(id))
}

/// Notes another successful sign-in of a device.
pub async fn see_device(
    tx: &mut Tx,
    id: DeviceId,
    at: Timestamp,
    expires: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(DEVICE_SEEN)
            .bind(id.as_uuid())
            .bind(at.as_micros())
            .bind(expires.as_micros())
    )?;
    Ok(())
}

/// Forgets a device, and with it its sessions. How many devices that were: one, or none.
pub async fn forget_device(tx: &mut Tx, id: DeviceId) -> Result<u64, StoreError> {
    changed!(tx, sqlx::query(END_OF_DEVICE).bind(id.as_uuid()))?;
    Ok(changed!(tx, sqlx::query(DEVICE_FORGET).bind(id.as_uuid()))?)
}

/// Forgets every device of an account whose sessions were ended.
pub async fn forget_devices(tx: &mut Tx, account: AccountId) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(DEVICES_FORGET).bind(account.as_uuid()))?;
    Ok(())
}

/// How many of the first `slots` slots of a tally are taken since `since`.
pub async fn taken(tx: &mut Tx, tally: &Digest, slots: u8, since: Timestamp) -> Result<i64, StoreError> {
    let (count,): (i64,) = on!(tx, |conn| sqlx::query_as(TAKEN)
        .bind(tally.as_slice())
        .bind(i64::from(slots))
        .bind(since.as_micros())
        .fetch_one(conn))?;
    Ok(count)
}

/// Takes a slot that nobody took since `since`. How many rows that were: one, or none when somebody was quicker.
pub async fn take(
    tx: &mut Tx,
    tally: &Digest,
    slot: u8,
    by: Uuid,
    at: Timestamp,
    since: Timestamp,
) -> Result<u64, StoreError> {
    Ok(changed!(
        tx,
        sqlx::query(TAKE)
            .bind(tally.as_slice())
            .bind(i64::from(slot))
            .bind(at.as_micros())
            .bind(by)
            .bind(since.as_micros())
    )?)
}

/// Gives a slot back.
pub async fn release(tx: &mut Tx, tally: &Digest, slot: u8, by: Uuid) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(RELEASE)
            .bind(tally.as_slice())
            .bind(i64::from(slot))
            .bind(by)
    )?;
    Ok(())
}

/// Marks an attempt as failed, and says how many failures now count.
pub async fn fail(
    tx: &mut Tx,
    tally: &Digest,
    slot: u8,
    by: Uuid,
    at: Timestamp,
    since: Timestamp,
) -> Result<i64, StoreError> {
    changed!(
        tx,
        sqlx::query(FAIL)
            .bind(tally.as_slice())
            .bind(i64::from(slot))
            .bind(by)
            .bind(at.as_micros())
    )?;
    let (failures,): (i64,) = on!(tx, |conn| sqlx::query_as(FAILURES)
        .bind(tally.as_slice())
        .bind(since.as_micros())
        .fetch_one(conn))?;
    Ok(failures)
}

/// Forgets all attempts of a tally.
pub async fn clear(tx: &mut Tx, tally: &Digest) -> Result<(), StoreError> {
    changed!(tx, sqlx::query(CLEAR).bind(tally.as_slice()))?;
    Ok(())
}

/// Drops sessions that ended by `now` or were not used since `unused_since`, devices that ended by `now`, and attempts made
/// by `attempts_before`. How many rows.
pub async fn purge(
    tx: &mut Tx,
    now: Timestamp,
    unused_since: Timestamp,
    attempts_before: Timestamp,
) -> Result<u64, StoreError> {
    let sessions = changed!(
        tx,
        sqlx::query(PURGE_SESSIONS)
            .bind(now.as_micros())
            .bind(unused_since.as_micros())
    )?;
    let devices = changed!(tx, sqlx::query(PURGE_DEVICES).bind(now.as_micros()))?;
    let attempts = changed!(tx, sqlx::query(PURGE_ATTEMPTS).bind(attempts_before.as_micros()))?;
    Ok(sessions + devices + attempts)
}
