//! What arrives by mail, and the link in it.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::appointments::api::{AppointmentStageView, CurrentAppointment, LinkToken, OpenAppointmentLink};
use shared::secrets::Secret;
use tests::{Engine, World};

fn token(world: &World) -> LinkToken {
    let mail = &world.mails()[0];
    let (_, rest) = mail.text.split_once("/turno/gestionar#").unwrap();
    LinkToken {
        token: Secret::new(rest.split_whitespace().next().unwrap().to_owned()),
    }
}

#[rstest]
#[tokio::test]
async fn the_confirmation_says_everything_and_its_link_opens_the_appointment_again_and_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    let booked = book(&mut world.browser(), COMPANY, centre, slot(0)).await;
    deliver(&world).await;
    let mails = world.mails();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert!(mail.subject.contains(booked.code.as_str()));
    for expected in [
        "martes 24 de noviembre de 2026",
        "08:00",
        "Centro de prueba QTO-1",
        "La cédula del representante",
        "/turno/gestionar#",
    ] {
        assert!(mail.text.contains(expected), "{expected} is not in {}", mail.text);
    }
    assert!(!mail.text.contains(COMPANY.number) && !mail.text.contains(COMPANY.representative));
    let calendar = String::from_utf8(mail.calendar.clone().unwrap()).unwrap();
    assert!(calendar.contains("DTSTART:20261124T130000Z"));

    let shown = token(&world);
    assert!(
        !world.everything().await.contains(shown.token.expose()),
        "no table has it"
    );
    for _ in 0..2 {
        let view = world.browser().call::<OpenAppointmentLink>(&shown).await.unwrap();
        assert_eq!(view.code, booked.code);
    }
    let mut browser = world.browser();
    browser.call::<OpenAppointmentLink>(&shown).await.unwrap();
    move_to(&mut browser, centre, slot(2)).await.unwrap();
    cancel(&mut browser).await.unwrap();
    let view = world.browser().call::<OpenAppointmentLink>(&shown).await.unwrap();
    assert!(matches!(view.stage, AppointmentStageView::Cancelled { .. }));
}

#[rstest]
#[tokio::test]
async fn of_many_browsers_that_open_a_link_the_last_ones_are_known(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    book(&mut world.browser(), COMPANY, centre, slot(0)).await;
    deliver(&world).await;
    let shown = token(&world);
    let mut browsers = Vec::new();
    for _ in 0..=server::appointments::store::BROWSERS {
        world.advance(TICK);
        let mut browser = world.browser();
        browser.call::<OpenAppointmentLink>(&shown).await.unwrap();
        browsers.push(browser);
    }
    let (first, rest) = browsers.split_first_mut().unwrap();
    assert!(first.call::<CurrentAppointment>(&()).await.is_err());
    for browser in rest {
        browser.call::<CurrentAppointment>(&()).await.unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn a_link_ends_a_day_after_the_place(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let centre = centre(&world, 1).await;
    book(&mut world.browser(), COMPANY, centre, slot(0)).await;
    deliver(&world).await;
    let shown = token(&world);
    world.advance(slot(1).after(DAY).since(world.now()).checked_sub(TICK).unwrap());
    world.browser().call::<OpenAppointmentLink>(&shown).await.unwrap();
    world.advance(TICK);
    let late = world
        .browser()
        .call::<OpenAppointmentLink>(&shown)
        .await
        .unwrap_err();
    assert_eq!(late.code, ErrorCode::LinkExpired);
    let made_up = LinkToken {
        token: Secret::new("A".repeat(43)),
    };
    let unknown = world
        .browser()
        .call::<OpenAppointmentLink>(&made_up)
        .await
        .unwrap_err();
    assert_eq!(unknown.code, ErrorCode::LinkInvalid);
}

#[rstest]
#[tokio::test]
async fn one_mailbox_is_not_filled(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = with(engine, |policy| policy.limits.per_destination.count = 1).await;
    let centre = centre(&world, 4).await;
    book(&mut world.browser(), COMPANY, centre, slot(0)).await;
    let mut second = world.browser();
    hold(&mut second, OTHER, centre, slot(0)).await.unwrap();
    assert_eq!(
        confirm(&mut second).await.unwrap_err().code,
        ErrorCode::RateLimited
    );
}

#[rstest]
#[tokio::test]
async fn one_source_takes_so_many_places(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = with(engine, |policy| policy.appointments.per_source.count = 1).await;
    let centre = centre(&world, 4).await;
    let mut first = world.browser().at("203.0.113.7");
    hold(&mut first, COMPANY, centre, slot(0)).await.unwrap();
    let mut again = world.browser().at("203.0.113.7");
    let refused = hold(&mut again, OTHER, centre, slot(0)).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::RateLimited);
    let mut elsewhere = world.browser().at("198.51.100.7");
    hold(&mut elsewhere, OTHER, centre, slot(0)).await.unwrap();
}
