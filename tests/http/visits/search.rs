//! What is found of what somebody quotes.

use super::people::{self, COMPANY, REPRESENTATIVE, book, check_in, deeds, events, walk_in};
use crate::recovery::people as recovery;
use rstest::rstest;
use shared::api::{ErrorCode, FieldCode};
use shared::centres::{Mode, Procedure, Zone};
use shared::dossiers::api::{Access, DossierLooked, OpenDossier, ShowDossier, VisitNamed};
use shared::recovery::Route;
use shared::recovery::api::{ChooseRoute, RouteChoice};
use shared::visits::api::{
    AdmitCase, BeginService, CallVisit, CaseNamed, CaseStanding, FinishVisit, FoundStanding, Search,
    SearchText, SearchView, VisitChoice,
};
use std::time::Duration;
use tests::desk::Desk;
use tests::{EPOCH, Engine, World};

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
    let world = people::world(engine).await;
    let mut desk = people::agent(&world, "Ana Mora", "UIO").await;
    let mut person = world.browser();
    let case = recovery::COMPANY.identify(&mut person).await.unwrap();
    let reference = case.reference.to_string();
    let online = search(&mut desk, &reference).await;
    assert_eq!(online.cases[0].standing, CaseStanding::Online);
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
    assert_eq!(found.cases[0].standing, CaseStanding::AwaitingOfficer);
    let body = serde_json::to_string(&found).unwrap();
    for personal in [recovery::COMPANY.number, recovery::COMPANY.representative] {
        assert!(!body.contains(personal), "{body}");
    }
}

/// A case of recovery that waits for an officer.
async fn waits(world: &World, employer: recovery::Employer) -> String {
    let mut person = world.browser();
    let case = employer.identify(&mut person).await.unwrap();
    let route = RouteChoice {
        route: Route::Counter,
    };
    person.call::<ChooseRoute>(&route).await.unwrap();
    case.reference.to_string()
}

#[rstest]
#[tokio::test]
async fn cases_are_found_by_the_numbers_that_a_person_shows(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut desk = people::agent(&world, "Ana Mora", "UIO").await;
    let reference = waits(&world, recovery::COMPANY).await;
    world.advance(Duration::from_mins(1));
    let online = recovery::COMPANY.identify(&mut world.browser()).await.unwrap();
    waits(&world, recovery::OTHER).await;
    for text in [recovery::COMPANY.number, recovery::COMPANY.representative] {
        let found = search(&mut desk, text).await.cases;
        let told: Vec<_> = found
            .iter()
            .map(|case| (case.quoted.as_str(), case.standing))
            .collect();
        let online = online.reference.to_string();
        let expected = [
            (online.as_str(), CaseStanding::Online),
            (reference.as_str(), CaseStanding::AwaitingOfficer),
        ];
        assert_eq!(told, expected, "{text}");
    }
    // One that nobody knows is found as well: the desk is told no more than the page was.
    recovery::UNKNOWN.identify(&mut world.browser()).await.unwrap();
    let found = search(&mut desk, recovery::UNKNOWN.number).await.cases;
    assert_eq!(found[0].standing, CaseStanding::Online);
    // What is over is found no more.
    world.advance(HOUR * 24 * 15);
    let mut desk = people::agent(&world, "Luis Vera", "UIO").await;
    assert!(search(&mut desk, recovery::COMPANY.number).await.cases.is_empty());
}

#[rstest]
#[tokio::test]
async fn a_case_says_where_its_link_is_and_never_where_to(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = recovery::world(engine).await;
    people::open_centres(&world).await;
    recovery::COMPANY.settle(&world, recovery::Condition::Good).await;
    let mut desk = people::agent(&world, "Ana Mora", "UIO").await;
    let mut person = world.browser();
    recovery::COMPANY.reach_link(&world, &mut person).await;
    let found = search(&mut desk, recovery::COMPANY.representative).await.cases;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].standing, CaseStanding::LinkSent);
    assert_eq!(
        (&found[0].employer, &found[0].representative),
        (&None, &None),
        "what was typed is gone"
    );
    let body = serde_json::to_string(&found).unwrap();
    assert!(!body.contains('@'), "{body}");
}

#[rstest]
#[tokio::test]
async fn a_signed_request_and_an_unlocking_are_found_as_well(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use crate::signatures::people as signatures;
    use crate::unlock::people as unlock;
    let world = signatures::world(engine).await;
    people::open_centres(&world).await;
    unlock::settle(&world, recovery::COMPANY, recovery::Condition::Blocked).await;
    recovery::OTHER.settle(&world, recovery::Condition::Good).await;
    let mut desk = people::agent(&world, "Ana Mora", "UIO").await;
    unlock::open(recovery::COMPANY, &mut world.browser())
        .await
        .unwrap();
    let found = search(&mut desk, recovery::COMPANY.number).await.cases;
    assert_eq!(
        (found[0].procedure, found[0].standing),
        (Procedure::Unlock, CaseStanding::Online)
    );
    let mut person = world.browser();
    let purpose = shared::signatures::Purpose::Email("nueva@empresa.example".parse().unwrap());
    signatures::open(recovery::OTHER, &mut person, purpose)
        .await
        .unwrap();
    let found = search(&mut desk, recovery::OTHER.number).await.cases;
    assert_eq!(
        (found[0].procedure, found[0].standing),
        (Procedure::Signature, CaseStanding::AwaitingSignature)
    );
    let unsure = signatures::with_behind(&mut person, "unsure").await;
    signatures::upload(&mut person, unsure).await.unwrap();
    let found = search(&mut desk, recovery::OTHER.number).await.cases;
    assert_eq!(found[0].standing, CaseStanding::AwaitingOfficer);
    let by_number = search(&mut desk, &found[0].quoted).await.cases;
    assert_eq!(by_number, found, "the number of the referral is quoted");
}

#[rstest]
#[tokio::test]
async fn whoever_has_a_case_that_waits_is_let_in_by_the_case(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut desk = people::seated(&world, "Ana Mora", 1).await;
    let reference = waits(&world, recovery::COMPANY).await;
    let found = search(&mut desk, &reference).await.cases.remove(0);
    let named = CaseNamed {
        procedure: found.procedure,
        case: found.case,
    };
    let view = desk.browser.call::<AdmitCase>(&named).await.unwrap();
    let came = &view.visits[0];
    assert_eq!(
        (Some(&came.employer), Some(&came.representative)),
        (found.employer.as_ref(), found.representative.as_ref())
    );
    assert_eq!((came.procedure, came.mode), (Procedure::Recovery, Mode::InPerson));
    // Who they are was taken from the case: the dossier has it in full.
    let choice = VisitChoice { visit: came.visit };
    desk.browser.call::<CallVisit>(&choice).await.unwrap();
    desk.browser.call::<BeginService>(&choice).await.unwrap();
    let dossier = desk
        .browser
        .call::<OpenDossier>(&VisitNamed { visit: choice.visit })
        .await
        .unwrap();
    assert_eq!(dossier.employer.to_string(), recovery::COMPANY.number);
    assert_eq!(
        dossier.representative.to_string(),
        recovery::COMPANY.representative
    );
    let mut tx = world.app.store.read().await.unwrap();
    let (of_case,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM staff_acts WHERE deed = 'checked_in' AND case_id = $1"
    )
    .bind(found.case.as_uuid())
    .fetch_one(conn))
    .unwrap();
    assert_eq!(of_case, 1, "the act says which case it was");
}

#[rstest]
#[tokio::test]
async fn only_a_case_that_waits_for_an_officer_lets_anybody_in(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut desk = people::seated(&world, "Ana Mora", 1).await;
    recovery::COMPANY.identify(&mut world.browser()).await.unwrap();
    let online = search(&mut desk, recovery::COMPANY.number).await.cases.remove(0);
    let made_up = shared::identifiers::CaseId::new(EPOCH, [7; 10]);
    for (procedure, case) in [
        (Procedure::Recovery, online.case),
        (Procedure::Unlock, online.case),
        (Procedure::Signature, online.case),
        (Procedure::Contact, online.case),
        (Procedure::Recovery, made_up),
    ] {
        let named = CaseNamed { procedure, case };
        let refused = desk.browser.call::<AdmitCase>(&named).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::CaseAtOtherStage, "{procedure:?}");
    }
    assert_eq!(deeds(&world, "checked_in").await, 0);
}

#[rstest]
#[tokio::test]
async fn a_visit_leads_to_its_dossier_and_whoever_did_not_serve_says_why(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let mut ana = people::seated(&world, "Ana Mora", 1).await;
    let mut luis = people::seated(&world, "Luis Vera", 2).await;
    let visit = walk_in(&mut ana, "E1000001").await;
    let choice = VisitChoice { visit };
    ana.browser.call::<CallVisit>(&choice).await.unwrap();
    ana.browser.call::<BeginService>(&choice).await.unwrap();
    assert_eq!(
        search(&mut luis, "E1000001").await.visits[0].dossier,
        None,
        "nobody opened it"
    );
    let opened = ana
        .browser
        .call::<OpenDossier>(&VisitNamed { visit })
        .await
        .unwrap();
    ana.browser.call::<FinishVisit>(&choice).await.unwrap();
    let found = search(&mut luis, "E1000001").await.visits.remove(0);
    assert_eq!(found.dossier, Some(opened.dossier));
    let dossier = opened.dossier;
    let silent = DossierLooked {
        dossier,
        reason: None,
    };
    let refused = luis.browser.call::<ShowDossier>(&silent).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.fields[0].field.as_str()),
        (ErrorCode::InvalidInput, "reason")
    );
    let reason = Some("La persona volvió con una pregunta".parse().unwrap());
    let said = DossierLooked { dossier, reason };
    let shown = luis.browser.call::<ShowDossier>(&said).await.unwrap();
    assert_eq!((shown.visit, shown.access), (visit, Access::Over));
    assert_eq!(deeds(&world, "dossier_seen").await, 1);
}

#[tokio::test]
async fn what_is_found_tells_times_by_the_clocks_of_its_own_centre() {
    let world = people::world(Engine::Sqlite).await;
    let mut quito = people::agent(&world, "Ana Mora", "UIO").await;
    let mut island = people::agent(&world, "Luis Vera", "GPS").await;
    let (_, code) = book(&world, "GPS", EPOCH.after(HOUR * 2), Mode::InPerson).await;
    walk_in(&mut island, "E1000001").await;
    let found = search(&mut quito, code.as_str()).await;
    assert_eq!(found.appointments[0].zone, Zone::Galapagos);
    let found = search(&mut quito, "E1000001").await;
    assert_eq!(found.visits[0].zone, Zone::Galapagos);
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
