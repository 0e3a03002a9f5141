//! Who finds a centre full, and gets what becomes free.

use super::people::*;
use rstest::rstest;
use server::appointments::job;
use shared::api::ErrorCode;
use shared::appointments::api::{AcceptOffer, AppointmentStageView, AppointmentView, Empty};
use shared::identifiers::CentreId;
use tests::{Browser, Engine, World};

const THIRD: Employer = PUBLIC;

/// A centre that serves for twenty minutes on Tuesdays and has no other time within the horizon.
pub async fn full(engine: Engine) -> (World, CentreId, Browser) {
    let world = with(engine, |policy| policy.centres.horizon_days = 5).await;
    let mut details = details("QTO-1", "17", 1);
    details.hours = "tue 08:00-08:20".parse().unwrap();
    let centre = add(&world, &details).await;
    let mut lucky = world.browser();
    book(&mut lucky, COMPANY, centre, slot(0)).await;
    (world, centre, lucky)
}

async fn accept(browser: &mut Browser) -> Result<AppointmentView, shared::api::Problem> {
    browser.call::<AcceptOffer>(&Empty {}).await
}

fn ahead(view: &AppointmentView) -> Option<u32> {
    if let AppointmentStageView::Waiting { ahead, .. } = view.stage {
        Some(ahead)
    } else {
        None
    }
}

#[rstest]
#[tokio::test]
async fn what_becomes_free_is_offered_to_the_first_in_line_and_to_nobody_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, centre, mut lucky) = full(engine).await;
    let (mut first, mut second) = (world.browser(), world.browser());
    assert_eq!(ahead(&join(&mut first, OTHER, centre).await.unwrap()), Some(0));
    world.advance(TICK);
    assert_eq!(ahead(&join(&mut second, THIRD, centre).await.unwrap()), Some(1));
    deliver(&world).await;
    let sent = world.mails().len();

    cancel(&mut lucky).await.unwrap();
    let AppointmentStageView::Offered {
        place,
        deadline,
        total,
    } = current(&mut first).await.stage
    else {
        panic!("offered")
    };
    assert_eq!(place.starts_at, slot(0));
    assert_eq!(deadline.instant(), world.now().after(HOUR));
    assert_eq!(total, 3600);
    assert_eq!(ahead(&current(&mut second).await), Some(0));
    // Nobody gets in between.
    let stranger = hold(&mut world.browser(), UNKNOWN, centre, slot(0))
        .await
        .unwrap_err();
    assert_eq!(stranger.code, ErrorCode::PlaceTaken);
    deliver(&world).await;
    let mails = world.mails();
    let offer = mails[..mails.len() - sent]
        .iter()
        .find(|mail| mail.subject.contains("Hay un cupo"));
    assert_eq!(
        offer.unwrap().to.to_string(),
        format!("{}@correo.example", OTHER.representative)
    );

    let booked = accept(&mut first).await.unwrap();
    assert!(matches!(booked.stage, AppointmentStageView::Booked { .. }));
}

#[rstest]
#[tokio::test]
async fn an_offer_ends_after_an_hour_and_goes_to_the_next(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, centre, mut lucky) = full(engine).await;
    let (mut first, mut second) = (world.browser(), world.browser());
    join(&mut first, OTHER, centre).await.unwrap();
    world.advance(TICK);
    join(&mut second, THIRD, centre).await.unwrap();
    cancel(&mut lucky).await.unwrap();
    world.advance(HOUR.checked_sub(TICK).unwrap());
    job::lapse(&world.app).await.unwrap();
    assert!(matches!(
        current(&mut first).await.stage,
        AppointmentStageView::Offered { .. }
    ));
    world.advance(TICK);
    assert!(matches!(
        current(&mut first).await.stage,
        AppointmentStageView::Lapsed { .. }
    ));
    let late = accept(&mut first).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::AppointmentAtOtherStage);
    // A stranger who looks first does not get it: it is the next one's.
    let stranger = hold(&mut world.browser(), UNKNOWN, centre, slot(0))
        .await
        .unwrap_err();
    assert_eq!(stranger.code, ErrorCode::PlaceTaken);
    job::lapse(&world.app).await.unwrap();
    assert!(matches!(
        current(&mut second).await.stage,
        AppointmentStageView::Offered { .. }
    ));
    accept(&mut second).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn who_lets_an_offer_go_hands_it_on(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, centre, mut lucky) = full(engine).await;
    let (mut first, mut second) = (world.browser(), world.browser());
    join(&mut first, OTHER, centre).await.unwrap();
    world.advance(TICK);
    join(&mut second, THIRD, centre).await.unwrap();
    cancel(&mut lucky).await.unwrap();
    cancel(&mut first).await.unwrap();
    assert!(matches!(
        current(&mut second).await.stage,
        AppointmentStageView::Offered { .. }
    ));
    cancel(&mut second).await.unwrap();
    assert_eq!(
        left(&mut world.browser(), centre, slot(0)).await,
        1,
        "nobody waits any more"
    );
}

#[rstest]
#[tokio::test]
async fn a_hold_that_lapses_is_offered_too(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, centre, mut lucky) = full(engine).await;
    cancel(&mut lucky).await.unwrap();
    hold(&mut lucky, COMPANY, centre, slot(0)).await.unwrap();
    let mut first = world.browser();
    join(&mut first, OTHER, centre).await.unwrap();
    world.advance(MINUTE * 5);
    assert_eq!(
        left(&mut world.browser(), centre, slot(0)).await,
        0,
        "it is for who waits"
    );
    round(&world).await;
    assert!(matches!(
        current(&mut first).await.stage,
        AppointmentStageView::Offered { .. }
    ));
}

#[rstest]
#[tokio::test]
async fn a_new_day_within_the_horizon_is_offered(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, centre, _lucky) = full(engine).await;
    let mut first = world.browser();
    join(&mut first, OTHER, centre).await.unwrap();
    round(&world).await;
    assert_eq!(ahead(&current(&mut first).await), Some(0));
    world.advance(DAY * 3);
    round(&world).await;
    let view = current(&mut first).await;
    assert_eq!(place(&view).unwrap().starts_at, slot(0).after(DAY * 7));
}

#[rstest]
#[tokio::test]
async fn nobody_waits_where_there_are_places_and_the_list_has_an_end(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| {
        policy.centres.horizon_days = 5;
        policy.appointments.waiting_per_centre = 1;
    })
    .await;
    let mut details = details("QTO-1", "17", 1);
    details.hours = "tue 08:00-08:20".parse().unwrap();
    let centre = add(&world, &details).await;
    let free = join(&mut world.browser(), OTHER, centre).await.unwrap_err();
    assert_eq!(free.code, ErrorCode::PlacesFree);
    book(&mut world.browser(), COMPANY, centre, slot(0)).await;
    let again = join(&mut world.browser(), COMPANY, centre).await.unwrap_err();
    assert_eq!(
        again.code,
        ErrorCode::AppointmentOpen,
        "an appointment and a wait are one too many"
    );
    join(&mut world.browser(), OTHER, centre).await.unwrap();
    let full = join(&mut world.browser(), THIRD, centre).await.unwrap_err();
    assert_eq!(full.code, ErrorCode::WaitingListFull);
}
