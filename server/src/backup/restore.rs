//! A new installation from a backup.

use super::manifest::{DOCUMENTS, Engine, Manifest, SEAL, SUMS, is_sealed, name_of};
use super::{engine, files, store};
use crate::app::App;
use crate::audit::{self, Entry, Finding, Subject};
use crate::compose;
use crate::config::Config;
use crate::store::Store;
use anyhow::Context;
use object_store::path::Path as ObjectPath;
use object_store::{PutMode, PutOptions};
use shared::audit::Event;
use std::path::Path;

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What was restored.
    pub manifest: Manifest,
    /// How many sessions were open in it; they are ended.
    pub sessions: u64,
    /// What the audit log's verification found: nothing, in a whole one.
    pub findings: Vec<Finding>,
}

/// Makes an installation of a backup where the configuration says, which must be empty but for the master key.
///
/// Everything is compared with what was backed up before anything is written.
///
/// # Errors
/// Where there is something already, the master key is missing or another one, the backup was changed or is of a later version, or something cannot
/// be written.
pub async fn restore(config: Config, folder: &Path) -> anyhow::Result<Restored> {
    let manifest = Manifest::read(folder)?;
    let keys = compose::existing_key(&config.data_dir).with_context(|| {
        format!(
            "put the master key {} of the installation there first",
            manifest.key
        )
    })?;
    anyhow::ensure!(
        name_of(&keys) == manifest.key,
        "the master key there is {}, and the backup needs {}",
        name_of(&keys),
        manifest.key
    );
    for number in &manifest.generations {
        anyhow::ensure!(
            keys.generation(*number).is_some(),
            "the master key there lacks generation {number}, which the backup needs: put a copy of the file there that still has generation {number}"
        );
    }
    let read =
        |name| std::fs::read_to_string(folder.join(name)).with_context(|| format!("{name} cannot be read"));
    let (sums, seal) = (read(SUMS)?, read(SEAL)?);
    anyhow::ensure!(
        is_sealed(&keys, sums.as_bytes(), &seal),
        "{SUMS} was changed since it was sealed"
    );
    let names = files::verified(folder, &sums)?;
    let address = config.database.expose().clone();
    anyhow::ensure!(
        Engine::of(&address) == manifest.engine,
        "the backup is of another kind of database than the configuration names"
    );
    anyhow::ensure!(
        manifest.schema <= Store::latest(),
        "the backup is of a later version ({})",
        manifest.version
    );
    let documents = compose::documents_path(&config.data_dir);
    anyhow::ensure!(
        files::is_empty(&documents)?,
        "{} is not empty; restore into an empty place",
        documents.display()
    );
    engine::refuse_unless_empty(&address).await?;

    engine::place(&address, &folder.join(manifest.engine.file())).await?;
    let app = compose::open(config).await?;
    place_documents(&app, folder, &names).await?;
    let sessions = begin_anew(&app, &manifest).await?;
    audit::service::seal_all(&app).await?;
    let found = audit::service::verify(&app, &[manifest.head()?]).await?;
    app.store.close().await;
    Ok(Restored {
        manifest,
        sessions,
        findings: found.findings,
    })
}

async fn place_documents(app: &App, folder: &Path, names: &[String]) -> anyhow::Result<()> {
    let below = format!("{DOCUMENTS}/");
    for name in names {
        let Some(location) = name.strip_prefix(&below) else {
            continue;
        };
        let bytes = std::fs::read(folder.join(name)).with_context(|| format!("cannot read {name}"))?;
        let options = PutOptions::from(PutMode::Create);
        app.documents
            .objects()
            .put_opts(&ObjectPath::from(location), bytes.into(), options)
            .await?;
    }
    Ok(())
}

/// Ends what was open, and writes down what happened.
async fn begin_anew(app: &App, manifest: &Manifest) -> anyhow::Result<u64> {
    let mut tx = app.store.write().await?;
    let sessions = store::end_sessions(&mut tx).await?;
    let event = Event::BackupRestored {
        taken_at: manifest.taken_at,
    };
    let entry = Entry::by_system(&event, app.clock.now(), Subject::default());
    audit::service::append(app, &mut tx, &entry).await?;
    tx.commit().await?;
    Ok(sessions)
}
