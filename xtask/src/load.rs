//! `cargo xtask load`: so many people recover their passwords at once, against one, two or three nodes, and what that costs is printed.
//!
//! The server is built for release. People and PostgreSQL share the machine with it, so what people's browsers would do elsewhere is done
//! here: the figures say how much of the processors that was.

use crate::chaos::folder;
use crate::machine::{self, Watch};
use crate::postgres::Enduring;
use crate::step::{self, Output};
use anyhow::{Context, Result};
use clap::Args;
use std::process::Command;

/// How much is asked of it.
#[derive(Args)]
pub struct Options {
    /// How many people are at it at the same time.
    #[arg(long, default_value_t = 200)]
    people: u32,
    /// How many nodes.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=3))]
    nodes: u32,
    /// Employers on record: up to 20 000 are made up, the others are copies under other keys.
    #[arg(long, default_value_t = 10_000)]
    employers: u32,
    /// How long it is measured, behind the beginning.
    #[arg(long, default_value_t = 2.0)]
    minutes: f64,
    /// How long people think, as a share of what people take (30 to 110 seconds a recovery).
    #[arg(long, default_value_t = 1.0)]
    thinking: f64,
    /// Where everything that is drawn comes from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// With the debug build: quicker to build, and no figure for anybody.
    #[arg(long)]
    debug: bool,
}

impl Options {
    /// What CI asks: that it still works, not how fast it is.
    pub const SHORT: Self = Self {
        people: 20,
        nodes: 2,
        employers: 2000,
        minutes: 0.2,
        thinking: 0.05,
        seed: 1,
        debug: true,
    };
}

/// Builds what is needed, and measures.
pub fn load(options: &Options) -> Result<()> {
    let mut build = Command::new("cargo");
    build.arg("build").args(crate::test::HOST).arg("--bins");
    step::run("Building the people", &mut build, Output::Quiet)?;
    let binary = if options.debug {
        "target/debug/clavero"
    } else {
        let mut build = Command::new("cargo");
        build.args(["build", "--release", "--package", "server", "--bin", "clavero"]);
        step::run("Building the server for release", &mut build, Output::Quiet)?;
        "target/release/clavero"
    };
    let postgres = Enduring::start()?;
    let folder = folder("load")?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a time that somebody typed"
    )]
    let seconds = (options.minutes * 60.0) as u64;
    let mut drill = Command::new(machine::root().join("target/debug/load"));
    drill
        .env("CLAVERO_TEST_POSTGRES_URL", postgres.url())
        .arg("--binary")
        .arg(machine::root().join(binary))
        .args(["--nodes", &options.nodes.to_string()])
        .arg("--postmaster")
        .arg(postgres.postmaster())
        .args(["--people", &options.people.to_string()])
        .args(["--employers", &options.employers.to_string()])
        .args(["--seconds", &seconds.to_string()])
        .args(["--thinking", &options.thinking.to_string()])
        .args(["--seed", &options.seed.to_string()])
        .arg("--folder")
        .arg(&folder);
    let watch = Watch::start();
    let title = format!(
        "{} people at {} nodes with {} employers",
        options.people, options.nodes, options.employers
    );
    step::run(&title, &mut drill, Output::Shown)
        .with_context(|| format!("its logs are in {}", folder.display()))?;
    println!("It took {}", step::seconds(watch.elapsed()));
    Ok(())
}
