//! What a browser sees of an appointment.

use super::room;
use super::store::{self, Record};
use crate::app::App;
use crate::centres::service as centres;
use crate::challenges::Identity;
use crate::store::{StoreError, Tx};
use shared::appointments::api::{AppointmentStageView, AppointmentView, CentreBrief, PlaceView, VideoView};
use shared::appointments::{Errand, Place, Stage, ToBring, video_window, what_to_bring};
use shared::centres::Mode;
use shared::centres::api::CentreView;
use shared::time::Timestamp;

/// The view of an appointment at `now`.
pub(super) async fn view(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    now: Timestamp,
) -> Result<AppointmentView, StoreError> {
    let centre = centres::timed(tx, record.centre, now)
        .await?
        .ok_or(StoreError::Corrupt("appointments.centre_id"))?;
    let asked = record.asked.as_ref();
    let appointment = record.appointment.as_of(now);
    Ok(AppointmentView {
        now,
        code: appointment.code().clone(),
        procedure: appointment.procedure(),
        mode: appointment.mode(),
        employer: asked.map(|asked| asked.employer.masked()).unwrap_or_default(),
        email: record.email.as_ref().map(shared::identifiers::Email::masked),
        centre: brief(centre.view(app, now)),
        bring: asked.map(|asked| bring(app, record, asked)).unwrap_or_default(),
        stage: stage(app, tx, record, appointment.stage(), now).await?,
    })
}

/// What to bring to an appointment.
pub(super) fn bring(app: &App, record: &Record, asked: &Identity) -> Vec<ToBring> {
    let errand = Errand {
        procedure: record.appointment.procedure(),
        mode: record.appointment.mode(),
        employer: asked.employer,
        representative: &asked.representative,
    };
    what_to_bring(errand, app.policy.appointments.papers)
}

fn brief(view: CentreView) -> CentreBrief {
    CentreBrief {
        id: view.id,
        name: view.name,
        province: view.province,
        canton: view.canton,
        address: view.address,
        map: view.map_link,
        zone: view.zone,
        hours: view.hours,
        exceptions: view.exceptions,
    }
}

const fn at(place: &Place) -> PlaceView {
    PlaceView {
        starts_at: place.starts_at,
        ends_at: place.ends_at,
    }
}

async fn stage(
    app: &App,
    tx: &mut Tx,
    record: &Record,
    stage: &Stage,
    now: Timestamp,
) -> Result<AppointmentStageView, StoreError> {
    use AppointmentStageView as View;
    let terms = record.appointment.terms();
    Ok(match stage {
        Stage::Held { place, deadline } => View::Held {
            place: at(place),
            deadline: *deadline,
            total: terms.hold_seconds,
        },
        Stage::Booked { place } => View::Booked {
            place: at(place),
            moves_left: record.appointment.moves_left(),
            video: video(app, record, place, now),
        },
        Stage::CheckedIn {
            place,
            visit: _,
            at: since,
        } => View::CheckedIn {
            place: at(place),
            at: *since,
            video: video(app, record, place, now),
        },
        Stage::Attended { place, at: when } => View::Attended {
            place: at(place),
            at: *when,
        },
        Stage::NoShow { place, at: when } => View::NoShow {
            place: at(place),
            at: *when,
        },
        Stage::Cancelled { place, by, at: when } => View::Cancelled {
            place: place.as_ref().map(at),
            by: *by,
            at: *when,
        },
        Stage::Lapsed { at } => View::Lapsed { at: *at },
        Stage::Waiting { since, deadline } => View::Waiting {
            since: *since,
            until: *deadline,
            ahead: store::ahead(tx, record, now).await?,
        },
        Stage::Offered { place, deadline } => View::Offered {
            place: at(place),
            deadline: *deadline,
            total: terms.offer_seconds,
        },
    })
}

/// The room of an appointment by video. Its address is told within its window and not one tick earlier or later.
pub(super) fn video(app: &App, record: &Record, place: &Place, now: Timestamp) -> Option<VideoView> {
    match record.appointment.mode() {
        Mode::InPerson => None,
        Mode::Video => {
            let (opens, closes) = video_window(&app.policy, place);
            let open = opens <= now && !closes.has_passed(now);
            Some(VideoView {
                opens,
                closes,
                room: open.then(|| room(app, record.id, place).address(&app.config.video_room)),
            })
        }
    }
}
