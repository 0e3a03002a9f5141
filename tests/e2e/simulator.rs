//! The registries as another process: `clavero registry-sim`, asked over real sockets.

use crate::portal::{Installation, Log, Running};
use crate::scene::Scene;
use serde_json::{Value, json};

/// The sections of the configuration.
pub const SOURCES: [&str; 4] = ["civil_registry", "sri", "superintendencia", "iess"];

/// What its address begins with, which it prints when it can be reached.
const SCHEME: &str = "http://";

/// A simulator of all registries; dropping it ends it.
pub struct Simulator {
    process: Running,
    /// `http://127.0.0.1:…`
    address: String,
}

/// How the portal asks the simulator, and how this answers at first.
#[derive(Clone, Copy, Default)]
pub struct Setting<'a> {
    /// A line of the configuration that is in no section.
    pub line: &'a str,
    /// What stands in the section of each source.
    pub lines: &'a str,
    /// Planned on the command line: `--fault`.
    pub faults: &'a [&'a str],
}

impl Simulator {
    /// A scene whose portal asks a simulator for everything. `lines` stand in the section of each source.
    pub async fn scene(lines: &str) -> (Scene, Self) {
        let setting = Setting {
            lines,
            ..Setting::default()
        };
        Self::in_setting(setting).await
    }

    /// The same in another setting.
    pub async fn in_setting(Setting { line, lines, faults }: Setting<'_>) -> (Scene, Self) {
        let mut simulator = None;
        let scene = Scene::with("profile = \"2026\"", |installation| {
            let one = Self::start(installation, "127.0.0.1:0", faults);
            installation.set(line);
            for source in SOURCES {
                installation.configure(&format!(
                    "[registries.{source}]\nsource = \"http\"\nurl = \"{}\"\nretries = 0\n{lines}",
                    one.address
                ));
            }
            simulator = Some(one);
        })
        .await;
        (scene, simulator.expect("it was started"))
    }

    fn start(installation: &Installation, listen: &str, faults: &[&str]) -> Self {
        let log = Log::default();
        let mut command = installation.command(&["registry-sim", "--listen", listen]);
        for fault in faults {
            command.args(["--fault", fault]);
        }
        let process = Running::start(command, &log, SCHEME);
        let said = log.lock().expect("nobody panicked while logging");
        let address = said.iter().find(|line| line.starts_with(SCHEME));
        Self {
            address: address.expect("it says its address").clone(),
            process,
        }
    }

    /// Dies as a registry does: whoever asks is refused.
    pub fn die(&mut self) {
        self.process.end();
    }

    /// Comes back where it was.
    pub fn come_back(&mut self, installation: &Installation) {
        let listen = self.address.trim_start_matches(SCHEME).to_owned();
        *self = Self::start(installation, &listen, &[]);
    }

    /// Plans a fault of one registry; `none` ends it.
    pub async fn plan(&self, registry: &str, fault: &str) {
        let request = reqwest::Client::new()
            .post(format!("{}/control", self.address))
            .json(&json!({ registry: fault }));
        let answer = request.send().await.expect("it answers");
        assert!(
            answer.status().is_success(),
            "{registry}={fault}: {}",
            answer.status()
        );
    }

    /// How often each registry was asked.
    pub async fn requests(&self) -> [u64; 4] {
        let answer = reqwest::get(format!("{}/control", self.address))
            .await
            .expect("it answers");
        let told: Value = answer.json().await.expect("JSON");
        SOURCES.map(|source| told[source]["requests"].as_u64().expect("a count"))
    }
}
