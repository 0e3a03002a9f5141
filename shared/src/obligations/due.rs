//! When the next payment is due.

use crate::time::CivilDate;

/// The next day, `today` included, by which contributions are due. `day` is the policy's day of the month.
pub fn next_due(today: CivilDate, day: u8) -> CivilDate {
    let this_month = due_in(today, day);
    if today <= this_month {
        return this_month;
    }
    // Whatever the month's length, the 1st is at most 31 days away.
    let next_month = (1..=31)
        .map(|days| today.days_later(days))
        .find(|date| date.day() == 1)
        .unwrap_or(today);
    due_in(next_month, day)
}

/// The due date in the month of `date`.
fn due_in(date: CivilDate, day: u8) -> CivilDate {
    let mut due = CivilDate::new(date.year(), date.month(), day).unwrap_or(date);
    while due.is_weekend() {
        due = due.days_later(1);
    }
    due
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    // The 15th is a Thursday.
    #[case("2026-10-01", "2026-10-15")]
    #[case("2026-10-14", "2026-10-15")]
    #[case("2026-10-15", "2026-10-15")]
    // The 15th of November is a Sunday.
    #[case("2026-10-16", "2026-11-16")]
    #[case("2026-11-15", "2026-11-16")]
    #[case("2026-11-16", "2026-11-16")]
    #[case("2026-11-17", "2026-12-15")]
    // The 15th of August is a Saturday.
    #[case("2026-08-15", "2026-08-17")]
    #[case("2026-08-17", "2026-08-17")]
    #[case("2026-08-18", "2026-09-15")]
    // Over the end of the year and of February.
    #[case("2026-12-16", "2027-01-15")]
    #[case("2027-01-31", "2027-02-15")]
    #[case("2028-02-29", "2028-03-15")]
    fn the_fifteenth_or_the_monday_after_it(#[case] today: &str, #[case] due: &str) {
        let today: CivilDate = today.parse().unwrap();
        assert_eq!(next_due(today, 15).to_string(), due);
    }

    #[test]
    fn it_is_never_past_never_a_weekend_and_never_further_than_a_month_and_a_weekend() {
        for day in 1..=28 {
            let mut today: CivilDate = "2024-01-01".parse().unwrap();
            for _ in 0..1500 {
                let due = next_due(today, day);
                assert!((0..=33).contains(&today.days_until(due)), "{today} {due}");
                assert!(!due.is_weekend());
                assert!(
                    (day..=day + 2).contains(&due.day()) || due.day() <= 2,
                    "{today} {due}"
                );
                today = today.days_later(1);
            }
        }
    }
}
