//! When a centre serves, week by week.

use super::ClockTime;
use crate::api::FieldCode;
use crate::time::Weekday;
use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// Openings of a week at most: four a day.
const MOST: usize = 28;

/// From when to when a centre serves on a day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Which day.
    pub weekday: Weekday,
    /// From when on, by the centre's clocks.
    pub opens: ClockTime,
    /// Until when, by the centre's clocks; after it opens.
    pub closes: ClockTime,
}

/// The hours of a week: at least one opening, in order, none over another. In text `mon-fri 08:00-13:00 14:00-17:00; sat 09:00-12:00`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Opening>", into = "Vec<Opening>")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = Vec<Opening>))]
pub struct Hours(Vec<Opening>);

/// Why hours were refused. Each text begins with the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidHours {
    /// There is not one opening.
    #[error("missing")]
    Missing,
    /// A part cannot be read.
    #[error("malformed hours, their form is mon-fri 08:00-13:00 14:00-17:00; sat 09:00-12:00")]
    Malformed,
    /// An opening ends before it begins, or lies over another.
    #[error("out_of_range opening, it ends before it begins or lies over another")]
    Order,
    /// There are more than 28.
    #[error("too_long list, there are more than 28 openings")]
    TooMany,
}

impl From<InvalidHours> for FieldCode {
    fn from(reason: InvalidHours) -> Self {
        match reason {
            InvalidHours::Missing => Self::Missing,
            InvalidHours::Malformed => Self::Malformed,
            InvalidHours::Order => Self::OutOfRange,
            InvalidHours::TooMany => Self::TooLong,
        }
    }
}

impl Hours {
    /// The openings, from Monday on.
    pub fn iter(&self) -> impl Iterator<Item = Opening> + '_ {
        self.0.iter().copied()
    }

    /// The days on which somebody serves, days in a row with the same openings together.
    pub fn days_alike(&self) -> Vec<DaysAlike> {
        let mut all: Vec<DaysAlike> = Vec::new();
        let mut before = DayHours::default();
        for day in Weekday::ALL.iter().copied() {
            let openings = DayHours::of(self, day);
            match all.last_mut() {
                Some(days) if openings == before && days.openings == openings => days.last = day,
                _ if openings == DayHours::default() => {}
                _ => all.push(DaysAlike {
                    first: day,
                    last: day,
                    openings: openings.clone(),
                }),
            }
            before = openings;
        }
        all
    }

    /// The openings of one day of the week, in order.
    pub fn of_day(&self, weekday: Weekday) -> impl Iterator<Item = Opening> + '_ {
        self.iter().filter(move |opening| opening.weekday == weekday)
    }
}

/// Days in a row on which a centre serves alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaysAlike {
    /// The first of them.
    pub first: Weekday,
    /// The last; the same for a day by itself.
    pub last: Weekday,
    /// When.
    pub openings: DayHours,
}

/// The openings of one day, without saying which. In text `08:00-13:00 14:00-17:00`; nothing for a day on which nobody serves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DayHours(Vec<(ClockTime, ClockTime)>);

impl DayHours {
    /// Of some hours, those of one day.
    pub fn of(hours: &Hours, weekday: Weekday) -> Self {
        Self(
            hours
                .of_day(weekday)
                .map(|opening| (opening.opens, opening.closes))
                .collect(),
        )
    }

    /// The same as openings of a day of the week.
    pub fn on(&self, weekday: Weekday) -> impl Iterator<Item = Opening> + '_ {
        self.0.iter().map(move |(opens, closes)| Opening {
            weekday,
            opens: *opens,
            closes: *closes,
        })
    }
}

impl FromStr for DayHours {
    type Err = InvalidHours;

    fn from_str(text: &str) -> Result<Self, InvalidHours> {
        let stretches: Vec<_> = text.split_whitespace().map(stretch).collect::<Result<_, _>>()?;
        let day = Self(stretches);
        if !day.0.is_empty() {
            Hours::try_from(day.on(Weekday::Monday).collect::<Vec<_>>())?;
        }
        Ok(day)
    }
}

impl fmt::Display for DayHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (opens, closes)) in self.0.iter().enumerate() {
            let between = if at == 0 { "" } else { " " };
            write!(f, "{between}{opens}-{closes}")?;
        }
        Ok(())
    }
}

impl TryFrom<Vec<Opening>> for Hours {
    type Error = InvalidHours;

    fn try_from(mut openings: Vec<Opening>) -> Result<Self, InvalidHours> {
        if openings.is_empty() {
            return Err(InvalidHours::Missing);
        }
        if openings.len() > MOST {
            return Err(InvalidHours::TooMany);
        }
        openings.sort_unstable();
        let backwards = openings.iter().any(|opening| opening.closes <= opening.opens);
        let over = openings
            .windows(2)
            .any(|pair| pair[0].weekday == pair[1].weekday && pair[1].opens < pair[0].closes);
        if backwards || over {
            return Err(InvalidHours::Order);
        }
        Ok(Self(openings))
    }
}

impl From<Hours> for Vec<Opening> {
    fn from(hours: Hours) -> Self {
        hours.0
    }
}

const WORDS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

fn weekday(word: &str) -> Result<usize, InvalidHours> {
    WORDS
        .iter()
        .position(|(known, _)| known.eq_ignore_ascii_case(word))
        .ok_or(InvalidHours::Malformed)
}

fn stretch(text: &str) -> Result<(ClockTime, ClockTime), InvalidHours> {
    let (opens, closes) = text.split_once('-').ok_or(InvalidHours::Malformed)?;
    let time = |text: &str| text.parse::<ClockTime>().map_err(|_| InvalidHours::Malformed);
    Ok((time(opens)?, time(closes)?))
}

impl FromStr for Hours {
    type Err = InvalidHours;

    fn from_str(text: &str) -> Result<Self, InvalidHours> {
        if text.trim().is_empty() {
            return Err(InvalidHours::Missing);
        }
        let mut openings = Vec::new();
        for part in text.split(';') {
            let mut words = part.split_whitespace();
            let days = words.next().ok_or(InvalidHours::Malformed)?;
            let (first, last) = days.split_once('-').unwrap_or((days, days));
            let (first, last) = (weekday(first)?, weekday(last)?);
            let stretches: Vec<_> = words.map(stretch).collect::<Result<_, _>>()?;
            if stretches.is_empty() || last < first {
                return Err(InvalidHours::Malformed);
            }
            for (_, weekday) in &WORDS[first..=last] {
                openings.extend(stretches.iter().map(|(opens, closes)| Opening {
                    weekday: *weekday,
                    opens: *opens,
                    closes: *closes,
                }));
            }
            if openings.len() > MOST {
                return Err(InvalidHours::TooMany);
            }
        }
        openings.try_into()
    }
}

/// Days in a row with the same openings are written once.
impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |day: Weekday| {
            WORDS
                .iter()
                .find(|(_, one)| *one == day)
                .map_or("", |(word, _)| word)
        };
        for (at, days) in self.days_alike().into_iter().enumerate() {
            let between = if at == 0 { "" } else { "; " };
            write!(f, "{between}{}", word(days.first))?;
            if days.first != days.last {
                write!(f, "-{}", word(days.last))?;
            }
            write!(f, " {}", days.openings)?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("mon-fri 08:00-16:30", "mon-fri 08:00-16:30")]
    #[case(
        " sat 09:00-12:00;Mon-Fri 14:00-17:00 08:00-13:00",
        "mon-fri 08:00-13:00 14:00-17:00; sat 09:00-12:00"
    )]
    #[case(
        "mon 08:00-12:00; tue 08:00-12:00; thu 08:00-12:00",
        "mon-tue 08:00-12:00; thu 08:00-12:00"
    )]
    #[case("mon 08:00-12:00; mon 12:00-13:00", "mon 08:00-12:00 12:00-13:00")]
    fn hours_are_written_in_one_way(#[case] typed: &str, #[case] written: &str) {
        let hours: Hours = typed.parse().unwrap();
        assert_eq!(hours.to_string(), written);
        assert_eq!(written.parse(), Ok(hours));
    }

    #[rstest]
    #[case("", InvalidHours::Missing)]
    #[case("mon", InvalidHours::Malformed)]
    #[case("lun 08:00-12:00", InvalidHours::Malformed)]
    #[case("fri-mon 08:00-12:00", InvalidHours::Malformed)]
    #[case("mon 08:00", InvalidHours::Malformed)]
    #[case("mon 8-12", InvalidHours::Malformed)]
    #[case("mon 08:00-24:00", InvalidHours::Malformed)]
    #[case("mon 08:00-12:00;", InvalidHours::Malformed)]
    #[case("mon 12:00-08:00", InvalidHours::Order)]
    #[case("mon 08:00-08:00", InvalidHours::Order)]
    #[case("mon 08:00-12:00 11:59-13:00", InvalidHours::Order)]
    #[case(
        "mon-sun 08:00-09:00 09:00-10:00 10:00-11:00 11:00-12:00 12:00-13:00",
        InvalidHours::TooMany
    )]
    fn what_are_no_hours_is_refused(#[case] typed: &str, #[case] reason: InvalidHours) {
        assert_eq!(typed.parse::<Hours>(), Err(reason));
        let message = reason.to_string();
        assert_eq!(FieldCode::of_message(&message), Some(reason.into()));
    }

    #[test]
    fn a_body_is_held_against_the_same_rules() {
        let body = r#"[{"weekday":"monday","opens":"12:00","closes":"08:00"}]"#;
        assert!(serde_json::from_str::<Hours>(body).is_err());
        assert!(serde_json::from_str::<Hours>("[]").is_err());
        let body = r#"[{"weekday":"monday","opens":"08:00","closes":"12:00"}]"#;
        assert_eq!(
            serde_json::from_str::<Hours>(body).unwrap().to_string(),
            "mon 08:00-12:00"
        );
    }

    #[test]
    fn a_day_is_read_by_itself() {
        let day: DayHours = " 08:00-13:00  14:00-17:00".parse().unwrap();
        assert_eq!(day.to_string(), "08:00-13:00 14:00-17:00");
        assert_eq!(day.on(Weekday::Friday).count(), 2);
        assert_eq!("".parse(), Ok(DayHours::default()));
        assert_eq!("13:00-08:00".parse::<DayHours>(), Err(InvalidHours::Order));
        assert_eq!(
            "08:00-13:00 12:00-14:00".parse::<DayHours>(),
            Err(InvalidHours::Order)
        );
        assert_eq!("cerrado".parse::<DayHours>(), Err(InvalidHours::Malformed));
        let hours: Hours = "mon-fri 08:00-12:00; sat 09:00-10:00".parse().unwrap();
        assert_eq!(DayHours::of(&hours, Weekday::Saturday).to_string(), "09:00-10:00");
        assert_eq!(DayHours::of(&hours, Weekday::Sunday), DayHours::default());
    }

    proptest! {
        #[test]
        fn hours_are_read_as_they_are_written(openings in proptest::collection::vec((0_usize..7, 0_u16..1440, 1_u16..600), 1..20)) {
            let openings: Vec<Opening> = openings
                .into_iter()
                .filter_map(|(day, opens, minutes)| Some(Opening {
                    weekday: Weekday::ALL[day],
                    opens: ClockTime::of_minutes(opens)?,
                    closes: ClockTime::of_minutes(opens + minutes)?,
                }))
                .collect();
            if let Ok(hours) = Hours::try_from(openings) {
                prop_assert_eq!(hours.to_string().parse(), Ok(hours));
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = text.parse::<Hours>();
        }
    }
}
