//! The whole way, and the ways that end with a reason.

use super::people::*;
use rstest::rstest;
use server::accounts::service as accounts;
use server::hexadecimal::Hexadecimal;
use shared::api::ErrorCode;
use shared::notifications::Delivery;
use shared::recovery::api::{Abandon, Empty, Refusal, Resume, StageView};
use shared::registries::Registry;
use shared::time::Deadline;
use std::time::Duration;
use tests::{Engine, World};

#[rstest]
#[tokio::test]
async fn an_employer_gets_a_new_password(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    for employer in [COMPANY, PUBLIC, NATURAL, HOUSEHOLD] {
        let world = world(engine).await;
        let account = employer.settle(&world, Condition::Good).await.unwrap();
        let mut browser = world.browser();
        let case = employer.identify(&mut browser).await.unwrap();
        let asked = questions(&case);
        assert_eq!(asked.len(), 3, "{employer:?}");

        let view = answer(&mut browser, &right(&asked)).await.unwrap();
        let StageView::Sending {
            address,
            delivery,
            deadline,
        } = view.stage
        else {
            panic!("{view:?}")
        };
        assert_eq!(address.masked(), "ma•••@em•••.example");
        assert_eq!(delivery, Delivery::Queued);
        assert_eq!(deadline, Deadline::after(world.now(), Duration::from_mins(15)));
        assert!(world.mails().is_empty(), "no message leaves inside a request");

        world.advance(Duration::from_secs(2));
        deliver(&world).await;
        let view = current(&mut browser).await.unwrap();
        let StageView::LinkSent { deadline, total, .. } = view.stage else {
            panic!("{view:?}")
        };
        assert_eq!(
            (deadline, total),
            (Deadline::after(world.now(), Duration::from_mins(3)), 180)
        );

        // The link opens in another browser.
        let mut other = world.browser();
        let token = token(&world);
        let link = inspect(&mut other, &token).await.unwrap();
        assert_eq!(link.reference, case.reference);
        assert_eq!(link.employer, employer.identifier().masked());
        assert!(!link.must_redeem);
        let done = reset(&mut other, &token, GOOD).await.unwrap();
        assert_eq!((done.reference, done.at), (case.reference.clone(), world.now()));

        let view = current(&mut browser).await.unwrap();
        let (at, linked) = (world.now(), Vec::new());
        assert_eq!(view.stage, StageView::Completed { at, linked });
        let mut tx = world.app.store.read().await.unwrap();
        let account = accounts::by_id(&mut tx, account).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(account.password_set_at, Some(world.now()));
        assert_eq!(account.sessions_ended_at, Some(world.now()));
        deliver(&world).await;
        assert_eq!(world.mails().len(), 2, "the owner is told of the new password");
    }
}

#[rstest]
#[case(Condition::NoEmail, Refusal::NoEmail)]
#[case(Condition::Blocked, Refusal::AccountBlocked)]
#[case(Condition::Frozen, Refusal::AccountFrozen)]
#[case(Condition::Inactive, Refusal::RucInactive)]
#[tokio::test]
async fn a_reason_is_told_after_the_proof_and_nothing_is_sent(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] condition: Condition,
    #[case] reason: Refusal,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, condition).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
    assert_eq!(view.stage, StageView::Refused { reason });
    assert_eq!(
        current(&mut browser).await.unwrap().stage,
        StageView::Refused { reason }
    );
    deliver(&world).await;
    assert!(world.mails().is_empty());
}

#[rstest]
#[tokio::test]
async fn without_the_proof_no_reason_is_told(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    for condition in [
        Condition::NoEmail,
        Condition::Blocked,
        Condition::Frozen,
        Condition::Inactive,
        Condition::NoAccount,
    ] {
        let world = world(engine).await;
        COMPANY.settle(&world, condition).await;
        let mut browser = world.browser();
        let case = COMPANY.identify(&mut browser).await.unwrap();
        let view = answer(&mut browser, &wrong(&questions(&case))).await.unwrap();
        let StageView::Questions {
            failures,
            attempts_left,
            ..
        } = view.stage
        else {
            panic!("{condition:?} {view:?}")
        };
        assert_eq!((failures, attempts_left), (1, 2));
    }
}

#[rstest]
#[tokio::test]
async fn a_registry_that_does_not_answer_costs_nothing_and_is_asked_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    for registry in Registry::ALL {
        let world = world(engine).await;
        COMPANY.settle(&world, Condition::Good).await;
        world.registries.fail(*registry);
        for employer in [COMPANY, UNKNOWN] {
            let mut browser = world.browser();
            let view = employer.identify(&mut browser).await.unwrap();
            let retry_at = world.now().after(Duration::from_hours(1));
            assert_eq!(
                view.stage,
                StageView::RegistryUnavailable {
                    registry: *registry,
                    retry_at
                }
            );
            let again = browser.call::<Resume>(&Empty {}).await.unwrap();
            assert_eq!(again.stage, view.stage);
        }
        let mut browser = world.browser();
        COMPANY.identify(&mut browser).await.unwrap();
        world.advance(Duration::from_hours(1));
        world.registries.recover(*registry);
        let case = browser.call::<Resume>(&Empty {}).await.unwrap();
        let StageView::Questions { failures, .. } = &case.stage else {
            panic!("{case:?}")
        };
        assert_eq!(*failures, 0);
        let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
        assert!(matches!(view.stage, StageView::Sending { .. }));
    }
}

#[rstest]
#[tokio::test]
async fn the_set_is_the_same_for_a_day(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    for employer in [COMPANY, UNKNOWN] {
        let world = world(engine).await;
        COMPANY.settle(&world, Condition::Good).await;
        let first = questions(&employer.identify(&mut world.browser()).await.unwrap());
        for _ in 0..5 {
            world.advance(Duration::from_hours(4));
            assert_eq!(
                questions(&employer.identify(&mut world.browser()).await.unwrap()),
                first
            );
        }
        world.advance(Duration::from_hours(4).saturating_sub(Duration::from_micros(1)));
        assert_eq!(
            questions(&employer.identify(&mut world.browser()).await.unwrap()),
            first
        );
        // From the next tick on another draw is made; with another seed it differs in one of a few tries.
        world.advance(Duration::from_micros(1));
        let mut differs = false;
        for _ in 0..10 {
            differs |= questions(&employer.identify(&mut world.browser()).await.unwrap()) != first;
            world.advance(Duration::from_hours(24));
        }
        assert!(differs, "{employer:?}");
    }
}

#[rstest]
#[tokio::test]
async fn an_abandoned_case_is_over_and_its_link_is_dead(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    browser.call::<Abandon>(&Empty {}).await.unwrap();
    assert_eq!(
        current(&mut browser).await.unwrap_err().code,
        ErrorCode::CaseMissing,
        "the cookie is forgotten"
    );
    assert_eq!(
        reset(&mut browser, &token, GOOD).await.unwrap_err().code,
        ErrorCode::LinkExpired
    );
}

#[rstest]
#[tokio::test]
async fn deadlines_take_effect_at_once_and_are_written_down_later(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    world.advance(Duration::from_mins(30));
    let ended = StageView::Ended {
        ending: shared::recovery::Ending::Lapsed,
    };
    assert_eq!(current(&mut browser).await.unwrap().stage, ended);
    let late = answer(&mut browser, &right(&questions(&case))).await.unwrap_err();
    assert_eq!(late.code, ErrorCode::CaseAtOtherStage);
    assert_eq!(server::recovery::job::lapse(&world.app).await.unwrap(), 1);
    assert_eq!(server::recovery::job::lapse(&world.app).await.unwrap(), 0);
    assert_eq!(current(&mut browser).await.unwrap().stage, ended);
    world.advance(Duration::from_hours(24 * 31));
    server::recovery::job::purge(&world.app).await.unwrap();
    assert_eq!(
        current(&mut browser).await.unwrap_err().code,
        ErrorCode::CaseMissing
    );
}

#[rstest]
#[tokio::test]
async fn every_step_is_in_the_audit_log_and_the_log_verifies(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    reset(&mut browser, &token, GOOD).await.unwrap();
    assert_eq!(
        kinds(&world).await,
        [
            "attempt_counted",
            "case_opened",
            "identity_proved",
            "attempt_released",
            "links_replaced",
            "message_queued",
            "link_made",
            "freeze_link_made",
            "links_replaced",
            "link_opened",
            "link_accepted",
            "clock_started",
            "case_completed",
            "link_consumed",
            "password_set",
            "sessions_ended",
            "message_queued",
        ]
        .map(str::to_owned)
        .into_iter()
        .collect::<std::collections::BTreeSet<_>>()
    );
    server::audit::service::seal_all(&world.app).await.unwrap();
    assert!(
        server::audit::service::verify(&world.app, &[])
            .await
            .unwrap()
            .findings
            .is_empty()
    );
}

async fn kinds(world: &World) -> std::collections::BTreeSet<String> {
    let mut tx = world.app.store.read().await.unwrap();
    let rows: Vec<(String,)> = server::on!(&mut tx, |conn| sqlx::query_as("SELECT kind FROM audit_events")
        .fetch_all(conn))
    .unwrap();
    rows.into_iter().map(|(kind,)| kind).collect()
}

#[rstest]
#[tokio::test]
async fn no_row_holds_a_token_or_an_answer(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let token = COMPANY.reach_link(&world, &mut browser).await;
    let rows = world.everything().await;
    let cookie = browser.cookie("__Host-clavero-case").unwrap();
    for secret in [token.token.expose().as_str(), cookie] {
        assert!(!rows.contains(secret));
        let bytes = base64_bytes(secret);
        assert!(!rows.to_lowercase().contains(&Hexadecimal(&bytes).to_string()));
    }
    reset(&mut browser, &token, GOOD).await.unwrap();
    assert!(!world.everything().await.contains(GOOD));
}

fn base64_bytes(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(text)
        .unwrap()
}
