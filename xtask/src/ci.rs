//! What CI runs, in the order in which it fails soonest.

use crate::machine::{self, Watch};
use crate::step::{self, Output};
use crate::{budget, chaos, contract, load, test, tidy, tools, web};
use anyhow::Result;
use std::process::Command;

/// All of it; the closing line is the one of the tests.
pub fn ci() -> Result<()> {
    let watch = Watch::start();
    tidy::tidy()?;
    step::run(
        "Checking the format",
        cargo(["fmt", "--all", "--check"]).env("NO_COLOR", "1"),
        Output::Quiet,
    )?;
    // Only where it is installed: it asks the network for the licences of other systems' packages.
    if machine::on_path("cargo-deny").is_some() {
        let rules = ["deny", "--all-features", "check", "licenses", "bans", "sources"];
        step::run(
            "Checking the rules for dependencies",
            &mut cargo(rules),
            Output::Quiet,
        )?;
    }
    let host = [
        "clippy",
        "--workspace",
        "--exclude",
        "frontend",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    step::run("Linting what runs on the host", &mut cargo(host), Output::Quiet)?;
    let tools = tools::for_the_frontend()?;
    let browser = [
        "clippy",
        "-p",
        "frontend",
        "-p",
        "shared",
        "--target",
        "wasm32-unknown-unknown",
        "--all-targets",
    ];
    let mut browser = cargo(browser);
    browser.args(["--", "-D", "warnings"]);
    step::run(
        "Linting what runs in the browser",
        for_the_browser(&mut browser),
        Output::Quiet,
    )?;
    let host = ["doc", "--workspace", "--exclude", "frontend"];
    step::run(
        "Building the documentation of what runs on the host",
        documenting(&mut cargo(host)),
        Output::Quiet,
    )?;
    let browser = ["doc", "-p", "frontend", "--target", "wasm32-unknown-unknown"];
    step::run(
        "Building the documentation of what runs in the browser",
        for_the_browser(documenting(&mut cargo(browser))),
        Output::Quiet,
    )?;
    drop(tools);
    web::build()?;
    budget::check()?;
    contract::contract(&contract::Options::SHORT)?;
    chaos::chaos(&chaos::Options::SHORT)?;
    load::load(&load::Options::SHORT)?;
    let outcome = test::everything(&test::Options::default())?;
    println!("All of it took {}", step::seconds(watch.elapsed()));
    outcome.close()
}

/// Builds in the folder of the browser's builds, so that those of the host stay as they are.
fn for_the_browser(cargo: &mut Command) -> &mut Command {
    cargo.env("CARGO_TARGET_DIR", machine::root().join(web::TARGET))
}

/// The documentation is for developers and shows private items, so public ones may point at them.
fn documenting(cargo: &mut Command) -> &mut Command {
    cargo
        .args(["--no-deps", "--document-private-items"])
        .env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private-intra-doc-links")
}

fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments);
    command
}
