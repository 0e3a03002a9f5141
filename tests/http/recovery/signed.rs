//! Going on by a signed request that passed: what the case does then. How a request is judged is tested elsewhere.

use super::people::*;
use super::standards::standards;
use rstest::rstest;
use server::challenges::Identity;
use server::http::Failure;
use server::recovery::{Awaiting, COOKIE, Call, Signed, service};
use shared::api::ErrorCode;
use shared::captcha::Verified;
use shared::i18n::Language;
use shared::identifiers::{Branch, CaseId};
use shared::recovery::api::{Abandon, Empty, Refusal, StageView};
use shared::recovery::{CaseReference, Correction, Finding, SolvedCaptcha};
use shared::registries::Registry;
use shared::secrets::Secret;
use shared::time::Deadline;
use std::time::Duration;
use tests::verdict::valid_signature;
use tests::{Browser, Engine, World};

const TICK: Duration = Duration::from_micros(1);
const SIGNATURE: Duration = Duration::from_hours(2);

fn identity(employer: Employer) -> Identity {
    Identity {
        employer: employer.identifier(),
        branch: Branch::default(),
        representative: employer.representative.parse().unwrap(),
    }
}

/// Opens a case that waits for a signed request, as its slice does.
async fn open(world: &World, employer: Employer) -> (CaseId, Browser) {
    let solved = SolvedCaptcha::spent(Verified {
        seed: [0; 16],
        expires: Deadline::at(world.now()),
    });
    let mut tx = world.app.store.write().await.unwrap();
    let call = Call::own(world.now());
    let reference = CaseReference::from_random([7; 8]);
    let whose = (identity(employer), reference.clone());
    let opened = service::open_signed(&world.app, &mut tx, &solved, whose, Language::Es, call)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut browser = world.browser();
    browser.plant(COOKIE, opened.cookie.expose());
    let view = current(&mut browser).await.unwrap();
    assert_eq!(view.reference, reference);
    (opened.id, browser)
}

/// The case of a browser, which goes on by signature.
async fn awaits(world: &World, browser: &Browser) -> Result<Awaiting<CaseId>, ErrorCode> {
    let cookie = browser.cookie(COOKIE).map(Secret::from);
    let mut tx = world.app.store.write().await.unwrap();
    let call = Call::own(world.now());
    match service::await_signature(&world.app, &mut tx, cookie.as_ref(), call).await {
        Ok(awaiting) => {
            tx.commit().await.unwrap();
            Ok(awaiting)
        }
        Err(Failure::Problem(problem)) => Err(problem.code),
        Err(Failure::Fault(fault)) => panic!("{}", fault.chain()),
    }
}

async fn prove(world: &World, case: CaseId, finding: Finding) -> Signed {
    let mut tx = world.app.store.write().await.unwrap();
    let call = Call::own(world.now());
    let signed = service::prove_by_signature(&world.app, &mut tx, case, valid_signature(), finding, call)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    signed
}

#[rstest]
#[tokio::test]
async fn a_pass_leads_to_the_link_and_to_a_new_password(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let (case, mut browser) = open(&world, COMPANY).await;
    let view = current(&mut browser).await.unwrap();
    let deadline = Deadline::after(world.now(), SIGNATURE);
    assert_eq!(view.stage, StageView::AwaitingSignature { deadline });

    world.advance(SIGNATURE.saturating_sub(TICK));
    assert_eq!(prove(&world, case, Finding::Agreed).await, Signed::Proved);
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
    assert_eq!(
        prove(&world, case, Finding::Agreed).await,
        Signed::NotAwaited,
        "a pass counts once"
    );
    deliver(&world).await;
    reset(&mut browser, &token(&world), GOOD).await.unwrap();
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::Completed { .. }), "{view:?}");
}

#[rstest]
#[tokio::test]
async fn a_pass_at_the_deadline_or_after_it_comes_too_late(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(0, 1)] ticks: u32,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let (case, mut browser) = open(&world, COMPANY).await;
    world.advance(SIGNATURE + TICK * ticks);
    assert_eq!(prove(&world, case, Finding::Agreed).await, Signed::NotAwaited);
    assert_eq!(
        awaits(&world, &browser).await.unwrap_err(),
        ErrorCode::CaseAtOtherStage
    );
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::Ended { .. }), "{view:?}");
    deliver(&world).await;
    assert!(world.mails().is_empty());
}

#[rstest]
#[case(Condition::NoEmail, Finding::Agreed, Refusal::NoEmail)]
#[case(Condition::Blocked, Finding::Agreed, Refusal::AccountBlocked)]
#[case(Condition::Frozen, Finding::Agreed, Refusal::AccountFrozen)]
#[case(Condition::Good, Finding::Inactive, Refusal::RucInactive)]
#[case(
    Condition::Good,
    Finding::Disagreed(Correction::Appointment),
    Refusal::RecordsDisagree(Correction::Appointment)
)]
#[tokio::test]
async fn what_the_account_or_a_record_does_not_allow_is_told_after_the_pass(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] condition: Condition,
    #[case] finding: Finding,
    #[case] reason: Refusal,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, condition).await;
    let (case, mut browser) = open(&world, COMPANY).await;
    assert_eq!(prove(&world, case, finding).await, Signed::Proved);
    let view = current(&mut browser).await.unwrap();
    assert_eq!(view.stage, StageView::Refused { reason });
    deliver(&world).await;
    assert!(world.mails().is_empty());
}

#[rstest]
#[tokio::test]
async fn nobody_proves_nothing_and_nothing_is_written(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let (case, mut browser) = open(&world, UNKNOWN).await;
    let (stranger, _) = open(&world, COMPANY).await;
    let before = world.everything().await;
    assert_eq!(prove(&world, case, Finding::Agreed).await, Signed::Nobody);
    assert_eq!(prove(&world, stranger, Finding::Stranger).await, Signed::Nobody);
    assert_eq!(world.everything().await, before);
    browser.call::<Abandon>(&Empty {}).await.unwrap();
    assert_eq!(prove(&world, case, Finding::Agreed).await, Signed::NotAwaited);
}

/// Whatever a browser's case waited for, it goes on: with questions, suspended, without a registry, at a counter.
#[rstest]
#[tokio::test]
async fn the_route_is_open_from_questions_a_suspension_and_an_outage_and_a_pass_ends_there(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut asked = world.browser();
    COMPANY.identify(&mut asked).await.unwrap();
    let mut suspended = world.browser();
    let case = COMPANY.identify(&mut suspended).await.unwrap();
    for _ in 0..3 {
        answer(&mut suspended, &wrong(&questions(&case))).await.unwrap();
    }
    let view = current(&mut suspended).await.unwrap();
    assert!(matches!(view.stage, StageView::Suspended { .. }), "{view:?}");
    world.registries.fail(Registry::Sri);
    let mut waiting = world.browser();
    COMPANY.identify(&mut waiting).await.unwrap();

    for browser in [&mut asked, &mut suspended, &mut waiting] {
        let awaiting = awaits(&world, browser).await.unwrap();
        let deadline = Deadline::after(world.now(), SIGNATURE);
        assert_eq!(awaiting.deadline, deadline);
        assert_eq!(awaiting.identity, identity(COMPANY));
        let view = current(browser).await.unwrap();
        assert_eq!(view.stage, StageView::AwaitingSignature { deadline });

        // Asked for again it is the same, and gets no more time.
        world.advance(Duration::from_mins(10));
        assert_eq!(awaits(&world, browser).await.unwrap().deadline, deadline);
        assert_eq!(prove(&world, awaiting.id, Finding::Agreed).await, Signed::Proved);
        let view = current(browser).await.unwrap();
        assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
        assert_eq!(
            awaits(&world, browser).await.unwrap_err(),
            ErrorCode::CaseAtOtherStage
        );
    }
}

#[rstest]
#[tokio::test]
async fn without_questions_the_case_waits_already_and_knows_its_account_with_the_pass(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = standards(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let view = COMPANY.identify(&mut browser).await.unwrap();
    let opened = world.now();
    world.advance(Duration::from_mins(100));
    let awaiting = awaits(&world, &browser).await.unwrap();
    assert_eq!(awaiting.deadline, Deadline::after(opened, SIGNATURE));
    assert_eq!(current(&mut browser).await.unwrap().stage, view.stage);
    assert_eq!(prove(&world, awaiting.id, Finding::Agreed).await, Signed::Proved);
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
    deliver(&world).await;
    assert_eq!(tokens(&world).len(), 1);
}

/// Right answers were not enough; a signature is, and asks for nothing more.
#[rstest]
#[tokio::test]
async fn a_step_up_that_goes_on_by_signature_ends_in_the_link(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = with(engine, |policy| {
        policy.step_up.many_workers.enabled = true;
        policy.step_up.many_workers.more_than = 1;
    })
    .await;
    COMPANY.settle(&world, Condition::Good).await;
    COMPANY.employ(&world, 600);
    let mut browser = world.browser();
    let case = COMPANY.identify(&mut browser).await.unwrap();
    let view = answer(&mut browser, &right(&questions(&case))).await.unwrap();
    assert!(matches!(view.stage, StageView::StepUp { .. }), "{view:?}");
    let awaiting = awaits(&world, &browser).await.unwrap();
    assert_eq!(prove(&world, awaiting.id, Finding::Agreed).await, Signed::Proved);
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, StageView::Sending { .. }), "{view:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_passes_at_once_one_counts(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    for _ in 0..10 {
        let (case, _) = open(&world, COMPANY).await;
        let (one, two) = tokio::join!(
            prove(&world, case, Finding::Agreed),
            prove(&world, case, Finding::Agreed)
        );
        assert!([one, two].contains(&Signed::Proved), "{one:?} {two:?}");
        assert!([one, two].contains(&Signed::NotAwaited), "{one:?} {two:?}");
    }
}
