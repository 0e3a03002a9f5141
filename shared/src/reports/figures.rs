//! Counts and sums that can be added up.

use core::iter::Sum;
use core::ops::Add;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// What happened at a centre on a day, or at several on several. Sums are of whole seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figures {
    /// Visits that came from an appointment.
    pub appointments: u32,
    /// Visits without one.
    pub walk_ins: u32,
    /// How many of both were by video.
    pub video: u32,
    /// Visits that were served to the end.
    pub served: u32,
    /// Appointments to which nobody came, and visits that were called and nobody came.
    pub no_shows: u32,
    /// Visits of people who waited until the day was over and were never called.
    pub unserved: u32,
    /// How long those whose service began had waited until they were called.
    pub waited: Mean,
    /// How long the services took that are over.
    pub serving: Mean,
}

/// What an average is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mean {
    /// How many.
    pub count: u32,
    /// Their sum, in seconds.
    pub seconds: u64,
    /// The longest of them, in seconds.
    pub longest: u64,
}

impl Mean {
    /// One of this length; parts of a second count as none.
    pub const fn of(span: Duration) -> Self {
        Self {
            count: 1,
            seconds: span.as_secs(),
            longest: span.as_secs(),
        }
    }

    /// The average, to the second; `None` of nothing.
    pub fn average(self) -> Option<Duration> {
        self.seconds
            .checked_div(self.count.into())
            .map(Duration::from_secs)
    }

    /// The longest; `None` of nothing.
    pub fn longest(self) -> Option<Duration> {
        (self.count > 0).then(|| Duration::from_secs(self.longest))
    }
}

impl Figures {
    /// Everybody who came.
    pub const fn came(self) -> u32 {
        self.appointments.saturating_add(self.walk_ins)
    }
}

impl Add for Mean {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            count: self.count.saturating_add(other.count),
            seconds: self.seconds.saturating_add(other.seconds),
            longest: self.longest.max(other.longest),
        }
    }
}

impl Add for Figures {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            appointments: self.appointments.saturating_add(other.appointments),
            walk_ins: self.walk_ins.saturating_add(other.walk_ins),
            video: self.video.saturating_add(other.video),
            served: self.served.saturating_add(other.served),
            no_shows: self.no_shows.saturating_add(other.no_shows),
            unserved: self.unserved.saturating_add(other.unserved),
            waited: self.waited + other.waited,
            serving: self.serving + other.serving,
        }
    }
}

impl Sum for Figures {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    const fn minutes(count: u64) -> Mean {
        Mean::of(Duration::from_mins(count))
    }

    #[test]
    fn an_average_is_of_all_and_not_of_averages() {
        let busy = minutes(10) + minutes(10) + minutes(10);
        let quiet = minutes(30);
        assert_eq!((busy + quiet).average(), Some(Duration::from_mins(15)));
        assert_eq!((busy + quiet).longest(), Some(Duration::from_mins(30)));
    }

    #[test]
    fn nothing_has_no_average() {
        assert_eq!(Mean::default().average(), None);
        assert_eq!(Mean::default().longest(), None);
    }

    #[test]
    fn figures_add_up() {
        let day = Figures {
            appointments: 3,
            walk_ins: 2,
            video: 1,
            served: 4,
            no_shows: 1,
            unserved: 0,
            waited: minutes(10),
            serving: minutes(5),
        };
        let both: Figures = [day, day].into_iter().sum();
        assert_eq!(
            (both.came(), both.served, both.no_shows, both.video),
            (10, 8, 2, 2)
        );
        assert_eq!(both.waited.count, 2);
    }
}
