//! The file of the ring: read by whoever has the rights of its owner, and replaced whole.

use super::ring::Ring;
use anyhow::Context;
use shared::secrets::Secret;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;

/// Reads the ring. A file that others than its owner may read is refused.
pub fn read(path: &Path) -> anyhow::Result<Ring> {
    crate::compose::owner_only(path)?;
    let text = std::fs::read_to_string(path)
        .map(Secret::new)
        .with_context(|| format!("cannot read {}", path.display()))?;
    Ring::read(text.expose()).with_context(|| path.display().to_string())
}

/// Puts another ring in the place of the file's. Whoever reads meanwhile, or after a loss of power, finds the one or the other, whole.
pub fn replace(path: &Path, ring: &Ring) -> anyhow::Result<()> {
    let written = path.with_extension("key.new");
    let place = || format!("cannot write {}", written.display());
    let mut file = create(&written).with_context(place)?;
    file.write_all(ring.to_text().expose().as_bytes())
        .and_then(|()| file.sync_all())
        .with_context(place)?;
    std::fs::rename(&written, path).with_context(|| format!("cannot replace {}", path.display()))?;
    sync_folder(path).with_context(|| format!("cannot replace {}", path.display()))
}

/// A new file that nobody else may read. What an earlier try left behind is no ring in use.
fn create(path: &Path) -> std::io::Result<File> {
    match std::fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// The new name is on the disk, too.
fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::time::Timestamp;

    #[test]
    fn a_ring_is_replaced_whole_and_stays_its_owners() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(super::super::ring::FILE);
        let first = Ring::first(Secret::new([1; 32]));
        replace(&path, &first).unwrap();
        let next = first
            .with(Secret::new([2; 32]), Timestamp::from_millis(1_000))
            .unwrap();
        // What a try that was cut off left behind is in nobody's way.
        std::fs::write(folder.path().join("master.key.new"), "half").unwrap();
        replace(&path, &next).unwrap();
        assert_eq!(read(&path).unwrap().to_text(), next.to_text());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(
                std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
            assert!(read(&path).is_err());
        }
    }
}
