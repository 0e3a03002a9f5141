//! Many rows in one statement: what makes an import as fast as the engine.

use super::{StoreError, Tx};

/// Rows a statement, largest first; the rest of a batch falls through to the smaller ones. The largest stays below
/// SQLite's 32 766 and PostgreSQL's 65 535 parameters for tables of up to 60 columns.
const SIZES: [usize; 3] = [512, 32, 1];

/// A value of a row.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text or NULL.
    Text(Option<String>),
    /// A whole number or NULL.
    Number(Option<i64>),
    /// An id.
    Id(uuid::Uuid),
}

/// The columns of a table, each in one of three roles.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What makes a row the same row.
    pub keys: &'static [&'static str],
    /// What is written when the row is new and never again.
    pub at_first: &'static [&'static str],
    /// What is replaced where it differs.
    pub rest: &'static [&'static str],
    /// A further condition for replacing, beginning with ` AND `; or nothing.
    pub guard: &'static str,
    /// What else is set when a row is replaced, beginning with a comma; or nothing.
    pub also: &'static str,
}

/// The upserts of one table: insert, or replace what differs. A row that is already there is not written again.
#[derive(Debug)]
pub struct Upsert {
    columns: usize,
    /// With `?`: SQLite looks a `$1` up by name, which takes the square of the number of parameters.
    sqlite: [String; SIZES.len()],
    /// The same with `$1`.
    postgres: [String; SIZES.len()],
}

impl Upsert {
    /// The statements for a table. A row's values are given in the order keys, at first, rest.
    pub fn new(table: Table) -> Self {
        let Table {
            name,
            keys,
            at_first,
            rest,
            guard,
            also,
        } = table;
        let columns = [keys, at_first, rest].concat();
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
        let head = format!("INSERT INTO {name} ({}) VALUES ", columns.join(", "));
        let tail = format!(
            " ON CONFLICT ({}) DO UPDATE SET {set}{also} WHERE ({}) IS DISTINCT FROM ({}){guard}",
            keys.join(", "),
            each(&format!("{name}.")),
            each("excluded."),
        );
        let columns = columns.len();
        let text = |rows: usize, mark: &dyn Fn(usize) -> String| {
            let row = |at: usize| {
                let marks = (1..=columns)
                    .map(|column| mark(at * columns + column))
                    .collect::<Vec<_>>();
                format!("({})", marks.join(", "))
            };
            format!(
                "{head}{}{tail}",
                (0..rows).map(row).collect::<Vec<_>>().join(", ")
            )
        };
        Self {
            columns,
            sqlite: SIZES.map(|rows| text(rows, &|_| "?".to_owned())),
            postgres: SIZES.map(|rows| text(rows, &|number| format!("${number}"))),
        }
    }

    /// The statements of an engine, for the test that prepares them.
    pub fn texts(&'static self, tx: &Tx) -> &'static [String] {
        match tx {
            Tx::Sqlite(_) => &self.sqlite,
            Tx::Postgres(_) => &self.postgres,
        }
    }

    /// Writes rows given one after the other, each key at most once. How many were new or differed.
    pub async fn write(&'static self, tx: &mut Tx, values: Vec<Value>) -> Result<u64, StoreError> {
        let mut changed = 0;
        let mut rows = values.len() / self.columns;
        let mut values = values.into_iter();
        for (size, text) in SIZES.into_iter().zip(self.texts(tx)) {
            while rows >= size {
                let chunk = values.by_ref().take(size * self.columns);
                changed += crate::on!(tx, |conn| async {
                    let mut query = sqlx::query(text.as_str());
                    for value in chunk {
                        query = match value {
                            Value::Text(text) => query.bind(text),
                            Value::Number(number) => query.bind(number),
                            Value::Id(id) => query.bind(id),
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
        Self::Number(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

impl From<uuid::Uuid> for Value {
    fn from(id: uuid::Uuid) -> Self {
        Self::Id(id)
    }
}
