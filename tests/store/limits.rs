//! Counters: at their boundary, on both engines, and under many hands at once.

use rstest::rstest;
use server::http::Failure;
use server::http::limits::{self, Bucket};
use shared::api::ErrorCode;
use shared::policy::Rate;
use std::time::Duration;
use tests::{Engine, World};

const RATE: Rate = Rate {
    count: 2,
    seconds: 10,
};

/// Counts one; `None` when it was allowed, else the seconds to wait.
async fn hit(world: &World, of: &str) -> Option<u32> {
    match limits::hit(&world.app, world.now(), Bucket::new("test", of.as_bytes()), RATE).await {
        Ok(()) => None,
        Err(Failure::Problem(problem)) => {
            assert_eq!(problem.code, ErrorCode::RateLimited);
            problem.retry_after
        }
        Err(Failure::Fault(fault)) => panic!("{}", fault.chain()),
    }
}

#[rstest]
#[tokio::test]
async fn a_window_begins_with_its_first_hit(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    assert_eq!(hit(&world, "a").await, None);
    world.advance(Duration::from_secs(9));
    assert_eq!(hit(&world, "a").await, None);
    assert_eq!(hit(&world, "a").await, Some(1));
    assert_eq!(hit(&world, "b").await, None, "another counter");
    world.advance(Duration::from_micros(999_999));
    assert_eq!(hit(&world, "a").await, Some(1), "one tick before the end");
    world.advance(Duration::from_micros(1));
    assert_eq!(hit(&world, "a").await, None, "at the end");
    assert_eq!(hit(&world, "a").await, None);
    assert_eq!(hit(&world, "a").await, Some(10));
}

#[rstest]
#[tokio::test]
async fn nobody_slips_through_at_the_same_time(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let many = (0..20).map(|_| hit(&world, "a"));
    let allowed = futures_util::future::join_all(many)
        .await
        .into_iter()
        .filter(Option::is_none)
        .count();
    assert_eq!(allowed, 2);
}

#[rstest]
#[tokio::test]
async fn old_counters_go_and_young_ones_stay(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    hit(&world, "old").await;
    world.advance(Duration::from_hours(48) - Duration::from_micros(1));
    hit(&world, "young").await;
    assert_eq!(limits::purge(&world.app, world.now()).await.unwrap(), 0);
    world.advance(Duration::from_micros(1));
    assert_eq!(limits::purge(&world.app, world.now()).await.unwrap(), 1);
    assert!(
        !world.everything().await.contains("old"),
        "what is counted is stored as a digest only"
    );
}
