//! `cargo xtask fuzz`: feeds what reads strangers' bytes with inputs that nobody wrote, by an engine that sees which code they
//! reach (libFuzzer, on the stable toolchain).
//!
//! Words: a *target* is a reader (`fuzz/src/bin`); its *corpus* are the inputs that are kept, in the repository; what a run
//! finds beside them stays under `target/`.
//!
//! What it does not do: there is no sanitizer, because there is no unsafe code of ours to watch. Overflows and broken assertions
//! count.

use crate::machine;
use crate::step::{self, Output};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fs;
use std::process::Command;

/// How long, and which.
#[derive(Args)]
pub struct Options {
    /// Minutes for each target.
    #[arg(long, default_value_t = 1)]
    minutes: u32,
    /// Seconds instead, to see that all of them run.
    #[arg(long, conflicts_with = "minutes")]
    seconds: Option<u32>,
    /// Only targets whose name has this in it.
    filter: Option<String>,
}

/// The machine's own triple: named, so that build scripts and macros stay as they are.
const TRIPLE: &str = "x86_64-unknown-linux-gnu";
/// Lets the engine see edges and comparisons.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
                     -Cllvm-args=-sanitizer-coverage-trace-compares -Cdebug-assertions -Coverflow-checks";
/// The largest input: the readers have limits of their own, but most of what there is to find is small.
const LONGEST: usize = 16 * 1024;
/// Seconds for one input, and megabytes for all.
const PATIENCE: u32 = 5;
const MEMORY: u32 = 1024;

/// Builds the targets and runs each.
pub fn fuzz(options: &Options) -> Result<()> {
    let filter = options.filter.as_deref().unwrap_or_default();
    let all = targets()?;
    let targets: Vec<&String> = all.iter().filter(|target| target.contains(filter)).collect();
    if targets.is_empty() {
        bail!(
            "no target has {filter:?} in its name; there are {}",
            all.join(", ")
        );
    }
    let seconds = options.seconds.unwrap_or(options.minutes * 60);
    let folder = machine::root().join("target").join("fuzz");
    let mut build = Command::new("cargo");
    build
        .args([
            "build",
            "--profile",
            "fuzz",
            "-p",
            "fuzz",
            "--features",
            "engine",
            "--bins",
        ])
        .args(["--target", TRIPLE, "--target-dir"])
        .arg(&folder)
        .env("RUSTFLAGS", FLAGS);
    step::run("build the fuzz targets", &mut build, Output::Quiet)?;
    for target in targets {
        let found = folder.join("found").join(target);
        fs::create_dir_all(&found).with_context(|| format!("cannot make {}", found.display()))?;
        let mut command = Command::new(folder.join(TRIPLE).join("fuzz").join(format!("fuzz-{target}")));
        command
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-max_len={LONGEST}"))
            .arg(format!("-timeout={PATIENCE}"))
            .arg(format!("-rss_limit_mb={MEMORY}"))
            .arg(format!("-artifact_prefix={}/broke-{target}-", folder.display()))
            .arg("-print_final_stats=1")
            .arg(&found)
            .arg(machine::root().join("fuzz/corpus").join(target));
        if matches!(target.as_str(), "file" | "tail") {
            command.arg(format!(
                "-dict={}",
                machine::root().join("fuzz/pdf.dict").display()
            ));
        }
        let lines = step::run(&format!("fuzz {target}"), &mut command, Output::Quiet)?;
        let told = ["DONE", "stat::number_of_executed_units", "stat::peak_rss_mb"];
        for line in lines
            .iter()
            .filter(|line| told.iter().any(|word| line.contains(word)))
        {
            println!("    {line}");
        }
    }
    Ok(())
}

/// Every target: the programs of the package.
fn targets() -> Result<Vec<String>> {
    let folder = machine::root().join("fuzz/src/bin");
    let mut targets = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let program = entry?.path();
        if let Some(name) = program.file_stem() {
            targets.push(name.to_string_lossy().into_owned());
        }
    }
    targets.sort();
    Ok(targets)
}
