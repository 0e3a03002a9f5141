//! Everything a database holds, as text, for tests that must show that nothing was written.

use server::store::{Store, StoreError, Tx};
use sqlx::AssertSqlSafe;

/// Every row of every table. Two equal texts: nothing was written between them, or exactly the same.
pub(crate) async fn everything(store: &Store) -> Result<String, StoreError> {
    let mut tx = store.read().await?;
    let mut text = String::new();
    for (table, rows) in tables(&mut tx).await? {
        let (rows,): (Option<String>,) = server::on!(&mut tx, |conn| sqlx::query_as(AssertSqlSafe(rows))
            .fetch_one(conn))?;
        text.extend([table.as_str(), "\n", rows.as_deref().unwrap_or_default(), "\n"]);
    }
    Ok(text)
}

/// The tables in the order of their names, each with a query that gives all its rows as one text.
async fn tables(tx: &mut Tx) -> Result<Vec<(String, String)>, StoreError> {
    Ok(match tx {
        Tx::Sqlite(transaction) => {
            let names = "SELECT t.name, group_concat('quote(\"' || c.name || '\")', '||''|''||')
                 FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' GROUP BY t.name ORDER BY t.name";
            let found: Vec<(String, String)> = sqlx::query_as(names).fetch_all(&mut **transaction).await?;
            let query = |name: &str, columns: &str| {
                format!(
                    "SELECT group_concat(line, char(10)) FROM (SELECT {columns} AS line FROM \"{name}\" ORDER BY 1)"
                )
            };
            found
                .into_iter()
                .map(|(name, columns)| (name.clone(), query(&name, &columns)))
                .collect()
        }
        Tx::Postgres(transaction) => {
            let names =
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
            let found: Vec<(String,)> = sqlx::query_as(names).fetch_all(&mut **transaction).await?;
            let query =
                |name: &str| format!("SELECT string_agg(t::text, E'\\n' ORDER BY t::text) FROM \"{name}\" t");
            found
                .into_iter()
                .map(|(name,)| (name.clone(), query(&name)))
                .collect()
        }
    })
}
