//! What the mail server and the gateway say, and when they say nothing.

use super::people::*;
use rstest::rstest;
use server::notifications::Outcome;
use server::unlock::MadeLink;
use server::unlock::service::{make_link, record_delivery};
use shared::api::ErrorCode;
use shared::identifiers::UnlockId;
use shared::notifications::{Channel, Delivery};
use shared::unlock::api::{Destination, Ending, LinkToken, UnlockStageView};
use std::time::Duration;
use tests::{Browser, Engine, World};

/// A case whose message waits to be sent by mail.
async fn sending(engine: Engine) -> (World, Browser, UnlockId) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    reach_sending(COMPANY, &mut browser, &mut device, Channel::Email).await;
    let case = newest_case(&world).await;
    (world, browser, case)
}

async fn record(world: &World, case: UnlockId, channel: Channel, outcome: Outcome) {
    let mut tx = world.app.store.write().await.unwrap();
    record_delivery(&world.app, &mut tx, case, channel, outcome)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn made(world: &World, case: UnlockId) -> (MadeLink, LinkToken) {
    let link = make_link(&world.app, case, Channel::Email).await.unwrap();
    let link = link.expect("the case waits for a link");
    let token = LinkToken {
        token: link.token.clone(),
    };
    (link, token)
}

#[rstest]
#[tokio::test]
async fn a_delayed_message_is_told_and_its_retry_carries_a_fresh_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut browser, case) = sending(engine).await;
    let (_, first) = made(&world, case).await;
    record(&world, case, Channel::Email, Outcome::Delayed(world.now())).await;
    let UnlockStageView::Sending { delivery, .. } = current(&mut browser).await.unwrap().stage else {
        panic!("it waits")
    };
    assert_eq!(delivery, Delivery::Delayed);
    world.advance(Duration::from_mins(5));
    let (link, second) = made(&world, case).await;
    let accepted = Outcome::Accepted {
        at: world.now(),
        link: Some(link.id),
    };
    record(&world, case, Channel::Email, accepted).await;
    let code = confirm(&mut browser, &first).await.unwrap_err().code;
    assert_eq!(code, ErrorCode::LinkReplaced);
    world.advance(LIFE.saturating_sub(TICK));
    confirm(&mut browser, &second).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_rejected_mail_leaves_the_telephone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, mut browser, case) = sending(engine).await;
    let (_, token) = made(&world, case).await;
    record(&world, case, Channel::Email, Outcome::Rejected(world.now())).await;
    let stage = current(&mut browser).await.unwrap().stage;
    let UnlockStageView::Channel { choices, failed, .. } = stage else {
        panic!("{stage:?}")
    };
    assert!(matches!(choices[..], [Destination::Sms(_)]));
    assert!(matches!(failed, Some(Destination::Email(_))));
    let code = confirm(&mut browser, &token).await.unwrap_err().code;
    assert_eq!(code, ErrorCode::LinkExpired);
    choose(&mut browser, Channel::Sms).await.unwrap();
    // The first message's worker comes late: it gets no link and moves nothing.
    assert!(
        make_link(&world.app, case, Channel::Email)
            .await
            .unwrap()
            .is_none()
    );
    record(&world, case, Channel::Email, Outcome::Rejected(world.now())).await;
    deliver(&world).await;
    confirm(&mut browser, &by_sms(&world)[0]).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_message_that_is_rejected_everywhere_ends_the_case(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut browser, case) = sending(engine).await;
    record(&world, case, Channel::Email, Outcome::Rejected(world.now())).await;
    choose(&mut browser, Channel::Sms).await.unwrap();
    record(&world, case, Channel::Sms, Outcome::Rejected(world.now())).await;
    let ending = Ending::Rejected;
    let stage = current(&mut browser).await.unwrap().stage;
    assert_eq!(stage, UnlockStageView::Ended { ending });
    assert!(make_link(&world.app, case, Channel::Sms).await.unwrap().is_none());
}

#[rstest]
#[tokio::test]
async fn a_message_that_never_leaves_ends_at_the_cap(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut browser, case) = sending(engine).await;
    let (_, token) = made(&world, case).await;
    record(&world, case, Channel::Email, Outcome::Delayed(world.now())).await;
    world.advance(Duration::from_mins(15));
    record(&world, case, Channel::Email, Outcome::Expired(world.now())).await;
    let ending = Ending::Undelivered;
    let stage = current(&mut browser).await.unwrap().stage;
    assert_eq!(stage, UnlockStageView::Ended { ending });
    let code = confirm(&mut browser, &token).await.unwrap_err().code;
    assert_eq!(code, ErrorCode::LinkExpired);
}

#[rstest]
#[tokio::test]
async fn a_link_may_be_confirmed_before_its_acceptance_is_noted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut browser, case) = sending(engine).await;
    let (link, token) = made(&world, case).await;
    confirm(&mut browser, &token).await.unwrap();
    let accepted = Outcome::Accepted {
        at: world.now(),
        link: Some(link.id),
    };
    record(&world, case, Channel::Email, accepted).await;
    let stage = current(&mut browser).await.unwrap().stage;
    assert_eq!(stage, UnlockStageView::Unblocked { at: world.now() });
}
