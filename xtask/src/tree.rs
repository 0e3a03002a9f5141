//! Files as data: what git would commit, and the fingerprint of a set of files.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Paths with their texts, as `tidy` sees them; made of the disk or, in tests, by hand.
#[derive(Debug, Default)]
pub struct Tree {
    /// Every text file, sorted by path.
    pub files: Vec<Source>,
    /// Every path, also of files that are no text.
    pub paths: Vec<String>,
}

/// A text file.
#[derive(Debug, Clone)]
pub struct Source {
    /// From the root, with slashes.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Tree {
    /// What git tracks or would offer to track.
    pub fn of_repository(root: &Path) -> Result<Self> {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git lists the files to check")?;
        ensure!(
            output.status.success(),
            "git ls-files: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let mut paths: Vec<String> = String::from_utf8(output.stdout)?
            .split_terminator('\0')
            .filter(|path| root.join(path).is_file())
            .map(str::to_owned)
            .collect();
        paths.sort();
        let files = paths
            .iter()
            .filter_map(|path| {
                let text = String::from_utf8(fs::read(root.join(path)).ok()?).ok()?;
                Some(Source {
                    path: path.clone(),
                    text,
                })
            })
            .collect();
        Ok(Self { files, paths })
    }

    /// The text files below a folder whose name ends so.
    pub fn below<'a>(&'a self, folder: &'a str, ending: &'a str) -> impl Iterator<Item = &'a Source> {
        self.files
            .iter()
            .filter(move |file| file.path.starts_with(folder) && file.path.ends_with(ending))
    }

    /// One text file.
    pub fn file(&self, path: &str) -> Option<&Source> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a path is there, as a file or as a folder.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.paths.iter().any(|known| {
            known
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let source = |(path, text): &(&str, &str)| Source {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        let paths = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        Self {
            files: files.iter().map(source).collect(),
            paths,
        }
    }
}

/// All files below some paths, sorted; a path that is missing has none.
pub fn files_below(root: &Path, paths: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
    while let Some(path) = open.pop() {
        if path.is_file() {
            found.push(path);
        } else if let Ok(entries) = fs::read_dir(&path) {
            open.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
        }
    }
    found.sort();
    found
}

/// A number that changes when a name or a byte of these files changes. It guards a cache, not a secret.
pub fn fingerprint(root: &Path, paths: &[&str]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for path in files_below(root, paths) {
        path.strip_prefix(root)?.hash(&mut hasher);
        fs::read(&path)
            .with_context(|| format!("cannot read {}", path.display()))?
            .hash(&mut hasher);
    }
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_changes_with_a_byte_and_with_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let print = || fingerprint(folder.path(), &["a"]).unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/one"), "1").unwrap();
        let first = print();
        assert_eq!(first, print());
        fs::write(folder.path().join("a/one"), "2").unwrap();
        let second = print();
        assert_ne!(first, second);
        fs::rename(folder.path().join("a/one"), folder.path().join("a/two")).unwrap();
        assert_ne!(second, print());
        fs::write(folder.path().join("beside"), "3").unwrap();
        fs::rename(folder.path().join("a/two"), folder.path().join("a/one")).unwrap();
        assert_eq!(second, print());
    }

    #[test]
    fn a_tree_knows_files_and_folders() {
        let tree = Tree::of(&[("docs/adr/0001-a.md", "")]);
        assert!(tree.has("docs/adr/0001-a.md") && tree.has("docs/adr/") && tree.has("docs"));
        assert!(!tree.has("docs/ad"));
    }
}
