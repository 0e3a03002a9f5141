//! From the province to the code, and what can be done afterwards.

use super::people::*;
use rstest::rstest;
use shared::api::{ErrorCode, FieldCode};
use shared::appointments::CancelledBy;
use shared::appointments::api::{
    AppointmentStageView, Bring, CurrentAppointment, Empty, FindAppointment, Item, LeaveAppointment,
    NextAsked, NextPlaces, Search,
};
use shared::captcha::Subject;
use shared::centres::{Mode, Procedure};
use tests::Engine;

#[rstest]
#[tokio::test]
async fn somebody_gets_a_place_and_a_code(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let centre = centre(&world, 2).await;
    let mut browser = world.browser();

    let asked = NextAsked {
        province: "17".parse().unwrap(),
        procedure: Procedure::Recovery,
        mode: Mode::InPerson,
    };
    let next = browser.call::<NextPlaces>(&asked).await.unwrap();
    // Ten in the morning on a Monday: the next time after the lead of half an hour.
    let first = world.now().after(MINUTE * 40);
    assert_eq!(next.here.len(), 1);
    assert_eq!(next.here[0].next, Some(first));
    assert_eq!(left(&mut browser, centre, slot(0)).await, 2);

    let held = hold(&mut browser, COMPANY, centre, slot(0)).await.unwrap();
    let AppointmentStageView::Held {
        place,
        deadline,
        total,
    } = held.stage
    else {
        panic!("held")
    };
    assert_eq!((place.starts_at, place.ends_at), (slot(0), slot(1)));
    assert_eq!(deadline.instant(), world.now().after(MINUTE * 5));
    assert_eq!(total, 300);
    assert_eq!(left(&mut browser, centre, slot(0)).await, 1);

    let booked = confirm(&mut browser).await.unwrap();
    assert!(matches!(
        booked.stage,
        AppointmentStageView::Booked {
            moves_left: 3,
            video: None,
            ..
        }
    ));
    assert_eq!(booked.code, held.code);
    assert_eq!(booked.employer, COMPANY.identifier().masked());
    assert_eq!(booked.email.unwrap().masked(), "an•••@co•••.example");
    let list: Vec<_> = booked.bring.iter().map(|line| (line.item, line.bring)).collect();
    assert!(list.contains(&(Item::Ruc, Bring::LookedUp)));
    assert_eq!(left(&mut browser, centre, slot(0)).await, 1);
}

#[rstest]
#[tokio::test]
async fn it_is_moved_and_cancelled_and_its_places_are_free_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let here = centre(&world, 1).await;
    let there = centre_in(&world, "LTC-1", "05", 1).await;
    let mut browser = world.browser();
    let booked = book(&mut browser, COMPANY, here, slot(0)).await;

    let moved = move_to(&mut browser, there, slot(3)).await.unwrap();
    assert_eq!(place(&moved).unwrap().starts_at, slot(3));
    assert_eq!(moved.centre.id, there);
    assert_eq!(moved.code, booked.code, "the code stays");
    assert_eq!(left(&mut browser, here, slot(0)).await, 1);
    assert_eq!(left(&mut browser, there, slot(3)).await, 0);

    let cancelled = cancel(&mut browser).await.unwrap();
    assert!(matches!(
        cancelled.stage,
        AppointmentStageView::Cancelled {
            by: CancelledBy::Person,
            ..
        }
    ));
    assert_eq!(left(&mut browser, there, slot(3)).await, 1);
    let again = cancel(&mut browser).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::AppointmentAtOtherStage);
    // Another one can be made at once.
    book(&mut browser, COMPANY, here, slot(1)).await;
}

#[rstest]
#[tokio::test]
async fn whoever_chooses_another_time_is_not_in_their_own_way(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut browser = world.browser();
    hold(&mut browser, COMPANY, centre, slot(0)).await.unwrap();
    hold(&mut browser, COMPANY, centre, slot(1)).await.unwrap();
    assert_eq!(left(&mut browser, centre, slot(0)).await, 1);
    assert_eq!(left(&mut browser, centre, slot(1)).await, 0);
}

#[rstest]
#[tokio::test]
async fn a_person_has_one_open_appointment_for_a_procedure(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 4).await;
    let (mut first, mut second) = (world.browser(), world.browser());
    book(&mut first, COMPANY, centre, slot(0)).await;
    let refused = hold(&mut second, COMPANY, centre, slot(1)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AppointmentOpen);
    assert_eq!(left(&mut second, centre, slot(1)).await, 4, "nothing was taken");

    // For another procedure, or somebody else, there is room.
    let mut other = wanted(&mut second, COMPANY, centre, slot(1)).await;
    other.procedure = Procedure::Unlock;
    second
        .call::<shared::appointments::api::HoldPlace>(&other)
        .await
        .unwrap();
    hold(&mut world.browser(), OTHER, centre, slot(1)).await.unwrap();

    cancel(&mut first).await.unwrap();
    hold(&mut world.browser(), COMPANY, centre, slot(1))
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn only_what_the_centre_offers_can_be_taken(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut details = details("QTO-1", "17", 1);
    details.procedures = "recovery".parse().unwrap();
    details.modes = "in_person".parse().unwrap();
    let centre = add(&world, &details).await;
    let mut browser = world.browser();
    let night = slot(0).before(HOUR * 5);
    let saturday = slot(0).after(DAY * 4);
    let between = slot(0).after(MINUTE);
    let far = slot(0).after(DAY * 35);
    let soon = world.now().after(MINUTE * 20);
    for starts_at in [night, saturday, between, far, soon] {
        let refused = hold(&mut browser, COMPANY, centre, starts_at).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::InvalidInput);
        assert_eq!(refused.fields[0].field, "starts_at");
        assert_eq!(refused.fields[0].code, FieldCode::NotOffered);
    }
    for (procedure, mode) in [
        (Procedure::Unlock, Mode::InPerson),
        (Procedure::Recovery, Mode::Video),
    ] {
        let mut wanted = wanted(&mut browser, COMPANY, centre, slot(0)).await;
        (wanted.procedure, wanted.mode) = (procedure, mode);
        let refused = browser
            .call::<shared::appointments::api::HoldPlace>(&wanted)
            .await
            .unwrap_err();
        assert_eq!(refused.code, ErrorCode::InvalidInput);
    }
    assert_eq!(left(&mut browser, centre, slot(0)).await, 1);
}

#[rstest]
#[tokio::test]
async fn it_is_found_by_its_code_and_number_and_by_neither_alone(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let booked = book(&mut world.browser(), COMPANY, centre, slot(0)).await;

    let mut browser = world.browser();
    let mut find = async |code: &str, representative: &str| {
        let code: shared::appointments::AppointmentCode = code.parse().unwrap();
        let captcha = browser
            .solve(&Subject::AppointmentSearch { code: code.clone() })
            .await
            .unwrap();
        let search = Search {
            code,
            representative: representative.parse().unwrap(),
            captcha,
        };
        browser.call::<FindAppointment>(&search).await
    };
    let code = booked.code.as_str();
    let wrong_number = find(code, OTHER.representative).await.unwrap_err();
    let wrong_code = find("T-AAAA-AA", COMPANY.representative).await.unwrap_err();
    for refused in [wrong_number, wrong_code] {
        assert_eq!(refused.code, ErrorCode::AppointmentUnknown);
        assert_eq!(refused.status, 404);
    }
    let found = find(code, COMPANY.representative).await.unwrap();
    assert_eq!(found.code, booked.code);
    assert!(matches!(found.stage, AppointmentStageView::Booked { .. }));

    // With it the browser looks after the appointment, until it is told to forget it.
    cancel(&mut browser).await.unwrap();
    browser.call::<LeaveAppointment>(&Empty {}).await.unwrap();
    let gone = browser.call::<CurrentAppointment>(&()).await.unwrap_err();
    assert_eq!(gone.code, ErrorCode::AppointmentUnknown);
}

#[rstest]
#[tokio::test]
async fn galapagos_is_an_hour_later(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let islands = centre_in(&world, "GPS-1", "20", 1).await;
    let mut browser = world.browser();
    let days = free(&mut browser, islands).await;
    let tuesday_there = days.days.iter().find(|day| {
        day.times
            .first()
            .is_some_and(|time| time.starts_at == tuesday().after(HOUR))
    });
    assert!(tuesday_there.is_some(), "eight there is nine on the mainland");
    assert!(hold(&mut browser, COMPANY, islands, slot(0)).await.is_err());
    hold(&mut browser, COMPANY, islands, slot(3)).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn nearby_is_the_next_province_and_by_video_the_whole_country(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut quito = details("QTO-1", "17", 1);
    quito.coordinates = Some(shared::centres::Coordinates::of_degrees("-0.18", "-78.48").unwrap());
    let quito = add(&world, &quito).await;
    let mut latacunga = details("LTC-1", "05", 1);
    latacunga.coordinates = Some(shared::centres::Coordinates::of_degrees("-0.93", "-78.61").unwrap());
    let latacunga = add(&world, &latacunga).await;
    let loja = centre_in(&world, "LOJ-1", "11", 1).await;
    let mut browser = world.browser();
    let mut next = async |mode| {
        let asked = NextAsked {
            province: "17".parse().unwrap(),
            procedure: Procedure::Recovery,
            mode,
        };
        browser.call::<NextPlaces>(&asked).await.unwrap()
    };
    let in_person = next(Mode::InPerson).await;
    assert_eq!(
        in_person.here.iter().map(|one| one.centre).collect::<Vec<_>>(),
        [quito]
    );
    assert_eq!(
        in_person.nearby.iter().map(|one| one.centre).collect::<Vec<_>>(),
        [latacunga]
    );
    assert_eq!(in_person.nearby[0].kilometres, Some(84));
    let by_video = next(Mode::Video).await;
    assert!(by_video.nearby.iter().any(|one| one.centre == loja));
}
