//! What a database that goes away, or that nothing can be written to, is told apart as.

use server::store::{StoreError, Tx};
use server::{changed, on};
use tests::{Engine, World};

const COUNT: &str = "UPDATE audit_chain SET sequence = sequence WHERE id = 1";

#[tokio::test]
async fn a_connection_that_is_ended_is_the_database_away() {
    let world = World::new(Engine::Postgres).await;
    let mut ended = world.app.store.write().await.unwrap();
    let (process,): (i32,) = on!(&mut ended, |conn| sqlx::query_as(
        "SELECT CAST(pg_backend_pid() AS INTEGER)"
    )
    .fetch_one(conn))
    .unwrap();
    let mut other = world.app.store.write().await.unwrap();
    let Tx::Postgres(transaction) = &mut other else {
        panic!("PostgreSQL was opened")
    };
    let (gone,): (bool,) = sqlx::query_as("SELECT pg_terminate_backend($1, 10000)")
        .bind(process)
        .fetch_one(&mut **transaction)
        .await
        .unwrap();
    assert!(gone);
    let told: Result<u64, StoreError> = changed!(&mut ended, sqlx::query(COUNT)).map_err(Into::into);
    assert!(matches!(told, Err(StoreError::Away(_))), "{told:?}");
    // The others work, and so does whoever comes next.
    assert_eq!(changed!(&mut other, sqlx::query(COUNT)).unwrap(), 1);
    drop((ended, other));
    assert!(world.app.store.write().await.is_ok());
}

#[tokio::test]
async fn a_file_that_cannot_grow_or_be_written_is_the_database_unwritable() {
    let world = World::new(Engine::Sqlite).await;
    let store = &world.app.store;
    let mut full = store.write().await.unwrap();
    // No less than it has: not one page more.
    let (pages,): (i64,) = on!(&mut full, |conn| sqlx::query_as("PRAGMA max_page_count = 1")
        .fetch_one(conn))
    .unwrap();
    let grow = "CREATE TABLE ballast AS SELECT zeroblob(100000) AS bytes";
    let told: Result<u64, StoreError> = changed!(&mut full, sqlx::query(grow)).map_err(Into::into);
    assert!(matches!(told, Err(StoreError::Unwritable(_))), "{told:?}");
    drop(full);

    let mut tx = store.write().await.unwrap();
    let more = format!("PRAGMA max_page_count = {}", pages + 1000);
    let (_,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(sqlx::AssertSqlSafe(more))
        .fetch_one(conn))
    .unwrap();
    changed!(&mut tx, sqlx::query(grow)).unwrap();
    tx.commit().await.unwrap();

    let mut reading = store.read().await.unwrap();
    let told: Result<u64, StoreError> = changed!(&mut reading, sqlx::query(COUNT)).map_err(Into::into);
    assert!(matches!(told, Err(StoreError::Unwritable(_))), "{told:?}");
    assert_eq!(store.lack(), None);
}

#[tokio::test]
async fn a_transaction_that_sqlite_ended_itself_is_in_nobodys_way() {
    let world = World::new(Engine::Sqlite).await;
    let mut ended = world.app.store.write().await.unwrap();
    // As it does by itself when a commit finds the disk full.
    changed!(&mut ended, sqlx::query("ROLLBACK")).unwrap();
    drop(ended);
    let mut next = world.app.store.write().await.unwrap();
    assert_eq!(changed!(&mut next, sqlx::query(COUNT)).unwrap(), 1);
    next.commit().await.unwrap();
}
