//! `cargo xtask contract`: holds the server to its own description of the API, by requests that nobody wrote (schemathesis).
//!
//! Each operation is sent what its schema allows and what it does not, without a session and with one of each role of the staff. No answer may be a
//! fault of ours (5xx), be another than the description says (status, headers, type, schema), or take what the description forbids. What the
//! description cannot say (a check digit, whether an id exists) may be refused.
//!
//! Sessions of employers are not tried: they need a password that only a recovery sets.

use crate::machine;
use crate::portal::{Member, Portal};
use crate::step::{self, Output};
use crate::tools;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// How much is tried.
#[derive(Args)]
pub struct Options {
    /// Requests for each operation and each kind of caller, beside those that follow from the schema alone.
    #[arg(long, default_value_t = 20)]
    examples: u32,
    /// Where the drawing of requests begins.
    #[arg(long, default_value_t = 1)]
    seed: u32,
}

impl Options {
    /// What CI tries: what follows from the schemas alone and a few drawn ones, the same every time.
    pub const SHORT: Self = Self { examples: 2, seed: 1 };
}

/// Limits that so many requests from one place would meet, and the most that each may be.
const RAISED: [&str; 5] = [
    "per_source",
    "per_desk",
    "per_identifier",
    "sign_ins_per_source",
    "uploads_per_source",
];
const MOST: u32 = 1_000_000;

/// What would end the session that is tried, or somebody's access; and streams, of which OpenAPI 3.1 cannot say what an event holds.
const UNASKED: &str = "/staff/(session/(end|lock)$|sign-in|members/(end|reset|change)$)|/events$";

/// Makes a portal, asks it, and says how often.
pub fn contract(options: &Options) -> Result<()> {
    let python = tools::schemathesis()?;
    let mut build = Command::new("cargo");
    build.args(["build", "--package", "server", "--bin", "clavero"]);
    step::run("Building the server", &mut build, Output::Quiet)?;
    let portal = Portal::new(machine::root().join("target/debug/clavero"))?;
    portal.write("policy.toml", &generous(&portal)?)?;
    portal.configure("policy = \"policy.toml\"\n")?;
    let members = Member::all(&portal.run("Making up employers", &["demo"])?);
    if members.is_empty() {
        bail!("the demo told of no staff");
    }
    let (_server, _) = portal.serve()?;
    let mut total = ask(&python, &portal, options, "a stranger", None)?;
    for member in members {
        let cookies = portal.sign_in(&member)?.join("; ");
        total += ask(&python, &portal, options, &member.role, Some(&cookies))?;
    }
    println!("{total} requests, and every answer is as the API is described");
    Ok(())
}

/// The policy in force with limits that do not stand in the way.
fn generous(portal: &Portal) -> Result<String> {
    let mut policy: toml::Table = portal
        .run("Reading the policy", &["policy", "show"])?
        .join("\n")
        .parse()?;
    let limits = policy
        .get_mut("limits")
        .and_then(toml::Value::as_table_mut)
        .context("the policy has no limits")?;
    for name in RAISED {
        let limit = limits.get_mut(name).and_then(toml::Value::as_table_mut);
        let limit = limit.with_context(|| format!("the policy has no limit {name}"))?;
        limit.insert("count".to_owned(), MOST.into());
    }
    let recovery = policy.get_mut("recovery").and_then(toml::Value::as_table_mut);
    recovery
        .context("the policy has no section recovery")?
        .insert("time_floor_millis".to_owned(), 0.into());
    Ok(toml::to_string(&policy)?)
}

/// Tries every operation as one kind of caller; how many requests it took.
fn ask(python: &Path, portal: &Portal, options: &Options, who: &str, cookies: Option<&str>) -> Result<u64> {
    let origin = portal.origin();
    let mut command = Command::new(python);
    command
        .args(["-m", "schemathesis.cli", "run"])
        .arg(format!("{origin}/api/v1/openapi.json"))
        .args(["--header", &format!("Origin: {origin}")])
        .args(["--phases", "coverage,fuzzing", "--generation-database", "none"])
        .args(["--max-examples", &options.examples.to_string()])
        .args(["--seed", &options.seed.to_string()])
        .args(["--exclude-checks", "positive_data_acceptance"])
        .args(["--exclude-path-regex", UNASKED])
        .args(["--suppress-health-check", "all", "--no-color"])
        .current_dir(machine::scratch());
    if let Some(cookies) = cookies {
        command.args(["--header", &format!("Cookie: {cookies}")]);
        command.args(["--include-path-regex", "/staff/"]);
    }
    let outcome = step::attempt(
        &format!("Asking as {}", who.to_lowercase()),
        &mut command,
        Output::Quiet,
    )?;
    if !outcome.status.success() {
        let mut told = String::new();
        for line in outcome.lines.iter().filter(|line| !line.contains("ookie")) {
            let _written = writeln!(told, "{line}");
        }
        bail!("{told}\nan answer is not as the API is described");
    }
    generated(&outcome.lines).context("schemathesis did not say how many requests it sent")
}

/// How many requests were sent, from `123 generated, 123 passed`.
fn generated(lines: &[String]) -> Option<u64> {
    lines
        .iter()
        .rev()
        .find_map(|line| line.trim().split_once(" generated")?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::generated;

    #[test]
    fn the_number_of_requests_is_read() {
        let lines = ["Test cases:", "  3248 generated, 3248 passed", "", "Seed: 1"].map(str::to_owned);
        assert_eq!(generated(&lines), Some(3248));
        assert_eq!(generated(&[]), None);
    }
}
