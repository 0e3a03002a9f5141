//! The words of appointments outside of the pages: in mails, calendars and on the sheet. They are the pages' own.

use shared::appointments::Place;
use shared::centres::{Mode, Procedure, Zone};
use shared::i18n::Text;
use shared::time::Weekday;

/// The number of a weekday in the texts.
const fn weekday(day: Weekday) -> i64 {
    match day {
        Weekday::Monday => 1,
        Weekday::Tuesday => 2,
        Weekday::Wednesday => 3,
        Weekday::Thursday => 4,
        Weekday::Friday => 5,
        Weekday::Saturday => 6,
        Weekday::Sunday => 7,
    }
}

/// What somebody comes for.
pub(crate) fn procedure(text: Text, procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Recovery => text.appointments_procedure_recovery(),
        Procedure::Unlock => text.appointments_procedure_unlock(),
        Procedure::Contact => text.appointments_procedure_contact(),
        Procedure::Passkey => text.appointments_procedure_passkey(),
        Procedure::Signature => text.appointments_procedure_signature(),
    }
}

/// Above the list.
pub(crate) fn bring_title(text: Text, mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => text.appointments_bring_title(),
        Mode::Video => text.appointments_bring_title_video(),
    }
}

/// When a place begins, by the clocks of its centre: `lunes 23 de noviembre de 2026, 09:00`. Which clocks these are is told beside it.
pub(crate) fn when(text: Text, zone: Zone, place: &Place) -> String {
    let day = zone.day_of(place.starts_at);
    let date = text.appointments_day_year(
        day.day(),
        text.challenges_month_name(day.month().into()),
        text.appointments_weekday_name(weekday(day.weekday())),
        day.year(),
    );
    text.appointments_moment(date, zone.clock_at(place.starts_at))
}
