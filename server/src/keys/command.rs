//! `clavero keys`: tells, rotates, rewraps and retires the generations of the master key.

use super::file;
use super::service::{needs, rewrap, rotated, told};
use crate::app::App;
use crate::cli::say;
use crate::clock::Clock;
use crate::compose;
use crate::config::Config;
use crate::entropy::Entropy;
use clap::Subcommand;
use shared::secrets::Secret;
use shared::time::Timestamp;
use std::process::ExitCode;
use std::time::Duration;

/// What to do with the keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// List the generations of the master key and since when each is in force.
    List,
    /// Announce another generation. It is in force later, so that every server knows it by then: servers read the file again by
    /// themselves; where they have files of their own, copy it to each before.
    Rotate {
        /// In how many minutes it is in force.
        #[arg(long, value_name = "MINUTES", default_value_t = 60)]
        after: u32,
    },
    /// Bring documents and the staff's one-time codes to the generation in force, while servers run.
    Rewrap,
    /// Forget a generation that nothing needs any more; says what needs it otherwise.
    Retire {
        /// Its number.
        generation: u32,
    },
}

/// Runs the command.
pub async fn run(command: &KeysCommand, config: Config) -> anyhow::Result<ExitCode> {
    let path = compose::key_path(&config.data_dir);
    let now = Clock::system().now();
    match command {
        KeysCommand::List => list(&config, now)?,
        KeysCommand::Rotate { after } => {
            let master = Secret::new(Entropy::system().bytes());
            let from = now.after(Duration::from_mins(u64::from(*after)));
            let ring = rotated(&file::read(&path)?, &config.policy, master, now, from)?;
            file::replace(&path, &ring)?;
            let (number, from) = (ring.last().number(), told(ring.last().from()));
            say(&format!(
                "Generation {number} is in force from {from}. Until then: copy {} to every server that has a file of its own, and keep a copy of it.",
                path.display()
            ));
        }
        KeysCommand::Rewrap => {
            let app = compose::open(config).await?;
            let done = rewrap(&app, now).await?;
            app.store.close().await;
            say(&format!(
                "{} documents and {} secrets of one-time codes were brought to the generation in force.",
                done.documents, done.codes
            ));
        }
        KeysCommand::Retire { generation } => {
            let app = compose::open(config).await?;
            return retire(&app, *generation, now).await;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list(config: &Config, now: Timestamp) -> anyhow::Result<()> {
    let ring = file::read(&compose::key_path(&config.data_dir))?;
    let in_force = ring.in_force(now).number();
    for number in ring.numbers() {
        let state = match ring.get(number) {
            None => "retired".to_owned(),
            Some(generation) if number > in_force => format!("in force from {}", told(generation.from())),
            Some(_) if number == in_force && number == 1 => "in force since the first start".to_owned(),
            Some(generation) if number == in_force => format!("in force since {}", told(generation.from())),
            Some(_) => match ring.superseded(number) {
                Some(at) => format!("accepted; nothing new was made with it since {}", told(at)),
                None => "accepted".to_owned(),
            },
        };
        say(&format!("{number}  {state}"));
    }
    Ok(())
}

async fn retire(app: &App, number: u32, now: Timestamp) -> anyhow::Result<ExitCode> {
    let needed = needs(app, number, now).await?;
    app.store.close().await;
    if !needed.is_empty() {
        for one in &needed {
            say(&format!("FAIL  {one}"));
        }
        say(&format!("Generation {number} is needed still."));
        return Ok(ExitCode::FAILURE);
    }
    let path = compose::key_path(&app.config.data_dir);
    file::replace(&path, &file::read(&path)?.without(number))?;
    say(&format!(
        "Generation {number} is retired. Backups that were taken while it was needed need it still: keep the copy of the file beside them."
    ));
    Ok(ExitCode::SUCCESS)
}
