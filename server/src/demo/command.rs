//! `clavero demo`.

use super::service::load;
use super::{showcase, staff};
use crate::app::App;
use crate::cli::say;
use crate::keys::Keys;
use clap::Args;
use indicatif::ProgressBar;
use shared::time::Timestamp;

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
    /// Only print the present one-time codes of the demo's staff.
    #[arg(long)]
    codes: bool,
}

impl DemoArguments {
    /// Whether the database is needed.
    pub const fn loads(&self) -> bool {
        !self.show && !self.codes
    }

    /// What to type; of the staff only where there is a master key, from which their passwords are made.
    pub fn shown(&self, keys: Option<&Keys>, now: Timestamp) -> String {
        if self.codes {
            return keys.map(|keys| staff::codes(keys, now)).unwrap_or_default();
        }
        let staff = keys.map(staff::showcase).unwrap_or_default();
        format!("{}{staff}", showcase(self.seed))
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
    let keys = (!app.config.institution.official).then_some(&app.keys);
    say(&arguments.shown(keys, app.clock.now()));
    Ok(())
}
