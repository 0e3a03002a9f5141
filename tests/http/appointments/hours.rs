//! When a centre serves, as those see it who go there.

use super::people::*;
use rstest::rstest;
use server::centres::store::{ClosureRow, insert_closure};
use shared::centres::api::ListCentres;
use shared::centres::{Closure, ClosureId, Zone};
use shared::identifiers::CentreId;
use tests::{Engine, World};

async fn close(world: &World, centre: CentreId, closure: Closure) {
    let mut tx = world.app.store.write().await.unwrap();
    let row = ClosureRow {
        id: ClosureId::new(world.now(), world.app.entropy.bytes()),
        centre,
        closure,
    };
    insert_closure(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn hours_holidays_and_closures_of_the_coming_days_are_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.centres.horizon_days = 7).await;
    let here = centre(&world, 1).await;
    let there = centre_in(&world, "LTC-1", "05", 1).await;
    // Of one's own, and a national one on a Sunday, on which nobody serves anyway.
    holiday(&world, Some(here), "2026-11-27", "Fiesta inventada").await;
    holiday(&world, None, "2026-11-29", "Domingo inventado").await;
    holiday(&world, Some(there), "2026-12-02", "Muy lejos").await;
    let closure = Closure {
        from: slot(3),
        until: slot(6),
    };
    close(&world, here, closure).await;
    let mut browser = world.browser();
    let list = browser.call::<ListCentres>(&()).await.unwrap();
    let of = |id: CentreId| list.centres.iter().find(|centre| centre.id == id).unwrap();
    let exceptions = &of(here).exceptions;
    assert_eq!(of(here).hours.to_string(), "mon-fri 08:00-12:00");
    let days: Vec<_> = exceptions
        .holidays
        .iter()
        .map(|one| one.day.to_string())
        .collect();
    assert_eq!(days, ["2026-11-27"]);
    assert_eq!(exceptions.closures, [closure]);
    assert!(of(there).exceptions.is_empty(), "{:?}", of(there).exceptions);

    let booked = book(&mut browser, COMPANY, here, slot(0)).await;
    assert_eq!(&booked.centre.exceptions, exceptions);
    assert_eq!(booked.centre.hours, of(here).hours);
    assert_eq!(booked.centre.zone, Zone::Mainland);
    // What is over is told no more.
    world.advance(closure.until.since(world.now()));
    assert!(current(&mut browser).await.centre.exceptions.closures.is_empty());
}
