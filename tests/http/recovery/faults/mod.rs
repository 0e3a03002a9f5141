//! Thousands of cases against all that fails at once, beside a model that says what must come of each step: registries that
//! come and go, records that contradict each other for a while, browsers that are lost in the middle of a submission, the
//! same answers sent twice, and passkeys that are asked for and refused.
//!
//! No attempt is lost or counted twice, no case is stuck, and whoever nobody knows is answered like everybody else: the
//! model does not know who is known until the answers are right.

mod lost;
mod model;
mod passkey;
mod play;

use super::people::*;
use model::{DAY, population, rules};
use play::Play;
use rstest::rstest;
use server::recovery::job;
use std::time::Duration;
use tests::{Engine, World};

/// Cases of one simulation. Four of them on SQLite and one on PostgreSQL make ten thousand.
const SQLITE: usize = 2_400;
const POSTGRES: usize = 400;

/// The play goes on until every way out was taken often enough, but not for ever.
const MOST: usize = 12;

async fn count(world: &World, sql: &'static str) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(sql).fetch_one(conn)).unwrap();
    count
}

#[rstest]
#[case(Engine::Sqlite, SQLITE, 1)]
#[case(Engine::Sqlite, SQLITE, 2)]
#[case(Engine::Sqlite, SQLITE, 3)]
#[case(Engine::Sqlite, SQLITE, 4)]
#[case(Engine::Postgres, POSTGRES, 5)]
#[tokio::test]
async fn no_attempt_is_lost_and_no_case_is_stuck_whatever_fails(
    #[case] engine: Engine,
    #[case] cases: usize,
    #[case] seed: u64,
) {
    let world = with(engine, |policy| {
        policy.password.history = 0;
        rules(&mut policy.step_up);
    })
    .await;
    let mut all = population(&world).await;
    let mut play = Play::begin(world, seed).await;
    let mut played = 0;
    while played < cases || (played < MOST * cases && play.rare(cases / 250).is_some()) {
        let place = usize::try_from(play.chance.below(all.len() as u64)).unwrap();
        play.case(&mut all[place]).await;
        let pause = Duration::from_mins(play.chance.below(60));
        play.world.advance(pause);
        played += 1;
    }
    // What the table counts is what the model counts.
    let now = play.world.now();
    let counted = all
        .iter()
        .map(|who| who.failures.iter().filter(|at| now.since(**at) < DAY).count());
    let since = now.before(DAY).as_micros();
    let mut tx = play.world.app.store.read().await.unwrap();
    let (kept,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM challenge_attempts WHERE at > $1"
    )
    .bind(since)
    .fetch_one(conn))
    .unwrap();
    drop(tx);
    assert_eq!(usize::try_from(kept).unwrap(), counted.sum::<usize>());

    // Everything that was left ends by itself, also what waits for an officer.
    let longest = play.world.app.policy.recovery.officer_wait();
    play.world.advance(longest + DAY);
    while job::lapse(&play.world.app).await.unwrap() > 0 {}
    let opened = count(&play.world, "SELECT COUNT(*) FROM recovery_cases").await;
    assert_eq!(opened, i64::try_from(played).unwrap());
    let stuck = count(
        &play.world,
        "SELECT COUNT(*) FROM recovery_cases WHERE deadline IS NOT NULL",
    )
    .await;
    assert_eq!(stuck, 0);
    let usable = count(
        &play.world,
        "SELECT COUNT(*) FROM recovery_links WHERE used_at IS NULL AND ended_at IS NULL",
    )
    .await;
    assert_eq!(usable, 0);
    let passwords = count(
        &play.world,
        "SELECT COUNT(*) FROM audit_events WHERE kind = 'password_set'",
    )
    .await;
    assert_eq!(
        i64::try_from(play.seen.get("completed").copied().unwrap_or(0)).unwrap(),
        passwords
    );

    assert_eq!(play.rare(cases / 250), None, "{:?}", play.seen);
}
