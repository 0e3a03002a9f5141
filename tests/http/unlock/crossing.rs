//! Two cases of one account, of this procedure and of recovery: one open link over both.

use super::people::*;
use crate::recovery::people as recovery;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::notifications::Channel;
use shared::recovery::api::StageView;
use shared::unlock::api::{Ending, UnlockStageView};
use tests::{Engine, World};

/// Open links of the account, of both procedures.
async fn open_links(world: &World) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM unlock_links WHERE used_at IS NULL AND ended_at IS NULL) \
         + (SELECT COUNT(*) FROM recovery_links WHERE used_at IS NULL AND ended_at IS NULL)"
    )
    .fetch_one(conn))
    .unwrap();
    count
}

#[rstest]
#[tokio::test]
async fn a_newer_case_takes_the_older_ones_place(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, mut device) = blocked(engine).await;
    let (mut first, mut second) = (world.browser(), world.browser());
    reach_sending(COMPANY, &mut first, &mut device, Channel::Email).await;
    reach_sending(COMPANY, &mut second, &mut device, Channel::Sms).await;
    deliver(&world).await;
    assert_eq!(
        (by_mail(&world).len(), by_sms(&world).len()),
        (0, 1),
        "the superseded message is dropped"
    );
    let ending = Ending::Superseded;
    assert_eq!(
        current(&mut first).await.unwrap().stage,
        UnlockStageView::Ended { ending }
    );
    assert!(matches!(
        current(&mut second).await.unwrap().stage,
        UnlockStageView::LinkSent { .. }
    ));
    assert_eq!(open_links(&world).await, 1);
    confirm(&mut second, &by_sms(&world)[0]).await.unwrap();
}

/// An account that is blocked after its recovery link was sent, as by strangers who fail at the same time.
#[rstest]
#[tokio::test]
async fn a_new_unblocking_link_ends_a_recovery_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Good).await;
    let (mut recovering, mut unblocking) = (world.browser(), world.browser());
    let link = COMPANY.reach_link(&world, &mut recovering).await;
    change_state(&world, account, Condition::Blocked).await;
    reach_sending(COMPANY, &mut unblocking, &mut device, Channel::Email).await;
    assert_eq!(
        open_links(&world).await,
        0,
        "ended with the choice, before the message leaves"
    );
    deliver(&world).await;
    assert_eq!(open_links(&world).await, 1);
    let ended = recovery::reset(&mut recovering, &link, recovery::GOOD)
        .await
        .unwrap_err();
    assert_eq!(ended.code, ErrorCode::LinkReplaced);
    let ending = Ending::Superseded;
    let stage = recovery::current(&mut recovering).await.unwrap().stage;
    assert_eq!(stage, StageView::Ended { ending });
    confirm(&mut unblocking, &by_mail(&world)[0]).await.unwrap();
}

/// An account that is unblocked behind the case's back, and recovered at once.
#[rstest]
#[tokio::test]
async fn a_new_recovery_link_ends_an_unblocking_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
    let (mut recovering, mut unblocking) = (world.browser(), world.browser());
    let token = reach_link(&world, COMPANY, &mut unblocking, &mut device, Channel::Sms).await;
    let mut tx = world.app.store.write().await.unwrap();
    server::accounts::service::unblock(&mut tx, account)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let link = COMPANY.reach_link(&world, &mut recovering).await;
    assert_eq!(open_links(&world).await, 1);
    let ended = confirm(&mut unblocking, &token).await.unwrap_err();
    assert_eq!(ended.code, ErrorCode::LinkReplaced);
    let ending = Ending::Superseded;
    let stage = current(&mut unblocking).await.unwrap().stage;
    assert_eq!(stage, UnlockStageView::Ended { ending });
    recovery::reset(&mut recovering, &link, recovery::GOOD)
        .await
        .unwrap();
}
