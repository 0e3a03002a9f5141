use super::*;
use crate::api::FieldCode;
use proptest::prelude::*;
use rstest::rstest;

const SERVER: Timestamp = Timestamp::from_millis(1_800_000_000_000);
/// A client whose clock is three years behind.
const LOCAL: Timestamp = Timestamp::from_millis(1_700_000_000_000);
const WHOLE: Duration = Duration::from_mins(3);

fn micros(count: u64) -> Duration {
    Duration::from_micros(count)
}

fn countdown(local: Timestamp) -> Countdown {
    Countdown::new(Deadline::after(SERVER, WHOLE), WHOLE, SERVER, local)
}

#[test]
fn a_deadline_is_the_first_instant_that_is_too_late() {
    let deadline = Deadline::after(SERVER, WHOLE);
    let at = |offset: i64| Timestamp::from_micros(deadline.instant().as_micros() + offset);
    assert!(!deadline.has_passed(at(-1)));
    assert!(deadline.has_passed(at(0)));
    assert!(deadline.has_passed(at(1)));
    assert_eq!(deadline.remaining(at(-1)), micros(1));
    assert_eq!(deadline.remaining(at(0)), Duration::ZERO);
    assert_eq!(deadline.remaining(at(1)), Duration::ZERO);
    assert_eq!(deadline.earlier(Deadline::at(at(-1))), Deadline::at(at(-1)));
    assert_eq!(deadline.earlier(Deadline::at(at(1))), deadline);
}

#[rstest]
#[case(0, 180, 1000, "3:00")]
// Rounded up: a second is shown until it is over.
#[case(1, 180, 999, "3:00")]
#[case(999_999, 180, 994, "3:00")]
#[case(1_000_000, 179, 994, "2:59")]
#[case(119_999_999, 61, 333, "1:01")]
#[case(120_000_000, 60, 333, "1:00")]
#[case(179_000_000, 1, 5, "0:01")]
#[case(179_999_999, 1, 0, "0:01")]
#[case(180_000_000, 0, 0, "0:00")]
#[case(180_000_001, 0, 0, "0:00")]
fn a_countdown_is_over_exactly_at_its_deadline(
    #[case] passed: u64,
    #[case] seconds: u32,
    #[case] permille: u16,
    #[case] shown: &str,
) {
    let remaining = countdown(LOCAL).remaining(LOCAL.after(micros(passed)));
    assert_eq!(
        (remaining.seconds, remaining.permille, remaining.clock().as_str()),
        (seconds, permille, shown)
    );
    assert_eq!(remaining.is_over(), passed >= 180_000_000);
}

#[test]
fn a_tab_that_slept_wakes_up_at_the_right_second() {
    let countdown = countdown(LOCAL);
    // No tick between 1 s and 100 s, and then between 100 s and two days: nothing was accumulated.
    assert_eq!(
        countdown.remaining(LOCAL.after(Duration::from_secs(1))).seconds,
        179
    );
    assert_eq!(
        countdown.remaining(LOCAL.after(Duration::from_secs(100))).seconds,
        80
    );
    assert!(
        countdown
            .remaining(LOCAL.after(Duration::from_hours(48)))
            .is_over()
    );
}

#[test]
fn a_clock_that_is_set_back_shows_no_more_than_the_whole() {
    let countdown = countdown(LOCAL);
    assert_eq!(
        countdown.remaining(LOCAL.before(Duration::from_hours(1))).seconds,
        180
    );
}

#[test]
fn an_answer_in_the_middle_shows_what_is_left() {
    let deadline = Deadline::after(SERVER, WHOLE);
    let later = SERVER.after(Duration::from_secs(170));
    let countdown = Countdown::new(deadline, WHOLE, later, LOCAL);
    assert_eq!(
        (
            countdown.remaining(LOCAL).seconds,
            countdown.remaining(LOCAL).permille
        ),
        (10, 55)
    );
}

#[test]
fn nothing_wraps_at_the_ends_of_time() {
    let (first, last) = (Timestamp::from_micros(i64::MIN), Timestamp::from_micros(i64::MAX));
    assert_eq!(last.after(Duration::MAX), last);
    assert_eq!(first.before(Duration::MAX), first);
    assert_eq!(last.since(first), micros(u64::try_from(i64::MAX).unwrap()));
    assert_eq!(Timestamp::from_millis(i64::MAX), last);
    assert_eq!(
        Countdown::new(Deadline::at(last), Duration::ZERO, first, first)
            .remaining(first)
            .permille,
        0
    );
}

#[test]
fn milliseconds_are_rounded_down_before_1970_too() {
    assert_eq!(Timestamp::from_micros(-1).as_millis(), -1);
    assert_eq!(Timestamp::from_micros(999).as_millis(), 0);
}

#[rstest]
#[case("2024-02-29", Ok((2024, 2, 29)))]
#[case("1800-01-01", Ok((1800, 1, 1)))]
#[case("2199-12-31", Ok((2199, 12, 31)))]
#[case("1799-12-31", Err(InvalidDate::Year))]
#[case("2200-01-01", Err(InvalidDate::Year))]
#[case("2023-02-29", Err(InvalidDate::Day))]
#[case("1900-02-29", Err(InvalidDate::Day))]
#[case("2024-04-31", Err(InvalidDate::Day))]
#[case("2024-01-00", Err(InvalidDate::Day))]
#[case("2024-00-01", Err(InvalidDate::Month))]
#[case("2024-13-01", Err(InvalidDate::Month))]
#[case("2024-1-01", Err(InvalidDate::Malformed))]
#[case("2024-01-01T00", Err(InvalidDate::Malformed))]
#[case("２０２４-01-01", Err(InvalidDate::Malformed))]
#[case("+024-01-01", Err(InvalidDate::Malformed))]
#[case("", Err(InvalidDate::Malformed))]
fn dates_exist(#[case] text: &str, #[case] read: Result<(i32, u8, u8), InvalidDate>) {
    assert_eq!(
        text.parse::<CivilDate>()
            .map(|date| (date.year(), date.month(), date.day())),
        read
    );
    if let Err(reason) = read {
        let told = serde_json::from_value::<CivilDate>(text.into())
            .unwrap_err()
            .to_string();
        assert_eq!(
            FieldCode::of_message(&told),
            Some(FieldCode::from(reason)),
            "{told}"
        );
    }
}

#[test]
fn a_day_of_ecuador_begins_five_hours_after_that_of_utc() {
    let day: CivilDate = "2026-11-16".parse().unwrap();
    let begin = day.begin_in_ecuador();
    assert_eq!(begin.as_micros(), 1_794_805_200_000_000); // 2026-11-16T05:00:00Z
    assert_eq!(CivilDate::in_ecuador(begin), day);
    let before = CivilDate::in_ecuador(begin.before(micros(1)));
    assert_eq!(before.to_string(), "2026-11-15");
    assert_eq!(before.days_until(day), 1);
    assert_eq!(day.days_until(before), -1);
    assert_eq!(before.days_later(1), day);
    // Instants beyond the calendar are its ends.
    let end = |micros| CivilDate::in_ecuador(Timestamp::from_micros(micros)).to_string();
    assert_eq!(end(i64::MIN), "1800-01-01");
    assert_eq!(end(i64::MAX), "2199-12-31");
    let late: CivilDate = "2199-12-30".parse().unwrap();
    assert_eq!(late.days_later(1).to_string(), "2199-12-31");
    assert_eq!(late.days_later(2).to_string(), "2199-12-31");
}

#[test]
fn saturday_and_sunday_are_the_weekend() {
    let weekend = |text: &str| text.parse::<CivilDate>().unwrap().is_weekend();
    assert_eq!(
        ["2026-11-13", "2026-11-14", "2026-11-15", "2026-11-16"].map(weekend),
        [false, true, true, false]
    );
}

proptest! {
    #[test]
    fn dates_are_read_as_they_are_written(year in 1800..=2199i32, month in 1..=12u8, day in 1..=28u8) {
        let date = CivilDate::new(year, month, day).unwrap();
        prop_assert_eq!(date.to_string().parse(), Ok(date));
        let shown = format!("{date:?}");
        prop_assert!(!shown.contains(&year.to_string()), "{}", shown);
    }

    #[test]
    fn no_text_panics(text in ".{0,30}|[0-9]{1,5}-[0-9]{1,3}-[0-9]{1,3}") {
        let _ = text.parse::<CivilDate>();
    }

    #[test]
    fn a_countdown_never_panics_and_never_grows(
        deadline in any::<i64>(), total in any::<u64>(), server in any::<i64>(), local in any::<i64>(),
        ticks in prop::collection::vec(any::<u32>(), 0..8),
    ) {
        let local = Timestamp::from_micros(local);
        let deadline = Deadline::at(Timestamp::from_micros(deadline));
        let countdown = Countdown::new(deadline, micros(total), Timestamp::from_micros(server), local);
        let (mut now, mut last) = (local, countdown.remaining(local));
        for tick in ticks {
            now = now.after(micros(tick.into()));
            let next = countdown.remaining(now);
            prop_assert!(next.seconds <= last.seconds && next.permille <= last.permille);
            last = next;
        }
    }
}
