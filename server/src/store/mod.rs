//! Two databases, one SQL text. No domain word lives here.
//!
//! A slice's `store.rs` holds SQL in constants with `$1` placeholders, listed in its `QUERIES`, and runs them through
//! [`on!`](crate::on) on a [`Tx`]. Times and ids come from Rust; times are BIGINT microseconds; digests are BLOB/BYTEA.

mod bulk;
mod disk;
mod error;
pub mod machine;

pub use bulk::{Table, Upsert, Value};
pub use disk::{Lack, Room, room};
pub use error::StoreError;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use std::str::FromStr;
use std::sync::LazyLock;
use std::time::Duration;

/// How long a request waits for a connection before it is told that the server is busy.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

/// How PostgreSQL begins to read. Left to its default, every statement would see a moment of its own.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/// How it begins to write: each statement sees what was committed before it, and what it changes is locked.
const WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

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

/// Which connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolName {
    /// The one that writes, on SQLite.
    Writer,
    /// Those that read, on SQLite.
    Readers,
    /// All of them, on PostgreSQL.
    All,
}

impl PoolName {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Writer, Self::Readers, Self::All];

    /// The word in metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Writer => "writer",
            Self::Readers => "readers",
            Self::All => "all",
        }
    }
}

/// The connections of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Which.
    pub pool: PoolName,
    /// How many are open.
    pub open: usize,
    /// How many of these nobody uses.
    pub idle: usize,
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
        $crate::on!($tx, |conn| async {
            $query.execute(conn).await.map(|done| done.rows_affected())
        })
    };
}

static SQLITE: LazyLock<Migrator> = LazyLock::new(|| beside_later_ones(sqlx::migrate!("migrations/sqlite")));
static POSTGRES: LazyLock<Migrator> =
    LazyLock::new(|| beside_later_ones(sqlx::migrate!("migrations/postgres")));

/// A node starts also where a later version has migrated already: while nodes are replaced one by one, old ones start again. What they
/// use is there still, since migrations only add.
fn beside_later_ones(mut migrator: Migrator) -> Migrator {
    migrator.set_ignore_missing(true);
    migrator
}

const APPLIED: &str = "SELECT COUNT(*) FROM _sqlx_migrations";

/// What to do about a SQLite file that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Missing {
    Create,
    Refuse,
}

impl Store {
    /// Opens `sqlite:<path>` or `postgres://…`, makes the file if it is missing, and brings the schema up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let store = Self::connect_to(url, Missing::Create).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Opens a database that exists and leaves its schema as it is.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        Self::connect_to(url, Missing::Refuse).await
    }

    async fn connect_to(url: &str, missing: Missing) -> Result<Self, StoreError> {
        if is_postgres(url) {
            let options = PgConnectOptions::from_str(url)?.application_name("clavero");
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(ACQUIRE_TIMEOUT);
            return Ok(Self::Postgres(pool.connect_with(options).await?));
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(missing == Missing::Create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let pool = |size| {
            SqlitePoolOptions::new()
                .max_connections(size)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                // Where the disk is full SQLite ends a transaction itself. sqlx does not learn of that and would begin none on this
                // connection ever again: another one takes its place.
                .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        };
        let writer = pool(1).connect_with(options.clone()).await?;
        let readers = pool(4).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { writer, readers })
    }

    /// Applies the migrations that are missing. Of nodes that begin at once one does it, and the others wait.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { writer, .. } => SQLITE.run(writer).await?,
            Self::Postgres(pool) => POSTGRES.run(pool).await?,
        }
        Ok(())
    }

    /// How many migrations are missing.
    pub async fn pending(&self) -> Result<usize, StoreError> {
        let mut tx = self.read().await?;
        let (applied,): (i64,) = crate::on!(&mut tx, |conn| sqlx::query_as(APPLIED).fetch_one(conn))?;
        let known = match self {
            Self::Sqlite { .. } => SQLITE.iter().count(),
            Self::Postgres(_) => POSTGRES.iter().count(),
        };
        Ok(known.saturating_sub(usize::try_from(applied).unwrap_or(0)))
    }

    /// The last migration of the schema that this version works with.
    pub fn latest() -> i64 {
        // Both engines have the same.
        SQLITE
            .iter()
            .map(|migration| migration.version)
            .max()
            .unwrap_or(0)
    }

    /// How many connections are open, and how many of them do nothing.
    pub fn connections(&self) -> Vec<Connections> {
        let of = |pool, open: u32, idle: usize| Connections {
            pool,
            open: usize::try_from(open).unwrap_or(usize::MAX),
            idle,
        };
        match self {
            Self::Sqlite { writer, readers } => vec![
                of(PoolName::Writer, writer.size(), writer.num_idle()),
                of(PoolName::Readers, readers.size(), readers.num_idle()),
            ],
            Self::Postgres(pool) => vec![of(PoolName::All, pool.size(), pool.num_idle())],
        }
    }

    /// Closes every connection, so that the database may be moved or dropped.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// A transaction that only reads, all of it from one instant: what one statement saw, the next one sees as well.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Self::Postgres(pool) => Tx::Postgres(begin(pool, READ).await?),
        })
    }

    /// A transaction that writes. On SQLite it takes the write lock at once, so that it cannot fail half-way.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(begin(pool, WRITE).await?),
        })
    }
}

/// Whether an address is of a database of PostgreSQL.
pub(crate) fn is_postgres(address: &str) -> bool {
    address.starts_with("postgres://") || address.starts_with("postgresql://")
}

/// Begins a transaction in a task of its own. A caller that goes away in the middle (its browser did) would otherwise leave a connection
/// within a transaction that the pool does not know of: the next caller would write into one that only reads, or read what was so then.
async fn begin(pool: &PgPool, how: &'static str) -> Result<Transaction<'static, Postgres>, StoreError> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(how).await }).await;
    // It is cut off only where the whole process ends.
    Ok(begun.map_err(|_| sqlx::Error::WorkerCrashed)??)
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
