//! A date in three boxes, and a month in two.

use crate::ui::{DateLabels, DatePart, DateText};
use shared::api::FieldCode;
use shared::i18n::Text;
use shared::registries::Month;
use shared::time::{CivilDate, InvalidDate};

/// What is wrong with a date and in which box; `None`: in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong.
    pub code: FieldCode,
    /// Where.
    pub part: Option<DatePart>,
}

impl From<InvalidDate> for DateError {
    fn from(reason: InvalidDate) -> Self {
        let (code, part) = match reason {
            InvalidDate::Malformed => (FieldCode::Malformed, None),
            InvalidDate::Year => (FieldCode::Year, Some(DatePart::Year)),
            InvalidDate::Month => (FieldCode::Month, Some(DatePart::Month)),
            InvalidDate::Day => (FieldCode::Day, Some(DatePart::Day)),
        };
        Self { code, part }
    }
}

/// Reads the boxes. Empty boxes are missing; the first wrong one, in the order in which they are typed, is named.
pub fn read(typed: &DateText) -> Result<CivilDate, DateError> {
    let [day, month, year] = numbers([
        (DatePart::Day, &typed.day, FieldCode::Day),
        (DatePart::Month, &typed.month, FieldCode::Month),
        (DatePart::Year, &typed.year, FieldCode::Year),
    ])?;
    CivilDate::new(i32::from(year), small(month), small(day)).map_err(Into::into)
}

/// Reads the boxes of a month and its year, whatever stands in the day's.
pub fn read_month(typed: &DateText) -> Result<Month, DateError> {
    let [month, year] = numbers([
        (DatePart::Month, &typed.month, FieldCode::Month),
        (DatePart::Year, &typed.year, FieldCode::Year),
    ])?;
    Month::new(year, small(month)).map_err(|_| {
        let (code, part) = match month {
            1..=12 => (FieldCode::Year, DatePart::Year),
            _ => (FieldCode::Month, DatePart::Month),
        };
        DateError {
            code,
            part: Some(part),
        }
    })
}

/// The numbers of the boxes, each named by its code if it is none.
fn numbers<const N: usize>(boxes: [(DatePart, &String, FieldCode); N]) -> Result<[u16; N], DateError> {
    if boxes.iter().all(|(_, text, _)| text.trim().is_empty()) {
        return Err(DateError {
            code: FieldCode::Missing,
            part: None,
        });
    }
    let mut numbers = [0_u16; N];
    for (slot, (part, text, wrong)) in numbers.iter_mut().zip(boxes) {
        let text = text.trim();
        let code = if text.is_empty() {
            FieldCode::Missing
        } else {
            wrong
        };
        let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        *slot = digits.then(|| text.parse().ok()).flatten().ok_or(DateError {
            code,
            part: Some(part),
        })?;
    }
    Ok(numbers)
}

fn small(number: u16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// The labels of the boxes.
pub fn labels(text: Text) -> DateLabels {
    DateLabels {
        day: text.challenges_day().into(),
        month: text.challenges_month().into(),
        year: text.challenges_year().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{DateError, read, read_month};
    use crate::ui::{DatePart, DateText};
    use shared::api::FieldCode;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn typed(day: &str, month: &str, year: &str) -> DateText {
        DateText {
            day: day.into(),
            month: month.into(),
            year: year.into(),
        }
    }

    #[test]
    fn one_digit_days_and_months_are_dates() {
        let date = read(&typed("3", "7", "1984")).map(|date| date.to_string());
        assert_eq!(date, Ok("1984-07-03".to_owned()));
    }

    #[test]
    fn the_wrong_box_is_named() {
        for (day, month, year, code, part) in [
            ("", "", "", FieldCode::Missing, None),
            ("", "7", "1984", FieldCode::Missing, Some(DatePart::Day)),
            ("3", "", "1984", FieldCode::Missing, Some(DatePart::Month)),
            ("x", "7", "1984", FieldCode::Day, Some(DatePart::Day)),
            ("31", "2", "1984", FieldCode::Day, Some(DatePart::Day)),
            ("29", "2", "1900", FieldCode::Day, Some(DatePart::Day)),
            ("3", "13", "1984", FieldCode::Month, Some(DatePart::Month)),
            ("3", "256", "1984", FieldCode::Month, Some(DatePart::Month)),
            ("3", "7", "84", FieldCode::Year, Some(DatePart::Year)),
            ("3", "7", "19845", FieldCode::Year, Some(DatePart::Year)),
            ("３", "7", "1984", FieldCode::Day, Some(DatePart::Day)),
        ] {
            assert_eq!(
                read(&typed(day, month, year)).map(|_| ()),
                Err(DateError { code, part }),
                "{day}/{month}/{year}"
            );
        }
    }

    #[test]
    fn a_month_is_read_from_two_boxes() {
        let month = read_month(&typed("", "7", "1984")).map(|month| month.to_string());
        assert_eq!(month, Ok("1984-07".to_owned()));
        for (month, year, code, part) in [
            ("", "", FieldCode::Missing, None),
            ("", "1984", FieldCode::Missing, Some(DatePart::Month)),
            ("7", "", FieldCode::Missing, Some(DatePart::Year)),
            ("0", "1984", FieldCode::Month, Some(DatePart::Month)),
            ("13", "84", FieldCode::Month, Some(DatePart::Month)),
            ("7", "84", FieldCode::Year, Some(DatePart::Year)),
            ("7", "1899", FieldCode::Year, Some(DatePart::Year)),
        ] {
            assert_eq!(
                read_month(&typed("x", month, year)).map(|_| ()),
                Err(DateError { code, part }),
                "{month}/{year}"
            );
        }
    }
}
