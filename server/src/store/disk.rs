//! What is the matter with the disk of a database in a file.

use super::Store;
use std::fmt;
use std::path::Path;

/// Less than this and writing may fail at any moment: SQLite's log grows by about as much before it is taken into the file.
#[cfg(unix)]
const LEAST: u64 = 4 * 1024 * 1024;

/// Why nothing can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// There is no room.
    Room,
    /// It may only be read.
    Leave,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Room => "disk full",
            Self::Leave => "disk read-only",
        })
    }
}

impl Store {
    /// What the disk lacks on which the database is. Nothing is known of that of another machine. It reads and writes nothing.
    pub fn lack(&self) -> Option<Lack> {
        match self {
            Self::Sqlite { readers, .. } => of(readers.connect_options().get_filename()),
            Self::Postgres(_) => None,
        }
    }
}

#[cfg(unix)]
fn of(file: &Path) -> Option<Lack> {
    use rustix::fs::{StatVfsMountFlags, statvfs};
    let disk = statvfs(file).ok()?;
    if disk.f_flag.contains(StatVfsMountFlags::RDONLY) {
        Some(Lack::Leave)
    } else if disk.f_bavail.saturating_mul(disk.f_frsize) < LEAST {
        Some(Lack::Room)
    } else {
        None
    }
}

/// Other systems are not asked: writing tells.
#[cfg(not(unix))]
const fn of(_: &Path) -> Option<Lack> {
    None
}
