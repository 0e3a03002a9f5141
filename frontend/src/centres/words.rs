//! The words of centres.

use crate::errors::wrong;
use crate::ui::SummaryEntry;
use shared::centres::{Hours, Mode, Procedure, Zone};
use shared::i18n::Text;
use shared::time::Timestamp;
use yew::AttrValue;

pub(super) use shared::centres::words::weekday;

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

/// When it serves, day by day, days in a row that are alike together.
pub(super) fn hours(text: Text, hours: &Hours) -> String {
    hours.told(text).join(" · ")
}

/// An instant by a centre's clocks, figures only: the same in every language.
pub(super) fn instant(zone: Zone, at: Timestamp) -> String {
    format!("{} {}", zone.day_of(at), zone.clock_at(at))
}

/// A line of a form's summary.
pub(super) fn entry(id: impl Into<AttrValue>, words: impl Into<AttrValue>) -> SummaryEntry {
    wrong(id, words)
}
