//! The sheet of an appointment: a page to take along, with a QR code of its code and what to bring.

use super::calendar::{self, Written};
use super::mails::Notice;
use super::{Call, words};
use crate::app::App;
use crate::centres::service as centres;
use crate::http::Failure;
use crate::store::StoreError;
use notary::handout::{Entry, Handout, write};
use shared::centres::api::CentreView;
use shared::centres::{Mode, Zone};
use shared::i18n::{Language, Text};
use shared::secrets::Secret;
use shared::time::Timestamp;

/// The sheet of this browser's appointment.
///
/// # Errors
/// [`ErrorCode::AppointmentUnknown`](shared::api::ErrorCode) without one,
/// [`ErrorCode::AppointmentAtOtherStage`](shared::api::ErrorCode) where it is not made, or over.
pub async fn of_browser(app: &App, cookie: Option<&Secret<String>>, call: Call) -> Result<Written, Failure> {
    let (notice, text) = calendar::notice_of_browser(app, cookie, call).await?;
    let code = notice.code.clone();
    let mut tx = app.store.read().await?;
    let centre = centres::timed(&mut tx, notice.place.centre, call.at)
        .await?
        .ok_or(StoreError::Corrupt("appointments.centre_id"))?;
    drop(tx);
    let handout = handout(app, &notice, &centre.view(app, call.at), text, call.at);
    // Fonts are read and glyphs are placed: not on a thread that answers others.
    let bytes = tokio::task::spawn_blocking(move || write(&handout))
        .await
        .map_err(Failure::fault)?
        .map_err(|error| {
            tracing::error!(%error, "the sheet of an appointment cannot be written");
            Failure::from(StoreError::Corrupt("the sheet of an appointment"))
        })?;
    Ok(Written { bytes, code })
}

fn handout(app: &App, notice: &Notice, centre: &CentreView, text: Text, at: Timestamp) -> Handout {
    let entry = |term: &str, said: String| Entry {
        term: term.to_owned(),
        said,
    };
    let there = match notice.mode {
        Mode::InPerson => format!("{}. {}", notice.centre, notice.address),
        Mode::Video => text.appointments_where_video(&notice.centre),
    };
    // For a call by video nobody goes anywhere.
    let serving = match notice.mode {
        Mode::InPerson => {
            let closed = centre.exceptions.told(text, centre.zone);
            let hours = entry(
                text.appointments_hours_label(),
                centre.hours.told(text).join(". "),
            );
            let closed =
                (!closed.is_empty()).then(|| entry(text.appointments_exceptions_label(), closed.join("; ")));
            [Some(hours), closed]
        }
        Mode::Video => [None, None],
    };
    let zone = match notice.zone {
        Zone::Mainland => text.appointments_zone_mainland(),
        Zone::Galapagos => text.appointments_zone_galapagos(),
    };
    let institution = app.institution.institution();
    let contact = text.notifications_contact(&institution.contact, &institution.name);
    let footer = if institution.official {
        contact
    } else {
        format!("{contact} {}", text.notifications_unofficial(&institution.name))
    };
    let arriving = match notice.mode {
        Mode::InPerson => text.appointments_booked_early().to_owned(),
        Mode::Video => {
            text.notifications_appointment_video(i64::from(app.policy.appointments.video_before_minutes))
        }
    };
    Handout {
        issuer: institution.name.clone(),
        language: match text.language() {
            Language::Es => "es-EC",
            Language::En => "en",
            Language::Qu => "qu-EC",
        },
        title: text.notifications_appointment_sheet(&notice.code),
        facts: [
            entry(
                text.appointments_when_label(),
                words::when(text, notice.zone, &notice.place),
            ),
            entry(text.appointments_where_label(), there),
        ]
        .into_iter()
        .chain(serving.into_iter().flatten())
        .chain([
            entry(
                text.appointments_procedure_term(),
                words::procedure(text, notice.procedure).to_owned(),
            ),
            entry(text.appointments_employer_label(), notice.employer.clone()),
        ])
        .collect(),
        code: notice.code.to_string(),
        code_described: text.notifications_appointment_sheet_qr(&notice.code),
        notes: vec![zone.to_owned(), arriving],
        heading: words::bring_title(text, notice.mode).to_owned(),
        list: notice
            .bring
            .iter()
            .map(|line| {
                let (paper, bring) = line.told(text);
                entry(paper, bring.to_owned())
            })
            .collect(),
        footer,
        at,
    }
}
