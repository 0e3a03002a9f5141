//! Offering a place that became free to the first who waits.

use super::Call;
use super::carry::{self, Undone};
use super::places::{self, Wanted};
use super::store;
use crate::app::App;
use crate::centres::service as centres;
use crate::store::{StoreError, Tx};
use shared::appointments::{Event, Place};
use shared::identifiers::CentreId;

/// How many of a list are looked at for one place. All but those who want what the centre offers no more can have it.
const LOOKED_AT: i64 = 20;

/// Offers a place that was just given back. Nobody else can have it meanwhile: it is taken for whoever gets the offer in the
/// transaction that freed it.
pub(super) async fn offer(app: &App, tx: &mut Tx, place: &Place, call: Call) -> Result<bool, StoreError> {
    let waiting = store::waiting(tx, place.centre, call.at, LOOKED_AT).await?;
    if waiting.is_empty() {
        return Ok(false);
    }
    let Some(timed) = centres::timed(tx, place.centre, call.at).await? else {
        return Ok(false);
    };
    let own = Call::own(call.at);
    for first in waiting {
        let Some(mut record) = store::lock(tx, first).await? else {
            continue;
        };
        let (procedure, mode) = (record.appointment.procedure(), record.appointment.mode());
        let offered = timed
            .slot_at(app, procedure, mode, place.starts_at, call.at)
            .is_some_and(|slot| slot.ends_at == place.ends_at && slot.counters.has(place.lane.number()));
        if !offered {
            continue;
        }
        if !store::take(tx, place, record.id).await? {
            // Somebody was faster.
            return Ok(false);
        }
        match carry::apply(app, tx, &mut record, Event::Offered { place: *place }, own).await {
            Ok(()) => return Ok(true),
            // They went on meanwhile, or their wait is over: the next one.
            Err(Undone::Refused(_)) => {
                store::free(tx, place, record.id).await?;
            }
            Err(Undone::Store(error)) => return Err(error),
        }
    }
    Ok(false)
}

/// Offers places of a centre that are free although somebody waits: a day has come within the horizon, or the hours were changed. At
/// most one at a time. Whether one was offered.
pub(super) async fn offer_free(
    app: &App,
    tx: &mut Tx,
    centre: CentreId,
    call: Call,
) -> Result<bool, StoreError> {
    let Some(timed) = centres::timed(tx, centre, call.at).await? else {
        return Ok(false);
    };
    for first in store::waiting(tx, centre, call.at, LOOKED_AT).await? {
        let Some(mut record) = store::lock(tx, first).await? else {
            continue;
        };
        let (procedure, mode) = (record.appointment.procedure(), record.appointment.mode());
        let free = places::earliest(app, tx, &timed, (procedure, mode), call.at).await?;
        let Some(starts_at) = free else {
            continue;
        };
        let wanted = Wanted {
            centre,
            starts_at,
            procedure,
            mode,
        };
        let Ok(place) = places::take(app, tx, wanted, record.id, call).await? else {
            return Ok(false);
        };
        match carry::apply(app, tx, &mut record, Event::Offered { place }, call).await {
            Ok(()) => return Ok(true),
            Err(Undone::Refused(_)) => {
                store::free(tx, &place, record.id).await?;
            }
            Err(Undone::Store(error)) => return Err(error),
        }
    }
    Ok(false)
}
