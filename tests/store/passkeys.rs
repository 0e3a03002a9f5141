//! Passkeys, enrolment links and ceremonies on both engines.

use rstest::rstest;
use server::accounts::{NewAccount, service as accounts};
use server::on;
use server::passkeys::store::{self, Done, NewEnrolmentLink, NewPasskey};
use server::passkeys::{AssertedFor, Ceremony};
use server::store::{StoreError, Tx};
use shared::i18n::Language;
use shared::identifiers::{AccountId, CaseId, UnlockId};
use shared::passkeys::browser::RegistrationResponse;
use shared::passkeys::{Backup, EnrolmentId, PasskeyId};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;
use tests::authenticator::{self, Device};
use tests::{Engine, World};
use uuid::Uuid;

const TICK: Duration = Duration::from_micros(1);
const EMPLOYER: &str = "1790016919001";
const OTHER: &str = "1792060346001";

async fn account(world: &World, employer: &str) -> AccountId {
    let account = NewAccount {
        employer: employer.parse().unwrap(),
        branch: "0001".parse().unwrap(),
        email: None,
        phone: None,
        language: Language::Es,
        name: "Ferretería El Clavo S.A.".into(),
        representative: "1729999993".parse().unwrap(),
        representative_name: "María Fernanda Núñez".into(),
    };
    let mut tx = world.app.store.write().await.unwrap();
    let id = accounts::open(&world.app, &mut tx, &account, world.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

/// Two employers; the first has a passkey.
async fn two(engine: Engine) -> (World, AccountId, AccountId, RegistrationResponse) {
    let world = World::new(engine).await;
    let (ours, theirs) = (account(&world, EMPLOYER).await, account(&world, OTHER).await);
    let link = authenticator::link(&world, EMPLOYER).await;
    let begun = authenticator::begin(&world, &link).await.unwrap();
    let made = Device::of(&world).create(&begun.options).await;
    authenticator::finish(&world, &link, "Huella", made.clone())
        .await
        .unwrap();
    (world, ours, theirs, made)
}

async fn write(world: &World) -> Tx {
    world.app.store.write().await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_passkey_is_read_as_it_was_written(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, ours, theirs, made) = two(engine).await;
    let mut tx = write(&world).await;
    let row = store::by_credential(&mut tx, made.raw_id.as_slice())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.account, ours);
    assert_eq!(row.name.as_str(), "Huella");
    assert_eq!(row.credential.cred_id, made.raw_id.as_slice());
    assert!(row.credential.user_verified);
    assert_eq!(store::backup(&row.credential), Backup::BackedUp);
    assert_eq!((row.created_at, row.verified_at), (world.now(), world.now()));
    assert_eq!((row.used_at, row.removed_at), (None, None));
    for (account, holder, many) in [(ours, row.holder, 1), (ours, [0; 32], 0), (theirs, row.holder, 0)] {
        assert_eq!(store::count(&mut tx, account, &holder).await.unwrap(), many);
        let rows = store::of_holder(&mut tx, account, &holder).await.unwrap();
        assert_eq!(rows.len(), usize::from(many));
    }
    assert!(store::by_credential(&mut tx, b"x").await.unwrap().is_none());
}

#[rstest]
#[tokio::test]
async fn a_credential_stands_in_one_row(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, ours, theirs, made) = two(engine).await;
    let mut tx = write(&world).await;
    let row = store::by_credential(&mut tx, made.raw_id.as_slice())
        .await
        .unwrap()
        .unwrap();
    let again = NewPasskey {
        id: PasskeyId::from_uuid(Uuid::from_u128(1)),
        account: theirs,
        holder: &row.holder,
        credential: &row.credential,
        name: &row.name,
        at: world.now(),
    };
    assert_eq!(store::insert(&mut tx, &again).await.unwrap(), Done::No);
    // Removing it does not set it free.
    assert_eq!(
        store::remove(&mut tx, row.id, ours, world.now()).await.unwrap(),
        Done::Yes
    );
    assert_eq!(store::insert(&mut tx, &again).await.unwrap(), Done::No);
    assert!(store::of_account(&mut tx, theirs).await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn a_use_is_noted_once_for_a_counter_and_never_after_a_removal(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, ours, _, made) = two(engine).await;
    let mut tx = write(&world).await;
    let row = store::by_credential(&mut tx, made.raw_id.as_slice())
        .await
        .unwrap()
        .unwrap();
    let mut used = row.credential.clone();
    used.counter = row.credential.counter + 1;
    let at = world.now().after(TICK);
    let counter = row.credential.counter;
    assert_eq!(
        store::note_use(&mut tx, row.id, &used, counter, at)
            .await
            .unwrap(),
        Done::Yes
    );
    assert_eq!(
        store::note_use(&mut tx, row.id, &used, counter, at)
            .await
            .unwrap(),
        Done::No
    );
    let noted = store::of_account(&mut tx, ours).await.unwrap().remove(0);
    assert_eq!((noted.used_at, noted.verified_at), (Some(at), at));
    assert_eq!(noted.credential.counter, counter + 1);
    store::remove(&mut tx, row.id, ours, at).await.unwrap();
    let late = store::note_use(&mut tx, row.id, &used, counter + 1, at).await;
    assert_eq!(late.unwrap(), Done::No);
}

#[rstest]
#[tokio::test]
async fn another_accounts_passkey_is_neither_renamed_nor_removed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, ours, theirs, _) = two(engine).await;
    let mut tx = write(&world).await;
    let id = store::of_account(&mut tx, ours).await.unwrap()[0].id;
    let name = "Otra".parse().unwrap();
    assert_eq!(store::rename(&mut tx, id, theirs, &name).await.unwrap(), Done::No);
    let removed = store::remove(&mut tx, id, theirs, world.now()).await.unwrap();
    assert_eq!(removed, Done::No);
    assert_eq!(store::rename(&mut tx, id, ours, &name).await.unwrap(), Done::Yes);
    assert_eq!(store::of_account(&mut tx, ours).await.unwrap()[0].name, name);
    let removed = store::remove(&mut tx, id, ours, world.now()).await.unwrap();
    assert_eq!(removed, Done::Yes);
    assert!(store::of_account(&mut tx, ours).await.unwrap().is_empty());
    let again = store::remove(&mut tx, id, ours, world.now()).await.unwrap();
    assert_eq!(again, Done::No);
}

#[rstest]
#[tokio::test]
async fn a_damaged_row_is_told_and_not_believed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    for spoil in [
        "UPDATE passkeys SET credential = '{}'",
        "UPDATE passkeys SET sign_count = sign_count - 1",
        "UPDATE passkeys SET backup = 'device_bound'",
        "UPDATE passkeys SET name = ''",
        "UPDATE passkeys SET holder = substr(holder, 1, 31)",
    ] {
        let (world, ours, _, _) = two(engine).await;
        let mut tx = write(&world).await;
        on!(&mut tx, |conn| async {
            sqlx::query(spoil).execute(conn).await.map(|_| ())
        })
        .unwrap();
        let read = store::of_account(&mut tx, ours).await;
        assert!(matches!(read, Err(StoreError::Corrupt(_))), "{spoil}");
    }
}

fn link(account: AccountId, number: u8, at: Timestamp) -> NewEnrolmentLink<'static> {
    const TOKENS: [[u8; 32]; 3] = [[1; 32], [2; 32], [3; 32]];
    NewEnrolmentLink {
        id: EnrolmentId::from_uuid(Uuid::from_u128(number.into())),
        account,
        holder: &[8; 32],
        token: &TOKENS[usize::from(number)],
        officer: "Lucía Paz",
        reason: "cédula original",
        at,
        expires: Deadline::after(at, Duration::from_mins(1)),
    }
}

#[rstest]
#[tokio::test]
async fn a_link_is_used_once_and_not_at_its_deadline(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let account = account(&world, EMPLOYER).await;
    let mut tx = write(&world).await;
    let (first, second) = (link(account, 0, world.now()), link(account, 1, world.now()));
    store::insert_link(&mut tx, &first).await.unwrap();
    store::insert_link(&mut tx, &second).await.unwrap();
    let deadline = first.expires.instant();
    assert_eq!(
        store::use_link(&mut tx, first.id, deadline).await.unwrap(),
        Done::No
    );
    let last = deadline.before(TICK);
    assert_eq!(store::use_link(&mut tx, first.id, last).await.unwrap(), Done::Yes);
    assert_eq!(store::use_link(&mut tx, first.id, last).await.unwrap(), Done::No);
    let used = store::link_by_token(&mut tx, first.token).await.unwrap().unwrap();
    assert_eq!(
        (used.account, used.holder, used.used_at, used.replaced_at),
        (account, [8; 32], Some(last), None)
    );

    assert_eq!(
        store::replace_links(&mut tx, account, world.now()).await.unwrap(),
        1
    );
    let replaced = store::link_by_token(&mut tx, second.token)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (replaced.used_at, replaced.replaced_at),
        (None, Some(world.now()))
    );
    assert_eq!(
        store::use_link(&mut tx, second.id, world.now()).await.unwrap(),
        Done::No
    );
    assert!(store::link_by_token(&mut tx, &[9; 32]).await.unwrap().is_none());
}

#[rstest]
#[tokio::test]
async fn a_challenge_is_taken_once_and_by_its_own_case(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mut tx = write(&world).await;
    let number = Uuid::from_u128(5);
    let unlock = Ceremony::Assertion(AssertedFor::Unlock(UnlockId::from_uuid(number)));
    let recovery = Ceremony::Assertion(AssertedFor::Recovery(CaseId::from_uuid(number)));
    let enrolment = Ceremony::Enrolment(EnrolmentId::from_uuid(number));
    let deadline = Deadline::after(world.now(), TICK);
    store::begin(&mut tx, unlock, "old", deadline).await.unwrap();
    store::begin(&mut tx, unlock, "new", deadline).await.unwrap();
    for other in [recovery, enrolment] {
        assert!(store::take(&mut tx, other).await.unwrap().is_none());
    }
    let taken = store::take(&mut tx, unlock).await.unwrap().unwrap();
    assert_eq!((taken.state.as_str(), taken.expires), ("new", deadline));
    assert!(store::take(&mut tx, unlock).await.unwrap().is_none());

    store::begin(&mut tx, recovery, "late", deadline).await.unwrap();
    let early = store::purge_ceremonies(&mut tx, world.now()).await.unwrap();
    let due = store::purge_ceremonies(&mut tx, deadline.instant())
        .await
        .unwrap();
    assert_eq!((early, due), (0, 1));
}

#[rstest]
#[tokio::test]
async fn open_links_end_early_and_the_others_stay_as_they_were(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let account = account(&world, EMPLOYER).await;
    let mut tx = write(&world).await;
    let links = [0, 1, 2].map(|number| link(account, number, world.now()));
    for link in &links {
        store::insert_link(&mut tx, link).await.unwrap();
    }
    let now = world.now().after(TICK);
    store::use_link(&mut tx, links[0].id, now).await.unwrap();
    assert_eq!(store::end_links(&mut tx, account, now).await.unwrap(), 2);
    assert_eq!(store::end_links(&mut tx, account, now).await.unwrap(), 0);
    for (link, expires) in links.iter().zip([links[0].expires.instant(), now, now]) {
        let row = store::link_by_token(&mut tx, link.token).await.unwrap().unwrap();
        assert_eq!((row.expires.instant(), row.replaced_at), (expires, None));
        assert_eq!(store::use_link(&mut tx, link.id, now).await.unwrap(), Done::No);
    }
    assert_eq!(store::purge_links(&mut tx, now.before(TICK)).await.unwrap(), 0);
    assert_eq!(store::purge_links(&mut tx, now).await.unwrap(), 2);
    assert!(
        store::link_by_token(&mut tx, links[0].token)
            .await
            .unwrap()
            .is_some()
    );
}
