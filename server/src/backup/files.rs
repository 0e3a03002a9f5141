//! Files that are on the disk when they are said to be, with their digests.

use crate::hexadecimal::Hexadecimal;
use crate::private;
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Component, Path};

/// How much of a file is read at a time.
const PIECE: usize = 1024 * 1024;

/// The list of a backup's files: `SHA256SUMS`.
#[derive(Debug, Default)]
pub(super) struct Sums(String);

impl Sums {
    /// Notes a file of the folder by its name within it.
    pub(super) fn add(&mut self, folder: &Path, name: &str) -> anyhow::Result<()> {
        let digest = digest(&folder.join(name))?;
        // Writing to a text never fails.
        let _written = writeln!(self.0, "{}  {name}", Hexadecimal(&digest));
        Ok(())
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Compares every file of a list with what it says; their names.
///
/// # Errors
/// Where one is missing, holds something else, or has a name that leads out of the folder.
pub(super) fn verified(folder: &Path, sums: &str) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    for line in sums.lines() {
        let (said, name) = line
            .split_once("  ")
            .context("the list of files cannot be read")?;
        let inside = Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        anyhow::ensure!(inside, "{name} leads out of the backup");
        let found = digest(&folder.join(name))?;
        anyhow::ensure!(
            Hexadecimal(&found).to_string() == said,
            "{name} is not what was backed up"
        );
        names.push(name.to_owned());
    }
    Ok(names)
}

fn digest(path: &Path) -> anyhow::Result<[u8; 32]> {
    let unreadable = || format!("cannot read {}", path.display());
    let mut file = File::open(path).with_context(unreadable)?;
    let (mut hash, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece).with_context(unreadable)?;
        if read == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(&piece[..read]);
    }
}

/// Writes a new file, for its owner's eyes only, to the disk.
pub(super) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let written = private::create(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// Makes sure that a file or folder that somebody else wrote is on the disk.
pub(super) fn settle(path: &Path) -> anyhow::Result<()> {
    let settled = File::open(path).and_then(|file| file.sync_all());
    settled.with_context(|| format!("cannot write {}", path.display()))
}

/// Makes a folder that is not there yet, for its owner's eyes only.
pub(super) fn make_folder(path: &Path) -> anyhow::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .with_context(|| format!("cannot make {}", path.display()))
}

/// Whether there is nothing in a folder, or no folder.
pub(super) fn is_empty(path: &Path) -> anyhow::Result<bool> {
    match std::fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
