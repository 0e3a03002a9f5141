//! One tick before, at and after each deadline.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn a_confirmation_counts_until_its_deadline(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (_, mut browser) = owner(&world).await;
    ask(&mut browser, email(NEW)).await.unwrap();
    let token = confirmation(&world, NEW).await;
    world.advance(short_of(CONFIRM, TICK));
    inspect(&world, &token).await.unwrap();
    let before = changes(&world).await;
    settle_due(&world).await;
    assert_eq!(changes(&world).await, before);
    for _ in 0..2 {
        world.advance(TICK);
        assert_eq!(inspect(&world, &token).await.unwrap_err(), ErrorCode::LinkExpired);
        assert_eq!(show(&mut browser).await.changes, []);
        assert_eq!(confirm(&world, &token).await.unwrap_err(), ErrorCode::LinkExpired);
        assert_eq!(changes(&world).await, [("lapsed".to_owned(), None, false)]);
    }
    assert_eq!(count(&world, OLD).await, 0);

    ask(&mut browser, email(NEW)).await.unwrap();
    let token = confirmation(&world, NEW).await;
    world.advance(short_of(CONFIRM, TICK));
    confirm(&world, &token).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn nobody_confirmed_and_the_job_says_so(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (_, mut browser) = owner(&world).await;
    ask(&mut browser, phone(PHONE)).await.unwrap();
    world.advance(short_of(CONFIRM, TICK));
    assert_eq!(settle_due(&world).await, 0);
    world.advance(TICK);
    assert_eq!(settle_due(&world).await, 1);
    assert_eq!(changes(&world).await, [("lapsed".to_owned(), None, false)]);
    assert_eq!(settle_due(&world).await, 0);
    assert_eq!(
        history(&mut browser).await[0],
        shared::sessions::api::Happening::ContactChangeLapsed
    );
}

#[rstest]
#[tokio::test]
async fn a_hold_is_cancelled_until_its_end_and_applied_from_then_on(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(0, 1, 2)] ticks: u32,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    let token = cancellation(&world, OLD).await;
    // One tick before the end, at the end, one tick after it; no job came by.
    world.advance(short_of(HOLD, TICK) + TICK * ticks);
    if ticks == 0 {
        assert_eq!(settle_due(&world).await, 0);
        inspect_cancel(&world, &token).await.unwrap();
        cancel(&world, &token).await.unwrap();
        world.advance(TICK * 2);
        settle_due(&world).await;
        assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    } else {
        assert_eq!(
            inspect_cancel(&world, &token).await.unwrap_err(),
            ErrorCode::LinkExpired
        );
        let late = pending(&mut browser).await.change;
        assert_eq!(cancel(&world, &token).await.unwrap_err(), ErrorCode::LinkExpired);
        assert_eq!(
            contacts(&world, id).await.0.as_deref(),
            Some(NEW),
            "whoever comes late finds it applied"
        );
        assert_eq!(
            withdraw(&mut browser, late).await.unwrap_err(),
            ErrorCode::ContactChangeUnknown
        );
        assert_eq!(cancel(&world, &token).await.unwrap_err(), ErrorCode::LinkExpired);
    }
}

#[rstest]
#[tokio::test]
async fn the_job_applies_at_the_end_of_the_hold_and_not_before(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    world.advance(short_of(HOLD, TICK));
    assert_eq!(settle_due(&world).await, 0);
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(OLD));
    world.advance(TICK);
    assert_eq!(settle_due(&world).await, 1);
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));
    assert_eq!(events(&world, "contact_changed").await, 1);
}

#[rstest]
#[tokio::test]
async fn what_ended_is_forgotten_after_a_while_and_a_change_is_remembered_longer(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use std::time::Duration;
    let world = world(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    world.advance(HOLD);
    settle_due(&world).await;
    let applied_at = world.now();
    let token = cancellation(&world, OLD).await;
    ask(&mut browser, email(NEWER)).await.unwrap();
    let change = pending(&mut browser).await.change;
    withdraw(&mut browser, change).await.unwrap();
    let purge = async || {
        server::contacts::service::purge(&world.app, world.now())
            .await
            .unwrap()
    };
    world.advance(short_of(Duration::from_hours(24 * 30), TICK));
    assert_eq!(purge().await, 0);
    assert_eq!(cancel(&world, &token).await.unwrap_err(), ErrorCode::LinkExpired);
    world.advance(TICK);
    assert_eq!(purge().await, 1);
    assert_eq!(cancel(&world, &token).await.unwrap_err(), ErrorCode::LinkInvalid);
    let last = async || {
        let mut tx = world.app.store.read().await.unwrap();
        server::contacts::service::last_change(&mut tx, id).await.unwrap()
    };
    assert_eq!(last().await, Some(applied_at));
    world.advance(short_of(Duration::from_hours(24 * 370), TICK));
    assert_eq!(purge().await, 0);
    world.advance(TICK);
    assert_eq!(purge().await, 1);
    assert_eq!(last().await, None);
}
