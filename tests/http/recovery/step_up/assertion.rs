//! The passkey that is asked for before the link: the right one, and all that look like it.

use super::*;
use rstest::rstest;
use shared::api::{ErrorCode, Problem};
use shared::passkeys::browser::{AuthenticationResponse, RequestOptions};
use shared::recovery::api::{
    Abandon, AssertPasskey, Assertion, ChooseRoute, Empty, Refusal, RenewChallenge, Route, RouteChoice,
};
use shared::time::Deadline;
use tests::authenticator::{Device, Lie, enrol};

const TICK: Duration = Duration::from_micros(1);

/// The life of a challenge under the policy.
const CEREMONY: Duration = Duration::from_mins(5);

async fn send(browser: &mut Browser, assertion: AuthenticationResponse) -> Result<CaseView, Problem> {
    browser.call::<AssertPasskey>(&Assertion { assertion }).await
}

fn options(view: &CaseView) -> RequestOptions {
    challenge(view).0.expect("a passkey is asked for").options
}

/// An employer with a passkey, and a case of it that asks for it.
struct Asked {
    world: World,
    account: AccountId,
    device: Device,
    browser: Browser,
    view: CaseView,
}

async fn asked(engine: Engine) -> Asked {
    let world = strict(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut device = Device::of(&world);
    enrol(&world, &mut device, COMPANY.number).await;
    deliver(&world).await;
    let mut browser = world.browser();
    let view = asked_for_more(&world, &mut browser, COMPANY, account).await;
    Asked {
        world,
        account,
        device,
        browser,
        view,
    }
}

#[rstest]
#[tokio::test]
async fn a_passkey_of_the_account_sends_the_link(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Asked {
        world,
        mut device,
        mut browser,
        view,
        ..
    } = asked(engine).await;
    let (passkey, left) = challenge(&view);
    let passkey = passkey.unwrap();
    assert_eq!(left, 5);
    assert_eq!(passkey.expires, Deadline::after(world.now(), CEREMONY));
    assert!(
        passkey.options.allow_credentials.is_empty(),
        "the device finds the passkey"
    );
    assert_eq!(
        current(&mut browser).await.unwrap().stage,
        view.stage,
        "looking draws no other challenge"
    );
    world.advance(Duration::from_mins(4));
    let signed = device.sign(&passkey.options).await;
    let view = send(&mut browser, signed).await.unwrap();
    let StageView::Sending { deadline, .. } = view.stage else {
        panic!("{view:?}")
    };
    assert_eq!(
        deadline,
        Deadline::after(world.now(), Duration::from_mins(15)),
        "the quarter of an hour begins when all is proved"
    );
    assert!(view.routes.is_empty());
    deliver(&world).await;
    reset(&mut world.browser(), &token(&world), GOOD).await.unwrap();
    assert!(matches!(
        current(&mut browser).await.unwrap().stage,
        StageView::Completed { .. }
    ));
    assert_eq!(
        kinds(&world).await,
        ["step_up_demanded", "passkey_asserted", "step_up_passed"]
    );
}

/// What happened to the case in the audit log, as far as it is about passkeys and step-ups: instant by instant, and at one
/// instant by name.
async fn kinds(world: &World) -> Vec<String> {
    let mut tx = world.app.store.read().await.unwrap();
    let rows: Vec<(String,)> = server::on!(&mut tx, |conn| sqlx::query_as(
        "SELECT kind FROM audit_events WHERE kind IN \
         ('step_up_demanded', 'step_up_passed', 'assertion_failed', 'passkey_asserted', 'passkey_refused') \
         AND case_id IS NOT NULL ORDER BY at, kind"
    )
    .fetch_all(conn))
    .unwrap();
    rows.into_iter().map(|(kind,)| kind).collect()
}

#[rstest]
#[case::of_another_origin(Lie::Origin("https://clavero.example.evil"))]
#[case::for_another_site(Lie::Site("evil.example"))]
#[case::without_verification(Lie::Unverified)]
#[case::in_a_frame(Lie::Framed)]
#[case::of_an_enrolment(Lie::Type("webauthn.create"))]
#[case::of_nobody(Lie::Owner(None))]
#[case::of_a_stranger(Lie::Owner(Some(vec![7; 16])))]
#[case::of_one_bit_more(Lie::Signature)]
#[tokio::test]
async fn an_assertion_that_lies_costs_one_of_five(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] lie: Lie,
) {
    let Asked {
        world,
        mut device,
        mut browser,
        view,
        ..
    } = asked(engine).await;
    world.advance(TICK);
    let signed = device.lying(lie).sign(&options(&view)).await;
    let refused = send(&mut browser, signed).await.unwrap();
    let (fresh, left) = challenge(&refused);
    assert_eq!(left, 4);
    let fresh = fresh.unwrap();
    assert_ne!(fresh.options.challenge, options(&view).challenge);
    assert_eq!(current(&mut browser).await.unwrap().stage, refused.stage);
    deliver(&world).await;
    assert!(tokens(&world).is_empty());
    // The right one still does it.
    world.advance(TICK);
    let signed = device.sign(&fresh.options).await;
    let view = send(&mut browser, signed).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
    assert_eq!(
        kinds(&world).await,
        [
            "step_up_demanded",
            "assertion_failed",
            "passkey_refused",
            "passkey_asserted",
            "step_up_passed",
        ]
    );
}

#[rstest]
#[tokio::test]
async fn an_assertion_is_good_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Asked {
        world,
        account,
        mut device,
        mut browser,
        view,
    } = asked(engine).await;
    let signed = device.sign(&options(&view)).await;
    send(&mut browser, signed.clone()).await.unwrap();
    assert_eq!(
        send(&mut browser, signed.clone()).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    // Nor in the next case, which asks again.
    browser.call::<Abandon>(&Empty {}).await.unwrap();
    let mut later = world.browser();
    asked_for_more(&world, &mut later, COMPANY, account).await;
    let refused = send(&mut later, signed).await.unwrap();
    assert_eq!(challenge(&refused).1, 4);
}

/// Two cases of one employer at once: what one of them asked for is nothing to the other.
#[rstest]
#[tokio::test]
async fn the_assertion_for_another_case_is_refused(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Asked {
        world,
        mut device,
        mut browser,
        view,
        ..
    } = asked(engine).await;
    let mut other = world.browser();
    let elsewhere = prove(&mut other, COMPANY).await;
    let signed = device.sign(&options(&elsewhere)).await;
    let refused = send(&mut browser, signed.clone()).await.unwrap();
    assert_eq!(challenge(&refused).1, 4);
    assert_ne!(options(&refused).challenge, options(&view).challenge);
    // It spent nothing of the case that it was for.
    let view = send(&mut other, signed).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
}

#[rstest]
#[tokio::test]
async fn another_employers_passkey_is_refused(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Asked {
        world,
        mut browser,
        view,
        ..
    } = asked(engine).await;
    OTHER.settle(&world, Condition::Good).await;
    let mut stranger = Device::of(&world);
    enrol(&world, &mut stranger, OTHER.number).await;
    let signed = stranger.sign(&options(&view)).await;
    let refused = send(&mut browser, signed).await.unwrap();
    assert_eq!(challenge(&refused).1, 4);
}

/// A passkey that was removed while it was asked for is none; nor is one offered any more.
#[rstest]
#[tokio::test]
async fn a_removed_passkey_is_refused(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Asked {
        world,
        mut device,
        mut browser,
        view,
        ..
    } = asked(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(
        &mut tx,
        sqlx::query("UPDATE passkeys SET removed_at = $1").bind(world.now().as_micros())
    )
    .unwrap();
    tx.commit().await.unwrap();
    let signed = device.sign(&options(&view)).await;
    let refused = send(&mut browser, signed).await.unwrap();
    assert_eq!(challenge(&refused), (None, 4));
    assert_eq!(refused.routes, [Route::Signature, Route::Counter]);
}

/// The account has another representative by now: the passkey is refused like a removed one, and none is asked for any more.
#[rstest]
#[tokio::test]
async fn a_former_representatives_passkey_is_refused(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Asked {
        world,
        mut device,
        mut browser,
        view,
        ..
    } = asked(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(
        &mut tx,
        sqlx::query("UPDATE accounts SET representative = $1").bind(OTHER.representative)
    )
    .unwrap();
    tx.commit().await.unwrap();
    let signed = device.sign(&options(&view)).await;
    let refused = send(&mut browser, signed).await.unwrap();
    assert_eq!(challenge(&refused), (None, 4));
    assert_eq!(refused.routes, [Route::Signature, Route::Counter]);
    deliver(&world).await;
    assert!(tokens(&world).is_empty());
}

/// Somebody whom the rule sent to the counter gets a passkey there, and comes back to the page.
#[rstest]
#[tokio::test]
async fn a_passkey_enrolled_meanwhile_is_asked_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = strict(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut browser = world.browser();
    let view = asked_for_more(&world, &mut browser, COMPANY, account).await;
    assert_eq!(challenge(&view), (None, 5));
    let mut device = Device::of(&world);
    enrol(&world, &mut device, COMPANY.number).await;
    let renewed = browser.call::<RenewChallenge>(&Empty {}).await.unwrap();
    let signed = device.sign(&options(&renewed)).await;
    let view = send(&mut browser, signed).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
}

#[rstest]
#[tokio::test]
async fn after_five_the_other_routes_are_left(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Asked {
        world: _world,
        mut device,
        mut browser,
        mut view,
        ..
    } = asked(engine).await;
    let first = options(&view);
    for left in (0..5).rev() {
        let signed = device.lying(Lie::Signature).sign(&options(&view)).await;
        view = send(&mut browser, signed).await.unwrap();
        let (passkey, remaining) = challenge(&view);
        assert_eq!((remaining, passkey.is_some()), (left, left > 0));
    }
    let signed = device.sign(&first).await;
    assert_eq!(
        send(&mut browser, signed).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    assert_eq!(
        browser.call::<RenewChallenge>(&Empty {}).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    let route = Route::Signature;
    let view = browser.call::<ChooseRoute>(&RouteChoice { route }).await.unwrap();
    assert!(
        matches!(view.stage, StageView::AwaitingSignature { .. }),
        "{view:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_challenge_ends_and_a_fresh_one_costs_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let Asked {
        world,
        mut device,
        mut browser,
        view,
        ..
    } = asked(engine).await;
    let old = device.sign(&options(&view)).await;
    let renewed = browser.call::<RenewChallenge>(&Empty {}).await.unwrap();
    assert_eq!(challenge(&renewed).1, 5);
    assert_ne!(options(&renewed).challenge, options(&view).challenge);
    let refused = send(&mut browser, old).await.unwrap();
    assert_eq!(challenge(&refused).1, 4, "the older one is worth nothing");

    for (left, passes) in [(Duration::ZERO, false), (TICK, true)] {
        let fresh = browser.call::<RenewChallenge>(&Empty {}).await.unwrap();
        let signed = device.sign(&options(&fresh)).await;
        world.advance(CEREMONY.saturating_sub(left));
        let view = send(&mut browser, signed).await.unwrap();
        assert_eq!(
            matches!(view.stage, StageView::Sending { .. }),
            passes,
            "{view:?}"
        );
    }
}

#[rstest]
#[tokio::test]
async fn a_case_draws_only_so_many_challenges(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Asked {
        world, mut browser, ..
    } = asked(engine).await;
    let most = world.app.policy.limits.per_identifier.count;
    assert_eq!(most, 100_000, "the limit of these worlds");
    for _ in 0..3 {
        browser.call::<RenewChallenge>(&Empty {}).await.unwrap();
    }
    let ceremonies = super::rules::rows(&world, "SELECT COUNT(*) FROM passkey_ceremonies").await;
    assert_eq!(ceremonies, 1, "one challenge a case waits for its answer");
}

/// Between the answers and the assertion the account may change: it is looked at again.
#[rstest]
#[case(Condition::Blocked, Refusal::AccountBlocked)]
#[case(Condition::Frozen, Refusal::AccountFrozen)]
#[case(Condition::NoEmail, Refusal::NoEmail)]
#[tokio::test]
async fn what_came_between_is_told_and_nothing_is_sent(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] condition: Condition,
    #[case] reason: Refusal,
) {
    let Asked {
        world,
        account,
        mut device,
        mut browser,
        view,
    } = asked(engine).await;
    if condition == Condition::NoEmail {
        lose_address(&world, account).await;
    } else {
        change_state(&world, account, condition).await;
    }
    let signed = device.sign(&options(&view)).await;
    let view = send(&mut browser, signed).await.unwrap();
    assert_eq!(view.stage, StageView::Refused { reason });
    deliver(&world).await;
    assert!(tokens(&world).is_empty());
}

/// And once more when the message is about to leave.
#[rstest]
#[case(Condition::Blocked, Refusal::AccountBlocked)]
#[case(Condition::Frozen, Refusal::AccountFrozen)]
#[case(Condition::NoEmail, Refusal::NoEmail)]
#[tokio::test]
async fn what_comes_after_the_assertion_is_told_at_the_send(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] condition: Condition,
    #[case] reason: Refusal,
) {
    let Asked {
        world,
        account,
        mut device,
        mut browser,
        view,
    } = asked(engine).await;
    let signed = device.sign(&options(&view)).await;
    send(&mut browser, signed).await.unwrap();
    if condition == Condition::NoEmail {
        lose_address(&world, account).await;
    } else {
        change_state(&world, account, condition).await;
    }
    deliver(&world).await;
    assert!(tokens(&world).is_empty());
    assert_eq!(
        current(&mut browser).await.unwrap().stage,
        StageView::Refused { reason }
    );
}

async fn lose_address(world: &World, account: AccountId) {
    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(
        &mut tx,
        sqlx::query("UPDATE accounts SET email = NULL WHERE id = $1").bind(account.as_uuid())
    )
    .unwrap();
    tx.commit().await.unwrap();
}

/// Of the same assertion sent many times at once, one moves the case.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_assertions_at_once_one_counts(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Asked {
        world,
        mut device,
        browser,
        view,
        ..
    } = asked(engine).await;
    let signed = device.sign(&options(&view)).await;
    let cookie = browser.cookie(server::recovery::COOKIE).unwrap().to_owned();
    let all = (0..8).map(|_| {
        let (mut browser, signed) = (world.browser(), signed.clone());
        browser.plant(server::recovery::COOKIE, &cookie);
        async move { send(&mut browser, signed).await }
    });
    let answers = futures_util::future::join_all(all).await;
    // Who comes while the case still stands here has spent one of five; who comes after is told so.
    for answer in answers {
        match answer {
            Ok(view) => assert!(
                matches!(view.stage, StageView::Sending { .. } | StageView::StepUp { .. }),
                "{view:?}"
            ),
            Err(problem) => assert_eq!(problem.code, ErrorCode::CaseAtOtherStage),
        }
    }
    deliver(&world).await;
    assert!(tokens(&world).len() <= 1);
    let passed = super::rules::rows(
        &world,
        "SELECT COUNT(*) FROM audit_events WHERE kind = 'passkey_asserted'",
    )
    .await;
    assert_eq!(passed, 1);
}

#[rstest]
#[tokio::test]
async fn another_browser_asserts_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let Asked {
        world,
        mut device,
        mut browser,
        view,
        ..
    } = asked(engine).await;
    let signed = device.sign(&options(&view)).await;
    let mut stranger = world.browser();
    assert_eq!(
        send(&mut stranger, signed.clone()).await.unwrap_err().code,
        ErrorCode::CaseMissing
    );
    // A case of the stranger's own that asks for nothing takes none, and spends none.
    COMPANY.identify(&mut stranger).await.unwrap();
    assert_eq!(
        send(&mut stranger, signed.clone()).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    let view = send(&mut browser, signed).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
}
