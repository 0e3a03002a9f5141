//! What `cargo xtask load` starts: so many people recover at once, and what that costs is printed.

#![expect(clippy::print_stdout, reason = "a measurement prints")]

use clap::Parser;
use std::path::PathBuf;
use std::time::Duration;
use tests::drill::{Measured, Rush};

#[derive(Parser)]
struct Arguments {
    /// The server's binary.
    #[arg(long)]
    binary: PathBuf,
    #[arg(long)]
    nodes: usize,
    /// PostgreSQL's file with the id of its process.
    #[arg(long)]
    postmaster: PathBuf,
    #[arg(long)]
    people: u32,
    #[arg(long)]
    employers: u32,
    #[arg(long)]
    seconds: u64,
    #[arg(long)]
    thinking: f64,
    #[arg(long)]
    seed: u64,
    /// Where configurations and logs are written.
    #[arg(long)]
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let rush = Rush {
        binary: arguments.binary,
        nodes: arguments.nodes,
        postmaster: arguments.postmaster,
        people: arguments.people,
        employers: arguments.employers,
        time: Duration::from_secs(arguments.seconds),
        thinking: arguments.thinking,
        seed: arguments.seed,
        folder: arguments.folder,
    };
    let measured = rush.run(&mut |line| println!("  {line}")).await?;
    show(&measured);
    anyhow::ensure!(measured.recoveries > 0, "nobody recovered a password");
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "figures for a person")]
fn show(measured: &Measured) {
    let done = f64::from(measured.recoveries);
    let each = |total: i64| total as f64 / done;
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    println!(
        "  {} recoveries in {} s: {:.1} a minute",
        measured.recoveries,
        measured.time.as_secs(),
        done * 60.0 / measured.time.as_secs_f64()
    );
    for ((outcome, why), count) in &measured.outcomes {
        println!(
            "  people {outcome:?} {}: {count}",
            why.as_deref().unwrap_or_default()
        );
    }
    println!(
        "  {:<26} {:>8} {:>10} {:>10}",
        "step", "count", "p50 ms", "p99 ms"
    );
    for (step, times) in &measured.steps {
        println!(
            "  {step:<26} {:>8} {:>10.1} {:>10.1}",
            times.count,
            times.median.as_secs_f64() * 1e3,
            times.most.as_secs_f64() * 1e3
        );
    }
    let refusals: u64 = measured.refusals.iter().map(|(_, _, count)| count).sum();
    println!("  refused, or without an answer: {refusals}");
    for (step, why, count) in &measured.refusals {
        println!("    {step}: {why}: {count}");
    }
    for (number, (now, most)) in measured.memory.iter().enumerate() {
        println!(
            "  node {number}: {:.0} MB in memory, {:.0} MB at most",
            megabytes(*now),
            megabytes(*most)
        );
    }
    println!(
        "  written for each recovery: {:.1} rows, {:.1} transactions, {:.1} kB of log",
        each(measured.writes.rows),
        each(measured.writes.transactions),
        each(measured.writes.log) / 1e3
    );
    let [nodes, database, people] = measured.spent.map(|time| time.as_secs_f64());
    println!(
        "  processors, for each recovery: {:.1} ms the nodes, {:.1} ms PostgreSQL, {:.1} ms the people (captcha and all)",
        nodes * 1e3 / done,
        database * 1e3 / done,
        people * 1e3 / done
    );
    println!("  the database has {:.2} GB", measured.size as f64 / 1e9);
}
