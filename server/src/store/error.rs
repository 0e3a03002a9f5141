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
    /// Its server cannot be reached, or went away meanwhile: another try makes sense. What was being committed may be committed.
    #[error("the database cannot be reached")]
    Away(#[source] sqlx::Error),
    /// Its disk is full or cannot be written to. What was committed is there, and can be read.
    #[error("the database cannot be written to: is its disk full, or read-only?")]
    Unwritable(#[source] sqlx::Error),
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
            sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Self::Away(error),
            sqlx::Error::Database(database) if database.kind() == ErrorKind::UniqueViolation => {
                Self::Conflict(error)
            }
            sqlx::Error::Database(database) => match database.code().as_deref() {
                code if is_busy(code) => Self::Busy(error),
                code if is_away(code) => Self::Away(error),
                code if is_unwritable(code) => Self::Unwritable(error),
                _ => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}

/// SQLite's SQLITE_BUSY; PostgreSQL's serialization_failure, deadlock_detected and lock_not_available.
fn is_busy(code: Option<&str>) -> bool {
    matches!(code, Some("5" | "261" | "517" | "40001" | "40P01" | "55P03"))
}

/// PostgreSQL's admin_shutdown, crash_shutdown, cannot_connect_now and too_many_connections.
fn is_away(code: Option<&str>) -> bool {
    matches!(code, Some("57P01" | "57P02" | "57P03" | "53300"))
}

/// SQLite's SQLITE_FULL, SQLITE_READONLY with its kinds, and SQLITE_IOERR of a write, a sync, a truncation and the shared memory's growth;
/// PostgreSQL's disk_full.
fn is_unwritable(code: Option<&str>) -> bool {
    const FULL: u32 = 13;
    const READ_ONLY: u32 = 8;
    const FAILED_WRITES: [u32; 4] = [778, 1034, 1546, 4874];
    match code {
        Some("53100") => true,
        // SQLite's are numbers, of which the lowest byte is the kind; those of PostgreSQL have five digits or letters.
        Some(code) if code.len() < 5 => code.parse().is_ok_and(|code: u32| {
            [FULL, READ_ONLY].contains(&(code & 0xff)) || FAILED_WRITES.contains(&code)
        }),
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart() {
        for code in ["13", "8", "264", "776", "778", "1034", "4874", "53100"] {
            assert!(is_unwritable(Some(code)), "{code}");
            assert!(!is_busy(Some(code)) && !is_away(Some(code)), "{code}");
        }
        // A damaged file, a broken read, a violated key, a reading transaction that writes.
        for code in ["11", "266", "1555", "25006", "23505"] {
            assert!(!is_unwritable(Some(code)), "{code}");
        }
        assert!(is_away(Some("57P01")) && is_busy(Some("5")) && !is_away(None));
    }
}
