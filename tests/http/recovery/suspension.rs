//! Three failed attempts, whoever is asked for.

use super::people::*;
use rstest::rstest;
use shared::api::ErrorCode;
use shared::recovery::api::StageView;
use std::time::Duration;
use tests::Engine;

const DAY: Duration = Duration::from_hours(24);

#[rstest]
#[tokio::test]
async fn three_wrong_answers_suspend_known_and_unknown_alike(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(COMPANY, UNKNOWN)] employer: Employer,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    for failures in 1..=2 {
        // Each in a browser of its own: attempts are the identifier's.
        let mut browser = world.browser();
        let case = employer.identify(&mut browser).await.unwrap();
        let view = answer(&mut browser, &wrong(&questions(&case))).await.unwrap();
        let StageView::Questions {
            failures: counted,
            attempts_left,
            ..
        } = view.stage
        else {
            panic!("{view:?}")
        };
        assert_eq!((counted, attempts_left), (failures, 3 - failures));
        world.advance(Duration::from_hours(1));
    }
    let mut browser = world.browser();
    let case = employer.identify(&mut browser).await.unwrap();
    let until = world.now().after(DAY);
    let view = answer(&mut browser, &wrong(&questions(&case))).await.unwrap();
    assert_eq!(view.stage, StageView::Suspended { until });

    // Nobody hears of it before answers, and then right answers are not judged.
    world.advance(DAY.saturating_sub(Duration::from_micros(1)));
    let mut other = world.browser();
    let case = employer.identify(&mut other).await.unwrap();
    let StageView::Questions {
        failures,
        attempts_left,
        ..
    } = &case.stage
    else {
        panic!("{case:?}")
    };
    assert_eq!((*failures, *attempts_left), (0, 3));
    let view = answer(&mut other, &right(&questions(&case))).await.unwrap();
    assert_eq!(view.stage, StageView::Suspended { until });

    world.advance(Duration::from_micros(1));
    let mut later = world.browser();
    let case = employer.identify(&mut later).await.unwrap();
    let view = answer(&mut later, &right(&questions(&case))).await.unwrap();
    if employer.number == COMPANY.number {
        assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
    } else {
        let StageView::Questions { failures, .. } = view.stage else {
            panic!("{view:?}")
        };
        assert_eq!(failures, 1);
    }
}

#[rstest]
#[tokio::test]
async fn the_owner_is_told_and_nobody_else(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    for (condition, mails) in [
        (Condition::Good, 1),
        (Condition::NoAccount, 0),
        (Condition::NoEmail, 0),
    ] {
        let world = world(engine).await;
        COMPANY.settle(&world, condition).await;
        let mut browser = world.browser();
        let case = COMPANY.identify(&mut browser).await.unwrap();
        for _ in 0..3 {
            answer(&mut browser, &wrong(&questions(&case))).await.unwrap();
        }
        deliver(&world).await;
        assert_eq!(world.mails().len(), mails, "{condition:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_stranger_with_a_wrong_representative_spends_the_employers_attempts_and_the_owner_hears(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    OTHER.settle(&world, Condition::Good).await;
    let stranger = Employer {
        representative: OTHER.representative,
        ..COMPANY
    };
    let mut browser = world.browser();
    let case = stranger.identify(&mut browser).await.unwrap();
    for _ in 0..3 {
        answer(&mut browser, &right(&questions(&case))).await.unwrap();
    }
    assert!(matches!(
        current(&mut browser).await.unwrap().stage,
        StageView::Suspended { .. }
    ));
    deliver(&world).await;
    assert_eq!(world.mails().len(), 1);
}

#[rstest]
#[tokio::test]
async fn right_answers_give_their_attempt_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    for _ in 0..6 {
        COMPANY.reach_link(&world, &mut world.browser()).await;
        world.advance(Duration::from_mins(5));
    }
}

#[rstest]
#[tokio::test]
async fn a_failure_counts_for_exactly_a_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let fail = async || {
        let mut browser = world.browser();
        let case = COMPANY.identify(&mut browser).await.unwrap();
        answer(&mut browser, &wrong(&questions(&case)))
            .await
            .unwrap()
            .stage
    };
    fail().await;
    world.advance(Duration::from_hours(23));
    fail().await;
    // The first one is a day old: it counts one tick before, not at it.
    world.advance(Duration::from_hours(1));
    let StageView::Questions { failures, .. } = fail().await else {
        panic!("suspended by an old failure")
    };
    assert_eq!(failures, 2);
    assert!(matches!(fail().await, StageView::Suspended { .. }));
}

#[rstest]
#[tokio::test]
async fn a_malformed_answer_costs_no_attempt(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    for _ in 0..5 {
        let problem = answer(&mut browser, &[]).await.unwrap_err();
        assert_eq!(problem.code, ErrorCode::InvalidInput);
    }
    let view = answer(&mut browser, &wrong(&questions(&case))).await.unwrap();
    let StageView::Questions { failures, .. } = view.stage else {
        panic!("{view:?}")
    };
    assert_eq!(failures, 1);
}
