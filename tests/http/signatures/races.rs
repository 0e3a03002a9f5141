//! Two at the same moment, and work that is cut off.

use super::people::*;
use rstest::rstest;
use server::signatures::{Call, service};
use shared::secrets::Secret;
use shared::signatures::Purpose;
use shared::signatures::api::{Next, SignatureStageView};
use tests::Engine;

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_files_at_once_exactly_one_passes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    for round in 1..=10 {
        let mut browser = world.browser();
        open(COMPANY, &mut browser, purposes()[2].clone()).await.unwrap();
        let file = with_behind(&mut browser, "signed").await;
        let (mut one, mut two) = (browser.clone(), browser.clone());
        let both = tokio::join!(upload(&mut one, file.clone()), upload(&mut two, file));
        let both = [both.0, both.1];
        let passed = both.iter().filter(|told| told.is_ok()).count();
        assert_eq!(passed, 1, "{both:?}");
        assert_eq!(audited(&world, "request_used").await, round);
        assert_eq!(audited(&world, "contact_change_held").await, round);
        assert!(matches!(next(&current(&mut browser).await), Next::Held { .. }));
    }
}

/// The browser goes away while its file is judged: the work goes on to its end.
#[tokio::test]
async fn a_browser_that_goes_away_changes_nothing() {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let file = with_behind(&mut browser, "signed").await;
    let cookie = Secret::from(browser.cookie(server::signatures::COOKIE).unwrap());
    let call = Call::own(world.now());
    let admitted = service::admit(&world.app, Some(&cookie), call).await.unwrap();
    {
        let judging = service::judge(&world.app, admitted, file, call);
        let mut judging = Box::pin(judging);
        // Polled once, then dropped, as when a connection is lost.
        assert!(futures_util::poll!(judging.as_mut()).is_pending());
    }
    for _ in 0..10_000 {
        if matches!(
            current(&mut browser).await.stage,
            SignatureStageView::Passed { .. }
        ) {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("{:?}", current(&mut browser).await);
}

/// The server dies after the file was counted: the case waits for the next one.
#[tokio::test]
async fn a_crash_costs_one_file() {
    let world = world(Engine::Sqlite).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let file = with_behind(&mut browser, "signed").await;
    world.notary.always(|_| panic!("the judge breaks"));
    assert_eq!(send(&mut browser, file.clone()).await.status, 500);
    assert_eq!(left(&current(&mut browser).await), 4);
    world.notary.always(|_| server::notary::sound());
    assert_eq!(next(&upload(&mut browser, file).await.unwrap()), Next::Recovery);
}
