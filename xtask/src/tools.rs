//! The pinned tools: trunk, wasm-bindgen, wasm-opt, axe-core, pyHanko, cargo-deb, cargo-cyclonedx.
//!
//! Each lives in a folder named by its version, outside the clone. A fitting one on PATH is used first. What must be
//! built is built without optimisation and debug information: a third of the time, and the tools do not need speed.

use crate::machine;
use crate::packages::{self, Program};
use crate::step::{self, Output};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Trunk builds with the toolchain of `rust-toolchain.toml`; the first release after this one wants a newer one.
const TRUNK: &str = "0.22.0-beta.1";
/// The package that ships wasm-opt as a file, not as a download of its own.
const BINARYEN: &str = "132.0.0";
/// The accessibility checks of the end-to-end tests.
const AXE: &str = "4.14.1";

/// What makes the Debian package.
const CARGO_DEB: &str = "3.8.0";
/// What writes the bill of materials.
const CARGO_CYCLONEDX: &str = "0.5.9";

/// pyHanko and everything that it needs, each in one version: what signs PDF files in the tests beside our own hand.
const PYHANKO: &str = include_str!("../pyhanko.txt");

/// The same of schemathesis: what asks the server for everything that its description says.
const SCHEMATHESIS: &str = include_str!("../schemathesis.txt");

/// Where the tools are that a task needs.
pub struct Tools {
    /// Folders to put before PATH.
    pub path: Vec<PathBuf>,
}

impl Tools {
    /// A command that finds the tools on its PATH.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("PATH", machine::path_with(&self.path));
        command
    }
}

/// What the frontend's build needs.
pub fn for_the_frontend() -> Result<Tools> {
    wasm_target()?;
    let mut path = Vec::new();
    path.extend(trunk()?);
    path.extend(wasm_bindgen()?);
    path.extend(wasm_opt()?);
    // Trunk works offline, so that it does not go and get tools of its own; what cargo needs must be there before.
    step::run(
        "Getting the sources of the dependencies",
        Command::new("cargo").args(["fetch", "--locked"]),
        Output::Quiet,
    )?;
    Ok(Tools { path })
}

/// The script of axe-core, to be injected into pages.
pub fn axe() -> Result<PathBuf> {
    let folder = npm_package("axe-core", AXE)?;
    Ok(folder.join("node_modules").join("axe-core").join("axe.min.js"))
}

/// A Python that has pyHanko.
pub fn pyhanko() -> Result<PathBuf> {
    python_with("pyhanko", PYHANKO)
}

/// A Python that has schemathesis.
pub fn schemathesis() -> Result<PathBuf> {
    python_with("schemathesis", SCHEMATHESIS)
}

/// A Python with a package and all that it needs, in the versions of a list.
fn python_with(package: &str, list: &str) -> Result<PathBuf> {
    let version = list
        .lines()
        .find_map(|line| line.strip_prefix(package)?.strip_prefix("=="))
        .with_context(|| format!("the list does not name {package}"))?;
    let folder = machine::tools_folder().join(format!("{package}-{version}"));
    let python = folder.join("bin").join("python");
    // Written when all is there: an installation that was broken off, or one of another list, is made anew.
    let complete = folder.join("complete.txt");
    if fs::read_to_string(&complete).is_ok_and(|had| had == list) && python.is_file() {
        return Ok(python);
    }
    packages::ensure(&[Program::Python])?;
    let system = Program::Python.find().context("Python has gone")?;
    let wanted = machine::scratch().join(format!("{package}.txt"));
    fs::create_dir_all(machine::scratch())?;
    fs::write(&wanted, list)?;
    let mut environment = Command::new(system);
    environment.args(["-m", "venv", "--clear"]).arg(&folder);
    step::run("Making a Python environment", &mut environment, Output::Quiet)?;
    let mut install = Command::new(&python);
    install
        .args([
            "-m",
            "pip",
            "install",
            "--no-input",
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
            "--requirement",
        ])
        .arg(&wanted);
    step::run(
        &format!("Getting {package} {version}"),
        &mut install,
        Output::Quiet,
    )?;
    fs::write(complete, list)?;
    Ok(python)
}

/// The folder of cargo-deb. Always ours: the package's bytes hang on its version.
pub fn cargo_deb() -> Result<PathBuf> {
    cargo_tool(
        "cargo-deb",
        "cargo-deb",
        CARGO_DEB,
        &["--locked"],
        "a minute, once",
    )
}

/// The folder of cargo-cyclonedx.
pub fn cargo_cyclonedx() -> Result<PathBuf> {
    cargo_tool(
        "cargo-cyclonedx",
        "cargo-cyclonedx",
        CARGO_CYCLONEDX,
        &["--locked"],
        "a minute, once",
    )
}

/// Gets all of them and says where they are.
pub fn show() -> Result<()> {
    let tools = for_the_frontend()?;
    for folder in &tools.path {
        println!("{}", folder.display());
    }
    println!("{}", axe()?.display());
    println!("{}", pyhanko()?.display());
    println!("{}", schemathesis()?.display());
    println!("{}", cargo_deb()?.display());
    println!("{}", cargo_cyclonedx()?.display());
    Ok(())
}

fn wasm_target() -> Result<()> {
    let sysroot = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(machine::root())
        .output()?;
    let sysroot = PathBuf::from(String::from_utf8(sysroot.stdout)?.trim());
    if sysroot.join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir() {
        return Ok(());
    }
    let mut command = Command::new("rustup");
    command.args(["target", "add", "wasm32-unknown-unknown"]);
    step::run("Adding the WebAssembly target", &mut command, Output::Quiet)
        .context("without rustup, install the target wasm32-unknown-unknown of your Rust by hand")?;
    Ok(())
}

fn trunk() -> Result<Option<PathBuf>> {
    if version_on_path("trunk").is_some_and(|version| version.starts_with("0.22.")) {
        return Ok(None);
    }
    let arguments = ["--locked", "--no-default-features"];
    cargo_tool("trunk", "trunk", TRUNK, &arguments, "about 4 minutes, once").map(Some)
}

fn wasm_bindgen() -> Result<Option<PathBuf>> {
    let version = locked_version(
        &fs::read_to_string(machine::root().join("Cargo.lock"))?,
        "wasm-bindgen",
    )
    .context("Cargo.lock does not name wasm-bindgen")?;
    if version_on_path("wasm-bindgen").as_deref() == Some(&version) {
        return Ok(None);
    }
    // Without --locked: its own lock file names a version that the registry no longer serves.
    cargo_tool(
        "wasm-bindgen",
        "wasm-bindgen-cli",
        &version,
        &[],
        "about 2 minutes, once",
    )
    .map(Some)
}

fn wasm_opt() -> Result<Option<PathBuf>> {
    if version_on_path("wasm-opt")
        .and_then(|version| version.parse::<u32>().ok())
        .is_some_and(|it| it >= 123)
    {
        return Ok(None);
    }
    Ok(Some(
        npm_package("binaryen", BINARYEN)?
            .join("node_modules")
            .join(".bin"),
    ))
}

/// Builds a tool from the registry's source into its own folder, and returns the folder of its programs.
fn cargo_tool(
    program: &str,
    package: &str,
    version: &str,
    arguments: &[&str],
    takes: &str,
) -> Result<PathBuf> {
    let folder = machine::tools_folder().join(format!("{program}-{version}"));
    let programs = folder.join("bin");
    if programs.join(program).is_file() {
        return Ok(programs);
    }
    let mut command = Command::new("cargo");
    command
        .args(["install", package, "--version", version, "--debug", "--root"])
        .arg(&folder)
        .args(arguments)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_TARGET_DIR", machine::tools_folder().join("build"));
    step::run(
        &format!("Building {program} {version} ({takes})"),
        &mut command,
        Output::Quiet,
    )?;
    Ok(programs)
}

/// Installs a package of npm into its own folder, and returns the folder.
fn npm_package(package: &str, version: &str) -> Result<PathBuf> {
    let folder = machine::tools_folder().join(format!("{package}-{version}"));
    if folder.join("node_modules").join(package).is_dir() {
        return Ok(folder);
    }
    packages::ensure(&[Program::Npm])?;
    fs::create_dir_all(&folder)?;
    let mut command = Command::new("npm");
    command
        .args(["install", "--no-audit", "--no-fund", "--prefix"])
        .arg(&folder)
        .arg(format!("{package}@{version}"));
    step::run(
        &format!("Getting {package} {version}"),
        &mut command,
        Output::Quiet,
    )?;
    if !folder.join("node_modules").join(package).is_dir() {
        bail!("npm installed {package} somewhere else than {}", folder.display());
    }
    Ok(folder)
}

/// The version that a program on PATH says it has.
fn version_on_path(program: &str) -> Option<String> {
    machine::on_path(program).and_then(|path| version_of(&path))
}

fn version_of(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    first_version(&String::from_utf8_lossy(&output.stdout))
}

/// The first word of a text that begins with a digit.
fn first_version(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
}

/// The version of a package in the text of a `Cargo.lock`.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.find_map(|line| Some(line.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_tools_print() {
        assert_eq!(
            first_version("trunk 0.22.0-beta.1\n").as_deref(),
            Some("0.22.0-beta.1")
        );
        assert_eq!(
            first_version("wasm-opt version 132 (version_132)").as_deref(),
            Some("132")
        );
        assert_eq!(first_version("no version"), None);
    }

    #[test]
    fn a_locked_version_is_the_one_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-test\"\nversion = \"0.3.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
