//! Explores the worlds, the wide ones too, and prints what was found: what `cargo xtask model` runs.

#![expect(clippy::print_stdout, reason = "a report for the person who called it")]

use model::{Bounds, Report, check};
use std::process::ExitCode;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let threads = available_parallelism().map_or(1, usize::from);
    let mut sound = true;
    for bounds in Bounds::short().into_iter().chain(Bounds::long()) {
        let (report, took) = timed(|| check(bounds, threads));
        print(&report, took);
        sound &= report.broken.is_empty() && report.never.is_empty();
    }
    if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn print(report: &Report, took: Duration) {
    println!(
        "{}: {} states, {} steps, the longest way {} deeds, {:.0} s; {} promises kept, {} broken",
        report.bounds,
        report.states,
        report.steps,
        report.depth,
        took.as_secs_f64(),
        report.kept,
        report.broken.len(),
    );
    for (promise, way) in &report.broken {
        println!("  broken: {promise}");
        for deed in way {
            println!("    {deed:?}");
        }
    }
    for possibility in &report.never {
        println!("  never happened: {possibility}");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long it took is printed, and nothing depends on it"
)]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    (work(), start.elapsed())
}
