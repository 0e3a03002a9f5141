//! Many rows in one statement: what makes an import as fast as the engine.

use crate::on;
use crate::store::{StoreError, Tx};

/// Rows a statement, largest first; the rest of a batch falls through to the smaller ones. The largest stays below
/// SQLite's 32 766 and PostgreSQL's 65 535 parameters for tables of up to 60 columns.
const SIZES: [usize; 3] = [512, 32, 1];

/// A value of a row.
#[derive(Clone, Debug)]
pub(in crate::registries) enum Value {
    /// Text or NULL.
    Text(Option<String>),
    /// A whole number.
    Number(i64),
}

/// The upserts of one table: insert, or replace what differs. A row that is already there is not written again.
#[derive(Debug)]
pub(in crate::registries) struct Upsert {
    columns: usize,
    texts: [String; SIZES.len()],
}

impl Upsert {
    /// `keys` and `rest` are the table's columns; `guard` a further condition for replacing (empty for none).
    pub(in crate::registries) fn new(table: &str, keys: &[&str], rest: &[&str], guard: &str) -> Self {
        let columns = keys.len() + rest.len();
        let each = |prefix: &str| {
            rest.iter()
                .map(|name| format!("{prefix}{name}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let set = rest
            .iter()
            .map(|name| format!("{name} = excluded.{name}"))
            .collect::<Vec<_>>()
            .join(", ");
        let head = format!(
            "INSERT INTO {table} ({}, {}) VALUES ",
            keys.join(", "),
            rest.join(", ")
        );
        let tail = format!(
            " ON CONFLICT ({}) DO UPDATE SET {set} WHERE ({}) IS DISTINCT FROM ({}){guard}",
            keys.join(", "),
            each(&format!("{table}.")),
            each("excluded."),
        );
        let texts = SIZES.map(|rows| {
            let row = |at: usize| {
                let marks = (1..=columns)
                    .map(|column| format!("${}", at * columns + column))
                    .collect::<Vec<_>>();
                format!("({})", marks.join(", "))
            };
            format!(
                "{head}{}{tail}",
                (0..rows).map(row).collect::<Vec<_>>().join(", ")
            )
        });
        Self { columns, texts }
    }

    /// The statements, for the test that prepares them on both engines.
    pub(in crate::registries) fn texts(&'static self) -> impl Iterator<Item = &'static str> {
        self.texts.iter().map(String::as_str)
    }

    /// Writes rows given one after the other, each key at most once. How many were new or differed.
    pub(in crate::registries) async fn write(
        &'static self,
        tx: &mut Tx,
        values: Vec<Value>,
    ) -> Result<u64, StoreError> {
        let mut changed = 0;
        let mut rows = values.len() / self.columns;
        let mut values = values.into_iter();
        for (size, text) in SIZES.into_iter().zip(&self.texts) {
            while rows >= size {
                let chunk = values.by_ref().take(size * self.columns);
                changed += on!(tx, |conn| async {
                    let mut query = sqlx::query(text.as_str());
                    for value in chunk {
                        query = match value {
                            Value::Text(text) => query.bind(text),
                            Value::Number(number) => query.bind(number),
                        };
                    }
                    query.execute(conn).await.map(|done| done.rows_affected())
                })?;
                rows -= size;
            }
        }
        Ok(changed)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
