//! Dates as PDF writes them: `D:YYYYMMDDHHmmSSOHH'mm'`, all but the year optional (ISO 32000, 7.9.4).

use core::time::Duration;
use shared::time::{CivilDate, Timestamp};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
/// Where days begin in [`CivilDate`], behind UTC.
const ECUADOR: Duration = Duration::from_hours(5);

/// The instant that a date names. Without a zone it is taken as UTC: it is recorded and believed for nothing.
pub(super) fn parse(text: &[u8]) -> Option<Timestamp> {
    let text = core::str::from_utf8(text).ok()?;
    let text = text.strip_prefix("D:").unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (civil, zone) = text.split_at_checked(digits)?;
    let part = |range: core::ops::Range<usize>, absent: u64| match civil.get(range) {
        Some(part) => part.parse::<u64>().ok(),
        None => Some(absent),
    };
    let year = i32::try_from(part(0..4, 0)?).ok()?;
    let month = u8::try_from(part(4..6, 1)?).ok()?;
    let day = u8::try_from(part(6..8, 1)?).ok()?;
    let (hour, minute, second) = (part(8..10, 0)?, part(10..12, 0)?, part(12..14, 0)?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let day = CivilDate::new(year, month, day)
        .ok()?
        .begin_in_ecuador()
        .before(ECUADOR);
    let instant = day.after(Duration::from_secs(hour * HOUR + minute * MINUTE + second));
    let Some(sign) = zone.chars().next().filter(|sign| matches!(sign, '+' | '-')) else {
        return Some(instant);
    };
    let number = |range: core::ops::Range<usize>| zone.get(range).and_then(|part| part.parse::<u64>().ok());
    let (hours, minutes) = (number(1..3)?, number(4..6).or_else(|| number(3..5)).unwrap_or(0));
    if hours > 23 || minutes > 59 {
        return None;
    }
    let offset = Duration::from_secs(hours * HOUR + minutes * MINUTE);
    Some(if sign == '+' {
        instant.before(offset)
    } else {
        instant.after(offset)
    })
}
