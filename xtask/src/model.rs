//! `cargo xtask model`: explores every order in which recovering a password can happen, in worlds wider than those of the tests
//! (`model/`). It prints how many states there were and how long they took.

use crate::step::{self, Output};
use anyhow::Result;
use std::process::Command;

/// Builds the model with optimisation and explores its worlds one after the other.
pub fn model() -> Result<()> {
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "-p", "model"]);
    step::run("Building the model", &mut build, Output::Quiet)?;
    let mut explore = Command::new("cargo");
    explore.args(["run", "--quiet", "--release", "-p", "model"]);
    step::run("Exploring its worlds", &mut explore, Output::Shown)?;
    Ok(())
}
