//! A disk that is full, or that may only be read: people are told to come back, the operator is told why, and nothing is lost.
//!
//! The disk is one of the machine's memory, mounted where nobody but the server sees it: as root, or in a user's own name space.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails where it stands"
)]

use crate::portal::{Installation, LOUDNESS, Log, Running};
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
use tests::told;

const SEED: u64 = 1;
const EMPLOYERS: u32 = 40;
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(50);

/// Mounts the disk.
const MOUNT: &str = "mount -t tmpfs -o size=32m,mode=700 tmpfs data";

/// What the machine needs for that.
const NEEDS: &str = "no disk can be mounted: this test needs to be root with leave to mount (CAP_SYS_ADMIN), or a system that gives users \
    name spaces of their own";

/// Makes people up and serves, on the mounted disk. `$0` is the binary, `$1` its configuration, `$2` how many people, `$3` their seed.
const SERVE: &str = "\"$0\" --config \"$1\" demo --employers \"$2\" --seed \"$3\" >/dev/null && exec \"$0\" --config \"$1\" serve";

/// The same, and serves first while the disk may only be read, which must fail.
const SERVE_READ_ONLY: &str = "\"$0\" --config \"$1\" demo --employers \"$2\" --seed \"$3\" >/dev/null && \
    mount -o remount,ro data && if timeout -s KILL 20 \"$0\" --config \"$1\" serve; then exit 9; fi && mount -o remount,rw data && \
    exec \"$0\" --config \"$1\" serve";

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0)
}

/// A shell that sees disks of its own, in an installation's folder.
fn apart(installation: &Installation, script: &str) -> Command {
    let mut command = Command::new("unshare");
    if !is_root() {
        command.args(["--user", "--map-root-user"]);
    }
    command
        .args(["--mount", "sh", "-c", script])
        .current_dir(installation.folder());
    command
}

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
        let probed = apart(&installation, MOUNT).output().unwrap();
        assert!(
            probed.status.success(),
            "{NEEDS}: {}",
            String::from_utf8_lossy(&probed.stderr)
        );
        let serve = installation.command(&["serve"]);
        let mut command = apart(&installation, &format!("{MOUNT} && {script}"));
        command
            .arg(serve.get_program())
            // `--config FILE` come first.
            .arg(serve.get_args().nth(1).unwrap())
            .args([EMPLOYERS.to_string(), SEED.to_string()])
            .env("CLAVERO_LOG", LOUDNESS);
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

    /// The database as it stands at one instant: a backup, taken by who sees the server's disk, to where there is room.
    async fn copy(&self) -> (TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let backup = folder.path().join("backup");
        let take = self.installation.command(&["backup", backup.to_str().unwrap()]);
        let mut command = Command::new("nsenter");
        if !is_root() {
            command.args(["--user", "--preserve-credentials"]);
        }
        command
            .args(["--mount", "--target", &self.process.id().to_string()])
            .arg(take.get_program())
            .args(take.get_args());
        let taken = command.output().unwrap();
        assert!(
            taken.status.success(),
            "{}",
            String::from_utf8_lossy(&taken.stderr)
        );
        let url = format!("sqlite:{}", backup.join("clavero.db").display());
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
    // Who they are, an address, a cookie, a link and a password at least; questions have few or many words.
    assert!(told::count() >= 5, "what people say is noted: {}", told::count());

    fill(&machine.file("ballast"));
    let (status, said) = machine.ready().await;
    assert_eq!((status, said.as_str()), (503, "disk full\n"));
    // Whatever is asked that has to be written, until SQLite meets the end of the disk: it has pages of its log to use up.
    let mut browser = Client::new(Arc::clone(&machine.site), 1, Dice::of(SEED, 5));
    let watch = Stopwatch::start();
    let mut looks = tokio::time::interval(LOOK);
    let refused = loop {
        looks.tick().await;
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
        looks.tick().await;
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
