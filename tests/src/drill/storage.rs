//! The database of a drill, which can be made to fail as machines do.

use crate::{Database, Engine};
use anyhow::{Context, ensure};
use sqlx::{Connection, PgConnection};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// How often it is looked whether it is back, and how long that may take.
const LOOK: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_mins(1);

/// A database of its own.
#[derive(Debug)]
pub struct Storage {
    database: Database,
    postmaster: Option<PathBuf>,
}

impl Storage {
    /// A new one. `postmaster` is PostgreSQL's file with the id of its process, where somebody starts it again when it ends.
    pub async fn create(engine: Engine, postmaster: Option<PathBuf>) -> Self {
        Self {
            database: Database::create(engine).await,
            postmaster,
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        self.database.url()
    }

    /// Ends the database server at once, as a crash does: what it had committed is in its log, and nothing else. Returns when it answers
    /// again.
    pub async fn restart(&self) -> anyhow::Result<()> {
        let file = self
            .postmaster
            .as_ref()
            .context("there is no server to restart")?;
        let text = fs::read_to_string(file).context("the server's process is not known")?;
        let id = text.lines().next().context("the server's process is not known")?;
        // Its immediate shutdown.
        let told = Command::new("kill").args(["-QUIT", id]).status()?;
        ensure!(told.success(), "the server cannot be ended");
        let mut looks = tokio::time::interval(LOOK);
        // It is back when another process answers, not the one that ends.
        let back = async {
            loop {
                looks.tick().await;
                let other = fs::read_to_string(file).is_ok_and(|text| text.lines().next() != Some(id));
                if other && let Ok(connection) = PgConnection::connect(self.url()).await {
                    let _closed = connection.close().await;
                    return;
                }
            }
        };
        tokio::time::timeout(PATIENCE, back)
            .await
            .context("the database does not come back")
    }
}
