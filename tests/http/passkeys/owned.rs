//! The account's list: names, removal, and other employers' passkeys.

use super::{enrolled, enrolled_in};
use crate::sessions::people::{self, COMPANY, OTHER, RIGHT, WRONG};
use rstest::rstest;
use server::http::{Failure, Source};
use server::passkeys::service;
use server::sessions::{Caller, Session, Use};
use shared::api::{ErrorCode, Problem};
use shared::passkeys::PasskeyId;
use shared::passkeys::api::{
    ListPasskeys, PasskeyList, PasskeyRemoval, PasskeyRename, RemovePasskey, RenamePasskey,
};
use shared::secrets::Secret;
use std::net::Ipv4Addr;
use tests::authenticator::{self, Device};
use tests::{Browser, Engine};
use uuid::Uuid;

async fn list(browser: &mut Browser) -> PasskeyList {
    browser.call::<ListPasskeys>(&()).await.unwrap()
}

async fn rename(browser: &mut Browser, passkey: PasskeyId, name: &str) -> Result<PasskeyList, Problem> {
    let name = name.parse().unwrap();
    browser
        .call::<RenamePasskey>(&PasskeyRename { passkey, name })
        .await
}

async fn remove(browser: &mut Browser, passkey: PasskeyId, current: &str) -> Result<PasskeyList, Problem> {
    let current = Secret::from(current);
    browser
        .call::<RemovePasskey>(&PasskeyRemoval { passkey, current })
        .await
}

#[rstest]
#[tokio::test]
async fn several_are_named_and_removed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, _, _) = enrolled(engine).await;
    authenticator::enrol(&world, &mut Device::of(&world), COMPANY.0).await;
    people::mails(&world).await;
    let mut browser = COMPANY.known(&world).await;
    let both = list(&mut browser).await;
    assert_eq!((both.passkeys.len(), both.most), (2, 10));
    let (first, second) = (both.passkeys[0].id, both.passkeys[1].id);

    let renamed = rename(&mut browser, second, "Lector de la oficina")
        .await
        .unwrap();
    assert_eq!(renamed.passkeys[1].name.as_str(), "Lector de la oficina");
    assert_eq!(renamed.passkeys[0].name, both.passkeys[0].name);

    let left = remove(&mut browser, first, RIGHT).await.unwrap();
    assert_eq!(left.passkeys.len(), 1);
    assert_eq!(left.passkeys[0].id, second);
    assert_eq!(
        people::mails(&world).await[0],
        "Se quitó una huella de su cuenta de empleador"
    );
    assert_eq!(people::events(&world, "passkey_removed").await, 1);
    assert_eq!(people::events(&world, "passkey_renamed").await, 1);

    for problem in [
        rename(&mut browser, first, "Otra vez").await.unwrap_err(),
        remove(&mut browser, first, RIGHT).await.unwrap_err(),
    ] {
        assert_eq!(problem.code, ErrorCode::PasskeyUnknown);
    }
}

#[rstest]
#[tokio::test]
async fn removing_asks_for_the_password(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, _, _) = enrolled(engine).await;
    let mut browser = COMPANY.known(&world).await;
    let passkey = list(&mut browser).await.passkeys[0].id;
    let problem = remove(&mut browser, passkey, WRONG).await.unwrap_err();
    assert_eq!(problem.code, ErrorCode::CurrentPasswordWrong);
    assert_eq!(people::events(&world, "password_check_failed").await, 1);
    assert_eq!(list(&mut browser).await.passkeys.len(), 1);
}

#[rstest]
#[tokio::test]
async fn another_employers_is_as_unknown_as_none(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, _, _) = enrolled(engine).await;
    enrolled_in(&world, OTHER).await;
    let mut browser = COMPANY.known(&world).await;
    let theirs = list(&mut OTHER.known(&world).await).await.passkeys[0].id;
    let nobodys = PasskeyId::from_uuid(Uuid::from_u128(1));
    let unknown = Problem::new(ErrorCode::PasskeyUnknown);
    for passkey in [theirs, nobodys] {
        assert_eq!(rename(&mut browser, passkey, "Mía").await.unwrap_err(), unknown);
        assert_eq!(remove(&mut browser, passkey, RIGHT).await.unwrap_err(), unknown);
    }
    let list = list(&mut OTHER.known(&world).await).await;
    assert_eq!(list.passkeys.len(), 1);
    assert_eq!(list.passkeys[0].name.as_str(), "Huella del celular");
}

#[rstest]
#[tokio::test]
async fn a_stranger_sees_and_does_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, _, _) = enrolled(engine).await;
    let passkey = list(&mut COMPANY.known(&world).await).await.passkeys[0].id;
    let mut stranger = world.browser();
    for problem in [
        stranger.call::<ListPasskeys>(&()).await.unwrap_err(),
        rename(&mut stranger, passkey, "Mía").await.unwrap_err(),
        remove(&mut stranger, passkey, RIGHT).await.unwrap_err(),
    ] {
        assert_eq!(problem.code, ErrorCode::SessionMissing);
    }
}

fn told(failure: Failure) -> ErrorCode {
    match failure {
        Failure::Problem(problem) => problem.code,
        Failure::Fault(fault) => panic!("{fault:?}"),
    }
}

/// The session was looked up, and signed out before the work began: a tick later it would not have been found.
#[rstest]
#[tokio::test]
async fn a_session_that_ended_meanwhile_does_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, _, _) = enrolled(engine).await;
    let mut browser = COMPANY.known(&world).await;
    let passkey = list(&mut browser).await.passkeys[0].id;
    let cookie = Secret::new(people::cookie(&browser));
    let session = Session::authenticate(&world.app, Some(&cookie), world.now(), Use::Look)
        .await
        .unwrap();
    let caller = Caller {
        at: world.now(),
        source: Source::new(Ipv4Addr::LOCALHOST.into()),
        device: shared::sessions::Device::of_user_agent(""),
    };
    people::sign_out(&mut browser).await;

    let renaming = PasskeyRename {
        passkey,
        name: "Mía".parse().unwrap(),
    };
    let removal = PasskeyRemoval {
        passkey,
        current: Secret::from(RIGHT),
    };
    for outcome in [
        service::rename(&world.app, session.owner().unwrap(), &renaming, caller).await,
        service::remove(&world.app, session.owner().unwrap(), &removal, caller).await,
    ] {
        assert_eq!(told(outcome.unwrap_err()), ErrorCode::SessionMissing);
    }
    let kept = list(&mut COMPANY.known(&world).await).await.passkeys;
    assert_eq!(kept[0].name.as_str(), "Huella del celular");
    for kind in ["passkey_renamed", "passkey_removed"] {
        assert_eq!(people::events(&world, kind).await, 0);
    }
}
