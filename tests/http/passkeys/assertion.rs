//! Assertions: whose passkey, for which case, signed by whom, and how often.

use super::{CASE, answer, ask, enrolled, enrolled_in, reasons};
use crate::sessions::people::{self, COMPANY, OTHER, TICK};
use rstest::rstest;
use server::passkeys::{AssertedFor, PasskeyRefused, service};
use shared::identifiers::{CaseId, UnlockId};
use shared::passkeys::Purpose;
use shared::passkeys::api::{ListPasskeys, PasskeyRemoval, RemovePasskey};
use shared::secrets::Secret;
use tests::Engine;
use tests::authenticator::{self, Device, Lie};
use uuid::Uuid;

#[rstest]
#[tokio::test]
async fn a_passkey_is_asserted_for_the_case_that_asked(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, account, mut device) = enrolled(engine).await;
    let options = ask(&world, CASE).await;
    assert!(options.allow_credentials.is_empty());
    let response = device.sign(&options).await;
    world.advance(TICK);
    let used_at = world.now();
    let asserted = answer(&world, CASE, Some(account), &response).await.unwrap();
    assert_eq!((asserted.account(), asserted.asserted_for()), (account, CASE));
    let passkey = asserted.passkey();
    let evidence = asserted.into_evidence();
    assert_eq!(
        (evidence.passkey(), evidence.purpose()),
        (passkey, Purpose::Unlock)
    );

    let mut browser = COMPANY.known(&world).await;
    let list = browser.call::<ListPasskeys>(&()).await.unwrap();
    assert_eq!(list.passkeys[0].id, passkey);
    assert_eq!(list.passkeys[0].used_at, Some(used_at));
    assert_eq!(list.passkeys[0].sign_count, device.counter());
    assert_eq!(people::events(&world, "passkey_asserted").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_recording_is_worth_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, account, mut device) = enrolled(engine).await;
    let response = device.sign(&ask(&world, CASE).await).await;
    answer(&world, CASE, Some(account), &response).await.unwrap();
    let again = answer(&world, CASE, Some(account), &response).await;
    assert_eq!(again, Err(PasskeyRefused));
    // Nor with a new challenge waiting.
    ask(&world, CASE).await;
    let again = answer(&world, CASE, Some(account), &response).await;
    assert_eq!(again, Err(PasskeyRefused));
    assert_eq!(reasons(&world).await, ["no_ceremony", "other_challenge"]);
}

#[rstest]
#[tokio::test]
async fn an_answer_for_one_case_is_worth_nothing_in_another(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, account, mut device) = enrolled(engine).await;
    let unlock = AssertedFor::Unlock(UnlockId::from_uuid(Uuid::from_u128(8)));
    // The same number, the other procedure.
    let recovery = AssertedFor::Recovery(CaseId::from_uuid(Uuid::from_u128(7)));
    for other in [unlock, recovery] {
        let response = device.sign(&ask(&world, CASE).await).await;
        assert_eq!(
            answer(&world, other, Some(account), &response).await,
            Err(PasskeyRefused)
        );
        ask(&world, other).await;
        assert_eq!(
            answer(&world, other, Some(account), &response).await,
            Err(PasskeyRefused)
        );
        answer(&world, CASE, Some(account), &response).await.unwrap();
    }
    let reasons = reasons(&world).await;
    assert_eq!(
        reasons,
        ["no_ceremony", "other_challenge", "no_ceremony", "other_challenge"]
    );
}

#[rstest]
#[tokio::test]
async fn a_passkey_serves_its_own_account_only(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, account, mut device) = enrolled(engine).await;
    let (other, _) = enrolled_in(&world, OTHER).await;
    for identified in [Some(other), None] {
        let response = device.sign(&ask(&world, CASE).await).await;
        assert_eq!(
            answer(&world, CASE, identified, &response).await,
            Err(PasskeyRefused)
        );
    }
    // Nor does it help to claim to be the other account's.
    for claimed in [Some(other.as_uuid().as_bytes().to_vec()), Some(vec![1]), None] {
        let options = ask(&world, CASE).await;
        let response = device.lying(Lie::Owner(claimed)).sign(&options).await;
        assert_eq!(
            answer(&world, CASE, Some(account), &response).await,
            Err(PasskeyRefused)
        );
    }
    assert_eq!(reasons(&world).await, ["other_account"; 5]);
}

#[rstest]
#[tokio::test]
async fn a_passkey_that_nobody_enrolled_is_refused(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, account, _) = enrolled(engine).await;
    let link = authenticator::link(&world, COMPANY.0).await;
    let begun = authenticator::begin(&world, &link).await.unwrap();
    let mut stranger = Device::of(&world);
    stranger.create(&begun.options).await;
    let response = stranger.sign(&ask(&world, CASE).await).await;
    assert_eq!(
        answer(&world, CASE, Some(account), &response).await,
        Err(PasskeyRefused)
    );
    assert_eq!(reasons(&world).await, ["unknown"]);
}

#[rstest]
#[case(Lie::Origin("https://clavero.evil.example"), "other_origin")]
#[case(Lie::Site("evil.example"), "other_site")]
#[case(Lie::Unverified, "user_not_verified")]
#[case(Lie::Framed, "other_origin")]
#[case(Lie::Type("webauthn.create"), "invalid")]
#[case(Lie::Signature, "invalid")]
#[tokio::test]
async fn a_lie_is_refused_and_spends_its_challenge(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] lie: Lie,
    #[case] reason: &str,
) {
    let (world, account, mut device) = enrolled(engine).await;
    let options = ask(&world, CASE).await;
    let response = device.lying(lie).sign(&options).await;
    assert_eq!(
        answer(&world, CASE, Some(account), &response).await,
        Err(PasskeyRefused)
    );
    let honest = device.sign(&options).await;
    assert_eq!(
        answer(&world, CASE, Some(account), &honest).await,
        Err(PasskeyRefused)
    );
    assert_eq!(reasons(&world).await, [reason, "no_ceremony"]);
    let honest = device.sign(&ask(&world, CASE).await).await;
    answer(&world, CASE, Some(account), &honest).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn an_answer_is_too_late_at_its_deadline(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, account, mut device) = enrolled(engine).await;
    let lifetime = world.app.policy.passkeys.ceremony_lifetime();
    let response = device.sign(&ask(&world, CASE).await).await;
    world.advance(lifetime.saturating_sub(TICK));
    answer(&world, CASE, Some(account), &response).await.unwrap();
    let response = device.sign(&ask(&world, CASE).await).await;
    world.advance(lifetime);
    assert_eq!(
        answer(&world, CASE, Some(account), &response).await,
        Err(PasskeyRefused)
    );
    assert_eq!(reasons(&world).await, ["late"]);
}

#[rstest]
#[tokio::test]
async fn a_removed_passkey_never_works_again(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, account, mut device) = enrolled(engine).await;
    let response = device.sign(&ask(&world, CASE).await).await;
    let mut browser = COMPANY.known(&world).await;
    let list = browser.call::<ListPasskeys>(&()).await.unwrap();
    let removal = PasskeyRemoval {
        passkey: list.passkeys[0].id,
        current: Secret::from(people::RIGHT),
    };
    let left = browser.call::<RemovePasskey>(&removal).await.unwrap();
    assert!(left.passkeys.is_empty());
    // Also for the challenge that waited.
    assert_eq!(
        answer(&world, CASE, Some(account), &response).await,
        Err(PasskeyRefused)
    );
    assert_eq!(reasons(&world).await, ["unknown"]);
    let account = people::load(&world, account).await;
    let mut tx = world.app.store.read().await.unwrap();
    assert!(!service::is_enrolled(&world.app, &mut tx, &account).await.unwrap());
}

#[rstest]
#[tokio::test]
async fn a_copy_is_found_by_its_counter_and_the_owner_is_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, account, mut device) = enrolled(engine).await;
    people::mails(&world).await;
    let mut copy = device.clone();
    for _ in 0..2 {
        let response = device.sign(&ask(&world, CASE).await).await;
        answer(&world, CASE, Some(account), &response).await.unwrap();
    }
    // One behind, then level: both are refused.
    for _ in 0..2 {
        let response = copy.sign(&ask(&world, CASE).await).await;
        assert_eq!(
            answer(&world, CASE, Some(account), &response).await,
            Err(PasskeyRefused)
        );
    }
    assert_eq!(reasons(&world).await, ["counter_behind", "counter_behind"]);
    let mails = people::mails(&world).await;
    assert_eq!(mails.len(), 3, "{mails:?}");
    assert_eq!(mails[0], "No aceptamos una huella de su cuenta de empleador");
    // The right one goes on.
    let response = device.sign(&ask(&world, CASE).await).await;
    answer(&world, CASE, Some(account), &response).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn a_device_that_does_not_count_is_used_again_and_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let account = COMPANY.settle(&world).await;
    let mut device = Device::of(&world).that_does_not_count();
    authenticator::enrol(&world, &mut device, COMPANY.0).await;
    for _ in 0..3 {
        let response = device.sign(&ask(&world, CASE).await).await;
        answer(&world, CASE, Some(account), &response).await.unwrap();
    }
    assert_eq!(device.counter(), 0);
}
