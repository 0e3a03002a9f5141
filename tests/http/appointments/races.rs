//! Many at once, on both databases.

use super::people::*;
use futures_util::future::join_all;
use rstest::rstest;
use server::app::App;
use server::appointments::Opened;
use server::appointments::service::{self, Wanted};
use server::challenges::{Call, Identity};
use server::http::Failure;
use shared::api::ErrorCode;
use shared::appointments::StageName;
use shared::appointments::api::{AppointmentStageView, AppointmentView, Confirmation};
use shared::captcha::Verified;
use shared::centres::{Mode, Procedure};
use shared::i18n::Language;
use shared::identifiers::{Branch, CentreId, RepresentativeId};
use shared::recovery::SolvedCaptcha;
use shared::time::{Deadline, Timestamp};
use std::collections::HashSet;
use tests::{Engine, World};

/// A foreigner's code: as many people as a test wants.
fn person(number: usize) -> RepresentativeId {
    format!("E{number:06}").parse().unwrap()
}

async fn take(
    world: &World,
    number: usize,
    centre: CentreId,
    starts_at: Timestamp,
) -> Result<String, ErrorCode> {
    let opened = hold_place(&world.app, world.now(), number, (centre, starts_at)).await?;
    Ok(opened.view.code.to_string())
}

/// Holds a place, from behind the captcha on.
async fn hold_place(
    app: &App,
    at: Timestamp,
    number: usize,
    (centre, starts_at): (CentreId, Timestamp),
) -> Result<Opened, ErrorCode> {
    let solved = SolvedCaptcha::spent(Verified {
        seed: [0; 16],
        expires: Deadline::at(at),
    });
    let wanted = Wanted {
        centre,
        starts_at,
        procedure: Procedure::Recovery,
        mode: Mode::InPerson,
    };
    let identity = Identity {
        employer: COMPANY.identifier(),
        branch: Branch::default(),
        representative: person(number),
    };
    let asked = (wanted, identity, Language::Es);
    match service::hold_solved(app, &solved, asked, None, Call::own(at)).await {
        Ok(opened) => Ok(opened),
        Err(Failure::Problem(problem)) => Err(problem.code),
        Err(Failure::Fault(fault)) => panic!("a fault of ours: {fault:?}"),
    }
}

/// Holds a place and confirms it, as one browser does.
async fn book_place(
    app: App,
    at: Timestamp,
    number: usize,
    place: (CentreId, Timestamp),
) -> Result<AppointmentView, ErrorCode> {
    let opened = hold_place(&app, at, number, place).await?;
    let email = format!("persona{number}@correo.example").parse().unwrap();
    match service::confirm(&app, Some(&opened.cookie), Confirmation { email }, Call::own(at)).await {
        Ok(view) => Ok(view),
        Err(Failure::Problem(problem)) => Err(problem.code),
        Err(Failure::Fault(fault)) => panic!("a fault of ours: {fault:?}"),
    }
}

/// Two thousand people book a hundred places at the same moment, on several threads. A hundred get one, each another, and confirm it; all
/// others are told that the place is taken, and nobody that the server failed.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_thousand_book_a_hundred_places_and_a_hundred_have_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    const PEOPLE: usize = 2000;
    const SLOTS: usize = 10;
    let world = world(engine).await;
    let centre = centre(&world, 10).await;
    let at = world.now();
    let tasks = (0..PEOPLE).map(|number| {
        let slot = slot(u32::try_from(number % SLOTS).unwrap());
        tokio::spawn(book_place(world.app.clone(), at, number, (centre, slot)))
    });
    let answers: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    let booked: Vec<_> = answers.iter().flatten().collect();
    assert_eq!(booked.len(), 100);
    for view in &booked {
        assert!(matches!(view.stage, AppointmentStageView::Booked { .. }));
    }
    let codes: HashSet<_> = booked.iter().map(|view| view.code.as_str()).collect();
    assert_eq!(codes.len(), 100);
    let refused = answers.iter().filter_map(|answer| answer.as_ref().err());
    assert_eq!(
        refused.filter(|code| **code == ErrorCode::PlaceTaken).count(),
        PEOPLE - 100
    );
    assert_eq!(places(&world, centre).await, 100);
    let mut tx = world.app.store.read().await.unwrap();
    let day = shared::centres::Zone::Mainland.day_of(slot(0));
    let of_day = service::of_day(&world.app, &mut tx, centre, day, at)
        .await
        .unwrap();
    assert!(of_day.iter().all(|one| one.stage == StageName::Booked));
    assert_eq!(of_day.len(), 100);
}

/// How many places of a centre somebody has, each once.
async fn places(world: &World, centre: CentreId) -> usize {
    let mut tx = world.app.store.read().await.unwrap();
    let taken = service::taken(&mut tx, centre, world.now()).await.unwrap();
    let places: HashSet<_> = taken.iter().map(|taken| taken.place).collect();
    assert_eq!(places.len(), taken.len(), "a place that two have");
    places.len()
}

#[rstest]
#[tokio::test]
async fn one_person_from_many_browsers_gets_one_place(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 60).await;
    let answers = join_all((0..40).map(|_| take(&world, 7, centre, slot(0)))).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let open = answers
        .iter()
        .filter(|answer| **answer == Err(ErrorCode::AppointmentOpen));
    assert_eq!(open.count(), 39);
    assert_eq!(places(&world, centre).await, 1);
}

#[rstest]
#[tokio::test]
async fn two_who_move_to_one_place_do_not_both_get_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let (mut first, mut second) = (world.browser(), world.browser());
    book(&mut first, COMPANY, centre, slot(0)).await;
    book(&mut second, OTHER, centre, slot(1)).await;
    let (one, other) = tokio::join!(
        move_to(&mut first, centre, slot(2)),
        move_to(&mut second, centre, slot(2))
    );
    assert!(one.is_ok() != other.is_ok());
    let refused = one.err().or(other.err()).unwrap();
    assert_eq!(refused.code, ErrorCode::PlaceTaken);
    // Whoever lost still has the place of before.
    let starts: HashSet<_> = [current(&mut first).await, current(&mut second).await]
        .iter()
        .map(|view| place(view).unwrap().starts_at)
        .collect();
    assert!(starts.contains(&slot(2)) && starts.len() == 2);
    assert_eq!(places(&world, centre).await, 2);
}

#[rstest]
#[tokio::test]
async fn two_moves_of_one_appointment_leave_it_at_one_place(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut browser = world.browser();
    book(&mut browser, COMPANY, centre, slot(0)).await;
    let cookie = browser.cookie(server::appointments::COOKIE).unwrap().to_owned();
    let mut twin = world.browser();
    twin.plant(server::appointments::COOKIE, &cookie);
    let (one, other) = tokio::join!(
        move_to(&mut browser, centre, slot(1)),
        move_to(&mut twin, centre, slot(2))
    );
    assert!(
        one.is_ok() && other.is_ok(),
        "one after the other: {one:?} {other:?}"
    );
    assert_eq!(places(&world, centre).await, 1);
    let at = place(&current(&mut browser).await).unwrap().starts_at;
    assert_eq!(left(&mut browser, centre, at).await, 0);
}

#[rstest]
#[tokio::test]
async fn a_confirmation_and_a_cancellation_at_once_leave_no_place_without_its_person(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut browser = world.browser();
    hold(&mut browser, COMPANY, centre, slot(0)).await.unwrap();
    let cookie = browser.cookie(server::appointments::COOKIE).unwrap().to_owned();
    let mut twin = world.browser();
    twin.plant(server::appointments::COOKIE, &cookie);
    let (_, cancelled) = tokio::join!(confirm(&mut browser), cancel(&mut twin));
    cancelled.unwrap();
    assert_eq!(places(&world, centre).await, 0);
    assert_eq!(left(&mut browser, centre, slot(0)).await, 1);
}
