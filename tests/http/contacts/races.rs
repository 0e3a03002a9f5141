//! Two at the same moment, on two nodes.

use super::people::*;
use rstest::rstest;
use server::app::App;
use server::challenges::Call;
use server::contacts::{job, service};
use server::http::Failure;
use shared::api::ErrorCode;
use tests::{Engine, World};

const ROUNDS: u8 = 20;

fn code<T>(answer: Result<T, Failure>) -> Result<(), ErrorCode> {
    match answer {
        Ok(_) => Ok(()),
        Err(Failure::Problem(problem)) => Err(problem.code),
        Err(Failure::Fault(fault)) => panic!("{}", fault.chain()),
    }
}

fn call(world: &World) -> Call {
    Call::own(world.now())
}

/// A world with two nodes, its owner asking for one contact a round.
async fn two_nodes(engine: Engine) -> (World, App) {
    let world = world(engine).await;
    let other = world.node(2).await;
    (world, other)
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_confirmations_exactly_one_holds(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, other) = two_nodes(engine).await;
    let (_, mut browser) = owner(&world).await;
    for round in 0..ROUNDS {
        let address = format!("maria{round}@nueva.example");
        ask(&mut browser, email(&address)).await.unwrap();
        let token = confirmation(&world, &address).await.token;
        let (one, two) = tokio::join!(
            service::confirm(&world.app, &token, call(&world)),
            service::confirm(&other, &token, call(&world))
        );
        let answers = [code(one), code(two)];
        assert!(answers.contains(&Ok(())), "round {round}: {answers:?}");
        assert!(
            answers.contains(&Err(ErrorCode::LinkUsed)),
            "round {round}: {answers:?}"
        );
    }
    assert_eq!(events(&world, "contact_confirmed").await, i64::from(ROUNDS));
    assert_eq!(events(&world, "contact_change_held").await, i64::from(ROUNDS));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_confirmation_and_a_newer_request_leave_one_change(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, other) = two_nodes(engine).await;
    let (_, mut browser) = owner(&world).await;
    for round in 0..ROUNDS {
        let address = format!("maria{round}@nueva.example");
        ask(&mut browser, email(&address)).await.unwrap();
        let token = confirmation(&world, &address).await.token;
        let wanted = email(&format!("elena{round}@otra.example"));
        let (confirmed, asked) = tokio::join!(
            service::confirm(&other, &token, call(&world)),
            ask(&mut browser, wanted)
        );
        asked.unwrap();
        let confirmed = code(confirmed);
        assert!(
            matches!(confirmed, Ok(()) | Err(ErrorCode::LinkReplaced)),
            "round {round}: {confirmed:?}"
        );
        assert_eq!(show(&mut browser).await.changes.len(), 1);
        let pending = pending(&mut browser).await;
        assert_eq!(pending.standing, shared::contacts::api::Standing::Requested);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_applied_or_cancelled_and_never_both(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for round in 0..ROUNDS {
        let (world, other) = two_nodes(engine).await;
        let (id, mut browser) = owner(&world).await;
        hold(&world, &mut browser, NEW).await;
        let token = cancellation(&world, OLD).await.token;
        // The clock passes the end of the hold while both are under way.
        world.advance(short_of(HOLD, TICK));
        let (cancelled, settled) = tokio::join!(service::cancel(&other, &token, call(&world)), async {
            world.advance(TICK);
            job::settle_due(&world.app).await
        });
        settled.unwrap();
        settle_due(&world).await;
        let applied = contacts(&world, id).await.0.as_deref() == Some(NEW);
        match code(cancelled) {
            Ok(()) => assert!(!applied, "round {round}: cancelled and applied"),
            Err(ErrorCode::LinkExpired) => assert!(applied, "round {round}: neither"),
            Err(other) => panic!("round {round}: {other:?}"),
        }
        let ends = events(&world, "contact_changed").await + events(&world, "contact_change_cancelled").await;
        assert_eq!(ends, 1, "round {round}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_jobs_apply_a_change_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, other) = two_nodes(engine).await;
    let (id, mut browser) = owner(&world).await;
    hold(&world, &mut browser, NEW).await;
    world.advance(HOLD);
    let (one, two) = tokio::join!(job::settle_due(&world.app), job::settle_due(&other));
    one.unwrap();
    two.unwrap();
    assert_eq!(contacts(&world, id).await.0.as_deref(), Some(NEW));
    assert_eq!(events(&world, "contact_changed").await, 1);
    assert_eq!((count(&world, OLD).await, count(&world, NEW).await), (2, 2));
}
