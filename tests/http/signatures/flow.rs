//! The whole way, for each purpose and each outcome.

use super::people::*;
use rstest::rstest;
use server::notary::{NotExamined, no_opinion};
use shared::api::ErrorCode;
use shared::recovery::api::{CurrentCase, StageView};
use shared::recovery::{Ending, Refusal, Route};
use shared::registries::Registry;
use shared::signatures::Purpose;
use shared::signatures::api::{
    AbandonSignature, Check, Continued, CurrentSignature, Empty, Finding, Next, Outcome, Reason,
    SignatureStageView,
};
use shared::time::Deadline;
use shared::unlock::api::{CurrentUnlock, UnlockStageView};
use std::time::Duration;
use tests::Engine;

#[rstest]
#[tokio::test]
async fn a_signed_request_recovers(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    use crate::recovery::people::{GOOD, reset, token};
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let opened = open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let issued = SignatureStageView::Issued {
        deadline: Deadline::after(world.now(), LIFE),
        uploads_left: 5,
    };
    assert_eq!((opened.stage, opened.verdict), (issued, None));
    let waiting = browser.call::<CurrentCase>(&()).await.unwrap();
    assert!(
        matches!(waiting.stage, StageView::AwaitingSignature { .. }),
        "{waiting:?}"
    );
    assert_eq!(waiting.reference, opened.reference);

    let view = sign(&mut browser).await.unwrap();
    assert_eq!(next(&view), Next::Recovery);
    assert_eq!(view.verdict.unwrap().outcome, Outcome::TotalPassed);
    let sending = browser.call::<CurrentCase>(&()).await.unwrap();
    assert!(matches!(sending.stage, StageView::Sending { .. }), "{sending:?}");
    deliver(&world).await;
    reset(&mut browser, &token(&world), GOOD).await.unwrap();

    for (kind, times) in [
        ("signature_opened", 1),
        ("request_issued", 1),
        ("signature_uploaded", 1),
        ("signature_judged", 1),
        ("request_used", 1),
        ("identity_proved", 1),
    ] {
        assert_eq!(audited(&world, kind).await, times, "{kind}");
    }
    assert_eq!(rows(&world, "SELECT COUNT(*) FROM signature_evidence").await, 1);
    assert_eq!(rows(&world, "SELECT COUNT(*) FROM documents").await, 3);
}

#[rstest]
#[tokio::test]
async fn a_signed_request_leads_an_unlocking_on(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Blocked).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Unlock).await.unwrap();
    let view = sign(&mut browser).await.unwrap();
    assert_eq!(next(&view), Next::Unlock);
    let view = browser.call::<CurrentUnlock>(&()).await.unwrap();
    assert!(matches!(view.stage, UnlockStageView::Channel { .. }), "{view:?}");
}

#[rstest]
#[case(purposes()[2].clone())]
#[case(purposes()[3].clone())]
#[tokio::test]
async fn a_signed_request_holds_a_contact(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] purpose: Purpose,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let opened = open(COMPANY, &mut browser, purpose.clone()).await.unwrap();
    assert_eq!(opened.contact, purpose.masked());
    let view = sign(&mut browser).await.unwrap();
    let until = Deadline::after(world.now(), Duration::from_hours(24));
    assert_eq!(next(&view), Next::Held { until });
    assert_eq!(current(&mut browser).await.stage, view.stage);
    deliver(&world).await;
    let mails = world.mails();
    assert_eq!(
        mails.len(),
        1,
        "the old address is told, and the new one is not yet"
    );
    assert!(mails[0].text.contains("/contacto/cancelar#"), "{}", mails[0].text);
}

#[rstest]
#[tokio::test]
async fn a_frozen_account_changes_no_contact_and_recovers_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Frozen).await;
    for purpose in &purposes()[2..] {
        let mut browser = world.browser();
        open(COMPANY, &mut browser, purpose.clone()).await.unwrap();
        assert_eq!(next(&sign(&mut browser).await.unwrap()), Next::Frozen);
    }
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    assert_eq!(next(&sign(&mut browser).await.unwrap()), Next::Recovery);
    let view = browser.call::<CurrentCase>(&()).await.unwrap();
    assert!(matches!(view.stage, StageView::Refused { .. }), "{view:?}");
    deliver(&world).await;
    assert_eq!(world.mails().len(), 0);
}

#[rstest]
#[tokio::test]
async fn a_case_that_exists_goes_on_by_signature(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    let none = go_on(&mut browser, Continued::Recovery).await.unwrap_err();
    assert_eq!(none.code, ErrorCode::CaseMissing);
    // Where no other route is offered, nothing is issued.
    COMPANY.identify(&mut browser).await.unwrap();
    let case = browser.call::<CurrentCase>(&()).await.unwrap();
    if !case.routes.contains(&Route::Signature) {
        let closed = go_on(&mut browser, Continued::Recovery).await.unwrap_err();
        assert_eq!(closed.code, ErrorCode::CaseAtOtherStage);
        assert_eq!(rows(&world, "SELECT COUNT(*) FROM signature_cases").await, 0);
    }
    // An unlocking offers it from the beginning.
    crate::unlock::people::open(COMPANY, &mut browser).await.unwrap();
    let issued = go_on(&mut browser, Continued::Unlock).await.unwrap();
    let unlock = browser.call::<CurrentUnlock>(&()).await.unwrap();
    assert_eq!(unlock.reference, issued.reference);
    assert!(
        matches!(unlock.stage, UnlockStageView::AwaitingSignature { .. }),
        "{unlock:?}"
    );
    assert_eq!(next(&sign(&mut browser).await.unwrap()), Next::Unlock);
}

#[rstest]
#[tokio::test]
async fn a_failure_tells_why_and_the_fifth_is_the_last(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let asked = world.registries.asked();
    for uploads_left in (0..5).rev() {
        let file = with_behind(&mut browser, "by another").await;
        let view = upload(&mut browser, file).await.unwrap();
        assert_eq!(left(&view), uploads_left);
        assert_eq!(line(&view, Check::Holder), Finding::Failed(Reason::OtherHolder));
        assert_eq!(line(&view, Check::Representative), Finding::Skipped);
    }
    assert_eq!(
        sign(&mut browser).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    assert_eq!(
        world.registries.asked(),
        asked,
        "a bad signature learns nothing of a registry"
    );
    assert_eq!(rows(&world, "SELECT COUNT(*) FROM signature_evidence").await, 0);
    assert_eq!(
        rows(&world, "SELECT COUNT(*) FROM documents").await,
        1,
        "the request"
    );
}

#[rstest]
#[tokio::test]
async fn what_is_unknown_goes_to_a_person(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let file = with_behind(&mut browser, "unsure").await;
    let view = upload(&mut browser, file.clone()).await.unwrap();
    let SignatureStageView::Referred { number, .. } = &view.stage else {
        panic!("{view:?}")
    };
    let mut tx = world.app.store.read().await.unwrap();
    let open_ones = server::signatures::service::open_referrals(&mut tx, 10)
        .await
        .unwrap();
    drop(tx);
    assert_eq!(open_ones.len(), 1);
    assert_eq!(
        (open_ones[0].number.as_str(), &open_ones[0].reference),
        (number.as_str(), &view.reference)
    );
    assert_eq!(open_ones[0].asked.purpose, Purpose::Recovery);
    // It never passes by itself.
    assert_eq!(
        upload(&mut browser, file).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
    let case = browser.call::<CurrentCase>(&()).await.unwrap();
    // Whoever decides is met at a counter: the case waits for that, as long as it may take.
    assert!(
        matches!(case.stage, StageView::AwaitingOfficer { .. }),
        "{case:?}"
    );
    // The owner hears of it.
    deliver(&world).await;
    let mails = world.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains(number), "{}", mails[0].text);
}

#[rstest]
#[tokio::test]
async fn a_strangers_referral_sends_the_owner_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let stranger = Employer {
        representative: OTHER.representative,
        ..COMPANY
    };
    let mut browser = world.browser();
    open(stranger, &mut browser, Purpose::Recovery).await.unwrap();
    let file = with_behind(&mut browser, "unsure").await;
    let view = upload(&mut browser, file).await.unwrap();
    assert!(
        matches!(view.stage, SignatureStageView::Referred { .. }),
        "{view:?}"
    );
    deliver(&world).await;
    assert_eq!(world.mails().len(), 0);
}

#[rstest]
#[tokio::test]
async fn the_registries_have_the_last_word(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let mut told = Vec::new();
    // Nobody knows the employer; then the registries do, and there is no account; then somebody else represents it.
    for round in 0..3 {
        match round {
            0 => {}
            1 => drop(COMPANY.settle(&world, Condition::NoAccount).await),
            _ => {
                COMPANY.settle(&world, Condition::Good).await;
                COMPANY.name(&world, OTHER.representative, OTHER.representative);
            }
        }
        let mut browser = world.browser();
        open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
        let view = sign(&mut browser).await.unwrap();
        assert_eq!(left(&view), 4);
        told.push(line(&view, Check::Representative));
    }
    let failed = Finding::Failed;
    let reasons = [
        Reason::NotRepresentative,
        Reason::NoAccount,
        Reason::NotRepresentative,
    ];
    assert_eq!(told, reasons.map(failed));

    // They contradict each other: a person compares.
    COMPANY.name(&world, COMPANY.representative, OTHER.representative);
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let view = sign(&mut browser).await.unwrap();
    assert!(
        matches!(view.stage, SignatureStageView::Referred { .. }),
        "{view:?}"
    );
    assert_eq!(
        line(&view, Check::Representative),
        Finding::Unknown(Reason::RecordsDisagree)
    );
}

#[rstest]
#[tokio::test]
async fn an_inactive_ruc_is_told_by_the_case_that_waits(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Inactive).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    assert_eq!(next(&sign(&mut browser).await.unwrap()), Next::Recovery);
    let view = browser.call::<CurrentCase>(&()).await.unwrap();
    let reason = Refusal::RucInactive;
    assert!(
        matches!(&view.stage, StageView::Refused { reason: told, .. } if *told == reason),
        "{view:?}"
    );
}

#[rstest]
#[tokio::test]
async fn an_outage_of_a_registry_costs_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    world.registries.fail(Registry::Superintendencia);
    let problem = sign(&mut browser).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::RegistryUnavailable);
    assert_eq!(problem.registry, Some(Registry::Superintendencia));
    let view = current(&mut browser).await;
    assert_eq!((left(&view), view.verdict), (5, None));
    world.registries.recover(Registry::Superintendencia);
    assert_eq!(next(&sign(&mut browser).await.unwrap()), Next::Recovery);
}

/// That the server has no place for an examination says nothing about the file.
#[rstest]
#[tokio::test]
async fn a_busy_server_costs_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    for reason in [NotExamined::Busy, NotExamined::NoProcess] {
        world.notary.refuse(reason);
        let file = with_behind(&mut browser, "signed").await;
        let reply = send(&mut browser, file).await;
        assert_eq!(reply.header("retry-after"), "5");
        assert_eq!(reply.problem().code, ErrorCode::Busy);
        let view = current(&mut browser).await;
        assert_eq!((left(&view), view.verdict), (5, None));
    }
    assert_eq!(rows(&world, "SELECT COUNT(*) FROM signature_referrals").await, 0);
    assert_eq!(next(&sign(&mut browser).await.unwrap()), Next::Recovery);
}

/// A file that breaks the notary fills neither the staff's queue nor the evidence.
#[tokio::test]
async fn a_bomb_goes_to_nobody() {
    let world = world(Engine::Sqlite).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    world.notary.tell(no_opinion());
    let view = upload(&mut browser, b"bomb".to_vec()).await.unwrap();
    assert_eq!(line(&view, Check::File), Finding::Failed(Reason::TooComplex));
    assert_eq!(left(&view), 4);
    assert_eq!(rows(&world, "SELECT COUNT(*) FROM signature_referrals").await, 0);
    assert_eq!(rows(&world, "SELECT COUNT(*) FROM signature_evidence").await, 0);
}

#[rstest]
#[tokio::test]
async fn a_signature_for_a_case_that_went_on_otherwise_comes_too_late(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use shared::recovery::api::Abandon;
    let world = world(engine).await;
    COMPANY.settle(&world, Condition::Good).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    browser
        .call::<Abandon>(&shared::recovery::api::Empty {})
        .await
        .unwrap();
    let view = sign(&mut browser).await.unwrap();
    let ended = SignatureStageView::Ended {
        ending: Ending::Superseded,
    };
    assert_eq!(view.stage, ended);
    assert_eq!(audited(&world, "request_used").await, 0);
    assert_eq!(rows(&world, "SELECT COUNT(*) FROM signature_evidence").await, 0);
}

#[rstest]
#[tokio::test]
async fn abandoning_leaves_the_case_that_waits(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let mut browser = world.browser();
    open(COMPANY, &mut browser, Purpose::Recovery).await.unwrap();
    let file = with_behind(&mut browser, "signed").await;
    let cookie = browser.cookie(server::signatures::COOKIE).unwrap().to_owned();
    browser.call::<AbandonSignature>(&Empty {}).await.unwrap();
    assert_eq!(
        browser.call::<CurrentSignature>(&()).await.unwrap_err().code,
        ErrorCode::CaseMissing
    );
    let case = browser.call::<CurrentCase>(&()).await.unwrap();
    assert!(
        matches!(case.stage, StageView::AwaitingSignature { .. }),
        "{case:?}"
    );
    browser.plant(server::signatures::COOKIE, &cookie);
    assert_eq!(
        upload(&mut browser, file).await.unwrap_err().code,
        ErrorCode::CaseAtOtherStage
    );
}
