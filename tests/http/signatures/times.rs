//! One tick before, at and after each end, and what is deleted.

use super::people::*;
use rstest::rstest;
use server::signatures::{job, service};
use shared::api::ErrorCode;
use shared::recovery::Ending;
use shared::signatures::Purpose;
use shared::signatures::api::{Check, Finding, Next, Reason, SignatureStageView};
use shared::time::Deadline;
use std::time::Duration;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn a_request_comes_back_in_time_or_is_issued_anew(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let begun = world.now();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let old = with_behind(&mut browser, "signed").await;
    world.advance(LIFE.saturating_sub(TICK));
    assert_eq!(
        renew(&mut browser).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    assert!(fetch(&mut browser).await.status == 200);
    world.advance(TICK);
    let expired = SignatureStageView::Expired {
        deadline: Deadline::after(begun, LIFE * 2),
    };
    assert_eq!(current(&mut browser).await.stage, expired);
    assert_eq!(
        upload(&mut browser, old.clone()).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    assert_eq!(
        fetch(&mut browser).await.problem().code,
        ErrorCode::CaseAtOtherStage
    );
    assert_eq!(job::lapse(&world.app).await.unwrap(), 1);
    assert_eq!(job::lapse(&world.app).await.unwrap(), 0);
    assert_eq!(current(&mut browser).await.stage, expired);

    let renewed = renew(&mut browser).await.unwrap();
    assert_eq!(left(&renewed), 5);
    let view = upload(&mut browser, old).await.unwrap();
    assert_eq!(line(&view, Check::Request), Finding::Failed(Reason::OtherRequest));
    world.advance(LIFE.saturating_sub(TICK));
    assert_eq!(next(&sign(&mut browser).await.unwrap()), Next::Recovery);
}

#[rstest]
#[tokio::test]
async fn a_case_lapses_and_goes_a_month_later(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    world.advance(LIFE * 2);
    let ended = SignatureStageView::Ended {
        ending: Ending::Lapsed,
    };
    assert_eq!(current(&mut browser).await.stage, ended);
    assert_eq!(
        renew(&mut browser).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    assert_eq!(job::lapse(&world.app).await.unwrap(), 1);
    assert_eq!(audited(&world, "signature_ended").await, 1);
    let month = Duration::from_hours(24 * 30);
    world.advance(month.saturating_sub(TICK));
    assert_eq!(service::purge(&world.app, world.now()).await.unwrap(), 0);
    world.advance(TICK);
    assert_eq!(
        service::purge(&world.app, world.now()).await.unwrap(),
        2,
        "the case and its request"
    );
}

/// What was judged when the time ended comes too late: the transaction's time counts.
#[tokio::test]
async fn a_slow_notary_buys_no_time() {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world, Condition::Good).await;
    for (late, passes) in [(LIFE.saturating_sub(TICK), true), (LIFE, false)] {
        let mut browser = world.browser();
        open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
        let file = with_behind(&mut browser, "signed").await;
        let clock = world.app.clock.clone();
        world.notary.always(move |_| {
            clock.advance(late);
            server::notary::sound()
        });
        let told = upload(&mut browser, file).await.map_err(|problem| problem.code);
        if passes {
            assert_eq!(next(&told.unwrap()), Next::Recovery);
        } else {
            assert_eq!(told.unwrap_err(), ErrorCode::CaseAtOtherStage);
        }
    }
    assert_eq!(audited(&world, "request_used").await, 1);
}
