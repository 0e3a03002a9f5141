//! The staff's rows: what a server that dies leaves behind, what is dropped when, and that an officer's name is sealed.

use rstest::rstest;
use server::audit::{self, Entry, Finding, Subject};
use server::changed;
use server::staff::service::{self as staff, Delivery, Wanted};
use server::staff::store::{self, invitations, sessions};
use shared::audit::{Actor, Event};
use shared::i18n::Language;
use shared::identifiers::{StaffId, version_7};
use shared::sessions::Device;
use shared::staff::api::StaffState;
use shared::staff::{Role, StaffSessionId};
use shared::time::Deadline;
use std::time::Duration;
use tests::{Engine, World};

const TICK: Duration = Duration::from_micros(1);

fn wanted(email: &str) -> Wanted {
    Wanted {
        name: "Ana Vega".parse().unwrap(),
        email: email.parse().unwrap(),
        role: Role::Agent,
        centre: None,
        language: Language::Es,
    }
}

async fn invited(world: &World, email: &str) -> StaffId {
    let member = staff::add_by_keeper(&world.app, wanted(email), Delivery::Shown).await;
    member.unwrap().id
}

#[rstest]
#[tokio::test]
async fn what_reads_sees_one_instant_and_cannot_write(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let ana = invited(&world, "ana@example.com").await;
    let mut reading = world.app.store.read().await.unwrap();
    assert_eq!(store::all(&mut reading).await.unwrap().len(), 1);
    let late = invited(&world, "late@example.com").await;
    assert_eq!(store::all(&mut reading).await.unwrap().len(), 1);
    assert!(store::by_id(&mut reading, late).await.unwrap().is_none());
    assert!(sessions::end_all(&mut reading, ana).await.is_err());
    drop(reading);
    let mut reading = world.app.store.read().await.unwrap();
    assert_eq!(store::all(&mut reading).await.unwrap().len(), 2);
}

#[rstest]
#[tokio::test]
async fn the_slot_of_an_attempt_that_died_counts_until_its_window_is_over(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let (counter, by) = ([1; 32], |number| version_7(world.now(), [number; 10]));
    let window = world.app.policy.staff.failure_window();
    let since = || world.now().before(window);
    let mut tx = world.app.store.write().await.unwrap();
    // The server died between this and what would have given it back.
    assert_eq!(
        sessions::take(&mut tx, &counter, 1, by(1), world.now(), since())
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        sessions::take(&mut tx, &counter, 1, by(2), world.now(), since())
            .await
            .unwrap(),
        0
    );
    tx.commit().await.unwrap();
    world.advance(window.checked_sub(TICK).unwrap());
    let mut tx = world.app.store.write().await.unwrap();
    assert_eq!(sessions::taken(&mut tx, &counter, 5, since()).await.unwrap(), 1);
    assert_eq!(
        sessions::take(&mut tx, &counter, 1, by(3), world.now(), since())
            .await
            .unwrap(),
        0
    );
    tx.commit().await.unwrap();
    world.advance(TICK);
    let mut tx = world.app.store.write().await.unwrap();
    assert_eq!(sessions::taken(&mut tx, &counter, 5, since()).await.unwrap(), 0);
    assert_eq!(
        sessions::take(&mut tx, &counter, 1, by(4), world.now(), since())
            .await
            .unwrap(),
        1
    );
    // Whoever took it first cannot give away what another one has now.
    sessions::release(&mut tx, &counter, 1, by(1)).await.unwrap();
    assert_eq!(sessions::taken(&mut tx, &counter, 5, since()).await.unwrap(), 1);
    sessions::release(&mut tx, &counter, 1, by(4)).await.unwrap();
    assert_eq!(sessions::taken(&mut tx, &counter, 5, since()).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn a_half_minute_is_used_once_and_takes_those_before_it_along(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let id = invited(&world, "ana@instituto.example").await;
    let mut tx = world.app.store.write().await.unwrap();
    let mut used = Vec::new();
    for step in [100, 100, 99, 101, 100] {
        used.push(store::use_step(&mut tx, id, step).await.unwrap());
    }
    assert_eq!(used, [1, 0, 0, 1, 0]);
}

#[rstest]
#[tokio::test]
async fn an_address_is_somebodys_once_and_free_again_when_they_leave(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    invited(&world, "ana@instituto.example").await;
    let twice = staff::add_by_keeper(&world.app, wanted("Ana@INSTITUTO.example"), Delivery::Shown).await;
    assert!(matches!(twice, Err(staff::NotDone::Taken)));
    let ended = staff::end_by_keeper(&world.app, &"ana@instituto.example".parse().unwrap()).await;
    let again = invited(&world, "ana@instituto.example").await;
    assert_ne!(ended.unwrap().id, again);
    let all = staff::all(&world.app).await.unwrap();
    let states: Vec<StaffState> = all.iter().map(server::staff::Member::state).collect();
    assert_eq!(states, [StaffState::Invited, StaffState::Ended]);
}

#[rstest]
#[tokio::test]
async fn what_is_over_is_dropped_at_its_instant_and_not_before(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let id = invited(&world, "ana@instituto.example").await;
    let session = sessions::SessionRow {
        id: StaffSessionId::new(world.now(), [1; 10]),
        token: [2; 32],
        staff: id,
        shown: Device::UNKNOWN,
        network: None,
        previous_at: None,
        began_at: world.now(),
        proved_at: Some(world.now()),
        used_at: world.now(),
        locked_at: None,
        expires: Deadline::after(world.now(), Duration::from_hours(10)),
    };
    let mut tx = world.app.store.write().await.unwrap();
    sessions::insert(&mut tx, &session).await.unwrap();
    tx.commit().await.unwrap();
    world.advance(Duration::from_hours(10).checked_sub(TICK).unwrap());
    assert_eq!(staff::purge(&world.app, world.now()).await.unwrap(), 0);
    world.advance(TICK);
    assert_eq!(staff::purge(&world.app, world.now()).await.unwrap(), 1);
}

#[rstest]
#[tokio::test]
async fn an_invitation_that_somebody_used_or_replaced_is_used_by_nobody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let id = invited(&world, "ana@instituto.example").await;
    let made = staff::make_invitation(&world.app, id, world.now())
        .await
        .unwrap()
        .unwrap();
    let newer = staff::make_invitation(&world.app, id, world.now())
        .await
        .unwrap()
        .unwrap();
    let mut tx = world.app.store.write().await.unwrap();
    assert_eq!(
        invitations::use_up(&mut tx, made.id, world.now()).await.unwrap(),
        0
    );
    let late = newer.deadline.instant();
    assert_eq!(invitations::use_up(&mut tx, newer.id, late).await.unwrap(), 0);
    assert_eq!(
        invitations::use_up(&mut tx, newer.id, late.before(TICK))
            .await
            .unwrap(),
        1
    );
    assert_eq!(
        invitations::use_up(&mut tx, newer.id, late.before(TICK))
            .await
            .unwrap(),
        0
    );
}

#[rstest]
#[tokio::test]
async fn who_did_it_cannot_be_written_over_without_being_found(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let id = invited(&world, "ana@instituto.example").await;
    let mut tx = world.app.store.write().await.unwrap();
    let entry = Entry {
        event: &Event::DeskLocked,
        at: world.now(),
        actor: Actor::Officer,
        subject: Subject::default(),
        source: None,
        device: None,
        staff: Some(id),
    };
    audit::service::append(&world.app, &mut tx, &entry).await.unwrap();
    tx.commit().await.unwrap();
    audit::service::seal_all(&world.app).await.unwrap();
    let found = audit::service::verify(&world.app, &[]).await.unwrap();
    assert_eq!(found.findings, Vec::<Finding>::new());
    let mut tx = world.app.store.write().await.unwrap();
    let written = changed!(
        &mut tx,
        sqlx::query("UPDATE audit_events SET staff_id = NULL WHERE kind = 'desk_locked'")
    );
    assert_eq!(written.unwrap(), 1);
    tx.commit().await.unwrap();
    let found = audit::service::verify(&world.app, &[]).await.unwrap();
    assert!(!found.findings.is_empty());
}
