//! A portal with demo data in a folder of its own, for what measures it and for what asks it things.

use crate::machine::Watch;
use crate::step::{self, Output, Running};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A portal; its folder goes with it.
pub struct Portal {
    binary: PathBuf,
    folder: TempDir,
    address: SocketAddr,
}

/// An answer to a request.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// The cookies that it sets, each as it is sent back.
    pub cookies: Vec<String>,
}

impl Portal {
    /// A portal of a binary, on a free port, with an empty folder.
    pub fn new(binary: PathBuf) -> Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let portal = Self {
            binary,
            folder: tempfile::tempdir()?,
            address,
        };
        portal.configure("")?;
        Ok(portal)
    }

    /// Writes its configuration, with further lines of it.
    pub fn configure(&self, further: &str) -> Result<()> {
        let text = format!(
            "listen = \"{}\"\npublic_url = \"{}\"\ndata_dir = \"data\"\n{further}",
            self.address,
            self.origin()
        );
        Ok(fs::write(self.config(), text)?)
    }

    /// Writes a file beside its configuration.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        Ok(fs::write(self.folder.path().join(name), text)?)
    }

    /// Where its pages are.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// A command of the portal.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--config").arg(self.config()).args(arguments);
        command
    }

    /// Runs a command of the portal to its end; its lines.
    pub fn run(&self, title: &str, arguments: &[&str]) -> Result<Vec<String>> {
        step::run(title, &mut self.command(arguments), Output::Quiet)
    }

    /// Serves until the end of what is returned; how long it took to answer a page with 200.
    pub fn serve(&self) -> Result<(Running, Duration)> {
        let watch = Watch::start();
        let mut serve = self.command(&["serve"]);
        let mut server = Running::start(serve.stdout(Stdio::null()).stderr(Stdio::null()))?;
        while watch.elapsed() < PATIENCE {
            if let Some(status) = server.0.try_wait()? {
                bail!("the server has ended: {status}");
            }
            if self
                .get("/api/v1/settings")
                .is_ok_and(|answer| answer.status == 200)
            {
                return Ok((server, watch.elapsed()));
            }
        }
        bail!("no answer in {} s", PATIENCE.as_secs())
    }

    /// Asks for something.
    pub fn get(&self, path: &str) -> Result<Answer> {
        self.ask(&format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
        ))
    }

    /// Sends something, as a page of its own would.
    pub fn post(&self, path: &str, body: &Value, cookies: &[String]) -> Result<Answer> {
        let (body, origin, cookies) = (body.to_string(), self.origin(), cookies.join("; "));
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\norigin: {origin}\r\ncookie: {cookies}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        ))
    }

    fn ask(&self, request: &str) -> Result<Answer> {
        let mut stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (head, _) = answer
            .split_once("\r\n\r\n")
            .context("an answer without an end")?;
        let status = head
            .split_whitespace()
            .nth(1)
            .context("an answer without a status")?;
        let cookies = head.lines().filter_map(|line| {
            let (name, value) = line.split_once(": ")?;
            let cookie = value.split(';').next()?;
            name.eq_ignore_ascii_case("set-cookie").then(|| cookie.to_owned())
        });
        Ok(Answer {
            status: status.parse()?,
            cookies: cookies.collect(),
        })
    }

    /// Signs in one of the demo's staff; the cookies of the session.
    pub fn sign_in(&self, member: &Member) -> Result<Vec<String>> {
        let code = self
            .run("Reading the code", &["demo", "--codes"])?
            .iter()
            .find_map(|line| {
                let (email, code) = line.trim().split_once(char::is_whitespace)?;
                (email == member.email).then(|| code.trim().to_owned())
            })
            .with_context(|| format!("{} has no code", member.email))?;
        let password = serde_json::json!({ "email": member.email, "password": member.password });
        let begun = self.post("/api/v1/staff/sign-in", &password, &[])?;
        ensure!(
            begun.status == 200,
            "the password of {} does not hold",
            member.email
        );
        let code = serde_json::json!({ "code": code });
        let done = self.post("/api/v1/staff/sign-in/code", &code, &begun.cookies)?;
        ensure!(done.status == 200, "the code of {} does not hold", member.email);
        Ok(if done.cookies.is_empty() {
            begun.cookies
        } else {
            done.cookies
        })
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("clavero.toml")
    }
}

/// Somebody of the demo's staff.
#[derive(Clone, Debug)]
pub struct Member {
    /// What they do.
    pub role: String,
    /// Their address.
    pub email: String,
    password: String,
}

impl Member {
    /// All of them, from what `clavero demo` prints: role and address in a line, the password in the next.
    pub fn all(lines: &[String]) -> Vec<Self> {
        let told = |line: &str| -> Option<(String, String)> {
            let (term, said) = line.trim().split_once("  ")?;
            Some((term.to_owned(), said.trim().to_owned()))
        };
        lines
            .windows(2)
            .filter_map(|pair| {
                let (role, email) = told(&pair[0])?;
                let (term, password) = told(&pair[1])?;
                (term == "Password" && email.contains('@')).then_some(Self {
                    role,
                    email,
                    password,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Member;

    #[test]
    fn the_staff_is_read_from_what_the_demo_prints() {
        let lines = [
            "The desk, at /personal - the code is an authenticator app's, or: clavero demo --codes",
            "    Agent                       agente@clavero.example",
            "    Password                    t33t-wawx-4ha0-s38t-35dh",
            "    Secret of the codes         LT2FQ2ZUF2VIAMKXP6DKT3QMA6T4HBU4",
            "    Auditor                     auditor@clavero.example",
            "    Password                    hdcw-dbcc-pxh9-a5fy-m4rc",
        ]
        .map(str::to_owned);
        let all = Member::all(&lines);
        let said: Vec<_> = all
            .iter()
            .map(|one| (one.role.as_str(), one.email.as_str(), one.password.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("Agent", "agente@clavero.example", "t33t-wawx-4ha0-s38t-35dh"),
                ("Auditor", "auditor@clavero.example", "hdcw-dbcc-pxh9-a5fy-m4rc"),
            ]
        );
    }
}
