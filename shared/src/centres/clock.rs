//! A time of the day as a clock on the wall shows it.

use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// A time of the day in whole minutes, from 00:00 to 23:59. In text `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
pub struct ClockTime(u16);

/// A text that is no time of the day. It begins with the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed time, its form is HH:MM")]
pub struct InvalidClockTime;

impl From<InvalidClockTime> for FieldCode {
    fn from(_: InvalidClockTime) -> Self {
        Self::Malformed
    }
}

impl ClockTime {
    /// 00:00.
    pub const MIDNIGHT: Self = Self(0);

    /// So many minutes after midnight; `None` from 24:00 on.
    pub const fn of_minutes(minutes: u16) -> Option<Self> {
        if minutes < DAY { Some(Self(minutes)) } else { None }
    }

    /// Minutes since midnight, 0 to 1439.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl FromStr for ClockTime {
    type Err = InvalidClockTime;

    fn from_str(text: &str) -> Result<Self, InvalidClockTime> {
        let two = |part: &str, below: u16| {
            Some(part)
                .filter(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
                .and_then(|part| part.parse::<u16>().ok())
                .filter(|number| *number < below)
                .ok_or(InvalidClockTime)
        };
        let (hour, minute) = text.split_once(':').ok_or(InvalidClockTime)?;
        Ok(Self(two(hour, 24)? * 60 + two(minute, 60)?))
    }
}

impl TryFrom<String> for ClockTime {
    type Error = InvalidClockTime;

    fn try_from(text: String) -> Result<Self, InvalidClockTime> {
        text.parse()
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("00:00", 0)]
    #[case("08:30", 510)]
    #[case("23:59", 1439)]
    fn a_time_is_read_as_it_is_written(#[case] text: &str, #[case] minutes: u16) {
        let time: ClockTime = text.parse().unwrap();
        assert_eq!((time.minutes(), time.to_string().as_str()), (minutes, text));
        assert_eq!(ClockTime::of_minutes(minutes), Some(time));
    }

    #[rstest]
    #[case("24:00")]
    #[case("8:30")]
    #[case("08:60")]
    #[case("08.30")]
    #[case("+8:30")]
    #[case("٠٨:٣٠")]
    #[case("08:30:00")]
    #[case("")]
    fn what_no_clock_shows_is_refused(#[case] text: &str) {
        let refused = text.parse::<ClockTime>().unwrap_err();
        assert_eq!(FieldCode::of_message(&refused.to_string()), Some(refused.into()));
    }

    #[test]
    fn a_day_has_1440_minutes() {
        assert_eq!(ClockTime::of_minutes(1440), None);
    }
}
