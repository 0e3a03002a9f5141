//! Taking back what was written, so that a test can try many things from one place: each table of a SQLite database notes how each change of
//! its rows is undone.
//!
//! Invariants: after [`Undo::back_to`] every row is as it was at the mark. What is in memory (a mailbox, a browser's cookies, the clock, the
//! stream of randomness) is not taken back.

use server::store::Store;
use sqlx::{AssertSqlSafe, SqlitePool};

/// The notes of a database.
#[derive(Debug)]
pub struct Undo(SqlitePool);

/// A place to come back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(i64);

impl Undo {
    /// Begins to note.
    pub async fn begin(store: &Store) -> Self {
        let Store::Sqlite { writer, .. } = store else {
            panic!("only SQLite's changes are noted")
        };
        let begun = Self(writer.clone());
        let tables: Vec<(String,)> = sqlx::query_as(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\'",
        )
        .fetch_all(writer)
        .await
        .expect("the tables");
        begun
            .run("CREATE TABLE undo_notes (place INTEGER PRIMARY KEY, named TEXT NOT NULL, back TEXT NOT NULL)")
            .await;
        for (table,) in tables {
            begun.watch(&table).await;
        }
        begun
    }

    async fn watch(&self, table: &str) {
        let columns: Vec<(String, i64)> = sqlx::query_as(AssertSqlSafe(format!(
            "SELECT name, pk FROM pragma_table_info('{table}') ORDER BY cid"
        )))
        .fetch_all(&self.0)
        .await
        .expect("its columns");
        let keys: Vec<&str> = columns
            .iter()
            .filter(|(_, key)| *key > 0)
            .map(|(name, _)| name.as_str())
            .collect();
        assert!(!keys.is_empty(), "{table} has no key");
        let all: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        // `'a = ' || quote(OLD.a) || ' AND b = ' || …`
        let told = |names: &[&str], of: &str, before: &str, between: &str| {
            let pieces = names
                .iter()
                .map(|name| format!("'{}' || quote({of}.\"{name}\")", before.replace('?', name)));
            pieces.collect::<Vec<_>>().join(&format!(" || '{between}' || "))
        };
        let key = told(&keys, "NEW", "\"?\" = ", " AND ");
        let values = told(&all, "OLD", "", ", ");
        let names = all
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect::<Vec<_>>()
            .join(", ");
        let sets = told(&all, "OLD", "\"?\" = ", ", ");
        let differs = all
            .iter()
            .map(|name| format!("OLD.\"{name}\" IS NOT NEW.\"{name}\""))
            .collect::<Vec<_>>()
            .join(" OR ");
        for (deed, when, back) in [
            (
                "INSERT",
                String::new(),
                format!("'DELETE FROM \"{table}\" WHERE ' || {key}"),
            ),
            (
                "UPDATE",
                format!("WHEN {differs}"),
                format!("'UPDATE \"{table}\" SET ' || {sets} || ' WHERE ' || {key}"),
            ),
            (
                "DELETE",
                String::new(),
                format!("'INSERT INTO \"{table}\" ({names}) VALUES (' || {values} || ')'"),
            ),
        ] {
            self.run(&format!(
                "CREATE TRIGGER undo_{table}_{deed} AFTER {deed} ON \"{table}\" {when} BEGIN \
                 INSERT INTO undo_notes (named, back) VALUES ('{table}', {back}); END"
            ))
            .await;
        }
    }

    /// Here.
    pub async fn mark(&self) -> Mark {
        let (place,): (i64,) = sqlx::query_as("SELECT COALESCE(MAX(place), 0) FROM undo_notes")
            .fetch_one(&self.0)
            .await
            .expect("the notes");
        Mark(place)
    }

    /// The tables of which rows changed since the mark, by their names.
    pub async fn changed(&self, since: Mark) -> Vec<String> {
        let names: Vec<(String,)> =
            sqlx::query_as("SELECT DISTINCT named FROM undo_notes WHERE place > $1 ORDER BY named")
                .bind(since.0)
                .fetch_all(&self.0)
                .await
                .expect("the notes");
        names.into_iter().map(|(name,)| name).collect()
    }

    /// Takes back what was written since the mark, the last first.
    pub async fn back_to(&self, mark: Mark) {
        let notes: Vec<(String,)> =
            sqlx::query_as("SELECT back FROM undo_notes WHERE place > $1 ORDER BY place DESC")
                .bind(mark.0)
                .fetch_all(&self.0)
                .await
                .expect("the notes");
        if notes.is_empty() {
            return;
        }
        let back: Vec<String> = notes.into_iter().map(|(back,)| back).collect();
        // Taking back is noted as well, and is no change.
        let all = format!(
            "BEGIN IMMEDIATE;\n{};\nDELETE FROM undo_notes WHERE place > {};\nCOMMIT",
            back.join(";\n"),
            mark.0
        );
        self.run(&all).await;
    }

    /// Runs any SQL: what a test writes behind the server's back.
    pub async fn run(&self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&self.0)
            .await
            .expect("what was noted can be run");
    }
}
