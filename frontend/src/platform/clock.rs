//! The browser's clock: the one door to it. It may be wrong; only differences of it are trusted
//! ([`shared::time::Countdown`]).

use core::time::Duration;
use gloo::timers::callback::{Interval, Timeout};
use shared::centres::Zone;
use shared::time::Timestamp;

/// What the clock of this device shows. It goes on while the device sleeps.
pub fn now() -> Timestamp {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one door to the browser's clock"
    )]
    let millis = js_sys::Date::now();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit an i64 for longer than calendars last"
    )]
    Timestamp::from_millis(millis as i64)
}

/// Calls `tick` every `millis` milliseconds until the handle is dropped.
pub fn every(millis: u32, tick: impl FnMut() + 'static) -> Interval {
    Interval::new(millis, tick)
}

/// Calls `then` once after `millis` milliseconds unless the handle is dropped before.
pub fn later(millis: u32, then: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(millis, then)
}

/// The wall time of an instant in the reader's zone, hours and minutes, for example `14:05`.
pub fn hour(at: Timestamp) -> String {
    let date = local(at);
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// The day of an instant in the reader's zone: year, month (1 to 12), day.
pub fn day(at: Timestamp) -> (u32, u32, u32) {
    let date = local(at);
    (date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// The wall time of an instant in mainland Ecuador, as the mails tell it: UTC−5 the whole year. For what is kept or printed.
pub fn official_hour(at: Timestamp) -> String {
    let date = official(at);
    format!("{:02}:{:02}", date.get_utc_hours(), date.get_utc_minutes())
}

/// The day of an instant in mainland Ecuador: year, month (1 to 12), day.
pub fn official_day(at: Timestamp) -> (u32, u32, u32) {
    let date = official(at);
    (
        date.get_utc_full_year(),
        date.get_utc_month() + 1,
        date.get_utc_date(),
    )
}

/// A date whose UTC fields are those of a clock in mainland Ecuador.
fn official(at: Timestamp) -> js_sys::Date {
    local(at.before(Duration::from_hours(5)))
}

fn local(at: Timestamp) -> js_sys::Date {
    #[expect(
        clippy::cast_precision_loss,
        reason = "exact to the millisecond until the year 287396"
    )]
    js_sys::Date::new(&(at.as_millis() as f64).into())
}

/// The hour and minute that a centre's clocks show, wherever this device is.
pub fn hour_at(zone: Zone, at: Timestamp) -> String {
    zone.clock_at(at).to_string()
}
