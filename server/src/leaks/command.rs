//! `clavero leaks`.

use super::{ListFormat, build};
use crate::cli::say;
use clap::Subcommand;
use std::path::PathBuf;

/// What can be done with the list of leaked passwords.
#[derive(Debug, Subcommand)]
pub enum LeaksCommand {
    /// Make the filter file from published lists. Put it into the data folder as `leaks.filter`.
    Build {
        /// The lists.
        #[arg(required = true, value_name = "LIST")]
        lists: Vec<PathBuf>,
        /// The filter file to write.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// How the lists are written.
        #[arg(long, value_enum, default_value_t = ListFormat::Sha1)]
        format: ListFormat,
        /// Leave out what was seen fewer times than this.
        #[arg(long, default_value_t = 1, value_name = "TIMES")]
        at_least: u64,
    },
}

/// Runs the command.
pub fn run(command: &LeaksCommand) -> anyhow::Result<()> {
    let LeaksCommand::Build {
        lists,
        output,
        format,
        at_least,
    } = command;
    let built = build(lists, *format, *at_least, output)?;
    say(&format!(
        "{}: {} passwords, {} bytes.",
        output.display(),
        built.passwords,
        built.bytes
    ));
    Ok(())
}
