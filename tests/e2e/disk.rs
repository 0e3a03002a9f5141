//! A disk that is full, or that may only be read: people are told to come back, the operator is told why, and nothing is lost.
//!
//! The disk is one of the machine's memory, mounted where nobody but the server sees it: as root, or in a user's own name space.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

use crate::portal::{Installation, Log, Running};
use server::clock::Stopwatch;
use server::demo::{self, Detail, Situation};
use server::store::Store;
use shared::api::ErrorCode;
use shared::captcha::Subject;
use shared::captcha::api::IssueCaptcha;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tests::drill::{Client, Dice, Habits, Outcome, Person, PostOffice, Site, Told, Trouble, promises};

const SEED: u64 = 1;
const EMPLOYERS: u32 = 40;
const PATIENCE: Duration = Duration::from_secs(30);

/// Mounts the disk, makes people up, and serves. `$0` is the binary, `$1` its configuration.
const SERVE: &str = "mount -t tmpfs -o size=32m,mode=700 tmpfs data && \
    \"$0\" --config \"$1\" demo --employers 40 --seed 1 >/dev/null && exec \"$0\" --config \"$1\" serve";

/// The same, and serves first while the disk may only be read, which must fail.
const SERVE_READ_ONLY: &str = "mount -t tmpfs -o size=32m,mode=700 tmpfs data && \
    \"$0\" --config \"$1\" demo --employers 40 --seed 1 >/dev/null && mount -o remount,ro data && \
    if \"$0\" --config \"$1\" serve; then exit 9; fi && mount -o remount,rw data && exec \"$0\" --config \"$1\" serve";

/// A server whose data is on a small disk of its own.
struct Machine {
    // Ended before its folder goes away.
    process: Running,
    log: Log,
    site: Arc<Site>,
    installation: Installation,
}

impl Machine {
    async fn start(script: &str) -> Self {
        let post = PostOffice::open(Dice::of(SEED, 0)).await.unwrap();
        let installation = Installation::new(post.port(), "profile = \"2026\"");
        std::fs::create_dir(installation.folder().join("data")).unwrap();
        let serve = installation.command(&["serve"]);
        let mut command = Command::new("unshare");
        if std::fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) != 0) {
            command.args(["--user", "--map-root-user"]);
        }
        command
            .args(["--mount", "sh", "-c", script])
            .arg(serve.get_program());
        // `--config FILE` come first.
        command.arg(serve.get_args().nth(1).unwrap());
        command
            .current_dir(installation.folder())
            .env("CLAVERO_LOG", "info");
        let log = Log::default();
        let process = Running::start(command, &log, "listening");
        let (origin, address) = (installation.url(""), installation.url(""));
        Self {
            process,
            log,
            site: Arc::new(Site::new(vec![address], origin, post)),
            installation,
        }
    }

    /// A file on its disk, as only this process sees it.
    fn file(&self, name: &str) -> PathBuf {
        let inside = self.installation.folder().join("data").join(name);
        let root = PathBuf::from(format!("/proc/{}/root", self.process.id()));
        root.join(inside.strip_prefix("/").unwrap())
    }

    /// Somebody whose recovery may succeed; everybody once.
    async fn recover(&self, number: u32) -> Told {
        let habits = Habits {
            thinking: 0.0,
            all_steady: true,
            patience: PATIENCE,
        };
        let mut good = (0..EMPLOYERS)
            .filter_map(|index| demo::employer(SEED, index, Detail::Full))
            .filter(|employer| employer.situation == Situation::Good);
        let employer = good.nth(number as usize).unwrap();
        Person::new(&self.site, employer, habits, SEED, number)
            .recover()
            .await
    }

    async fn ready(&self) -> (u16, String) {
        let answer = reqwest::get(self.installation.url("/readyz")).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// The database as it stands, with its log: SQLite would not open a file where only another process sees it.
    async fn copy(&self) -> (TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        for name in ["clavero.db", "clavero.db-wal"] {
            std::fs::copy(self.file(name), folder.path().join(name)).unwrap();
        }
        let url = format!("sqlite:{}", folder.path().join("clavero.db").display());
        let store = Store::connect(&url).await.unwrap();
        (folder, store)
    }

    fn said(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }
}

/// Writes until there is no room. SQLite's log has none to spare: nothing was taken over into the file yet.
fn fill(path: &PathBuf) {
    let mut file = std::fs::File::create(path).unwrap();
    for block in [1 << 20, 4096, 1] {
        while file.write_all(&vec![7; block]).is_ok() {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_writing_and_loses_nothing() {
    let machine = Machine::start(SERVE).await;
    assert_eq!(machine.ready().await.0, 200);
    let before = machine.recover(0).await;
    assert_eq!(before.outcome, Outcome::Recovered, "{before:?}");

    fill(&machine.file("ballast"));
    let (status, said) = machine.ready().await;
    assert_eq!((status, said.as_str()), (503, "disk full\n"));
    // Whatever is asked that has to be written, until SQLite meets the end of the disk: it has pages of its log to use up.
    let mut browser = Client::new(Arc::clone(&machine.site), 1, Dice::of(SEED, 5));
    let watch = Stopwatch::start();
    let refused = loop {
        let employer = demo::employer(SEED, 0, Detail::Full).unwrap().record.employer;
        let subject = Subject::Recovery { employer };
        match browser.call::<IssueCaptcha>("captcha", &subject).await {
            Err(Trouble::Refused(problem)) => break *problem,
            other => assert!(watch.elapsed() < PATIENCE, "{other:?}"),
        }
    };
    assert_eq!((refused.status, refused.code), (503, ErrorCode::Busy));
    assert!(refused.retry_after.is_some());
    assert!(machine.said().contains("is its disk full"), "{}", machine.said());
    let alive = reqwest::get(machine.installation.url("/healthz")).await.unwrap();
    assert!(alive.status().is_success());

    std::fs::remove_file(machine.file("ballast")).unwrap();
    assert_eq!(machine.ready().await.0, 200);
    let after = machine.recover(1).await;
    assert_eq!(after.outcome, Outcome::Recovered, "{after:?}");

    let taken = machine.site.post.taken();
    let promise = promises::told(&machine.site, &[before, after], &taken, SEED).await;
    assert_eq!(promise.breaches, <[String; 0]>::default());
    let now = server::clock::Clock::system().now();
    let watch = Stopwatch::start();
    let (_copy, store) = loop {
        let (copy, store) = machine.copy().await;
        if promises::unfinished(&store, now).await.unwrap().messages == 0 {
            break (copy, store);
        }
        store.close().await;
        assert!(watch.elapsed() < PATIENCE, "messages wait");
    };
    let taken = machine.site.post.taken();
    for promise in promises::examine(&store, &taken, now).await.unwrap() {
        assert_eq!(promise.breaches, <[String; 0]>::default(), "{}", promise.name);
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_disk_is_told_at_the_start() {
    let machine = Machine::start(SERVE_READ_ONLY).await;
    let said = machine.said();
    let line = said
        .lines()
        .find(|line| line.starts_with("clavero: "))
        .unwrap_or_default();
    assert!(line.contains("database: disk read-only"), "{said}");
    // And there is everything once it can be written to.
    let told = machine.recover(0).await;
    assert_eq!(told.outcome, Outcome::Recovered, "{told:?}");
}
