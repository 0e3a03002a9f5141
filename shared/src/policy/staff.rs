//! The section `[staff]`: how members of the staff sign in, and when their desk is locked.

use super::ranges::{Number, number};
use super::{Policy, Profile};
use crate::passwords::Rules;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// Signing in to the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    /// A session that nobody uses is locked after this. It is not over.
    pub idle_seconds: u32,
    /// Every session ends after this.
    pub absolute_seconds: u32,
    /// How long the second factor is waited for after a right password.
    pub second_factor_seconds: u32,
    /// Wrong passwords for one address from one network, within the window, that close it.
    pub failures: u8,
    /// The window in which failures count.
    pub failure_seconds: u32,
    /// Wrong second factors in a row, each after a right password, that block somebody until they are invited again.
    pub second_factor_failures: u8,
    /// How long an invitation can be used, from when its mail was made.
    pub invitation_hours: u32,
}

impl Staff {
    /// The institution's numbers.
    pub(super) const Y2026: Self = Self {
        idle_seconds: 600,
        absolute_seconds: 36_000,
        second_factor_seconds: 300,
        failures: 5,
        failure_seconds: 900,
        second_factor_failures: 10,
        invitation_hours: 72,
    };

    /// After how long without use the desk is locked.
    pub fn idle(self) -> Duration {
        Duration::from_secs(self.idle_seconds.into())
    }

    /// After how long a session ends in any case.
    pub fn absolute(self) -> Duration {
        Duration::from_secs(self.absolute_seconds.into())
    }

    /// How long the second factor is waited for.
    pub fn second_factor_time(self) -> Duration {
        Duration::from_secs(self.second_factor_seconds.into())
    }

    /// How long a wrong password counts.
    pub fn failure_window(self) -> Duration {
        Duration::from_secs(self.failure_seconds.into())
    }

    /// How long an invitation can be used.
    pub fn invitation_lifetime(self) -> Duration {
        Duration::from_hours(self.invitation_hours.into())
    }

    /// What a password of the staff must be: the rules of the profile `standards`, whatever employers' passwords are.
    pub fn password_rules() -> Rules {
        Policy::of(Profile::Standards).password
    }

    /// The section's numbers.
    pub(super) fn numbers(self) -> [Number; 7] {
        [
            number("staff.idle_seconds", self.idle_seconds, 60, 3600),
            number("staff.absolute_seconds", self.absolute_seconds, 3600, 86_400),
            number("staff.second_factor_seconds", self.second_factor_seconds, 60, 900),
            number("staff.failures", self.failures, 1, 100),
            number("staff.failure_seconds", self.failure_seconds, 60, 86_400),
            number("staff.second_factor_failures", self.second_factor_failures, 3, 50),
            number("staff.invitation_hours", self.invitation_hours, 1, 720),
        ]
    }
}
