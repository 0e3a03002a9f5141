//! A PostgreSQL of our own for the tests: in a temporary folder, on a free port, gone afterwards.

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
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

/// How long it may take to accept connections.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server; dropping it ends it.
pub struct Postgres {
    server: Child,
    url: String,
    /// The cluster; it goes with this.
    #[cfg_attr(not(test), expect(dead_code, reason = "held for its end, not for its value"))]
    folder: tempfile::TempDir,
}

impl Postgres {
    /// Installs it if need be, makes an empty cluster and starts it without the guards against power cuts.
    pub fn start() -> Result<Self> {
        packages::ensure(&[Program::Postgres])?;
        let watch = Watch::start();
        let initdb = Program::Postgres.find().context("initdb has gone")?;
        let folder = tempfile::Builder::new().prefix("clavero-postgres-").tempdir()?;
        let owner = Owner::of_the_cluster()?;
        owner.give(folder.path().to_owned())?;
        let data = folder.path().join("data");
        let mut create = owner.command(&initdb);
        create.args([
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ]);
        let made = create.arg(&data).current_dir(folder.path()).output()?;
        ensure!(
            made.status.success(),
            "initdb: {}",
            String::from_utf8_lossy(&made.stderr)
        );

        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut start = owner.command(&initdb.with_file_name("postgres"));
        start
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-k"])
            .arg(folder.path());
        for setting in [
            "listen_addresses=127.0.0.1",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=300",
            "lc_messages=C",
        ] {
            start.args(["-c", setting]);
        }
        start
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut server = start.spawn().context("cannot start postgres")?;
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        let waited = ready(&mut server);
        let started = Self { server, url, folder };
        waited?;
        println!(
            "✓ PostgreSQL for the tests is ready ({})",
            step::seconds(watch.elapsed())
        );
        Ok(started)
    }

    /// Where tests find it; they make databases of their own in it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where the cluster and the server's socket are.
    #[cfg(test)]
    fn folder(&self) -> &Path {
        self.folder.path()
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

impl Drop for Postgres {
    fn drop(&mut self) {
        // The immediate shutdown: nothing in this cluster is worth a clean one.
        let asked = Command::new("kill")
            .args(["-QUIT", &self.server.id().to_string()])
            .status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
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
}
