//! What comes between the answers and the passkey: a freeze, and a change of the contact that was held until then.

use super::*;
use crate::contacts::people as contacts;
use rstest::rstest;
use server::accounts::service as accounts;
use server::recovery::service;
use shared::accounts::api::{Freeze, FreezeToken};
use shared::api::ErrorCode;
use shared::passkeys::browser::AuthenticationResponse;
use shared::recovery::api::{AssertPasskey, Assertion, Ending};
use tests::authenticator::{Device, enrol};

async fn sign(device: &mut Device, view: &CaseView) -> AuthenticationResponse {
    let (passkey, _) = challenge(view);
    device
        .sign(&passkey.expect("a passkey is asked for").options)
        .await
}

async fn send(browser: &mut Browser, assertion: AuthenticationResponse) -> Result<StageView, ErrorCode> {
    let view = browser.call::<AssertPasskey>(&Assertion { assertion }).await;
    view.map(|view| view.stage).map_err(|problem| problem.code)
}

/// What was proved before a freeze is worth nothing after it, also when a counter has lifted it.
#[rstest]
#[tokio::test]
async fn a_freeze_ends_a_case_that_asks_for_a_passkey_for_good_and_leaves_one_that_asks_questions(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = strict(engine).await;
    let account = COMPANY.settle(&world, Condition::Good).await.unwrap();
    let mut device = Device::of(&world);
    enrol(&world, &mut device, COMPANY.number).await;
    let (mut proved, mut asked) = (world.browser(), world.browser());
    let view = asked_for_more(&world, &mut proved, COMPANY, account).await;
    let assertion = sign(&mut device, &view).await;
    let before = COMPANY.identify(&mut asked).await.unwrap();
    let made = accounts::make_freeze_link(&world.app, account, world.now())
        .await
        .unwrap();
    let freeze = FreezeToken { token: made.token };
    world.browser().call::<Freeze>(&freeze).await.unwrap();
    let ended = StageView::Ended {
        ending: Ending::Abandoned,
    };
    assert_eq!(current(&mut proved).await.unwrap().stage, ended);
    // Nothing tells a stranger that the number has an account, nor that somebody froze it.
    assert_eq!(current(&mut asked).await.unwrap(), before);

    let mut tx = world.app.store.write().await.unwrap();
    server::changed!(&mut tx, sqlx::query("UPDATE accounts SET frozen_at = NULL")).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        send(&mut proved, assertion).await,
        Err(ErrorCode::CaseAtOtherStage)
    );
    assert_eq!(current(&mut proved).await.unwrap().stage, ended);
    deliver(&world).await;
    assert!(tokens(&world).is_empty());
    let view = answer(&mut asked, &right(&questions(&before))).await.unwrap();
    assert_eq!(reasons(&view), [Reason::RecoveryRepeated]);
}

/// Whoever only knows the answers holds no change of a contact up; where the link goes is read when the passkey is there.
#[rstest]
#[tokio::test]
async fn a_case_that_asks_for_a_passkey_holds_no_change_of_a_contact_up(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = contacts::with(engine, |policy| {
        policy.step_up = Policy::of(Profile::Y2026).step_up;
    })
    .await;
    let (account, mut owner) = contacts::owner(&world).await;
    let mut device = Device::of(&world);
    enrol(&world, &mut device, COMPANY.number).await;
    contacts::hold(&world, &mut owner, contacts::NEW).await;
    world.advance(contacts::short_of(contacts::HOLD, contacts::MINUTE));
    let mut browser = world.browser();
    let view = asked_for_more(&world, &mut browser, COMPANY, account).await;
    let is_past_proof = async || {
        let mut tx = world.app.store.read().await.unwrap();
        service::is_past_proof(&mut tx, account, world.now())
            .await
            .unwrap()
    };
    assert!(!is_past_proof().await);

    world.advance(contacts::MINUTE);
    assert_eq!(contacts::settle_due(&world).await, 1);
    assert_eq!(
        contacts::contacts(&world, account).await.0.as_deref(),
        Some(contacts::NEW)
    );

    let assertion = sign(&mut device, &view).await;
    let sending = send(&mut browser, assertion).await.unwrap();
    assert!(matches!(sending, StageView::Sending { .. }), "{sending:?}");
    assert!(is_past_proof().await);
    deliver(&world).await;
    let mails = world.mails();
    let link = mails.iter().find(|mail| mail.text.contains("/restablecer#"));
    assert_eq!(link.expect("a link").to.to_string(), contacts::NEW);
}
