//! Programs that come from the system's packages: asked for by the program, installed by the package.

use crate::machine::{self, User};
use crate::step::{self, Output};
use anyhow::{Result, bail};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::Command;

/// A program that the tests need and that no language registry has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// The browser, without a window.
    Chromium,
    /// What drives it.
    ChromeDriver,
    /// `initdb` and `postgres`.
    Postgres,
    /// The package manager of wasm-opt and axe-core.
    Npm,
    /// Python with its virtual environments: what pyHanko lives in.
    Python,
    /// Signs messages in the tests, as another tool than ours.
    OpenSsl,
}

impl Program {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-browser", "google-chrome"],
            Self::ChromeDriver => &["chromedriver"],
            Self::Postgres => &["initdb"],
            Self::Npm => &["npm"],
            Self::Python => &["python3"],
            Self::OpenSsl => &["openssl"],
        }
    }

    fn package(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::ChromeDriver => "chromium-driver",
            Self::Postgres => "postgresql",
            Self::Npm => "npm",
            Self::Python => "python3-venv",
            Self::OpenSsl => "openssl",
        }
    }

    /// Where it is, if it is there.
    pub fn find(self) -> Option<PathBuf> {
        let mut found = self.names().iter().filter_map(|name| machine::on_path(name));
        match self {
            Self::Postgres => found.next().or_else(debian_postgres),
            // Debian ships Python without what its virtual environments need.
            Self::Python => found.find(|python| {
                let mut command = Command::new(python);
                let output = command.args(["-c", "import ensurepip, venv"]).output();
                output.is_ok_and(|output| output.status.success())
            }),
            Self::Chromium | Self::ChromeDriver | Self::Npm | Self::OpenSsl => found.next(),
        }
    }
}

/// Debian keeps PostgreSQL's own programs off PATH, one folder a version; the newest wins.
fn debian_postgres() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut versions: Vec<(u32, PathBuf)> = folders
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            let program = path.join("bin").join("initdb");
            program.is_file().then_some((version, program))
        })
        .collect();
    versions.sort();
    versions.pop().map(|(_, path)| path)
}

/// Makes sure that the programs are there: looks, installs what is missing where that is allowed, else says how to.
pub fn ensure(programs: &[Program]) -> Result<()> {
    let missing: Vec<&str> = programs
        .iter()
        .filter(|program| program.find().is_none())
        .map(|program| program.package())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!(
        "install them by hand and run this again: sudo apt-get install {}",
        missing.join(" ")
    );
    let Some(apt) = machine::on_path("apt-get") else {
        bail!(
            "these programs are missing: {}; this system has no apt-get, {by_hand}",
            missing.join(", ")
        );
    };
    let Some(prefix) = privilege() else {
        bail!(
            "these packages are missing: {}; this user may not install them, {by_hand}",
            missing.join(", ")
        );
    };
    println!(
        "These system packages are missing and will be installed: {}",
        missing.join(", ")
    );
    let privileged = |arguments: &[&str]| {
        let words: Vec<_> = prefix
            .iter()
            .map(Into::into)
            .chain([apt.clone().into_os_string()])
            .collect();
        let mut command = Command::new(&words[0]);
        command
            .args(&words[1..])
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    step::run(
        "Reading the lists of system packages",
        &mut privileged(&["update"]),
        Output::Quiet,
    )?;
    let mut install = privileged(&["install", "--yes", "--no-install-recommends"]);
    install.args(&missing);
    step::run(
        &format!("Installing {}", missing.join(", ")),
        &mut install,
        Output::Quiet,
    )?;
    match programs.iter().find(|program| program.find().is_none()) {
        Some(program) => bail!("{program:?} is still missing after the installation; {by_hand}"),
        None => Ok(()),
    }
}

/// What to write before a command that needs root; `None` if this user cannot become root without being asked.
fn privilege() -> Option<Vec<&'static str>> {
    if machine::user() == User::Root {
        return Some(Vec::new());
    }
    let quiet = Command::new("sudo")
        .args(["-n", "true"])
        .output()
        .is_ok_and(|output| output.status.success());
    if quiet {
        return Some(vec!["sudo", "-n"]);
    }
    let asked = std::io::stdin().is_terminal()
        && Command::new("sudo")
            .arg("-v")
            .status()
            .is_ok_and(|status| status.success());
    asked.then(|| vec!["sudo", "-n"])
}
