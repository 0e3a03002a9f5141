//! The file of the ring: read by whoever has the rights of its owner, and replaced whole.
//!
//! Invariants: whoever changes it holds the lock beside it from before it is read until it is replaced, so that of two at once neither
//! loses what the other made. It stays where it is and whose it is: also where its name is a link, and where root changes it.

use super::ring::Ring;
use crate::private;
use anyhow::Context;
use shared::secrets::Secret;
use std::fs::File;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Reads the ring. A file that others than its owner may read is refused.
pub fn read(path: &Path) -> anyhow::Result<Ring> {
    crate::compose::owner_only(path)?;
    let text = std::fs::read_to_string(path)
        .map(Secret::new)
        .with_context(|| format!("cannot read {}", path.display()))?;
    Ring::read(text.expose()).with_context(|| path.display().to_string())
}

/// Puts what `change` makes of the ring in its place, or leaves it where that makes none; what is there now, if it is another one. Nobody
/// else changes it meanwhile.
pub async fn change(
    path: &Path,
    change: impl AsyncFnOnce(Ring) -> anyhow::Result<Option<Ring>>,
) -> anyhow::Result<Option<Ring>> {
    let path = std::fs::canonicalize(path).with_context(|| format!("cannot read {}", path.display()))?;
    let held = hold(&path).await?;
    let changed = change(read(&path)?).await?;
    if let Some(ring) = &changed {
        replace(&path, ring)?;
    }
    drop(held);
    Ok(changed)
}

/// Waits until nobody else changes the ring. The lock is open as long as what is returned lives, and its file stays: another one of its
/// name would be another lock.
async fn hold(path: &Path) -> anyhow::Result<File> {
    let lock = beside(path, ".lock");
    let place = || format!("cannot lock {}", lock.display());
    let file = private::open(&lock).with_context(place)?;
    give(&file, path).with_context(place)?;
    let locking = tokio::task::spawn_blocking(move || file.lock().map(|()| file));
    locking.await?.with_context(place)
}

/// Puts another ring in the place of the file's. Whoever reads meanwhile, or after a loss of power, finds the one or the other, whole.
fn replace(path: &Path, ring: &Ring) -> anyhow::Result<()> {
    let text = ring.to_text();
    let read = Ring::read(text.expose()).context("the new ring could not be read again")?;
    anyhow::ensure!(
        read.to_text() == text,
        "the new ring would be read as another one"
    );
    let written = beside(path, ".new");
    let place = || format!("cannot write {}", written.display());
    let mut file = create(&written).with_context(place)?;
    give(&file, path).with_context(place)?;
    file.write_all(text.expose().as_bytes())
        .and_then(|()| file.sync_all())
        .with_context(place)?;
    std::fs::rename(&written, path).with_context(|| format!("cannot replace {}", path.display()))?;
    sync_folder(path).with_context(|| format!("cannot replace {}", path.display()))
}

/// The file beside another one, of its name with something behind it.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(end);
    path.with_file_name(name)
}

/// A new file that nobody else may read. What an earlier try left behind is no ring in use.
fn create(path: &Path) -> io::Result<File> {
    match std::fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    private::create(path)
}

/// Gives a file to the owner of another one: the server that is to read it is not who runs the command, where that is root.
#[cfg(unix)]
fn give(file: &File, others: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (ours, theirs) = (file.metadata()?, std::fs::metadata(others)?);
    if ours.uid() == theirs.uid() {
        return Ok(());
    }
    fchown(file, Some(theirs.uid()), Some(theirs.gid()))
}

/// On other systems the folder's access list says whose it is.
#[cfg(not(unix))]
fn give(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
}

/// The new name is on the disk, too.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::ring::FILE;
    use super::*;
    use futures_util::future::join_all;
    use shared::time::Timestamp;
    use std::collections::BTreeSet;
    use std::time::Duration;
    use tempfile::TempDir;

    /// A folder with a ring of one generation.
    fn folder() -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let text = Ring::first(Secret::new([1; 32])).to_text();
        let mut file = private::create(&path).unwrap();
        file.write_all(text.expose().as_bytes()).unwrap();
        (folder, path)
    }

    /// The ring with one generation more, a second after the last.
    fn longer(ring: &Ring, byte: u8) -> Ring {
        let from = ring.last().from().after(Duration::from_secs(1));
        ring.with(Secret::new([byte; 32]), from).unwrap()
    }

    async fn lengthen(path: &Path, byte: u8) -> Ring {
        let changed = change(path, async |ring| Ok(Some(longer(&ring, byte)))).await;
        changed.unwrap().unwrap()
    }

    #[tokio::test]
    async fn a_ring_is_replaced_whole_and_stays_its_owners() {
        let (folder, path) = folder();
        // What a try that was cut off left behind is in nobody's way.
        std::fs::write(folder.path().join("master.key.new"), "half").unwrap();
        let next = lengthen(&path, 2).await;
        assert_eq!(read(&path).unwrap().to_text(), next.to_text());
        let names: BTreeSet<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert!(names.iter().eq(["master.key", "master.key.lock"]), "{names:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            for name in names {
                let found = std::fs::metadata(folder.path().join(name)).unwrap();
                assert_eq!(found.permissions().mode() & 0o777, 0o600);
            }
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
            assert!(read(&path).is_err());
        }
    }

    #[tokio::test]
    async fn of_changes_at_once_none_is_lost() {
        let (_folder, path) = folder();
        let all = (2..=9).map(async |byte| {
            let changed = change(&path, async |ring| {
                // Whoever waits here would have read the same ring as the others.
                tokio::task::yield_now().await;
                Ok(Some(longer(&ring, byte)))
            });
            changed.await.unwrap();
        });
        join_all(all).await;
        assert_eq!(read(&path).unwrap().kept().count(), 9);
    }

    #[tokio::test]
    async fn what_is_not_changed_or_cannot_be_read_again_is_not_written() {
        let (_folder, path) = folder();
        let before = std::fs::read(&path).unwrap();
        assert!(change(&path, async |_| Ok(None)).await.unwrap().is_none());
        assert!(change(&path, async |_| anyhow::bail!("no")).await.is_err());
        // A second that is beyond those which are read.
        let from = Timestamp::from_micros(i64::MAX);
        let far = async |ring: Ring| Ok(Some(ring.with(Secret::new([2; 32]), from)?));
        let error = change(&path, far).await.unwrap_err().to_string();
        assert!(error.contains("could not be read again"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_link_stays_one() {
        let (_elsewhere, path) = folder();
        let here = tempfile::tempdir().unwrap();
        let link = here.path().join(FILE);
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let next = lengthen(&link, 2).await;
        assert!(link.is_symlink());
        assert_eq!(read(&path).unwrap().to_text(), next.to_text());
        assert_eq!(std::fs::read_dir(here.path()).unwrap().count(), 1);
    }

    /// Only root can give a file away, so only root's tests can tell.
    #[cfg(unix)]
    #[tokio::test]
    async fn what_root_changes_stays_the_servers() {
        use std::os::unix::fs::{MetadataExt, chown};
        const SERVER: u32 = 65_532;
        let (folder, path) = folder();
        if std::fs::metadata(&path).unwrap().uid() != 0 {
            return;
        }
        chown(&path, Some(SERVER), Some(SERVER)).unwrap();
        lengthen(&path, 2).await;
        for name in ["master.key", "master.key.lock"] {
            let found = std::fs::metadata(folder.path().join(name)).unwrap();
            assert_eq!((found.uid(), found.gid()), (SERVER, SERVER), "{name}");
        }
    }
}
