//! Taking a backup, while the installation runs.

use super::engine;
use super::files::{self, Sums};
use super::manifest::{DOCUMENTS, Engine, FORMAT, MANIFEST, Manifest, SEAL, SUMS, name_of, seal};
use crate::app::App;
use crate::audit;
use crate::keys::{Generation, service as keys};
use crate::store::Store;
use anyhow::Context;
use futures_util::TryStreamExt;
use object_store::ObjectStoreExt;
use std::path::{Path, PathBuf};

/// What was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What it is.
    pub manifest: Manifest,
    /// How many bytes, all files together.
    pub bytes: u64,
}

/// Takes a backup into a folder that is not there yet.
///
/// The database is copied first and the documents after it: a document that comes in between is in neither, one that retention deletes in between
/// is a row whose time is over.
///
/// # Errors
/// Where the folder is there already, the database's schema is not this version's, or something cannot be read or written. What was written until
/// then stays in a folder with `.partial` behind its name.
pub async fn take(app: &App, folder: &Path) -> anyhow::Result<Taken> {
    anyhow::ensure!(!folder.exists(), "{} is there already", folder.display());
    anyhow::ensure!(
        app.store.pending().await? == 0,
        "the database's schema is older than this version: run `clavero migrate` first"
    );
    let partial = partial(folder)?;
    files::make_folder(&partial)?;
    let engine = Engine::of(app.config.database.expose());
    let taken_at = app.clock.now();
    let head = audit::service::head(app).await?;
    let database = partial.join(engine.file());
    engine::copy(&app.store, app.config.database.expose(), &database).await?;
    files::settle(&database)?;
    let mut sums = Sums::default();
    sums.add(&partial, engine.file())?;
    let documents = copy_documents(app, &partial, &mut sums).await?;
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine,
        schema: Store::latest(),
        taken_at,
        audit_head: head.to_string(),
        documents,
        key: name_of(&app.keys),
        generations: generations(app),
    };
    files::write(&partial.join(MANIFEST), &serde_json::to_vec_pretty(&manifest)?)?;
    sums.add(&partial, MANIFEST)?;
    files::write(&partial.join(SUMS), sums.as_bytes())?;
    files::write(&partial.join(SEAL), seal(&app.keys, sums.as_bytes()).as_bytes())?;
    files::settle(&partial)?;
    std::fs::rename(&partial, folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let bytes = size(folder)?;
    Ok(Taken { manifest, bytes })
}

/// The generations of the keys that something in the copy may have been made with. One that is only announced may be taken back still.
fn generations(app: &App) -> Vec<u32> {
    let (ring, now) = (app.keys.ring(), app.clock.now());
    let in_use = ring
        .kept()
        .filter(|generation| keys::may_be_in_use(generation, now));
    in_use.map(Generation::number).collect()
}

/// The name of a backup that is not whole yet.
fn partial(folder: &Path) -> anyhow::Result<PathBuf> {
    let mut name = folder
        .file_name()
        .context("the backup needs a folder with a name")?
        .to_owned();
    name.push(".partial");
    let partial = folder.with_file_name(name);
    anyhow::ensure!(
        !partial.exists(),
        "{} is left over from a backup that did not end: look at it and delete it",
        partial.display()
    );
    Ok(partial)
}

/// Copies every object; how many.
async fn copy_documents(app: &App, folder: &Path, sums: &mut Sums) -> anyhow::Result<u64> {
    let objects = app.documents.objects();
    let mut copied = 0;
    files::make_folder(&folder.join(DOCUMENTS))?;
    let mut all = objects.list(None);
    while let Some(meta) = all.try_next().await? {
        let bytes = match objects.get(&meta.location).await {
            Ok(found) => found.bytes().await?,
            // Retention was faster.
            Err(object_store::Error::NotFound { .. }) => continue,
            Err(error) => return Err(error.into()),
        };
        let name = format!("{DOCUMENTS}/{}", meta.location);
        let path = folder.join(&name);
        if let Some(parent) = path.parent().filter(|parent| !parent.exists()) {
            std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
        }
        files::write(&path, &bytes)?;
        sums.add(folder, &name)?;
        copied += 1;
    }
    Ok(copied)
}

/// How many bytes the files of a folder have.
fn size(folder: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        bytes += if about.is_dir() {
            size(&entry.path())?
        } else {
            about.len()
        };
    }
    Ok(bytes)
}
