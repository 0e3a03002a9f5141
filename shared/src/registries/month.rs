//! A month of a year: what payrolls are counted by.

use core::fmt;
use core::str::FromStr;
use serde::{Deserialize, Serialize};

/// A month of a year, `YYYY-MM` in text, between 1900 and 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: u16,
    month: u8,
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Month {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::Object::builder()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("a month, YYYY-MM"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Month {}

/// Text that is not a month of the form `YYYY-MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a month of the form YYYY-MM")]
pub struct InvalidMonth;

impl Month {
    /// The month `month` (1 to 12) of `year`.
    pub const fn new(year: u16, month: u8) -> Result<Self, InvalidMonth> {
        if year >= 1900 && year <= 2199 && month >= 1 && month <= 12 {
            Ok(Self { year, month })
        } else {
            Err(InvalidMonth)
        }
    }

    /// The calendar year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month of the year, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }
}

impl FromStr for Month {
    type Err = InvalidMonth;

    fn from_str(text: &str) -> Result<Self, InvalidMonth> {
        let (year, month) = text.split_once('-').ok_or(InvalidMonth)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(InvalidMonth);
        }
        Self::new(
            year.parse().map_err(|_| InvalidMonth)?,
            month.parse().map_err(|_| InvalidMonth)?,
        )
    }
}

impl TryFrom<String> for Month {
    type Error = InvalidMonth;

    fn try_from(text: String) -> Result<Self, InvalidMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_exactly() {
        for good in ["1900-01", "2026-12", "2199-09"] {
            assert_eq!(good.parse::<Month>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "2026",
            "2026-00",
            "2026-13",
            "1899-12",
            "2200-01",
            "2026-1",
            "+026-01",
            "2026-+1",
            "2026-01-01",
        ] {
            assert_eq!(bad.parse::<Month>(), Err(InvalidMonth), "{bad}");
        }
    }
}
