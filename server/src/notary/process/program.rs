//! Which program a child runs: ourselves.

use super::limits::Limits;
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// Where Linux shows every process the program that it runs, also when its file was replaced by an upgrade.
const OURSELVES: &str = "/proc/self/exe";

/// A program and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    path: PathBuf,
    arguments: Vec<String>,
}

impl Program {
    /// The hidden command of the program that runs. The server and its children are always of one version.
    pub fn ourselves(limits: Limits) -> std::io::Result<Self> {
        let path = if Path::new(OURSELVES).exists() {
            PathBuf::from(OURSELVES)
        } else {
            std::env::current_exe()?
        };
        Ok(Self::at(path, limits))
    }

    /// The hidden command of this binary: where the tests run, the program that runs is another one.
    pub fn at(binary: impl Into<PathBuf>, limits: Limits) -> Self {
        let name = ["notary".to_owned()];
        Self {
            path: binary.into(),
            arguments: name.into_iter().chain(limits.arguments()).collect(),
        }
    }

    /// Any other program, for tests of what a child may do wrong.
    #[cfg(test)]
    pub(super) fn any(path: &str, arguments: &[&str]) -> Self {
        Self {
            path: path.into(),
            arguments: arguments.iter().map(ToString::to_string).collect(),
        }
    }

    pub(super) fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.args(&self.arguments).current_dir("/");
        command
    }
}
