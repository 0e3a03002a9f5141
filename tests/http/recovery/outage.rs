//! A registry that does not answer: nothing is spent, nothing is told, and the case goes on where it was.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::recovery::api::{Empty, Resume, StageView};
use shared::registries::Registry;
use std::time::Duration;
use tests::{Engine, World};

const HOUR: Duration = Duration::from_hours(1);

/// How many attempts count against anybody.
pub async fn attempts(world: &World) -> i64 {
    let mut tx = world.app.store.read().await.unwrap();
    let (count,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM challenge_attempts"
    )
    .fetch_one(conn))
    .unwrap();
    count
}

#[rstest]
#[tokio::test]
async fn a_registry_that_dies_between_questions_and_answers_costs_nothing_and_tells_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for registry in Registry::ALL {
        for employer in [COMPANY, UNKNOWN] {
            for give in [right, wrong] {
                let world = world(engine).await;
                COMPANY.settle(&world, Condition::Good).await;
                let mut browser = world.browser();
                let case = employer.identify(&mut browser).await.unwrap();
                let asked = questions(&case);
                world.registries.fail(*registry);
                for _ in 0..2 {
                    let view = answer(&mut browser, &give(&asked)).await;
                    let view = view.unwrap_or_else(|problem| panic!("{problem:?}"));
                    let retry_at = world.now().after(HOUR);
                    let waits = StageView::RegistryUnavailable {
                        registry: *registry,
                        retry_at,
                    };
                    assert_eq!(view.stage, waits, "the same for right and wrong answers");
                    assert_eq!(attempts(&world).await, 0);
                    let again = browser.call::<Resume>(&Empty {}).await.unwrap();
                    assert_eq!(again.stage, waits);
                    world.advance(HOUR);
                    world.registries.recover(*registry);
                    let back = browser.call::<Resume>(&Empty {}).await.unwrap();
                    assert_eq!(questions(&back), asked, "the case goes on where it was");
                    world.registries.fail(*registry);
                }
                world.registries.recover(*registry);
                let view = answer(&mut browser, &right(&asked)).await.unwrap();
                if employer.number == COMPANY.number {
                    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
                } else {
                    assert!(matches!(view.stage, StageView::Questions { failures: 1, .. }));
                }
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn answers_for_a_case_that_waits_are_not_taken(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let answers = right(&questions(&COMPANY.identify(&mut browser).await.unwrap()));
    world.registries.fail(Registry::Iess);
    answer(&mut browser, &answers).await.unwrap();
    world.registries.recover(Registry::Iess);
    let early = answer(&mut browser, &answers).await.unwrap_err();
    assert_eq!(early.code, ErrorCode::CaseAtOtherStage);
    assert_eq!(attempts(&world).await, 0);
}

#[rstest]
#[tokio::test]
async fn a_case_that_waited_past_its_sets_day_keeps_its_questions(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let asked = questions(&COMPANY.identify(&mut world.browser()).await.unwrap());
    // Another case with the same set, opened a tick before the set's day is over.
    world.advance(Duration::from_hours(24).saturating_sub(Duration::from_micros(1)));
    let mut browser = world.browser();
    assert_eq!(questions(&COMPANY.identify(&mut browser).await.unwrap()), asked);
    world.registries.fail(Registry::CivilRegistry);
    answer(&mut browser, &right(&asked)).await.unwrap();
    world.advance(HOUR);
    world.registries.recover(Registry::CivilRegistry);
    server::recovery::job::purge(&world.app).await.unwrap();
    let back = browser.call::<Resume>(&Empty {}).await.unwrap();
    assert_eq!(questions(&back), asked);
    let view = answer(&mut browser, &right(&asked)).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
}

#[rstest]
#[tokio::test]
async fn a_case_that_waits_lapses_only_after_the_advised_hour(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let answers = right(&questions(&COMPANY.identify(&mut browser).await.unwrap()));
    world.registries.fail(Registry::Sri);
    answer(&mut browser, &answers).await.unwrap();
    world.advance(HOUR + Duration::from_mins(30));
    assert!(matches!(
        current(&mut browser).await.unwrap().stage,
        StageView::Ended { .. }
    ));
    assert_eq!(
        browser.call::<Resume>(&Empty {}).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
}

#[rstest]
#[tokio::test]
async fn an_outage_and_its_end_take_no_chance_of_the_identifier(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.limits.per_identifier.count = 3).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let answers = right(&questions(&COMPANY.identify(&mut browser).await.unwrap()));
    for _ in 0..2 {
        world.registries.fail(Registry::Sri);
        answer(&mut browser, &answers).await.unwrap();
        world.registries.recover(Registry::Sri);
        browser.call::<Resume>(&Empty {}).await.unwrap();
    }
    // The second and third of three identifications are still there.
    for _ in 0..2 {
        COMPANY.identify(&mut world.browser()).await.unwrap();
    }
    let view = answer(&mut browser, &answers).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
}
