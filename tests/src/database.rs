//! A new database for a test, on either engine, that goes away with it.
//!
//! On PostgreSQL a database with the schema in it is a copy of one that the first test made: a test is a process of its own, and every
//! one would apply all migrations otherwise.

use server::hexadecimal::Hexadecimal;
use server::store::Store;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// Names the PostgreSQL server for tests: the address of a database whose user may create others.
pub const POSTGRES_URL: &str = "CLAVERO_TEST_POSTGRES_URL";

/// On which database a test runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of the server that [`POSTGRES_URL`] names.
    Postgres,
}

/// A database that is dropped with this value.
#[derive(Debug)]
pub struct Database {
    pub(crate) url: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Sqlite { _folder: TempDir },
    Postgres { admin: String, name: String },
}

impl Database {
    /// An empty one, without any schema.
    pub async fn create(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::create_sqlite(),
            Engine::Postgres => Self::create_postgres(admin_url(), "template1").await,
        }
    }

    /// One with the schema and no row.
    pub async fn migrated(engine: Engine) -> Self {
        match engine {
            // Opening it migrates it, in a few milliseconds.
            Engine::Sqlite => Self::create_sqlite(),
            Engine::Postgres => {
                let admin = admin_url();
                let template = template(&admin).await;
                Self::create_postgres(admin, &template).await
            }
        }
    }

    fn create_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("clavero.db").display());
        Self {
            url,
            kind: Kind::Sqlite { _folder: folder },
        }
    }

    async fn create_postgres(admin: String, template: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "clavero_test_{}_{}",
            std::process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        let mut connection = PgConnection::connect(&admin)
            .await
            .expect("the PostgreSQL server for tests answers");
        // A database of that name can only be left over from a process that was killed.
        run(
            &mut connection,
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        )
        .await;
        run(
            &mut connection,
            format!("CREATE DATABASE {name} TEMPLATE {template}"),
        )
        .await;
        let url = with_database(&admin, &name);
        Self {
            url,
            kind: Kind::Postgres { admin, name },
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url)
            .await
            .expect("a new database can be opened and migrated")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Kind::Postgres { admin, name } = &self.kind else {
            return;
        };
        let (admin, drop) = (
            admin.clone(),
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        );
        // The test's own runtime may be ending: the last word needs one of its own.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .ok()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect(&admin).await.ok()?;
                connection.execute(AssertSqlSafe(drop)).await.ok()
            })
        });
        let _left_over_if_it_failed = dropped.join();
    }
}

/// The name of the database that has the schema; made by the first who asks, while the others wait. Its name says which migrations are in
/// it, so that a server that is kept never lends an old one.
async fn template(admin: &str) -> String {
    /// Any number: who makes the template holds the lock of this name.
    const MAKING: i64 = 0x636c_6176_6572_6f00;
    const THERE: &str = "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)";
    let name = format!("clavero_template_{}", fingerprint());
    let mut connection = PgConnection::connect(admin)
        .await
        .expect("the PostgreSQL server for tests answers");
    let there = async |connection: &mut PgConnection| -> bool {
        sqlx::query_scalar(THERE)
            .bind(&name)
            .fetch_one(connection)
            .await
            .expect("the list of databases can be read")
    };
    if there(&mut connection).await {
        return name;
    }
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(MAKING)
        .execute(&mut connection)
        .await
        .expect("the lock comes");
    if !there(&mut connection).await {
        // Under another name until it is whole. The lock goes with the connection, also of a process that is killed.
        let making = format!("{name}_making");
        run(
            &mut connection,
            format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)"),
        )
        .await;
        run(&mut connection, format!("CREATE DATABASE {making}")).await;
        let store = Store::open(&with_database(admin, &making))
            .await
            .expect("a new database can be opened and migrated");
        store.close().await;
        // Nobody, nor a job of the server, connects to it: it could not be copied meanwhile.
        run(
            &mut connection,
            format!("ALTER DATABASE {making} ALLOW_CONNECTIONS false"),
        )
        .await;
        run(
            &mut connection,
            format!("ALTER DATABASE {making} RENAME TO {name}"),
        )
        .await;
    }
    name
}

/// What tells one state of the migrations from another.
fn fingerprint() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/migrations/postgres");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the migrations are there")
        .map(|entry| entry.expect("a migration").path())
        .collect();
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        digest.update(std::fs::read(file).expect("a migration can be read"));
    }
    let mut text = Hexadecimal(&digest.finalize()).to_string();
    text.truncate(12);
    text
}

async fn run(connection: &mut PgConnection, statement: String) {
    connection
        .execute(AssertSqlSafe(statement))
        .await
        .expect("the user of the tests may make and drop databases");
}

fn admin_url() -> String {
    #[expect(clippy::disallowed_methods, reason = "the harness learns from xtask which PostgreSQL to use")]
    std::env::var(POSTGRES_URL).unwrap_or_else(|_| {
        panic!(
            "{POSTGRES_URL} is not set: `cargo xtask test` starts a PostgreSQL for the tests and sets it; by hand, name a \
             server whose user may create databases, such as postgres://postgres@127.0.0.1:5433/postgres"
        )
    })
}

/// The same server, another database.
fn with_database(url: &str, name: &str) -> String {
    let (plain, query) = url
        .split_once('?')
        .map_or((url, None), |(plain, query)| (plain, Some(query)));
    let server = plain.rsplit_once('/').map_or(plain, |(server, _)| server);
    match query {
        Some(query) => format!("{server}/{name}?{query}"),
        None => format!("{server}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn another_database_of_the_same_server() {
        assert_eq!(
            with_database("postgres://u@h:1/postgres", "x"),
            "postgres://u@h:1/x"
        );
        assert_eq!(
            with_database("postgres://u@h/postgres?host=/tmp/x", "y"),
            "postgres://u@h/y?host=/tmp/x"
        );
    }
}
