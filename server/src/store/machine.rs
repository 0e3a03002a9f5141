//! What is asked of the database as a machine, by whoever checks an installation.

use super::{Store, StoreError};
use crate::on;
use shared::time::Timestamp;

/// Every text, for the test that prepares them on PostgreSQL: SQLite is part of this program and has no clock but ours.
pub const QUERIES_POSTGRES: &[&str] = &[CLOCK, TABLES, VERSION];

// Nothing is decided by it: it is only held against our own clock.
const CLOCK: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";
const TABLES: &str = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public'";
const VERSION: &str = "SELECT current_setting('server_version')";

/// What the database's clock shows, if it has one of its own.
pub async fn clock(store: &Store) -> Result<Option<Timestamp>, StoreError> {
    if let Store::Sqlite { .. } = store {
        return Ok(None);
    }
    let mut tx = store.read().await?;
    let (micros,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(CLOCK).fetch_one(conn))?;
    Ok(Some(Timestamp::from_micros(micros)))
}

/// Which server it is, with its version; none for a file.
pub async fn version(store: &Store) -> Result<Option<String>, StoreError> {
    if let Store::Sqlite { .. } = store {
        return Ok(None);
    }
    let mut tx = store.read().await?;
    let (version,): (String,) = on!(&mut tx, |conn| sqlx::query_as(VERSION).fetch_one(conn))?;
    Ok(Some(version))
}

/// How many tables are in a database that a server keeps; a file is asked nothing.
pub async fn tables(store: &Store) -> Result<Option<i64>, StoreError> {
    if let Store::Sqlite { .. } = store {
        return Ok(None);
    }
    let mut tx = store.read().await?;
    let (tables,): (i64,) = on!(&mut tx, |conn| sqlx::query_as(TABLES).fetch_one(conn))?;
    Ok(Some(tables))
}
