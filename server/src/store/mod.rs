//! Two databases, one SQL text. No domain word lives here.
//!
//! A slice's `store.rs` holds SQL in constants with `$1` placeholders, listed in its `QUERIES`, and runs them through
//! [`on!`](crate::on) on a [`Tx`]. Times and ids come from Rust; times are BIGINT microseconds; digests are BLOB/BYTEA.

mod error;

pub use error::StoreError;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::str::FromStr;
use std::time::Duration;

/// The database: one SQLite file, or PostgreSQL.
#[derive(Clone, Debug)]
pub enum Store {
    /// One file in WAL mode: one writer, several readers.
    Sqlite {
        /// Exactly one connection: SQLite has one writer.
        writer: SqlitePool,
        /// Connections that only read.
        readers: SqlitePool,
    },
    /// A server, shared by any number of nodes.
    Postgres(PgPool),
}

/// A transaction on either engine.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// Runs a query on the engine of a transaction: `on!(tx, |conn| sqlx::query(SQL).bind(id).execute(conn))`.
///
/// Both arms must have the same type: take rows by `RETURNING` and `fetch_optional`, or map the result inside.
#[macro_export]
macro_rules! on {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(transaction) => {
                let $conn = &mut **transaction;
                $body.await
            }
            $crate::store::Tx::Postgres(transaction) => {
                let $conn = &mut **transaction;
                $body.await
            }
        }
    };
}

/// Runs a statement and yields how many rows it changed: `changed!(tx, sqlx::query(SQL).bind(id))?`.
#[macro_export]
macro_rules! changed {
    ($tx:expr, $query:expr) => {
        $crate::on!($tx, |conn| async { $query.execute(conn).await.map(|done| done.rows_affected()) })
    };
}

impl Store {
    /// Opens `sqlite:<path>` or `postgres://…` and brings its schema up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let store = if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)?;
            Self::Postgres(PgPoolOptions::new().max_connections(16).connect_with(options).await?)
        } else {
            let options = SqliteConnectOptions::from_str(url)?
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5));
            let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
            let readers = SqlitePoolOptions::new().max_connections(4).connect_with(options.read_only(true)).await?;
            Self::Sqlite { writer, readers }
        };
        store.migrate().await?;
        Ok(store)
    }

    /// Applies the migrations that are missing.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { writer, .. } => sqlx::migrate!("migrations/sqlite").run(writer).await?,
            Self::Postgres(pool) => sqlx::migrate!("migrations/postgres").run(pool).await?,
        }
        Ok(())
    }

    /// A transaction that only reads.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// A transaction that writes. On SQLite it takes the write lock at once, so that it cannot fail half-way.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }
}

impl Tx {
    /// Makes what was written last.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}
