//! What the desk and whoever keeps centres ask.

use super::people::*;
use rstest::rstest;
use server::appointments::service;
use server::challenges::Call;
use shared::api::ErrorCode;
use shared::appointments::api::AppointmentStageView;
use shared::appointments::{CancelledBy, StageName};
use shared::identifiers::{StaffId, VisitId};
use tests::{Engine, World};

fn officer(world: &World) -> Call {
    Call::own(world.now()).by(StaffId::new(world.now(), [1; 10]))
}

#[rstest]
#[tokio::test]
async fn the_desk_sees_its_own_day_and_checks_people_in_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let here = centre(&world, 2).await;
    let there = centre_in(&world, "LTC-1", "05", 1).await;
    let mut browser = world.browser();
    let booked = book(&mut browser, COMPANY, here, slot(1)).await;
    book(&mut world.browser(), OTHER, here, slot(0)).await;
    book(&mut world.browser(), PUBLIC, there, slot(0)).await;
    hold(&mut world.browser(), UNKNOWN, here, slot(2)).await.unwrap();
    world.advance(slot(0).since(world.now()));

    let day = shared::centres::Zone::Mainland.day_of(world.now());
    let mut tx = world.app.store.write().await.unwrap();
    let of_day = service::of_day(&world.app, &mut tx, here, day, world.now())
        .await
        .unwrap();
    let starts: Vec<_> = of_day.iter().map(|one| one.starts_at).collect();
    assert_eq!(
        starts,
        [slot(0), slot(1)],
        "in order, without holds and other centres"
    );
    let found = service::by_code(&world.app, &mut tx, &booked.code, world.now())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.identity.employer, COMPANY.identifier());
    let of = COMPANY.identifier();
    assert_eq!(
        service::by_employer(&world.app, &mut tx, of, world.now())
            .await
            .unwrap()
            .len(),
        1
    );
    let who = OTHER.representative.parse().unwrap();
    assert_eq!(
        service::by_representative(&world.app, &mut tx, &who, world.now())
            .await
            .unwrap()
            .len(),
        1
    );

    let (visit, call) = (VisitId::new(world.now(), [3; 10]), officer(&world));
    let elsewhere = service::check_in(&world.app, &mut tx, found.id, (there, day), visit, call).await;
    assert!(elsewhere.is_err());
    let other_day = day.days_later(1);
    let tomorrow = service::check_in(&world.app, &mut tx, found.id, (here, other_day), visit, call).await;
    assert!(tomorrow.is_err());
    let arrived = service::check_in(&world.app, &mut tx, found.id, (here, day), visit, call)
        .await
        .unwrap();
    assert_eq!(
        (arrived.stage, arrived.visit),
        (StageName::CheckedIn, Some(visit))
    );
    let twice = service::check_in(&world.app, &mut tx, found.id, (here, day), visit, call).await;
    assert!(twice.is_err());
    tx.commit().await.unwrap();
    assert!(matches!(
        current(&mut browser).await.stage,
        AppointmentStageView::CheckedIn { .. }
    ));
    // Whoever is there neither moves nor cancels.
    assert_eq!(
        cancel(&mut browser).await.unwrap_err().code,
        ErrorCode::AppointmentAtOtherStage
    );

    let mut tx = world.app.store.write().await.unwrap();
    service::attended(&world.app, &mut tx, found.id, call)
        .await
        .unwrap();
    service::attended(&world.app, &mut tx, found.id, call)
        .await
        .unwrap();
    service::no_show(&world.app, &mut tx, found.id, call)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(
        current(&mut browser).await.stage,
        AppointmentStageView::Attended { .. }
    ));
    // Another one can be made.
    hold(&mut world.browser(), COMPANY, here, slot(6)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_centre_that_closes_cancels_and_tells(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let centre = centre(&world, 2).await;
    let (mut booked, mut held) = (world.browser(), world.browser());
    book(&mut booked, COMPANY, centre, slot(0)).await;
    hold(&mut held, OTHER, centre, slot(0)).await.unwrap();
    deliver(&world).await;
    let sent = world.mails().len();
    let mut tx = world.app.store.write().await.unwrap();
    let taken = service::taken(&mut tx, centre, world.now()).await.unwrap();
    let ids: Vec<_> = taken.iter().map(|one| one.appointment).collect();
    assert_eq!(ids.len(), 2);
    let call = officer(&world);
    assert_eq!(
        service::cancel_by_centre(&world.app, &mut tx, &ids, call)
            .await
            .unwrap(),
        2
    );
    assert_eq!(
        service::cancel_by_centre(&world.app, &mut tx, &ids, call)
            .await
            .unwrap(),
        0
    );
    tx.commit().await.unwrap();
    for browser in [&mut booked, &mut held] {
        let stage = current(browser).await.stage;
        assert!(matches!(
            stage,
            AppointmentStageView::Cancelled {
                by: CancelledBy::Centre,
                ..
            }
        ));
    }
    deliver(&world).await;
    assert_eq!(world.mails().len(), sent + 1, "who had confirmed is told");
    assert!(world.mails()[0].text.contains("tuvo que cancelar"));
}
