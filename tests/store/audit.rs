//! The audit log as an attacker with the database's password meets it.

use rstest::rstest;
use server::audit::{Entry, Finding, Head, Subject, service};
use server::changed;
use shared::audit::{Actor, Event};
use shared::identifiers::{AccountId, CaseId};
use shared::sessions::{Browser, Device, System};
use std::net::Ipv4Addr;
use std::time::Duration;
use tests::{Engine, World};

/// A log of `count` sealed events.
async fn sealed(engine: Engine, count: u8) -> (World, Head) {
    let world = World::new(engine).await;
    for number in 1..=count {
        append(&world, number).await;
    }
    let head = service::seal_all(&world.app).await.unwrap().unwrap();
    (world, head)
}

async fn append(world: &World, number: u8) {
    let mut tx = world.app.store.write().await.unwrap();
    service::append(
        &world.app,
        &mut tx,
        &entry(world, &Event::AnswersFailed { failures: number }),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    world.advance(Duration::from_secs(1));
}

fn entry<'a>(world: &World, event: &'a Event) -> Entry<'a> {
    Entry {
        event,
        at: world.now(),
        actor: Actor::Visitor,
        subject: Subject {
            account: Some(AccountId::new(world.now(), [1; 10])),
            case: Some(CaseId::new(world.now(), [2; 10])),
            identifier: Some([3; 32]),
            delegate: None,
        },
        source: Some(Ipv4Addr::new(192, 0, 2, 7).into()),
        device: None,
        staff: None,
    }
}

/// The same of an act whose device is remembered.
async fn append_with(world: &World, device: Device) {
    let mut tx = world.app.store.write().await.unwrap();
    let entry = Entry {
        device: Some(device),
        ..entry(world, &Event::PasswordReplaced)
    };
    service::append(&world.app, &mut tx, &entry).await.unwrap();
    tx.commit().await.unwrap();
    world.advance(Duration::from_secs(1));
}

/// Changes rows behind the server's back.
async fn tamper(world: &World, sql: &'static str) {
    let mut tx = world.app.store.write().await.unwrap();
    let changed = changed!(&mut tx, sqlx::query(sql)).unwrap();
    assert!(changed > 0, "{sql} changed nothing");
    tx.commit().await.unwrap();
}

async fn findings(world: &World, heads: &[Head]) -> Vec<Finding> {
    service::verify(&world.app, heads).await.unwrap().findings
}

#[rstest]
#[tokio::test]
async fn a_whole_log_verifies_also_against_every_exported_head(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, first) = sealed(engine, 3).await;
    append(&world, 4).await;
    let second = service::seal_all(&world.app).await.unwrap().unwrap();
    append(&world, 5).await;

    let found = service::verify(&world.app, &[first, second]).await.unwrap();
    assert_eq!(found.findings, []);
    assert_eq!((found.sealed, found.waiting, found.head), (4, 1, second));
    assert_eq!((first.sequence, second.sequence), (3, 4));
    assert_eq!(service::head(&world.app).await.unwrap(), second);
}

#[rstest]
#[tokio::test]
async fn an_empty_log_verifies(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let found = service::verify(&world.app, &[]).await.unwrap();
    assert_eq!((found.findings, found.sealed), (vec![], 0));
    assert_eq!(service::seal_all(&world.app).await.unwrap(), None);
}

#[rstest]
#[tokio::test]
async fn an_event_stands_only_if_its_change_does(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let mut tx = world.app.store.write().await.unwrap();
    service::append(&world.app, &mut tx, &entry(&world, &Event::PasswordSet))
        .await
        .unwrap();
    drop(tx);
    assert_eq!(service::verify(&world.app, &[]).await.unwrap().waiting, 0);
}

#[rstest]
#[tokio::test]
async fn a_change_of_any_column_is_found_where_it_is(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let changes = [
        "UPDATE audit_events SET id = case_id WHERE sequence = 1",
        "UPDATE audit_events SET at = at + 1 WHERE sequence = 3",
        "UPDATE audit_events SET kind = 'password_set' WHERE sequence = 5",
        "UPDATE audit_events SET actor = 'officer' WHERE sequence = 7",
        "UPDATE audit_events SET account_id = NULL WHERE sequence = 9",
        "UPDATE audit_events SET case_id = account_id WHERE sequence = 11",
        "UPDATE audit_events SET identifier = seal WHERE sequence = 13",
        "UPDATE audit_events SET source = NULL WHERE sequence = 15",
        "UPDATE audit_events SET detail = '{}' WHERE sequence = 17",
    ];
    let (world, head) = sealed(engine, 20).await;
    let mut expected = Vec::new();
    for (sequence, change) in (1..).step_by(2).zip(changes) {
        tamper(&world, change).await;
        expected.push(Finding::Altered { sequence });
        assert_eq!(findings(&world, &[head]).await, expected, "{change}");
    }
    // A seal is part of the next event's.
    tamper(
        &world,
        "UPDATE audit_events SET seal = identifier WHERE sequence = 19",
    )
    .await;
    expected.extend([
        Finding::Altered { sequence: 19 },
        Finding::Altered { sequence: 20 },
    ]);
    assert_eq!(findings(&world, &[head]).await, expected);
}

#[rstest]
#[tokio::test]
async fn events_with_and_without_a_device_are_one_whole_log_and_no_device_can_be_changed(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let device = Device {
        browser: Browser::Firefox,
        system: System::Linux,
    };
    let (world, _) = sealed(engine, 1).await;
    for number in 2..=6 {
        append_with(&world, device).await;
        append(&world, number).await;
    }
    let head = service::seal_all(&world.app).await.unwrap().unwrap();
    assert_eq!((head.sequence, findings(&world, &[head]).await), (11, vec![]));

    // Odd places hold events without one.
    let changes = [
        (2, "UPDATE audit_events SET browser = 'chrome' WHERE sequence = 2"),
        (4, "UPDATE audit_events SET system = 'windows' WHERE sequence = 4"),
        (
            6,
            "UPDATE audit_events SET browser = NULL, system = NULL WHERE sequence = 6",
        ),
        (
            8,
            "UPDATE audit_events SET browser = system, system = browser WHERE sequence = 8",
        ),
        (9, "UPDATE audit_events SET browser = 'chrome' WHERE sequence = 9"),
    ];
    let mut expected = Vec::new();
    for (sequence, change) in changes {
        tamper(&world, change).await;
        expected.push(Finding::Altered { sequence });
        assert_eq!(findings(&world, &[head]).await, expected, "{change}");
    }
}

#[rstest]
#[case::first("DELETE FROM audit_events WHERE sequence = 1", &[Finding::Missing { from: 1, to: 1 }])]
#[case::middle("DELETE FROM audit_events WHERE sequence IN (3, 4)", &[Finding::Missing { from: 3, to: 4 }])]
#[case::last("DELETE FROM audit_events WHERE sequence = 6", &[Finding::EndDiffers { recorded: 6, found: 5 }])]
#[case::all("DELETE FROM audit_events", &[Finding::EndDiffers { recorded: 6, found: 0 }])]
#[case::unsealed(
    "UPDATE audit_events SET sequence = NULL, seal = NULL WHERE sequence = 2",
    &[Finding::Missing { from: 2, to: 2 }],
)]
#[case::swapped(
    "UPDATE audit_events SET sequence = CASE sequence WHEN 2 THEN -3 ELSE -2 END WHERE sequence IN (2, 3)",
    &[Finding::Misplaced { sequence: -3 }, Finding::Misplaced { sequence: -2 }, Finding::Missing { from: 2, to: 3 }],
)]
#[case::renumbered(
    "UPDATE audit_events SET sequence = 9 WHERE sequence = 6",
    &[Finding::Missing { from: 6, to: 8 }, Finding::EndDiffers { recorded: 6, found: 9 }],
)]
#[case::end_moved(
    "UPDATE audit_chain SET sequence = 5",
    &[Finding::EndDiffers { recorded: 5, found: 6 }],
)]
#[tokio::test]
async fn removal_and_reordering_are_found(
    #[case] sql: &'static str,
    #[case] expected: &[Finding],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, _) = sealed(engine, 6).await;
    tamper(&world, sql).await;
    assert_eq!(findings(&world, &[]).await, expected);
}

#[rstest]
#[tokio::test]
async fn two_events_that_changed_places_are_found(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, _) = sealed(engine, 4).await;
    tamper(
        &world,
        "UPDATE audit_events SET sequence = -sequence WHERE sequence IN (2, 3)",
    )
    .await;
    tamper(
        &world,
        "UPDATE audit_events SET sequence = 5 + sequence WHERE sequence IN (-2, -3)",
    )
    .await;
    let found = findings(&world, &[]).await;
    assert_eq!(found, [2, 3, 4].map(|sequence| Finding::Altered { sequence }));
}

#[rstest]
#[tokio::test]
async fn a_forged_event_after_the_end_is_found(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (world, _) = sealed(engine, 2).await;
    append(&world, 3).await;
    tamper(
        &world,
        "UPDATE audit_events SET sequence = 3, seal = (SELECT seal FROM audit_chain) WHERE sequence IS NULL",
    )
    .await;
    let found = findings(&world, &[]).await;
    assert_eq!(
        found,
        [
            Finding::Altered { sequence: 3 },
            Finding::EndDiffers {
                recorded: 2,
                found: 3
            }
        ]
    );
}

#[rstest]
#[tokio::test]
async fn a_log_cut_off_with_its_end_is_found_by_an_exported_head(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, head) = sealed(engine, 5).await;
    tamper(
        &world,
        "UPDATE audit_chain SET sequence = 3, seal = (SELECT seal FROM audit_events WHERE sequence = 3)",
    )
    .await;
    tamper(&world, "DELETE FROM audit_events WHERE sequence > 3").await;
    assert_eq!(
        findings(&world, &[]).await,
        [],
        "the rest is a whole chain of its own"
    );
    assert_eq!(
        findings(&world, &[head]).await,
        [Finding::Truncated {
            exported: 5,
            found: 3
        }]
    );
}

#[rstest]
#[tokio::test]
async fn a_log_sealed_anew_by_who_holds_the_key_is_found_by_an_exported_head(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let (world, head) = sealed(engine, 5).await;
    append(&world, 6).await;
    tamper(&world, "DELETE FROM audit_events WHERE sequence = 2").await;
    tamper(&world, "UPDATE audit_events SET sequence = NULL, seal = NULL").await;
    let empty = match engine {
        Engine::Sqlite => "UPDATE audit_chain SET sequence = 0, seal = zeroblob(32)",
        Engine::Postgres => "UPDATE audit_chain SET sequence = 0, seal = decode(repeat('00', 32), 'hex')",
    };
    tamper(&world, empty).await;
    service::seal_all(&world.app).await.unwrap();
    assert_eq!(findings(&world, &[]).await, []);
    assert_eq!(
        findings(&world, &[head]).await,
        [Finding::Rewritten { sequence: 5 }]
    );
}

#[rstest]
#[tokio::test]
async fn two_nodes_seal_one_chain(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let other = world.node(2).await;
    let write = async |app: server::app::App| {
        for number in 0..60 {
            let mut tx = app.store.write().await.unwrap();
            service::append(
                &app,
                &mut tx,
                &entry(&world, &Event::AnswersFailed { failures: number }),
            )
            .await
            .unwrap();
            tx.commit().await.unwrap();
            service::seal(&app).await.unwrap();
        }
    };
    tokio::join!(
        write(world.app.clone()),
        write(other.clone()),
        write(world.app.clone()),
        write(other)
    );
    service::seal_all(&world.app).await.unwrap();
    let found = service::verify(&world.app, &[]).await.unwrap();
    assert_eq!((found.findings, found.sealed, found.waiting), (vec![], 240, 0));
}
