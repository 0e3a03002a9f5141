//! How often something may happen: counters in the database, shared by all nodes.
//!
//! A limit is a fixed window that begins with its first hit. What is counted is stored as a keyed digest only.

use super::Failure;
use crate::app::App;
use crate::keys::{Digest, Purpose};
use crate::store::StoreError;
use crate::{changed, on};
use shared::policy::Rate;
use shared::time::Timestamp;
use std::time::Duration;

/// The SQL of this module.
pub const QUERIES: &[&str] = &[HIT, TAKE, WINDOW, FORGET, GIVE_BACK, PURGE];

const HIT: &str = "
    INSERT INTO rate_limits (bucket, window_start, count) VALUES ($1, $2, 1)
    ON CONFLICT (bucket) DO UPDATE SET
        count = CASE WHEN rate_limits.window_start <= $3 THEN 1 ELSE rate_limits.count + 1 END,
        window_start = CASE WHEN rate_limits.window_start <= $3 THEN $2 ELSE rate_limits.window_start END
    RETURNING window_start, count";

// Only what is allowed is counted; no row comes back where there is no room.
const TAKE: &str = "
    INSERT INTO rate_limits (bucket, window_start, count) VALUES ($1, $2, 1)
    ON CONFLICT (bucket) DO UPDATE SET
        count = CASE WHEN rate_limits.window_start <= $3 THEN 1 ELSE rate_limits.count + 1 END,
        window_start = CASE WHEN rate_limits.window_start <= $3 THEN $2 ELSE rate_limits.window_start END
    WHERE rate_limits.window_start <= $3 OR rate_limits.count < $4
    RETURNING count";

const WINDOW: &str = "SELECT window_start FROM rate_limits WHERE bucket = $1";

// The last one takes the window along: the next hit begins another.
const FORGET: &str = "DELETE FROM rate_limits WHERE bucket = $1 AND count <= 1";
const GIVE_BACK: &str = "UPDATE rate_limits SET count = count - 1 WHERE bucket = $1";

const PURGE: &str = "DELETE FROM rate_limits WHERE window_start <= $1 RETURNING window_start";

/// No window is longer than this; older counters are dropped.
const LONGEST_WINDOW: Duration = Duration::from_hours(48);

/// What is counted: the limit's name and whom it counts.
#[derive(Clone, Copy, Debug)]
pub struct Bucket<'a> {
    name: &'static str,
    of: &'a [u8],
}

impl<'a> Bucket<'a> {
    /// The counter of the limit `name` for `of` (an address, an identifier, a destination).
    pub const fn new(name: &'static str, of: &'a [u8]) -> Self {
        Self { name, of }
    }
}

/// What a count came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Not more than is allowed.
    Allowed,
    /// More; how many seconds are left of the window.
    Over(u32),
}

impl Verdict {
    /// Whether it is not more than is allowed.
    pub const fn is_allowed(self) -> bool {
        matches!(self, Self::Allowed)
    }
}

/// Counts one and refuses with [`RateLimited`](shared::api::ErrorCode::RateLimited) when that is more than `rate` allows.
pub async fn hit(app: &App, now: Timestamp, bucket: Bucket<'_>, rate: Rate) -> Result<(), Failure> {
    match count(app, now, bucket, rate).await? {
        Verdict::Allowed => Ok(()),
        Verdict::Over(seconds) => Err(Failure::rate_limited(seconds)),
    }
}

/// Counts one. In a transaction of its own: what is refused or fails afterwards stays counted.
pub async fn count(app: &App, now: Timestamp, bucket: Bucket<'_>, rate: Rate) -> Result<Verdict, StoreError> {
    let window = Duration::from_secs(rate.seconds.into());
    let digest = digest(app, bucket);
    let mut tx = app.store.write().await?;
    let (start, count): (i64, i64) = on!(&mut tx, |conn| sqlx::query_as(HIT)
        .bind(digest.as_slice())
        .bind(now.as_micros())
        .bind(now.before(window).as_micros())
        .fetch_one(conn))?;
    tx.commit().await?;
    if count <= i64::from(rate.count) {
        return Ok(Verdict::Allowed);
    }
    tracing::info!(limit = bucket.name, count, "rate limited");
    Ok(over(start, window, now))
}

/// Counts one where there is room for it, and nothing where there is none: for what is tried again until there is.
pub async fn take(app: &App, now: Timestamp, bucket: Bucket<'_>, rate: Rate) -> Result<Verdict, StoreError> {
    let window = Duration::from_secs(rate.seconds.into());
    let digest = digest(app, bucket);
    let mut tx = app.store.write().await?;
    let taken: Option<(i64,)> = on!(&mut tx, |conn| sqlx::query_as(TAKE)
        .bind(digest.as_slice())
        .bind(now.as_micros())
        .bind(now.before(window).as_micros())
        .bind(i64::from(rate.count))
        .fetch_optional(conn))?;
    if taken.is_some() {
        tx.commit().await?;
        return Ok(Verdict::Allowed);
    }
    let (start,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(WINDOW)
        .bind(digest.as_slice())
        .fetch_one(conn))?;
    tx.commit().await?;
    Ok(over(start, window, now))
}

/// Takes back one that was counted by [`take`] and did not happen.
pub async fn give_back(app: &App, bucket: Bucket<'_>) -> Result<(), StoreError> {
    let digest = digest(app, bucket);
    let mut tx = app.store.write().await?;
    if changed!(&mut tx, sqlx::query(FORGET).bind(digest.as_slice()))? == 0 {
        changed!(&mut tx, sqlx::query(GIVE_BACK).bind(digest.as_slice()))?;
    }
    tx.commit().await
}

fn digest(app: &App, bucket: Bucket<'_>) -> Digest {
    app.keys
        .digest(Purpose::Subject, &[b"limit", bucket.name.as_bytes(), bucket.of])
}

fn over(window_start: i64, window: Duration, now: Timestamp) -> Verdict {
    let left = Timestamp::from_micros(window_start).after(window).since(now);
    Verdict::Over(u32::try_from(left.as_micros().div_ceil(1_000_000)).unwrap_or(u32::MAX))
}

/// Drops counters whose window is over in any case.
pub async fn purge(app: &App, now: Timestamp) -> Result<usize, StoreError> {
    let mut tx = app.store.write().await?;
    let dropped: Vec<(i64,)> = on!(&mut tx, |conn| sqlx::query_as(PURGE)
        .bind(now.before(LONGEST_WINDOW).as_micros())
        .fetch_all(conn))?;
    tx.commit().await?;
    Ok(dropped.len())
}
