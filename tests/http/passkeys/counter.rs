//! The link that an officer shows at a counter.

use crate::recovery::counter::identity;
use crate::recovery::people as recovery;
use crate::sessions::people::{self, COMPANY};
use rstest::rstest;
use server::accounts::CounterError;
use server::challenges::Call;
use server::on;
use server::passkeys::service;
use server::staff::Officer;
use shared::accounts::NotDone;
use shared::api::ErrorCode;
use shared::passkeys::api::EnrolmentToken;
use shared::staff::Right;
use tests::authenticator::{Device, begin, finish};
use tests::desk::agent;
use tests::{Engine, World};

async fn make(
    world: &World,
    officer: &Officer,
    employer: recovery::Employer,
) -> Result<EnrolmentToken, NotDone> {
    let mut tx = world.app.store.write().await.unwrap();
    let (who, call) = (identity(employer), Call::own(world.now()));
    let reason = "original cédula shown".parse().unwrap();
    let made =
        service::make_enrolment_link_by_officer(&world.app, &mut tx, officer, &reason, &who, call).await;
    match made {
        Ok(made) => {
            tx.commit().await.unwrap();
            Ok(EnrolmentToken { token: made.token })
        }
        Err(CounterError::NotDone(reason)) => Err(reason),
        Err(CounterError::Store(error)) => panic!("{error}"),
    }
}

#[rstest]
#[tokio::test]
async fn a_passkey_is_enrolled_under_an_officers_eyes(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = people::world(engine).await;
    let account = COMPANY.settle(&world).await;
    let desk = agent(&world, "Ana Paz").await;
    let officer = desk.officer(&world.app, Right::ActOnAccounts).await;
    assert_eq!(
        make(&world, &officer, recovery::UNKNOWN).await.err(),
        Some(NotDone::NoAccount)
    );
    let older = make(&world, &officer, recovery::COMPANY).await.unwrap();
    let link = make(&world, &officer, recovery::COMPANY).await.unwrap();
    assert_eq!(
        begin(&world, &older).await.unwrap_err().code,
        ErrorCode::LinkReplaced
    );
    let begun = begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    finish(&world, &link, "Huella", made).await.unwrap();
    assert_eq!(begin(&world, &link).await.unwrap_err().code, ErrorCode::LinkUsed);

    // Who made it, and why, stands beside the audit log; who, in it.
    let mut tx = world.app.store.read().await.unwrap();
    let (name, reason): (String, String) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT officer, reason FROM enrolment_links WHERE used_at IS NOT NULL"
    )
    .fetch_one(conn))
    .unwrap();
    assert_eq!(
        (name.as_str(), reason.as_str()),
        ("Ana Paz", "original cédula shown")
    );
    let (by_staff,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(
        "SELECT COUNT(*) FROM audit_events WHERE kind = 'enrolment_link_made' AND staff_id = $1 AND account_id = $2"
    )
    .bind(officer.id().as_uuid())
    .bind(account.as_uuid())
    .fetch_one(conn))
    .unwrap();
    assert_eq!(by_staff, 2);
    drop(tx);

    recovery::change_state(&world, account, recovery::Condition::Frozen).await;
    let frozen = make(&world, &officer, recovery::COMPANY).await;
    assert_eq!(frozen.err(), Some(NotDone::AccountFrozen));
}
