//! `cargo xtask run`: from a clone to a page in a browser, with demo data; seconds when everything is built.

use crate::machine;
use crate::step::{self, Output, Running};
use crate::tools::{self, Tools};
use crate::{tree, web};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// How it is served.
#[derive(Args)]
pub struct Options {
    /// Rebuild and reload on every change (`trunk serve` in front of the server).
    #[arg(long)]
    dev: bool,
    /// The port to open in the browser; `--dev` takes the next one too.
    #[arg(long, default_value_t = 8080)]
    port: u16,
}

/// What the server is made of; with `--dev` a change here builds it anew.
const SERVER: [&str; 5] = [
    "server/src",
    "server/migrations",
    "server/templates",
    "shared/src",
    "locales",
];
/// How often `--dev` looks for changes.
const LOOK: Duration = Duration::from_secs(1);

/// Builds, loads the demo and serves; returns only when the server ends.
pub fn run(options: &Options) -> Result<()> {
    free(options.port)?;
    if options.dev {
        return develop(options.port);
    }
    web::build()?;
    build_server()?;
    let demo = Demo::ready(options.port, options.port)?;
    demo.invite(options.port)?;
    // The server takes this process's place, so that signals reach it and its exit is ours.
    Err(demo.clavero(&["serve"]).exec()).context("cannot start the server")
}

/// Two servers: trunk's on the port, with the page; ours on the next one, behind trunk's proxy.
fn develop(port: u16) -> Result<()> {
    let behind = port
        .checked_add(1)
        .context("--dev needs the port after this one")?;
    free(behind)?;
    let tools = tools::for_the_frontend()?;
    build_server()?;
    let demo = Demo::ready(behind, port)?;
    let mut server = Running::start(&mut demo.clavero(&["serve"]))?;
    let mut page = Running::start(&mut trunk_serve(&tools, port, behind)?)?;
    demo.invite(port)?;
    println!(
        "The page reloads by itself; the server is built anew when its sources change. Ctrl-C ends both."
    );
    let (_keep, never): (Sender<()>, Receiver<()>) = channel();
    let mut seen = tree::fingerprint(machine::root(), &SERVER)?;
    loop {
        // A wait that nothing ends early: the channel's other end is ours and silent.
        let _ = never.recv_timeout(LOOK);
        if let Some(status) = page.0.try_wait()? {
            bail!("trunk serve has ended: {status}");
        }
        let now = tree::fingerprint(machine::root(), &SERVER)?;
        if now == seen {
            continue;
        }
        seen = now;
        match build_server() {
            Ok(()) => {
                drop(server);
                server = Running::start(&mut demo.clavero(&["serve"]))?;
            }
            Err(error) => println!("The old server goes on: {error}"),
        }
    }
}

/// `trunk serve` with the project's Trunk.toml, on other ports: the page and the server then share one origin.
fn trunk_serve(tools: &Tools, port: u16, behind: u16) -> Result<Command> {
    let text = fs::read_to_string(machine::root().join("Trunk.toml"))?;
    // Beside the original, because trunk runs hooks and finds paths from the folder of its configuration.
    let config = machine::root().join("Trunk.dev.toml");
    fs::write(&config, trunk_configuration(&text, port, behind)?)?;
    let mut command = tools.command("trunk");
    command
        .arg("--config")
        .arg(config)
        .args(["serve", "--offline=true", "--skip-version-check"])
        .env("CARGO_TARGET_DIR", machine::root().join(web::TARGET))
        .current_dir(machine::root());
    Ok(command)
}

/// The project's Trunk.toml with other ports, another folder for its result, and the origin left as it is.
fn trunk_configuration(text: &str, port: u16, behind: u16) -> Result<String> {
    let mut config: toml::Table = text.parse().context("Trunk.toml")?;
    let mut set = |table: &str, key: &str, value: toml::Value| {
        if let Some(table) = config.get_mut(table).and_then(toml::Value::as_table_mut) {
            table.insert(key.to_owned(), value);
        }
    };
    set("build", "dist", format!("{}/dev-dist", web::TARGET).into());
    set("serve", "port", i64::from(port).into());
    for proxy in config
        .get_mut("proxy")
        .and_then(toml::Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let Some(proxy) = proxy.as_table_mut() else {
            continue;
        };
        proxy.remove("request_headers");
        if let Some(toml::Value::String(backend)) = proxy.get_mut("backend") {
            *backend = backend.replace(":8080", &format!(":{behind}"));
        }
    }
    Ok(toml::to_string(&config)?)
}

fn build_server() -> Result<()> {
    let mut cargo = Command::new("cargo");
    // Only the server: with the tests it would be built with what their browser driver switches on in reqwest.
    cargo.args(["build", "--package", "server", "--bins"]);
    step::run(
        "Building the server (several minutes the first time)",
        &mut cargo,
        Output::Quiet,
    )?;
    Ok(())
}

fn free(port: u16) -> Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .with_context(|| format!("port {port} is taken; choose another one with --port"))
}

/// Which people the demo has. Goes up when there are more: a database of before is loaded again, which changes nothing else.
const POPULATION: &str = "2: centres and staff";

/// The demo's folder: its configuration and its database.
struct Demo {
    config: PathBuf,
}

impl Demo {
    /// Writes the configuration; and the population on the first start, and when there are others than a database of before has.
    fn ready(listen: u16, public: u16) -> Result<Self> {
        let folder = machine::root().join(".clavero");
        fs::create_dir_all(&folder)?;
        let demo = Self {
            config: folder.join("run.toml"),
        };
        fs::write(&demo.config, configuration(&folder, listen, public))?;
        let stamp = folder.join("population");
        let loaded = fs::read_to_string(&stamp).unwrap_or_default();
        if loaded != POPULATION || !folder.join("clavero.db").is_file() {
            step::run(
                "Making the demo's employers and people",
                &mut demo.clavero(&["demo"]),
                Output::Quiet,
            )?;
            fs::write(&stamp, POPULATION)?;
        }
        Ok(demo)
    }

    fn clavero(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(machine::root().join("target/debug/clavero"));
        command
            .arg("--config")
            .arg(&self.config)
            .args(arguments)
            .current_dir(machine::root());
        command
    }

    /// Says where to go and what to type there.
    fn invite(&self, port: u16) -> Result<()> {
        let people = self
            .clavero(&["demo", "--show"])
            .output()
            .context("cannot start the server's binary")?;
        ensure!(
            people.status.success(),
            "clavero demo --show: {}",
            String::from_utf8_lossy(&people.stderr)
        );
        println!("\n{}\n", String::from_utf8_lossy(&people.stdout));
        println!("Open  http://localhost:{port}          the portal");
        println!("      http://localhost:{port}/personal the staff's desk");
        println!("      http://localhost:{port}/mailbox  the mails and text messages that it would send");
        println!("      http://localhost:{port}/api/v1/openapi.json");
        println!("Nobody has a password yet: recover one, then sign in at http://localhost:{port}/ingresar.");
        println!("A second recovery of the same employer asks for more than the link.");
        println!("Where a line above says `clavero`: target/debug/clavero --config .clavero/run.toml\n");
        Ok(())
    }
}

fn configuration(folder: &Path, listen: u16, public: u16) -> String {
    format!(
        "# Written by `cargo xtask run`, anew at every start.\n\
         listen = \"127.0.0.1:{listen}\"\npublic_url = \"http://localhost:{public}\"\ndata_dir = {}\n",
        toml::Value::from(folder.display().to_string()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trunk_is_told_other_ports() {
        let text = "[build]\ntarget = \"index.html\"\n[serve]\nport = 8081\n\
                    [[proxy]]\nbackend = \"http://localhost:8080/api\"\nrequest_headers = { Origin = \"x\" }\n";
        let config: toml::Table = trunk_configuration(text, 9000, 9001).unwrap().parse().unwrap();
        assert_eq!(config["build"]["target"].as_str(), Some("index.html"));
        assert_eq!(config["build"]["dist"].as_str(), Some("target/web/dev-dist"));
        assert_eq!(config["serve"]["port"].as_integer(), Some(9000));
        assert_eq!(
            config["proxy"][0]["backend"].as_str(),
            Some("http://localhost:9001/api")
        );
        assert!(config["proxy"][0].get("request_headers").is_none());
    }

    #[test]
    fn the_configuration_is_toml_whatever_the_folder_is_called() {
        let text = configuration(Path::new("/a \"b\"/c"), 8081, 8080);
        let config: toml::Table = text.parse().unwrap();
        assert_eq!(config["data_dir"].as_str(), Some("/a \"b\"/c"));
        assert_eq!(config["public_url"].as_str(), Some("http://localhost:8080"));
    }
}
