//! What PostgreSQL says that was written to it, and many rows for it.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// The tables that hold what is on record of employers, each with the columns that make its key.
const RECORDS: [(&str, &[&str]); 8] = [
    ("taxpayers", &["ruc"]),
    ("establishments", &["ruc"]),
    ("registrations", &["ruc"]),
    ("persons", &["id"]),
    ("appointments", &["employer"]),
    ("employer_records", &["employer"]),
    ("obligations", &["employer"]),
    ("accounts", &["employer"]),
];

/// Columns that hold lists, which only those have whom somebody asks about.
const LISTS: [&str; 2] = ["workers", "previous_addresses"];

/// What was written since the server began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Writes {
    /// Rows that were inserted, changed or deleted.
    pub rows: i64,
    /// Transactions that were committed, those that only read among them.
    pub transactions: i64,
    /// Bytes of the write-ahead log.
    pub log: i64,
}

impl Writes {
    /// What the server says now. It learns of a session's work when the session rests.
    pub async fn read(url: &str) -> anyhow::Result<Self> {
        const TEXT: &str = "SELECT \
            (SELECT CAST(SUM(n_tup_ins + n_tup_upd + n_tup_del) AS BIGINT) FROM pg_stat_user_tables), \
            (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()), \
            CAST(pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS BIGINT)";
        let mut connection = PgConnection::connect(url).await?;
        let (rows, transactions, log) = sqlx::query_as(TEXT).fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok(Self {
            rows,
            transactions,
            log,
        })
    }

    /// What was written between.
    #[must_use]
    pub const fn since(self, before: &Self) -> Self {
        Self {
            rows: self.rows - before.rows,
            transactions: self.transactions - before.transactions,
            log: self.log - before.log,
        }
    }
}

/// How large a database is, in bytes.
pub(super) async fn size(url: &str) -> anyhow::Result<u64> {
    let mut connection = PgConnection::connect(url).await?;
    let (bytes,): (i64,) = sqlx::query_as("SELECT pg_database_size(current_database())")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    Ok(u64::try_from(bytes)?)
}

/// Brings the records from `there` employers to about `wanted`: every row again and again, under keys that are nobody's number but stand
/// among those that are. They make the tables and their indexes as large as they would be; nobody asks for them.
pub(super) async fn fill(url: &str, there: u32, wanted: u32) -> anyhow::Result<()> {
    let copies = (wanted / there.max(1)).saturating_sub(1);
    let mut connection = PgConnection::connect(url).await?;
    for (table, keys) in RECORDS {
        if copies == 0 {
            break;
        }
        let columns: Vec<(String,)> = sqlx::query_as(
            "SELECT column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position",
        )
        .bind(table)
        .fetch_all(&mut connection)
        .await?;
        let value = |column: &str| match column {
            _ if keys.contains(&column) => format!("{column} || '-' || copy"),
            "id" => "gen_random_uuid()".to_owned(),
            _ if LISTS.contains(&column) => "'[]'".to_owned(),
            _ => column.to_owned(),
        };
        let names: Vec<&str> = columns.iter().map(|(name,)| name.as_str()).collect();
        let values: Vec<String> = names.iter().map(|name| value(name)).collect();
        let text = format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {table}, generate_series(1, {copies}) AS copy",
            names.join(", "),
            values.join(", ")
        );
        sqlx::query(AssertSqlSafe(text)).execute(&mut connection).await?;
    }
    sqlx::query("VACUUM ANALYZE").execute(&mut connection).await?;
    sqlx::query("CHECKPOINT").execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}
