//! Delegates, their passwords and invitations on both engines.

use super::sessions::account;
use rstest::rstest;
use server::delegates::Delegate;
use server::delegates::store;
use server::store::Tx;
use shared::delegates::DelegateId;
use shared::i18n::Language;
use shared::identifiers::{AccountId, LinkId};
use shared::time::{Deadline, Timestamp};
use std::time::Duration;
use tests::{Engine, World};
use uuid::Uuid;

const TICK: Duration = Duration::from_micros(1);
const HOUR: Duration = Duration::from_hours(1);

pub fn delegate(world: &World, account: AccountId, number: u8, cedula: &str) -> Delegate {
    Delegate {
        id: DelegateId::new(world.now(), [number; 10]),
        account,
        cedula: cedula.parse().unwrap(),
        name: "Ana Lucía Chango".parse().unwrap(),
        email: "ana@contable.example".parse().unwrap(),
        language: Language::Es,
        scopes: "payroll,registrations".parse().unwrap(),
        until: "2026-12-31".parse().unwrap(),
        password_set_at: None,
        blocked_at: None,
        invited_at: None,
        signed_in_at: None,
    }
}

/// A row as a value that can be compared.
fn facts(row: &Delegate) -> String {
    let Delegate {
        id,
        account,
        cedula,
        name,
        email,
        language,
        scopes,
        until,
        password_set_at,
        blocked_at,
        invited_at,
        signed_in_at,
    } = row;
    format!(
        "{id} {account} {cedula} {name} {email} {language} {scopes} {until} \
         {password_set_at:?} {blocked_at:?} {invited_at:?} {signed_in_at:?}"
    )
}

async fn load(tx: &mut Tx, id: DelegateId) -> Delegate {
    store::by_id(tx, id).await.unwrap().unwrap()
}

#[rstest]
#[tokio::test]
async fn a_delegate_is_read_as_it_was_written_and_changed_by_its_account_only(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let (mine, theirs) = (
        account(&world, "1790011674001").await,
        account(&world, "1760013210001").await,
    );
    let now = world.now();
    let mut tx = world.app.store.write().await.unwrap();
    let ana = delegate(&world, mine, 1, "0926687856");
    store::insert(&mut tx, &ana, now).await.unwrap();
    store::insert(&mut tx, &delegate(&world, theirs, 2, "0926687856"), now)
        .await
        .unwrap();
    assert_eq!(facts(&load(&mut tx, ana.id).await), facts(&ana));
    let found = store::by_cedula(&mut tx, mine, ana.cedula)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.id, ana.id);
    assert_eq!(store::of_account(&mut tx, mine).await.unwrap().len(), 1);
    assert_eq!(
        store::names(&mut tx, mine).await.unwrap(),
        [(ana.id, "Ana Lucía Chango".to_owned())]
    );

    store::invite(&mut tx, ana.id, now).await.unwrap();
    store::end_invitations(&mut tx, theirs, now).await.unwrap();
    assert_eq!(load(&mut tx, ana.id).await.invited_at, Some(now));
    store::end_invitations(&mut tx, mine, now).await.unwrap();
    assert_eq!(load(&mut tx, ana.id).await.invited_at, None);

    let (scopes, until) = ("read_only".parse().unwrap(), "2027-01-31".parse().unwrap());
    let change =
        async |tx: &mut Tx, account| store::change(tx, ana.id, account, scopes, until).await.unwrap();
    assert_eq!(change(&mut tx, theirs).await, 0, "it is another account's");
    assert_eq!(change(&mut tx, mine).await, 1);
    let changed = load(&mut tx, ana.id).await;
    assert_eq!((changed.scopes, changed.until), (scopes, until));
    store::note_sign_in(&mut tx, ana.id, now).await.unwrap();
    assert_eq!(load(&mut tx, ana.id).await.signed_in_at, Some(now));

    assert_eq!(store::end(&mut tx, ana.id, theirs, now).await.unwrap(), 0);
    assert_eq!(store::end(&mut tx, ana.id, mine, now).await.unwrap(), 1);
    assert_eq!(store::end(&mut tx, ana.id, mine, now).await.unwrap(), 0, "once");
    assert_eq!(change(&mut tx, mine).await, 0, "an ended one stays ended");
    assert!(
        store::by_cedula(&mut tx, mine, ana.cedula)
            .await
            .unwrap()
            .is_none()
    );
    assert!(store::by_id(&mut tx, ana.id).await.unwrap().is_none());
    assert!(store::of_account(&mut tx, mine).await.unwrap().is_empty());
    assert_eq!(
        store::names(&mut tx, mine).await.unwrap().len(),
        1,
        "the history names them"
    );
}

#[rstest]
#[tokio::test]
async fn one_cedula_is_one_delegate_until_it_is_ended(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mine = account(&world, "1790011674001").await;
    let now = world.now();
    let mut tx = world.app.store.write().await.unwrap();
    let first = delegate(&world, mine, 1, "0926687856");
    store::insert(&mut tx, &first, now).await.unwrap();
    store::end(&mut tx, first.id, mine, now).await.unwrap();
    store::insert(&mut tx, &delegate(&world, mine, 2, "0926687856"), now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut tx = world.app.store.write().await.unwrap();
    let again = store::insert(&mut tx, &delegate(&world, mine, 3, "0926687856"), now).await;
    assert!(again.is_err());
}

#[rstest]
#[tokio::test]
async fn a_password_lifts_a_block_and_goes_with_an_ended_delegate(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mine = account(&world, "1790011674001").await;
    let now = world.now();
    let mut tx = world.app.store.write().await.unwrap();
    let ana = delegate(&world, mine, 1, "0926687856");
    store::insert(&mut tx, &ana, now).await.unwrap();
    assert_eq!(store::password_hash(&mut tx, ana.id).await.unwrap(), None);
    assert_eq!(store::block(&mut tx, ana.id, now).await.unwrap(), 1);
    assert_eq!(store::block(&mut tx, ana.id, now).await.unwrap(), 0, "once");
    assert_eq!(store::set_password(&mut tx, ana.id, "one", now).await.unwrap(), 1);
    let set = load(&mut tx, ana.id).await;
    assert_eq!((set.password_set_at, set.blocked_at), (Some(now), None));
    for (number, hash) in [(1, "one"), (2, "two"), (3, "three")] {
        let at = now.after(Duration::from_secs(number));
        let entry = Uuid::from_u128(number.into());
        store::remember(&mut tx, entry, ana.id, hash, at, 2)
            .await
            .unwrap();
    }
    assert_eq!(
        store::last_hashes(&mut tx, ana.id, 5).await.unwrap(),
        ["three", "two"]
    );
    assert_eq!(store::renew_hash(&mut tx, ana.id, "two", "2").await.unwrap(), 0);
    store::set_password(&mut tx, ana.id, "two", now).await.unwrap();
    assert_eq!(store::renew_hash(&mut tx, ana.id, "two", "2").await.unwrap(), 1);
    assert_eq!(
        store::last_hashes(&mut tx, ana.id, 5).await.unwrap(),
        ["three", "2"]
    );
    assert_eq!(
        store::password_hash(&mut tx, ana.id).await.unwrap().as_deref(),
        Some("2")
    );

    store::block(&mut tx, ana.id, now).await.unwrap();
    store::take_password(&mut tx, ana.id).await.unwrap();
    let taken = load(&mut tx, ana.id).await;
    assert_eq!((taken.password_set_at, taken.blocked_at), (None, None));
    store::end(&mut tx, ana.id, mine, now).await.unwrap();
    store::forget_passwords(&mut tx, ana.id).await.unwrap();
    assert!(store::last_hashes(&mut tx, ana.id, 5).await.unwrap().is_empty());
    assert_eq!(
        store::set_password(&mut tx, ana.id, "late", now).await.unwrap(),
        0,
        "nobody gives an ended one a password"
    );
    assert_eq!(store::block(&mut tx, ana.id, now).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn an_invitation_is_used_once_until_its_last_tick(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let mine = account(&world, "1790011674001").await;
    let now = world.now();
    let end = now.after(HOUR);
    let mut tx = world.app.store.write().await.unwrap();
    let ana = delegate(&world, mine, 1, "0926687856");
    store::insert(&mut tx, &ana, now).await.unwrap();
    let link = |number: u8| LinkId::new(now, [number; 10]);
    let invite = async |tx: &mut Tx, number: u8| {
        store::insert_invitation(tx, link(number), ana.id, &[number; 32], now, Deadline::at(end))
            .await
            .unwrap();
    };
    let used =
        async |tx: &mut Tx, number, at: Timestamp| store::use_invitation(tx, link(number), at).await.unwrap();
    invite(&mut tx, 1).await;
    let open = async |tx: &mut Tx, at| store::open_invitations(tx, mine, at).await.unwrap();
    assert_eq!(
        open(&mut tx, end.before(TICK)).await,
        [(ana.id, Deadline::at(end))]
    );
    assert!(open(&mut tx, end).await.is_empty());
    assert_eq!(used(&mut tx, 1, end.after(TICK)).await, 0);
    assert_eq!(used(&mut tx, 1, end).await, 0);
    assert_eq!(used(&mut tx, 1, end.before(TICK)).await, 1);
    assert_eq!(used(&mut tx, 1, end.before(TICK)).await, 0, "once");
    assert!(open(&mut tx, now).await.is_empty());
    invite(&mut tx, 2).await;
    store::replace_invitations(&mut tx, ana.id, now).await.unwrap();
    assert_eq!(used(&mut tx, 2, now).await, 0, "another took its place");
    let one = store::invitation_by_token(&mut tx, &[1; 32])
        .await
        .unwrap()
        .unwrap();
    let two = store::invitation_by_token(&mut tx, &[2; 32])
        .await
        .unwrap()
        .unwrap();
    assert_eq!((one.used_at.is_some(), one.replaced_at), (true, None));
    assert_eq!(
        (two.used_at, two.replaced_at, two.delegate),
        (None, Some(now), ana.id)
    );
    assert!(
        store::invitation_by_token(&mut tx, &[3; 32])
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(
        store::purge_invitations(&mut tx, end.before(TICK)).await.unwrap(),
        0
    );
    assert_eq!(store::purge_invitations(&mut tx, end).await.unwrap(), 2);
}
