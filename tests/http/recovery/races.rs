//! Two at the same moment, on several nodes.

use super::people::*;
use rstest::rstest;
use server::app::App;
use server::challenges::Admission;
use server::challenges::service as challenges;
use server::recovery::{Call, reset as link};
use shared::api::ErrorCode;
use shared::secrets::Secret;
use std::time::Duration;
use tests::{Engine, World};

const ROUNDS: u32 = 200;

/// Two submissions of one token, each on a node of its own.
async fn submit(one: &App, other: &App, world: &World, token: &Secret<String>) -> [Result<(), ErrorCode>; 2] {
    let call = Call {
        at: world.now(),
        source: None,
        device: None,
        staff: None,
    };
    let (good, better) = (Secret::from(GOOD), Secret::from(BETTER));
    let both = tokio::join!(
        link::reset(one, token, &good, call),
        link::reset(other, token, &better, call)
    );
    [both.0.map(drop).map_err(code), both.1.map(drop).map_err(code)]
}

fn code(failure: server::http::Failure) -> ErrorCode {
    match failure {
        server::http::Failure::Problem(problem) => problem.code,
        server::http::Failure::Fault(fault) => panic!("{}", fault.chain()),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_submissions_of_one_token_exactly_one_wins(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.password.history = 0).await;
    COMPANY.settle(&world, Condition::Good).await;
    let other = world.node(2).await;
    for round in 0..ROUNDS {
        let token = COMPANY.reach_link(&world, &mut world.browser()).await;
        let results = submit(&world.app, &other, &world, &token.token).await;
        let won = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(won, 1, "round {round}: {results:?}");
        assert!(
            results.contains(&Err(ErrorCode::LinkUsed)),
            "round {round}: {results:?}"
        );
        world.advance(Duration::from_secs(1));
    }
    let mut tx = world.app.store.read().await.unwrap();
    let (used, set): (i64, i64) = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT (SELECT COUNT(*) FROM recovery_links WHERE used_at IS NOT NULL), \
         (SELECT COUNT(*) FROM audit_events WHERE kind = 'password_set')"
    )
    .fetch_one(conn))
    .unwrap();
    assert_eq!((used, set), (i64::from(ROUNDS), i64::from(ROUNDS)));
}

#[rstest]
#[tokio::test]
async fn right_answers_sent_twice_cost_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use shared::recovery::api::StageView;
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let answers = right(&questions(&COMPANY.identify(&mut browser).await.unwrap()));
    let (mut one, mut other) = (browser.clone(), browser.clone());
    let both = tokio::join!(answer(&mut one, &answers), answer(&mut other, &answers));
    let won = [&both.0, &both.1].into_iter().filter(|view| view.is_ok()).count();
    assert_eq!(won, 1, "{both:?}");
    deliver(&world).await;
    assert_eq!(tokens(&world).len(), 1);
    let case = COMPANY.identify(&mut world.browser()).await.unwrap();
    assert!(
        matches!(case.stage, StageView::Questions { failures: 0, .. }),
        "{case:?}"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_number_of_submissions_at_once_get_three_attempts(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let other = world.node(2).await;
    for round in 0..20_u8 {
        let subject = server::challenges::Subject([round; 32]);
        let admissions = (0..24).map(|number| {
            let app = if number % 2 == 0 {
                world.app.clone()
            } else {
                other.clone()
            };
            let now = world.now();
            tokio::spawn(async move { challenges::admit(&app, subject, None, Call::own(now)).await })
        });
        let mut counted = 0;
        for admission in admissions.collect::<Vec<_>>() {
            match admission.await.unwrap().unwrap() {
                Admission::Counted(attempt) => {
                    assert!(attempt.failures <= 3);
                    counted += 1;
                }
                Admission::Suspended { .. } | Admission::Busy | Admission::Lapsed { .. } => {}
            }
        }
        assert_eq!(counted, 3, "round {round}");
    }
}
