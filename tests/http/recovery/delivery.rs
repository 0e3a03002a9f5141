//! What the mail server says, and when it says nothing.

use super::people::*;
use rstest::rstest;
use server::notifications::Outcome;
use server::recovery::{MadeLink, make_link, record_delivery};
use shared::api::ErrorCode;
use shared::identifiers::CaseId;
use shared::notifications::Delivery;
use shared::recovery::Ending;
use shared::recovery::api::{LinkToken, StageView};
use std::time::Duration;
use tests::{Browser, Engine, World};

/// A case whose message waits to be sent.
async fn sending(engine: Engine) -> (World, Browser, CaseId) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    answer(&mut browser, &right(&questions(&case))).await.unwrap();
    let mut tx = world.app.store.read().await.unwrap();
    let (id,): (uuid::Uuid,) = server::on!(&mut tx, |conn| sqlx::query_as("SELECT id FROM recovery_cases")
        .fetch_one(conn))
    .unwrap();
    drop(tx);
    (world, browser, CaseId::from_uuid(id))
}

async fn record(world: &World, case: CaseId, outcome: Outcome) {
    let mut tx = world.app.store.write().await.unwrap();
    record_delivery(&world.app, &mut tx, case, outcome).await.unwrap();
    tx.commit().await.unwrap();
}

async fn made(world: &World, case: CaseId) -> (MadeLink, LinkToken) {
    let link = make_link(&world.app, case)
        .await
        .unwrap()
        .expect("the case waits for a link");
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
    record(&world, case, Outcome::Delayed(world.now())).await;
    let StageView::Sending { delivery, .. } = current(&mut browser).await.unwrap().stage else {
        panic!("it waits")
    };
    assert_eq!(delivery, Delivery::Delayed);
    world.advance(Duration::from_mins(5));
    let (link, second) = made(&world, case).await;
    record(
        &world,
        case,
        Outcome::Accepted {
            at: world.now(),
            link: Some(link.id),
        },
    )
    .await;
    assert_eq!(
        reset(&mut browser, &first, GOOD).await.unwrap_err().code,
        ErrorCode::LinkReplaced
    );
    world.advance(Duration::from_mins(3).saturating_sub(Duration::from_micros(1)));
    reset(&mut browser, &second, GOOD).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_rejected_message_ends_the_case_and_its_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut browser, case) = sending(engine).await;
    let (_, token) = made(&world, case).await;
    record(&world, case, Outcome::Rejected(world.now())).await;
    assert_eq!(
        current(&mut browser).await.unwrap().stage,
        StageView::Ended {
            ending: Ending::Rejected
        }
    );
    assert_eq!(
        reset(&mut browser, &token, GOOD).await.unwrap_err().code,
        ErrorCode::LinkExpired
    );
    assert!(
        make_link(&world.app, case).await.unwrap().is_none(),
        "no link for a case that is over"
    );
}

#[rstest]
#[tokio::test]
async fn after_the_cap_nothing_is_sent_and_nothing_works(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut browser, case) = sending(engine).await;
    let proof = world.now();
    let cap = Duration::from_mins(15);
    world.advance(cap.saturating_sub(Duration::from_micros(1)));
    let (link, token) = made(&world, case).await;
    record(
        &world,
        case,
        Outcome::Accepted {
            at: world.now(),
            link: Some(link.id),
        },
    )
    .await;
    let shown = inspect(&mut browser, &token).await.unwrap();
    assert_eq!(
        shown.deadline,
        shared::time::Deadline::after(proof, cap),
        "the cap is the end"
    );
    world.advance(Duration::from_micros(1));
    assert_eq!(
        reset(&mut browser, &token, GOOD).await.unwrap_err().code,
        ErrorCode::LinkExpired
    );

    let (world, mut browser, case) = sending(engine).await;
    world.advance(cap);
    assert!(make_link(&world.app, case).await.unwrap().is_none());
    assert_eq!(
        current(&mut browser).await.unwrap().stage,
        StageView::Ended {
            ending: Ending::Undelivered
        }
    );
    deliver(&world).await;
    assert!(world.mails().is_empty());
}

#[rstest]
#[tokio::test]
async fn a_link_works_before_its_acceptance_is_written_down(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut browser, case) = sending(engine).await;
    let (link, token) = made(&world, case).await;
    reset(&mut browser, &token, GOOD).await.unwrap();
    record(
        &world,
        case,
        Outcome::Accepted {
            at: world.now(),
            link: Some(link.id),
        },
    )
    .await;
    assert_eq!(
        current(&mut browser).await.unwrap().stage,
        StageView::Completed {
            at: world.now(),
            linked: Vec::new()
        }
    );
    assert_eq!(
        reset(&mut browser, &token, BETTER).await.unwrap_err().code,
        ErrorCode::LinkUsed
    );
}
