//! Every test, in parts: host (nextest), documentation examples, headless browser. End-to-end tests are host tests that drive
//! the built binary with a real browser, so the frontend and the binary are built first.

use crate::machine;
use crate::packages::{self, Program};
use crate::postgres::Postgres;
use crate::step::{self, Outcome, Output};
use crate::{tools, web};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::Command;

/// What is built for this machine. Whoever builds anything of it selects all of it, or cargo would build the dependencies
/// again with other features.
pub const HOST: [&str; 3] = ["--workspace", "--exclude", "frontend"];

/// Tests that mount a disk of their own (`tests/e2e/disk.rs`), which not every system lets them.
const MOUNTING: [&str; 2] = ["disk::a_full_disk", "disk::a_read_only_disk"];

/// Which tests.
#[derive(Args, Default)]
pub struct Options {
    /// Only tests whose name contains this.
    filter: Option<String>,
    /// Only this part.
    #[arg(long)]
    part: Option<Part>,
}

/// What one runner runs.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Unit, store, HTTP and end-to-end tests.
    Host,
    /// The examples in the documentation.
    Docs,
    /// The frontend's and the shared crate's tests in a headless browser.
    Browser,
}

/// Tests counted over all parts.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Count {
    passed: usize,
    failed: usize,
    /// Runners that ended badly without naming a failed test (a build error, a crash).
    broken: Vec<&'static str>,
}

/// Runs the tests and closes with the counts.
pub fn test(options: &Options) -> Result<()> {
    everything(options)?.close()
}

/// Runs the parts one after another; a failed part does not keep the next from running.
pub fn everything(options: &Options) -> Result<Count> {
    let mut count = Count::default();
    for part in [Part::Host, Part::Docs, Part::Browser] {
        if options.part.is_some_and(|only| only != part) {
            continue;
        }
        let filter = options.filter.as_deref();
        let (name, outcome) = match part {
            Part::Host => ("host", host(filter)?),
            Part::Docs => ("docs", docs(filter)?),
            Part::Browser => ("browser", browser(filter)?),
        };
        count.add(name, &outcome.lines, outcome.status.success());
    }
    Ok(count)
}

fn host(filter: Option<&str>) -> Result<Outcome> {
    packages::ensure(&[
        Program::Chromium,
        Program::ChromeDriver,
        Program::Postgres,
        Program::OpenSsl,
    ])?;
    let axe = tools::axe()?;
    let pyhanko = tools::pyhanko()?;
    web::build()?;
    let mut binary = Command::new("cargo");
    step::run(
        "Building the server",
        binary.arg("build").args(HOST).arg("--bins"),
        Output::Quiet,
    )?;
    let postgres = Postgres::start()?;
    let mut tests = Command::new("cargo");
    if machine::on_path("cargo-nextest").is_some() {
        tests
            .args(["nextest", "run"])
            .args(HOST)
            .args(["--no-tests", "pass"]);
        let profile = if machine::variable("CI").is_some() {
            "ci"
        } else {
            "default"
        };
        tests.args(["--profile", profile]);
    } else {
        println!("cargo-nextest is not installed; cargo test does the same, more slowly");
        tests
            .arg("test")
            .args(HOST)
            .args(["--lib", "--bins", "--tests", "--no-fail-fast"]);
    }
    tests.args(filter);
    if !mounts_disks() {
        println!(
            "left out, because nobody may mount a disk of memory here: {}",
            MOUNTING.join(", ")
        );
        tests.arg("--");
        tests.args(MOUNTING.iter().flat_map(|name| ["--skip", *name]));
    }
    tests
        .env("CLAVERO_TEST_POSTGRES_URL", postgres.url())
        .env("CLAVERO_TEST_AXE", axe)
        .env("CLAVERO_TEST_PYHANKO", pyhanko)
        .env(
            "CLAVERO_TEST_OPENSSL",
            Program::OpenSsl.find().context("OpenSSL has gone")?,
        )
        .env(
            "CLAVERO_TEST_CHROMIUM",
            Program::Chromium.find().context("Chromium has gone")?,
        )
        .env(
            "CLAVERO_TEST_CHROMEDRIVER",
            Program::ChromeDriver.find().context("ChromeDriver has gone")?,
        );
    step::attempt("Testing on the host", &mut tests, Output::Shown)
}

/// Whether a process may have a disk that only it sees: as root with leave to mount, or in a name space of its own. It is tried as
/// `tests/e2e/disk.rs` does it.
fn mounts_disks() -> bool {
    let is_root = fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0);
    let mut trial = Command::new("unshare");
    if !is_root {
        trial.args(["--user", "--map-root-user"]);
    }
    trial.args(["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
    trial.output().is_ok_and(|tried| tried.status.success())
}

fn docs(filter: Option<&str>) -> Result<Outcome> {
    let mut tests = Command::new("cargo");
    tests
        .args(["test", "--doc", "-p", "shared", "-p", "server"])
        .args(filter);
    step::attempt(
        "Testing the examples of the documentation",
        &mut tests,
        Output::Shown,
    )
}

fn browser(filter: Option<&str>) -> Result<Outcome> {
    packages::ensure(&[Program::Chromium, Program::ChromeDriver])?;
    let tools = tools::for_the_frontend()?;
    let mut tests = tools.command("cargo");
    tests
        .args([
            "test",
            "-p",
            "frontend",
            "-p",
            "shared",
            "--target",
            "wasm32-unknown-unknown",
            "--lib",
            "--tests",
        ])
        .args(["--no-fail-fast"])
        .args(filter)
        .env("CARGO_TARGET_DIR", machine::root().join(web::TARGET))
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities()?)
        .env(
            "CHROMEDRIVER",
            Program::ChromeDriver.find().context("ChromeDriver has gone")?,
        );
    step::attempt("Testing in a headless browser", &mut tests, Output::Shown)
}

/// Writes what ChromeDriver is asked for, and returns the file.
fn capabilities() -> Result<PathBuf> {
    let browser = Program::Chromium.find().context("Chromium has gone")?;
    let wanted = serde_json::json!({ "goog:chromeOptions": { "binary": browser, "args": [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ] } });
    let file = machine::scratch().join("webdriver.json");
    fs::create_dir_all(machine::scratch())?;
    fs::write(&file, serde_json::to_vec_pretty(&wanted)?)?;
    Ok(file)
}

impl Count {
    fn add(&mut self, part: &'static str, lines: &[String], success: bool) {
        let mut failed = 0;
        for line in lines {
            if let Some((good, bad)) = closing_line(line) {
                self.passed += good;
                failed += bad;
            }
        }
        if !success && failed == 0 {
            self.broken.push(part);
        }
        self.failed += failed;
    }

    /// Prints the closing line; fails if anything failed.
    pub fn close(&self) -> Result<()> {
        let broken = self.broken.len();
        println!("{} passed, {} failed", self.passed, self.failed + broken);
        if broken > 0 {
            bail!(
                "these parts ended without counting their tests: {}",
                self.broken.join(", ")
            );
        }
        if self.failed > 0 {
            bail!("{} tests failed", self.failed);
        }
        Ok(())
    }
}

/// How many passed and failed, if this is the line with which nextest or a test binary closes.
fn closing_line(line: &str) -> Option<(usize, usize)> {
    // Nextest repeats, indented, what a failing test printed, its own closing line too; that one is counted already.
    let counts = line.strip_prefix("test result:").or_else(|| {
        line.trim()
            .strip_prefix("Summary")
            .and_then(|rest| rest.split_once("run:").map(|(_, counts)| counts))
    })?;
    let of = |word: &str| {
        counts
            .split([',', ';', '.'])
            .filter_map(|piece| piece.trim().split_once(' '))
            .filter(|(_, what)| what.split_whitespace().next() == Some(word))
            .find_map(|(number, _)| number.parse().ok())
            .unwrap_or(0)
    };
    Some((of("passed"), of("failed") + of("timed")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted() {
        let nextest =
            "     Summary [   3.214s] 57 tests run: 55 passed (1 slow), 1 failed, 1 timed out, 2 skipped";
        assert_eq!(closing_line(nextest), Some((55, 2)));
        let libtest = "test result: FAILED. 5 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(closing_line(libtest), Some((5, 1)));
        let browser = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 filtered out; finished in 1.20s";
        assert_eq!(closing_line(browser), Some((12, 0)));
        assert_eq!(closing_line(&format!("    {libtest}")), None, "quoted by nextest");
        assert_eq!(closing_line("test result_is_told ... ok"), None);
    }

    #[test]
    fn a_part_that_breaks_without_a_count_is_a_failure() {
        let mut count = Count::default();
        count.add("host", &["error: could not compile".to_owned()], false);
        assert!(count.close().is_err());
        count = Count::default();
        count.add(
            "host",
            &["test result: ok. 2 passed; 0 failed; 0 ignored".to_owned()],
            true,
        );
        assert_eq!(
            count,
            Count {
                passed: 2,
                failed: 0,
                broken: Vec::new()
            }
        );
        assert!(count.close().is_ok());
    }
}
