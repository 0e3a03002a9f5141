//! Whose passkey: an account changes hands, and what was enrolled before is worth nothing.

use super::{CASE, answer, ask, enrolled, reasons};
use crate::sessions::people::{self, COMPANY};
use crate::unlock::people as unlock;
use rstest::rstest;
use server::accounts::{NewAccount, service as accounts};
use server::passkeys::{AssertedFor, PasskeyRefused, service};
use shared::api::ErrorCode;
use shared::identifiers::{AccountId, CaseId};
use shared::passkeys::api::{InspectEnrolment, ListPasskeys};
use shared::unlock::api::UnlockStageView;
use tests::authenticator::{self, Device, Lie, begin, finish, link};
use tests::{Engine, World};
use uuid::Uuid;

const FORMER: &str = "1710034065";
const SUCCESSOR: &str = "0926687856";

/// What an import of the institute's records says: the account has this representative.
async fn appoint(world: &World, account: AccountId, representative: &str) {
    let account = people::load(world, account).await;
    let told = NewAccount {
        employer: account.employer,
        branch: account.branch,
        email: account.email,
        phone: account.phone,
        language: account.language,
        name: account.name.expose().clone(),
        representative: representative.parse().unwrap(),
        representative_name: "Ana Lucía Cevallos Mora".to_owned(),
    };
    let mut tx = world.app.store.write().await.unwrap();
    let id = accounts::open(&world.app, &mut tx, &told, world.now())
        .await
        .unwrap();
    assert_eq!(id, account.id);
    tx.commit().await.unwrap();
}

async fn is_enrolled(world: &World, account: AccountId) -> bool {
    let account = people::load(world, account).await;
    let mut tx = world.app.store.read().await.unwrap();
    service::is_enrolled(&world.app, &mut tx, &account).await.unwrap()
}

#[rstest]
#[case::to_unblock(CASE)]
#[case::to_recover(AssertedFor::Recovery(CaseId::from_uuid(Uuid::from_u128(7))))]
#[tokio::test]
async fn a_former_representatives_passkey_is_refused(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[case] case: AssertedFor,
) {
    let (world, account, mut device) = enrolled(engine).await;
    let asked_before = ask(&world, case).await;
    appoint(&world, account, SUCCESSOR).await;
    assert!(!is_enrolled(&world, account).await);
    // Also for the challenge that waited.
    let response = device.sign(&asked_before).await;
    let refused = answer(&world, case, Some(account), &response).await;
    assert_eq!(refused, Err(PasskeyRefused));
    let response = device.sign(&ask(&world, case).await).await;
    let refused = answer(&world, case, Some(account), &response).await;
    assert_eq!(refused, Err(PasskeyRefused));
    assert_eq!(reasons(&world).await, ["other_holder", "other_holder"]);

    // The successor enrols one, and both are in the list, to be removed.
    let mut new = Device::of(&world);
    authenticator::enrol(&world, &mut new, COMPANY.0).await;
    assert!(is_enrolled(&world, account).await);
    let response = new.sign(&ask(&world, case).await).await;
    answer(&world, case, Some(account), &response).await.unwrap();
    let response = device.sign(&ask(&world, case).await).await;
    let refused = answer(&world, case, Some(account), &response).await;
    assert_eq!(refused, Err(PasskeyRefused));
    let list = COMPANY.known(&world).await.call::<ListPasskeys>(&()).await;
    assert_eq!(list.unwrap().passkeys.len(), 2);

    // Whoever comes back has it again, and the successor's is worth nothing.
    appoint(&world, account, FORMER).await;
    let response = new.sign(&ask(&world, case).await).await;
    let refused = answer(&world, case, Some(account), &response).await;
    assert_eq!(refused, Err(PasskeyRefused));
    let response = device.sign(&ask(&world, case).await).await;
    answer(&world, case, Some(account), &response).await.unwrap();
}

/// The same import again, or one that only renames people, takes nobody's passkey away.
#[rstest]
#[tokio::test]
async fn the_same_representative_keeps_the_passkey(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, account, mut device) = enrolled(engine).await;
    appoint(&world, account, FORMER).await;
    assert!(is_enrolled(&world, account).await);
    let response = device.sign(&ask(&world, CASE).await).await;
    answer(&world, CASE, Some(account), &response).await.unwrap();
}

#[rstest]
#[tokio::test]
async fn unblocking_refuses_it_like_any_other(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = unlock::world(engine).await;
    let (account, mut device) = unlock::settle(&world, unlock::COMPANY, unlock::Condition::Blocked).await;
    let mut browser = world.browser();
    unlock::open(unlock::COMPANY, &mut browser).await.unwrap();
    let wrong = unlock::show(&mut browser, &mut device.lying(Lie::Signature)).await;
    appoint(&world, account, SUCCESSOR).await;
    let former = unlock::show(&mut browser, &mut device).await;
    let mut left = Vec::new();
    for view in [wrong.unwrap(), former.unwrap()] {
        let UnlockStageView::Passkey { attempts_left, .. } = view.stage else {
            panic!("{view:?}")
        };
        left.push((attempts_left, view.routes));
    }
    let [wrong, former] = &left[..] else {
        panic!("{left:?}")
    };
    assert_eq!((wrong.0, former.0), (4, 3));
    assert_eq!(wrong.1, former.1);
    assert_eq!(reasons(&world).await, ["invalid", "other_holder"]);
}

/// The link is for the person whom the officer saw.
#[rstest]
#[tokio::test]
async fn a_link_made_for_a_former_representative_enrols_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let account = COMPANY.settle(&world).await;
    let link = link(&world, COMPANY.0).await;
    let begun = begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    appoint(&world, account, SUCCESSOR).await;
    for problem in [
        world.browser().call::<InspectEnrolment>(&link).await.unwrap_err(),
        begin(&world, &link).await.unwrap_err(),
        finish(&world, &link, "Tarde", made).await.unwrap_err(),
    ] {
        assert_eq!(problem.code, ErrorCode::LinkExpired);
    }
    assert!(!is_enrolled(&world, account).await);
}

/// Passkeys that do not work any more take nobody's place.
#[rstest]
#[tokio::test]
async fn a_successor_has_all_places(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = people::with(engine, |policy| policy.passkeys.most = 1).await;
    let account = COMPANY.settle(&world).await;
    // The same device: what it holds for the account is not known to it as one that works.
    let mut device = Device::of(&world);
    authenticator::enrol(&world, &mut device, COMPANY.0).await;
    appoint(&world, account, SUCCESSOR).await;
    let link = link(&world, COMPANY.0).await;
    let begun = begin(&world, &link).await.unwrap();
    assert!(begun.options.exclude_credentials.is_empty());
    let made = device.create(&begun.options).await;
    let done = finish(&world, &link, "Nueva", made).await.unwrap();
    assert_eq!(done.passkeys, 1);
}
