//! Real nodes: processes of `clavero serve` on one database, each with a configuration of its own.

use anyhow::{Context, bail, ensure};
use server::clock::Stopwatch;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often it is looked whether somebody answers, and how long that may take.
const LOOK: Duration = Duration::from_millis(25);
const PATIENCE: Duration = Duration::from_mins(1);
/// How long one such look may take.
const GLANCE: Duration = Duration::from_secs(3);

/// Where a debug build lets its clock be moved. A release build has no such address.
const CLOCK_HOOK: &str = "/test-hooks/clock";

/// Where ports are looked for: below those that the system gives to outgoing connections, or one of these would take a node's
/// port while the node is down.
const PORTS: std::ops::Range<u16> = 15_000..30_000;

/// How nodes are set up.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// The binary.
    pub binary: &'a Path,
    /// Where configurations, logs and the shared data are written.
    pub folder: &'a Path,
    /// How many nodes.
    pub nodes: usize,
    /// The database's address.
    pub database: &'a str,
    /// The port of the mail server on this machine.
    pub smtp_port: u16,
    /// The policy's file.
    pub policy: &'a str,
    /// The address of a simulator of the registries; without one, the imported records are asked.
    pub registries: Option<&'a str>,
}

/// Nodes of one portal. Dropping it ends them.
#[derive(Debug)]
pub struct Cluster {
    binary: PathBuf,
    folder: PathBuf,
    nodes: Vec<Node>,
    gate: tokio::sync::Mutex<()>,
}

/// One node, which runs or not.
#[derive(Debug)]
struct Node {
    port: u16,
    process: Mutex<Option<Process>>,
}

/// A process that ends with its owner.
#[derive(Debug)]
pub struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Process {
    /// Its number.
    pub fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Cluster {
    /// Writes the configurations. Nothing runs yet.
    pub fn lay_out(layout: Layout<'_>) -> anyhow::Result<Self> {
        let mut nodes = Vec::new();
        for _ in 0..layout.nodes {
            nodes.push(Node {
                port: free_port()?,
                process: Mutex::new(None),
            });
        }
        let cluster = Self {
            binary: layout.binary.to_owned(),
            folder: layout.folder.to_owned(),
            nodes,
            gate: tokio::sync::Mutex::default(),
        };
        fs::write(layout.folder.join("policy.toml"), layout.policy)?;
        for (number, node) in cluster.nodes.iter().enumerate() {
            fs::write(cluster.config(number), cluster.configuration(&layout, node.port)?)?;
        }
        Ok(cluster)
    }

    /// Where its nodes listen.
    pub fn addresses(&self) -> Vec<String> {
        let address = |node: &Node| format!("http://127.0.0.1:{}", node.port);
        self.nodes.iter().map(address).collect()
    }

    /// The origin of its pages: the same whichever node sends them.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.nodes[0].port)
    }

    /// How many nodes there are.
    pub fn size(&self) -> usize {
        self.nodes.len()
    }

    /// Runs a command of the binary to its end; what it printed.
    pub fn clavero(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let output = self
            .command(0, arguments)
            .output()
            .context("cannot start clavero")?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        ensure!(
            output.status.success(),
            "clavero {arguments:?}: {}\n{text}{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(text)
    }

    /// No node starts as long as what is returned is held.
    pub async fn hold(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.gate.lock().await
    }

    /// Starts a node, again and again as a supervisor does, until it is ready.
    pub async fn start(&self, number: usize) -> anyhow::Result<()> {
        let watch = Stopwatch::start();
        let mut looks = tokio::time::interval(LOOK);
        while watch.elapsed() < PATIENCE {
            looks.tick().await;
            {
                let _one_at_a_time = self.hold().await;
                if !self.is_running(number) {
                    let process = self.spawn(number, &["serve"], &format!("node-{number}"))?;
                    *lock(&self.nodes[number].process) = Some(process);
                }
            }
            if is_ready(&format!("http://127.0.0.1:{}/readyz", self.nodes[number].port)).await {
                return Ok(());
            }
        }
        bail!(
            "node {number} is not ready; its log: {}",
            self.folder.join(format!("node-{number}.log")).display()
        )
    }

    /// Starts all of them.
    pub async fn start_all(&self) -> anyhow::Result<()> {
        for number in 0..self.size() {
            self.start(number).await?;
        }
        Ok(())
    }

    /// Ends a node at once, by SIGKILL, if it runs.
    pub fn kill(&self, number: usize) {
        // Ended by its drop.
        let _ended = lock(&self.nodes[number].process).take();
    }

    /// Whether a node's process lives.
    pub fn is_running(&self, number: usize) -> bool {
        let mut process = lock(&self.nodes[number].process);
        let lives = process
            .as_mut()
            .is_some_and(|process| matches!(process.0.try_wait(), Ok(None)));
        if !lives {
            *process = None;
        }
        lives
    }

    /// A node's process, if it runs.
    pub fn process(&self, number: usize) -> Option<u32> {
        lock(&self.nodes[number].process).as_ref().map(Process::id)
    }

    /// What a node's process holds in memory: now, and at most so far. In bytes.
    pub fn memory(&self, number: usize) -> Option<(u64, u64)> {
        let id = self.process(number)?;
        let status = fs::read_to_string(Path::new("/proc").join(id.to_string()).join("status")).ok()?;
        let of = |name: &str| -> Option<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
            Some(kilobytes * 1024)
        };
        Some((of("VmRSS:")?, of("VmHWM:")?))
    }

    /// Moves the clock of every node forward.
    pub async fn advance(&self, span: Duration) -> anyhow::Result<()> {
        let body = serde_json::json!({ "advance_millis": u64::try_from(span.as_millis())? });
        for address in self.addresses() {
            let answer = reqwest::Client::new()
                .post(format!("{address}{CLOCK_HOOK}"))
                .header("origin", self.origin())
                .json(&body)
                .send()
                .await?;
            ensure!(
                answer.status().is_success(),
                "the clock's hook: {}",
                answer.status()
            );
        }
        Ok(())
    }

    /// What every node has logged.
    pub fn log(&self) -> String {
        let mut text = String::new();
        for number in 0..self.size() {
            let log = fs::read(self.folder.join(format!("node-{number}.log"))).unwrap_or_default();
            text.push_str(&String::from_utf8_lossy(&log));
        }
        text
    }

    /// Starts a command in the background, with a log of this name.
    pub(super) fn spawn(&self, number: usize, arguments: &[&str], name: &str) -> anyhow::Result<Process> {
        let log = self.log_file(name)?;
        let mut command = self.command(number, arguments);
        command
            .env("CLAVERO_TEST_HOOKS", "1")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        Ok(Process(command.spawn().context("cannot start clavero")?))
    }

    fn log_file(&self, name: &str) -> anyhow::Result<File> {
        let path = self.folder.join(format!("{name}.log"));
        Ok(OpenOptions::new().create(true).append(true).open(path)?)
    }

    fn command(&self, number: usize, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .arg("--config")
            .arg(self.config(number))
            .args(arguments)
            .env_remove("CLAVERO_LOG")
            .current_dir(&self.folder);
        command
    }

    fn config(&self, number: usize) -> PathBuf {
        self.folder.join(format!("node-{number}.toml"))
    }

    fn configuration(&self, layout: &Layout<'_>, port: u16) -> anyhow::Result<String> {
        let mut text = String::new();
        writeln!(text, "listen = \"127.0.0.1:{port}\"")?;
        writeln!(text, "public_url = \"{}\"", self.origin())?;
        writeln!(text, "database = \"{}\"", layout.database)?;
        writeln!(text, "data_dir = \"data\"\npolicy = \"policy.toml\"")?;
        writeln!(text, "trusted_proxies = [\"127.0.0.1\"]")?;
        writeln!(
            text,
            "[institution]\nname = \"Instituto de prueba\"\ncontact = \"02 000 0000\"\nofficial = false"
        )?;
        writeln!(
            text,
            "[smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\nfrom = \"clavero@instituto.example\"",
            layout.smtp_port
        )?;
        for source in super::simulator::SOURCES {
            if let Some(address) = layout.registries {
                writeln!(
                    text,
                    "[registries.{source}]\nsource = \"http\"\nurl = \"http://{address}\"\nretries = 0\nbreaker_seconds = 3"
                )?;
            }
        }
        Ok(text)
    }
}

/// A free port of this machine that no outgoing connection takes.
pub(super) fn free_port() -> anyhow::Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let many = PORTS.end - PORTS.start;
    // Two drills at once begin at different places.
    let begin = u16::try_from(std::process::id() % u32::from(many))?;
    for _ in 0..many {
        let offset = (u32::from(begin) + u32::from(NEXT.fetch_add(1, Ordering::Relaxed))) % u32::from(many);
        let port = PORTS.start + u16::try_from(offset)?;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no port of this machine is free")
}

/// Waits until an address answers with success.
pub(super) async fn answers(url: &str) -> anyhow::Result<()> {
    let watch = Stopwatch::start();
    let mut looks = tokio::time::interval(LOOK);
    while watch.elapsed() < PATIENCE {
        looks.tick().await;
        if is_ready(url).await {
            return Ok(());
        }
    }
    bail!("{url} does not answer")
}

async fn is_ready(url: &str) -> bool {
    let asked = reqwest::Client::new().get(url).timeout(GLANCE).send().await;
    asked.is_ok_and(|answer| answer.status().is_success())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
