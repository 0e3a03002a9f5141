//! A new, empty database for a test, on either engine, that goes away with it.

use server::store::Store;
use sqlx::{Connection, Executor, PgConnection};
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
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let url = format!("sqlite:{}", folder.path().join("clavero.db").display());
                Self {
                    url,
                    kind: Kind::Sqlite { _folder: folder },
                }
            }
            Engine::Postgres => Self::create_postgres(admin_url()).await,
        }
    }

    async fn create_postgres(admin: String) -> Self {
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
        let drop = sqlx::AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        connection
            .execute(drop)
            .await
            .expect("a left-over database can be dropped");
        connection
            .execute(create)
            .await
            .expect("its user may create databases");
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
                connection.execute(sqlx::AssertSqlSafe(drop)).await.ok()
            })
        });
        let _left_over_if_it_failed = dropped.join();
    }
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
