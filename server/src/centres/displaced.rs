//! Appointments that a change of a centre leaves without their place.

use super::service::Timed;
use crate::app::App;
use crate::appointments::service::{self as appointments, Taken};
use crate::challenges::Call;
use crate::http::Failure;
use crate::store::{StoreError, Tx};
use shared::centres::{Mode, Place, Procedure};
use shared::identifiers::AppointmentId;
use shared::time::Timestamp;

/// Those that have not begun at `now` and whose place goes, or that are for something the centre offers no more.
pub(super) async fn by(
    app: &App,
    tx: &mut Tx,
    before: &Timed,
    after: &Timed,
    now: Timestamp,
) -> Result<Vec<AppointmentId>, StoreError> {
    let offers_less = Procedure::ALL
        .iter()
        .flat_map(|procedure| Mode::ALL.iter().map(move |mode| (*procedure, *mode)))
        .any(|(procedure, mode)| goes(before, after, procedure, mode));
    let mut displaced = Vec::new();
    for Taken { appointment, place } in appointments::taken(tx, before.centre.id, now).await? {
        let place = Place {
            starts_at: place.starts_at,
            lane: place.lane,
        };
        let mut gone = after
            .timetable
            .takes_away(&before.timetable, place, app.policy.centres);
        if !gone && offers_less {
            gone = appointments::by_id(app, tx, appointment, now)
                .await?
                .is_some_and(|booked| goes(before, after, booked.procedure, booked.mode));
        }
        if gone {
            displaced.push(appointment);
        }
    }
    Ok(displaced)
}

/// Whether the centre offered it, and offers it no more.
fn goes(before: &Timed, after: &Timed, procedure: Procedure, mode: Mode) -> bool {
    before.centre.offers(procedure, mode) && !after.centre.offers(procedure, mode)
}

/// Cancels them, and has their people told.
pub(super) async fn cancel(
    app: &App,
    tx: &mut Tx,
    displaced: &[AppointmentId],
    call: Call,
) -> Result<(), Failure> {
    appointments::cancel_by_centre(app, tx, displaced, call).await?;
    Ok(())
}
