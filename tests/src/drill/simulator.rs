//! The official registries of a drill: `clavero registry-sim`, told to fail while it runs.

use super::cluster::{Cluster, Process, free_port};
use super::dice::Dice;
use anyhow::ensure;
use serde_json::json;

/// The registries by the names of the configuration.
pub const SOURCES: [&str; 4] = ["civil_registry", "sri", "superintendencia", "iess"];

/// What may be the matter with one, for so many requests, and `none`.
const FAULTS: [&str; 6] = ["none", "none", "500*4", "reset*4", "malformed*4", "delay:1500*4"];

/// A running simulator; dropping it ends it.
#[derive(Debug)]
pub struct Simulator {
    address: String,
    _process: Process,
}

impl Simulator {
    /// A free address for it, which the configuration of the nodes has to name before it runs.
    pub fn address() -> anyhow::Result<String> {
        Ok(format!("127.0.0.1:{}", free_port()?))
    }

    /// Starts it on the records of a cluster's database.
    pub async fn start(cluster: &Cluster, address: String) -> anyhow::Result<Self> {
        let process = cluster.spawn(0, &["registry-sim", "--listen", &address], "registry-sim")?;
        let started = Self {
            address,
            _process: process,
        };
        super::cluster::answers(&format!("http://{}/control", started.address)).await?;
        Ok(started)
    }

    /// Lets each registry have a fault, or none, as is drawn.
    pub async fn upset(&self, dice: &mut Dice) -> anyhow::Result<()> {
        let faults = SOURCES.map(|source| (source, *dice.pick(&FAULTS)));
        self.plan(&faults).await
    }

    /// Ends every fault.
    pub async fn heal(&self) -> anyhow::Result<()> {
        self.plan(&SOURCES.map(|source| (source, "none"))).await
    }

    async fn plan(&self, faults: &[(&str, &str)]) -> anyhow::Result<()> {
        let mut body = serde_json::Map::new();
        for (source, fault) in faults {
            body.insert((*source).to_owned(), json!(fault));
        }
        let answer = reqwest::Client::new()
            .post(format!("http://{}/control", self.address))
            .json(&body)
            .send()
            .await?;
        ensure!(
            answer.status().is_success(),
            "the simulator refuses a fault: {}",
            answer.status()
        );
        Ok(())
    }
}
