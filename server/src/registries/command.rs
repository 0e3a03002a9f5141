//! `clavero import`.

use super::{
    ImportError, Progress, Summary, import_employers, import_obligations, import_persons, import_sri,
};
use crate::app::App;
use crate::centres;
use crate::cli::say;

use anyhow::Context;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};

/// What can be imported. The formats are described in docs/IMPORT.md.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// The SRI's open RUC files, `SRI_RUC_<Provincia>.csv`.
    Sri {
        /// The files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Persons of the Registro Civil, as CSV.
    Persons {
        /// The file.
        file: PathBuf,
    },
    /// Employers in the institute's records, as CSV. Opens their accounts, or renews the contacts.
    Employers {
        /// The file.
        file: PathBuf,
    },
    /// What the institute counts that employers owe, as CSV.
    Obligations {
        /// The file.
        file: PathBuf,
    },
    /// Centres where people are served, as CSV: all of the file, or nothing where there is a mistake in it.
    Centres {
        /// The file.
        file: PathBuf,
        /// How many appointments may be cancelled because their place goes.
        #[arg(long, default_value_t = 0, value_name = "NUMBER")]
        cancel_appointments: u32,
    },
}

/// Runs the command.
pub async fn run(command: &ImportCommand, app: &App) -> anyhow::Result<()> {
    match command {
        ImportCommand::Sri { files } => {
            for file in files {
                let bar = bar(file)?;
                let done = import_sri(app, file, &mut |progress| advance(&bar, progress)).await;
                told(file, &bar, done)?;
            }
        }
        ImportCommand::Persons { file } => {
            let bar = bar(file)?;
            let done = import_persons(app, file, &mut |progress| advance(&bar, progress)).await;
            told(file, &bar, done)?;
        }
        ImportCommand::Employers { file } => {
            let bar = bar(file)?;
            let done = import_employers(app, file, &mut |progress| advance(&bar, progress)).await;
            told(file, &bar, done)?;
        }
        ImportCommand::Obligations { file } => {
            let bar = bar(file)?;
            let done = import_obligations(app, file, &mut |progress| advance(&bar, progress)).await;
            told(file, &bar, done)?;
        }
        ImportCommand::Centres {
            file,
            cancel_appointments,
        } => {
            let done = centres::import::import(app, file, *cancel_appointments).await;
            let done = done.with_context(|| file.display().to_string())?;
            say(&format!(
                "{}: {} centres read, {} new or changed, {} appointments cancelled.",
                file.display(),
                done.centres,
                done.changed,
                done.cancelled
            ));
        }
    }
    Ok(())
}

fn bar(file: &Path) -> anyhow::Result<ProgressBar> {
    let size = std::fs::metadata(file)
        .with_context(|| format!("{}: cannot be read", file.display()))?
        .len();
    let bar = ProgressBar::new(size);
    let style = "{wide_bar} {bytes}/{total_bytes}, {eta} left  {msg}";
    Ok(bar.with_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar())))
}

fn advance(bar: &ProgressBar, progress: Progress) {
    bar.set_position(progress.bytes);
    bar.set_message(format!("{} rows", progress.rows));
}

fn told(file: &Path, bar: &ProgressBar, done: Result<Summary, ImportError>) -> anyhow::Result<()> {
    bar.finish_and_clear();
    let Summary {
        rows,
        rejected,
        with_gaps,
        changed,
        rejects,
    } = done.with_context(|| file.display().to_string())?;
    say(&format!(
        "{}: {rows} rows read, {} taken ({with_gaps} of them with a gap), {rejected} rejected; {changed} records new or changed.",
        file.display(),
        rows - rejected,
    ));
    if let Some(rejects) = rejects {
        say(&format!("What was wrong, line by line: {}", rejects.display()));
    }
    Ok(())
}
