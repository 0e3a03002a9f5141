//! What the end of a day and the end of the time for keeping things do.

use super::people::{self, book, call_next, check_in, events, walk_in};
use rstest::rstest;
use server::on;
use server::visits::{job, store};
use shared::appointments::StageName as AppointmentStage;
use shared::centres::Mode;
use shared::time::{CivilDate, Timestamp};
use shared::visits::StageName;
use shared::visits::api::{BeginService, VisitChoice};
use std::time::Duration;
use tests::{EPOCH, Engine, World};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
const TICK: Duration = Duration::from_micros(1);

/// The first instant after the 23rd of November in Galápagos.
fn midnight() -> Timestamp {
    let day: CivilDate = "2026-11-24".parse().unwrap();
    day.begin_in_ecuador().after(HOUR)
}

async fn stage(world: &World, visit: shared::identifiers::VisitId) -> StageName {
    let mut tx = world.app.store.read().await.unwrap();
    let record = store::by_id(&mut tx, visit).await.unwrap().unwrap();
    record.visit.stage().name()
}

#[rstest]
#[tokio::test]
async fn nothing_is_open_when_its_day_is_over(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let mut luis = people::seated(&world, "Luis Vera", 2).await;
    let (appointment, _) = book(&world, "UIO", EPOCH.after(HOUR), Mode::InPerson).await;
    let served = walk_in(&mut ana, "E1000001").await;
    assert_eq!(call_next(&mut ana).await.unwrap(), served);
    ana.browser
        .call::<BeginService>(&VisitChoice { visit: served })
        .await
        .unwrap();
    let called = walk_in(&mut ana, "E1000002").await;
    assert_eq!(call_next(&mut luis).await.unwrap(), called);
    let view = check_in(&mut ana, appointment).await.unwrap();
    let waits = view.visits[0].visit;

    world.advance(midnight().since(world.now()).checked_sub(TICK).unwrap());
    assert_eq!(
        job::close(&world.app).await.unwrap(),
        0,
        "it is still that day in Galápagos"
    );
    world.advance(TICK);
    assert_eq!(job::close(&world.app).await.unwrap(), 3);
    assert_eq!(stage(&world, served).await, StageName::Done);
    assert_eq!(stage(&world, called).await, StageName::NoShow);
    assert_eq!(stage(&world, waits).await, StageName::NoShow);
    assert_eq!(events(&world, "visit_day_over").await, 3);
    assert_eq!(job::close(&world.app).await.unwrap(), 0);
    // Who came and was never called did not miss the appointment.
    let mut tx = world.app.store.read().await.unwrap();
    let booked = server::appointments::service::by_id(&world.app, &mut tx, appointment, world.now()).await;
    assert_eq!(booked.unwrap().unwrap().stage, AppointmentStage::Attended);
}

#[rstest]
#[tokio::test]
async fn numbers_begin_anew_every_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    walk_in(&mut ana, "E1000001").await;
    world.advance(DAY);
    // The session of yesterday is over.
    let mut luis = people::agent(&world, "Luis Vera", "UIO").await;
    let view = people::sit(&mut luis, 1).await.unwrap();
    assert!(view.visits.is_empty(), "yesterday is not today");
    walk_in(&mut luis, "E1000002").await;
    let visit = call_next(&mut luis).await.unwrap();
    let mut tx = world.app.store.read().await.unwrap();
    assert_eq!(store::by_id(&mut tx, visit).await.unwrap().unwrap().number, 1);
}

#[rstest]
#[tokio::test]
async fn who_came_is_forgotten_before_that_somebody_came(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let visit = walk_in(&mut ana, "E1000001").await;
    let came = world.now();
    let known = async || {
        let mut tx = world.app.store.read().await.unwrap();
        let record = store::by_id(&mut tx, visit).await.unwrap();
        record.map(|record| record.identity.is_some())
    };
    for (after, expected) in [
        ((DAY * 30).checked_sub(TICK).unwrap(), Some(true)),
        (DAY * 30, Some(false)),
        ((DAY * 1095).checked_sub(TICK).unwrap(), Some(false)),
        (DAY * 1095, None),
    ] {
        world.advance(came.after(after).since(world.now()));
        job::close(&world.app).await.unwrap();
        job::purge(&world.app, world.now()).await.unwrap();
        assert_eq!(known().await, expected, "{after:?}");
    }
    let mut tx = world.app.store.read().await.unwrap();
    let (rows,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM visit_numbers) + (SELECT COUNT(*) FROM visit_counters)"
    )
    .fetch_one(conn))
    .unwrap();
    assert_eq!(rows, 0);
}
