//! Instants, deadlines and the countdown, computed from times that somebody else read.
//!
//! Words: a [`Timestamp`] is an instant in microseconds since 1970 UTC; a [`Deadline`] is the first instant at which
//! something is no longer allowed; a [`Countdown`] shows a server's deadline on a clock that may be wrong.
//! This module never asks what time it is.

mod calendar;
mod countdown;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;

pub use calendar::{CivilDate, InvalidDate, Weekday};
pub use countdown::{Countdown, Remaining};

use core::fmt;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// An instant: microseconds since 1970-01-01T00:00:00Z. The unit of every time column and every time in the API.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds since 1970 UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// From milliseconds since 1970 UTC, the unit of JavaScript's clock.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.saturating_mul(1000))
    }

    /// Microseconds since 1970 UTC.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Milliseconds since 1970 UTC, rounded down.
    pub const fn as_millis(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The instant `span` later; stays at the end of time instead of wrapping.
    pub fn after(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)),
        )
    }

    /// The instant `span` earlier; stays at the beginning of time instead of wrapping.
    pub fn before(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(span.as_micros()).unwrap_or(i64::MAX)),
        )
    }

    /// How long ago `earlier` was; zero if it is not in the past.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}µs", self.0)
    }
}

/// The first instant at which something is no longer allowed: one tick before it is allowed, at it not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Deadline(Timestamp);

impl Deadline {
    /// The deadline at `at`.
    pub const fn at(at: Timestamp) -> Self {
        Self(at)
    }

    /// The deadline `span` after `start`.
    pub fn after(start: Timestamp, span: Duration) -> Self {
        Self(start.after(span))
    }

    /// Whether the deadline has been reached at `now`.
    pub fn has_passed(self, now: Timestamp) -> bool {
        now >= self.0
    }

    /// What is left at `now`; zero when it has passed.
    pub fn remaining(self, now: Timestamp) -> Duration {
        self.0.since(now)
    }

    /// The instant itself.
    pub const fn instant(self) -> Timestamp {
        self.0
    }

    /// The earlier of two deadlines.
    pub fn earlier(self, other: Self) -> Self {
        if other.0 < self.0 { other } else { self }
    }
}
