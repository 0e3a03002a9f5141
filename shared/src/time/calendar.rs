//! Dates of official records: a day of the civil calendar, without a time and without a zone.

use super::Timestamp;
use crate::api::FieldCode;
use core::fmt;
use core::str::FromStr;
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// How far mainland Ecuador's clocks are behind UTC, the whole year.
const BEHIND_UTC: Duration = Duration::from_hours(5);
const DAY: i64 = 24 * 3600 * 1_000_000;
/// The Julian day of 1970-01-01.
const EPOCH: i64 = 2_440_588;

/// A day that exists in the Gregorian calendar, between the years 1800 and 2199. In text `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
pub struct CivilDate(time::Date);

/// A day of the week; a week begins on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Weekday {
    /// The first.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The last.
    Sunday,
}

impl Weekday {
    /// All seven, from Monday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

/// Why a date was refused, for the page to say it beside the field. Each text begins with the word of its
/// [`FieldCode`], so that a server finds the code in a deserialiser's error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvalidDate {
    /// A part is missing or is not a number.
    #[error("malformed date, its form is YYYY-MM-DD")]
    Malformed,
    /// The year is before 1800 or after 2199.
    #[error("year out of range")]
    Year,
    /// There are twelve months.
    #[error("month does not exist")]
    Month,
    /// That month has no such day.
    #[error("day does not exist in that month")]
    Day,
}

impl From<InvalidDate> for FieldCode {
    fn from(reason: InvalidDate) -> Self {
        match reason {
            InvalidDate::Malformed => Self::Malformed,
            InvalidDate::Year => Self::Year,
            InvalidDate::Month => Self::Month,
            InvalidDate::Day => Self::Day,
        }
    }
}

impl CivilDate {
    /// The day `day` of `month` in `year`.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, InvalidDate> {
        if !(1800..=2199).contains(&year) {
            return Err(InvalidDate::Year);
        }
        let month = time::Month::try_from(month).map_err(|_| InvalidDate::Month)?;
        time::Date::from_calendar_date(year, month, day)
            .map(Self)
            .map_err(|_| InvalidDate::Day)
    }

    /// The day on the calendars of mainland Ecuador (UTC−5) at an instant; the first or the last possible day for one
    /// before or after all of them.
    pub fn in_ecuador(at: Timestamp) -> Self {
        let days = at.before(BEHIND_UTC).as_micros().div_euclid(DAY);
        let first = Self(time::Date::from_ordinal_date(1800, 1).unwrap_or(time::Date::MIN));
        let last = Self(time::Date::from_ordinal_date(2199, 365).unwrap_or(time::Date::MAX));
        i32::try_from(days.saturating_add(EPOCH))
            .ok()
            .and_then(|day| time::Date::from_julian_day(day).ok())
            .map_or(if days < 0 { first } else { last }, Self)
            .clamp(first, last)
    }

    /// The instant at which this day begins in mainland Ecuador.
    pub fn begin_in_ecuador(self) -> Timestamp {
        let days = i64::from(self.0.to_julian_day()) - EPOCH;
        Timestamp::from_micros(days * DAY).after(BEHIND_UTC)
    }

    /// The day so many days later; the last possible one instead of none.
    #[must_use]
    pub fn days_later(self, days: u16) -> Self {
        let last = time::Date::from_ordinal_date(2199, 365).unwrap_or(time::Date::MAX);
        let later = self.0.saturating_add(time::Duration::days(days.into()));
        Self(later.min(last))
    }

    /// How many days `later` is away; negative if it is past.
    pub fn days_until(self, later: Self) -> i32 {
        later.0.to_julian_day() - self.0.to_julian_day()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        match self.0.weekday() {
            time::Weekday::Monday => Weekday::Monday,
            time::Weekday::Tuesday => Weekday::Tuesday,
            time::Weekday::Wednesday => Weekday::Wednesday,
            time::Weekday::Thursday => Weekday::Thursday,
            time::Weekday::Friday => Weekday::Friday,
            time::Weekday::Saturday => Weekday::Saturday,
            time::Weekday::Sunday => Weekday::Sunday,
        }
    }

    /// Whether it is a Saturday or a Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), time::Weekday::Saturday | time::Weekday::Sunday)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        u8::from(self.0.month())
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.0.day()
    }
}

impl FromStr for CivilDate {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let mut parts = text.splitn(3, '-');
        let mut next = |length: usize| {
            parts
                .next()
                .filter(|part| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()))
                .ok_or(InvalidDate::Malformed)
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        let number = |part: &str| part.parse::<u16>().map_err(|_| InvalidDate::Malformed);
        Self::new(
            i32::from(number(year)?),
            u8::try_from(number(month)?).map_err(|_| InvalidDate::Month)?,
            u8::try_from(number(day)?).map_err(|_| InvalidDate::Day)?,
        )
    }
}

impl TryFrom<String> for CivilDate {
    type Error = InvalidDate;

    fn try_from(text: String) -> Result<Self, InvalidDate> {
        text.parse()
    }
}

impl From<CivilDate> for String {
    fn from(date: CivilDate) -> Self {
        date.to_string()
    }
}

impl fmt::Display for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

/// Dates answer questions of identity, so they do not appear in `Debug`.
impl fmt::Debug for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CivilDate(••••-••-••)")
    }
}
