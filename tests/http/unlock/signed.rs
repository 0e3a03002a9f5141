//! Unblocking by a signed request that passed. How a request is judged is tested elsewhere.

use super::people::*;
use crate::recovery::people::{COMPANY, Condition, Employer, UNKNOWN};
use rstest::rstest;
use server::challenges::Identity;
use server::http::Failure;
use server::recovery::{Awaiting, Signed};
use server::unlock::{COOKIE, Call, service};
use shared::api::ErrorCode;
use shared::captcha::Verified;
use shared::i18n::Language;
use shared::identifiers::{Branch, UnlockId};
use shared::notifications::Channel;
use shared::recovery::{CaseReference, Finding, SolvedCaptcha};
use shared::secrets::Secret;
use shared::time::Deadline;
use shared::unlock::UnlockRefusal;
use shared::unlock::api::UnlockStageView;
use std::time::Duration;
use tests::verdict::valid_signature;
use tests::{Browser, Engine, World};

const SIGNATURE: Duration = Duration::from_hours(2);

async fn open_signed(world: &World, employer: Employer) -> (UnlockId, Browser) {
    let solved = SolvedCaptcha::spent(Verified {
        seed: [0; 16],
        expires: Deadline::at(world.now()),
    });
    let reference = CaseReference::from_random([7; 8]);
    let identity = Identity {
        employer: employer.identifier(),
        branch: Branch::default(),
        representative: employer.representative.parse().unwrap(),
    };
    let whose = (identity, reference.clone());
    let mut tx = world.app.store.write().await.unwrap();
    let call = Call::own(world.now());
    let opened = service::open_signed(&world.app, &mut tx, &solved, whose, Language::Es, call)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut browser = world.browser();
    browser.plant(COOKIE, opened.cookie.expose());
    assert_eq!(current(&mut browser).await.unwrap().reference, reference);
    (opened.id, browser)
}

async fn awaits(world: &World, browser: &Browser) -> Result<Awaiting<UnlockId>, ErrorCode> {
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

async fn prove(world: &World, case: UnlockId, finding: Finding) -> Signed {
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
async fn a_pass_leads_to_the_channel_and_to_an_open_account(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, _) = blocked(engine).await;
    let (case, mut browser) = open_signed(&world, COMPANY).await;
    let view = current(&mut browser).await.unwrap();
    let deadline = Deadline::after(world.now(), SIGNATURE);
    assert_eq!(view.stage, UnlockStageView::AwaitingSignature { deadline });
    world.advance(SIGNATURE.saturating_sub(TICK));
    assert_eq!(prove(&world, case, Finding::Agreed).await, Signed::Proved);
    assert_eq!(prove(&world, case, Finding::Agreed).await, Signed::NotAwaited);
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, UnlockStageView::Channel { .. }), "{view:?}");
    choose(&mut browser, Channel::Email).await.unwrap();
    crate::recovery::people::deliver(&world).await;
    let link = by_mail(&world).remove(0);
    confirm(&mut browser, &link).await.unwrap();
    let view = current(&mut browser).await.unwrap();
    assert!(
        matches!(view.stage, UnlockStageView::Unblocked { .. }),
        "{view:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_pass_at_the_deadline_or_after_it_comes_too_late(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(0, 1)] ticks: u32,
) {
    let (world, _) = blocked(engine).await;
    let (case, browser) = open_signed(&world, COMPANY).await;
    world.advance(SIGNATURE + TICK * ticks);
    assert_eq!(prove(&world, case, Finding::Agreed).await, Signed::NotAwaited);
    assert_eq!(
        awaits(&world, &browser).await.unwrap_err(),
        ErrorCode::CaseAtOtherStage
    );
}

#[rstest]
#[case(Condition::Good, Finding::Agreed, UnlockRefusal::NotBlocked)]
#[case(Condition::Frozen, Finding::Agreed, UnlockRefusal::AccountFrozen)]
#[case(Condition::Blocked, Finding::Inactive, UnlockRefusal::RucInactive)]
#[tokio::test]
async fn what_the_account_or_a_record_does_not_allow_is_told_after_the_pass(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] condition: Condition,
    #[case] finding: Finding,
    #[case] reason: UnlockRefusal,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, condition).await;
    let (case, mut browser) = open_signed(&world, COMPANY).await;
    assert_eq!(prove(&world, case, finding).await, Signed::Proved);
    let view = current(&mut browser).await.unwrap();
    assert_eq!(view.stage, UnlockStageView::Refused { reason });
}

#[rstest]
#[tokio::test]
async fn nobody_proves_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, _) = blocked(engine).await;
    let (unknown, _) = open_signed(&world, UNKNOWN).await;
    let (stranger, _) = open_signed(&world, COMPANY).await;
    let before = world.everything().await;
    assert_eq!(prove(&world, unknown, Finding::Agreed).await, Signed::Nobody);
    assert_eq!(prove(&world, stranger, Finding::Stranger).await, Signed::Nobody);
    assert_eq!(world.everything().await, before);
}

/// A case that asked for a passkey goes on by signature, and its challenge is forgotten.
#[rstest]
#[tokio::test]
async fn whoever_has_no_passkey_goes_on_by_signature(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, _) = blocked(engine).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser).await.unwrap();
    let awaiting = awaits(&world, &browser).await.unwrap();
    let deadline = Deadline::after(world.now(), SIGNATURE);
    assert_eq!(awaiting.deadline, deadline);
    world.advance(Duration::from_mins(1));
    assert_eq!(awaits(&world, &browser).await.unwrap().deadline, deadline);
    let view = current(&mut browser).await.unwrap();
    assert_eq!(view.stage, UnlockStageView::AwaitingSignature { deadline });
    assert_eq!(prove(&world, awaiting.id, Finding::Agreed).await, Signed::Proved);
    let view = current(&mut browser).await.unwrap();
    assert!(matches!(view.stage, UnlockStageView::Channel { .. }), "{view:?}");
}
