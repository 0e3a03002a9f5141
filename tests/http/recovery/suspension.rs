//! Three failed attempts, whoever is asked for.

use super::people::*;
use rstest::rstest;
use server::challenges::{Admission, Identity, service as challenges};
use server::recovery::Call;
use shared::api::ErrorCode;
use shared::recovery::api::StageView;
use std::time::Duration;
use tests::Engine;

/// How long a submission is taken to be judged.
const JUDGING: Duration = Duration::from_mins(2);

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
async fn a_suspension_survives_a_restart_and_ends_by_itself(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(COMPANY, UNKNOWN)] employer: Employer,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = employer.identify(&mut browser).await.unwrap();
    let wrong = wrong(&questions(&case));
    for _ in 0..3 {
        answer(&mut browser, &wrong).await.unwrap();
    }
    let until = world.now().after(DAY);
    deliver(&world).await;
    let cookie = browser.cookie(server::recovery::COOKIE).unwrap().to_owned();

    // Another process on the same database: nothing of this is in memory.
    let node = world.node(2).await;
    let restarted = || world.browser_of(&node);
    let mut same = restarted();
    same.plant(server::recovery::COOKIE, &cookie);
    assert_eq!(
        current(&mut same).await.unwrap().stage,
        StageView::Suspended { until }
    );
    for (left, suspended) in [(Duration::from_micros(1), true), (Duration::ZERO, false)] {
        let at = until.before(left);
        world.advance(at.since(world.now()));
        let mut fresh = restarted();
        let case = employer.identify(&mut fresh).await.unwrap();
        let view = answer(&mut fresh, &super::people::wrong(&questions(&case)))
            .await
            .unwrap();
        if suspended {
            assert_eq!(view.stage, StageView::Suspended { until });
        } else {
            assert!(
                matches!(view.stage, StageView::Questions { failures: 1, .. }),
                "{view:?}"
            );
        }
        let stage = current(&mut same).await.unwrap().stage;
        assert_eq!(
            matches!(stage, StageView::Suspended { .. }),
            suspended,
            "{stage:?}"
        );
    }
    deliver(&world).await;
    let told = usize::from(employer.number == COMPANY.number);
    assert_eq!(world.mails().len(), told, "the owner is told once");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_wrong_answers_at_once_the_owner_hears_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browsers = Vec::new();
    for _ in 0..8 {
        let mut browser = world.browser();
        let case = COMPANY.identify(&mut browser).await.unwrap();
        browsers.push((browser, wrong(&questions(&case))));
    }
    let all = browsers.into_iter().map(|(mut browser, wrong)| async move {
        // Who comes while the last attempt is being judged is asked to wait a moment.
        if let Err(problem) = answer(&mut browser, &wrong).await {
            assert_eq!(problem.code, ErrorCode::Busy);
        }
    });
    futures_util::future::join_all(all).await;
    // By now it is decided: whoever asks again meets the suspension.
    let mut late = world.browser();
    let case = COMPANY.identify(&mut late).await.unwrap();
    let view = answer(&mut late, &wrong(&questions(&case))).await.unwrap();
    assert!(matches!(view.stage, StageView::Suspended { .. }), "{view:?}");
    deliver(&world).await;
    assert_eq!(world.mails().len(), 1);
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

#[rstest]
#[tokio::test]
async fn the_owner_is_told_of_a_suspension_that_a_dead_submission_left_to_the_next_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    let identity = Identity {
        employer: COMPANY.identifier(),
        branch: shared::identifiers::Branch::default(),
        representative: COMPANY.representative.parse().unwrap(),
    };
    let subject = identity.subject(&world.app.keys);
    for _ in 0..3 {
        // Counted, and never judged.
        let admission = challenges::admit(&world.app, subject, account, Call::own(world.now())).await;
        assert!(matches!(admission, Ok(Admission::Counted(_))), "{admission:?}");
    }
    world.advance(JUDGING);
    let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
    let until = world.now().after(DAY);
    assert_eq!(
        view.stage,
        StageView::Suspended { until },
        "no fourth attempt, right or wrong"
    );
    assert!(world.mails().is_empty());
    deliver(&world).await;
    let mails = world.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].subject.contains("en pausa"), "{}", mails[0].subject);
    assert_eq!(mails[0].to, "maria@empresa.example".parse().unwrap());
}
