//! The trial of a package: unpacked into an empty folder, its binary is started there and asked for a page.
//!
//! It installs nothing and needs no rights. What only an installation can show (the user, the folders of the system, the service) is not
//! tried here; the unit is read by `systemd-analyze` where that is there.

use crate::machine;
use crate::step::{self, Output, Running};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output as Said, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How long a server on an empty folder may take to listen, and to end.
pub(super) const PATIENCE: Duration = Duration::from_mins(1);
/// The units that are read.
const UNITS: [&str; 3] = ["clavero.service", "clavero-audit.service", "clavero-audit.timer"];
/// Above this, `systemd-analyze security` would see less hardening than there was when the unit was written.
const EXPOSURE: &str = "15";

/// A signed file, in [`signed_files`].
pub(super) const SIGNED_FILE: &str = "signed.pdf";

/// Where signed files are.
pub(super) fn signed_files() -> PathBuf {
    machine::root().join("fuzz").join("corpus").join("file")
}

/// Unpacks the package, reads what is in it, starts the server, asks, and stops it.
pub fn attempt(package: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("root");
    let mut unpack = Command::new("dpkg-deb");
    unpack.arg("--extract").arg(package).arg(&root);
    step::run("Unpacking the package", &mut unpack, Output::Quiet)?;
    let clavero = root.join("usr/bin/clavero");
    read_configuration(&clavero, &root)?;
    read_units(&root)?;
    judge_a_signature(&clavero, folder.path())?;
    serve(&clavero, folder.path())
}

/// The example is one that the binary takes.
fn read_configuration(clavero: &Path, root: &Path) -> Result<()> {
    let mut show = Command::new(clavero);
    show.arg("--config")
        .arg(root.join("etc/clavero/clavero.toml"))
        .args(["policy", "show"]);
    step::run("Reading the example of a configuration", &mut show, Output::Quiet)?;
    Ok(())
}

/// systemd takes the units, and they are as hard as they were.
fn read_units(root: &Path) -> Result<()> {
    let system = Path::new("/usr/lib/systemd/system");
    if machine::on_path("systemd-analyze").is_none() || !system.is_dir() {
        println!("  (no systemd here: its units were not read)");
        return Ok(());
    }
    // The units that ours speak of, from this system.
    let mut copy = Command::new("cp");
    copy.args(["--recursive", "--no-clobber"])
        .arg(system.join("."))
        .arg(root.join("usr/lib/systemd/system"));
    step::run(
        "Copying this system's units beside ours",
        &mut copy,
        Output::Quiet,
    )?;
    let mut verify = Command::new("systemd-analyze");
    verify
        .arg("verify")
        .arg(format!("--root={}", root.display()))
        .args(UNITS);
    let said = step::run("Reading the units", &mut verify, Output::Quiet)?;
    let complaints: Vec<&String> = said.iter().filter(|line| line.contains("clavero")).collect();
    ensure!(
        complaints.is_empty(),
        "systemd does not take our units: {complaints:?}"
    );
    for unit in &UNITS[..2] {
        let mut security = Command::new("systemd-analyze");
        security
            .args(["security", "--no-pager", "--offline=yes", "--threshold", EXPOSURE])
            .arg(root.join("usr/lib/systemd/system").join(unit));
        step::run(
            &format!("Measuring what {unit} leaves open"),
            &mut security,
            Output::Quiet,
        )?;
    }
    Ok(())
}

/// A signed file goes through the child process, with its limits, of the binary as it was built for the package.
fn judge_a_signature(clavero: &Path, folder: &Path) -> Result<()> {
    let config = configuration(folder, "commands")?;
    let mut judge = Command::new(clavero);
    judge
        .arg("--config")
        .arg(config)
        .args(["signature", "verify", "--standalone", "--offline"])
        .arg(signed_files().join(SIGNED_FILE));
    let output = judge.output().context("the packaged binary cannot be started")?;
    expect_verdict(&output)?;
    println!("✓ A child of the packaged binary judged a signed file");
    Ok(())
}

/// There is a verdict. Nothing is trusted here, so the file fails. The log is on the other stream.
pub(super) fn expect_verdict(output: &Said) -> Result<()> {
    ensure!(
        matches!(output.status.code(), Some(0..=2)),
        "no verdict: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let verdict: serde_json::Value =
        serde_json::from_slice(&output.stdout).context("the verdict is no JSON")?;
    ensure!(
        verdict["scope"] == "standalone",
        "the verdict is of something else: {verdict}"
    );
    Ok(())
}

/// On an empty folder, on a free port: the page, the readiness; and it ends when told to.
fn serve(clavero: &Path, folder: &Path) -> Result<()> {
    let config = configuration(folder, "server")?;
    let mut server = Running::start(
        Command::new(clavero)
            .arg("--config")
            .arg(&config)
            .arg("serve")
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped()),
    )?;
    let log = step::lines_of(&mut server.0);
    let address = address(&log)?;
    expect_portal(address)?;
    let ended = Command::new("sh")
        .args(["-c", &format!("kill -TERM {}", server.0.id())])
        .status()?;
    ensure!(ended.success(), "the server cannot be told to stop");
    // The log ends with the process.
    loop {
        match log.recv_timeout(PATIENCE) {
            Ok(_) => {}
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => bail!("the server does not stop"),
        }
    }
    let status = server.0.wait()?;
    ensure!(status.success(), "the server ended with {status}");
    println!("✓ The packaged server served its page from an empty folder, and stopped when told to");
    Ok(())
}

/// The page with the frontend, the readiness, and no hook of the tests.
pub(super) fn expect_portal(address: SocketAddr) -> Result<()> {
    let page = get(address, "/")?;
    ensure!(
        page.starts_with("HTTP/1.1 200 "),
        "the page is not there: {}",
        first_line(&page)
    );
    ensure!(
        page.contains("clavero-web-"),
        "the page does not load the frontend"
    );
    let ready = get(address, "/readyz")?;
    ensure!(
        ready.starts_with("HTTP/1.1 200 "),
        "not ready: {}",
        first_line(&ready)
    );
    let hook = get(address, "/test-hooks/clock")?;
    ensure!(
        hook.starts_with("HTTP/1.1 404 "),
        "a hook of the tests is in the release"
    );
    Ok(())
}

/// A configuration of a folder of its own, which is not there yet.
fn configuration(folder: &Path, name: &str) -> Result<PathBuf> {
    let path = folder.join(format!("{name}.toml"));
    fs::write(
        &path,
        format!("listen = \"127.0.0.1:0\"\npublic_url = \"http://localhost:8080\"\ndata_dir = \"{name}\"\n"),
    )?;
    Ok(path)
}

/// Where the server says that it listens.
pub(super) fn address(log: &Receiver<String>) -> Result<SocketAddr> {
    let mut said = Vec::new();
    while let Ok(line) = log.recv_timeout(PATIENCE) {
        if let Some(address) = listening(&line) {
            return Ok(address);
        }
        said.push(line);
    }
    bail!("the server does not listen: {}", said.join("\n"))
}

/// The address in a line of the log, if it is the line that tells it.
fn listening(line: &str) -> Option<SocketAddr> {
    let event: serde_json::Value = serde_json::from_str(line).ok()?;
    if event["message"] != "listening" {
        return None;
    }
    event["address"].as_str()?.parse().ok()
}

/// The whole answer, head and body.
pub(super) fn get(address: SocketAddr, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_tells_the_address_is_found() {
        let line = r#"{"timestamp":"x","level":"INFO","message":"listening","address":"127.0.0.1:4711"}"#;
        assert_eq!(listening(line), Some("127.0.0.1:4711".parse().unwrap()));
        assert_eq!(
            listening(r#"{"message":"stopped","address":"127.0.0.1:1"}"#),
            None
        );
        assert_eq!(listening("plain"), None);
    }
}
