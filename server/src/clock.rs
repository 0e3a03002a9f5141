//! The one door to the time. Everything else is given a [`Timestamp`].

use shared::time::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Tells the time: the system's, or one that a test holds.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The system's clock, moved by an offset in microseconds that is zero outside of tests.
    System(Arc<AtomicI64>),
    /// Stands still at this instant (microseconds) until it is moved.
    Frozen(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self::System(Arc::new(AtomicI64::new(0)))
    }

    /// A clock that stands at `at`.
    pub fn frozen(at: Timestamp) -> Self {
        Self::Frozen(Arc::new(AtomicI64::new(at.as_micros())))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System(offset) => {
                #[expect(clippy::disallowed_methods, reason = "this is the one door to the time")]
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
                Timestamp::from_micros(micros.saturating_add(offset.load(Ordering::Relaxed)))
            }
            Self::Frozen(at) => Timestamp::from_micros(at.load(Ordering::Relaxed)),
        }
    }

    /// Moves the clock on. Only tests do; a release build has no way to reach it over the network.
    pub fn advance(&self, span: Duration) {
        let micros = i64::try_from(span.as_micros()).unwrap_or(i64::MAX);
        match self {
            Self::System(inner) | Self::Frozen(inner) => inner.fetch_add(micros, Ordering::Relaxed),
        };
    }
}

/// Waits for `span` of real time: for pauses between tries and for the time floor, never for an expiry.
pub async fn pause(span: Duration) {
    #[expect(clippy::disallowed_methods, reason = "this is the one door to waiting")]
    tokio::time::sleep(span).await;
}

/// Measures how long something takes on a clock that nobody can move: for the time floor and the log.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    pub fn start() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the one door to the time")]
        Self(Instant::now())
    }

    /// What has passed since.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
