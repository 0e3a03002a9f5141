//! `clavero demo`.

use super::service::load;
use super::showcase;
use crate::app::App;
use crate::cli::say;
use clap::Args;
use indicatif::ProgressBar;

/// The population to load.
#[derive(Clone, Copy, Debug, Args)]
pub struct DemoArguments {
    /// How many employers.
    #[arg(long, default_value_t = 200, value_name = "NUMBER")]
    employers: u32,
    /// Other people and other answers for another seed.
    #[arg(long, default_value_t = 2026)]
    seed: u64,
    /// Only print what to type, and load nothing.
    #[arg(long)]
    show: bool,
}

impl DemoArguments {
    /// Whether the database is needed.
    pub const fn loads(&self) -> bool {
        !self.show
    }

    /// What to type.
    pub fn shown(&self) -> String {
        showcase(self.seed)
    }
}

/// Loads the population and prints what to type.
pub async fn run(arguments: DemoArguments, app: &App) -> anyhow::Result<()> {
    let bar = ProgressBar::new(arguments.employers.into());
    let loaded = load(app, arguments.employers, arguments.seed, &mut |progress| {
        bar.set_position(progress.rows);
    })
    .await;
    bar.finish_and_clear();
    let loaded = loaded?;
    say(&format!(
        "{} made-up employers; {} records new or changed.\n",
        loaded.employers, loaded.changed
    ));
    if app.config.sms.is_some() {
        say("No telephones: [sms] is configured, and a made-up number may be a stranger's.\n");
    }
    say(&arguments.shown());
    Ok(())
}
