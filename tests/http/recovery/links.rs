//! The link: one tick before, at and after its end; looked at, replaced, opened.

use super::people::*;
use rstest::rstest;
use server::clock::Clock;
use shared::api::ErrorCode;
use shared::passwords::Violation;
use shared::policy::Window;
use shared::recovery::api::{LinkToken, RedeemLink, Refusal, StageView};
use shared::secrets::Secret;
use std::time::Duration;
use tests::Engine;

#[rstest]
#[case(Duration::from_secs(179), true)]
#[case(Duration::from_mins(3).saturating_sub(Duration::from_micros(1)), true)]
#[case(Duration::from_mins(3), false)]
#[case(Duration::from_secs(181), false)]
#[tokio::test]
async fn a_link_is_good_for_180_seconds(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] after: Duration,
    #[case] works: bool,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    world.advance(after);
    let done = reset(&mut world.browser(), &token, GOOD).await;
    if works {
        done.unwrap();
        assert!(matches!(
            current(&mut browser).await.unwrap().stage,
            StageView::Completed { .. }
        ));
    } else {
        assert_eq!(done.unwrap_err().code, ErrorCode::LinkExpired);
        assert_eq!(
            inspect(&mut browser, &token).await.unwrap_err().code,
            ErrorCode::LinkExpired
        );
        let ended = StageView::Ended {
            ending: shared::recovery::Ending::LinkExpired,
        };
        assert_eq!(current(&mut browser).await.unwrap().stage, ended);
    }
}

/// How far two nodes' clocks may be apart; `clavero doctor` warns before.
const SKEW: Duration = Duration::from_secs(5);

/// One node makes the link, another with a wrong clock judges it.
#[rstest]
#[tokio::test]
async fn clocks_that_differ_move_the_end_of_a_link_by_no_more_than_that(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Skew::Ahead, Skew::Behind)] skew: Skew,
) {
    let tick = Duration::from_micros(1);
    let life = Duration::from_mins(3);
    let end = match skew {
        Skew::Ahead => life.saturating_sub(SKEW),
        Skew::Behind => life.saturating_add(SKEW),
    };
    for (after, works) in [(end.saturating_sub(tick), true), (end, false)] {
        let world = world(engine).await;
        COMPANY.settle(&world, Condition::Good).await;
        let token = COMPANY.reach_link(&world, &mut world.browser()).await;
        world.advance(after);
        let shown = match skew {
            Skew::Ahead => world.now().after(SKEW),
            Skew::Behind => world.now().before(SKEW),
        };
        let node = world.node_at(2, Clock::frozen(shown)).await;
        let done = reset(&mut world.browser_of(&node), &token, GOOD).await;
        assert_eq!(
            done.err().map(|problem| problem.code),
            (!works).then_some(ErrorCode::LinkExpired),
            "{after:?}"
        );
    }
}

#[derive(Clone, Copy, Debug)]
enum Skew {
    Ahead,
    Behind,
}

#[rstest]
#[tokio::test]
async fn looking_changes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    let mut scanner = world.browser().at("198.51.100.9");
    inspect(&mut scanner, &token).await.unwrap();
    let before = rows_but_limits(&world.everything().await);
    for _ in 0..3 {
        inspect(&mut scanner, &token).await.unwrap();
        scanner.get("/restablecer").await;
        scanner.get("/api/v1/recovery").await;
        scanner.get("/api/v1/reset").await;
    }
    assert_eq!(rows_but_limits(&world.everything().await), before);
    reset(&mut browser, &token, GOOD).await.unwrap();
}

/// Every write counts against its source, whatever it does; nothing else may differ.
fn rows_but_limits(rows: &str) -> String {
    let (before, rest) = rows.split_once("\nrate_limits\n").unwrap();
    let (_, after) = rest.split_once("\nrecovery_cases\n").unwrap();
    format!("{before}\n{after}")
}

#[rstest]
#[tokio::test]
async fn the_holder_of_a_dead_link_is_told_why(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let first = COMPANY.reach_link(&world, &mut world.browser()).await;
    world.advance(Duration::from_secs(10));
    let second = COMPANY.reach_link(&world, &mut world.browser()).await;
    assert_ne!(first, second);
    let mut browser = world.browser();
    assert_eq!(
        reset(&mut browser, &first, GOOD).await.unwrap_err().code,
        ErrorCode::LinkReplaced
    );
    assert_eq!(
        inspect(&mut browser, &first).await.unwrap_err().code,
        ErrorCode::LinkReplaced
    );
    reset(&mut browser, &second, GOOD).await.unwrap();
    assert_eq!(
        reset(&mut browser, &second, BETTER).await.unwrap_err().code,
        ErrorCode::LinkUsed
    );
    assert_eq!(
        inspect(&mut browser, &second).await.unwrap_err().code,
        ErrorCode::LinkUsed
    );
    for text in [
        "",
        "x",
        &"A".repeat(43),
        &"A".repeat(44),
        &"=".repeat(43),
        "ＡＡＡ",
    ] {
        let strange = LinkToken {
            token: Secret::from(text),
        };
        assert_eq!(
            inspect(&mut browser, &strange).await.unwrap_err().code,
            ErrorCode::LinkInvalid,
            "{text}"
        );
        assert_eq!(
            reset(&mut browser, &strange, GOOD).await.unwrap_err().code,
            ErrorCode::LinkInvalid,
            "{text}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn a_newer_case_takes_the_older_ones_place(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let (mut first, mut second) = (world.browser(), world.browser());
    for browser in [&mut first, &mut second] {
        let case = COMPANY.identify(browser).await.unwrap();
        answer(browser, &right(&questions(&case))).await.unwrap();
    }
    deliver(&world).await;
    assert_eq!(
        tokens(&world).len(),
        1,
        "the superseded case's message is dropped"
    );
    let superseded = StageView::Ended {
        ending: shared::recovery::Ending::Superseded,
    };
    assert_eq!(current(&mut first).await.unwrap().stage, superseded);
    assert!(matches!(
        current(&mut second).await.unwrap().stage,
        StageView::LinkSent { .. }
    ));
}

#[rstest]
#[tokio::test]
async fn a_refused_password_leaves_the_link_as_it_was(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    let problem = reset(&mut browser, &token, "quispe1").await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::PasswordRefused);
    for violation in [
        Violation::TooShort,
        Violation::NoUpperCase,
        Violation::NoSpecial,
        Violation::Personal,
    ] {
        assert!(
            problem.violations.contains(&violation),
            "{violation:?} in {:?}",
            problem.violations
        );
    }
    inspect(&mut browser, &token).await.unwrap();
    reset(&mut browser, &token, GOOD).await.unwrap();

    let token = COMPANY.reach_link(&world, &mut browser).await;
    assert_eq!(
        reset(&mut browser, &token, GOOD).await.unwrap_err().violations,
        [Violation::Reused]
    );
    reset(&mut browser, &token, BETTER).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn the_clock_starts_at_the_acceptance_and_a_retry_carries_a_fresh_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use server::notifications::{Outcome, service as outbox};
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    // The same message again, as after a crash between the send and its record.
    let mut tx = world.app.store.write().await.unwrap();
    let rows = server::changed!(
        &mut tx,
        sqlx::query(
            "UPDATE outbox SET state = 'queued', finished_at = NULL, due_at = queued_at WHERE kind = 'recovery_link'"
        )
    );
    assert_eq!(rows.unwrap(), 1);
    tx.commit().await.unwrap();
    outbox::send_due(&world.app, &server::desk::Bureau).await.unwrap();
    // The case had its link handed over: it waits for no other, and the one that was sent goes on.
    assert_eq!(tokens(&world).len(), 1);
    reset(&mut browser, &token, GOOD).await.unwrap();
    let late = Outcome::Rejected(world.now());
    let case = case_of(&world).await;
    let mut tx = world.app.store.write().await.unwrap();
    server::recovery::record_delivery(&world.app, &mut tx, case, late)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(
        current(&mut browser).await.unwrap().stage,
        StageView::Completed { .. }
    ));
}

async fn case_of(world: &tests::World) -> shared::identifiers::CaseId {
    let mut tx = world.app.store.read().await.unwrap();
    let (id,): (uuid::Uuid,) = server::on!(&mut tx, |conn| sqlx::query_as("SELECT id FROM recovery_cases")
        .fetch_one(conn))
    .unwrap();
    shared::identifiers::CaseId::from_uuid(id)
}

#[rstest]
#[tokio::test]
async fn where_the_policy_asks_for_a_click_it_gives_ten_minutes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with_window(engine, Window::Redeem).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    assert!(inspect(&mut browser, &token).await.unwrap().must_redeem);
    assert_eq!(
        reset(&mut browser, &token, GOOD).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    world.advance(Duration::from_mins(3).saturating_sub(Duration::from_micros(1)));
    let opened = browser.call::<RedeemLink>(&token).await.unwrap();
    assert_eq!((opened.total, opened.must_redeem), (600, false));
    assert_eq!(
        opened.deadline,
        shared::time::Deadline::after(world.now(), Duration::from_mins(10))
    );
    world.advance(Duration::from_mins(10).saturating_sub(Duration::from_micros(1)));
    reset(&mut browser, &token, GOOD).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn another_click_gives_more_time_up_to_the_cap_and_every_tab_sees_it(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use shared::time::Deadline;
    let world = with_window(engine, Window::Redeem).await;
    COMPANY.settle(&world, Condition::Good).await;
    let (mut first, mut other) = (world.browser(), world.browser());
    let proof = world.now();
    let token = COMPANY.reach_link(&world, &mut first).await;
    let cap = Deadline::after(proof, Duration::from_mins(15));
    for (wait, end) in [
        (
            Duration::from_mins(2),
            Deadline::after(proof, Duration::from_mins(12)),
        ),
        (Duration::from_mins(9), cap),
        (Duration::from_mins(3), cap),
    ] {
        world.advance(wait);
        let opened = other.call::<RedeemLink>(&token).await.unwrap();
        assert_eq!((opened.deadline, opened.total), (end, 600));
        let StageView::LinkSent { deadline, total, .. } = current(&mut first).await.unwrap().stage else {
            panic!("the first tab counts down")
        };
        assert_eq!((deadline, total), (end, 600));
    }
    world.advance(Duration::from_mins(1).saturating_sub(Duration::from_micros(1)));
    let refused = reset(&mut other, &token, "corta").await.unwrap_err();
    assert_eq!(
        refused.code,
        ErrorCode::PasswordRefused,
        "a refused password uses nothing up"
    );
    reset(&mut other, &token, GOOD).await.unwrap();
    assert!(matches!(
        current(&mut first).await.unwrap().stage,
        StageView::Completed { .. }
    ));
    // The same mail once more, in the tab that is done.
    assert_eq!(
        inspect(&mut other, &token).await.unwrap_err().code,
        ErrorCode::LinkUsed
    );
    assert_eq!(
        other.call::<RedeemLink>(&token).await.unwrap_err().code,
        ErrorCode::LinkUsed
    );
}

#[rstest]
#[tokio::test]
async fn a_click_that_comes_too_late_opens_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with_window(engine, Window::Redeem).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    world.advance(Duration::from_mins(3));
    assert_eq!(
        browser.call::<RedeemLink>(&token).await.unwrap_err().code,
        ErrorCode::LinkExpired
    );
}

#[rstest]
#[tokio::test]
async fn where_no_click_is_asked_opening_only_shows(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    let shown = inspect(&mut browser, &token).await.unwrap();
    assert_eq!(browser.call::<RedeemLink>(&token).await.unwrap(), shown);
}

#[rstest]
#[tokio::test]
async fn a_link_sets_no_password_once_the_account_is_blocked_or_frozen(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(Condition::Blocked, Condition::Frozen)] condition: Condition,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    change_state(&world, account, condition).await;
    let before = rows_but_limits(&world.everything().await);
    assert_eq!(
        reset(&mut browser, &token, GOOD).await.unwrap_err().code,
        ErrorCode::LinkExpired
    );
    let after = rows_but_limits(&world.everything().await);
    assert_eq!(after, before, "nothing is used up, nothing is written");
}

#[rstest]
#[case(Condition::Blocked, Refusal::AccountBlocked)]
#[case(Condition::Frozen, Refusal::AccountFrozen)]
#[case(Condition::NoEmail, Refusal::NoEmail)]
#[tokio::test]
async fn a_case_whose_account_closes_before_the_mail_leaves_ends_with_the_reason(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values("at once", "after a delay")] when: &str,
    #[case] condition: Condition,
    #[case] reason: Refusal,
) {
    let world = world(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    answer(&mut browser, &right(&questions(&case))).await.unwrap();
    let mut earlier = None;
    if when == "after a delay" {
        let id = case_of(&world).await;
        earlier = server::recovery::make_link(&world.app, id).await.unwrap();
    }
    change_state(&world, account, condition).await;
    if condition == Condition::NoEmail {
        let mut tx = world.app.store.write().await.unwrap();
        server::changed!(&mut tx, sqlx::query("UPDATE accounts SET email = NULL")).unwrap();
        tx.commit().await.unwrap();
    }
    deliver(&world).await;
    assert!(world.mails().is_empty(), "the proof is older than the block");
    let view = current(&mut browser).await.unwrap();
    assert_eq!(view.stage, StageView::Refused { reason });
    if let Some(link) = earlier {
        let token = LinkToken { token: link.token };
        assert_eq!(
            reset(&mut browser, &token, GOOD).await.unwrap_err().code,
            ErrorCode::LinkExpired
        );
    }
}
