//! What is the matter with the disk of a database in a file.

use super::Store;
use std::fmt;
use std::io;
use std::path::Path;

/// Less than this and writing may fail at any moment: SQLite's log grows by about as much before it is taken into the file.
const LEAST: u64 = 4 * 1024 * 1024;

/// What a disk has for whoever writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// How many bytes are free for us.
    pub free: u64,
    /// Whether it may only be read.
    pub read_only: bool,
}

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

fn of(file: &Path) -> Option<Lack> {
    let Room { free, read_only } = room(file).ok()??;
    if read_only {
        Some(Lack::Leave)
    } else if free < LEAST {
        Some(Lack::Room)
    } else {
        None
    }
}

/// The room on the disk of a file or folder.
#[cfg(unix)]
pub fn room(path: &Path) -> io::Result<Option<Room>> {
    use rustix::fs::{StatVfsMountFlags, statvfs};
    let disk = statvfs(path)?;
    Ok(Some(Room {
        free: disk.f_bavail.saturating_mul(disk.f_frsize),
        read_only: disk.f_flag.contains(StatVfsMountFlags::RDONLY),
    }))
}

/// Other systems are not asked: writing tells.
#[cfg(not(unix))]
pub fn room(_: &Path) -> io::Result<Option<Room>> {
    Ok(None)
}
