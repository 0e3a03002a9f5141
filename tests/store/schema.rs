//! The two schemas are one, and every SQL text is understood by both engines.

use rstest::rstest;
use server::compose::{self, Engines};
use server::store::{Store, StoreError, Tx};
use sqlx::{Executor, SqlSafeStr};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tests::{Database, Engine, World};

/// Words that no SQL of ours has: times, ids and defaults come from Rust.
const BANNED: &[&str] = &[
    "now()",
    "current_timestamp",
    "default",
    "gen_random_uuid",
    "autoincrement",
    "serial",
    " like ",
];

#[rstest]
#[tokio::test]
async fn every_text_is_understood(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = World::new(engine).await;
    let mut failures = Vec::new();
    for queries in compose::queries() {
        if queries.engines == Engines::Postgres && engine == Engine::Sqlite {
            continue;
        }
        for text in queries.texts {
            let mut tx = world.app.store.write().await.unwrap();
            let prepared = match &mut tx {
                Tx::Sqlite(transaction) => (&mut **transaction)
                    .prepare(text.into_sql_str())
                    .await
                    .map(|_| ()),
                Tx::Postgres(transaction) => (&mut **transaction)
                    .prepare(text.into_sql_str())
                    .await
                    .map(|_| ()),
            };
            if let Err(error) = prepared {
                failures.push(format!("{}: {error} in {text}", queries.slice));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[tokio::test]
async fn tables_columns_and_nulls_are_the_same() {
    let sqlite = columns(&World::new(Engine::Sqlite).await).await.unwrap();
    let postgres = columns(&World::new(Engine::Postgres).await).await.unwrap();
    assert!(sqlite.len() > 3, "the schema is not empty");
    let differences: Vec<_> = sqlite.symmetric_difference(&postgres).collect();
    assert!(differences.is_empty(), "on one engine only: {differences:#?}");
}

#[tokio::test]
async fn indexes_are_the_same() {
    let sqlite = indexes(&World::new(Engine::Sqlite).await).await.unwrap();
    let postgres = indexes(&World::new(Engine::Postgres).await).await.unwrap();
    assert_eq!(sqlite, postgres);
}

#[tokio::test]
async fn migrating_again_changes_nothing() {
    let world = World::new(Engine::Sqlite).await;
    let before = world.everything().await;
    world.app.store.migrate().await.unwrap();
    assert_eq!(world.app.store.pending().await.unwrap(), 0);
    assert_eq!(world.everything().await, before);
}

/// Browsers go away in the middle of everything, also of `BEGIN`.
#[rstest]
#[tokio::test]
async fn who_goes_away_leaves_no_transaction_behind(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let store = &world.app.store;
    for moment in 0..600 {
        let gone = async {
            for _ in 0..moment {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = gone => {}
            begun = store.read() => drop(begun.unwrap()),
        }
        // Whoever gets the connection next finds no transaction that only reads.
        let mut tx = store.write().await.unwrap();
        server::changed!(&mut tx, sqlx::query("DELETE FROM sessions WHERE 1 = 0")).unwrap();
        tx.commit().await.unwrap();
    }
}

/// While nodes are replaced one by one, one of the last version starts on a database of this one.
#[rstest]
#[tokio::test]
async fn a_node_starts_where_a_later_version_has_migrated(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = World::new(engine).await;
    let later = "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
        SELECT version + 1000, 'later', installed_on, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 1";
    let mut tx = world.app.store.write().await.unwrap();
    let done = match &mut tx {
        Tx::Sqlite(transaction) => {
            let done = sqlx::query(later).execute(&mut **transaction).await;
            done.unwrap().rows_affected()
        }
        Tx::Postgres(transaction) => {
            let done = sqlx::query(later).execute(&mut **transaction).await;
            done.unwrap().rows_affected()
        }
    };
    assert_eq!(done, 1);
    tx.commit().await.unwrap();
    let node = world.node(2).await;
    assert_eq!(node.store.pending().await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_nodes_that_migrate_at_once_all_begin() {
    let database = Database::create(Engine::Postgres).await;
    let begun = (0..4).map(|_| Store::open(database.url()));
    for store in futures_util::future::join_all(begun).await {
        assert_eq!(store.unwrap().pending().await.unwrap(), 0);
    }
}

/// The first migration for which the rule holds: those before were never in a release.
const FIRST_RELEASED: &str = "0036";

/// What takes away something that a node of the last version uses.
const CONTRACTING: &[&str] = &[
    "DROP TABLE",
    "DROP COLUMN",
    "RENAME",
    "SET NOT NULL",
    "ALTER COLUMN",
    "DROP DEFAULT",
];

/// Nodes of two versions run together while they are replaced. A migration that takes away has a line `-- Contracts: …` that says since
/// which version nothing uses it.
#[test]
fn migrations_only_add() {
    for (name, text) in files("sqlite").into_iter().chain(files("postgres")) {
        if name.as_str() < FIRST_RELEASED || text.lines().any(|line| line.starts_with("-- Contracts: ")) {
            continue;
        }
        let sql = without_comments(&text).to_uppercase();
        for word in CONTRACTING {
            assert!(!sql.contains(word), "{name}: {word}");
        }
        for line in sql
            .lines()
            .filter(|line| line.trim_start().starts_with("ALTER TABLE "))
        {
            assert!(
                !line.contains("NOT NULL") || line.contains(" DEFAULT "),
                "{name}: nodes that do not know this column cannot write it: {line}"
            );
        }
    }
}

#[test]
fn no_sql_makes_a_time_an_id_or_a_default() {
    let texts = compose::queries()
        .into_iter()
        .flat_map(|queries| queries.texts)
        .map(|text| (*text).to_owned());
    let migrations = files("sqlite")
        .into_iter()
        .chain(files("postgres"))
        .map(|(_, text)| without_backfill(&without_comments(&text)));
    for text in texts.chain(migrations) {
        let lower = text.to_lowercase();
        for word in BANNED {
            assert!(!lower.contains(word), "{word} in {text}");
        }
    }
}

/// A column that joins a table with rows has to say what it is there, on nodes that do not know it yet: a text in quotes.
fn without_backfill(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| match line.split_once(" NOT NULL DEFAULT '") {
            Some((head, _)) if head.trim_start().starts_with("ALTER TABLE ") => head,
            Some(_) | None => line,
        });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn both_engines_have_the_same_migrations() {
    let same = |text: &str| {
        let text = without_comments(text)
            .replace("BYTEA", "BLOB")
            .replace(" UUID", " BLOB")
            .replace(" WITHOUT ROWID", "");
        // 32 zero bytes, in one engine's words.
        let text = text.replace("decode(repeat('00', 32), 'hex')", "zeroblob(32)");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (sqlite, postgres) = (files("sqlite"), files("postgres"));
    assert_eq!(sqlite.len(), postgres.len());
    for ((name, text), (other, other_text)) in sqlite.iter().zip(&postgres) {
        assert_eq!(name, other);
        assert_eq!(
            same(text),
            same(other_text),
            "{name} differs by more than the names of types"
        );
    }
}

#[test]
fn every_table_says_what_it_is_for() {
    for (name, text) in files("sqlite").into_iter().chain(files("postgres")) {
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.starts_with("CREATE TABLE"))
        {
            let above = number
                .checked_sub(1)
                .and_then(|above| lines.get(above))
                .copied()
                .unwrap_or_default();
            assert!(above.starts_with("-- "), "{name}: no comment above {line}");
        }
    }
}

fn files(engine: &str) -> Vec<(String, String)> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "server", "migrations", engine]
        .iter()
        .collect();
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| read(&entry.unwrap().path()))
        .collect();
    files.sort();
    files
}

fn read(path: &Path) -> (String, String) {
    (
        path.file_name().unwrap().to_string_lossy().into_owned(),
        std::fs::read_to_string(path).unwrap(),
    )
}

fn without_comments(sql: &str) -> String {
    sql.lines()
        .map(|line| line.split("--").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Table, column, type in one engine's words, and whether it may be null.
async fn columns(world: &World) -> Result<BTreeSet<(String, String, String, bool)>, StoreError> {
    let mut tx = world.app.store.read().await?;
    let sqlite = "SELECT t.name, c.name, lower(c.type), CAST(c.\"notnull\" = 0 AS BIGINT)
        FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'";
    let postgres =
        "SELECT table_name::text, column_name::text, data_type::text, (is_nullable = 'YES')::int::bigint
        FROM information_schema.columns WHERE table_schema = 'public'";
    let rows: Vec<(String, String, String, i64)> = match &mut tx {
        Tx::Sqlite(transaction) => sqlx::query_as(sqlite).fetch_all(&mut **transaction).await?,
        Tx::Postgres(transaction) => sqlx::query_as(postgres).fetch_all(&mut **transaction).await?,
    };
    Ok(rows
        .into_iter()
        .filter(|(table, ..)| is_ours(table))
        .map(|(table, column, kind, nullable)| (table, column, same_type(&kind), nullable == 1))
        .collect())
}

/// Bytes and ids have other names on each engine.
fn same_type(kind: &str) -> String {
    match kind {
        "bytea" | "uuid" => "blob".to_owned(),
        other => other.to_owned(),
    }
}

/// The indexes that have names of ours.
async fn indexes(world: &World) -> Result<BTreeSet<(String, String)>, StoreError> {
    let mut tx = world.app.store.read().await?;
    let sqlite = "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
    let postgres = "SELECT tablename::text, indexname::text FROM pg_indexes WHERE schemaname = 'public'
        AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'";
    let rows: Vec<(String, String)> = match &mut tx {
        Tx::Sqlite(transaction) => sqlx::query_as(sqlite).fetch_all(&mut **transaction).await?,
        Tx::Postgres(transaction) => sqlx::query_as(postgres).fetch_all(&mut **transaction).await?,
    };
    Ok(rows.into_iter().filter(|(table, _)| is_ours(table)).collect())
}

/// sqlx and SQLite keep tables of their own.
fn is_ours(table: &str) -> bool {
    !table.starts_with("_sqlx") && !table.starts_with("sqlite_")
}
