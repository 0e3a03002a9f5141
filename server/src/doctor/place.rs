//! What is on this machine, and the database: reachable, whole, with room, and nobody else's to read.

use super::{Finding, State, finding};
use crate::clock::Clock;
use crate::compose;
use crate::config::Config;
use crate::documents::Documents;
use crate::entropy::Entropy;
use crate::hexadecimal::Hexadecimal;
use crate::keys;
use crate::keys::Ring;
use crate::store::{self, Room, Store, StoreError, machine};
use object_store::ObjectStoreExt as _;
use shared::time::Timestamp;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How far the database's clock may be from ours before it is told, and before it counts as wrong: links end so much earlier or later.
const SKEW_TOLD: Duration = Duration::from_secs(1);
const SKEW_WRONG: Duration = Duration::from_secs(5);

/// With less room than this on a disk it is told, and it counts as full.
const ROOM_TOLD: u64 = 5 << 30;
const ROOM_WRONG: u64 = 512 << 20;

/// From this age on a generation of the keys is spoken of.
const OLD: Duration = Duration::from_hours(24 * 400);

/// Looks at all of it.
pub(super) async fn look(config: &Config) -> Vec<Finding> {
    let mut findings = database(config).await;
    findings.push(documents(config).await);
    findings.extend(keys(config));
    findings.extend(permissions(config));
    findings.extend(disks(config));
    findings
}

/// Whether a document could be put away and taken out again. What is written for it is nobody's and goes at once.
async fn documents(config: &Config) -> Finding {
    let folder = compose::documents_path(&config.data_dir);
    if !folder.exists() {
        let text = "their folder is made at the first start";
        return finding(State::Warn, "documents", text);
    }
    let probe = async {
        let documents = Documents::in_folder(&folder).map_err(|error| error.to_string())?;
        // A name of its own: two that look at once are in nobody's way, nor is what one that was cut off left behind.
        let name = format!("doctor-{}", Hexadecimal(&Entropy::system().bytes::<8>()));
        let (objects, place) = (documents.objects(), object_store::path::Path::from(name));
        let written = objects.put(&place, b"doctor".as_slice().into()).await;
        written.map_err(|error| error.to_string())?;
        objects.delete(&place).await.map_err(|error| error.to_string())
    };
    match probe.await {
        Ok(()) => finding(State::Ok, "documents", "can be written and deleted"),
        Err(error) => finding(State::Fail, "documents", format!("{}: {error}", folder.display())),
    }
}

/// Whether it answers, what its schema is, and what its clock shows.
async fn database(config: &Config) -> Vec<Finding> {
    let subject = "database";
    let address = config.database.expose();
    if database_file(config).is_some_and(|file| !file.exists()) {
        let text = "is made at the first start: run `clavero migrate`";
        return vec![finding(State::Warn, subject, text)];
    }
    let store = match Store::connect(address).await {
        Ok(store) => store,
        Err(error) => {
            let cause = std::error::Error::source(&error)
                .map(ToString::to_string)
                .unwrap_or_default();
            return vec![finding(State::Fail, subject, format!("{error}: {cause}"))];
        }
    };
    let tables = machine::tables(&store).await.ok().flatten();
    let mut findings = vec![schema(&store.pending().await, tables)];
    match machine::version(&store).await {
        Ok(None) => {}
        Ok(Some(version)) => findings.push(finding(State::Ok, subject, format!("PostgreSQL {version}"))),
        Err(error) => findings.push(finding(State::Fail, subject, error)),
    }
    let before = Clock::system().now();
    match machine::clock(&store).await {
        // SQLite has no clock but ours.
        Ok(None) => {}
        Ok(Some(shown)) => {
            let after = Clock::system().now();
            findings.push(skew(shown, before, after));
        }
        Err(error) => findings.push(finding(State::Fail, "clock", error)),
    }
    store.close().await;
    findings
}

/// What the migrations tell, in a database with so many tables, if that is known.
fn schema(pending: &Result<usize, StoreError>, tables: Option<i64>) -> Finding {
    let (state, text) = match (pending, tables) {
        (Ok(0), _) => (State::Ok, "answers; its schema is up to date".to_owned()),
        (Ok(missing), _) => (
            State::Warn,
            format!("answers; {missing} migrations are missing: run `clavero migrate`"),
        ),
        (Err(_), Some(0)) => (
            State::Warn,
            "answers, and is empty: its tables are made at the first start, or by `clavero migrate`"
                .to_owned(),
        ),
        (Err(error), _) => (State::Fail, format!("{error}: is it a database of Clavero?")),
    };
    finding(state, "database", text)
}

/// How far the database's clock is from ours, as far as can be told of an answer that took from `before` to `after`.
fn skew(shown: Timestamp, before: Timestamp, after: Timestamp) -> Finding {
    let apart = if shown < before {
        before.since(shown)
    } else {
        shown.since(after)
    };
    let millis = apart.as_millis();
    let (state, text) = if apart > SKEW_WRONG {
        (
            State::Fail,
            "set both by NTP: links end that much earlier or later",
        )
    } else if apart > SKEW_TOLD {
        (State::Warn, "set both by NTP before they are 5 s apart")
    } else {
        (State::Ok, "close enough")
    };
    finding(state, "clock", format!("{millis} ms from the database's: {text}"))
}

/// Whether the ring can be read by its owner alone, and which generation is in force since when.
fn keys(config: &Config) -> Vec<Finding> {
    let subject = "master key";
    let path = compose::key_path(&config.data_dir);
    if !path.exists() {
        let text = format!("{} is made at the first start", path.display());
        return vec![finding(State::Warn, subject, text)];
    }
    match keys::file::read(&path) {
        Ok(ring) => vec![generations(&path, &ring, Clock::system().now())],
        Err(error) => vec![finding(State::Fail, subject, format!("{error:#}"))],
    }
}

fn generations(path: &Path, ring: &Ring, now: Timestamp) -> Finding {
    let in_force = ring.in_force(now);
    let mut text = format!("{}: generation {}", path.display(), in_force.number());
    let days = now.since(in_force.from()).as_secs() / 86_400;
    // When the first was made is not written down.
    let is_old = in_force.number() > 1 && now.since(in_force.from()) > OLD;
    if in_force.number() > 1 {
        let _infallible = write!(text, ", in force for {days} days");
    }
    let (kept, last) = (ring.kept().count(), ring.last().number());
    if last > in_force.number() {
        let _infallible = write!(text, "; generation {last} is announced");
    }
    if kept > 1 {
        let _infallible = write!(text, "; {kept} are kept (`clavero keys list`)");
    }
    if is_old {
        return finding(
            State::Warn,
            "master key",
            format!("{text}: think of `clavero keys rotate`"),
        );
    }
    finding(
        State::Ok,
        "master key",
        format!("{text}; keep a copy apart from the database"),
    )
}

/// Folders and files that hold what is personal or secret, and who else may look into them.
fn permissions(config: &Config) -> Vec<Finding> {
    let mut private = vec![config.data_dir.clone(), compose::documents_path(&config.data_dir)];
    private.extend(database_file(config));
    let found: Vec<_> = private.iter().filter(|path| path.exists()).collect();
    let open: Vec<_> = found.iter().filter(|path| is_open(path)).collect();
    if open.is_empty() {
        let text = format!("{} folders and files are their owner's alone", found.len());
        return vec![finding(State::Ok, "permissions", text)];
    }
    let told = |path: &&&PathBuf| {
        let text = format!(
            "{} can be read or changed by others: run chmod go-rwx on it",
            path.display()
        );
        finding(State::Fail, "permissions", text)
    };
    open.iter().map(told).collect()
}

#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let others = |path: &Path| {
        std::fs::metadata(path)
            .map(|found| found.permissions().mode() & 0o077)
            .ok()
    };
    // A folder that nobody else may enter hides what is in it, whatever its files say.
    let hidden = path.parent().and_then(others) == Some(0);
    !hidden && others(path).is_some_and(|others| others != 0)
}

/// On other systems the folder's access list is the operator's task.
#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}

/// The file of the database, where it is one.
fn database_file(config: &Config) -> Option<PathBuf> {
    let address = config.database.expose();
    let path = address.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

/// Room on the disks of the data folder and of the database, where that is here.
fn disks(config: &Config) -> Vec<Finding> {
    let mut folders = vec![config.data_dir.clone()];
    let file = database_file(config);
    let beside = file.as_deref().and_then(Path::parent);
    folders.extend(
        beside
            .filter(|folder| *folder != config.data_dir)
            .map(Path::to_owned),
    );
    let there = folders.into_iter().filter(|folder| folder.exists());
    there.map(|folder| disk(&folder)).collect()
}

fn disk(folder: &Path) -> Finding {
    match store::room(folder) {
        Ok(Some(found)) => room(folder, found),
        Ok(None) => finding(
            State::Ok,
            "disk",
            format!("{}: its room is not looked at on this system", folder.display()),
        ),
        Err(error) => finding(State::Fail, "disk", format!("{}: {error}", folder.display())),
    }
}

fn room(folder: &Path, Room { free, read_only }: Room) -> Finding {
    let (state, advice) = if read_only {
        (State::Fail, ", but it is read-only: nothing can be written")
    } else if free < ROOM_WRONG {
        (State::Fail, ": make room now, writes are about to fail")
    } else if free < ROOM_TOLD {
        (State::Warn, ": make room")
    } else {
        (State::Ok, "")
    };
    let (place, free) = (folder.display(), free >> 20);
    finding(state, "disk", format!("{place}: {free} MiB free{advice}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::secrets::Secret;

    const NOW: Timestamp = Timestamp::from_millis(1_795_446_000_000);

    fn at(micros: i64) -> Timestamp {
        Timestamp::from_micros(NOW.as_micros() + micros)
    }

    #[test]
    fn clocks_are_told_beyond_a_second_and_wrong_beyond_five() {
        for (apart, state) in [
            (0, State::Ok),
            (1_000_000, State::Ok),
            (1_000_001, State::Warn),
            (5_000_000, State::Warn),
            (5_000_001, State::Fail),
        ] {
            assert_eq!(skew(at(apart), NOW, NOW).state, state, "{apart} ahead");
            assert_eq!(skew(at(-apart), NOW, NOW).state, state, "{apart} behind");
        }
        // An answer that took long tells less, and nothing wrong.
        assert_eq!(skew(at(9_000_000), NOW, at(10_000_000)).state, State::Ok);
    }

    #[test]
    fn room_is_told_below_its_bounds() {
        for (free, state) in [
            (ROOM_TOLD, State::Ok),
            (ROOM_TOLD - 1, State::Warn),
            (ROOM_WRONG, State::Warn),
            (ROOM_WRONG - 1, State::Fail),
        ] {
            let found = |read_only| room(Path::new("/srv"), Room { free, read_only });
            assert_eq!(found(false).state, state, "{free}");
            assert_eq!(found(true).state, State::Fail, "{free}");
            assert!(found(true).text.contains("read-only"));
        }
        let folder = tempfile::tempdir().unwrap();
        assert!(disk(folder.path()).text.contains("MiB free"));
        assert_eq!(disk(Path::new("/nonexistent")).state, State::Fail);
    }

    #[test]
    fn an_old_generation_is_spoken_of() {
        let first = Ring::first(Secret::new([1; 32]));
        let path = Path::new("master.key");
        assert_eq!(generations(path, &first, NOW).state, State::Ok);
        let ring = first.with(Secret::new([2; 32]), NOW).unwrap();
        let age = |span: Duration| generations(path, &ring, NOW.after(span));
        assert!(
            generations(path, &ring, NOW.before(Duration::from_secs(1)))
                .text
                .contains("2 is announced")
        );
        assert_eq!(age(OLD).state, State::Ok);
        assert_eq!(age(OLD + Duration::from_micros(1)).state, State::Warn);
    }

    #[test]
    fn an_empty_database_waits_for_its_first_start_and_another_one_is_not_ours() {
        let no_table = || Err(StoreError::Changed);
        assert_eq!(schema(&Ok(0), Some(70)).state, State::Ok);
        assert_eq!(schema(&Ok(1), Some(70)).state, State::Warn);
        assert_eq!(schema(&no_table(), Some(0)).state, State::Warn);
        assert_eq!(schema(&no_table(), Some(1)).state, State::Fail);
        assert_eq!(schema(&no_table(), None).state, State::Fail);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_place_is_looked_at_as_it_is() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let config = Config::parse("data_dir = \"data\"", folder.path()).unwrap();
        let states = async || {
            let found = look(&config).await;
            found
                .iter()
                .map(|finding| (finding.subject, finding.state))
                .collect::<Vec<_>>()
        };
        assert!(states().await.contains(&("master key", State::Warn)));
        assert!(states().await.contains(&("database", State::Warn)));
        // As a package leaves it.
        std::fs::create_dir(&config.data_dir).unwrap();
        std::fs::set_permissions(&config.data_dir, std::fs::Permissions::from_mode(0o700)).unwrap();
        assert!(states().await.contains(&("database", State::Warn)));
        // As the first start leaves it.
        let app = compose::open(config.clone()).await.unwrap();
        app.store.close().await;
        let good = states().await;
        assert!(
            good.iter()
                .all(|(subject, state)| *state == State::Ok || *subject == "disk"),
            "{good:?}"
        );
        for subject in ["database", "documents", "master key", "permissions", "disk"] {
            assert!(good.iter().any(|(found, _)| *found == subject), "{subject}");
        }
        let mode = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        // Others get as far as the folder.
        mode(folder.path(), 0o755);
        assert!(states().await.contains(&("permissions", State::Ok)));
        mode(&config.data_dir, 0o750);
        assert!(states().await.contains(&("permissions", State::Fail)));
        mode(&config.data_dir, 0o700);
        mode(&compose::key_path(&config.data_dir), 0o640);
        assert!(states().await.contains(&("master key", State::Fail)));
        std::fs::write(
            config.data_dir.join("clavero.db"),
            "no database at all, but long enough to be read as one",
        )
        .unwrap();
        assert!(states().await.contains(&("database", State::Fail)));
    }
}
