//! `cargo xtask image`: the image of a container, built from what git tracks, and tried as it is meant to run.
//!
//! Words: the *engine* is podman or docker; the *guards* are the flags that take away what the portal does not need.
//! It asks the engine for everything and reads no answer but its words and the portal's. The base of the build comes from a registry of
//! images, so this needs one that the engine reaches; CI has neither.

use super::place::Place;
use super::trial::{self, PATIENCE};
use crate::machine;
use crate::step::{self, Output, Running};
use anyhow::{Context, Result, ensure};
use clap::Args;
use std::net::SocketAddr;
use std::process::{Command, Output as Said, Stdio};

/// What is tried, and with what.
#[derive(Args)]
pub struct Options {
    /// podman or docker; without it the one that is there.
    #[arg(long, value_name = "PROGRAM")]
    engine: Option<String>,
    /// Build nothing, and only try this image.
    #[arg(long, value_name = "IMAGE")]
    trial: Option<String>,
}

/// What the image is called when it was built here.
const TAG: &str = "clavero";
/// Who it runs as.
const USER: &str = "65532:65532";
/// How it is meant to run: nothing can be written but the volume and a small `/tmp`, and nothing more be had than it started with.
const GUARDS: [&str; 7] = [
    "--read-only",
    "--tmpfs",
    "/tmp:mode=1777,size=64m",
    "--cap-drop",
    "ALL",
    "--security-opt",
    "no-new-privileges",
];
/// How the image calls the portal.
const CLAVERO: [&str; 3] = ["/usr/bin/clavero", "--config", "/etc/clavero/clavero.toml"];

/// Builds the image and tries it.
pub fn image(options: &Options) -> Result<()> {
    let engine = Engine::found(options.engine.as_deref())?;
    let image = if let Some(image) = &options.trial {
        image.as_str()
    } else {
        engine.build()?;
        TAG
    };
    engine.judge_a_signature(image)?;
    engine.serve(image)
}

/// The program that builds and runs images.
struct Engine(String);

impl Engine {
    fn found(wanted: Option<&str>) -> Result<Self> {
        let name = wanted
            .or_else(|| {
                ["podman", "docker"]
                    .into_iter()
                    .find(|name| machine::on_path(name).is_some())
            })
            .context("an image needs podman or docker, and neither is here")?;
        Ok(Self(name.to_owned()))
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.0);
        command.args(words);
        command
    }

    /// What the engine answers, without the end of the line.
    fn ask(&self, words: &[&str]) -> Result<String> {
        let said = self
            .command(words)
            .output()
            .with_context(|| format!("cannot start {}", self.0))?;
        ensure!(
            said.status.success(),
            "{} {}: {}",
            self.0,
            words.join(" "),
            String::from_utf8_lossy(&said.stderr).trim()
        );
        Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
    }

    fn build(&self) -> Result<()> {
        let place = Place::filled("image")?;
        let mut build = self.command(&["build"]);
        // podman's own format of images has no health check.
        if self.0.ends_with("podman") {
            build.args(["--format", "docker"]);
        }
        build
            .args(["--file", "packaging/container/Containerfile", "--tag", TAG, "."])
            .current_dir(&place.sources);
        step::run(
            "Building the image (half an hour the first time)",
            &mut build,
            Output::Quiet,
        )?;
        Ok(())
    }

    /// A signed file goes through the child process, under the guards.
    fn judge_a_signature(&self, image: &str) -> Result<()> {
        let files = format!("{}:/files:ro", trial::signed_files().display());
        let file = format!("/files/{}", trial::SIGNED_FILE);
        let said: Said = self
            .command(&["run", "--rm"])
            .args(GUARDS)
            .args(["--volume", &files, image])
            .args(["signature", "verify", "--standalone", "--offline", &file])
            .output()?;
        trial::expect_verdict(&said)?;
        println!("✓ A child in the container judged a signed file");
        Ok(())
    }

    /// As it stands, under the guards: the page, the readiness, the health check; and it ends when told to.
    fn serve(&self, image: &str) -> Result<()> {
        let mut words = vec!["run", "--detach"];
        words.extend(GUARDS);
        words.extend(["--publish", "127.0.0.1::8080", image]);
        let container = Container {
            engine: self,
            id: self.ask(&words)?,
        };
        container.wait()?;
        let published = self.ask(&["port", &container.id, "8080"])?;
        let address: SocketAddr = published
            .lines()
            .next()
            .unwrap_or_default()
            .parse()
            .with_context(|| format!("not an address: {published}"))?;

        trial::expect_portal(address)?;
        let user = container.read("{{.Config.User}}")?;
        ensure!(user == USER, "it runs as {user} and not as {USER}");
        let check = container.read("{{json .Config.Healthcheck}}")?;
        ensure!(check.contains("health"), "the image has no health check: {check}");
        let mut health = vec!["exec", &container.id];
        health.extend(CLAVERO);
        health.push("health");
        self.ask(&health)?;
        self.ask(&["stop", "--time", &PATIENCE.as_secs().to_string(), &container.id])?;
        let code = container.read("{{.State.ExitCode}}")?;
        ensure!(code == "0", "it ended with {code}: {}", container.log());
        println!(
            "✓ The container served its page with a read-only root, was healthy, and stopped when told to"
        );
        Ok(())
    }
}

/// A container that goes away with its volume.
struct Container<'engine> {
    engine: &'engine Engine,
    id: String,
}

impl Container<'_> {
    /// One of the facts that the engine knows.
    fn read(&self, format: &str) -> Result<String> {
        self.engine.ask(&["inspect", "--format", format, &self.id])
    }

    fn log(&self) -> String {
        self.engine
            .command(&["logs", &self.id])
            .output()
            .map(|said| [said.stdout, said.stderr].concat())
            .map_or_else(
                |error| error.to_string(),
                |log| String::from_utf8_lossy(&log).into_owned(),
            )
    }

    /// Until it says that it listens.
    fn wait(&self) -> Result<()> {
        let mut log = Running::start(
            self.engine
                .command(&["logs", "--follow", &self.id])
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped()),
        )?;
        trial::address(&step::lines_of(&mut log.0))?;
        Ok(())
    }
}

impl Drop for Container<'_> {
    fn drop(&mut self) {
        let _ = self.engine.ask(&["rm", "--force", "--volumes", &self.id]);
    }
}
