//! Passkeys that must not unblock: recordings, other employers', removed ones, devices that lie.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::passkeys::PasskeyId;
use shared::time::Deadline;
use shared::unlock::api::{Empty, RenewUnlockChallenge, UnlockStageView, UnlockView};
use std::time::Duration;
use tests::authenticator::Lie;
use tests::{Browser, Engine};

#[track_caller]
fn refused(view: &UnlockView, left: u8) {
    let UnlockStageView::Passkey { attempts_left, .. } = &view.stage else {
        panic!("{view:?}")
    };
    assert_eq!(*attempts_left, left);
}

#[rstest]
#[tokio::test]
async fn a_recording_proves_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, mut device) = blocked(engine).await;
    let mut first = world.browser();
    let opened = open(COMPANY, &mut first).await.unwrap();
    let recording = signed(&mut device, &opened).await;
    let proved = assert_with(&mut first, &recording).await.unwrap();
    assert!(matches!(proved.stage, UnlockStageView::Channel { .. }));
    // In a case of the listener's own.
    let mut second = world.browser();
    open(COMPANY, &mut second).await.unwrap();
    refused(&assert_with(&mut second, &recording).await.unwrap(), 4);
    // And once more, over the challenge that came with the refusal.
    refused(&assert_with(&mut second, &recording).await.unwrap(), 3);
}

#[rstest]
#[tokio::test]
async fn each_refusal_draws_a_fresh_challenge_and_the_fifth_closes_the_way(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    let mut view = open(COMPANY, &mut browser).await.unwrap();
    let mut challenges = vec![options(&view).challenge.clone()];
    let wrong = device.lying(Lie::Signature);
    for left in (1..5).rev() {
        let mut liar = wrong.clone();
        let assertion = signed(&mut liar, &view).await;
        view = assert_with(&mut browser, &assertion).await.unwrap();
        refused(&view, left);
        let fresh = options(&view).challenge.clone();
        assert!(!challenges.contains(&fresh));
        challenges.push(fresh);
    }
    let assertion = signed(&mut wrong.clone(), &view).await;
    let over = assert_with(&mut browser, &assertion).await.unwrap();
    assert!(
        matches!(over.stage, UnlockStageView::PasskeyRefused { .. }),
        "{over:?}"
    );
    assert_eq!(over.routes.len(), 2);
    let right = signed(&mut device, &view).await;
    let problem = assert_with(&mut browser, &right).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::CaseAtOtherStage);
    assert_eq!(audited(&world, "assertion_failed").await, 5);
}

#[rstest]
#[case(Lie::Origin("https://elsewhere.example"))]
#[case(Lie::Site("elsewhere.example"))]
#[case(Lie::Unverified)]
#[case(Lie::Framed)]
#[case(Lie::Type("webauthn.create"))]
#[case(Lie::Owner(None))]
#[case(Lie::Signature)]
#[tokio::test]
async fn a_device_that_lies_is_refused(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] lie: Lie,
) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser).await.unwrap();
    refused(&show(&mut browser, &mut device.lying(lie)).await.unwrap(), 4);
    let proved = show(&mut browser, &mut device).await.unwrap();
    assert!(
        matches!(proved.stage, UnlockStageView::Channel { .. }),
        "{proved:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_removed_passkey_and_another_employers_prove_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
    let (_, mut stranger) = settle(&world, OTHER, Condition::Blocked).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser).await.unwrap();
    refused(&show(&mut browser, &mut stranger).await.unwrap(), 4);
    let mut tx = world.app.store.write().await.unwrap();
    let rows = server::passkeys::store::of_account(&mut tx, account)
        .await
        .unwrap();
    let id: PasskeyId = rows[0].id;
    server::passkeys::store::remove(&mut tx, id, account, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    refused(&show(&mut browser, &mut device).await.unwrap(), 3);
}

#[rstest]
#[tokio::test]
async fn a_challenge_ends_and_a_fresh_one_costs_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, mut device) = blocked(engine).await;
    let mut browser = world.browser();
    let view = open(COMPANY, &mut browser).await.unwrap();
    let UnlockStageView::Passkey { expires, .. } = view.stage else {
        panic!("{view:?}")
    };
    assert_eq!(expires, Deadline::after(world.now(), Duration::from_mins(5)));
    let late = signed(&mut device, &view).await;
    world.advance(Duration::from_mins(5));
    let fresh = browser.call::<RenewUnlockChallenge>(&Empty {}).await.unwrap();
    refused(&fresh, 5);
    assert_ne!(options(&fresh).challenge, options(&view).challenge);
    refused(&assert_with(&mut browser, &late).await.unwrap(), 4);
    let proved = show(&mut browser, &mut device).await.unwrap();
    assert!(
        matches!(proved.stage, UnlockStageView::Channel { .. }),
        "{proved:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_case_and_an_identifier_have_limits_of_their_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.limits.per_identifier.count = 2).await;
    let (_, _) = settle(&world, COMPANY, Condition::Blocked).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser).await.unwrap();
    let renew = async |browser: &mut Browser| {
        let view = browser.call::<RenewUnlockChallenge>(&Empty {}).await;
        view.map(drop).map_err(|problem| problem.code)
    };
    assert_eq!(renew(&mut browser).await, Ok(()));
    assert_eq!(renew(&mut browser).await, Ok(()));
    assert_eq!(renew(&mut browser).await, Err(ErrorCode::RateLimited));
    open(COMPANY, &mut world.browser()).await.unwrap();
    let problem = open(COMPANY, &mut world.browser()).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::RateLimited);
    // Recovering is counted for itself.
    COMPANY.identify(&mut world.browser()).await.unwrap();
}
