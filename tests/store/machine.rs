//! What is asked of the database as a machine.

use rstest::rstest;
use server::clock::Clock;
use server::store::{Store, machine};
use shared::time::Timestamp;
use std::time::Duration;
use tests::{Database, Engine, World};

const HOUR: Duration = Duration::from_hours(1);

#[rstest]
#[tokio::test]
async fn the_databases_clock_is_read(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let before = Clock::system().now();
    let shown = machine::clock(&world.app.store).await.unwrap();
    let version = machine::version(&world.app.store).await.unwrap();
    match engine {
        Engine::Sqlite => assert!(shown.is_none() && version.is_none()),
        Engine::Postgres => {
            let shown = shown.unwrap();
            // The same machine: the two clocks are one.
            assert!(shown.since(before) < HOUR && before.since(shown) < HOUR);
            assert!(shown > Timestamp::from_micros(0));
            assert!(version.unwrap().starts_with(|digit: char| digit.is_ascii_digit()));
        }
    }
}

#[tokio::test]
async fn an_empty_database_is_told_from_one_with_tables() {
    let database = Database::create(Engine::Postgres).await;
    let store = Store::connect(database.url()).await.unwrap();
    assert_eq!(machine::tables(&store).await.unwrap(), Some(0));
    store.migrate().await.unwrap();
    assert!(machine::tables(&store).await.unwrap() > Some(10));
    store.close().await;
    let file = World::new(Engine::Sqlite).await;
    assert_eq!(machine::tables(&file.app.store).await.unwrap(), None);
}
