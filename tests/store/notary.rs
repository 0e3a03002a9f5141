//! Answers of authorities, kept on both engines until the tick at which they are to be asked again.

use notary::Question;
use rstest::rstest;
use server::notary::cache::Cache;
use server::notary::service;
use server::notary::store::Kept;
use shared::time::Timestamp;
use std::time::Duration;
use tests::{Engine, World};

const TICK: Duration = Duration::from_micros(1);
const HOUR: Duration = Duration::from_hours(1);
const PLENTY: u64 = 1 << 20;

fn list(number: usize) -> Question {
    Question::Crl {
        url: format!("http://crl.example/{number}"),
    }
}

fn kept(answer: &[u8], fetched_at: Timestamp) -> Kept {
    Kept {
        answer: answer.to_vec(),
        fetched_at,
    }
}

#[rstest]
#[tokio::test]
async fn an_answer_is_good_until_its_last_tick(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let cache = Cache::Rows(&world.app.store, PLENTY);
    let (asked, answer) = (list(1), kept(b"list", world.now()));
    let next = world.now().after(HOUR);
    cache.keep(&asked, &answer, Some(next)).await;
    assert_eq!(cache.answer(&asked, world.now()).await, Some(answer.clone()));
    assert_eq!(cache.answer(&asked, next.before(TICK)).await, Some(answer));
    assert_eq!(cache.answer(&asked, next).await, None);
    assert_eq!(cache.answer(&asked, next.after(TICK)).await, None);
    assert_eq!(cache.answer(&list(2), world.now()).await, None);
}

#[rstest]
#[tokio::test]
async fn without_a_word_it_is_good_for_a_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let cache = Cache::Rows(&world.app.store, PLENTY);
    cache.keep(&list(1), &kept(b"list", world.now()), None).await;
    let tomorrow = world.now().after(HOUR * 24);
    assert!(cache.answer(&list(1), tomorrow.before(TICK)).await.is_some());
    assert!(cache.answer(&list(1), tomorrow).await.is_none());
}

#[rstest]
#[tokio::test]
async fn the_purge_takes_what_is_over_and_no_tick_sooner(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let cache = Cache::Rows(&world.app.store, PLENTY);
    let next = world.now().after(HOUR);
    cache
        .keep(&list(1), &kept(b"list", world.now()), Some(next))
        .await;
    assert_eq!(service::purge(&world.app, next.before(TICK)).await.unwrap(), 0);
    assert_eq!(service::purge(&world.app, next).await.unwrap(), 1);
    assert_eq!(cache.answer(&list(1), world.now()).await, None);
}

#[rstest]
#[tokio::test]
async fn a_later_answer_takes_the_place_and_an_earlier_one_does_not(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let cache = Cache::Rows(&world.app.store, PLENTY);
    let (early, late) = (world.now(), world.now().after(TICK));
    let next = Some(world.now().after(HOUR));
    cache.keep(&list(1), &kept(b"late", late), next).await;
    cache.keep(&list(1), &kept(b"early", early), next).await;
    assert_eq!(cache.answer(&list(1), late).await, Some(kept(b"late", late)));
    // Whoever found the early one of no use does not take the late one away.
    cache.forget(&list(1), early).await;
    assert!(cache.answer(&list(1), late).await.is_some());
    cache.forget(&list(1), late).await;
    assert!(cache.answer(&list(1), late).await.is_none());
}

#[rstest]
#[tokio::test]
async fn the_oldest_go_where_there_are_too_many_bytes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let cache = Cache::Rows(&world.app.store, 30);
    let next = Some(world.now().after(HOUR));
    for number in 1..=4 {
        let at = world.now().after(TICK * u32::try_from(number).unwrap());
        cache.keep(&list(number), &kept(&[7; 10], at), next).await;
    }
    let found = async |number| cache.answer(&list(number), world.now()).await.is_some();
    assert!(!found(1).await, "the oldest");
    assert!(found(2).await && found(3).await && found(4).await);
    // One that is larger than everything is not kept, nor is what was there before it.
    let at = world.now().after(HOUR / 2);
    cache.keep(&list(5), &kept(&[7; 31], at), next).await;
    assert!(!found(5).await);
}

#[rstest]
#[tokio::test]
async fn who_keeps_nothing_finds_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let before = world.everything().await;
    Cache::Nowhere
        .keep(&list(1), &kept(b"list", world.now()), None)
        .await;
    assert_eq!(Cache::Nowhere.answer(&list(1), world.now()).await, None);
    assert_eq!(world.everything().await, before);
}
