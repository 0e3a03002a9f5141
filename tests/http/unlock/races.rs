//! Two at the same moment, on several nodes.

use super::people::*;
use rstest::rstest;
use server::app::App;
use server::unlock::{Call, service};
use shared::api::ErrorCode;
use shared::notifications::Channel;
use shared::unlock::api::{LinkToken, UnlockStageView};
use std::time::Duration;
use tests::{Engine, World};

const ROUNDS: u32 = 100;

fn code(failure: server::http::Failure) -> ErrorCode {
    match failure {
        server::http::Failure::Problem(problem) => problem.code,
        server::http::Failure::Fault(fault) => panic!("{}", fault.chain()),
    }
}

/// Two confirmations of one token, each on a node of its own.
async fn twice(one: &App, other: &App, world: &World, link: &LinkToken) -> [Result<(), ErrorCode>; 2] {
    let call = Call {
        at: world.now(),
        source: None,
        device: None,
        staff: None,
    };
    let both = tokio::join!(
        service::confirm(one, &link.token, call),
        service::confirm(other, &link.token, call)
    );
    [both.0.map(drop).map_err(code), both.1.map(drop).map_err(code)]
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_confirmations_of_one_token_exactly_one_wins(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
    let other = world.node(2).await;
    for round in 0..ROUNDS {
        let token = reach_link(&world, COMPANY, &mut world.browser(), &mut device, Channel::Email).await;
        let results = twice(&world.app, &other, &world, &token).await;
        let won = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(won, 1, "round {round}: {results:?}");
        assert!(
            results.contains(&Err(ErrorCode::LinkUsed)),
            "round {round}: {results:?}"
        );
        assert!(!is_blocked(&world, account).await);
        world.advance(Duration::from_secs(1));
        change_state(&world, account, Condition::Blocked).await;
    }
    let rounds = i64::from(ROUNDS);
    for kind in ["link_consumed", "account_unblocked", "unlock_completed"] {
        assert_eq!(audited(&world, kind).await, rounds, "{kind}");
    }
}

/// A freeze and a confirmation: one of them comes first, and an account that is frozen stays as blocked as it was.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_freeze_and_a_confirmation_do_not_mix(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use server::accounts::service as accounts;
    for _ in 0..10 {
        let world = world(engine).await;
        let (account, mut device) = settle(&world, COMPANY, Condition::Blocked).await;
        let other = world.node(2).await;
        let token = reach_link(&world, COMPANY, &mut world.browser(), &mut device, Channel::Email).await;
        let freeze = accounts::make_freeze_link(&world.app, account, world.now())
            .await
            .unwrap();
        let call = Call {
            at: world.now(),
            source: None,
            device: None,
            staff: None,
        };
        let (confirmed, frozen) = tokio::join!(
            service::confirm(&world.app, &token.token, call),
            accounts::freeze(&other, &freeze.token, Call::own(world.now()))
        );
        frozen.map(drop).map_err(code).unwrap();
        let unblocked = audited(&world, "account_unblocked").await;
        match confirmed.map(drop).map_err(code) {
            Ok(()) => assert_eq!(unblocked, 1),
            Err(ErrorCode::AccountFrozen) => assert_eq!(unblocked, 0),
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_signature_sent_twice_proves_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, mut device) = blocked(engine).await;
    for _ in 0..10 {
        let mut browser = world.browser();
        let opened = open(COMPANY, &mut browser).await.unwrap();
        let assertion = signed(&mut device, &opened).await;
        let (mut one, mut two) = (browser.clone(), browser.clone());
        let both = tokio::join!(
            assert_with(&mut one, &assertion),
            assert_with(&mut two, &assertion)
        );
        let both = [both.0, both.1];
        let proved =
            |view: &shared::unlock::api::UnlockView| matches!(view.stage, UnlockStageView::Channel { .. });
        let won = both.iter().filter(|view| view.as_ref().is_ok_and(proved)).count();
        assert_eq!(won, 1, "{both:?}");
        // The other one came to a spent challenge, or to a case that had gone on.
        let stage = current(&mut browser).await.unwrap().stage;
        assert!(matches!(stage, UnlockStageView::Channel { .. }), "{stage:?}");
    }
}
