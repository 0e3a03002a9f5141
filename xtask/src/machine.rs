//! The one door to the machine: its environment, its clock, its user.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A variable of the environment; `None` if unset or empty.
#[expect(clippy::disallowed_methods, reason = "xtask's one door to the environment")]
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// A running stop-watch.
pub struct Watch(Instant);

impl Watch {
    /// Starts it.
    #[expect(
        clippy::disallowed_methods,
        reason = "xtask's one door to the clock; times of steps are shown, never tested"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The folder that holds the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lives in the workspace")
}

/// Where the pinned tools live: outside the clone, so that a fresh clone finds them.
pub fn tools_folder() -> PathBuf {
    let cache = variable("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| variable("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .unwrap_or_else(env::temp_dir);
    cache.join("clavero").join("tools")
}

/// Where this run keeps logs and other things that may go away.
pub fn scratch() -> PathBuf {
    root().join("target").join("xtask")
}

/// The first program of this name on PATH.
pub fn on_path(program: &str) -> Option<PathBuf> {
    env::split_paths(&variable("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

/// PATH with some folders before everything else.
pub fn path_with(folders: &[PathBuf]) -> OsString {
    let old = variable("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&old));
    env::join_paths(all).unwrap_or(old)
}

/// The number that `id` prints, for example the id of a user.
pub fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Who runs this.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum User {
    /// May install packages; PostgreSQL refuses to run as this one.
    Root,
    /// Everybody else.
    Ordinary,
}

/// Who runs this.
pub fn user() -> User {
    if id(&["-u"]) == Some(0) {
        User::Root
    } else {
        User::Ordinary
    }
}
