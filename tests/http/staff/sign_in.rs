//! Signing in: two factors, refused alike, each code once, and no more tries than the policy allows.

use super::people::*;
use rstest::rstest;
use server::staff::COOKIE;
use shared::api::ErrorCode;
use shared::recovery::api::Empty;
use shared::staff::api::{SignOutStaff, StaffCredentials, StaffState};
use shared::staff::{Right, Role, SecondFactor, Standing};
use tests::{Engine, World};

async fn state(world: &World, hired: &Hired) -> StaffState {
    let all = server::staff::service::all(&world.app).await.unwrap();
    all.iter().find(|member| member.id == hired.id).unwrap().state()
}

#[rstest]
#[tokio::test]
async fn a_password_opens_nothing_until_the_second_factor_was_right(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    let mut browser = world.browser();
    let asked = sign_in(&mut browser, &ana.credentials(RIGHT)).await.unwrap();
    assert_eq!(asked.ways, [SecondFactor::Code]);
    let waiting = browser.cookie(COOKIE).unwrap().to_owned();
    assert_eq!(current(&mut browser).await, Err(ErrorCode::SessionMissing));
    assert_eq!(extend(&mut browser).await, Err(ErrorCode::SessionMissing));

    let view = show_code(&mut browser, ana.code(&world)).await.unwrap();
    assert_eq!((view.role, view.standing), (Role::Agent, Standing::Open));
    assert!(view.may(Right::ServeQueue) && !view.may(Right::KeepStaff));
    assert_eq!(view.last_sign_in, None);
    assert_ne!(browser.cookie(COOKIE), Some(waiting.as_str()));
    assert_eq!(current(&mut browser).await.unwrap().id, ana.id);
    // The cookie of before is worth nothing, whoever saw it.
    let mut thief = world.browser();
    thief.plant(COOKIE, &waiting);
    assert_eq!(current(&mut thief).await, Err(ErrorCode::SessionMissing));

    browser.call::<SignOutStaff>(&Empty {}).await.unwrap();
    assert_eq!(browser.cookie(COOKIE), None);
    assert_eq!(current(&mut browser).await, Err(ErrorCode::SessionMissing));
    world.advance(STEP);
    let view = current(&mut ana.sit(&world).await).await.unwrap();
    assert_eq!(view.last_sign_in, Some(view.now.before(STEP)));
}

#[rstest]
#[tokio::test]
async fn whatever_is_wrong_is_refused_alike(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    let nobody = StaffCredentials {
        email: "nadie@instituto.example".parse().unwrap(),
        password: RIGHT.into(),
    };
    let mut replies = Vec::new();
    for credentials in [ana.credentials(WRONG), nobody] {
        let sent = serde_json::to_string(&credentials).unwrap();
        let mut browser = world.browser();
        let reply = browser.post("/api/v1/staff/sign-in", sent).await;
        assert_eq!(browser.cookie(COOKIE), None);
        replies.push((reply.status, reply.text()));
    }
    assert_eq!(replies[0], replies[1]);
    assert_eq!(replies[0].0, 403);
    // The address may be written in any case.
    let shouted = StaffCredentials {
        email: "ANA@INSTITUTO.EXAMPLE".parse().unwrap(),
        password: RIGHT.into(),
    };
    assert!(sign_in(&mut world.browser(), &shouted).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn tries_are_counted_by_address_and_network_and_no_longer_than_their_window(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    for _ in 0..5 {
        let mut stranger = world.browser();
        assert_eq!(
            sign_in(&mut stranger, &ana.credentials(WRONG)).await,
            Err(ErrorCode::StaffSignInRefused)
        );
    }
    let right = ana.credentials(RIGHT);
    assert_eq!(
        sign_in(&mut world.browser(), &right).await,
        Err(ErrorCode::StaffSignInRefused),
        "the right one is not compared any more"
    );
    // From elsewhere she gets in: strangers keep nobody out.
    assert!(
        sign_in(&mut world.browser().at("198.51.100.7"), &right)
            .await
            .is_ok()
    );
    world.advance(world.app.policy.staff.failure_window().checked_sub(TICK).unwrap());
    assert!(sign_in(&mut world.browser(), &right).await.is_err());
    world.advance(TICK);
    assert!(sign_in(&mut world.browser(), &right).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn a_code_is_good_once_and_none_before_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    let (earlier, mut first, mut second) =
        (ana.code(&world), ana.begin(&world).await, ana.begin(&world).await);
    world.advance(STEP);
    let code = ana.code(&world);
    show_code(&mut first, code.clone()).await.unwrap();
    for used in [code, earlier] {
        assert_eq!(
            show_code(&mut second, used).await,
            Err(ErrorCode::StaffSignInRefused)
        );
    }
    world.advance(STEP);
    assert!(show_code(&mut second, ana.code(&world)).await.is_ok());
}

#[rstest]
#[tokio::test]
async fn the_second_factor_is_waited_for_no_longer_than_said(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    let time = world.app.policy.staff.second_factor_time();
    let (mut before, mut at) = (ana.begin(&world).await, ana.begin(&world).await);
    world.advance(time.checked_sub(TICK).unwrap());
    assert!(show_code(&mut before, ana.code(&world)).await.is_ok());
    world.advance(TICK);
    assert_eq!(
        show_code(&mut at, ana.code(&world)).await,
        Err(ErrorCode::SessionMissing)
    );
}

#[rstest]
#[tokio::test]
async fn too_many_wrong_codes_block_the_member_and_end_every_session(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    let mut open = ana.sit(&world).await;
    world.advance(STEP);
    let most = world.app.policy.staff.second_factor_failures;
    let mut browser = ana.begin(&world).await;
    for _ in 1..most {
        let refused = show_code(&mut browser, "000000".into()).await;
        assert_eq!(refused, Err(ErrorCode::StaffSignInRefused));
    }
    assert_eq!(state(&world, &ana).await, StaffState::Active);
    assert!(current(&mut open).await.is_ok());
    let mut other = ana.begin(&world).await;
    assert!(show_code(&mut browser, "000000".into()).await.is_err());
    assert_eq!(state(&world, &ana).await, StaffState::Blocked);
    assert_eq!(current(&mut open).await, Err(ErrorCode::SessionMissing));
    // The right code and the right password get nobody in any more, and are refused like wrong ones.
    assert_eq!(
        show_code(&mut other, ana.code(&world)).await,
        Err(ErrorCode::SessionMissing)
    );
    assert_eq!(
        sign_in(&mut world.browser(), &ana.credentials(RIGHT)).await,
        Err(ErrorCode::StaffSignInRefused)
    );
    let events = kinds(&world).await;
    assert_eq!(events.iter().filter(|kind| *kind == "staff_blocked").count(), 1);
}

#[rstest]
#[tokio::test]
async fn a_right_code_forgives_the_wrong_ones_before_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    for _ in 0..3 {
        let mut browser = ana.begin(&world).await;
        for _ in 1..world.app.policy.staff.second_factor_failures {
            assert!(show_code(&mut browser, "000000".into()).await.is_err());
        }
        show_code(&mut browser, ana.code(&world)).await.unwrap();
        world.advance(STEP);
    }
    assert_eq!(state(&world, &ana).await, StaffState::Active);
}

#[rstest]
#[tokio::test]
async fn the_log_names_who_signed_in_and_holds_no_address_and_no_password(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let ana = hire(&world, "Ana", Role::Agent).await;
    assert!(
        sign_in(&mut world.browser(), &ana.credentials(WRONG))
            .await
            .is_err()
    );
    ana.sit(&world).await;
    let mut tx = world.app.store.read().await.unwrap();
    let rows: Vec<(String, Option<uuid::Uuid>, String)> = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT kind, staff_id, detail FROM audit_events ORDER BY kind"
    )
    .fetch_all(conn))
    .unwrap();
    let kinds: Vec<&str> = rows.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(kinds, ["staff_added", "staff_sign_in_failed", "staff_signed_in"]);
    assert_eq!(rows[2].1, Some(ana.id.as_uuid()));
    assert_eq!(rows[1].1, None, "a stranger did it");
    assert!(rows[1].2.contains(&ana.id.to_string()));
    for (_, _, detail) in &rows {
        assert!(
            !detail.contains("instituto") && !detail.contains("gallinas"),
            "{detail}"
        );
    }
    drop(tx);
    server::audit::service::seal_all(&world.app).await.unwrap();
    let found = server::audit::service::verify(&world.app, &[]).await.unwrap();
    assert_eq!((found.sealed, found.findings), (3, Vec::new()));
}
