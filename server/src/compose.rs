//! Where the parts come together: the one list of slices, the one list of jobs, the real clock, key and database.

use crate::app::{App, Foundation};
use crate::clock::{Clock, pause};
use crate::config::Config;
use crate::documents::Documents;
use crate::entropy::Entropy;
use crate::hexadecimal::Hexadecimal;
use crate::http::spa::Site;
use crate::http::{Routes, limits};
use crate::keys::Keys;
use crate::leaks::Leaks;
use crate::notary::{Asking, Notary};
use crate::notifications::{Mailbox, Mailer, Texter};
use crate::private;
use crate::registries::Registries;
use crate::store::Store;
use anyhow::Context;
use shared::secrets::Secret;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How often what nobody needs any more is deleted.
const PURGE_PAUSE: Duration = Duration::from_mins(10);

/// The endpoints of every slice.
pub fn routes() -> Routes {
    Routes::new()
        .merge(crate::accounts::http::routes())
        .merge(crate::appointments::http::routes())
        .merge(crate::audit::http::routes())
        .merge(crate::captcha::http::routes())
        .merge(crate::centres::http::routes())
        .merge(crate::data_requests::http::routes())
        .merge(crate::delegates::http::routes())
        .merge(crate::documents::http::routes())
        .merge(crate::contacts::http::routes())
        .merge(crate::dossiers::http::routes())
        .merge(crate::settings::http::routes())
        .merge(crate::notifications::http::routes())
        .merge(crate::obligations::http::routes())
        .merge(crate::passkeys::http::routes())
        .merge(crate::recovery::http::routes())
        .merge(crate::sessions::http::routes())
        .merge(crate::reports::http::routes())
        .merge(crate::signatures::http::routes())
        .merge(crate::staff::http::routes())
        .merge(crate::status::http::routes())
        .merge(crate::unlock::http::routes())
        .merge(crate::visits::http::routes())
}

/// SQL texts of a slice, for the test that prepares them.
#[derive(Clone, Copy, Debug)]
pub struct Queries {
    /// The slice.
    pub slice: &'static str,
    /// Where they run.
    pub engines: Engines,
    /// The texts.
    pub texts: &'static [&'static str],
}

/// Where a SQL text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engines {
    /// On both: nearly every text.
    Both,
    /// On PostgreSQL only: locks that SQLite has no word for, because it has one writer.
    Postgres,
}

/// Every SQL text of every slice.
pub fn queries() -> Vec<Queries> {
    let both = |slice, texts| Queries {
        slice,
        engines: Engines::Both,
        texts,
    };
    let postgres = |slice, texts| Queries {
        slice,
        engines: Engines::Postgres,
        texts,
    };
    vec![
        both("http::limits", limits::QUERIES),
        both("http::health", crate::http::health::QUERIES),
        postgres("http::relay", crate::http::relay::QUERIES),
        postgres("store::machine", crate::store::machine::QUERIES_POSTGRES),
        both("accounts", crate::accounts::store::QUERIES),
        both("appointments", crate::appointments::store::QUERIES),
        both("audit", crate::audit::store::QUERIES),
        both("backup", crate::backup::store::QUERIES),
        both("captcha", crate::captcha::store::QUERIES),
        both("centres", crate::centres::store::QUERIES),
        both("challenges", crate::challenges::store::QUERIES),
        both("contacts", crate::contacts::store::QUERIES),
        both("delegates", crate::delegates::store::QUERIES),
        both("notary", crate::notary::store::QUERIES),
        both("documents", crate::documents::store::QUERIES),
        both("dossiers", crate::dossiers::store::QUERIES),
        both("notifications", crate::notifications::store::QUERIES),
        postgres("notifications", crate::notifications::store::QUERIES_POSTGRES),
        both("keys", crate::keys::store::QUERIES),
        both("passkeys", crate::passkeys::store::QUERIES),
        both("recovery", crate::recovery::store::QUERIES),
        both("registries", crate::registries::QUERIES),
        both("sessions", crate::sessions::store::QUERIES),
        both("settings", crate::settings::store::QUERIES),
        both("signatures", crate::signatures::store::QUERIES),
        both("staff", crate::staff::store::QUERIES),
        both("staff", crate::staff::store::invitations::QUERIES),
        both("staff", crate::staff::store::passkeys::QUERIES),
        both("staff", crate::staff::store::sessions::QUERIES),
        both("unlock", crate::unlock::store::QUERIES),
        both("visits", crate::visits::store::QUERIES),
    ]
}

/// A real server's parts: makes the folder and the key on the first start, opens the database and migrates it.
pub async fn open(config: Config) -> anyhow::Result<App> {
    create_folder(&config.data_dir)
        .with_context(|| format!("data_dir: cannot make {}", config.data_dir.display()))?;
    let store = Store::open(config.database.expose())
        .await
        .context("database: cannot be opened")?;
    if !key_path(&config.data_dir).exists() {
        refuse_unless_new(&store, &config.data_dir).await?;
    }
    let keys = master_key(&config.data_dir, &Entropy::system())?;
    let mailbox = Mailbox::new();
    let mailer = Mailer::of(&config, mailbox.clone()).context("smtp")?;
    let texter = Texter::of(&config, mailbox)?;
    let (clock, entropy, meters) = (Clock::system(), Entropy::system(), crate::measure::meters());
    let registries = Registries::open(&config.registries, &store, &clock, &entropy, &meters)?;
    let notary = Notary::open(&config.signatures, &meters, Asking::Listed)?;
    let documents = Documents::in_folder(&documents_path(&config.data_dir))
        .context("data_dir: the folder of documents cannot be used")?;
    let leaks = Leaks::in_force(&config.data_dir).context("the list of leaked passwords")?;
    let site = Site::embedded().owned_by(&config.institution);
    let app = App::build(Foundation {
        config,
        store,
        clock,
        entropy,
        keys,
        documents,
        site,
        mailer,
        texter,
        registries,
        notary,
        meters,
        leaks,
    });
    crate::settings::service::renew(&app).await?;
    Ok(app)
}

/// Starts the jobs. Each ends soon after [`App`]'s `shutdown` is cancelled; waiting for the tracker waits for all.
pub fn start_jobs(app: &App) -> TaskTracker {
    let jobs = TaskTracker::new();
    jobs.spawn(until(app.shutdown.clone(), purge(app.clone())));
    jobs.spawn(until(app.shutdown.clone(), crate::measure::tidy(app.clone())));
    jobs.spawn(until(app.shutdown.clone(), crate::audit::job::run(app.clone())));
    jobs.spawn(until(app.shutdown.clone(), crate::http::relay::run(app.clone())));
    jobs.spawn(until(
        app.shutdown.clone(),
        crate::settings::job::run(app.clone()),
    ));
    jobs.spawn(until(
        app.shutdown.clone(),
        crate::appointments::job::run(app.clone()),
    ));
    jobs.spawn(until(
        app.shutdown.clone(),
        crate::recovery::job::run(app.clone()),
    ));
    jobs.spawn(until(
        app.shutdown.clone(),
        crate::signatures::job::run(app.clone()),
    ));
    jobs.spawn(until(app.shutdown.clone(), crate::unlock::job::run(app.clone())));
    jobs.spawn(until(app.shutdown.clone(), crate::visits::job::run(app.clone())));
    jobs.spawn(until(app.shutdown.clone(), crate::keys::job::run(app.clone())));
    jobs.spawn(until(
        app.shutdown.clone(),
        crate::contacts::job::run(app.clone()),
    ));
    jobs.spawn(until(
        app.shutdown.clone(),
        crate::accounts::reminder::run(app.clone()),
    ));
    jobs.spawn(until(
        app.shutdown.clone(),
        crate::documents::job::run(app.clone()),
    ));
    jobs.spawn(until(
        app.shutdown.clone(),
        crate::dossiers::job::run(app.clone()),
    ));
    jobs.spawn(crate::notifications::job::run(app.clone(), crate::desk::Bureau));
    jobs.close();
    jobs
}

/// Runs a job that may be dropped at any point without harm, until the shutdown.
async fn until(shutdown: CancellationToken, job: impl Future<Output = ()>) {
    let _dropped = shutdown.run_until_cancelled_owned(job).await;
}

async fn purge(app: App) {
    loop {
        let now = app.clock.now();
        match limits::purge(&app, now).await {
            Ok(0) => {}
            Ok(counters) => tracing::debug!(counters, "dropped old counters"),
            Err(error) => tracing::error!(%error, "old counters cannot be dropped"),
        }
        match crate::captcha::service::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "dropped spent challenges"),
            Err(error) => tracing::error!(%error, "spent challenges cannot be dropped"),
        }
        match crate::accounts::service::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "dropped old freeze links"),
            Err(error) => tracing::error!(%error, "old freeze links cannot be dropped"),
        }
        match crate::contacts::service::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "dropped old changes of contacts"),
            Err(error) => tracing::error!(%error, "old changes of contacts cannot be dropped"),
        }
        match crate::passkeys::service::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "dropped unanswered challenges of passkeys"),
            Err(error) => tracing::error!(%error, "unanswered challenges of passkeys cannot be dropped"),
        }
        match crate::delegates::service::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "dropped old invitations"),
            Err(error) => tracing::error!(%error, "old invitations cannot be dropped"),
        }
        match crate::data_requests::service::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "dropped old data requests"),
            Err(error) => tracing::error!(%error, "old data requests cannot be dropped"),
        }
        match crate::sessions::service::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "dropped old sessions, devices and attempts"),
            Err(error) => tracing::error!(%error, "old sessions cannot be dropped"),
        }
        match crate::visits::job::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "forgot old visits"),
            Err(error) => tracing::error!(%error, "old visits cannot be forgotten"),
        }
        match crate::staff::service::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "dropped old sessions and invitations of the staff"),
            Err(error) => tracing::error!(%error, "old sessions of the staff cannot be dropped"),
        }
        match crate::notary::service::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "dropped old answers of authorities"),
            Err(error) => tracing::error!(%error, "old answers of authorities cannot be dropped"),
        }
        match crate::notifications::service::purge(&app, now).await {
            Ok(rows) => tracing::debug!(rows, "dropped old messages"),
            Err(error) => tracing::error!(%error, "old messages cannot be dropped"),
        }
        pause(PURGE_PAUSE).await;
    }
}

/// Where the master key is.
pub fn key_path(data_dir: &Path) -> PathBuf {
    data_dir.join(crate::keys::ring::FILE)
}

/// Where documents are.
pub fn documents_path(data_dir: &Path) -> PathBuf {
    data_dir.join("documents")
}

/// The keys of an installation that was started before and is no real institution's: those from which the demo's staff was made.
pub fn made_keys(config: &Config) -> anyhow::Result<Option<Keys>> {
    if config.institution.official || !key_path(&config.data_dir).exists() {
        return Ok(None);
    }
    master_key(&config.data_dir, &Entropy::system()).map(Some)
}

/// The ring of keys, in a file that only its owner may read. Its first generation is made on the first start, and then never changed:
/// without it no digest in the database can be recomputed.
fn master_key(data_dir: &Path, entropy: &Entropy) -> anyhow::Result<Keys> {
    let path = key_path(data_dir);
    create_folder(data_dir).with_context(|| format!("data_dir: cannot make {}", data_dir.display()))?;
    let made = private::create(&path).and_then(|mut file| {
        let key = Secret::new(entropy.bytes::<32>());
        let text = Secret::new(Hexadecimal(key.expose()).to_string());
        file.write_all(text.expose().as_bytes())?;
        file.sync_all()
    });
    match made {
        Ok(()) => {
            tracing::warn!(path = %path.display(), "made a new master key: keep a copy of it apart from the database");
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => {
            return Err(error).with_context(|| format!("data_dir: cannot write {}", path.display()));
        }
    }
    existing_key(data_dir)
}

/// The master key that was made on the first start.
pub fn existing_key(data_dir: &Path) -> anyhow::Result<Keys> {
    crate::keys::file::read(&key_path(data_dir)).map(Keys::of)
}

/// A new key beside a database that was used would close all that is kept in it, and the next start would take it for the right one.
async fn refuse_unless_new(store: &Store, data_dir: &Path) -> anyhow::Result<()> {
    let mut tx = store.read().await?;
    anyhow::ensure!(
        !crate::audit::store::has_events(&mut tx).await?,
        "{} is missing, and the database has been used with it: put the copy of it back, also on every further node",
        key_path(data_dir).display()
    );
    Ok(())
}

/// The folder holds personal data: nobody but its owner looks into a new one.
#[cfg(unix)]
fn create_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

#[cfg(not(unix))]
fn create_folder(path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(path)
}

/// Refuses a key that others than its owner may read.
#[cfg(unix)]
pub fn owner_only(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)
        .with_context(|| format!("cannot read {}", path.display()))?
        .permissions()
        .mode();
    let others = mode & 0o077;
    anyhow::ensure!(
        others == 0,
        "{} can be read by others: run chmod 600 on it",
        path.display()
    );
    Ok(())
}

/// On other systems the folder's access list is the operator's task.
#[cfg(not(unix))]
pub fn owner_only(_: &Path) -> anyhow::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Purpose;

    #[test]
    fn the_master_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let digest = |keys: Keys| keys.digest(Purpose::Link, &[b"x"]);
        let first = digest(master_key(folder.path(), &Entropy::seeded(1)).unwrap());
        let second = digest(master_key(folder.path(), &Entropy::seeded(2)).unwrap());
        assert_eq!(first, second);
    }

    #[cfg(unix)]
    #[test]
    fn a_master_key_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        master_key(folder.path(), &Entropy::seeded(1)).unwrap();
        let path = key_path(folder.path());
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let refusal = master_key(folder.path(), &Entropy::seeded(1))
            .unwrap_err()
            .to_string();
        assert!(refusal.contains("chmod 600"), "{refusal}");
    }

    #[test]
    fn a_damaged_master_key_is_refused_and_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        master_key(folder.path(), &Entropy::seeded(1)).unwrap();
        let path = key_path(folder.path());
        std::fs::write(&path, "zz").unwrap();
        assert!(master_key(folder.path(), &Entropy::seeded(1)).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "zz");
    }
}
