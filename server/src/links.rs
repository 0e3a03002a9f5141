//! The rows of links that cases send: one table a procedure, the same columns and the same statements.
//!
//! Words: a link is *replaced* by a newer one of its account, *closed* with its case, *consumed* by what it was made for.
//!
//! Invariants: a token is stored as a keyed digest only; the one statement that consumes a link is guarded by "unused, not
//! ended, not expired"; the table's partial index lets an account have one open link.
//!
//! What it does not do: it knows neither cases nor what a link is good for. Each procedure's store names its table with
//! [`links!`](macro@crate::links).

use crate::keys::Digest;
use crate::store::{StoreError, Tx};
use crate::{changed, on};
use shared::identifiers::{AccountId, LinkId};
use shared::links::{Link, LinkState};
use shared::time::{Deadline, Timestamp};
use uuid::Uuid;

/// The statements on one table of links.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each is the text of the method that is spelt alike")]
pub struct Links {
    pub insert: &'static str,
    pub by_token: &'static str,
    pub by_id: &'static str,
    pub replace: &'static str,
    pub close: &'static str,
    pub expire: &'static str,
    pub consume: &'static str,
    pub purge: &'static str,
}

/// The statements on a table of links, and the table of the cases that send them.
#[macro_export]
macro_rules! links {
    ($links:literal, $cases:literal) => {
        $crate::links::Links {
            insert: concat!(
                "INSERT INTO ",
                $links,
                " (id, case_id, account_id, token, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)"
            ),
            by_token: concat!(
                "SELECT id, case_id, expires_at, used_at, ended_at, ended_because FROM ",
                $links,
                " WHERE token = $1"
            ),
            by_id: concat!(
                "SELECT id, case_id, expires_at, used_at, ended_at, ended_because FROM ",
                $links,
                " WHERE id = $1"
            ),
            replace: concat!(
                "UPDATE ",
                $links,
                " SET ended_at = $2, ended_because = 'replaced' WHERE account_id = $1 AND used_at IS NULL AND ended_at IS NULL"
            ),
            close: concat!(
                "UPDATE ",
                $links,
                " SET ended_at = $2, ended_because = 'closed' WHERE case_id = $1 AND used_at IS NULL AND ended_at IS NULL"
            ),
            expire: concat!(
                "UPDATE ",
                $links,
                " SET expires_at = $2 WHERE id = $1 AND used_at IS NULL AND ended_at IS NULL"
            ),
            // The one statement that uses a link up. It changes one row, or nothing that depends on it is written.
            consume: concat!(
                "UPDATE ",
                $links,
                " SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND ended_at IS NULL AND expires_at > $2 RETURNING id"
            ),
            purge: concat!(
                "DELETE FROM ",
                $links,
                " WHERE case_id IN (SELECT id FROM ",
                $cases,
                " WHERE deadline IS NULL AND changed_at <= $1)"
            ),
        }
    };
}

/// A link's row.
#[derive(Clone, Debug)]
pub struct LinkRecord {
    /// The link.
    pub link: Link,
    /// The row of its case.
    pub case: Uuid,
}

/// A link to be stored.
#[derive(Clone, Copy, Debug)]
pub struct NewLink<'a> {
    /// Its row.
    pub id: LinkId,
    /// The row of its case.
    pub case: Uuid,
    /// Whose it is.
    pub account: AccountId,
    /// The digest of its token.
    pub token: &'a Digest,
    /// When it was made.
    pub made: Timestamp,
    /// When it ends.
    pub expires: Deadline,
}

#[derive(sqlx::FromRow)]
struct LinkRow {
    id: Uuid,
    case_id: Uuid,
    expires_at: i64,
    used_at: Option<i64>,
    ended_at: Option<i64>,
    ended_because: Option<String>,
}

impl Links {
    /// Every text, for the test that prepares them.
    pub const fn texts(self) -> [&'static str; 8] {
        [
            self.insert,
            self.by_token,
            self.by_id,
            self.replace,
            self.close,
            self.expire,
            self.consume,
            self.purge,
        ]
    }

    /// Stores a link that was just made.
    pub async fn insert(self, tx: &mut Tx, link: NewLink<'_>) -> Result<(), StoreError> {
        changed!(
            tx,
            sqlx::query(self.insert)
                .bind(link.id.as_uuid())
                .bind(link.case)
                .bind(link.account.as_uuid())
                .bind(link.token.as_slice())
                .bind(link.made.as_micros())
                .bind(link.expires.instant().as_micros())
        )?;
        Ok(())
    }

    /// The link with this token.
    pub async fn by_token(self, tx: &mut Tx, token: &Digest) -> Result<Option<LinkRecord>, StoreError> {
        let row: Option<LinkRow> = on!(tx, |conn| sqlx::query_as(self.by_token)
            .bind(token.as_slice())
            .fetch_optional(conn))?;
        row.map(LinkRecord::read).transpose()
    }

    /// A link.
    pub async fn by_id(self, tx: &mut Tx, id: LinkId) -> Result<Option<LinkRecord>, StoreError> {
        let row: Option<LinkRow> = on!(tx, |conn| sqlx::query_as(self.by_id)
            .bind(id.as_uuid())
            .fetch_optional(conn))?;
        row.map(LinkRecord::read).transpose()
    }

    /// Ends every open link of an account: a newer one takes their place.
    pub async fn replace(self, tx: &mut Tx, account: AccountId, at: Timestamp) -> Result<(), StoreError> {
        changed!(
            tx,
            sqlx::query(self.replace)
                .bind(account.as_uuid())
                .bind(at.as_micros())
        )?;
        Ok(())
    }

    /// Ends every open link of a case that is over, or goes back.
    pub async fn close(self, tx: &mut Tx, case: Uuid, at: Timestamp) -> Result<(), StoreError> {
        changed!(tx, sqlx::query(self.close).bind(case).bind(at.as_micros()))?;
        Ok(())
    }

    /// Gives an open link its deadline.
    pub async fn expire(self, tx: &mut Tx, link: LinkId, deadline: Deadline) -> Result<(), StoreError> {
        changed!(
            tx,
            sqlx::query(self.expire)
                .bind(link.as_uuid())
                .bind(deadline.instant().as_micros())
        )?;
        Ok(())
    }

    /// Uses a link up, if it is unused, not ended and not expired at `at`. Tells whether it did: of any number of
    /// submissions at once, one.
    pub async fn consume(self, tx: &mut Tx, link: LinkId, at: Timestamp) -> Result<bool, StoreError> {
        let row: Option<(Uuid,)> = on!(tx, |conn| sqlx::query_as(self.consume)
            .bind(link.as_uuid())
            .bind(at.as_micros())
            .fetch_optional(conn))?;
        Ok(row.is_some())
    }

    /// Deletes the links of cases that were over before `before`. How many.
    pub async fn purge(self, tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
        Ok(changed!(tx, sqlx::query(self.purge).bind(before.as_micros()))?)
    }
}

impl LinkRecord {
    fn read(row: LinkRow) -> Result<Self, StoreError> {
        let at = Timestamp::from_micros;
        let state = match (row.used_at, row.ended_at, row.ended_because.as_deref()) {
            (Some(used), _, _) => LinkState::Used { at: at(used) },
            (None, Some(ended), Some("replaced")) => LinkState::Replaced { at: at(ended) },
            (None, Some(ended), Some("closed")) => LinkState::Closed { at: at(ended) },
            (None, None, None) => LinkState::Open,
            _ => return Err(StoreError::Corrupt("a link's ended_because")),
        };
        let expires = Deadline::at(at(row.expires_at));
        Ok(Self {
            link: Link::stored(LinkId::from_uuid(row.id), expires, state),
            case: row.case_id,
        })
    }
}
