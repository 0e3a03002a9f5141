//! Files that nobody but their owner may read, from their first byte on.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a new file; one that is there already is an error.
pub fn create(path: &Path) -> io::Result<File> {
    options().create_new(true).open(path)
}

/// Opens a file to be written to, and makes it where there is none. What it holds stays.
pub fn open(path: &Path) -> io::Result<File> {
    options().create(true).truncate(false).open(path)
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_file_is_its_owners_and_written_over_by_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        create(&path).unwrap().write_all(b"s3cret").unwrap();
        assert_eq!(create(&path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        drop(open(&path).unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"s3cret");
        drop(open(&folder.path().join("lock")).unwrap());
        #[cfg(unix)]
        for name in ["secret", "lock"] {
            use std::os::unix::fs::PermissionsExt;
            let found = std::fs::metadata(folder.path().join(name)).unwrap();
            assert_eq!(found.permissions().mode() & 0o777, 0o600, "{name}");
        }
    }
}
