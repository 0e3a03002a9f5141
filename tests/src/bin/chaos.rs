//! What `cargo xtask chaos` starts: interrupts a portal under load, and says whether its promises held.

#![expect(clippy::print_stdout, reason = "a drill says what it did")]

use anyhow::bail;
use clap::{Parser, ValueEnum};
use std::path::PathBuf;
use tests::Engine;
use tests::drill::{Chaos, Report};

#[derive(Parser)]
struct Arguments {
    /// The server's binary.
    #[arg(long)]
    binary: PathBuf,
    /// The database.
    #[arg(long)]
    engine: Database,
    /// PostgreSQL's file with the id of its process, where somebody starts it again.
    #[arg(long)]
    postmaster: Option<PathBuf>,
    #[arg(long)]
    kills: u32,
    #[arg(long)]
    people: u32,
    #[arg(long)]
    seed: u64,
    /// Where configurations and logs are written.
    #[arg(long)]
    folder: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Database {
    Postgres,
    Sqlite,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let (engine, nodes) = match arguments.engine {
        Database::Postgres => (Engine::Postgres, 3),
        Database::Sqlite => (Engine::Sqlite, 1),
    };
    let chaos = Chaos {
        binary: arguments.binary,
        engine,
        postmaster: arguments.postmaster,
        nodes,
        kills: arguments.kills,
        people: arguments.people,
        seed: arguments.seed,
        folder: arguments.folder,
    };
    let report = chaos.run(&mut |line| println!("  {line}")).await?;
    show(&report);
    let broken = report
        .promises
        .iter()
        .filter(|promise| !promise.breaches.is_empty())
        .count();
    if broken > 0 {
        bail!("{broken} promises were broken");
    }
    Ok(())
}

/// How many breaches of one promise are shown.
const SHOWN: usize = 20;

fn show(report: &Report) {
    let done = report.interruptions;
    println!(
        "{} kills of nodes, {} ends of the database, {} changes of the mail server's manners, {} of the registries' faults",
        done.kills, done.restarts, done.weathers, done.faults
    );
    for ((outcome, why), count) in &report.outcomes {
        println!(
            "  people {outcome:?} {}: {count}",
            why.as_deref().unwrap_or_default()
        );
    }
    for (what, count) in &report.post {
        println!("  the mail server {what}: {count}");
    }
    for (step, why, count) in &report.refusals {
        println!("  refused at {step}: {why}: {count}");
    }
    for (error, count) in &report.errors {
        println!("  logged: {error}: {count}");
    }
    for promise in &report.promises {
        let mark = if promise.breaches.is_empty() { "✓" } else { "✗" };
        println!("{mark} {}", promise.name);
        for (what, count) in &promise.seen {
            println!("    {what}: {count}");
        }
        for breach in promise.breaches.iter().take(SHOWN) {
            println!("    BREACH {breach}");
        }
        if promise.breaches.len() > SHOWN {
            println!("    and {} more", promise.breaches.len() - SHOWN);
        }
    }
}
