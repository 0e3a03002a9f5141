//! SQL of changes of contacts and their links.

use super::record::{LinkRecord, Purpose, Record};
use crate::keys::Digest;
use crate::notifications::Address;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::contacts::{Asked, Canceller, Consent, ContactKind, State, Wanted};
use shared::identifiers::{AccountId, ContactChangeId, LinkId};
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    BY_ID,
    PENDING,
    HOLD,
    ASK,
    CONSENT,
    END,
    POSTPONE,
    DUE,
    LAST_CHANGE,
    LINK_INSERT,
    LINK_BY_TOKEN,
    LINKS_REPLACE,
    LINK_USE,
    REPLACED,
    REPLACED_OF,
    FORGET_REPLACED,
    PURGE_LINKS,
    PURGE_CHANGES,
    super::kept::CHANGES,
    super::kept::REPLACED,
];

macro_rules! columns {
    () => {
        "id, account_id, kind, value, replaces, state, cancelled_by, requested_at, held_at, deadline, ended_at, \
         asked, confirmed_at"
    };
}

const INSERT: &str = concat!(
    "INSERT INTO contact_changes (",
    columns!(),
    ", due_at) VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, $8, $9, NULL, $10, NULL, $9)"
);
const BY_ID: &str = concat!("SELECT ", columns!(), " FROM contact_changes WHERE id = $1");
const PENDING: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM contact_changes WHERE account_id = $1 AND ended_at IS NULL ORDER BY kind"
);
// The one statement that begins the hold of a change that was confirmed. It changes one row, or nothing is held.
const HOLD: &str = "UPDATE contact_changes \
    SET state = 'held', held_at = $2, deadline = $3, due_at = $3, replaces = $4 \
    WHERE id = $1 AND state = 'requested' AND ended_at IS NULL AND deadline > $2";
// The hold of a signed request is over: the new contact is asked.
const ASK: &str = "UPDATE contact_changes SET state = 'confirming', deadline = $2, due_at = $2 \
    WHERE id = $1 AND state = 'held' AND asked = 'signature' AND confirmed_at IS NULL AND ended_at IS NULL";
// It said yes, and something else is in the way: as if the hold ended now.
const CONSENT: &str = "UPDATE contact_changes \
    SET state = 'held', confirmed_at = $2, deadline = $2, due_at = $2 \
    WHERE id = $1 AND state = 'confirming' AND ended_at IS NULL AND deadline > $2";
// However it ends, the new contact is forgotten here.
const END: &str = "UPDATE contact_changes \
    SET state = $3, cancelled_by = $4, ended_at = $5, value = NULL, deadline = NULL, due_at = NULL \
    WHERE id = $1 AND state = $2 AND ended_at IS NULL";
// Not one that goes on at a later time: that time stands.
const POSTPONE: &str = "UPDATE contact_changes SET due_at = $2 \
    WHERE id = $1 AND ended_at IS NULL AND deadline <= $3";
const DUE: &str = "SELECT id, account_id FROM contact_changes WHERE due_at <= $1 ORDER BY due_at LIMIT $2";
const LAST_CHANGE: &str =
    "SELECT MAX(ended_at) FROM contact_changes WHERE account_id = $1 AND state = 'applied'";

const LINK_INSERT: &str =
    "INSERT INTO contact_links (id, change_id, purpose, token, made_at) VALUES ($1, $2, $3, $4, $5)";
const LINK_BY_TOKEN: &str = "SELECT id, change_id, used_at, replaced_at FROM contact_links \
    WHERE token = $1 AND purpose = $2";
const LINKS_REPLACE: &str = "UPDATE contact_links SET replaced_at = $3 \
    WHERE change_id = $1 AND purpose = $2 AND used_at IS NULL AND replaced_at IS NULL";
// The one statement that uses a link up; that its change still waits for it is guarded by the change's own statement, in
// the same transaction.
const LINK_USE: &str = "UPDATE contact_links SET used_at = $2 \
    WHERE id = $1 AND used_at IS NULL AND replaced_at IS NULL RETURNING id";

const REPLACED: &str =
    "INSERT INTO replaced_contacts (change_id, account_id, kind, value, until) VALUES ($1, $2, $3, $4, $5)";
const REPLACED_OF: &str =
    "SELECT kind, value FROM replaced_contacts WHERE account_id = $1 AND until > $2 ORDER BY change_id";
const FORGET_REPLACED: &str = "DELETE FROM replaced_contacts WHERE until <= $1";

const PURGE_LINKS: &str = "DELETE FROM contact_links WHERE change_id IN \
    (SELECT id FROM contact_changes WHERE ended_at <= $1)";
const PURGE_CHANGES: &str = "DELETE FROM contact_changes \
    WHERE (ended_at <= $1 AND state <> 'applied') OR ended_at <= $2";

#[derive(sqlx::FromRow)]
struct ChangeRow {
    id: Uuid,
    account_id: Uuid,
    kind: String,
    value: Option<String>,
    replaces: Option<Vec<u8>>,
    state: String,
    cancelled_by: Option<String>,
    requested_at: i64,
    held_at: Option<i64>,
    deadline: Option<i64>,
    ended_at: Option<i64>,
    asked: String,
    confirmed_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct LinkRow {
    id: Uuid,
    change_id: Uuid,
    used_at: Option<i64>,
    replaced_at: Option<i64>,
}

impl ChangeRow {
    fn read(self) -> Result<Record, StoreError> {
        let kind = kind_of(&self.kind)?;
        let state = self.state()?;
        let wanted = match (kind, self.value) {
            _ if !state.is_pending() => None,
            (ContactKind::Email, Some(email)) => Some(Wanted::Email(
                email
                    .parse()
                    .map_err(|_| StoreError::Corrupt("contact_changes.value"))?,
            )),
            (ContactKind::Phone, Some(phone)) => Some(Wanted::Phone(
                phone
                    .parse()
                    .map_err(|_| StoreError::Corrupt("contact_changes.value"))?,
            )),
            (ContactKind::Phone, None) => Some(Wanted::NoPhone),
            (ContactKind::Email, None) => return Err(StoreError::Corrupt("contact_changes.value")),
        };
        let replaces = self
            .replaces
            .map(|digest| {
                digest
                    .try_into()
                    .map_err(|_| StoreError::Corrupt("contact_changes.replaces"))
            })
            .transpose()?;
        Ok(Record {
            id: ContactChangeId::from_uuid(self.id),
            account: AccountId::from_uuid(self.account_id),
            kind,
            wanted,
            replaces,
            asked: asked_of(&self.asked)?,
            state,
            requested_at: Timestamp::from_micros(self.requested_at),
        })
    }

    fn state(&self) -> Result<State, StoreError> {
        let time = |column: Option<i64>| {
            column
                .map(Timestamp::from_micros)
                .ok_or(StoreError::Corrupt("contact_changes: a time is missing"))
        };
        Ok(match self.state.as_str() {
            "requested" => State::Requested {
                until: Deadline::at(time(self.deadline)?),
            },
            "held" => State::Held {
                since: time(self.held_at)?,
                until: Deadline::at(time(self.deadline)?),
                consent: self.consent()?,
            },
            "confirming" => State::Confirming {
                since: time(self.held_at)?,
                until: Deadline::at(time(self.deadline)?),
            },
            "applied" => State::Applied {
                at: time(self.ended_at)?,
            },
            "cancelled" => State::Cancelled {
                at: time(self.ended_at)?,
                by: canceller_of(self.cancelled_by.as_deref())?,
            },
            "lapsed" => State::Lapsed {
                at: time(self.ended_at)?,
            },
            "replaced" => State::Replaced {
                at: time(self.ended_at)?,
            },
            _ => return Err(StoreError::Corrupt("contact_changes.state")),
        })
    }
}

impl ChangeRow {
    /// Whether the new contact of a held change has said yes.
    fn consent(&self) -> Result<Consent, StoreError> {
        Ok(match (asked_of(&self.asked)?, &self.value, self.confirmed_at) {
            // A removal needs none.
            (Asked::Session, _, _)
            | (Asked::Signature | Asked::Counter, None, _)
            | (Asked::Signature | Asked::Counter, Some(_), Some(_)) => Consent::Given,
            (Asked::Signature | Asked::Counter, Some(_), None) => Consent::Awaited,
        })
    }
}

/// Writes a change that was just asked for, or is held without having been asked for first.
pub async fn insert(tx: &mut Tx, record: &Record) -> Result<(), StoreError> {
    let (held_at, deadline) = match record.state {
        State::Requested { until } => (None, until),
        State::Held { since, until, .. } | State::Confirming { since, until } => {
            (Some(since.as_micros()), until)
        }
        State::Applied { .. } | State::Cancelled { .. } | State::Lapsed { .. } | State::Replaced { .. } => {
            return Err(StoreError::Corrupt("a new change that is none"));
        }
    };
    let value = match &record.wanted {
        Some(Wanted::Email(email)) => Some(email.to_string()),
        Some(Wanted::Phone(phone)) => Some(phone.to_string()),
        Some(Wanted::NoPhone) | None => None,
    };
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(record.id.as_uuid())
            .bind(record.account.as_uuid())
            .bind(kind_name(record.kind))
            .bind(value)
            .bind(record.replaces.as_ref().map(<[u8; 32]>::as_slice))
            .bind(state_name(record.state))
            .bind(record.requested_at.as_micros())
            .bind(held_at)
            .bind(deadline.instant().as_micros())
            .bind(asked_name(record.asked))
    )?;
    Ok(())
}

/// A change. Whoever is to change it has locked its account.
pub async fn by_id(tx: &mut Tx, id: ContactChangeId) -> Result<Option<Record>, StoreError> {
    let row: Option<ChangeRow> = on!(tx, |conn| sqlx::query_as(BY_ID)
        .bind(id.as_uuid())
        .fetch_optional(conn))?;
    row.map(ChangeRow::read).transpose()
}

/// The changes of an account that are under way: at most one a kind.
pub async fn pending(tx: &mut Tx, account: AccountId) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<ChangeRow> = on!(tx, |conn| sqlx::query_as(PENDING)
        .bind(account.as_uuid())
        .fetch_all(conn))?;
    rows.into_iter().map(ChangeRow::read).collect()
}

/// Begins the hold of a change that waited for its confirmation. [`StoreError::Changed`] when it does not wait any more.
pub async fn hold(
    tx: &mut Tx,
    id: ContactChangeId,
    since: Timestamp,
    until: Deadline,
    replaces: Option<&Digest>,
) -> Result<(), StoreError> {
    exactly_one(changed!(
        tx,
        sqlx::query(HOLD)
            .bind(id.as_uuid())
            .bind(since.as_micros())
            .bind(until.instant().as_micros())
            .bind(replaces.map(<[u8; 32]>::as_slice))
    )?)
}

/// Lets a change of a signed request, whose hold is over, wait for its confirmation. [`StoreError::Changed`] when it is not held.
pub async fn ask(tx: &mut Tx, id: ContactChangeId, until: Deadline) -> Result<(), StoreError> {
    exactly_one(changed!(
        tx,
        sqlx::query(ASK)
            .bind(id.as_uuid())
            .bind(until.instant().as_micros())
    )?)
}

/// Holds a change that was confirmed after its hold for as long as something is in the way. [`StoreError::Changed`] when it
/// does not wait for its confirmation any more.
pub async fn consent(tx: &mut Tx, id: ContactChangeId, at: Timestamp) -> Result<(), StoreError> {
    exactly_one(changed!(
        tx,
        sqlx::query(CONSENT).bind(id.as_uuid()).bind(at.as_micros())
    )?)
}

/// Ends a change that stands at `from`, and forgets the new contact. [`StoreError::Changed`] when it does not stand there.
pub async fn end(tx: &mut Tx, id: ContactChangeId, from: State, ended: State) -> Result<(), StoreError> {
    let at = ended
        .ended_at()
        .ok_or(StoreError::Corrupt("an end of a change that is none"))?;
    let by = match ended {
        State::Cancelled { at: _, by } => Some(canceller_name(by)),
        State::Requested { .. }
        | State::Held { .. }
        | State::Confirming { .. }
        | State::Applied { .. }
        | State::Lapsed { .. }
        | State::Replaced { .. } => None,
    };
    exactly_one(changed!(
        tx,
        sqlx::query(END)
            .bind(id.as_uuid())
            .bind(state_name(from))
            .bind(state_name(ended))
            .bind(by)
            .bind(at.as_micros())
    )?)
}

/// Lets the job look at a change again at `due` that something keeps from going on at `now`.
pub async fn postpone(
    tx: &mut Tx,
    id: ContactChangeId,
    due: Timestamp,
    now: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(POSTPONE)
            .bind(id.as_uuid())
            .bind(due.as_micros())
            .bind(now.as_micros())
    )?;
    Ok(())
}

/// Changes that the job is to look at, with their accounts; those that have waited longest first.
pub async fn due(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(ContactChangeId, AccountId)>, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = on!(tx, |conn| sqlx::query_as(DUE)
        .bind(now.as_micros())
        .bind(limit)
        .fetch_all(conn))?;
    Ok(rows
        .into_iter()
        .map(|(id, account)| (ContactChangeId::from_uuid(id), AccountId::from_uuid(account)))
        .collect())
}

/// When a change of the account was applied last.
pub async fn last_change(tx: &mut Tx, account: AccountId) -> Result<Option<Timestamp>, StoreError> {
    let (at,): (Option<i64>,) = on!(tx, |conn| sqlx::query_as(LAST_CHANGE)
        .bind(account.as_uuid())
        .fetch_one(conn))?;
    Ok(at.map(Timestamp::from_micros))
}

/// Keeps a contact that a change replaced, until `until`.
pub async fn keep_replaced(
    tx: &mut Tx,
    change: ContactChangeId,
    account: AccountId,
    replaced: &Address,
    until: Timestamp,
) -> Result<(), StoreError> {
    let (kind, value) = match replaced {
        Address::Email(email) => (ContactKind::Email, email.to_string()),
        Address::Phone(phone) => (ContactKind::Phone, phone.to_string()),
    };
    changed!(
        tx,
        sqlx::query(REPLACED)
            .bind(change.as_uuid())
            .bind(account.as_uuid())
            .bind(kind_name(kind))
            .bind(value)
            .bind(until.as_micros())
    )?;
    Ok(())
}

/// The contacts that an account had until lately, the oldest first.
pub async fn replaced(tx: &mut Tx, account: AccountId, now: Timestamp) -> Result<Vec<Address>, StoreError> {
    let corrupt = || StoreError::Corrupt("replaced_contacts.value");
    let rows: Vec<(String, String)> = on!(tx, |conn| sqlx::query_as(REPLACED_OF)
        .bind(account.as_uuid())
        .bind(now.as_micros())
        .fetch_all(conn))?;
    rows.into_iter()
        .map(|(kind, value)| {
            Ok(match kind_of(&kind)? {
                ContactKind::Email => Address::Email(value.parse().map_err(|_| corrupt())?),
                ContactKind::Phone => Address::Phone(value.parse().map_err(|_| corrupt())?),
            })
        })
        .collect()
}

/// Forgets the contacts whose time is over; how many.
pub async fn forget_replaced(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    Ok(changed!(tx, sqlx::query(FORGET_REPLACED).bind(now.as_micros()))?)
}

/// Stores a link.
pub async fn insert_link(
    tx: &mut Tx,
    id: LinkId,
    change: ContactChangeId,
    purpose: Purpose,
    token: &Digest,
    at: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(LINK_INSERT)
            .bind(id.as_uuid())
            .bind(change.as_uuid())
            .bind(purpose.as_str())
            .bind(token.as_slice())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// The link of a token's digest, if it was made for `purpose`.
pub async fn link_by_token(
    tx: &mut Tx,
    token: &Digest,
    purpose: Purpose,
) -> Result<Option<LinkRecord>, StoreError> {
    let row: Option<LinkRow> = on!(tx, |conn| sqlx::query_as(LINK_BY_TOKEN)
        .bind(token.as_slice())
        .bind(purpose.as_str())
        .fetch_optional(conn))?;
    Ok(row.map(|row| LinkRecord {
        id: LinkId::from_uuid(row.id),
        change: ContactChangeId::from_uuid(row.change_id),
        used_at: row.used_at.map(Timestamp::from_micros),
        replaced_at: row.replaced_at.map(Timestamp::from_micros),
    }))
}

/// Ends the open links of a change that were made for `purpose`: a newer one takes their place.
pub async fn replace_links(
    tx: &mut Tx,
    change: ContactChangeId,
    purpose: Purpose,
    at: Timestamp,
) -> Result<(), StoreError> {
    changed!(
        tx,
        sqlx::query(LINKS_REPLACE)
            .bind(change.as_uuid())
            .bind(purpose.as_str())
            .bind(at.as_micros())
    )?;
    Ok(())
}

/// Uses a link up. [`StoreError::Changed`] when somebody else did.
pub async fn use_link(tx: &mut Tx, id: LinkId, at: Timestamp) -> Result<(), StoreError> {
    let used: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(LINK_USE)
        .bind(id.as_uuid())
        .bind(at.as_micros())
        .fetch_optional(conn))?;
    used.map(|_| ()).ok_or(StoreError::Changed)
}

/// Deletes changes that ended at `before` or earlier, with their links; those that were applied stay until they ended at
/// `applied_before`, without links. How many changes.
pub async fn purge(tx: &mut Tx, before: Timestamp, applied_before: Timestamp) -> Result<u64, StoreError> {
    changed!(tx, sqlx::query(PURGE_LINKS).bind(before.as_micros()))?;
    Ok(changed!(
        tx,
        sqlx::query(PURGE_CHANGES)
            .bind(before.as_micros())
            .bind(applied_before.as_micros())
    )?)
}

const fn kind_name(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Email => "email",
        ContactKind::Phone => "phone",
    }
}

fn kind_of(name: &str) -> Result<ContactKind, StoreError> {
    match name {
        "email" => Ok(ContactKind::Email),
        "phone" => Ok(ContactKind::Phone),
        _ => Err(StoreError::Corrupt("contact_changes.kind")),
    }
}

const fn state_name(state: State) -> &'static str {
    match state {
        State::Requested { .. } => "requested",
        State::Held { .. } => "held",
        State::Confirming { .. } => "confirming",
        State::Applied { .. } => "applied",
        State::Cancelled { .. } => "cancelled",
        State::Lapsed { .. } => "lapsed",
        State::Replaced { .. } => "replaced",
    }
}

const fn asked_name(asked: Asked) -> &'static str {
    match asked {
        Asked::Session => "session",
        Asked::Signature => "signature",
        Asked::Counter => "counter",
    }
}

fn asked_of(name: &str) -> Result<Asked, StoreError> {
    match name {
        "session" => Ok(Asked::Session),
        "signature" => Ok(Asked::Signature),
        "counter" => Ok(Asked::Counter),
        _ => Err(StoreError::Corrupt("contact_changes.asked")),
    }
}

const fn canceller_name(by: Canceller) -> &'static str {
    match by {
        Canceller::Link => "link",
        Canceller::Owner => "owner",
        Canceller::Freeze => "freeze",
        Canceller::Password => "password",
        Canceller::Correction => "correction",
    }
}

fn canceller_of(name: Option<&str>) -> Result<Canceller, StoreError> {
    match name {
        Some("link") => Ok(Canceller::Link),
        Some("owner") => Ok(Canceller::Owner),
        Some("freeze") => Ok(Canceller::Freeze),
        Some("password") => Ok(Canceller::Password),
        Some("correction") => Ok(Canceller::Correction),
        Some(_) | None => Err(StoreError::Corrupt("contact_changes.cancelled_by")),
    }
}

const fn exactly_one(rows: u64) -> Result<(), StoreError> {
    if rows == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}
