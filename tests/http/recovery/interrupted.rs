//! What comes between the request and its transaction: a slow body, a browser that goes away, a freeze on another node.

use super::outage::attempts;
use super::people::*;
use axum::body::Body;
use futures_util::{future, poll, stream};
use rstest::rstest;
use server::accounts::{service as accounts, store};
use server::recovery::{Call, make_link, reset as link, store as recovery};
use shared::api::ErrorCode;
use shared::challenges::{Answer, Question};
use shared::identifiers::CaseId;
use shared::policy::Window;
use shared::recovery::api::{Answers, Refusal, Reset, StageView};
use shared::recovery::{Ending, Event};
use shared::secrets::Secret;
use std::convert::Infallible;
use std::time::Duration;
use tests::{Engine, World};

const TICK: Duration = Duration::from_micros(1);
const LIFE: Duration = Duration::from_mins(3);

/// How long a test waits for something that must happen.
const PATIENCE: Duration = Duration::from_secs(20);

/// Looks until it is so.
async fn until(mut so: impl AsyncFnMut() -> bool) {
    let looking = async {
        while !so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, looking).await.expect("it happens");
}

/// A body whose last byte comes after `wait`.
fn slow(world: &World, json: String, wait: Duration) -> Body {
    let clock = world.app.clock.clone();
    Body::from_stream(stream::once(async move {
        clock.advance(wait);
        Ok::<_, Infallible>(json)
    }))
}

#[rstest]
#[case(LIFE.saturating_sub(TICK), Ok(()))]
#[case(LIFE, Err(ErrorCode::LinkExpired))]
#[case(LIFE + TICK, Err(ErrorCode::LinkExpired))]
#[tokio::test]
async fn a_slow_body_buys_no_time_for_a_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("reset", "reset/inspect", "reset/redeem")] path: &str,
    #[case] wait: Duration,
    #[case] outcome: Result<(), ErrorCode>,
) {
    let world = with_window(
        engine,
        if path == "reset" {
            Window::Complete
        } else {
            Window::Redeem
        },
    )
    .await;
    COMPANY.settle(&world, Condition::Good).await;
    let token = COMPANY.reach_link(&world, &mut world.browser()).await;
    let body = if path == "reset" {
        serde_json::to_string(&Reset {
            token: token.token,
            password: Secret::from(GOOD),
        })
    } else {
        serde_json::to_string(&token)
    };
    let body = slow(&world, body.unwrap(), wait);
    let reply = world.browser().post(&format!("/api/v1/{path}"), body).await;
    if outcome.is_ok() {
        assert_eq!(reply.status, 200, "{}", reply.text());
    } else {
        assert_eq!(Err(reply.problem().code), outcome);
    }
}

#[rstest]
#[case(Duration::from_mins(30).saturating_sub(TICK), true)]
#[case(Duration::from_mins(30), false)]
#[tokio::test]
async fn slow_answers_come_to_a_case_that_has_lapsed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] wait: Duration,
    #[case] in_time: bool,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    let answers = right(&questions(&case));
    let body = serde_json::to_string(&Answers { answers }).unwrap();
    let body = slow(&world, body, wait);
    let reply = browser.post("/api/v1/recovery/answers", body).await;
    assert_eq!(reply.status.is_success(), in_time, "{}", reply.text());
    assert_eq!(attempts(&world).await, 0);
    if !in_time {
        let ending = Ending::Lapsed;
        assert_eq!(
            current(&mut browser).await.unwrap().stage,
            StageView::Ended { ending }
        );
    }
}

/// The one case of the world.
async fn only_case(world: &World) -> CaseId {
    let mut tx = world.app.store.read().await.unwrap();
    let (id,): (uuid::Uuid,) = server::on!(&mut tx, |conn| sqlx::query_as("SELECT id FROM recovery_cases")
        .fetch_one(conn))
    .unwrap();
    CaseId::from_uuid(id)
}

/// On PostgreSQL a lock holds the transaction of the judgement after the attempt was counted in another one. On SQLite
/// with its one writer both would wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_goes_away_between_counting_and_comparing_loses_no_attempt() {
    let world = world(Engine::Postgres).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let answers = right(&questions(&COMPANY.identify(&mut browser).await.unwrap()));

    let mut tx = world.app.store.write().await.unwrap();
    let held = recovery::lock(&mut tx, only_case(&world).await).await;
    assert!(held.unwrap().is_some());
    let mut sender = browser.clone();
    {
        let mut request = Box::pin(answer(&mut sender, &answers));
        until(async || {
            assert!(
                poll!(request.as_mut()).is_pending(),
                "the judgement waits for the lock"
            );
            attempts(&world).await == 1
        })
        .await;
    }
    drop(tx);
    until(async || attempts(&world).await == 0).await;
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
}

/// The case ends while its answers are being judged: nobody is told how, so the attempt does not count.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_come_to_a_case_that_ends_cost_nothing(
    #[values(right, wrong)] give: fn(&[Question]) -> Vec<Answer>,
) {
    let world = world(Engine::Postgres).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let answers = give(&questions(&COMPANY.identify(&mut browser).await.unwrap()));

    let mut tx = world.app.store.write().await.unwrap();
    let held = recovery::lock(&mut tx, only_case(&world).await).await;
    let mut record = held.unwrap().unwrap();
    let mut sender = browser.clone();
    let sent = tokio::spawn(async move { answer(&mut sender, &answers).await });
    until(async || attempts(&world).await == 1).await;
    record.case = record.case.apply(Event::Abandoned, world.now()).unwrap().case;
    recovery::save(&mut tx, &record, world.now()).await.unwrap();
    tx.commit().await.unwrap();
    let refused = sent.await.unwrap().unwrap_err();
    assert_eq!(refused.code, ErrorCode::CaseAtOtherStage);
    assert_eq!(attempts(&world).await, 0);
}

/// The database fails after the attempt was counted: answers that break something are no way to try for nothing.
#[rstest]
#[case(right, "outbox")]
#[case(wrong, "captcha_failures")]
#[tokio::test]
async fn an_attempt_whose_judgement_the_database_failed_stays_counted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] give: fn(&[Question]) -> Vec<Answer>,
    #[case] table: &str,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let asked = questions(&COMPANY.identify(&mut browser).await.unwrap());
    let rename = async |from: &str, to: &str| {
        let sql = format!("ALTER TABLE {from} RENAME TO {to}");
        let mut tx = world.app.store.write().await.unwrap();
        server::changed!(&mut tx, sqlx::query(sqlx::AssertSqlSafe(sql.clone()))).unwrap();
        tx.commit().await.unwrap();
    };
    rename(table, "away").await;
    let failed = answer(&mut browser, &give(&asked)).await.unwrap_err();
    assert_eq!(failed.code, ErrorCode::Internal);
    assert_eq!(attempts(&world).await, 1);
    rename("away", table).await;
    let view = answer(&mut browser, &right(&asked)).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
    assert_eq!(
        attempts(&world).await,
        1,
        "its own was given back, the other one not"
    );
}

/// Waits until something waits for a lock of PostgreSQL; on SQLite whoever comes second waits in the pool.
async fn until_it_waits(world: &World, engine: Engine, is_over: impl Fn() -> bool) {
    if engine == Engine::Sqlite {
        return;
    }
    until(async || {
        let mut tx = world.app.store.read().await.unwrap();
        let (waiting,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        .fetch_one(conn))
        .unwrap();
        waiting > 0 || is_over()
    })
    .await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_link_is_made_past_a_freeze_that_is_being_written(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    answer(&mut browser, &right(&questions(&case))).await.unwrap();
    let case = only_case(&world).await;

    let mut tx = world.app.store.write().await.unwrap();
    store::freeze(&mut tx, account, world.now(), shared::accounts::FrozenBy::Owner)
        .await
        .unwrap();
    let node = world.node(2).await;
    let making = tokio::spawn(async move { make_link(&node, case).await });
    until_it_waits(&world, engine, || making.is_finished()).await;
    tx.commit().await.unwrap();
    let made = making.await.unwrap().unwrap();
    assert!(made.is_none(), "{made:?}");
    let reason = Refusal::AccountFrozen;
    assert_eq!(
        current(&mut browser).await.unwrap().stage,
        StageView::Refused { reason }
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_password_is_set_past_a_freeze_that_is_being_written(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let token = COMPANY.reach_link(&world, &mut world.browser()).await;
    let node = world.node(2).await;
    let call = Call::own(world.now());

    let mut tx = world.app.store.write().await.unwrap();
    store::freeze(&mut tx, account, world.now(), shared::accounts::FrozenBy::Owner)
        .await
        .unwrap();
    let setting =
        tokio::spawn(async move { link::reset(&node, &token.token, &Secret::from(GOOD), call).await });
    until_it_waits(&world, engine, || setting.is_finished()).await;
    tx.commit().await.unwrap();
    assert!(setting.await.unwrap().is_err());
    let mut tx = world.app.store.read().await.unwrap();
    let account = accounts::by_id(&mut tx, account).await.unwrap().unwrap();
    assert_eq!(account.password_set_at, None);
}

/// Freezing, sending, setting and abandoning at once, on two nodes, again and again: nobody waits for somebody who waits
/// for them, and whatever comes first, a frozen account gets no password.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_at_once_ends_and_fits(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use shared::recovery::api::{Abandon, Empty};
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let other = world.node(2).await;
    for round in 0..25 {
        let (mut one, mut two) = (world.browser(), world.browser());
        let token = COMPANY.reach_link(&world, &mut one).await;
        let case = COMPANY.identify(&mut two).await.unwrap();
        let answers = right(&questions(&case));
        let frozen = accounts::make_freeze_link(&world.app, account, world.now())
            .await
            .unwrap();
        let call = Call::own(world.now());
        let good = Secret::from(GOOD);
        let (set, froze, _, _, ()) = future::join5(
            Box::pin(link::reset(&other, &token.token, &good, call)),
            Box::pin(accounts::freeze(
                &world.app,
                &frozen.token,
                Call::own(world.now()),
            )),
            Box::pin(answer(&mut two, &answers)),
            Box::pin(one.call::<Abandon>(&Empty {})),
            Box::pin(deliver(&world)),
        )
        .await;
        froze.unwrap();
        deliver(&world).await;
        let mut tx = world.app.store.write().await.unwrap();
        let (open,): (i64,) = server::on!(&mut tx, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM recovery_links WHERE used_at IS NULL AND ended_at IS NULL"
        )
        .fetch_one(conn))
        .unwrap();
        assert_eq!(open, 0, "round {round}: no link outlives the freeze ({set:?})");
        server::changed!(&mut tx, sqlx::query("UPDATE accounts SET frozen_at = NULL")).unwrap();
        server::changed!(&mut tx, sqlx::query("DELETE FROM password_history")).unwrap();
        tx.commit().await.unwrap();
        world.advance(Duration::from_mins(1));
    }
}
