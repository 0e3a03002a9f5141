//! A database as a file, and a file as a database: SQLite by itself, PostgreSQL by the programmes that come with it.

use crate::store::{Store, machine};
use anyhow::Context;
use percent_encoding::percent_decode_str;
use reqwest::Url;
use std::path::Path;
use std::process::Stdio;
use tokio::process::Command;

/// SQLite copies the database as it stands at one instant, while others write.
const COPY: &str = "VACUUM INTO $1";

/// Copies the database into a new file, as it stands at one instant.
pub(super) async fn copy(store: &Store, address: &str, file: &Path) -> anyhow::Result<()> {
    match store {
        Store::Sqlite { writer, .. } => {
            let file = file.to_str().context("the folder's name is no text")?;
            sqlx::query(COPY).bind(file).execute(writer).await?;
            Ok(())
        }
        Store::Postgres(_) => {
            let mut dump = programme("pg_dump", address)?;
            dump.args(["--format=custom", "--no-owner", "--no-privileges", "--file"])
                .arg(file);
            run("pg_dump", dump).await
        }
    }
}

/// Refuses a place where a database is already.
pub(super) async fn refuse_unless_empty(address: &str) -> anyhow::Result<()> {
    let Some(file) = sqlite_file(address) else {
        let store = Store::connect(address)
            .await
            .context("database: cannot be opened")?;
        let tables = machine::tables(&store).await?.unwrap_or(0);
        store.close().await;
        anyhow::ensure!(
            tables == 0,
            "database: it has {tables} tables; restore into an empty one"
        );
        return Ok(());
    };
    for beside in ["", "-wal", "-journal"] {
        let path = format!("{file}{beside}");
        anyhow::ensure!(
            !Path::new(&path).exists(),
            "{path} is there already; restore into an empty place"
        );
    }
    Ok(())
}

/// Makes a database of a file, all of it or nothing.
pub(super) async fn place(address: &str, file: &Path) -> anyhow::Result<()> {
    if let Some(target) = sqlite_file(address) {
        let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        return super::files::write(Path::new(target), &bytes);
    }
    let mut restore = programme("pg_restore", address)?;
    restore
        .args([
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
        ])
        .arg(file);
    run("pg_restore", restore).await
}

/// The file of a database of SQLite.
fn sqlite_file(address: &str) -> Option<&str> {
    let file = address.strip_prefix("sqlite:")?;
    Some(file.strip_prefix("//").unwrap_or(file))
}

/// One of PostgreSQL's programmes for a database. The password goes through the environment: arguments can be seen by everybody on the machine.
fn programme(name: &str, address: &str) -> anyhow::Result<Command> {
    // What cannot be read is not told: it holds the password.
    let mut url = Url::parse(address).map_err(|_| anyhow::anyhow!("database: the address cannot be read"))?;
    let mut command = Command::new(name);
    if let Some(password) = url.password() {
        let password = percent_decode_str(password)
            .decode_utf8()
            .context("database: the password is no text")?;
        command.env("PGPASSWORD", password.as_ref());
    }
    url.set_password(None)
        .map_err(|()| anyhow::anyhow!("database: the address cannot be read"))?;
    command
        .arg("--dbname")
        .arg(url.as_str())
        .arg("--no-password")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    Ok(command)
}

async fn run(name: &str, mut command: Command) -> anyhow::Result<()> {
    let output = command
        .output()
        .await
        .with_context(|| format!("{name} cannot be started: install PostgreSQL's client programmes"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{name} failed: {}", said.trim());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_no_argument() {
        let command = programme(
            "pg_dump",
            "postgres://clavero:p%40ss@db.example/clavero?sslmode=require",
        )
        .unwrap();
        let command = command.as_std();
        let arguments: Vec<_> = command.get_args().map(|one| one.to_string_lossy()).collect();
        assert_eq!(
            arguments,
            [
                "--dbname",
                "postgres://clavero@db.example/clavero?sslmode=require",
                "--no-password"
            ]
        );
        let password = command
            .get_envs()
            .find(|(name, _)| *name == "PGPASSWORD")
            .unwrap()
            .1;
        assert_eq!(password.unwrap(), "p@ss");
    }

    #[test]
    fn a_file_is_found_in_its_address() {
        assert_eq!(sqlite_file("sqlite:/data/clavero.db"), Some("/data/clavero.db"));
        assert_eq!(sqlite_file("sqlite:///data/clavero.db"), Some("/data/clavero.db"));
        assert_eq!(sqlite_file("postgres://db/clavero"), None);
    }
}
