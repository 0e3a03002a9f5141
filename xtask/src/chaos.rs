//! `cargo xtask chaos`: interrupts a portal under load, and says whether what must be true is true afterwards.
//!
//! Three nodes on a PostgreSQL, then one node on a SQLite file: nodes are killed at random points, the database ends, the mail server and the
//! registries misbehave. What is promised is in `tests/src/drill/promises.rs`; here it is only built and started.

use crate::machine::{self, Watch};
use crate::postgres::Enduring;
use crate::step::{self, Output};
use crate::test::HOST;
use anyhow::{Context, Result};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// How much is interrupted.
#[derive(Args)]
pub struct Options {
    /// How often a node is killed, on each database.
    #[arg(long, default_value_t = 1000)]
    kills: u32,
    /// How many people are at it at the same time.
    #[arg(long, default_value_t = 12)]
    people: u32,
    /// Where everything that is drawn comes from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only on this database.
    #[arg(long)]
    only: Option<Engine>,
}

/// A database.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Engine {
    Postgres,
    Sqlite,
}

impl Options {
    /// What CI interrupts.
    pub const SHORT: Self = Self {
        kills: 25,
        people: 8,
        seed: 1,
        only: None,
    };
}

/// Builds what is needed, and does it on each database.
pub fn chaos(options: &Options) -> Result<()> {
    let mut build = Command::new("cargo");
    build.arg("build").args(HOST).arg("--bins");
    step::run("Building the server and its people", &mut build, Output::Quiet)?;
    for engine in [Engine::Postgres, Engine::Sqlite] {
        if options.only.is_none_or(|only| only == engine) {
            on(engine, options)?;
        }
    }
    Ok(())
}

fn on(engine: Engine, options: &Options) -> Result<()> {
    let (name, title) = match engine {
        Engine::Postgres => ("postgres", "Interrupting three nodes on PostgreSQL"),
        Engine::Sqlite => ("sqlite", "Interrupting one node on SQLite"),
    };
    let postgres = (engine == Engine::Postgres).then(Enduring::start).transpose()?;
    let folder = folder(&format!("chaos-{name}"))?;
    let mut drill = Command::new(machine::root().join("target/debug/chaos"));
    drill
        .arg("--binary")
        .arg(machine::root().join("target/debug/clavero"))
        .args(["--engine", name])
        .args(["--kills", &options.kills.to_string()])
        .args(["--people", &options.people.to_string()])
        .args(["--seed", &options.seed.to_string()])
        .arg("--folder")
        .arg(&folder);
    if let Some(postgres) = &postgres {
        drill
            .env("CLAVERO_TEST_POSTGRES_URL", postgres.url())
            .arg("--postmaster")
            .arg(postgres.postmaster());
    }
    let watch = Watch::start();
    step::run(title, &mut drill, Output::Shown)
        .with_context(|| format!("its logs are in {}", folder.display()))?;
    println!(
        "{} kills on {name} took {}",
        options.kills,
        step::seconds(watch.elapsed())
    );
    Ok(())
}

/// A new, empty folder for what a drill leaves behind.
pub fn folder(name: &str) -> Result<PathBuf> {
    let folder = machine::scratch().join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
