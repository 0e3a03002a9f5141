//! An appointment as a calendar file (RFC 5545): with the confirmation page, and in the mails.

use super::mails::Notice;
use super::{Call, service};
use crate::app::App;
use crate::centres::service as centres;
use crate::http::Failure;
use crate::store::StoreError;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use shared::api::ErrorCode;
use shared::appointments::{AppointmentCode, Stage};
use shared::centres::Mode;
use shared::i18n::Text;
use shared::secrets::Secret;
use shared::time::Timestamp;
use time::OffsetDateTime;

/// A file that was written, and what it is about.
#[derive(Debug)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// The appointment's code, for the file's name.
    pub code: AppointmentCode,
}

/// Whether the appointment takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happens {
    /// It does.
    Yes,
    /// It was cancelled: a calendar that knows it takes it out.
    Cancelled,
}

/// The calendar file of this browser's appointment.
///
/// # Errors
/// [`ErrorCode::AppointmentUnknown`] without one, [`ErrorCode::AppointmentAtOtherStage`] where it is not made, or over.
pub async fn of_browser(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<Written, Failure> {
    let notice = notice_of_browser(app, cookie, call).await?;
    Ok(Written {
        code: notice.0.code.clone(),
        bytes: file(&notice.0, notice.1, Happens::Yes, call.at),
    })
}

/// What is told of this browser's appointment, while it is made and still to come.
pub(super) async fn notice_of_browser(
    app: &App,
    cookie: Option<&Secret<String>>,
    call: Call,
) -> Result<(Notice, Text), Failure> {
    let record = service::found(app, cookie).await?;
    let appointment = record.appointment.as_of(call.at);
    let place = match appointment.stage() {
        Stage::Booked { place } | Stage::CheckedIn { place, .. } => *place,
        Stage::Held { .. }
        | Stage::Attended { .. }
        | Stage::NoShow { .. }
        | Stage::Cancelled { .. }
        | Stage::Lapsed { .. }
        | Stage::Waiting { .. }
        | Stage::Offered { .. } => return Err(ErrorCode::AppointmentAtOtherStage.into()),
    };
    let mut tx = app.store.read().await?;
    let centre = centres::by_id(&mut tx, place.centre)
        .await?
        .ok_or(StoreError::Corrupt("appointments.centre_id"))?;
    let notice = Notice::of(app, &record, &centre, place).ok_or(ErrorCode::AppointmentAtOtherStage)?;
    Ok((notice, Text::new(record.language)))
}

/// The file. Its event has the same name before and after a move, so that calendars change the one they have. The room of a video call
/// is not in it: a calendar is read by others.
pub fn file(notice: &Notice, text: Text, happens: Happens, at: Timestamp) -> Vec<u8> {
    let procedure = super::words::procedure(text, notice.procedure);
    let place = match notice.mode {
        Mode::InPerson => format!("{}, {}", notice.centre, notice.address),
        Mode::Video => text.appointments_where_video(&notice.centre),
    };
    let bring = notice
        .bring
        .iter()
        .map(|line| {
            let (paper, bring) = line.told(text);
            format!("- {paper}: {bring}")
        })
        .collect::<Vec<_>>();
    let description = [
        vec![
            format!("{}: {}", text.appointments_code_label(), notice.code),
            super::words::bring_title(text, notice.mode).to_owned(),
        ],
        bring,
    ]
    .concat()
    .join("\n");
    let status = match happens {
        Happens::Yes => EventStatus::Confirmed,
        Happens::Cancelled => EventStatus::Cancelled,
    };
    let mut event = Event::with_uid(&format!("{}@clavero", notice.appointment));
    event
        .summary(&text.notifications_appointment_calendar(&notice.code, procedure))
        .description(&description)
        .location(&place)
        .status(status)
        .sequence(notice.sequence)
        .add_property("DTSTAMP", utc(at))
        .add_property("DTSTART", utc(notice.place.starts_at))
        .add_property("DTEND", utc(notice.place.ends_at));
    if let Some(map) = &notice.map {
        event.url(map);
    }
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Clavero//Turnos//ES"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", "PUBLISH"))
        .push(event.done());
    calendar.to_string().into_bytes()
}

/// An instant as RFC 5545 writes it in UTC: no calendar has to know Ecuador's zones.
fn utc(at: Timestamp) -> String {
    let at = OffsetDateTime::from_unix_timestamp(at.as_millis().div_euclid(1000))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second()
    )
}
