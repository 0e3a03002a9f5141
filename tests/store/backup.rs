//! A backup of a running installation, restored into an empty place; and what is refused.

use rstest::rstest;
use server::app::App;
use server::audit::{self, Subject};
use server::backup::{self, Manifest, restore, take};
use server::compose;
use server::config::Config;
use server::documents::{Period, service as documents};
use server::keys::{self, Ring};
use server::staff::service::{self as staff, Delivery, Wanted};
use server::staff::store as members;
use server::staff::store::sessions::{self, SessionRow};
use shared::documents::DocumentClass;
use shared::i18n::Language;
use shared::identifiers::DocumentId;
use shared::secrets::Secret;
use shared::sessions::Device;
use shared::staff::{Role, StaffSessionId};
use shared::time::Deadline;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;
use tests::{Database, Engine};

/// An installation with a folder and a database of its own.
struct Place {
    folder: TempDir,
    database: Database,
}

impl Place {
    async fn new(engine: Engine) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            database: Database::create(engine).await,
        }
    }

    fn config(&self) -> Config {
        let text = format!("database = {:?}", self.database.url());
        Config::parse(&text, self.folder.path()).unwrap()
    }

    async fn open(&self) -> App {
        compose::open(self.config()).await.unwrap()
    }

    fn key(&self) -> PathBuf {
        compose::key_path(&self.config().data_dir)
    }

    /// A place with another's master key and nothing else.
    async fn with_key_of(other: &Self, engine: Engine) -> Self {
        let place = Self::new(engine).await;
        std::fs::create_dir_all(place.config().data_dir).unwrap();
        std::fs::copy(other.key(), place.key()).unwrap();
        place
    }

    fn backup(&self) -> PathBuf {
        self.folder.path().join("backup")
    }
}

async fn join(app: &App, email: &str) {
    let wanted = Wanted {
        name: "Ana Vega".parse().unwrap(),
        email: email.parse().unwrap(),
        role: Role::Agent,
        centre: None,
        language: Language::Es,
    };
    staff::add_by_keeper(app, wanted, Delivery::Shown).await.unwrap();
}

async fn keep(app: &App, bytes: &[u8]) -> DocumentId {
    let class = DocumentClass::SignedRequest;
    let written = documents::write(app, class, bytes.to_vec(), app.clock.now())
        .await
        .unwrap();
    let mut tx = app.store.write().await.unwrap();
    let id = documents::keep(app, &mut tx, &written, Period::Request, Subject::default())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn emails(app: &App) -> Vec<String> {
    let mut tx = app.store.read().await.unwrap();
    let members = members::all(&mut tx).await.unwrap();
    let mut emails: Vec<_> = members.iter().map(|member| member.email.to_string()).collect();
    emails.sort();
    emails
}

/// How many events of a kind the log has.
async fn told(app: &App, kind: &'static str) -> i64 {
    let mut tx = app.store.read().await.unwrap();
    let sql = "SELECT COUNT(*) FROM audit_events WHERE kind = $1";
    let (count,): (i64,) =
        server::on!(&mut tx, |conn| sqlx::query_as(sql).bind(kind).fetch_one(conn)).unwrap();
    count
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_backed_up_while_others_wrote_is_there_again(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let here = Place::new(engine).await;
    let app = here.open().await;
    join(&app, "ana@example.com").await;
    let document = keep(&app, b"a letter").await;
    audit::service::seal_all(&app).await.unwrap();
    let head = audit::service::head(&app).await.unwrap();
    let writing = tokio::spawn({
        let app = app.clone();
        async move {
            for number in 0..40 {
                join(&app, &format!("late{number}@example.com")).await;
            }
        }
    });
    let taken = take(&app, &here.backup()).await.unwrap();
    writing.await.unwrap();
    assert_eq!(
        (taken.manifest.documents, taken.manifest.audit_head),
        (1, head.to_string())
    );
    app.store.close().await;

    let there = Place::with_key_of(&here, engine).await;
    let restored = restore(there.config(), &here.backup()).await.unwrap();
    assert_eq!(restored.findings, []);
    let app = there.open().await;
    let emails = emails(&app).await;
    assert!(emails.contains(&"ana@example.com".to_owned()));
    let added = i64::try_from(emails.len()).unwrap();
    assert_eq!(
        told(&app, "staff_added").await,
        added,
        "each row with its event, or neither"
    );
    assert_eq!(told(&app, "backup_restored").await, 1);
    assert_eq!(documents::read(&app, document).await.unwrap(), b"a letter");
}

#[rstest]
#[tokio::test]
async fn no_session_is_open_after_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let here = Place::new(engine).await;
    let app = here.open().await;
    join(&app, "ana@example.com").await;
    let mut tx = app.store.write().await.unwrap();
    let member = members::all(&mut tx).await.unwrap().remove(0);
    let now = app.clock.now();
    let session = SessionRow {
        id: StaffSessionId::new(now, [1; 10]),
        token: [2; 32],
        staff: member.id,
        shown: Device::UNKNOWN,
        network: None,
        previous_at: None,
        began_at: now,
        proved_at: Some(now),
        used_at: now,
        locked_at: None,
        expires: Deadline::after(now, Duration::from_hours(10)),
    };
    sessions::insert(&mut tx, &session).await.unwrap();
    tx.commit().await.unwrap();
    take(&app, &here.backup()).await.unwrap();
    app.store.close().await;
    let there = Place::with_key_of(&here, engine).await;
    assert_eq!(restore(there.config(), &here.backup()).await.unwrap().sessions, 1);
    let app = there.open().await;
    let mut tx = app.store.write().await.unwrap();
    assert_eq!(backup::store::end_sessions(&mut tx).await.unwrap(), 0);
}

/// Why it was refused.
async fn refused(place: &Place, folder: &Path) -> String {
    format!("{:#}", restore(place.config(), folder).await.unwrap_err())
}

#[tokio::test]
async fn what_was_changed_is_not_restored() {
    let here = Place::new(Engine::Sqlite).await;
    let app = here.open().await;
    keep(&app, b"a letter").await;
    take(&app, &here.backup()).await.unwrap();
    let there = Place::with_key_of(&here, Engine::Sqlite).await;
    let (database, sums) = (here.backup().join("clavero.db"), here.backup().join("SHA256SUMS"));
    let (whole, list) = (
        std::fs::read(&database).unwrap(),
        std::fs::read_to_string(&sums).unwrap(),
    );

    let mut other = whole.clone();
    *other.last_mut().unwrap() ^= 1;
    std::fs::write(&database, &other).unwrap();
    let said = refused(&there, &here.backup()).await;
    assert!(said.contains("clavero.db is not what was backed up"), "{said}");
    std::fs::write(&database, &whole).unwrap();

    // The list says what the changed file holds: the seal does not.
    std::fs::write(&sums, list.replace("documents/", "documents/../")).unwrap();
    let said = refused(&there, &here.backup()).await;
    assert!(said.contains("was changed since it was sealed"), "{said}");
    std::fs::write(&sums, &list).unwrap();

    let letter = list
        .lines()
        .find_map(|line| line.split_once("  documents/"))
        .unwrap()
        .1;
    let letter = here.backup().join("documents").join(letter);
    let bytes = std::fs::read(&letter).unwrap();
    std::fs::remove_file(&letter).unwrap();
    assert!(refused(&there, &here.backup()).await.contains("cannot read"));
    std::fs::write(&letter, bytes).unwrap();
    assert!(!there.database_is_there(), "nothing was written until now");
    assert_eq!(
        restore(there.config(), &here.backup()).await.unwrap().findings,
        []
    );
}

impl Place {
    /// Whether there is a database of SQLite.
    fn database_is_there(&self) -> bool {
        Path::new(self.database.url().trim_start_matches("sqlite:")).exists()
    }
}

#[rstest]
#[tokio::test]
async fn nothing_is_written_over(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let here = Place::new(engine).await;
    let app = here.open().await;
    take(&app, &here.backup()).await.unwrap();
    let again = take(&app, &here.backup()).await.unwrap_err();
    assert!(again.to_string().contains("is there already"), "{again}");

    let there = Place::with_key_of(&here, engine).await;
    let other = there.open().await;
    join(&other, "ana@example.com").await;
    let said = refused(&there, &here.backup()).await;
    assert!(said.contains("empty"), "{said}");
    assert_eq!(emails(&other).await, ["ana@example.com"]);
}

#[tokio::test]
async fn it_needs_the_key_it_was_taken_with() {
    let here = Place::new(Engine::Sqlite).await;
    take(&here.open().await, &here.backup()).await.unwrap();
    let keyless = Place::new(Engine::Sqlite).await;
    let said = refused(&keyless, &here.backup()).await;
    assert!(said.contains("put the master key"), "{said}");
    let other = Place::new(Engine::Sqlite).await;
    other.open().await.store.close().await;
    let there = Place::with_key_of(&other, Engine::Sqlite).await;
    let said = refused(&there, &here.backup()).await;
    assert!(said.contains("the master key there is"), "{said}");
    assert!(!there.database_is_there());
}

/// Puts another ring into the file of a place.
async fn change_ring(place: &Place, change: impl FnOnce(Ring) -> Ring) {
    let path = place.key();
    let changed = keys::file::change(&path, async |ring| Ok(Some(change(ring))));
    changed.await.unwrap();
}

#[tokio::test]
async fn it_needs_the_generations_it_was_taken_with() {
    let here = Place::new(Engine::Sqlite).await;
    let app = here.open().await;
    // A copy of the key from before the rotation: the same master key, and too old.
    let there = Place::with_key_of(&here, Engine::Sqlite).await;
    let now = app.clock.now();
    let next = |ring: Ring, from| ring.with(Secret::new([9; 32]), from).unwrap();
    change_ring(&here, |ring| next(ring, now)).await;
    keys::job::look(&app).unwrap();
    let document = keep(&app, b"of the second").await;
    take(&app, &here.backup()).await.unwrap();
    app.store.close().await;
    let told = refused(&there, &here.backup()).await;
    assert!(
        told.contains("a copy of the file there that still has generation 2"),
        "{told}"
    );
    // A later one from which it was retired is of no use either.
    std::fs::copy(here.key(), there.key()).unwrap();
    let later = now.after(Duration::from_secs(1));
    change_ring(&there, |ring| next(ring, later).without(2)).await;
    let told = refused(&there, &here.backup()).await;
    assert!(
        told.contains("a copy of the file there that still has generation 2"),
        "{told}"
    );
    assert!(!there.database_is_there());
    std::fs::copy(here.key(), there.key()).unwrap();
    restore(there.config(), &here.backup()).await.unwrap();
    let app = there.open().await;
    assert_eq!(documents::read(&app, document).await.unwrap(), b"of the second");
}

#[tokio::test]
async fn a_generation_that_may_be_taken_back_is_not_needed() {
    let here = Place::new(Engine::Sqlite).await;
    let app = here.open().await;
    let from = app.clock.now().after(Duration::from_hours(1));
    change_ring(&here, |ring| ring.with(Secret::new([9; 32]), from).unwrap()).await;
    keys::job::look(&app).unwrap();
    let taken = take(&app, &here.backup()).await.unwrap();
    assert_eq!(taken.manifest.generations, [1]);
}

/// A new key in its place would close all that is kept, and look like the right one ever after.
#[rstest]
#[tokio::test]
async fn a_used_database_is_not_opened_without_its_key(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let place = Place::new(engine).await;
    place.open().await.store.close().await;
    // Nothing was written down yet: whoever began with the wrong key may begin again.
    std::fs::remove_file(place.key()).unwrap();
    let app = place.open().await;
    join(&app, "ana@example.com").await;
    app.store.close().await;
    let kept = std::fs::read(place.key()).unwrap();
    std::fs::remove_file(place.key()).unwrap();
    let said = format!("{:#}", compose::open(place.config()).await.unwrap_err());
    assert!(said.contains("master.key is missing"), "{said}");
    assert!(!place.key().exists(), "none was made");
    // For its owner only, as it was.
    std::fs::write(place.key(), kept).unwrap();
    restrict(&place.key());
    assert_eq!(emails(&place.open().await).await, ["ana@example.com"]);
}

fn restrict(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[tokio::test]
async fn one_of_a_later_version_is_refused() {
    let here = Place::new(Engine::Sqlite).await;
    take(&here.open().await, &here.backup()).await.unwrap();
    let path = here.backup().join("backup.json");
    let manifest: Manifest = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let later = Manifest {
        format: manifest.format + 1,
        ..manifest
    };
    std::fs::write(&path, serde_json::to_vec(&later).unwrap()).unwrap();
    let there = Place::with_key_of(&here, Engine::Sqlite).await;
    let said = refused(&there, &here.backup()).await;
    assert!(said.contains("format 2"), "{said}");
}

/// A disk that fills up, or a machine that stops: the name is free until all of it is there.
#[tokio::test]
async fn one_that_did_not_end_has_another_name() {
    let here = Place::new(Engine::Sqlite).await;
    let app = here.open().await;
    keep(&app, b"a letter").await;
    std::fs::create_dir(here.folder.path().join("backup.partial")).unwrap();
    let said = take(&app, &here.backup()).await.unwrap_err().to_string();
    assert!(
        said.contains("left over from a backup that did not end"),
        "{said}"
    );
    assert!(!here.backup().exists());
}
