//! Guessing: what is counted, who is blocked by it, and who is not.

use super::people::*;
use rstest::rstest;
use server::accounts::State;
use server::sessions::{Caller, Cookies, DEVICE_COOKIE, service};
use shared::api::ErrorCode;
use shared::secrets::Secret;
use shared::sessions::Device;
use shared::sessions::api::AccountState;
use std::time::Duration;
use tests::{Browser, Engine, World};

async fn code(employer: Employer, browser: &mut Browser, password: &str) -> Result<(), ErrorCode> {
    employer
        .sign_in(browser, password)
        .await
        .map(drop)
        .map_err(|problem| problem.code)
}

#[rstest]
#[tokio::test]
async fn the_fifth_failure_blocks_and_the_owner_is_told_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    COMPANY.strangers_fail(&world, 4).await;
    assert_eq!(load(&world, id).await.state, State::Active);
    assert!(mails(&world).await.is_empty());
    COMPANY.strangers_fail(&world, 1).await;
    let at = world.now();
    assert_eq!(load(&world, id).await.state, State::Blocked { at });
    assert_eq!(mails(&world).await, ["Su cuenta de empleador se bloqueó"]);
    assert!(world.mails()[0].text.contains("/desbloquear"));
    // Within the window nothing is compared any more; after it, blocked is told to whoever knows the password.
    assert_eq!(
        code(COMPANY, &mut world.browser(), RIGHT).await,
        Err(ErrorCode::SignInRefused)
    );
    world.advance(Duration::from_mins(15));
    assert_eq!(
        code(COMPANY, &mut world.browser(), RIGHT).await,
        Err(ErrorCode::SignInBlocked)
    );
    COMPANY.strangers_fail(&world, 5).await;
    assert_eq!(mails(&world).await.len(), 1);
    assert_eq!(load(&world, id).await.state, State::Blocked { at });
    assert_eq!(events(&world, "account_blocked").await, 1);
    server::audit::service::seal_all(&world.app).await.unwrap();
}

#[rstest]
#[case(TICK, true)]
#[case(Duration::ZERO, false)]
#[tokio::test]
async fn a_failure_counts_until_its_last_tick(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] before: Duration,
    #[case] blocked: bool,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    COMPANY.strangers_fail(&world, 4).await;
    world.advance(Duration::from_mins(15).saturating_sub(before));
    COMPANY.strangers_fail(&world, 1).await;
    let state = load(&world, id).await.state;
    assert_eq!(matches!(state, State::Blocked { .. }), blocked, "{state:?}");
}

#[rstest]
#[tokio::test]
async fn a_right_password_costs_nothing_and_forgives_strangers_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    for _ in 0..7 {
        COMPANY.known(&world).await;
    }
    COMPANY.strangers_fail(&world, 4).await;
    COMPANY.known(&world).await;
    assert_eq!(load(&world, id).await.state, State::Active);
    COMPANY.strangers_fail(&world, 1).await;
    assert!(matches!(load(&world, id).await.state, State::Blocked { .. }));
}

#[rstest]
#[tokio::test]
async fn a_stranger_keeps_no_known_device_out(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let mut open = COMPANY.known(&world).await;
    let mut closed = COMPANY.known(&world).await;
    sign_out(&mut closed).await;
    COMPANY.strangers_fail(&world, 5).await;
    assert_eq!(
        current(&mut open).await.unwrap().state,
        AccountState::Blocked,
        "an open session stays open, and says how the account stands"
    );
    let view = COMPANY.sign_in(&mut closed, RIGHT).await.unwrap();
    assert_eq!(view.state, AccountState::Blocked);
    world.advance(Duration::from_mins(15));
    assert_eq!(
        code(COMPANY, &mut world.browser(), RIGHT).await,
        Err(ErrorCode::SignInBlocked)
    );
    // Typing errors of its own are its own.
    for _ in 0..4 {
        assert_eq!(
            code(COMPANY, &mut closed, WRONG).await,
            Err(ErrorCode::SignInRefused)
        );
    }
    assert_eq!(code(COMPANY, &mut closed, RIGHT).await, Ok(()));
    for _ in 0..4 {
        assert_eq!(
            code(COMPANY, &mut closed, WRONG).await,
            Err(ErrorCode::SignInRefused)
        );
    }
    assert_eq!(code(COMPANY, &mut closed, RIGHT).await, Ok(()));
}

#[rstest]
#[tokio::test]
async fn a_known_device_that_guesses_is_forgotten_and_blocks(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    let mut stolen = COMPANY.known(&world).await;
    let mut owners = COMPANY.known(&world).await;
    let mut guessing = world.browser();
    guessing.plant(DEVICE_COOKIE, stolen.cookie(DEVICE_COOKIE).unwrap());
    for _ in 0..4 {
        assert_eq!(
            code(COMPANY, &mut guessing, WRONG).await,
            Err(ErrorCode::SignInRefused)
        );
    }
    assert!(current(&mut stolen).await.is_ok());
    assert_eq!(
        code(COMPANY, &mut guessing, WRONG).await,
        Err(ErrorCode::SignInRefused)
    );
    assert!(matches!(load(&world, id).await.state, State::Blocked { .. }));
    assert_eq!(current(&mut stolen).await, Err(ErrorCode::SessionMissing));
    assert_eq!(
        code(COMPANY, &mut stolen, RIGHT).await,
        Err(ErrorCode::SignInBlocked),
        "it is a stranger now"
    );
    assert!(current(&mut owners).await.is_ok());
    assert_eq!(code(COMPANY, &mut owners, RIGHT).await, Ok(()));
    assert_eq!(events(&world, "device_forgotten").await, 1);
    assert_eq!(mails(&world).await.len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_device_is_known_to_its_account_only_and_for_its_time(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let company = COMPANY.settle(&world).await;
    OTHER.settle(&world).await;
    let mut browser = COMPANY.known(&world).await;
    let device = browser.cookie(DEVICE_COOKIE).unwrap().to_owned();
    // One browser, one token, whichever account; what it may is each account's own.
    OTHER.sign_in(&mut browser, RIGHT).await.unwrap();
    assert_eq!(browser.cookie(DEVICE_COOKIE), Some(device.as_str()));
    let mut others = OTHER.known(&world).await;
    block(&world, company).await;
    assert_eq!(
        code(COMPANY, &mut others, RIGHT).await,
        Err(ErrorCode::SignInBlocked)
    );

    world.advance(Duration::from_hours(24 * 400).saturating_sub(TICK));
    assert_eq!(
        code(COMPANY, &mut browser, RIGHT).await,
        Ok(()),
        "known anew for 400 days"
    );
    world.advance(Duration::from_hours(24 * 400));
    assert_eq!(
        code(COMPANY, &mut browser, RIGHT).await,
        Err(ErrorCode::SignInBlocked)
    );
    service::purge(&world.app, world.now()).await.unwrap();
    assert_eq!(
        code(COMPANY, &mut browser, RIGHT).await,
        Err(ErrorCode::SignInBlocked)
    );
}

#[rstest]
#[tokio::test]
async fn a_device_cookie_that_we_did_not_make_is_replaced(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world).await;
    let planted = "A".repeat(43);
    let mut browser = world.browser();
    browser.plant(DEVICE_COOKIE, &planted);
    COMPANY.sign_in(&mut browser, RIGHT).await.unwrap();
    assert_ne!(browser.cookie(DEVICE_COOKIE), Some(planted.as_str()));
    for text in ["", "x", "%00", planted.as_str()] {
        let mut browser = world.browser();
        browser.plant(DEVICE_COOKIE, text);
        assert_eq!(code(COMPANY, &mut browser, RIGHT).await, Ok(()), "{text:?}");
    }
}

/// Signs in on a node, as one of many strangers.
async fn stranger(app: &server::app::App, number: u16, password: &str) -> Result<(), ErrorCode> {
    let [high, low] = number.to_be_bytes();
    let caller = Caller {
        at: app.clock.now(),
        source: server::http::Source::new([198, 51, high, low].into()),
        device: Device::UNKNOWN,
    };
    let asked = COMPANY.credentials(password);
    match service::sign_in(app, asked, Cookies::default(), caller).await {
        Ok(_) => Ok(()),
        Err(server::http::Failure::Problem(problem)) => Err(problem.code),
        Err(server::http::Failure::Fault(fault)) => panic!("{}", fault.chain()),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_at_once_on_two_nodes_exactly_five_are_compared_and_one_block_is_written(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for already in [0, 3, 4] {
        let world = world(engine).await;
        let id = COMPANY.settle(&world).await;
        let node = world.node(2).await;
        COMPANY.strangers_fail(&world, already).await;
        let all = futures_util::future::join_all((0..40).map(|number| {
            let app = if number % 2 == 0 { &world.app } else { &node };
            stranger(app, number, WRONG)
        }))
        .await;
        assert!(all.iter().all(|answer| *answer == Err(ErrorCode::SignInRefused)));
        assert_eq!(events(&world, "sign_in_failed").await, 5);
        assert_eq!(events(&world, "account_blocked").await, 1);
        assert!(matches!(load(&world, id).await.state, State::Blocked { .. }));
        assert_eq!(mails(&world).await.len(), 1);
        server::audit::service::seal_all(&world.app).await.unwrap();
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn right_ones_among_wrong_ones_block_nothing_before_five_failed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    COMPANY.strangers_fail(&world, 3).await;
    for round in 0..10 {
        let (right, wrong) = (Secret::from(RIGHT), Secret::from(WRONG));
        let one = stranger(&world.app, round, right.expose());
        if round == 0 {
            // The fourth failure, together with a right one that takes the fifth slot.
            let (one, other) = tokio::join!(one, stranger(&world.app, 1000, wrong.expose()));
            assert_eq!((one, other), (Ok(()), Err(ErrorCode::SignInRefused)));
        } else {
            assert_eq!(one.await, Ok(()));
        }
        assert_eq!(load(&world, id).await.state, State::Active);
    }
    assert_eq!(events(&world, "sign_in_failed").await, 4);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_strangers_at_once_keep_no_known_device_out(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| policy.limits.sign_ins_per_account.count = 30).await;
    let id = COMPANY.settle(&world).await;
    let mut known = COMPANY.known(&world).await;
    let mut session = COMPANY.known(&world).await;
    let storm = futures_util::future::join_all((0..500).map(|number| stranger(&world.app, number, WRONG)));
    let (storm, during) = tokio::join!(storm, code(COMPANY, &mut known, RIGHT));
    assert_eq!(during, Ok(()), "also while it lasts");
    assert!(
        storm
            .iter()
            .all(|answer| matches!(answer, Err(ErrorCode::SignInRefused | ErrorCode::RateLimited)))
    );
    assert!(matches!(load(&world, id).await.state, State::Blocked { .. }));
    assert_eq!(code(COMPANY, &mut known, RIGHT).await, Ok(()));
    assert!(current(&mut session).await.is_ok());
    assert_eq!(
        (events(&world, "account_blocked").await, mails(&world).await.len()),
        (1, 1)
    );
    assert_eq!(
        events(&world, "sign_in_failed").await,
        5,
        "what is not compared cannot be guessed"
    );
}

#[rstest]
#[tokio::test]
async fn a_server_that_died_while_it_compared_has_spent_the_attempt(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let id = COMPANY.settle(&world).await;
    COMPANY.strangers_fail(&world, 4).await;
    // What a crash between counting and comparing leaves behind.
    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(
        &mut tx,
        sqlx::query(
            "INSERT INTO sign_in_attempts (counter, slot, at, taken_by) \
             SELECT counter, 5, at, taken_by FROM sign_in_attempts WHERE slot = 4"
        )
    )
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        code(COMPANY, &mut world.browser(), RIGHT).await,
        Err(ErrorCode::SignInRefused)
    );
    assert_eq!(
        load(&world, id).await.state,
        State::Active,
        "nobody failed five times"
    );
    world.advance(Duration::from_mins(15));
    assert_eq!(code(COMPANY, &mut world.browser(), RIGHT).await, Ok(()));
}

#[rstest]
#[tokio::test]
async fn requests_are_limited_by_source_and_by_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world: World = with(engine, |policy| {
        policy.limits.sign_ins_per_source.count = 3;
        policy.limits.sign_ins_per_account.count = 4;
    })
    .await;
    COMPANY.settle(&world).await;
    let mut known = COMPANY.known(&world).await;
    let mut browser = world.browser().at("203.0.113.9");
    for _ in 0..3 {
        assert_eq!(
            code(UNKNOWN, &mut browser, WRONG).await,
            Err(ErrorCode::SignInRefused)
        );
    }
    assert_eq!(
        code(OTHER, &mut browser, WRONG).await,
        Err(ErrorCode::RateLimited),
        "the source"
    );
    for number in 1..=3 {
        let mut stranger = world.browser().at(&format!("203.0.{number}.1"));
        assert_eq!(
            code(COMPANY, &mut stranger, WRONG).await,
            Err(ErrorCode::SignInRefused)
        );
    }
    let mut stranger = world.browser().at("203.0.9.1");
    assert_eq!(
        code(COMPANY, &mut stranger, WRONG).await,
        Err(ErrorCode::RateLimited),
        "the account"
    );
    assert_eq!(
        code(COMPANY, &mut known, RIGHT).await,
        Ok(()),
        "a known device has its own"
    );
    world.advance(Duration::from_mins(15));
    assert_eq!(
        code(COMPANY, &mut stranger, WRONG).await,
        Err(ErrorCode::SignInRefused)
    );
}
