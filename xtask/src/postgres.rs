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
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::thread::JoinHandle;
use std::time::Duration;

/// How long it may take to accept connections.
const PATIENCE: Duration = Duration::from_mins(1);

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
    ending: Arc<AtomicBool>,
    supervisor: Option<JoinHandle<()>>,
}

impl Enduring {
    /// Installs it if need be, makes an empty cluster and starts it.
    pub fn start() -> Result<Self> {
        let watch = Watch::start();
        let cluster = Arc::new(Cluster::make()?);
        let ending = Arc::new(AtomicBool::new(false));
        let mut server = cluster.serve(&[])?;
        let (kept, told) = (Arc::clone(&cluster), Arc::clone(&ending));
        let supervisor = std::thread::spawn(move || {
            loop {
                let _ = server.wait();
                if told.load(Ordering::SeqCst) {
                    return;
                }
                match kept.serve(&[]) {
                    Ok(again) => server = again,
                    Err(error) => {
                        println!("✗ PostgreSQL does not start again: {error:#}");
                        return;
                    }
                }
            }
        });
        println!("✓ PostgreSQL is ready ({})", step::seconds(watch.elapsed()));
        Ok(Self {
            cluster,
            ending,
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
        self.ending.store(true, Ordering::SeqCst);
        let id = fs::read_to_string(self.postmaster())
            .ok()
            .and_then(|text| text.lines().next()?.parse().ok());
        if let Some(id) = id {
            end(id);
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
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
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
        while process().is_none_or(|id| id == first) {
            assert!(watch.elapsed() < PATIENCE, "it is not back");
            std::thread::yield_now();
        }
        let folder = postgres.cluster.folder.path().to_owned();
        drop(postgres);
        assert!(!folder.exists());
    }
}
