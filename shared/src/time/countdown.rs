//! The arithmetic of a countdown that runs from the server's time on a clock that may be wrong.

use super::{Deadline, Timestamp};
use core::time::Duration;

/// A server's deadline as seen from another clock. Made when an answer of the server arrives; asked at every tick.
///
/// The other clock may be hours off: only the time that passes on it counts, from the moment of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Countdown {
    deadline: Deadline,
    total: Duration,
    server_then: Timestamp,
    local_then: Timestamp,
}

/// What a countdown shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining {
    /// Whole seconds left, rounded up, so that it shows 0 only at the end.
    pub seconds: u32,
    /// Part left of the whole, 0.0 to 1.0 in thousandths.
    pub permille: u16,
}

impl Countdown {
    /// A countdown of `total` to `deadline`; `server_now` came in an answer that arrived at `local_now`.
    pub const fn new(
        deadline: Deadline,
        total: Duration,
        server_now: Timestamp,
        local_now: Timestamp,
    ) -> Self {
        Self {
            deadline,
            total,
            server_then: server_now,
            local_then: local_now,
        }
    }

    /// What is left when the local clock shows `local_now`.
    pub fn remaining(&self, local_now: Timestamp) -> Remaining {
        let server_now = self.server_then.after(local_now.since(self.local_then));
        let left = self.deadline.remaining(server_now);
        let seconds = micros(left).div_ceil(1_000_000);
        let permille = micros(left)
            .saturating_mul(1000)
            .checked_div(micros(self.total))
            .unwrap_or(0)
            .min(1000);
        Remaining {
            seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
            permille: u16::try_from(permille).unwrap_or(1000),
        }
    }
}

/// Whole microseconds in 64 bits, enough for 584 000 years: division of 128 bits is a kilobyte in the browser.
const fn micros(duration: Duration) -> u64 {
    duration
        .as_secs()
        .saturating_mul(1_000_000)
        .saturating_add(duration.subsec_micros() as u64)
}

impl Remaining {
    /// Whether nothing is left.
    pub const fn is_over(self) -> bool {
        self.seconds == 0
    }

    /// Minutes and seconds, as in `2:05`.
    pub fn clock(self) -> String {
        format!("{}:{:02}", self.seconds / 60, self.seconds % 60)
    }
}
