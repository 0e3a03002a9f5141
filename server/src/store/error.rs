//! What can go wrong with the database, told apart only as far as a caller acts on it.

/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A row with that key exists already.
    #[error("a row with that key exists")]
    Conflict(#[source] sqlx::Error),
    /// The row was changed by somebody else since it was read.
    #[error("the row was changed meanwhile")]
    Changed,
    /// Stored text that our own types do not read: a defect or a damaged database.
    #[error("stored value cannot be read: {0}")]
    Corrupt(&'static str),
    /// Anything else.
    #[error("database failure")]
    Database(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("migration failure")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let conflict = error
            .as_database_error()
            .is_some_and(|database| matches!(database.kind(), sqlx::error::ErrorKind::UniqueViolation));
        if conflict { Self::Conflict(error) } else { Self::Database(error) }
    }
}
