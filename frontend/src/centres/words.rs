//! The words of centres.

use crate::errors::wrong;
use crate::ui::SummaryEntry;
use shared::centres::{Hours, Mode, Procedure, Zone};
use shared::i18n::Text;
use shared::time::{Timestamp, Weekday};
use yew::AttrValue;

/// What a procedure is called.
pub(super) fn procedure(text: Text, procedure: Procedure) -> &'static str {
    match procedure {
        Procedure::Recovery => text.appointments_procedure_recovery(),
        Procedure::Unlock => text.appointments_procedure_unlock(),
        Procedure::Contact => text.appointments_procedure_contact(),
        Procedure::Passkey => text.appointments_procedure_passkey(),
        Procedure::Signature => text.appointments_procedure_signature(),
    }
}

/// What a way of meeting is called.
pub(super) fn mode(text: Text, mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => text.appointments_mode_in_person(),
        Mode::Video => text.appointments_mode_video(),
    }
}

/// What a day of the week is called.
pub(super) fn weekday(text: Text, weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => text.centres_monday(),
        Weekday::Tuesday => text.centres_tuesday(),
        Weekday::Wednesday => text.centres_wednesday(),
        Weekday::Thursday => text.centres_thursday(),
        Weekday::Friday => text.centres_friday(),
        Weekday::Saturday => text.centres_saturday(),
        Weekday::Sunday => text.centres_sunday(),
    }
}

/// When it serves, day by day, days in a row that are alike together.
pub(super) fn hours(text: Text, hours: &Hours) -> String {
    let of = |day: Weekday| shared::centres::DayHours::of(hours, day);
    let mut parts = Vec::new();
    let mut first = 0;
    while let Some(day) = Weekday::ALL.get(first) {
        let openings = of(*day);
        let alike = Weekday::ALL[first + 1..]
            .iter()
            .take_while(|other| of(**other) == openings)
            .count();
        let last = first + alike;
        let openings = openings.to_string();
        if !openings.is_empty() {
            let days = if alike == 0 {
                weekday(text, *day).to_owned()
            } else {
                text.centres_days(weekday(text, *day), weekday(text, Weekday::ALL[last]))
            };
            parts.push(format!("{days} {openings}"));
        }
        first = last + 1;
    }
    parts.join(" · ")
}

/// An instant by a centre's clocks, figures only: the same in every language.
pub(super) fn instant(zone: Zone, at: Timestamp) -> String {
    format!("{} {}", zone.day_of(at), zone.clock_at(at))
}

/// A line of a form's summary.
pub(super) fn entry(id: impl Into<AttrValue>, words: impl Into<AttrValue>) -> SummaryEntry {
    wrong(id, words)
}
