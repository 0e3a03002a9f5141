//! The bill of materials (CycloneDX 1.5): every crate in the server, and every crate in the pages that it carries.

use super::place::Place;
use crate::step::{self, Output};
use crate::tools;
use anyhow::{Context, Result, ensure};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// What the two files are called where they are handed on.
const NAMES: [&str; 2] = ["clavero-server.cdx.json", "clavero-pages.cdx.json"];
/// What they are called while they are made: cargo-cyclonedx writes one beside the manifest of every member.
const DRAFT: &str = "clavero.cdx";

/// Writes the server's and the pages', each for the machine that runs it, into `target/bom` of the place.
pub fn write(place: &Place, environment: &[(&'static str, OsString)]) -> Result<[PathBuf; 2]> {
    let server = write_one(place, environment, "server", &host()?, NAMES[0])?;
    let pages = write_one(place, environment, "frontend", "wasm32-unknown-unknown", NAMES[1])?;
    Ok([server, pages])
}

fn write_one(
    place: &Place,
    environment: &[(&'static str, OsString)],
    package: &str,
    target: &str,
    name: &str,
) -> Result<PathBuf> {
    let program = tools::cargo_cyclonedx()?.join("cargo-cyclonedx");
    let mut command = Command::new(program);
    command
        .args([
            "cyclonedx",
            "--format",
            "json",
            "--spec-version",
            "1.5",
            "--quiet",
        ])
        .args([
            "--override-filename",
            DRAFT,
            "--target",
            target,
            "--manifest-path",
        ])
        .arg(place.sources.join(package).join("Cargo.toml"))
        .envs(environment.iter().cloned())
        .current_dir(&place.sources);
    step::run(
        &format!("Listing what is in {package}"),
        &mut command,
        Output::Quiet,
    )?;
    let draft = place.sources.join(package).join(format!("{DRAFT}.json"));
    let text = fs::read_to_string(&draft).with_context(|| format!("cannot read {}", draft.display()))?;
    let folder = place.target().join("bom");
    fs::create_dir_all(&folder)?;
    let path = folder.join(name);
    fs::write(&path, placeless(&text, &place.sources.to_string_lossy())?)?;
    Ok(path)
}

/// Our own crates are named by where they were built; that says something of the machine, and nothing of the crates.
fn placeless(text: &str, sources: &str) -> Result<String> {
    let text = text.replace(&format!("file://{sources}"), "file:///clavero");
    ensure!(!text.contains(sources), "the bill of materials names {sources}");
    let document: serde_json::Value = serde_json::from_str(&text)?;
    let components = document["components"].as_array().map_or(0, Vec::len);
    ensure!(components > 0, "the bill of materials is empty");
    Ok(text)
}

/// The triple of this machine, as rustc calls it.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output()?;
    String::from_utf8(output.stdout)?
        .lines()
        .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        .context("rustc does not name its host")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bill_names_no_folder_of_the_machine() {
        let text = r#"{"components":[{"bom-ref":"path+file:///one/place/shared#0.1.0"}]}"#;
        let clean = placeless(text, "/one/place").unwrap();
        assert_eq!(
            clean,
            r#"{"components":[{"bom-ref":"path+file:///clavero/shared#0.1.0"}]}"#
        );
        assert!(placeless(r#"{"components":[{"x":"/one/place"}]}"#, "/one/place").is_err());
        assert!(placeless(r#"{"components":[]}"#, "/one/place").is_err());
    }
}
