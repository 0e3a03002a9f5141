//! Rows a second of `import sri`, beside what the engine does with the same rows and nothing else.

use super::population::Portal;
use super::report;
use anyhow::{Context, ensure};
use server::registries::import_sri;
use server::store::{Store, Tx};
use sqlx::{AssertSqlSafe, Row, Sqlite, Transaction};
use std::time::Instant;
use tests::sri_file::{Columns, Damage, LineEnd, Shape, Text};

const ROWS: usize = 300_000;
/// Rows of one statement of the raw insert.
const STATEMENT: usize = 500;

/// The two tables and their columns.
const TABLES: [(&str, &[&str]); 2] = [
    (
        "taxpayers",
        &["ruc", "name", "status", "kind", "started_on", "updated_on"],
    ),
    (
        "establishments",
        &[
            "ruc",
            "number",
            "trade_name",
            "status",
            "province",
            "canton",
            "parish",
            "activity_code",
            "activity",
        ],
    ),
];

pub async fn measure() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("SRI_RUC_Pichincha.csv");
    let shape = Shape {
        rows: ROWS,
        seed: 1,
        text: Text::Utf8,
        end: LineEnd::Lf,
        columns: Columns::Usual,
        damage: Damage::None,
    };
    let expected = shape.write(&path)?;
    let rows = usize::try_from(expected.rows)?;

    let portal = Portal::open(folder.path()).await?;
    let start = Instant::now();
    let summary = import_sri(&portal.app, &path, &mut |_| ()).await?;
    report("import_rows", rows, start);
    ensure!(summary.rejected == expected.rejected, "{summary:?}");

    let mut tables = Vec::new();
    for (table, columns) in TABLES {
        tables.push((table, columns, read(&portal.app.store, table, columns).await?));
    }
    let raw = Store::open(&format!("sqlite:{}", folder.path().join("raw.db").display())).await?;
    let start = Instant::now();
    let Tx::Sqlite(mut transaction) = raw.write().await? else {
        anyhow::bail!("SQLite was opened")
    };
    for (table, columns, rows) in &tables {
        insert(&mut transaction, table, columns, rows).await?;
    }
    transaction.commit().await?;
    report("raw_rows", rows, start);
    Ok(())
}

type Values = Vec<Option<String>>;

/// All rows of a table, in the order of their keys.
async fn read(store: &Store, table: &str, columns: &[&str]) -> anyhow::Result<Vec<Values>> {
    let Tx::Sqlite(mut transaction) = store.read().await? else {
        anyhow::bail!("SQLite was opened")
    };
    let casts: Vec<String> = columns
        .iter()
        .map(|column| format!("CAST({column} AS TEXT)"))
        .collect();
    let text = format!("SELECT {} FROM {table}", casts.join(", "));
    let rows = sqlx::query(AssertSqlSafe(text))
        .fetch_all(&mut *transaction)
        .await?;
    rows.iter()
        .map(|row| {
            (0..columns.len())
                .map(|column| row.try_get(column).context("a column"))
                .collect()
        })
        .collect()
}

/// Plain multi-row inserts in the caller's transaction: nothing is parsed, compared or counted.
async fn insert(
    transaction: &mut Transaction<'static, Sqlite>,
    table: &str,
    columns: &[&str],
    rows: &[Values],
) -> anyhow::Result<()> {
    for batch in rows.chunks(STATEMENT) {
        let marks = format!("({})", vec!["?"; columns.len()].join(","));
        let text = format!(
            "INSERT INTO {table} ({}) VALUES {}",
            columns.join(","),
            vec![marks; batch.len()].join(",")
        );
        let mut query = sqlx::query(AssertSqlSafe(text));
        for value in batch.iter().flatten() {
            query = query.bind(value);
        }
        query.execute(&mut **transaction).await?;
    }
    Ok(())
}
