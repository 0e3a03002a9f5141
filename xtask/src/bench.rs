//! `cargo xtask bench`: what the product costs, each number beside another one of the same run.
//!
//! A number alone says more of the machine than of the product, so each line has a ratio or an absolute aim, and both
//! numbers it is made of. Nothing here fails: a person reads it. The size of the first load is the exception, and CI's.

use crate::machine;
use crate::portal::Portal;
use crate::step::{self, Output};
use crate::{budget, tools, web};
use anyhow::{Context, Result, ensure};
use clap::Args;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::available_parallelism;
use std::time::Duration;

/// What is measured.
#[derive(Args)]
pub struct Options {
    /// Employers in the database for the start and the memory.
    #[arg(long, default_value_t = 1_000_000)]
    employers: u32,
}

/// Times the exported functions as the native probe times its own.
const PROBE: &str = "
const probe = require(process.argv[2]);
function report(name, work) {
  work();
  const start = performance.now();
  const done = work();
  console.log(name, done / ((performance.now() - start) / 1000));
}
report('keystrokes', () => probe.keystrokes(4000));
report('captcha_tries', () => probe.captcha_tries(400) ? 400 : 0);
";
/// Measures everything and prints it.
pub fn bench(options: &Options) -> Result<()> {
    let wasm = wasm_probe()?;
    let native = native_probe()?;
    let portal = portal()?;
    web::build()?;
    let start = start_of_the_server(options.employers)?;

    let of = |numbers: &Numbers, name: &str| {
        numbers
            .get(name)
            .copied()
            .with_context(|| format!("{name} was not measured"))
    };
    println!("\n  measured {:>34}  aim", "");
    let keystroke = 1e6 / of(&wasm, "keystrokes")?;
    line(
        "a keystroke's checks in wasm",
        &format!(
            "{keystroke:.2} µs ({:.1} × native)",
            of(&native, "keystrokes")? / of(&wasm, "keystrokes")?
        ),
        "≤ 20 µs",
    );
    ratio(
        "captcha tries: wasm / native",
        of(&wasm, "captcha_tries")?,
        of(&native, "captcha_tries")?,
        "≥ 0.33",
    );
    ratio(
        "rows: import sri / raw insert",
        of(&portal, "import_rows")?,
        of(&portal, "raw_rows")?,
        "≥ 0.50",
    );
    ratio(
        "requests: proof / bare read",
        of(&portal, "proof_requests")?,
        of(&portal, "bare_reads")?,
        "≥ 0.25",
    );
    #[expect(clippy::cast_precision_loss, reason = "machines have few cores")]
    let cores = available_parallelism()?.get() as f64;
    let hashes = cores * of(&portal, "hashes_on_one_core")?;
    ratio(
        "recoveries / (cores ÷ hash time)",
        of(&portal, "recoveries")?,
        hashes,
        "≥ 0.90",
    );
    line(
        "verifying a signed file, median",
        &format!(
            "{:.1} ms ({:.0} kB)",
            of(&portal, "verification_milliseconds")?,
            of(&portal, "verification_bytes")? / 1e3
        ),
        "≤ 50 ms",
    );
    line(
        "resident memory, idle",
        &format!("{:.1} MB", start.resident_megabytes),
        "≤ 25 MB",
    );
    line(
        &format!("start to first answer, {} employers", options.employers),
        &format!("{} ms", start.first_answer.as_millis()),
        "≤ 150 ms",
    );
    budget::check()
}

fn line(what: &str, measured: &str, aim: &str) {
    println!("  {what:<44} {measured:<40} {aim}");
}

fn ratio(what: &str, ours: f64, theirs: f64, aim: &str) {
    line(
        what,
        &format!("{:.2} ({ours:.0}/s of {theirs:.0}/s)", ours / theirs),
        aim,
    );
}

type Numbers = BTreeMap<String, f64>;

/// Reads lines of a name and a number.
fn numbers(lines: &[String]) -> Numbers {
    let pairs = lines.iter().filter_map(|line| line.trim().split_once(' '));
    pairs
        .filter_map(|(name, number)| Some((name.to_owned(), number.parse().ok()?)))
        .collect()
}

fn wasm_probe() -> Result<Numbers> {
    let tools = tools::for_the_frontend()?;
    let target = machine::root().join(web::TARGET);
    let mut cargo = Command::new("cargo");
    cargo
        .args(["build", "--package", "shared", "--example", "probe"])
        .args(["--profile", "wasm-release", "--target", "wasm32-unknown-unknown"])
        .env("CARGO_TARGET_DIR", &target);
    step::run("Building the probe for WebAssembly", &mut cargo, Output::Quiet)?;
    let folder = machine::scratch().join("probe");
    let mut bindgen = tools.command("wasm-bindgen");
    bindgen
        .args(["--target", "nodejs", "--out-dir"])
        .arg(&folder)
        .arg(target.join("wasm32-unknown-unknown/wasm-release/examples/probe.wasm"));
    step::run("Binding it to node", &mut bindgen, Output::Quiet)?;
    let module = folder.join("probe_bg.wasm");
    let mut optimise = tools.command("wasm-opt");
    optimise
        .args(["-O3", "--all-features"])
        .arg(&module)
        .arg("-o")
        .arg(&module);
    step::run("Optimising it as the worker is", &mut optimise, Output::Quiet)?;
    let script = folder.join("time.js");
    fs::write(&script, PROBE)?;
    let mut node = Command::new("node");
    node.arg(&script).arg(folder.join("probe.js"));
    Ok(numbers(&step::run(
        "Timing keystrokes and captcha in WebAssembly",
        &mut node,
        Output::Quiet,
    )?))
}

fn native_probe() -> Result<Numbers> {
    let mut cargo = Command::new("cargo");
    cargo.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "shared",
        "--example",
        "probe",
    ]);
    Ok(numbers(&step::run(
        "Timing the same natively",
        &mut cargo,
        Output::Quiet,
    )?))
}

fn portal() -> Result<Numbers> {
    let mut cargo = Command::new("cargo");
    cargo.args(["bench", "--quiet", "--package", "tests", "--bench", "portal"]);
    Ok(numbers(&step::run(
        "Timing verifications, reads, recoveries and the import",
        &mut cargo,
        Output::Quiet,
    )?))
}

/// How the server begins.
struct Start {
    first_answer: Duration,
    resident_megabytes: f64,
}

fn start_of_the_server(employers: u32) -> Result<Start> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--package", "server", "--bin", "clavero"]);
    step::run("Building the server for release", &mut cargo, Output::Quiet)?;
    let portal = Portal::new(machine::root().join("target/release/clavero"))?;
    portal.run(
        &format!("Making up {employers} employers"),
        &["demo", "--employers", &employers.to_string()],
    )?;
    let (server, first_answer) = portal.serve()?;
    let resident_megabytes = resident_megabytes(server.0.id())?;
    Ok(Start {
        first_answer,
        resident_megabytes,
    })
}

/// What the kernel says that the process holds, once it rests.
fn resident_megabytes(id: u32) -> Result<f64> {
    let status = fs::read_to_string(Path::new("/proc").join(id.to_string()).join("status"))
        .context("the memory of a process is read from /proc, which only Linux has")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .context("no VmRSS")?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    ensure!(kilobytes > 0.0, "the server is gone");
    Ok(kilobytes * 1024.0 / 1e6)
}
