//! A PostgreSQL of our own, for the tests and for drills: in a temporary folder, on a free port, gone afterwards.

use crate::machine::{self, User, Watch};
use crate::packages::{self, Program};
use crate::step;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long it may take to accept connections.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long is waited between two looks or tries.
const LOOK: Duration = Duration::from_millis(50);
/// Where its port is looked for: below those that the system gives to outgoing connections, or one of these would take it while the server is
/// down; and not where drills look for those of their nodes.
const PORTS: std::ops::Range<u16> = 30_000..32_768;
/// In the place of a process's number while none runs.
const NOBODY: u32 = 0;

/// A running server; dropping it ends it.
pub struct Postgres {
    server: Child,
    cluster: Cluster,
}

impl Postgres {
    /// Installs it if need be, makes an empty cluster and starts it without the guards against power cuts.
    pub fn start() -> Result<Self> {
        let watch = Watch::start();
        let cluster = Cluster::make()?;
        let server = cluster.serve(&["fsync=off", "synchronous_commit=off", "full_page_writes=off"])?;
        println!(
            "✓ PostgreSQL for the tests is ready ({})",
            step::seconds(watch.elapsed())
        );
        Ok(Self { server, cluster })
    }

    /// Where tests find it; they make databases of their own in it.
    pub fn url(&self) -> &str {
        &self.cluster.url
    }

    /// Where the cluster and the server's socket are.
    #[cfg(test)]
    fn folder(&self) -> &Path {
        self.cluster.folder.path()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        end(self.server.id());
        let _ = self.server.wait();
    }
}

/// A server with all guards that is started again whenever it ends, as a supervisor does; dropping it ends it.
pub struct Enduring {
    cluster: Arc<Cluster>,
    /// The server's process, where one accepts connections.
    process: Arc<AtomicU32>,
    /// Without it, nothing is started again.
    going: Option<Sender<()>>,
    /// Disconnected when the supervisor has ended.
    ended: Receiver<()>,
    supervisor: Option<JoinHandle<()>>,
}

impl Enduring {
    /// Installs it if need be, makes an empty cluster and starts it.
    pub fn start() -> Result<Self> {
        let watch = Watch::start();
        let cluster = Arc::new(Cluster::make()?);
        let mut server = cluster.serve(&[])?;
        let process = Arc::new(AtomicU32::new(server.id()));
        let (going, ending) = channel();
        let (living, ended) = channel::<()>();
        let (kept, told) = (Arc::clone(&cluster), Arc::clone(&process));
        let supervisor = std::thread::spawn(move || {
            let _living = living;
            loop {
                let _ = server.wait();
                told.store(NOBODY, Ordering::SeqCst);
                let Some(again) = kept.serve_again(&ending) else {
                    return;
                };
                server = again;
                told.store(server.id(), Ordering::SeqCst);
            }
        });
        println!("✓ PostgreSQL is ready ({})", step::seconds(watch.elapsed()));
        Ok(Self {
            cluster,
            process,
            going: Some(going),
            ended,
            supervisor: Some(supervisor),
        })
    }

    /// Where it is found.
    pub fn url(&self) -> &str {
        &self.cluster.url
    }

    /// The file with the id of its process in the first line.
    pub fn postmaster(&self) -> PathBuf {
        self.cluster.data().join("postmaster.pid")
    }
}

impl Drop for Enduring {
    fn drop(&mut self) {
        drop(self.going.take());
        // It may be starting: then there is somebody to end only later.
        loop {
            let id = self.process.load(Ordering::SeqCst);
            if id != NOBODY {
                end(id);
            }
            if self.ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Disconnected) {
                break;
            }
        }
        if let Some(supervisor) = self.supervisor.take() {
            let _ = supervisor.join();
        }
    }
}

/// The immediate shutdown: nothing in a cluster of ours is worth a clean one.
fn end(id: u32) {
    let _ = Command::new("kill").args(["-QUIT", &id.to_string()]).status();
}

/// A server's files, and how it is started.
struct Cluster {
    owner: Owner,
    program: PathBuf,
    port: u16,
    url: String,
    /// It goes with this.
    folder: tempfile::TempDir,
}

impl Cluster {
    /// An empty one in a temporary folder, for a free port.
    fn make() -> Result<Self> {
        packages::ensure(&[Program::Postgres])?;
        let initdb = Program::Postgres.find().context("initdb has gone")?;
        let folder = tempfile::Builder::new().prefix("clavero-postgres-").tempdir()?;
        let owner = Owner::of_the_cluster()?;
        owner.give(folder.path().to_owned())?;
        let mut create = owner.command(&initdb);
        create.args([
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ]);
        let made = create
            .arg(folder.path().join("data"))
            .current_dir(folder.path())
            .output()?;
        ensure!(
            made.status.success(),
            "initdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        let port = free_port()?;
        Ok(Self {
            owner,
            program: initdb.with_file_name("postgres"),
            port,
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
            folder,
        })
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Starts the server with all guards, again and again as a supervisor does. `None` where it is to end, or does not start any more.
    fn serve_again(&self, ending: &Receiver<()>) -> Option<Child> {
        let watch = Watch::start();
        loop {
            if ending.try_recv() == Err(TryRecvError::Disconnected) {
                return None;
            }
            match self.serve(&[]) {
                Ok(server) => return Some(server),
                Err(error) if watch.elapsed() >= PATIENCE => {
                    println!("✗ PostgreSQL does not start again: {error:#}");
                    return None;
                }
                // Its port or its memory may not be free yet.
                Err(_) => _ = ending.recv_timeout(LOOK),
            }
        }
    }

    /// Starts the server with these settings beside its own, and waits until it accepts connections.
    fn serve(&self, settings: &[&str]) -> Result<Child> {
        let mut start = self.owner.command(&self.program);
        start
            .arg("-D")
            .arg(self.data())
            .args(["-p", &self.port.to_string(), "-k"])
            .arg(self.folder.path());
        let common = [
            "listen_addresses=127.0.0.1",
            "max_connections=300",
            "lc_messages=C",
        ];
        for setting in common.iter().chain(settings) {
            start.args(["-c", setting]);
        }
        start
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut server = start.spawn().context("cannot start postgres")?;
        match ready(&mut server) {
            Ok(()) => Ok(server),
            Err(error) => {
                let _ = server.kill();
                let _ = server.wait();
                Err(error)
            }
        }
    }
}

/// A free port of this machine that no outgoing connection takes.
fn free_port() -> Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let many = PORTS.end - PORTS.start;
    // Two processes at once begin at different places.
    let begin = u16::try_from(std::process::id() % u32::from(many))?;
    (0..many)
        .map(|_| PORTS.start + (begin + NEXT.fetch_add(1, Ordering::Relaxed) % many) % many)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .context("no port of this machine is free")
}

/// Waits until the server says that it accepts connections.
fn ready(server: &mut Child) -> Result<()> {
    let lines = step::lines_of(server);
    let mut said = Vec::new();
    loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(line) if line.contains("ready to accept connections") => break,
            Ok(line) => said.push(line),
            Err(RecvTimeoutError::Timeout) => bail!("postgres is not ready after {PATIENCE:?}"),
            Err(RecvTimeoutError::Disconnected) => bail!("postgres has ended: {}", said.join(" · ")),
        }
    }
    // What it says from now on must be read, or it would wait for a full pipe.
    std::thread::spawn(move || lines.iter().for_each(drop));
    Ok(())
}

/// Who the cluster belongs to: PostgreSQL refuses to run as root.
enum Owner {
    /// The one who runs this.
    Myself,
    /// The user that the system's package made.
    Package { user: u32, group: u32 },
}

impl Owner {
    fn of_the_cluster() -> Result<Self> {
        if machine::user() == User::Ordinary {
            return Ok(Self::Myself);
        }
        let user = machine::id(&["-u", "postgres"]);
        let group = machine::id(&["-g", "postgres"]);
        let (user, group) = user
            .zip(group)
            .context("root cannot run PostgreSQL and there is no user `postgres`; create one")?;
        Ok(Self::Package { user, group })
    }

    fn give(&self, folder: PathBuf) -> Result<()> {
        match self {
            Self::Myself => Ok(()),
            Self::Package { user, group } => {
                fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
                Ok(chown(folder, Some(*user), Some(*group))?)
            }
        }
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env("LC_ALL", "C");
        if let Self::Package { user, group } = self {
            command.uid(*user).gid(*group);
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;
    use std::net::TcpStream;

    #[test]
    fn it_answers_and_goes_away_with_its_folder() {
        if Program::Postgres.find().is_none() {
            return; // `cargo xtask test` installs it; a plain `cargo test` may run without.
        }
        let postgres = Postgres::start().unwrap();
        let address = postgres.url().split(['@', '/']).nth(3).unwrap().to_owned();
        let folder = postgres.folder().to_owned();
        assert!(TcpStream::connect(&address).is_ok());
        drop(postgres);
        assert_eq!(
            TcpStream::connect(&address).unwrap_err().kind(),
            ErrorKind::ConnectionRefused
        );
        assert!(!folder.exists());
    }

    #[test]
    fn one_that_endures_is_back_as_another_process() {
        if Program::Postgres.find().is_none() {
            return;
        }
        let postgres = Enduring::start().unwrap();
        let process = || {
            let text = fs::read_to_string(postgres.postmaster()).ok()?;
            text.lines().next()?.parse::<u32>().ok()
        };
        let first = process().unwrap();
        end(first);
        let watch = Watch::start();
        let (_open, pause) = channel::<()>();
        while process().is_none_or(|id| id == first) {
            assert!(watch.elapsed() < PATIENCE, "it is not back");
            let _ = pause.recv_timeout(LOOK);
        }
        // Ended while it starts: the supervisor ends all the same.
        let folder = postgres.cluster.folder.path().to_owned();
        drop(postgres);
        assert!(!folder.exists());
    }

    #[test]
    fn a_port_is_none_of_those_that_the_system_gives_away() {
        let ports = [free_port().unwrap(), free_port().unwrap()];
        assert!(ports.iter().all(|port| PORTS.contains(port)), "{ports:?}");
        assert_ne!(ports[0], ports[1]);
    }
}
