//! The frontend as the server embeds it: built by trunk into `dist/`, each file compressed beside itself.

use crate::machine;
use crate::step::{self, Output};
use crate::tools;
use crate::{tree, workers};
use anyhow::{Context, Result};
use flate2::Compression;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Builds for browsers have a target folder of their own, so that they do not wait for builds of the host.
pub const TARGET: &str = "target/web";

/// Everything that the built frontend is made of.
const INPUTS: [&str; 11] = [
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "frontend/Cargo.toml",
    "frontend/src",
    "frontend/styles",
    "frontend/assets",
    "shared",
    "locales",
];

/// Makes `dist/` what the sources say; nothing happens if it is so already.
pub fn build() -> Result<()> {
    build_in(machine::root(), &[])
}

/// The same in a copy of the sources, with more in the environment of the build.
pub fn build_in(root: &Path, environment: &[(&str, OsString)]) -> Result<()> {
    let dist = root.join("dist");
    let target = root.join(TARGET);
    let stamp = target.join("dist.stamp");
    let is_current = |old: String| current(root).is_ok_and(|now| now == old);
    if fs::read_to_string(&stamp).is_ok_and(is_current) {
        println!("✓ The frontend is built already");
        return Ok(());
    }
    // What is changed while trunk builds may not be in what it built: the stamp says what was there before.
    let inputs = tree::fingerprint(root, &INPUTS)?;
    let tools = tools::for_the_frontend()?;
    let mut trunk = tools.command("trunk");
    trunk
        .args([
            "build",
            "--release",
            "--dist",
            "dist",
            "--offline=true",
            "--skip-version-check",
        ])
        .env("CARGO_TARGET_DIR", &target)
        .envs(environment.iter().cloned())
        .current_dir(root);
    step::run(
        "Building the frontend (several minutes the first time)",
        &mut trunk,
        Output::Quiet,
    )?;
    workers::name(&dist)?;
    let watch = machine::Watch::start();
    let count = compress(&dist)?;
    println!("✓ Compressing {count} files ({})", step::seconds(watch.elapsed()));
    fs::write(&stamp, stamp_of(root, inputs)?).context("cannot note what the frontend was built of")?;
    Ok(())
}

/// Where the built frontend is.
pub fn dist() -> PathBuf {
    machine::root().join("dist")
}

/// What the sources and the result are now, in one line.
fn current(root: &Path) -> Result<String> {
    stamp_of(root, tree::fingerprint(root, &INPUTS)?)
}

/// The sources that a result was made of, and the result, in one line.
fn stamp_of(root: &Path, inputs: u64) -> Result<String> {
    let dist = root.join("dist");
    anyhow::ensure!(dist.join("index.html").is_file(), "no frontend is built");
    Ok(format!(
        "{inputs:016x} {:016x}\n",
        tree::fingerprint(&dist, &["."])?
    ))
}

/// Writes a `.br` and a `.gz` beside every file that gets smaller by it, on all cores; returns how many were read.
fn compress(folder: &Path) -> Result<usize> {
    let files: Vec<PathBuf> = tree::files_below(folder, &["."])
        .into_iter()
        .filter(|path| !matches!(path.extension().and_then(|it| it.to_str()), Some("br" | "gz")))
        .collect();
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..workers)
            .map(|_| {
                scope.spawn(|| {
                    while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                        compress_file(path)?;
                    }
                    anyhow::Ok(())
                })
            })
            .collect();
        threads.into_iter().try_for_each(|thread| match thread.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })?;
    Ok(files.len())
}

fn compress_file(path: &Path) -> Result<()> {
    let plain = fs::read(path)?;
    for (ending, packed) in [("br", brotli_of(&plain)?), ("gz", gzip_of(&plain)?)] {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        if packed.len() < plain.len() {
            fs::write(&name, packed)?;
        } else if Path::new(&name).exists() {
            fs::remove_file(&name)?;
        }
    }
    Ok(())
}

/// As small as brotli makes it (quality 11, the largest window that every browser takes).
pub fn brotli_of(plain: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &plain[..], &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip_of(plain: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gets_compressed_copies_only_if_they_are_smaller() {
        let folder = tempfile::tempdir().unwrap();
        let long = "the same words again ".repeat(100);
        fs::write(folder.path().join("long.js"), &long).unwrap();
        fs::write(folder.path().join("short.js"), "x").unwrap();
        assert_eq!(compress(folder.path()).unwrap(), 2);
        assert_eq!(
            compress(folder.path()).unwrap(),
            2,
            "compressed copies are not compressed again"
        );
        let mut plain = Vec::new();
        brotli::BrotliDecompress(
            &mut &fs::read(folder.path().join("long.js.br")).unwrap()[..],
            &mut plain,
        )
        .unwrap();
        assert_eq!(plain, long.as_bytes());
        assert!(folder.path().join("long.js.gz").is_file());
        assert!(!folder.path().join("short.js.br").exists());
    }
}
