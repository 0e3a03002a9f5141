//! Sessions, devices and attempts on both engines.

use rstest::rstest;
use server::accounts::{NewAccount, service as accounts};
use server::keys::Digest;
use server::sessions::Principal;
use server::sessions::store::{self, Mark, SessionRow};
use server::store::{StoreError, Tx};
use shared::i18n::Language;
use shared::identifiers::AccountId;
use shared::sessions::{Browser, Device, DeviceId, SessionId, System};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;
use tests::{Engine, World};
use uuid::Uuid;

const TICK: Duration = Duration::from_micros(1);
const HOUR: Duration = Duration::from_hours(1);
const COUNTER: Digest = [9; 32];

pub async fn account(world: &World, employer: &str) -> AccountId {
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

const fn owner(account: AccountId) -> Principal {
    Principal {
        account,
        delegate: None,
    }
}

async fn device(tx: &mut Tx, world: &World, account: AccountId, token: u8) -> DeviceId {
    let id = DeviceId::new(world.now(), world.app.entropy.bytes());
    let expires = world.now().after(HOUR);
    let mark = Mark {
        token: [token; 32],
        browser: [token; 32],
    };
    store::remember_device(tx, id, owner(account), &mark, world.now(), expires)
        .await
        .unwrap()
}

fn session(world: &World, account: AccountId, device: DeviceId, token: u8) -> SessionRow {
    SessionRow {
        id: SessionId::new(world.now(), [token; 10]),
        token: [token; 32],
        account,
        delegate: None,
        device,
        shown: Device {
            browser: Browser::Firefox,
            system: System::Linux,
        },
        network: Some("192.0.2.0/24".parse().unwrap()),
        signed_in_at: world.now(),
        began_at: world.now().after(TICK),
        used_at: world.now(),
        expires: Deadline::after(world.now(), HOUR),
    }
}

/// A row as a value that can be compared.
fn facts(
    row: &SessionRow,
) -> (
    SessionId,
    Digest,
    AccountId,
    DeviceId,
    Device,
    Timestamp,
    Timestamp,
    Deadline,
) {
    (
        row.id,
        row.token,
        row.account,
        row.device,
        row.shown,
        row.began_at,
        row.used_at,
        row.expires,
    )
}

#[rstest]
#[tokio::test]
async fn a_session_is_read_as_it_was_written_and_ends_by_each_handle(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let (mine, theirs) = (
        account(&world, "1790011674001").await,
        account(&world, "1760013210001").await,
    );
    let mut tx = world.app.store.write().await.unwrap();
    let (known, other) = (
        device(&mut tx, &world, mine, 1).await,
        device(&mut tx, &world, theirs, 1).await,
    );
    let rows: Vec<_> = (10..14)
        .map(|token| session(&world, mine, known, token))
        .collect();
    let foreign = SessionRow {
        network: None,
        ..session(&world, theirs, other, 20)
    };
    for row in rows.iter().chain([&foreign]) {
        store::insert(&mut tx, row).await.unwrap();
    }
    let read = store::by_token(&mut tx, &rows[0].token).await.unwrap().unwrap();
    assert_eq!(facts(&read), facts(&rows[0]));
    assert_eq!(
        (read.network, read.signed_in_at),
        (rows[0].network, rows[0].signed_in_at)
    );
    assert_eq!(
        store::by_id(&mut tx, foreign.id).await.unwrap().unwrap().network,
        None
    );
    assert!(store::by_token(&mut tx, &[99; 32]).await.unwrap().is_none());

    store::note_use(&mut tx, rows[0].id, world.now().after(HOUR))
        .await
        .unwrap();
    store::note_use(&mut tx, rows[0].id, world.now()).await.unwrap();
    let listed = store::of_account(&mut tx, mine).await.unwrap();
    assert_eq!(listed.len(), 4);
    assert_eq!(
        (listed[0].id, listed[0].used_at),
        (rows[0].id, world.now().after(HOUR)),
        "the last used first, and use never goes back"
    );

    assert_eq!(
        store::end(&mut tx, foreign.id, owner(mine)).await.unwrap(),
        0,
        "it is another account's"
    );
    assert_eq!(store::end(&mut tx, rows[1].id, owner(mine)).await.unwrap(), 1);
    assert_eq!(store::end(&mut tx, rows[1].id, owner(mine)).await.unwrap(), 0);
    let ended = store::end_by_token(&mut tx, &rows[2].token)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(ended.id, rows[2].id);
    assert!(
        store::end_by_token(&mut tx, &rows[2].token)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        store::end_others(&mut tx, owner(mine), rows[0].id).await.unwrap(),
        1
    );
    assert_eq!(store::of_account(&mut tx, mine).await.unwrap().len(), 1);
    store::end_all(&mut tx, mine).await.unwrap();
    assert!(store::of_account(&mut tx, mine).await.unwrap().is_empty());
    assert_eq!(store::of_account(&mut tx, theirs).await.unwrap().len(), 1);
    store::forget_devices(&mut tx, mine).await.unwrap();
    assert!(!store::knows(&mut tx, known, mine, world.now()).await.unwrap());
    assert!(store::knows(&mut tx, other, theirs, world.now()).await.unwrap());
}

#[rstest]
#[tokio::test]
async fn a_cookie_is_replaced_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let mine = account(&world, "1790011674001").await;
    let mut tx = world.app.store.write().await.unwrap();
    let known = device(&mut tx, &world, mine, 1).await;
    let row = session(&world, mine, known, 10);
    store::insert(&mut tx, &row).await.unwrap();
    let later = world.now().after(HOUR);
    store::renew(&mut tx, row.id, &row.token, &[11; 32], later)
        .await
        .unwrap();
    let again = store::renew(&mut tx, row.id, &row.token, &[12; 32], later).await;
    assert!(matches!(again, Err(StoreError::Changed)));
    assert!(store::by_token(&mut tx, &row.token).await.unwrap().is_none());
    let renewed = store::by_token(&mut tx, &[11; 32]).await.unwrap().unwrap();
    assert_eq!(
        (renewed.id, renewed.began_at, renewed.used_at),
        (row.id, later, later)
    );
    assert_eq!(renewed.expires, row.expires);
}

#[rstest]
#[tokio::test]
async fn a_device_is_known_for_its_time_and_forgotten_with_its_sessions(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let (mine, theirs) = (
        account(&world, "1790011674001").await,
        account(&world, "1760013210001").await,
    );
    let now = world.now();
    let mut tx = world.app.store.write().await.unwrap();
    let known = device(&mut tx, &world, mine, 1).await;
    assert_eq!(device(&mut tx, &world, mine, 1).await, known, "the same browser");
    let end = now.after(HOUR);
    assert!(
        store::knows(&mut tx, known, mine, end.before(TICK))
            .await
            .unwrap()
    );
    assert!(!store::knows(&mut tx, known, mine, end).await.unwrap());
    assert!(!store::knows(&mut tx, known, theirs, now).await.unwrap());
    assert_eq!(
        store::device_by_token(&mut tx, mine, &[1; 32], now)
            .await
            .unwrap(),
        Some(known)
    );
    assert_eq!(
        store::device_by_token(&mut tx, theirs, &[1; 32], now)
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        store::device_by_token(&mut tx, mine, &[1; 32], end)
            .await
            .unwrap(),
        None
    );
    assert!(store::is_known_browser(&mut tx, &[1; 32], now).await.unwrap());
    assert!(!store::is_known_browser(&mut tx, &[2; 32], now).await.unwrap());
    store::see_device(&mut tx, known, end, end.after(HOUR))
        .await
        .unwrap();
    assert!(store::knows(&mut tx, known, mine, end).await.unwrap());

    store::insert(&mut tx, &session(&world, mine, known, 10))
        .await
        .unwrap();
    assert_eq!(store::forget_device(&mut tx, known).await.unwrap(), 1);
    assert_eq!(store::forget_device(&mut tx, known).await.unwrap(), 0);
    assert!(store::of_account(&mut tx, mine).await.unwrap().is_empty());
}

#[rstest]
#[tokio::test]
async fn a_slot_is_free_again_at_the_end_of_its_window(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let now = world.now();
    let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let mut tx = world.app.store.write().await.unwrap();
    let window = |at: Timestamp| at.before(HOUR);
    assert_eq!(
        store::take(&mut tx, &COUNTER, 1, first, now, window(now))
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        store::take(&mut tx, &COUNTER, 1, second, now, window(now))
            .await
            .unwrap(),
        0
    );
    assert_eq!(store::taken(&mut tx, &COUNTER, 5, window(now)).await.unwrap(), 1);
    assert_eq!(
        store::fail(&mut tx, &COUNTER, 1, first, now, window(now))
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        store::fail(&mut tx, &COUNTER, 1, second, now, window(now))
            .await
            .unwrap(),
        1,
        "whoever has no slot fails nothing"
    );
    let last = now.after(HOUR).before(TICK);
    assert_eq!(
        store::take(&mut tx, &COUNTER, 1, second, last, window(last))
            .await
            .unwrap(),
        0
    );
    let end = now.after(HOUR);
    assert_eq!(store::taken(&mut tx, &COUNTER, 5, window(end)).await.unwrap(), 0);
    assert_eq!(
        store::take(&mut tx, &COUNTER, 1, second, end, window(end))
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        store::fail(&mut tx, &COUNTER, 1, first, end, window(end))
            .await
            .unwrap(),
        0,
        "a slot that was taken anew has not failed"
    );
    store::release(&mut tx, &COUNTER, 1, first).await.unwrap();
    assert_eq!(
        store::taken(&mut tx, &COUNTER, 5, window(end)).await.unwrap(),
        1,
        "not its own"
    );
    store::release(&mut tx, &COUNTER, 1, second).await.unwrap();
    assert_eq!(store::taken(&mut tx, &COUNTER, 5, window(end)).await.unwrap(), 0);
    for slot in 1..=3 {
        store::take(&mut tx, &COUNTER, slot, first, end, window(end))
            .await
            .unwrap();
    }
    assert_eq!(store::taken(&mut tx, &COUNTER, 2, window(end)).await.unwrap(), 2);
    store::clear(&mut tx, &COUNTER).await.unwrap();
    assert_eq!(store::taken(&mut tx, &COUNTER, 5, window(end)).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn what_is_over_is_dropped_and_nothing_else(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mine = account(&world, "1790011674001").await;
    let now = world.now();
    let end = now.after(HOUR);
    let mut tx = world.app.store.write().await.unwrap();
    let known = device(&mut tx, &world, mine, 1).await;
    store::insert(&mut tx, &session(&world, mine, known, 10))
        .await
        .unwrap();
    store::take(&mut tx, &COUNTER, 1, Uuid::nil(), now, now.before(HOUR))
        .await
        .unwrap();
    let early = store::purge(&mut tx, end.before(TICK), now.before(TICK), now.before(TICK)).await;
    assert_eq!(early.unwrap(), 0);
    // An idle session goes first, then the device that it held.
    assert_eq!(
        store::purge(&mut tx, now, now, now.before(TICK)).await.unwrap(),
        1
    );
    assert_eq!(store::purge(&mut tx, end, now, now).await.unwrap(), 2);
    assert_eq!(store::purge(&mut tx, end, now, now).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn a_delegates_sessions_and_devices_are_their_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mine = account(&world, "1790011674001").await;
    let now = world.now();
    let ana = super::delegates::delegate(&world, mine, 1, "0926687856");
    let hers = Principal {
        account: mine,
        delegate: Some(ana.id),
    };
    let mut tx = world.app.store.write().await.unwrap();
    server::delegates::store::insert(&mut tx, &ana, now)
        .await
        .unwrap();
    // The same browser, known to both: by its own token, and by one that is bound to her.
    let owners = device(&mut tx, &world, mine, 1).await;
    let mark = Mark {
        token: [2; 32],
        browser: [7; 32],
    };
    let id = DeviceId::new(now, world.app.entropy.bytes());
    let known = store::remember_device(&mut tx, id, hers, &mark, now, now.after(HOUR))
        .await
        .unwrap();
    assert_ne!(known, owners);
    assert!(store::is_known_browser(&mut tx, &[7; 32], now).await.unwrap());
    let own = SessionRow {
        delegate: Some(ana.id),
        ..session(&world, mine, known, 10)
    };
    let rows = [
        own,
        SessionRow {
            delegate: Some(ana.id),
            ..session(&world, mine, known, 11)
        },
        session(&world, mine, owners, 12),
        session(&world, mine, owners, 13),
    ];
    for row in &rows {
        store::insert(&mut tx, row).await.unwrap();
    }
    let read = store::by_token(&mut tx, &[10; 32]).await.unwrap().unwrap();
    assert_eq!(read.principal(), hers);
    assert_eq!(
        store::end(&mut tx, rows[2].id, hers).await.unwrap(),
        0,
        "the owner's is not hers"
    );
    assert_eq!(store::end_others(&mut tx, hers, rows[0].id).await.unwrap(), 1);
    assert_eq!(store::of_account(&mut tx, mine).await.unwrap().len(), 3);
    assert_eq!(
        store::end(&mut tx, rows[0].id, owner(mine)).await.unwrap(),
        1,
        "hers is the owner's to end"
    );
    store::insert(&mut tx, &rows[0]).await.unwrap();
    assert_eq!(store::end_of_delegate(&mut tx, ana.id).await.unwrap(), 1);
    store::forget_devices_of_delegate(&mut tx, ana.id).await.unwrap();
    assert!(!store::knows(&mut tx, known, mine, now).await.unwrap());
    assert!(store::knows(&mut tx, owners, mine, now).await.unwrap());
    assert_eq!(store::of_account(&mut tx, mine).await.unwrap().len(), 2);
}
