//! When a session ends by itself, and when a password is old.

use crate::policy::Sessions;
use crate::time::{Deadline, Timestamp};
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// Between two notes of a session's use. What is used more often is not written more often.
const GRANULARITY: Duration = Duration::from_mins(1);

/// When a session ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ends {
    /// If nobody uses it until then.
    pub idle: Deadline,
    /// In any case.
    pub absolute: Deadline,
}

impl Ends {
    /// The ends of a session whose use was last noted at `used`.
    pub fn of(policy: Sessions, used: Timestamp, absolute: Deadline) -> Self {
        Self {
            idle: Deadline::after(used, policy.idle()).earlier(absolute),
            absolute,
        }
    }

    /// Whether it is over at `now`.
    pub fn have_passed(self, now: Timestamp) -> bool {
        self.idle.has_passed(now) || self.absolute.has_passed(now)
    }

    /// Whether a use at `now` is to be noted, when the last one was noted at `used`: at most once a minute. So a session
    /// may end up to a minute before its idle time is over since the last use, and never after.
    pub fn is_to_be_noted(used: Timestamp, now: Timestamp) -> bool {
        Deadline::after(used, GRANULARITY).has_passed(now)
    }
}

/// How old a password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordAge {
    /// When it was set.
    pub set_at: Timestamp,
    /// Whole days since.
    pub days: u32,
    /// Whether the policy advises a new one. It never forces one.
    pub reminder: bool,
}

impl PasswordAge {
    /// The age at `now`.
    pub fn of(policy: Sessions, set_at: Timestamp, now: Timestamp) -> Self {
        const DAY: u64 = 24 * 60 * 60;
        let days = u32::try_from(now.since(set_at).as_secs() / DAY).unwrap_or(u32::MAX);
        Self {
            set_at,
            days,
            reminder: policy.password_reminder_days > 0 && days >= policy.password_reminder_days,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::policy::{Policy, Profile};

    const START: Timestamp = Timestamp::from_millis(1_795_446_000_000);
    const TICK: Duration = Duration::from_micros(1);

    fn policy(profile: Profile) -> Sessions {
        Policy::of(profile).sessions
    }

    #[test]
    fn a_session_ends_at_its_first_end_and_not_before() {
        let policy = policy(Profile::Y2026);
        let absolute = Deadline::after(START, Duration::from_hours(8));
        let ends = Ends::of(policy, START, absolute);
        let idle = START.after(Duration::from_mins(15));
        assert!(!ends.have_passed(idle.before(TICK)));
        assert!(ends.have_passed(idle));
        assert!(ends.have_passed(idle.after(TICK)));

        let used = absolute.instant().before(Duration::from_mins(5));
        let ends = Ends::of(policy, used, absolute);
        assert_eq!(ends.idle, absolute, "nothing is promised beyond the absolute end");
        assert!(!ends.have_passed(absolute.instant().before(TICK)));
        assert!(ends.have_passed(absolute.instant()));
    }

    #[test]
    fn use_is_noted_once_a_minute() {
        let minute = Duration::from_mins(1);
        assert!(!Ends::is_to_be_noted(START, START));
        assert!(!Ends::is_to_be_noted(
            START,
            START.after(minute.saturating_sub(TICK))
        ));
        assert!(Ends::is_to_be_noted(START, START.after(minute)));
        assert!(Ends::is_to_be_noted(START, START.after(minute + TICK)));
    }

    #[test]
    fn a_password_is_old_after_ninety_days_where_the_policy_says_so() {
        let span = Duration::from_hours(24 * 90);
        let age = |profile, since: Duration| PasswordAge::of(policy(profile), START, START.after(since));
        assert_eq!(
            age(Profile::Y2026, span.saturating_sub(TICK)),
            PasswordAge {
                set_at: START,
                days: 89,
                reminder: false
            }
        );
        assert!(age(Profile::Y2026, span).reminder);
        assert!(age(Profile::Y2026, span + TICK).reminder);
        assert!(!age(Profile::Standards, span * 10).reminder);
        assert_eq!(
            PasswordAge::of(policy(Profile::Y2026), START, START.before(span)).days,
            0
        );
    }
}
