//! What is found of what somebody quotes.

use super::people::{self, COMPANY, REPRESENTATIVE, book, check_in, deeds, events, walk_in};
use crate::recovery::people as recovery;
use rstest::rstest;
use shared::api::{ErrorCode, FieldCode};
use shared::centres::{Mode, Procedure};
use shared::visits::api::{FoundStanding, Search, SearchText, SearchView};
use std::time::Duration;
use tests::desk::Desk;
use tests::{EPOCH, Engine};

const HOUR: Duration = Duration::from_hours(1);

async fn search(desk: &mut Desk, text: &str) -> SearchView {
    let text = text.parse().unwrap();
    desk.browser.call::<Search>(&SearchText { text }).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn an_appointment_is_found_by_its_code_its_employer_and_its_person(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut quito = people::agent(&world, "Ana Mora", "UIO").await;
    let mut guayaquil = people::agent(&world, "Luis Vera", "GYE").await;
    let (appointment, code) = book(&world, "UIO", EPOCH.after(HOUR), Mode::InPerson).await;
    let lower = code.as_str().to_lowercase();
    for text in [code.as_str(), lower.as_str(), COMPANY, REPRESENTATIVE] {
        let found = search(&mut quito, text).await;
        assert_eq!(found.appointments.len(), 1, "{text}");
        let shown = &found.appointments[0];
        assert_eq!(
            (shown.appointment, shown.standing),
            (appointment, FoundStanding::CanCheckIn)
        );
        let body = serde_json::to_string(&found).unwrap();
        assert!(
            !body.contains(COMPANY) && !body.contains(REPRESENTATIVE),
            "{body}"
        );
        let found = search(&mut guayaquil, text).await;
        assert_eq!(
            found.appointments[0].standing,
            FoundStanding::OtherCentre,
            "{text}"
        );
    }
    // Each search is an act with its event, also one that finds nothing.
    let before = events(&world, "staff_acted").await;
    assert!(search(&mut quito, "0990004196001").await.appointments.is_empty());
    assert_eq!(deeds(&world, "searched").await, 9);
    assert_eq!(events(&world, "staff_acted").await, before + 1);

    check_in(&mut quito, appointment).await.unwrap();
    let found = search(&mut quito, code.as_str()).await;
    assert_eq!(found.appointments[0].standing, FoundStanding::CheckedIn);
    assert_eq!(found.visits.len(), 1);
    assert_eq!(found.visits[0].number, 1);
}

#[rstest]
#[tokio::test]
async fn an_appointment_of_another_day_is_told_to_be(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut desk = people::agent(&world, "Ana Mora", "UIO").await;
    let tomorrow = EPOCH.after(HOUR * 25);
    let (appointment, code) = book(&world, "UIO", tomorrow, Mode::InPerson).await;
    let found = search(&mut desk, code.as_str()).await;
    assert_eq!(found.appointments[0].standing, FoundStanding::OtherDay);
    let refused = check_in(&mut desk, appointment).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AppointmentUnknown);
}

#[rstest]
#[tokio::test]
async fn visits_of_every_centre_are_found(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::world(engine).await;
    let mut quito = people::agent(&world, "Ana Mora", "UIO").await;
    let mut guayaquil = people::agent(&world, "Luis Vera", "GYE").await;
    walk_in(&mut quito, "E1000001").await;
    world.advance(Duration::from_mins(1));
    walk_in(&mut guayaquil, "E1000002").await;
    let found = search(&mut quito, COMPANY).await;
    let centres: Vec<_> = found.visits.iter().map(|visit| visit.centre.as_str()).collect();
    assert_eq!(centres, ["Centro Guayaquil", "Centro Quito"], "the newest first");
    let found = search(&mut quito, "e1000001").await;
    assert_eq!(found.visits.len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_case_that_waits_for_an_officer_is_found_by_its_reference(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use shared::recovery::Route;
    use shared::recovery::api::{ChooseRoute, RouteChoice};
    let world = people::world(engine).await;
    let mut desk = people::agent(&world, "Ana Mora", "UIO").await;
    let mut person = world.browser();
    let case = recovery::COMPANY.identify(&mut person).await.unwrap();
    let reference = case.reference.to_string();
    assert!(
        search(&mut desk, &reference).await.cases.is_empty(),
        "it goes on online"
    );
    let route = RouteChoice {
        route: Route::Counter,
    };
    person.call::<ChooseRoute>(&route).await.unwrap();
    let found = search(&mut desk, &reference).await;
    assert_eq!(found.cases.len(), 1);
    assert_eq!(
        (found.cases[0].procedure, &found.cases[0].quoted),
        (Procedure::Recovery, &reference)
    );
    assert!(!found.cases[0].employer.contains(recovery::COMPANY.number));
}

#[tokio::test]
async fn what_nobody_quotes_is_refused_beside_its_field() {
    let world = people::world(Engine::Sqlite).await;
    let mut desk = people::agent(&world, "Ana Mora", "UIO").await;
    let path = format!("{}/staff/search", shared::api::BASE);
    for (text, code) in [("", FieldCode::Missing), ("%%%%", FieldCode::Malformed)] {
        let reply = desk
            .browser
            .post(&path, serde_json::json!({ "text": text }).to_string())
            .await;
        let problem = reply.problem();
        assert_eq!(problem.code, ErrorCode::InvalidInput, "{text}");
        assert_eq!(problem.fields[0].code, code, "{text}");
    }
    assert_eq!(deeds(&world, "searched").await, 0);
}
