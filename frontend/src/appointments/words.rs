//! What things of appointments are called: procedures, ways of meeting, what to bring, days and times.

use shared::appointments::api::PlaceView;
use shared::centres::{Mode, Procedure, Zone};
use shared::i18n::Text;
use shared::time::{CivilDate, Timestamp};

/// What a procedure is called, and what there is to know of it.
pub fn procedure(text: Text, procedure: Procedure) -> (&'static str, &'static str) {
    match procedure {
        Procedure::Recovery => (
            text.appointments_procedure_recovery(),
            text.appointments_procedure_recovery_hint(),
        ),
        Procedure::Unlock => (
            text.appointments_procedure_unlock(),
            text.appointments_procedure_unlock_hint(),
        ),
        Procedure::Contact => (
            text.appointments_procedure_contact(),
            text.appointments_procedure_contact_hint(),
        ),
        Procedure::Passkey => (
            text.appointments_procedure_passkey(),
            text.appointments_procedure_passkey_hint(),
        ),
        Procedure::Signature => (
            text.appointments_procedure_signature(),
            text.appointments_procedure_signature_hint(),
        ),
    }
}

/// What a way of meeting is called, and what it means.
pub fn mode(text: Text, mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::InPerson => (
            text.appointments_mode_in_person(),
            text.appointments_mode_in_person_hint(),
        ),
        Mode::Video => (
            text.appointments_mode_video(),
            text.appointments_mode_video_hint(),
        ),
    }
}

/// Which clocks are meant.
pub fn zone(text: Text, zone: Zone) -> &'static str {
    match zone {
        Zone::Mainland => text.appointments_zone_mainland(),
        Zone::Galapagos => text.appointments_zone_galapagos(),
    }
}

/// A day without its year: within the days for which places are given out there is no doubt.
pub fn date(text: Text, date: CivilDate) -> String {
    text.appointments_day(date.day(), month(text, date), weekday(text, date))
}

/// A day to keep.
fn date_with_year(text: Text, date: CivilDate) -> String {
    text.appointments_day_year(date.day(), month(text, date), weekday(text, date), date.year())
}

fn month(text: Text, date: CivilDate) -> String {
    text.challenges_month_name(date.month().into())
}

fn weekday(text: Text, date: CivilDate) -> String {
    text.appointments_weekday_name(date.weekday() as i64 + 1)
}

pub use crate::platform::clock::hour_at as hour;

/// A day and an hour on a centre's clocks.
pub fn moment(text: Text, zone: Zone, at: Timestamp) -> String {
    text.appointments_moment(date(text, zone.day_of(at)), hour(zone, at))
}

/// A place's day, with its year, and its hours.
pub fn place(text: Text, zone: Zone, place: PlaceView) -> (String, String) {
    (
        date_with_year(text, zone.day_of(place.starts_at)),
        text.appointments_span(hour(zone, place.starts_at), hour(zone, place.ends_at)),
    )
}
