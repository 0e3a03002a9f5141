//! Two at the same moment.

use super::{CASE, answer, ask, enrolled, reasons};
use crate::sessions::people::{self, COMPANY};
use rstest::rstest;
use shared::api::ErrorCode;
use tests::Engine;
use tests::authenticator::{Device, begin, finish, link};

#[rstest]
#[tokio::test]
async fn of_two_enrolments_with_one_link_one_is_done(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    COMPANY.settle(&world).await;
    for _ in 0..5 {
        let link = link(&world, COMPANY.0).await;
        let begun = begin(&world, &link).await.unwrap();
        let one = Device::of(&world).create(&begun.options).await;
        let two = Device::of(&world).create(&begun.options).await;
        let (one, two) = tokio::join!(
            finish(&world, &link, "Uno", one),
            finish(&world, &link, "Dos", two)
        );
        let refused = match (one, two) {
            (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused.code, ErrorCode::LinkUsed);
    }
    assert_eq!(people::events(&world, "passkey_enrolled").await, 5);
}

#[rstest]
#[tokio::test]
async fn of_two_answers_to_one_challenge_one_is_heard(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, account, mut device) = enrolled(engine).await;
    for _ in 0..5 {
        let options = ask(&world, CASE).await;
        let (one, two) = (device.sign(&options).await, device.sign(&options).await);
        let (one, two) = tokio::join!(
            answer(&world, CASE, Some(account), &one),
            answer(&world, CASE, Some(account), &two)
        );
        assert_ne!(one.is_ok(), two.is_ok());
    }
    assert_eq!(people::events(&world, "passkey_asserted").await, 5);
    assert_eq!(reasons(&world).await, ["no_ceremony"; 5]);
}

#[rstest]
#[tokio::test]
async fn of_two_enrolments_at_the_last_place_one_is_done(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::with(engine, |policy| policy.passkeys.most = 1).await;
    COMPANY.settle(&world).await;
    let link = link(&world, COMPANY.0).await;
    let begun = begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    let (one, two) = tokio::join!(
        finish(&world, &link, "Uno", made.clone()),
        finish(&world, &link, "Dos", made)
    );
    assert_ne!(one.is_ok(), two.is_ok());
}
