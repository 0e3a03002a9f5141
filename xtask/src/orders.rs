//! `cargo xtask orders`: every order of six calls of one recovery, on the real router (`tests/http/recovery/every_order`). The tests go through
//! four calls; this prints how many orders there were, and by how many calls they were tried.

use crate::step::{self, Output};
use crate::test::HOST;
use anyhow::{Result, bail};
use std::process::Command;

/// Builds the tests and walks through all orders.
pub fn orders() -> Result<()> {
    let mut build = Command::new("cargo");
    build.args(["build", "--tests"]).args(HOST);
    step::run("Building the tests", &mut build, Output::Quiet)?;
    let mut walk = Command::new("cargo");
    walk.args(["test", "--quiet"]).args(HOST).args([
        "--test",
        "http",
        "--",
        "--ignored",
        "--nocapture",
        "every_order",
    ]);
    let lines = step::run(
        "Walking through every order of six calls",
        &mut walk,
        Output::Quiet,
    )?;
    let told: Vec<&String> = lines.iter().filter(|line| line.contains(" orders of ")).collect();
    if told.is_empty() {
        bail!("no orders were walked through");
    }
    for line in told {
        println!("    {line}");
    }
    Ok(())
}
