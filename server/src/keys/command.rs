//! `clavero keys`: tells, rotates, rewraps and retires the generations of the master key.

use super::service::{self, rotated, told};
use super::{Ring, file};
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

/// What to do about what cannot be opened.
const ADVICE: &str = "What no generation opens is lost, unless you have its row in a backup, or a copy of the master key's file with a generation \
                      that is missing here. Nothing else waits for it. Codes: `clavero staff reset`.";

/// What to do with the keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// List the generations of the master key and since when each is in force.
    List,
    /// Announce another generation. It is in force later, so that every server knows it by then: servers read the file again by
    /// themselves; where they have files of their own, copy it to each before.
    Rotate {
        /// In how many minutes it is in force: 2 to 10080.
        #[arg(long, value_name = "MINUTES", default_value_t = 60)]
        after: u32,
    },
    /// Bring documents and the staff's one-time codes to the generation in force, while servers run. Fails if a newer one is announced,
    /// since it has to be run again then, and if something cannot be opened, which is named.
    Rewrap,
    /// Forget a generation that nothing needs any more, or take back one that is only announced; says what needs it otherwise.
    Retire {
        /// Its number.
        generation: u32,
    },
}

/// Runs the command.
pub async fn run(command: &KeysCommand, config: Config) -> anyhow::Result<ExitCode> {
    match command {
        KeysCommand::List => {
            let ring = file::read(&compose::key_path(&config.data_dir))?;
            for line in list(&ring, Clock::system().now()) {
                say(&line);
            }
            Ok(ExitCode::SUCCESS)
        }
        KeysCommand::Rotate { after } => rotate(&config, Duration::from_mins(u64::from(*after))).await,
        KeysCommand::Rewrap => {
            let app = compose::open(config).await?;
            let ended = rewrap(&app).await;
            app.store.close().await;
            ended
        }
        KeysCommand::Retire { generation } => {
            let app = compose::open(config).await?;
            let ended = retire(&app, *generation).await;
            app.store.close().await;
            ended
        }
    }
}

fn list(ring: &Ring, now: Timestamp) -> Vec<String> {
    let in_force = ring.in_force(now).number();
    let told_of = |number| {
        let state = match ring.get(number) {
            None => "retired".to_owned(),
            Some(generation) if number > in_force => format!("in force from {}", told(generation.from())),
            Some(_) if number == in_force && number == 1 => "in force since the first start".to_owned(),
            Some(generation) if number == in_force => format!("in force since {}", told(generation.from())),
            // When a generation that was retired came into force is not known any more.
            Some(_) => match ring.get(number + 1) {
                Some(next) => format!(
                    "accepted; nothing new was made with it since {}",
                    told(next.from())
                ),
                None => "accepted".to_owned(),
            },
        };
        format!("{number}  {state}")
    };
    ring.numbers().map(told_of).collect()
}

async fn rotate(config: &Config, after: Duration) -> anyhow::Result<ExitCode> {
    let path = compose::key_path(&config.data_dir);
    let longer = async |ring: Ring| {
        let (master, now) = (Secret::new(Entropy::system().bytes()), Clock::system().now());
        rotated(&ring, &config.policy, master, now, now.after(after)).map(Some)
    };
    if let Some(ring) = file::change(&path, longer).await? {
        let (number, from) = (ring.last().number(), told(ring.last().from()));
        say(&format!(
            "Generation {number} is in force from {from}. Until then: copy {} to every server that has a file of its own, and keep a copy of it.",
            path.display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

async fn rewrap(app: &App) -> anyhow::Result<ExitCode> {
    let done = service::rewrap(app, app.clock.now()).await?;
    say(&format!(
        "{} documents and {} secrets of one-time codes were brought to generation {}, the one in force.",
        done.documents, done.codes, done.generation
    ));
    tell_damaged(&done.damaged);
    let ring = app.keys.ring();
    let newest = ring.last();
    if newest.number() > done.generation {
        say(&format!(
            "FAIL  generation {} is announced: run this again when it is in force, from {} on.",
            newest.number(),
            told(newest.from())
        ));
        return Ok(ExitCode::FAILURE);
    }
    Ok(if done.damaged.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn retire(app: &App, number: u32) -> anyhow::Result<ExitCode> {
    let found = service::retire(app, number).await?;
    for one in &found.by {
        say(&format!("FAIL  {one}"));
    }
    tell_damaged(&found.damaged);
    if !found.by.is_empty() {
        say(&format!("Generation {number} is needed still."));
        return Ok(ExitCode::FAILURE);
    }
    let path = compose::key_path(&app.config.data_dir);
    let announced = app
        .keys
        .generation(number)
        .filter(|generation| generation.from() > app.clock.now());
    say(&match announced {
        Some(generation) => format!(
            "Generation {number} is taken back: copy {} to every server that has a file of its own before {}.",
            path.display(),
            told(generation.from())
        ),
        None => format!(
            "Generation {number} is retired. Backups that were taken while it was needed need it still: keep the copy of the file beside them."
        ),
    });
    Ok(ExitCode::SUCCESS)
}

fn tell_damaged(damaged: &[String]) {
    for one in damaged {
        say(&format!("warn  {one}"));
    }
    if !damaged.is_empty() {
        say(ADVICE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn in_folder(folder: &Path) -> Config {
        Config::parse("data_dir = \"data\"", folder).unwrap()
    }

    #[tokio::test]
    async fn a_generation_is_announced_waited_for_and_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let config = in_folder(folder.path());
        compose::open(config.clone()).await.unwrap().store.close().await;
        let run = async |command| run(&command, config.clone()).await;
        assert_eq!(run(KeysCommand::Rewrap).await.unwrap(), ExitCode::SUCCESS);
        for after in [0, 1, 10_081, u32::MAX] {
            assert!(run(KeysCommand::Rotate { after }).await.is_err(), "{after}");
        }
        let rotate = KeysCommand::Rotate { after: 60 };
        assert_eq!(run(rotate).await.unwrap(), ExitCode::SUCCESS);
        // Nothing can be brought to it yet, and that is no success.
        assert_eq!(run(KeysCommand::Rewrap).await.unwrap(), ExitCode::FAILURE);
        let retire = |generation| KeysCommand::Retire { generation };
        assert_eq!(run(retire(1)).await.unwrap(), ExitCode::FAILURE);
        assert_eq!(run(retire(2)).await.unwrap(), ExitCode::SUCCESS);
        let ring = file::read(&compose::key_path(&config.data_dir)).unwrap();
        assert!(ring.get(2).is_none());
        assert!(run(retire(2)).await.is_err());
        assert_eq!(run(KeysCommand::Rewrap).await.unwrap(), ExitCode::SUCCESS);
        // One that is nearly in force is not: a server may not learn of it in time.
        assert_eq!(
            run(KeysCommand::Rotate { after: 2 }).await.unwrap(),
            ExitCode::SUCCESS
        );
        assert_eq!(run(retire(3)).await.unwrap(), ExitCode::FAILURE);
    }

    #[test]
    fn the_list_says_no_time_that_it_does_not_know() {
        let at = |second: i64| Timestamp::from_millis(second * 1000);
        let master = |byte| Secret::new([byte; 32]);
        let ring = Ring::first(master(1)).with(master(2), at(100)).unwrap();
        let ring = ring.with(master(3), at(200)).unwrap();
        assert_eq!(
            list(&ring, at(150)),
            [
                "1  accepted; nothing new was made with it since Thu, 01 Jan 1970 00:01:40 GMT",
                "2  in force since Thu, 01 Jan 1970 00:01:40 GMT",
                "3  in force from Thu, 01 Jan 1970 00:03:20 GMT",
            ]
        );
        assert_eq!(
            list(&ring.without(2), at(250)),
            [
                "1  accepted",
                "2  retired",
                "3  in force since Thu, 01 Jan 1970 00:03:20 GMT",
            ]
        );
    }
}
