//! Delegates: people who act for an employer with less power and with a password of their own.
//!
//! Words: a *scope* is what the owner lets a delegate do; a *permission* is what a page or an endpoint needs; the *end date*
//! is the last day on which a delegate gets in, by the calendar of mainland Ecuador.
//!
//! Invariants: a delegate has at least one scope, and whoever only reads has no other; a name fits in one line; an end date
//! is a day, and access ends with it, at midnight in Ecuador, wherever the server stands.
//!
//! What it does not do: it knows no password and no link, and it lets nobody in.

pub mod api;
mod name;
mod scope;

pub use name::{DelegateName, InvalidName};
pub use scope::{InvalidScopes, Permission, Scope, Scopes};

pub use crate::identifiers::DelegateId;

use crate::time::{CivilDate, Deadline};

/// When access ends whose last day is `until`: at the first instant of the next one.
pub fn end_of_access(until: CivilDate) -> Deadline {
    Deadline::at(until.days_later(1).begin_in_ecuador())
}

/// Whether `until` may be given on the day `today`, when access is given for at most `most` days ahead.
pub fn is_in_range(until: CivilDate, today: CivilDate, most: u16) -> bool {
    (0..=i32::from(most)).contains(&today.days_until(until))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use core::time::Duration;

    fn day(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    #[test]
    fn access_ends_with_its_last_day_in_ecuador() {
        const TICK: Duration = Duration::from_micros(1);
        let end = end_of_access(day("2026-11-30"));
        assert_eq!(
            end.instant().as_micros(),
            1_796_101_200_000_000,
            "2026-12-01T05:00:00Z"
        );
        assert!(!end.has_passed(end.instant().before(TICK)));
        assert!(end.has_passed(end.instant()));
        assert!(end.has_passed(end.instant().after(TICK)));
    }

    #[test]
    fn an_end_date_is_today_or_at_most_so_many_days_ahead() {
        let today = day("2027-03-01");
        let may = |until| is_in_range(day(until), today, 365);
        assert!(!may("2027-02-28"));
        assert!(may("2027-03-01"));
        assert!(may("2028-02-29"));
        assert!(!may("2028-03-01"));
    }
}
