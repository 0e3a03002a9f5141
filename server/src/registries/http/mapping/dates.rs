//! How a registry writes days and months, as the mapping file tells it.

use shared::registries::Month;
use shared::time::CivilDate;
use std::str::FromStr;

/// The form of a date: `YYYY`, `MM` and `DD` (without it, a month) between other characters, such as `DD/MM/YYYY` or
/// `YYYYMM`. A `*` at the end leaves out what follows, such as a time.
///
/// A zone is never applied: a registry's day is the day that is printed on the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Format(Vec<Token>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Year,
    Month,
    Day,
    Is(u8),
    Rest,
}

impl Format {
    /// The day that a text means.
    pub(super) fn day(&self, text: &str) -> Option<CivilDate> {
        let (year, month, day) = self.parts(text)?;
        CivilDate::new(i32::from(year), month, day?).ok()
    }

    /// The month that a text means, also if it has a day.
    pub(super) fn month(&self, text: &str) -> Option<Month> {
        let (year, month, _) = self.parts(text)?;
        Month::new(year, month).ok()
    }

    /// Whether it tells a day.
    pub(super) fn has_day(&self) -> bool {
        self.0.contains(&Token::Day)
    }

    fn parts(&self, text: &str) -> Option<(u16, u8, Option<u8>)> {
        let mut rest = text.as_bytes();
        let (mut year, mut month, mut day) = (None, None, None);
        for token in &self.0 {
            match token {
                Token::Year => year = Some(digits(&mut rest, 4)?),
                Token::Month => month = Some(digits(&mut rest, 2)?),
                Token::Day => day = Some(digits(&mut rest, 2)?),
                Token::Is(byte) => rest = rest.strip_prefix(&[*byte])?,
                Token::Rest => rest = &[],
            }
        }
        if !rest.is_empty() {
            return None;
        }
        let small = |number: u16| u8::try_from(number).ok();
        Some((year?, small(month?)?, day.and_then(small)))
    }
}

fn digits(rest: &mut &[u8], count: usize) -> Option<u16> {
    let (these, others) = rest.split_at_checked(count)?;
    *rest = others;
    these.iter().try_fold(0, |number: u16, byte| {
        byte.is_ascii_digit()
            .then(|| number * 10 + u16::from(byte - b'0'))
    })
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let named = [
                ("YYYY", Token::Year),
                ("MM", Token::Month),
                ("DD", Token::Day),
                ("*", Token::Rest),
            ];
            let found = named
                .into_iter()
                .find_map(|(name, token)| Some((rest.strip_prefix(name)?, token)));
            let (after, token) = match found {
                Some(found) => found,
                None if first.is_ascii() && (!first.is_ascii_alphanumeric() || first == 'T') => {
                    (&rest[1..], Token::Is(first as u8))
                }
                None => return Err("must be made of YYYY, MM, DD and separators, such as DD/MM/YYYY"),
            };
            if matches!(tokens.last(), Some(Token::Rest)) {
                return Err("may have * only at its end");
            }
            if !matches!(token, Token::Is(_)) && tokens.contains(&token) {
                return Err("must have each of YYYY, MM and DD only once");
            }
            tokens.push(token);
            rest = after;
        }
        if tokens.contains(&Token::Year) && tokens.contains(&Token::Month) {
            Ok(Self(tokens))
        } else {
            Err("must have YYYY and MM")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(format: &str, text: &str) -> Option<String> {
        let format: Format = format.parse().unwrap();
        format.day(text).map(|day| day.to_string())
    }

    #[test]
    fn institutions_write_dates_in_many_ways() {
        for (format, text) in [
            ("YYYY-MM-DD", "2013-02-28"),
            ("DD/MM/YYYY", "28/02/2013"),
            ("YYYYMMDD", "20130228"),
            ("YYYY-MM-DD*", "2013-02-28 00:00:00"),
            ("YYYY-MM-DDT*", "2013-02-28T23:59:59.000-05:00"),
            ("YYYY-MM-DD*", "2013-02-28"),
        ] {
            assert_eq!(
                day(format, text).as_deref(),
                Some("2013-02-28"),
                "{format} {text}"
            );
        }
    }

    #[test]
    fn what_does_not_fit_is_no_date() {
        for (format, text) in [
            ("YYYY-MM-DD", ""),
            ("YYYY-MM-DD", "2013-02-30"),
            ("YYYY-MM-DD", "2013-02-28 "),
            ("YYYY-MM-DD", "2013-2-28"),
            ("YYYY-MM-DD", "+013-02-28"),
            ("YYYY-MM-DD", "２０１３-02-28"),
            ("DD/MM/YYYY", "2013-02-28"),
            ("YYYYMMDD", "2013022"),
            ("YYYY-MM", "2013-02"),
        ] {
            assert_eq!(day(format, text), None, "{format} {text}");
        }
    }

    #[test]
    fn months_may_have_a_day() {
        let month = |format: &str, text| {
            let format: Format = format.parse().unwrap();
            format.month(text).map(|month| month.to_string())
        };
        assert_eq!(month("YYYYMM", "202601").as_deref(), Some("2026-01"));
        assert_eq!(month("YYYY-MM-DD", "2026-01-31").as_deref(), Some("2026-01"));
        assert_eq!(month("YYYYMM", "202613"), None);
    }

    #[test]
    fn a_form_without_sense_is_refused() {
        for bad in [
            "",
            "DD",
            "YYYY",
            "YYYY-MM-DD-DD",
            "YYYY*-MM",
            "AAAA-MM-DD",
            "YYYY MM ñ",
        ] {
            assert!(bad.parse::<Format>().is_err(), "{bad}");
        }
    }
}
