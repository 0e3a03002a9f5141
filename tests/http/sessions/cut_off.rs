//! Requests that do not come to their end: a browser that goes away, a body that comes slowly.

use super::people::*;
use axum::body::Body;
use futures_util::{poll, stream};
use rstest::rstest;
use server::accounts::{State, service as accounts};
use server::on;
use shared::api::ErrorCode;
use std::convert::Infallible;
use std::time::Duration;
use tests::{Engine, World};

const WINDOW: Duration = Duration::from_mins(15);

/// How long a test waits for something that must happen.
const PATIENCE: Duration = Duration::from_secs(20);

/// Looks until it is so.
async fn until(mut so: impl AsyncFnMut() -> bool) {
    let looking = async {
        while !so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, looking).await.expect("it happens");
}

/// How many slots are taken.
async fn attempts(world: &World) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM sign_in_attempts"
    )
    .fetch_one(conn))
    .unwrap();
    count
}

/// On PostgreSQL a lock of the account holds what follows the comparison, after the attempt was counted in another
/// transaction. On SQLite with its one writer both would wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_goes_away_after_a_wrong_password_has_failed() {
    let world = world(Engine::Postgres).await;
    let id = COMPANY.settle(&world).await;
    let mut tx = world.app.store.write().await.unwrap();
    assert!(accounts::lock(&mut tx, id).await.unwrap().is_some());
    for number in 1..=5 {
        let mut stranger = world.browser().at(&format!("203.0.{number}.1"));
        let mut request = Box::pin(COMPANY.sign_in(&mut stranger, WRONG));
        until(async || {
            assert!(
                poll!(request.as_mut()).is_pending(),
                "the failure waits for the lock"
            );
            attempts(&world).await == number
        })
        .await;
    }
    assert_eq!(events(&world, "sign_in_failed").await, 0);
    drop(tx);
    until(async || events(&world, "sign_in_failed").await == 5).await;
    assert!(matches!(load(&world, id).await.state, State::Blocked { .. }));
    assert_eq!(mails(&world).await, ["Su cuenta de empleador se bloqueó"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_goes_away_after_a_right_password_spends_no_attempt() {
    let world = world(Engine::Postgres).await;
    let id = COMPANY.settle(&world).await;
    let mut tx = world.app.store.write().await.unwrap();
    assert!(accounts::lock(&mut tx, id).await.unwrap().is_some());
    {
        let mut browser = world.browser();
        let mut request = Box::pin(COMPANY.sign_in(&mut browser, RIGHT));
        until(async || {
            assert!(poll!(request.as_mut()).is_pending());
            attempts(&world).await == 1
        })
        .await;
    }
    drop(tx);
    until(async || attempts(&world).await == 0).await;
    assert_eq!(events(&world, "signed_in").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_goes_away_after_a_wrong_old_password_has_failed() {
    let world = world(Engine::Postgres).await;
    let id = COMPANY.settle(&world).await;
    let mut browser = COMPANY.known(&world).await;
    let mut tx = world.app.store.write().await.unwrap();
    assert!(accounts::lock(&mut tx, id).await.unwrap().is_some());
    {
        let mut request = Box::pin(change(&mut browser, WRONG, NEXT));
        until(async || {
            assert!(poll!(request.as_mut()).is_pending());
            attempts(&world).await == 1
        })
        .await;
    }
    drop(tx);
    until(async || events(&world, "password_check_failed").await == 1).await;
}

/// A body that comes after `wait`.
fn slow(world: &World, json: String, wait: Duration) -> Body {
    let clock = world.app.clock.clone();
    Body::from_stream(stream::once(async move {
        clock.advance(wait);
        Ok::<_, Infallible>(json)
    }))
}

#[rstest]
#[case(WINDOW.saturating_sub(TICK), true)]
#[case(WINDOW, false)]
#[tokio::test]
async fn a_failure_counts_from_when_it_was_read(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] wait: Duration,
    #[case] blocked: bool,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    COMPANY.strangers_fail(&world, 4).await;
    let body = serde_json::to_string(&COMPANY.credentials(WRONG)).unwrap();
    let body = slow(&world, body, wait);
    let reply = world.browser().post("/api/v1/sessions", body).await;
    assert_eq!(reply.problem().code, ErrorCode::SignInRefused);
    let state = load(&world, id).await.state;
    assert_eq!(matches!(state, State::Blocked { .. }), blocked, "{state:?}");
}

#[rstest]
#[case(WINDOW.saturating_sub(TICK), true)]
#[case(WINDOW, false)]
#[tokio::test]
async fn a_slow_body_buys_a_session_no_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] wait: Duration,
    #[case] in_time: bool,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut browser = COMPANY.known(&world).await;
    let body = slow(&world, "{}".to_owned(), wait);
    let reply = browser.post("/api/v1/session/extend", body).await;
    assert_eq!(reply.status.is_success(), in_time, "{}", reply.text());
    assert_eq!(current(&mut browser).await.is_ok(), in_time);
}
