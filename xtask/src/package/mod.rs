//! `cargo xtask package`: the Debian package, with its bill of materials, made so that others can make the same bytes; and
//! `cargo xtask image`, which makes the image of a container.
//!
//! Words: a *place* is a folder with a copy of what git tracks, in which everything is built; the *release* is what comes out of
//! it: the binary with the pages inside, the bill of materials, the package.
//! Invariants: nothing that git does not track gets into a release; no path of the machine that built it, and no time but that of the
//! commit.
//! It signs nothing and publishes nothing. What must be equal on two machines for equal bytes is in docs/OPERATIONS.md.

mod bom;
pub mod image;
mod place;
mod trial;

use crate::machine;
use crate::step::{self, Output};
use crate::{tools, web};
use anyhow::{Context, Result, ensure};
use clap::Args;
use place::Place;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is made.
#[derive(Args)]
pub struct Options {
    /// Build everything a second time, in another folder, and compare the bytes. Takes twice as long.
    #[arg(long, conflicts_with = "trial")]
    twice: bool,
    /// Build nothing, and only try this package: unpack it, start what is in it, ask for a page.
    #[arg(long, value_name = "FILE")]
    trial: Option<PathBuf>,
}

/// What came out of a place. The names are those of the files that are handed on.
struct Release {
    /// Each file, with the word by which it is compared.
    files: Vec<(&'static str, PathBuf)>,
    /// The package among them.
    package: PathBuf,
}

/// Makes the package, tries it, and says where it is.
pub fn package(options: &Options) -> Result<()> {
    ensure!(
        machine::on_path("dpkg-deb").is_some(),
        "this makes a Debian package and needs dpkg: run it on Debian or Ubuntu"
    );
    if let Some(package) = &options.trial {
        return trial::attempt(package);
    }
    let place = Place::filled("first")?;
    // Filled before anything is built, which takes so long that somebody may go on working meanwhile. Another name, of another length:
    // a path that got into the bytes would be seen.
    let elsewhere = options
        .twice
        .then(|| Place::filled("second-time-elsewhere"))
        .transpose()?;
    let first = make(&place)?;
    trial::attempt(&first.package)?;
    if let Some(elsewhere) = elsewhere {
        compare(&first, &make(&elsewhere)?)?;
    }
    hand_over(&first)
}

/// Builds a release in a place.
fn make(place: &Place) -> Result<Release> {
    let environment = place.environment()?;
    web::build_in(&place.sources, &environment)?;
    let mut build = Command::new("cargo");
    build
        .args([
            "build",
            "--release",
            "--locked",
            "--package",
            "server",
            "--bin",
            "clavero",
        ])
        .envs(environment.iter().cloned())
        .env("CARGO_TARGET_DIR", place.target())
        .current_dir(&place.sources);
    step::run(
        "Building the server (ten minutes the first time)",
        &mut build,
        Output::Quiet,
    )?;
    let [server, pages] = bom::write(place, &environment)?;
    let out = place.target().join("package");
    if out.is_dir() {
        fs::remove_dir_all(&out)?;
    }
    fs::create_dir_all(&out)?;
    let cargo_deb = tools::cargo_deb()?;
    let mut pack = Command::new(cargo_deb.join("cargo-deb"));
    // What rustc left is what is packed: another strip would be another tool whose version counts.
    pack.args([
        "--no-build",
        "--no-strip",
        "--locked",
        "--package",
        "server",
        "--output",
    ])
    .arg(&out)
    .envs(environment)
    .env("CARGO_TARGET_DIR", place.target())
    .current_dir(&place.sources);
    step::run("Making the Debian package", &mut pack, Output::Quiet)?;
    let package = only_package(&out)?;
    Ok(Release {
        files: vec![
            ("the server", place.target().join("release").join("clavero")),
            ("the server's bill of materials", server),
            ("the pages' bill of materials", pages),
            ("the package", package.clone()),
        ],
        package,
    })
}

/// The one package that was written.
fn only_package(folder: &Path) -> Result<PathBuf> {
    let mut found = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|it| it == "deb"));
    let package = found.next().context("cargo-deb wrote no package")?;
    ensure!(found.next().is_none(), "cargo-deb wrote more than one package");
    Ok(package)
}

/// Fails if a file of one release differs from its counterpart.
fn compare(first: &Release, second: &Release) -> Result<()> {
    let mut different = Vec::new();
    for ((name, one), (_, other)) in first.files.iter().zip(&second.files) {
        let (here, there) = (digest(one)?, digest(other)?);
        if here == there {
            println!("✓ Built twice, the same bytes: {name} ({here})");
        } else {
            println!("✗ Built twice, other bytes: {name}");
            println!("    {here}  {}", one.display());
            println!("    {there}  {}", other.display());
            different.push(*name);
        }
    }
    ensure!(different.is_empty(), "not reproducible: {}", different.join(", "));
    Ok(())
}

/// Copies what is handed on into one folder, with a list of digests as `sha256sum --check` reads it.
fn hand_over(release: &Release) -> Result<()> {
    let folder = machine::root().join("target").join("package").join("release");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut sums = String::new();
    for (_, path) in &release.files {
        let name = path.file_name().context("a file of a release has a name")?;
        fs::copy(path, folder.join(name))?;
        writeln!(sums, "{}  {}", digest(path)?, name.to_string_lossy())?;
    }
    fs::write(folder.join("SHA256SUMS"), sums)?;
    println!("The release is in {}", folder.display());
    Ok(())
}

/// The SHA-256 of a file, in hexadecimal digits.
fn digest(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let sum = Sha256::digest(&bytes);
    let mut text = String::new();
    for byte in sum {
        write!(text, "{byte:02x}")?;
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(folder: &Path, bytes: &str) -> Release {
        fs::create_dir_all(folder).unwrap();
        let package = folder.join("x.deb");
        fs::write(&package, bytes).unwrap();
        Release {
            files: vec![("the package", package.clone())],
            package,
        }
    }

    #[test]
    fn releases_of_other_bytes_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let one = release(&folder.path().join("a"), "1");
        let same = release(&folder.path().join("b"), "1");
        let other = release(&folder.path().join("c"), "2");
        assert!(compare(&one, &same).is_ok());
        let refusal = compare(&one, &other).unwrap_err().to_string();
        assert_eq!(refusal, "not reproducible: the package");
    }

    #[test]
    fn a_digest_is_written_as_sha256sum_writes_it() {
        let folder = tempfile::tempdir().unwrap();
        let one = release(folder.path(), "abc");
        assert_eq!(
            digest(&one.package).unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        fs::write(folder.path().join("second.deb"), "").unwrap();
        assert!(only_package(folder.path()).is_err());
    }
}
