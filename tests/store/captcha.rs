//! The captcha on both engines: spent once, harder after failures.

use rstest::rstest;
use server::captcha::service;
use server::http::{Failure, Source};
use shared::api::ErrorCode;
use shared::captcha::{Challenge, Solution, Subject};
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use tests::captcha::solve;
use tests::{Engine, World};

const HERE: Source = Source::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7)));
const ELSEWHERE: Source = Source::new(IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7)));
const TICK: Duration = Duration::from_micros(1);

async fn world(engine: Engine) -> World {
    World::with(engine, |setup| {
        setup.config.policy.captcha.memory_kib = 64;
        setup.config.policy.captcha.base_bits = 2;
        setup.config.policy.captcha.max_bits = 5;
    })
    .await
}

fn subject(employer: &str) -> Subject {
    Subject::Recovery {
        employer: employer.parse().unwrap(),
    }
}

fn ours() -> Subject {
    subject("1790011674001")
}

async fn issue(world: &World, subject: &Subject, source: Source) -> Challenge {
    service::issue(&world.app, subject, source, world.now())
        .await
        .unwrap()
        .challenge
        .parse()
        .unwrap()
}

async fn bits(world: &World, subject: &Subject, source: Source) -> u8 {
    issue(world, subject, source).await.difficulty().bits()
}

async fn solved(world: &World) -> Solution {
    solve(issue(world, &ours(), HERE).await)
}

async fn consume(world: &World, solution: &Solution, subject: &Subject) -> Result<(), ErrorCode> {
    match service::consume(&world.app, solution, subject, HERE, world.now()).await {
        Ok(_) => Ok(()),
        Err(Failure::Problem(problem)) => Err(problem.code),
        Err(Failure::Fault(fault)) => panic!("{}", fault.chain()),
    }
}

#[rstest]
#[tokio::test]
async fn a_solution_is_spent_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let solution = solved(&world).await;
    assert_eq!(consume(&world, &solution, &ours()).await, Ok(()));
    assert_eq!(
        consume(&world, &solution, &ours()).await,
        Err(ErrorCode::CaptchaRefused)
    );
}

#[rstest]
#[tokio::test]
async fn of_many_at_once_one_is_the_first(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    for _ in 0..5 {
        let (solution, ours) = (solved(&world).await, ours());
        let all = futures_util::future::join_all((0..8).map(|_| consume(&world, &solution, &ours))).await;
        assert_eq!(all.iter().filter(|result| result.is_ok()).count(), 1, "{all:?}");
    }
}

#[rstest]
#[tokio::test]
async fn it_is_good_until_its_last_tick_on_the_servers_clock(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (early, late) = (solved(&world).await, solved(&world).await);
    world.advance(Duration::from_mins(10).saturating_sub(TICK));
    assert_eq!(consume(&world, &early, &ours()).await, Ok(()));
    world.advance(TICK);
    assert_eq!(
        consume(&world, &late, &ours()).await,
        Err(ErrorCode::CaptchaExpired)
    );
}

#[rstest]
#[tokio::test]
async fn a_solution_for_another_subject_is_refused_and_stays_good_for_its_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let solution = solved(&world).await;
    assert_eq!(
        consume(&world, &solution, &subject("1760013210001")).await,
        Err(ErrorCode::CaptchaRefused)
    );
    assert_eq!(consume(&world, &solution, &ours()).await, Ok(()));
}

#[rstest]
#[tokio::test]
async fn issuing_writes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let before = world.everything().await;
    issue(&world, &ours(), HERE).await;
    assert_eq!(world.everything().await, before);
}

#[rstest]
#[tokio::test]
async fn a_refused_captcha_makes_it_harder_for_its_source_only(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    assert_eq!(bits(&world, &ours(), HERE).await, 2);
    let nonsense = Solution {
        challenge: "nonsense".into(),
        nonces: vec![],
    };
    for expected in [3, 3, 4, 4, 4, 4, 5, 5] {
        assert_eq!(
            consume(&world, &nonsense, &ours()).await,
            Err(ErrorCode::CaptchaRefused)
        );
        assert_eq!(bits(&world, &subject("1760013210001"), HERE).await, expected);
    }
    assert_eq!(
        bits(&world, &ours(), ELSEWHERE).await,
        2,
        "nobody can do that to somebody else for nothing"
    );
}

#[rstest]
#[tokio::test]
async fn failed_answers_make_it_harder_for_source_and_subject_for_a_while(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    service::note_failure(&world.app, &mut tx, &ours(), Some(HERE), world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bits(&world, &ours(), ELSEWHERE).await, 3);
    assert_eq!(bits(&world, &subject("1760013210001"), HERE).await, 3);
    assert_eq!(bits(&world, &subject("1760013210001"), ELSEWHERE).await, 2);
    world.advance(Duration::from_hours(1).saturating_sub(TICK));
    assert_eq!(bits(&world, &ours(), ELSEWHERE).await, 3);
    world.advance(TICK);
    assert_eq!(bits(&world, &ours(), ELSEWHERE).await, 2);
    let mut tx = world.app.store.write().await.unwrap();
    service::note_failure(&world.app, &mut tx, &ours(), None, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bits(&world, &ours(), ELSEWHERE).await, 3, "the count began anew");
}

#[rstest]
#[tokio::test]
async fn what_is_over_is_dropped_and_what_is_not_stays(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let solution = solved(&world).await;
    consume(&world, &solution, &ours()).await.unwrap();
    world.advance(Duration::from_mins(10));
    world.advance(service::KEPT_AFTER_EXPIRY.saturating_sub(TICK));
    assert_eq!(service::purge(&world.app, world.now()).await.unwrap(), 0);
    world.advance(TICK);
    assert_eq!(service::purge(&world.app, world.now()).await.unwrap(), 1);
    assert_eq!(
        consume(&world, &solution, &ours()).await,
        Err(ErrorCode::CaptchaExpired),
        "and is not good again"
    );
}

#[rstest]
#[tokio::test]
async fn a_request_that_began_before_the_end_replays_nothing_after_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let solution = solved(&world).await;
    consume(&world, &solution, &ours()).await.unwrap();
    world.advance(Duration::from_mins(10).saturating_sub(TICK));
    let began = world.now();
    world.advance(TICK);
    service::purge(&world.app, world.now()).await.unwrap();
    let Err(Failure::Problem(problem)) = service::consume(&world.app, &solution, &ours(), HERE, began).await
    else {
        panic!("it was spent")
    };
    assert_eq!(problem.code, ErrorCode::CaptchaRefused);
}
