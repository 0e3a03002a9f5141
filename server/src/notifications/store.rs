//! SQL of the outbox.

use crate::notifications::{Address, Channel, Content, NewMessage, Outgoing, Recipient};
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::identifiers::{AccountId, CaseId, MessageId};
use shared::time::Timestamp;
use std::time::Duration;
use uuid::Uuid;

/// Every text, for the test that prepares them on both engines.
pub const QUERIES: &[&str] = &[
    INSERT,
    LEASE,
    FINISH,
    POSTPONE,
    NEXT_DUE,
    WAITING,
    DROP,
    COUNT_ACCEPTED,
    PURGE,
    super::kept::MESSAGES,
    super::kept::FORGET,
];

/// The text that only PostgreSQL reads.
pub const QUERIES_POSTGRES: &[&str] = &[LEASE_SKIP_LOCKED];

const INSERT: &str = "INSERT INTO outbox \
    (id, kind, channel, account_id, case_id, language, facts, address, state, attempts, queued_at, due_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', 0, $9, $9, $10)";

// Links come first and test mails last, however much is due: somebody waits for a link, and its time ends soon. The two engines differ here and nowhere
// else: SQLite has one writer, so the choice and the change are one statement; on PostgreSQL other workers' rows are
// stepped over instead of waited for.
const LEASE: &str = "UPDATE outbox SET state = 'sending', attempts = attempts + 1, due_at = $2 WHERE id = COALESCE( \
    (SELECT id FROM outbox WHERE finished_at IS NULL AND kind IN ('recovery_link', 'unlock_link') AND channel = $3 \
    AND due_at <= $1 ORDER BY due_at, id LIMIT 1), \
    (SELECT id FROM outbox WHERE finished_at IS NULL AND channel = $3 AND due_at <= $1 AND kind <> 'deliverability_test' \
    ORDER BY due_at, id LIMIT 1), \
    (SELECT id FROM outbox WHERE finished_at IS NULL AND channel = $3 AND due_at <= $1 ORDER BY due_at, id LIMIT 1)) \
    RETURNING id, channel, account_id, case_id, language, facts, address, attempts, queued_at, expires_at";

const LEASE_SKIP_LOCKED: &str = "UPDATE outbox SET state = 'sending', attempts = attempts + 1, due_at = $2 WHERE id = COALESCE( \
    (SELECT id FROM outbox WHERE finished_at IS NULL AND kind IN ('recovery_link', 'unlock_link') AND channel = $3 \
    AND due_at <= $1 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED), \
    (SELECT id FROM outbox WHERE finished_at IS NULL AND channel = $3 AND due_at <= $1 AND kind <> 'deliverability_test' \
    ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED), \
    (SELECT id FROM outbox WHERE finished_at IS NULL AND channel = $3 AND due_at <= $1 ORDER BY due_at, id LIMIT 1 \
    FOR UPDATE SKIP LOCKED)) \
    RETURNING id, channel, account_id, case_id, language, facts, address, attempts, queued_at, expires_at";

const FINISH: &str = "UPDATE outbox SET state = $3, finished_at = $4, last_code = $5, address = NULL \
    WHERE id = $1 AND attempts = $2 AND state = 'sending'";

const POSTPONE: &str = "UPDATE outbox SET state = 'queued', due_at = $3, last_code = $4 \
    WHERE id = $1 AND attempts = $2 AND state = 'sending'";

const NEXT_DUE: &str = "SELECT MIN(due_at) FROM outbox WHERE finished_at IS NULL AND channel = $1";

const WAITING: &str =
    "SELECT COUNT(*), MIN(queued_at) FROM outbox WHERE finished_at IS NULL AND channel = $1";

const DROP: &str = "UPDATE outbox SET state = 'dropped', finished_at = $2, address = NULL WHERE id = $1";

const COUNT_ACCEPTED: &str =
    "SELECT COUNT(*) FROM outbox WHERE state = 'accepted' AND channel = $1 AND finished_at > $2";

// Ids begin with the time of queuing, so the primary key finds the old ones.
const PURGE: &str = "DELETE FROM outbox WHERE id < $1 AND finished_at <= $2";

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The mail server or gateway took it over.
    Accepted,
    /// The mail server or gateway refused it for good.
    Rejected,
    /// Its time ended first.
    Expired,
    /// There was nobody to send it to any more.
    Dropped,
}

impl End {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Expired => "expired",
            Self::Dropped => "dropped",
        }
    }
}

/// Writes a message.
pub async fn insert(
    tx: &mut Tx,
    id: MessageId,
    message: &NewMessage,
    at: Timestamp,
) -> Result<(), StoreError> {
    let address = match &message.recipient {
        Recipient::Owner { .. } => None,
        Recipient::Typed { address, account: _ } => Some(match address {
            Address::Email(email) => email.to_string(),
            Address::Phone(phone) => phone.to_string(),
        }),
    };
    let facts = serde_json::to_string(&message.content).map_err(|_| StoreError::Corrupt("message"))?;
    changed!(
        tx,
        sqlx::query(INSERT)
            .bind(id.as_uuid())
            .bind(message.content.kind().as_str())
            .bind(message.recipient.channel().as_str())
            .bind(message.recipient.account().map(AccountId::as_uuid))
            .bind(message.case.map(CaseId::as_uuid))
            .bind(message.language.tag())
            .bind(facts)
            .bind(address)
            .bind(at.as_micros())
            .bind(message.expires_at.as_micros())
    )?;
    Ok(())
}

/// What a lease found.
#[derive(Debug)]
pub enum Leased {
    /// A message.
    Message(Box<Outgoing>),
    /// A row that our own types do not read. It is dropped, or it would be met again for ever.
    Unreadable(MessageId, StoreError),
}

/// Takes up what is due of a channel: the link that is due longest, or else the message. Until `lease_end` no other worker takes it.
pub async fn lease(
    tx: &mut Tx,
    channel: Channel,
    now: Timestamp,
    lease_end: Timestamp,
) -> Result<Option<Leased>, StoreError> {
    let row: Option<Row> = match tx {
        Tx::Sqlite(transaction) => {
            let query = sqlx::query_as(LEASE)
                .bind(now.as_micros())
                .bind(lease_end.as_micros())
                .bind(channel.as_str());
            query.fetch_optional(&mut **transaction).await?
        }
        Tx::Postgres(transaction) => {
            let query = sqlx::query_as(LEASE_SKIP_LOCKED)
                .bind(now.as_micros())
                .bind(lease_end.as_micros())
                .bind(channel.as_str());
            query.fetch_optional(&mut **transaction).await?
        }
    };
    let Some(row) = row else { return Ok(None) };
    let id = row.id;
    match row.read() {
        Ok(message) => Ok(Some(Leased::Message(Box::new(message)))),
        Err(error) => {
            changed!(tx, sqlx::query(DROP).bind(id).bind(now.as_micros()))?;
            Ok(Some(Leased::Unreadable(MessageId::from_uuid(id), error)))
        }
    }
}

/// Ends a message; its address is forgotten. [`StoreError::Changed`] when another worker took it up meanwhile.
pub async fn finish(
    tx: &mut Tx,
    message: &Outgoing,
    end: End,
    at: Timestamp,
    code: u16,
) -> Result<(), StoreError> {
    let changed = changed!(
        tx,
        sqlx::query(FINISH)
            .bind(message.id.as_uuid())
            .bind(message.attempt)
            .bind(end.as_str())
            .bind(at.as_micros())
            .bind(i64::from(code))
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}

/// Puts a message back until `due`. [`StoreError::Changed`] when another worker took it up meanwhile.
pub async fn postpone(tx: &mut Tx, message: &Outgoing, due: Timestamp, code: u16) -> Result<(), StoreError> {
    let changed = changed!(
        tx,
        sqlx::query(POSTPONE)
            .bind(message.id.as_uuid())
            .bind(message.attempt)
            .bind(due.as_micros())
            .bind(i64::from(code))
    )?;
    if changed == 1 {
        Ok(())
    } else {
        Err(StoreError::Changed)
    }
}

/// When the next message of a channel is due.
pub async fn next_due(tx: &mut Tx, channel: Channel) -> Result<Option<Timestamp>, StoreError> {
    let due: Option<i64> = on!(tx, |conn| sqlx::query_scalar(NEXT_DUE)
        .bind(channel.as_str())
        .fetch_one(conn))?;
    Ok(due.map(Timestamp::from_micros))
}

/// How many messages of a channel wait, and when the first of them was queued.
pub async fn waiting(tx: &mut Tx, channel: Channel) -> Result<(i64, Option<Timestamp>), StoreError> {
    let (waiting, oldest): (i64, Option<i64>) = on!(tx, |conn| sqlx::query_as(WAITING)
        .bind(channel.as_str())
        .fetch_one(conn))?;
    Ok((waiting, oldest.map(Timestamp::from_micros)))
}

/// How many messages of a channel were taken over after `since`.
pub async fn count_accepted_since(
    tx: &mut Tx,
    channel: Channel,
    since: Timestamp,
) -> Result<i64, StoreError> {
    Ok(on!(tx, |conn| sqlx::query_scalar(COUNT_ACCEPTED)
        .bind(channel.as_str())
        .bind(since.as_micros())
        .fetch_one(conn))?)
}

/// Deletes what was finished at `before` or earlier. How many.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    let queued_after = MessageId::new(before.after(Duration::from_millis(1)), [0; 10]);
    Ok(changed!(
        tx,
        sqlx::query(PURGE)
            .bind(queued_after.as_uuid())
            .bind(before.as_micros())
    )?)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    channel: String,
    account_id: Option<Uuid>,
    case_id: Option<Uuid>,
    language: String,
    facts: String,
    address: Option<String>,
    attempts: i64,
    queued_at: i64,
    expires_at: i64,
}

impl Row {
    fn read(self) -> Result<Outgoing, StoreError> {
        let content: Content =
            serde_json::from_str(&self.facts).map_err(|_| StoreError::Corrupt("outbox.facts"))?;
        let corrupt = || StoreError::Corrupt("outbox.address");
        let channel = match self.channel.as_str() {
            "email" => Channel::Email,
            "sms" => Channel::Sms,
            _ => return Err(StoreError::Corrupt("outbox.channel")),
        };
        let account = self.account_id.map(AccountId::from_uuid);
        let recipient = match (account, self.address) {
            (Some(account), None) => Recipient::Owner { account, channel },
            (account, Some(typed)) => Recipient::Typed {
                address: match channel {
                    Channel::Email => Address::Email(typed.parse().map_err(|_| corrupt())?),
                    Channel::Sms => Address::Phone(typed.parse().map_err(|_| corrupt())?),
                },
                account,
            },
            (None, None) => return Err(StoreError::Corrupt("outbox row without a recipient")),
        };
        Ok(Outgoing {
            id: MessageId::from_uuid(self.id),
            content,
            recipient,
            case: self.case_id.map(CaseId::from_uuid),
            language: self
                .language
                .parse()
                .map_err(|_| StoreError::Corrupt("outbox.language"))?,
            attempt: self.attempts,
            queued_at: Timestamp::from_micros(self.queued_at),
            expires_at: Timestamp::from_micros(self.expires_at),
        })
    }
}
