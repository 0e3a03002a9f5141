//! Between which days a report is.

use crate::api::FieldCode;
use crate::time::CivilDate;
use serde::{Deserialize, Serialize};

/// How many days a report has at most: a quarter of a year.
pub const MOST_DAYS: i32 = 92;

/// From one day to another, both included: 1 to [`MOST_DAYS`] days.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Span {
    /// The first day.
    from: CivilDate,
    /// The last day.
    to: CivilDate,
}

/// Two days, as they are sent.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    from: CivilDate,
    to: CivilDate,
}

/// Two days that are no span. It begins with the word of its [`FieldCode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("out_of_range")]
pub struct InvalidSpan;

impl From<InvalidSpan> for FieldCode {
    fn from(_: InvalidSpan) -> Self {
        Self::OutOfRange
    }
}

impl Span {
    /// From the first day to the last.
    ///
    /// # Errors
    /// [`InvalidSpan`] where the last is before the first, or more than [`MOST_DAYS`] are asked for.
    pub fn new(from: CivilDate, to: CivilDate) -> Result<Self, InvalidSpan> {
        if (0..MOST_DAYS).contains(&from.days_until(to)) {
            Ok(Self { from, to })
        } else {
            Err(InvalidSpan)
        }
    }

    /// The first day.
    pub const fn from(self) -> CivilDate {
        self.from
    }

    /// The last day.
    pub const fn to(self) -> CivilDate {
        self.to
    }

    /// Every day of it.
    pub fn days(self) -> impl Iterator<Item = CivilDate> {
        let count = u16::try_from(self.from.days_until(self.to)).unwrap_or(0);
        (0..=count).map(move |days| self.from.days_later(days))
    }
}

/// Days of work are no secret: unlike dates that answer questions of identity, these are shown.
impl core::fmt::Debug for Span {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}..={}", self.from, self.to)
    }
}

impl TryFrom<Ends> for Span {
    type Error = InvalidSpan;

    fn try_from(ends: Ends) -> Result<Self, InvalidSpan> {
        Self::new(ends.from, ends.to)
    }
}

impl From<Span> for Ends {
    fn from(span: Span) -> Self {
        Self {
            from: span.from,
            to: span.to,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_span_has_one_day_to_ninety_two() {
        let first = day("2026-11-01");
        assert_eq!(Span::new(first, day("2026-10-31")), Err(InvalidSpan));
        assert_eq!(Span::new(first, first).unwrap().days().count(), 1);
        assert_eq!(Span::new(first, first.days_later(91)).unwrap().days().count(), 92);
        assert_eq!(Span::new(first, first.days_later(92)), Err(InvalidSpan));
    }

    #[test]
    fn what_is_sent_is_checked() {
        let sent = |from: &str, to: &str| serde_json::json!({ "from": from, "to": to });
        let read = |value| serde_json::from_value::<Span>(value);
        assert!(read(sent("2026-11-01", "2026-11-30")).is_ok());
        let refused = read(sent("2026-11-30", "2026-11-01")).unwrap_err();
        assert_eq!(
            FieldCode::of_message(&refused.to_string()),
            Some(InvalidSpan.into())
        );
    }
}
