//! Where a release is built: a copy of what git tracks, and an environment that says nothing of where it stands.

use crate::machine;
use anyhow::{Context, Result, ensure};
use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders of a place that builds make.
const MADE: [&str; 2] = ["target", "dist"];
/// What the copy is called in messages of the binary, instead of its path.
const SOURCES_NAME: &str = "/clavero";
/// And the sources of the dependencies.
const CARGO_NAME: &str = "/cargo";
/// And the standard library's, where they are installed.
const RUST_NAME: &str = "/rust";
/// What stands between flags that may hold spaces.
const UNIT_SEPARATOR: &str = "\x1f";

/// A folder in which a release is built. It stays, so that the next build is short.
pub struct Place {
    /// The copy.
    pub sources: PathBuf,
    /// When what was copied was committed, in seconds.
    commit_time: String,
}

impl Place {
    /// The place of this name, with what git tracks now.
    pub fn filled(name: &str) -> Result<Self> {
        let folder = machine::root().join("target").join("package").join(name);
        fs::create_dir_all(&folder)?;
        let commit_time = git(machine::root(), &["log", "-1", "--format=%ct"])?;
        let place = Self {
            sources: folder.canonicalize()?,
            commit_time: commit_time.trim().to_owned(),
        };
        place.fill()?;
        Ok(place)
    }

    /// Where cargo builds.
    pub fn target(&self) -> PathBuf {
        self.sources.join("target")
    }

    /// Makes the copy what git tracks now. Files that are equal keep their time, so that cargo builds only what changed.
    fn fill(&self) -> Result<()> {
        let root = machine::root();
        let changed = git(root, &["status", "--porcelain", "--untracked-files=no"])?;
        if !changed.is_empty() {
            println!("  (some files differ from the last commit; the package will hold them as they are)");
        }
        let listed = git(root, &["ls-files", "-z"])?;
        let tracked: Vec<&str> = listed
            .split_terminator('\0')
            .filter(|path| root.join(path).is_file())
            .collect();
        mirror(root, &tracked, &self.sources)
    }

    /// What the build is told: where nothing must be named, and the one time there is.
    pub fn environment(&self) -> Result<Vec<(&'static str, OsString)>> {
        let renamed = self.renamed()?;
        let flags = |option: &str| -> Vec<OsString> {
            renamed
                .iter()
                .map(|(path, name)| {
                    let mut flag = OsString::from(option);
                    flag.push(path);
                    flag.push("=");
                    flag.push(name);
                    flag
                })
                .collect()
        };
        Ok(vec![
            (
                "CARGO_ENCODED_RUSTFLAGS",
                flags("--remap-path-prefix=").join(UNIT_SEPARATOR.as_ref()),
            ),
            ("CFLAGS", flags("-ffile-prefix-map=").join(" ".as_ref())),
            ("SOURCE_DATE_EPOCH", self.commit_time.clone().into()),
            ("CARGO_INCREMENTAL", "0".into()),
            ("LC_ALL", "C.UTF-8".into()),
            ("TZ", "UTC".into()),
        ])
    }

    /// Folders of this machine, and what they are called in the release.
    fn renamed(&self) -> Result<[(PathBuf, &'static str); 3]> {
        let cargo = machine::variable("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| machine::variable("HOME").map(|home| PathBuf::from(home).join(".cargo")))
            .context("neither CARGO_HOME nor HOME is set")?;
        let output = Command::new("rustc")
            .args(["--print", "sysroot"])
            .current_dir(machine::root())
            .output()?;
        let rust = PathBuf::from(String::from_utf8(output.stdout)?.trim()).join("lib/rustlib/src/rust");
        ensure!(
            !self.sources.as_os_str().to_string_lossy().contains(' '),
            "a compiler of C takes no path with a space: move the clone"
        );
        // The last one that fits counts, so the innermost stands last.
        Ok([
            (cargo, CARGO_NAME),
            (rust, RUST_NAME),
            (self.sources.clone(), SOURCES_NAME),
        ])
    }
}

fn git(root: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new("git").args(arguments).current_dir(root).output()?;
    ensure!(
        output.status.success(),
        "git {}: {}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// Makes `to` hold exactly these files of `from`, beside what builds made there.
fn mirror(from: &Path, paths: &[&str], to: &Path) -> Result<()> {
    let wanted: HashSet<PathBuf> = paths.iter().map(|path| to.join(path)).collect();
    for path in paths {
        let (source, copy) = (from.join(path), to.join(path));
        let bytes = fs::read(&source).with_context(|| format!("cannot read {}", source.display()))?;
        if fs::read(&copy).is_ok_and(|old| old == bytes) {
            continue;
        }
        let folder = copy.parent().context("a file of the tree has a folder")?;
        fs::create_dir_all(folder)?;
        fs::write(&copy, bytes)?;
        fs::set_permissions(&copy, fs::metadata(&source)?.permissions())?;
    }
    let mut open = vec![to.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let made = folder == to && MADE.iter().any(|name| path.ends_with(name));
            if made {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if !wanted.contains(&path) {
                fs::remove_file(&path)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_holds_what_is_listed_and_what_was_built_there() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for (path, text) in [
            ("from/a/one", "1"),
            ("from/two", "2"),
            ("to/gone", ""),
            ("to/a/stale", ""),
            ("to/target/built", ""),
            ("to/dist/page", ""),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        mirror(&from, &["a/one", "two"], &to).unwrap();
        assert_eq!(fs::read_to_string(to.join("a/one")).unwrap(), "1");
        assert_eq!(fs::read_to_string(to.join("two")).unwrap(), "2");
        assert!(!to.join("gone").exists() && !to.join("a/stale").exists());
        assert!(to.join("target/built").exists() && to.join("dist/page").exists());
        let before = fs::metadata(to.join("two")).unwrap().modified().unwrap();
        mirror(&from, &["a/one", "two"], &to).unwrap();
        assert_eq!(fs::metadata(to.join("two")).unwrap().modified().unwrap(), before);
    }

    #[test]
    fn no_flag_leaves_a_path_of_this_machine_unnamed() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place {
            sources: folder.path().to_owned(),
            commit_time: "1795400000".to_owned(),
        };
        let environment = place.environment().unwrap();
        let value = |name: &str| {
            let found = environment.iter().find(|(known, _)| *known == name).unwrap();
            found.1.to_string_lossy().into_owned()
        };
        let here = folder.path().display();
        assert!(value("CARGO_ENCODED_RUSTFLAGS").ends_with(&format!("--remap-path-prefix={here}=/clavero")));
        assert!(value("CFLAGS").ends_with(&format!("-ffile-prefix-map={here}=/clavero")));
        assert_eq!(value("SOURCE_DATE_EPOCH"), "1795400000");
    }
}
