//! What comes between the request and its transaction, and between the commit and the send.

use super::people::*;
use axum::body::Body;
use futures_util::stream;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::notifications::Channel;
use shared::unlock::api::UnlockStageView;
use std::convert::Infallible;
use std::time::Duration;
use tests::{Engine, World};

/// A body whose last byte comes after `wait`.
fn slow(world: &World, json: String, wait: Duration) -> Body {
    let clock = world.app.clock.clone();
    Body::from_stream(stream::once(async move {
        clock.advance(wait);
        Ok::<_, Infallible>(json)
    }))
}

#[rstest]
#[case(LIFE.saturating_sub(TICK), Ok(()))]
#[case(LIFE, Err(ErrorCode::LinkExpired))]
#[tokio::test]
async fn a_slow_body_buys_no_time_for_a_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("confirm", "inspect")] path: &str,
    #[case] wait: Duration,
    #[case] outcome: Result<(), ErrorCode>,
) {
    let (world, mut device) = blocked(engine).await;
    let token = reach_link(&world, COMPANY, &mut world.browser(), &mut device, Channel::Email).await;
    let body = slow(&world, serde_json::to_string(&token).unwrap(), wait);
    let reply = world
        .browser()
        .post(&format!("/api/v1/unlock/{path}"), body)
        .await;
    if outcome.is_ok() {
        assert_eq!(reply.status, 200, "{}", reply.text());
    } else {
        assert_eq!(Err(reply.problem().code), outcome);
    }
}

/// The message again, as after a crash between the send and its record: the one that was handed over goes on.
#[rstest]
#[tokio::test]
async fn a_message_sent_twice_leaves_one_working_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    let token = reach_link(&world, COMPANY, &mut browser, &mut device, Channel::Email).await;
    queue_again(&world).await;
    deliver(&world).await;
    assert_eq!(by_mail(&world).len(), 1, "the case waits for no other");
    confirm(&mut browser, &token).await.unwrap();
}

/// The server dies after the link was made and before its message was handed over: the next try carries a fresh one.
#[rstest]
#[tokio::test]
async fn a_crash_between_the_link_and_the_send_costs_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    reach_sending(COMPANY, &mut browser, &mut device, Channel::Sms).await;
    let case = newest_case(&world).await;
    let lost = server::unlock::service::make_link(&world.app, case, Channel::Sms).await;
    let lost = lost.unwrap().unwrap();
    let other = world.node(3).await;
    server::notifications::service::send_due(&other, &server::desk::Bureau)
        .await
        .unwrap();
    let token = by_sms(&world).remove(0);
    let lost = shared::unlock::api::LinkToken { token: lost.token };
    let code = confirm(&mut browser, &lost).await.unwrap_err().code;
    assert_eq!(code, ErrorCode::LinkReplaced);
    confirm(&mut browser, &token).await.unwrap();
}

/// The passkey was found right and the server died before the case moved: the challenge is spent, and another one leads on.
#[rstest]
#[tokio::test]
async fn a_crash_after_the_signature_costs_a_challenge_and_nothing_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use server::passkeys::{AssertedFor, service as passkeys};
    use shared::unlock::api::{Empty, RenewUnlockChallenge};
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
    let mut browser = world.browser();
    let opened = open(COMPANY, &mut browser).await.unwrap();
    let assertion = signed(&mut device, &opened).await;
    let case = AssertedFor::Unlock(newest_case(&world).await);
    let found = passkeys::finish_assertion(&world.app, case, Some(account), &assertion.assertion, None).await;
    assert!(found.unwrap().is_ok());
    // Nobody moved the case.
    assert_eq!(current(&mut browser).await.unwrap(), opened);
    browser.call::<RenewUnlockChallenge>(&Empty {}).await.unwrap();
    let view = show(&mut browser, &mut device).await.unwrap();
    assert!(matches!(view.stage, UnlockStageView::Channel { .. }), "{view:?}");
}

async fn queue_again(world: &World) {
    let mut tx = world.app.store.write().await.unwrap();
    let rows = server::changed!(
        &mut tx,
        sqlx::query(
            "UPDATE outbox SET state = 'queued', finished_at = NULL, due_at = queued_at WHERE kind = 'unlock_link'"
        )
    );
    assert_eq!(rows.unwrap(), 1);
    tx.commit().await.unwrap();
}
