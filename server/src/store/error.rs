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
    /// No connection came free, or no lock, in time: another try makes sense.
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),
    /// Anything else.
    #[error("database failure")]
    Database(#[source] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("migration failure")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl From<sqlx::Error> for StoreError {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "sqlx's enum is open; what we do not act on is one kind"
    )]
    fn from(error: sqlx::Error) -> Self {
        use sqlx::error::ErrorKind;
        match &error {
            sqlx::Error::PoolTimedOut => Self::Busy(error),
            sqlx::Error::Database(database) if database.kind() == ErrorKind::UniqueViolation => {
                Self::Conflict(error)
            }
            sqlx::Error::Database(database) if is_busy(database.code().as_deref()) => Self::Busy(error),
            _ => Self::Database(error),
        }
    }
}

/// SQLite's SQLITE_BUSY; PostgreSQL's serialization_failure, deadlock_detected and lock_not_available.
fn is_busy(code: Option<&str>) -> bool {
    matches!(code, Some("5" | "261" | "517" | "40001" | "40P01" | "55P03"))
}
