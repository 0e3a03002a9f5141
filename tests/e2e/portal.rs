//! The real binary, as an operator runs it: on SQLite, with imported files, on a free port, delivering over SMTP.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;
use tempfile::TempDir;
use tests::told;

/// How long the server may take until it listens.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(20);

/// What the portal logs when it can be reached.
const LISTENING: &str = "listening";

/// What it logs when its measurements can be.
const MEASURING: &str = "measurements can be read";

/// How much it logs: more of our own than an operator asks for.
pub const LOUDNESS: &str = "info,server=debug";

/// Whom its mails come from.
pub const SENDER: &str = "clavero@instituto.example";

/// An installation that does not run yet.
pub struct Installation {
    folder: TempDir,
    config: PathBuf,
    port: u16,
    /// What its commands and its server have logged.
    log: Log,
}

/// A running server; dropping it ends it.
pub struct Portal {
    // Ended before its folder goes away.
    process: Running,
    installation: Installation,
}

/// What a process has said so far.
pub(crate) type Log = Arc<Mutex<Vec<String>>>;

/// A process that ends with its owner. The test fails then if its log repeats anything that was told in it ([`told`]).
pub(crate) struct Running {
    child: Child,
    log: Log,
    readers: Vec<JoinHandle<()>>,
}

impl Running {
    /// Starts a process and waits until it says that it listens, in a line with this `sign`.
    pub(crate) fn start(mut command: Command, log: &Log, sign: &'static str) -> Self {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        let (listening, readers) = follow(&mut child, log, sign);
        let running = Self {
            child,
            log: Arc::clone(log),
            readers,
        };
        assert!(
            listening.recv_timeout(PATIENCE).is_ok(),
            "the server does not listen: {:?}",
            log.lock().expect("nobody panicked while logging")
        );
        running
    }

    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as a crash does. What it said until then is in its log.
    pub(crate) fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
        if !std::thread::panicking() {
            let log = self.log.lock().map(|log| log.clone()).unwrap_or_default();
            told::assert_not_repeated(&log);
        }
    }
}

impl Installation {
    /// A new folder with a configuration that delivers to a mail server on this port of this machine, under this policy.
    pub fn new(smtp_port: u16, policy: &str) -> Self {
        let mail = format!(
            "[smtp]\nhost = \"127.0.0.1\"\nport = {smtp_port}\ntls = \"none\"\nfrom = \"{SENDER}\"\n"
        );
        Self::with(&mail, policy)
    }

    /// One without a mail server: its mails are shown on its page `/mailbox`.
    pub fn demo() -> Self {
        Self::with("", "profile = \"2026\"")
    }

    fn with(mail: &str, policy: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind(("127.0.0.1", 0))
            .and_then(|it| it.local_addr())
            .expect("a free port")
            .port();
        let config = folder.path().join("clavero.toml");
        let text = format!(
            "listen = \"127.0.0.1:{port}\"\npublic_url = \"http://localhost:{port}\"\ndata_dir = \"data\"\npolicy = \"policy.toml\"\n\
             [institution]\nname = \"Instituto de prueba\"\ncontact = \"02 000 0000\"\nofficial = false\n{mail}"
        );
        fs::write(&config, text).expect("the configuration");
        fs::write(folder.path().join("policy.toml"), policy).expect("the policy");
        Self {
            folder,
            config,
            port,
            log: Log::default(),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The SQLite file, for states that only other features can make.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("data").join("clavero.db")
    }

    /// Runs a command of the binary that must succeed; what it printed.
    pub fn clavero(&self, arguments: &[&str]) -> String {
        let output = self
            .command(arguments)
            .output()
            .expect("the binary is built (`cargo xtask test` builds it)");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        if let Ok(mut log) = self.log.lock() {
            log.extend(told.lines().map(str::to_owned));
        }
        assert!(
            output.status.success(),
            "clavero {arguments:?}: {}\n{text}{told}",
            output.status
        );
        text
    }

    /// Where people reach it.
    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// Adds a line to the configuration that is in no section.
    pub fn set(&self, line: &str) {
        let before = fs::read_to_string(&self.config).expect("the configuration");
        fs::write(&self.config, format!("{line}\n{before}")).expect("the configuration");
    }

    /// Adds a section to the configuration.
    pub fn configure(&self, section: &str) {
        let before = fs::read_to_string(&self.config).expect("the configuration");
        fs::write(&self.config, format!("{before}{section}\n")).expect("the configuration");
    }

    /// Serves, with the hook that moves the clock.
    pub fn serve(self) -> Portal {
        let mut command = self.command(&["serve"]);
        command.env("CLAVERO_TEST_HOOKS", "1");
        let process = Running::start(command, &self.log, LISTENING);
        Portal {
            process,
            installation: self,
        }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command
            .arg("--config")
            .arg(&self.config)
            .args(arguments)
            .env("CLAVERO_LOG", LOUDNESS)
            .current_dir(self.folder.path());
        command
    }
}

impl Portal {
    /// Where people reach it.
    pub fn url(&self, path: &str) -> String {
        self.installation.url(path)
    }

    /// The process of the server.
    pub fn process_id(&self) -> u32 {
        self.process.child.id()
    }

    /// The installation that runs.
    pub fn installation(&self) -> &Installation {
        &self.installation
    }

    /// Ends the server as a crash does, and starts it again. Its clock is the machine's again.
    pub fn restart(&mut self) {
        self.process.end();
        let mut command = self.installation.command(&["serve"]);
        command.env("CLAVERO_TEST_HOOKS", "1");
        self.process = Running::start(command, &self.installation.log, LISTENING);
    }

    /// Moves the server's clock forward.
    pub async fn advance(&self, span: Duration) {
        let body =
            serde_json::json!({ "advance_millis": u64::try_from(span.as_millis()).expect("a short span") });
        let request = reqwest::Client::new()
            .post(self.url("/test-hooks/clock"))
            .json(&body);
        let answer = request
            .header("origin", self.url(""))
            .send()
            .await
            .expect("the hook answers");
        assert!(
            answer.status().is_success(),
            "the clock's hook: {}",
            answer.status()
        );
    }

    /// What Prometheus would read. The configuration has to say `metrics_listen`; the log tells on which port.
    pub async fn measurements(&self) -> String {
        let mut looks = tokio::time::interval(LOOK);
        let said = async {
            loop {
                looks.tick().await;
                let log = self.log();
                if let Some(line) = log.lines().find(|line| line.contains(MEASURING)) {
                    return line.to_owned();
                }
            }
        };
        let line = tokio::time::timeout(PATIENCE, said)
            .await
            .expect("measurements can be read");
        let line: serde_json::Value = serde_json::from_str(&line).expect("the log is JSON");
        let address = line["address"].as_str().expect("an address");
        let answer = reqwest::get(format!("http://{address}/metrics"))
            .await
            .expect("an answer");
        assert!(answer.status().is_success(), "{}", answer.status());
        answer.text().await.expect("text")
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        let log = self.installation.log.lock();
        log.expect("nobody panicked while logging").join("\n")
    }

    /// Writes a line into its log, as if it had said it.
    pub fn plant(&self, line: &str) {
        let log = self.installation.log.lock();
        log.expect("nobody panicked while logging").push(line.to_owned());
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.process.end();
        if std::thread::panicking() {
            #[expect(
                clippy::print_stderr,
                reason = "the log of a failed test belongs to its output"
            )]
            {
                eprintln!("--- the server's log\n{}", self.log());
            }
        }
    }
}

/// Reads what the server says, to its end; tells once when it listens.
fn follow(process: &mut Child, log: &Log, sign: &'static str) -> (Receiver<()>, Vec<JoinHandle<()>>) {
    let (sender, receiver) = channel();
    let streams: [Option<Box<dyn std::io::Read + Send>>; 2] = [
        process.stdout.take().map(|it| Box::new(it) as _),
        process.stderr.take().map(|it| Box::new(it) as _),
    ];
    let read = |stream: Box<dyn std::io::Read + Send>| {
        let (log, sender) = (log.clone(), sender.clone());
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let listens = line.contains(sign);
                if let Ok(mut log) = log.lock() {
                    log.push(line);
                }
                if listens {
                    let _ = sender.send(());
                }
            }
        })
    };
    (receiver, streams.into_iter().flatten().map(read).collect())
}

/// The binary beside the tests' own.
fn binary() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("tmp is in the target folder");
    target.join("debug").join("clavero")
}
