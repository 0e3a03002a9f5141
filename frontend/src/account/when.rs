//! Days and times in words, by the clocks of mainland Ecuador, as the mails tell them.

use crate::platform::clock;
use shared::i18n::Text;
use shared::time::{CivilDate, Timestamp};

/// A day and an hour.
pub(super) fn moment(text: Text, at: Timestamp) -> String {
    let (year, month, day) = clock::official_day(at);
    text.reset_done_time(
        day,
        text.challenges_month_name(month.into()),
        clock::official_hour(at),
        year,
    )
}

/// A day.
pub(super) fn day(text: Text, date: CivilDate) -> String {
    text.account_day(
        date.day(),
        text.challenges_month_name(date.month().into()),
        date.year(),
    )
}

/// The day of a moment.
pub(super) fn day_of(text: Text, at: Timestamp) -> String {
    day(text, CivilDate::in_ecuador(at))
}
