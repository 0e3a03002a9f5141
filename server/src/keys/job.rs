//! Looks for a ring that was rotated or had a generation retired, so that a running server learns of it.

use super::file;
use crate::app::App;
use crate::clock::pause;
use crate::compose;
use std::time::Duration;

/// How often it looks. A generation is announced longer before than this.
const PAUSE: Duration = Duration::from_secs(15);

/// Looks until it is dropped.
pub async fn run(app: App) {
    loop {
        pause(PAUSE).await;
        if let Err(error) = look(&app) {
            tracing::error!(
                error = format!("{error:#}"),
                "the ring of keys cannot be taken into use"
            );
        }
    }
}

/// Reads the ring and takes it into use, if it is another one than before.
pub fn look(app: &App) -> anyhow::Result<()> {
    let ring = file::read(&compose::key_path(&app.config.data_dir))?;
    if ring.to_text() != app.keys.ring().to_text() {
        let newest = ring.last().number();
        app.keys.renew(ring)?;
        tracing::info!(newest, "another ring of keys is in use");
    }
    Ok(())
}
