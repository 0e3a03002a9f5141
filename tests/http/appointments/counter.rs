//! What a counter undoes: appointments that somebody else took in a person's name.

use super::people::*;
use super::waiting::full;
use crate::visits::people::{deeds, events};
use rstest::rstest;
use shared::api::{ErrorCode, FieldCode};
use shared::appointments::CancelledBy;
use shared::appointments::api::{AppointmentStageView, AppointmentToCancel, CancelByOfficer};
use shared::identifiers::AppointmentId;
use shared::staff::Role;
use shared::visits::api::{FoundStanding, Search, SearchText, SearchView};
use tests::desk::{Desk, desk};
use tests::{Engine, World};

async fn agent(world: &World, centre: shared::identifiers::CentreId) -> Desk {
    desk(world, "Ana Mora", Role::Agent, Some(centre)).await
}

async fn search(desk: &mut Desk, text: &str) -> SearchView {
    let text = text.parse().unwrap();
    desk.browser.call::<Search>(&SearchText { text }).await.unwrap()
}

async fn cancel_for(desk: &mut Desk, appointment: AppointmentId) -> Result<(), ErrorCode> {
    let asked = AppointmentToCancel {
        appointment,
        reason: "La persona no pidió este turno.".parse().unwrap(),
    };
    let answer = desk.browser.call::<CancelByOfficer>(&asked).await;
    answer.map(|_| ()).map_err(|problem| problem.code)
}

#[rstest]
#[tokio::test]
async fn an_officer_cancels_what_a_stranger_booked_in_a_persons_name(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let there = centre(&world, 1).await;
    let here = centre_in(&world, "LTC-1", "05", 1).await;
    let mut stranger = world.browser();
    book(&mut stranger, COMPANY, there, slot(0)).await;
    deliver(&world).await;
    let sent = world.mails().len();

    // The person is in their way, and has no code and no mail.
    let mut person = world.browser();
    let refused = hold(&mut person, COMPANY, there, slot(1)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::AppointmentOpen);

    // The nearest centre is another one.
    let mut desk = agent(&world, here).await;
    let found = search(&mut desk, COMPANY.representative).await;
    assert_eq!(found.appointments.len(), 1);
    assert_eq!(found.appointments[0].standing, FoundStanding::OtherCentre);
    let acts = events(&world, "staff_acted").await;
    cancel_for(&mut desk, found.appointments[0].appointment)
        .await
        .unwrap();
    assert_eq!(deeds(&world, "appointment_cancelled").await, 1);
    assert_eq!(events(&world, "staff_acted").await, acts + 1);

    assert!(matches!(
        current(&mut stranger).await.stage,
        AppointmentStageView::Cancelled {
            by: CancelledBy::Officer,
            place: Some(_),
            ..
        }
    ));
    deliver(&world).await;
    assert_eq!(world.mails().len(), sent + 1, "whoever booked it is told");
    assert!(world.mails()[0].text.contains("lo pidió en una ventanilla"));
    assert_eq!(left(&mut person, there, slot(0)).await, 1);
    hold(&mut person, COMPANY, there, slot(0)).await.unwrap();

    // Once; and never what is over.
    let again = cancel_for(&mut desk, found.appointments[0].appointment).await;
    assert_eq!(again, Err(ErrorCode::AppointmentAtOtherStage));
    assert_eq!(deeds(&world, "appointment_cancelled").await, 1);
    let nothing = cancel_for(&mut desk, AppointmentId::new(world.now(), [7; 10])).await;
    assert_eq!(nothing, Err(ErrorCode::AppointmentUnknown));
}

#[rstest]
#[tokio::test]
async fn a_hold_is_found_and_cancelled_too(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut desk = agent(&world, centre).await;
    let mut stranger = world.browser();
    hold(&mut stranger, COMPANY, centre, slot(0)).await.unwrap();
    let found = search(&mut desk, COMPANY.representative).await;
    assert_eq!(found.appointments[0].standing, FoundStanding::Unconfirmed);
    cancel_for(&mut desk, found.appointments[0].appointment)
        .await
        .unwrap();
    assert_eq!(left(&mut stranger, centre, slot(0)).await, 1);
}

#[rstest]
#[tokio::test]
async fn a_wait_is_found_and_cancelled_too(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, centre, _lucky) = full(engine).await;
    let mut desk = agent(&world, centre).await;
    let mut stranger = world.browser();
    let waits = join(&mut stranger, OTHER, centre).await.unwrap();
    for text in [OTHER.representative, waits.code.as_str()] {
        let found = search(&mut desk, text).await;
        assert_eq!(found.waiting.len(), 1, "{text}");
        assert_eq!(found.waiting[0].code, waits.code.as_str());
        let body = serde_json::to_string(&found).unwrap();
        assert!(!body.contains(OTHER.representative), "{body}");
    }
    let found = search(&mut desk, OTHER.representative).await;
    cancel_for(&mut desk, found.waiting[0].appointment).await.unwrap();
    assert!(search(&mut desk, OTHER.representative).await.waiting.is_empty());
    assert!(matches!(
        current(&mut stranger).await.stage,
        AppointmentStageView::Cancelled {
            by: CancelledBy::Officer,
            place: None,
            ..
        }
    ));
    join(&mut world.browser(), OTHER, centre).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn cancelling_for_somebody_needs_a_reason_and_an_officer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let mut desk = agent(&world, centre).await;
    let mut stranger = world.browser();
    book(&mut stranger, COMPANY, centre, slot(0)).await;
    let found = search(&mut desk, COMPANY.representative).await;
    let appointment = found.appointments[0].appointment;
    let body = format!(r#"{{"appointment":"{appointment}","reason":" "}}"#);
    let path = "/api/v1/staff/appointments/cancel";
    let refused = desk.browser.post(path, body.clone()).await.problem();
    assert_eq!(refused.fields[0].field, "reason");
    assert_eq!(refused.fields[0].code, FieldCode::Missing);
    let body = body.replace("\" \"", "\"Porque sí.\"");
    assert_eq!(
        stranger.post(path, body).await.problem().code,
        ErrorCode::SessionMissing
    );
    assert!(matches!(
        current(&mut stranger).await.stage,
        AppointmentStageView::Booked { .. }
    ));
}

#[rstest]
#[tokio::test]
async fn all_networks_of_one_site_are_counted_together(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.appointments.per_site.count = 2).await;
    let centre = centre(&world, 6).await;
    let people = [COMPANY, OTHER, PUBLIC, UNKNOWN];
    let hold_at = async |address: &str, whose| {
        let mut browser = world.browser().at(address);
        hold(&mut browser, whose, centre, slot(0)).await.map(|_| ())
    };
    hold_at("2001:db8:1:1::1", people[0]).await.unwrap();
    hold_at("2001:db8:1:2::1", people[1]).await.unwrap();
    let refused = hold_at("2001:db8:1:3::1", people[2]).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RateLimited);
    hold_at("2001:db8:2:1::1", people[2]).await.unwrap();
    hold_at("192.0.2.7", people[3]).await.unwrap();
}
