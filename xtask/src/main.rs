//! `cargo xtask`: the project's only task language, so that a person, a script and CI type the same words.
//!
//! Words: a *step* is a child process with a title and a time; a *tool* is a program of a pinned version in a folder
//! shared by all clones; a *part* is a group of tests that one runner counts; a *finding* is a broken habit that
//! `tidy` names with its place.
//! Invariants: nothing is installed outside the tools folder, but system packages, and those are announced; nothing
//! is downloaded that a package registry does not serve; a second run does no work that the first has done.
//! It reads files of every crate and links none of them.

#![expect(
    clippy::print_stdout,
    reason = "a task runner talks to the person who called it"
)]

mod bench;
mod budget;
mod chaos;
mod ci;
mod contract;
mod fuzz;
mod load;
mod machine;
mod model;
mod orders;
mod package;
mod packages;
mod portal;
mod postgres;
mod run;
mod step;
mod test;
mod tidy;
mod tools;
mod tree;
mod web;
mod workers;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The tasks of Clavero")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds everything that is missing and serves the portal with demo data.
    Run(run::Options),
    /// Runs every test: host, both databases, headless browser, end to end.
    Test(test::Options),
    /// What CI runs: formatting, lints, tidy, documentation, the size budget, every test.
    Ci,
    /// Measures what the product costs, each number beside another one of the same run.
    Bench(bench::Options),
    /// Feeds the readers of strangers' files with inputs that nobody wrote.
    Fuzz(fuzz::Options),
    /// Asks the server for everything that its description allows and forbids.
    Contract(contract::Options),
    /// Kills nodes, ends the database, upsets the mail server, and looks whether anything was lost.
    Chaos(chaos::Options),
    /// Sends so many people at once, and prints what that costs.
    Load(load::Options),
    /// Explores every order in which recovering a password can happen, in wide worlds.
    Model,
    /// Walks through every order of six calls of a recovery, on the real router.
    Orders,
    /// Makes the Debian package with its bill of materials, and tries it.
    Package(package::Options),
    /// Makes the image of a container, and tries it. Needs podman or docker.
    Image(package::image::Options),
    /// Checks the project's own habits: layers, locales, SQL, documentation.
    Tidy,
    /// Builds the frontend and says what a first visit downloads, and what comes later.
    Size,
    /// Gets the pinned tools and says where they are.
    Tools,
}

fn main() -> ExitCode {
    match perform(&Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: &Task) -> Result<()> {
    match task {
        Task::Run(options) => run::run(options),
        Task::Test(options) => test::test(options),
        Task::Ci => ci::ci(),
        Task::Bench(options) => bench::bench(options),
        Task::Fuzz(options) => fuzz::fuzz(options),
        Task::Contract(options) => contract::contract(options),
        Task::Chaos(options) => chaos::chaos(options),
        Task::Load(options) => load::load(options),
        Task::Model => model::model(),
        Task::Orders => orders::orders(),
        Task::Package(options) => package::package(options),
        Task::Image(options) => package::image::image(options),
        Task::Tidy => tidy::tidy(),
        Task::Size => web::build().and_then(|()| budget::check()),
        Task::Tools => tools::show(),
    }
}
