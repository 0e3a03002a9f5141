//! What is kept about somebody, read for that somebody: each slice names what it keeps, and its rows become JSON.
//!
//! No domain word lives here. Columns are text or whole numbers; a column whose name ends in `_at` or is `until` holds a time,
//! and is written as one (RFC 3339, UTC).

use crate::on;
use crate::store::{StoreError, Tx};
use serde::Serialize;
use serde_json::{Map, Value};
use sqlx::{Column, ColumnIndex, Decode, Row, Type};
use time::OffsetDateTime;
use uuid::Uuid;

/// One kind of thing that is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Kept {
    /// What it is, a word.
    pub what: &'static str,
    /// Each of them.
    pub rows: Vec<Value>,
}

/// What a statement finds rows by: its parameters.
#[derive(Clone, Copy, Debug)]
pub enum Key<'a> {
    /// A row's id.
    Id(Uuid),
    /// A keyed digest.
    Digest(&'a [u8; 32]),
    /// A text.
    Text(&'a str),
    /// A keyed digest, and a text that has to fit too.
    Both(&'a [u8; 32], &'a str),
}

/// The rows of one kind.
pub async fn rows(
    tx: &mut Tx,
    what: &'static str,
    sql: &'static str,
    key: Key<'_>,
) -> Result<Kept, StoreError> {
    let rows: Vec<Value> = on!(tx, |conn| async {
        let query = sqlx::query(sql);
        let query = match key {
            Key::Id(id) => query.bind(id),
            Key::Digest(digest) => query.bind(digest.as_slice()),
            Key::Text(text) => query.bind(text),
            Key::Both(digest, text) => query.bind(digest.as_slice()).bind(text),
        };
        query
            .fetch_all(conn)
            .await?
            .iter()
            .map(object)
            .collect::<Result<_, sqlx::Error>>()
    })?;
    Ok(Kept { what, rows })
}

impl Kept {
    /// Only the rows that `fits` says are theirs: where a column that is JSON tells whose a row is.
    #[must_use]
    pub fn only(mut self, fits: impl Fn(&Value) -> bool) -> Self {
        self.rows.retain(fits);
        self
    }
}

fn object<R: Row>(row: &R) -> Result<Value, sqlx::Error>
where
    usize: ColumnIndex<R>,
    for<'r> Option<i64>: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> Option<String>: Decode<'r, R::Database> + Type<R::Database>,
{
    let mut object = Map::new();
    for (index, column) in row.columns().iter().enumerate() {
        let name = column.name();
        let value = match row.try_get::<Option<i64>, _>(index) {
            Ok(None) => Value::Null,
            Ok(Some(number)) if is_time(name) => time(number),
            Ok(Some(number)) => number.into(),
            Err(_) => row.try_get::<Option<String>, _>(index)?.map_or(Value::Null, text),
        };
        object.insert(name.to_owned(), value);
    }
    Ok(Value::Object(object))
}

fn is_time(name: &str) -> bool {
    name == "at" || name == "until" || name == "deadline" || name.ends_with("_at")
}

fn time(micros: i64) -> Value {
    let Ok(at) = OffsetDateTime::from_unix_timestamp(micros.div_euclid(1_000_000)) else {
        return micros.into();
    };
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    let (hour, minute, second) = at.to_hms();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z").into()
}

/// Text, or the JSON that it is.
fn text(text: String) -> Value {
    match serde_json::from_str(&text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => value,
        Ok(_) | Err(_) => Value::String(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_times_and_json_as_json() {
        assert_eq!(time(0), "1970-01-01T00:00:00Z");
        assert_eq!(time(-1), "1969-12-31T23:59:59Z");
        assert_eq!(time(1_795_420_800_000_000), "2026-11-23T08:00:00Z");
        assert!(is_time("opened_at") && is_time("until") && !is_time("format"));
        assert_eq!(text("{\"a\":1}".into())["a"], 1);
        assert_eq!(text("0042".into()), "0042");
    }
}
