//! `cargo xtask tidy`: the project's habits that no compiler checks.
//!
//! Every check is a function from a [`Tree`] to findings, so that its tests need no disk. What is a habit and why
//! stands in `docs/STYLE.md` and `docs/ARCHITECTURE.md`.

mod asvs;
mod bans;
mod docs;
mod glossary;
mod layers;
mod literals;
mod locales;
mod sql;
mod texts;

use crate::machine;
use crate::tree::{Source, Tree};
use anyhow::{Result, bail};
use std::fmt;

/// A broken habit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the root.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong and what to do instead.
    pub why: String,
}

impl Finding {
    fn new(file: &Source, line: usize, why: impl Into<String>) -> Self {
        Self {
            path: file.path.clone(),
            line,
            why: why.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.why)
    }
}

type Check = fn(&Tree) -> Vec<Finding>;

const CHECKS: [(&str, Check); 8] = [
    ("layers", layers::check),
    ("bans", bans::check),
    ("locales", locales::check),
    ("texts", texts::check),
    ("sql", sql::check),
    ("docs", docs::check),
    ("asvs", asvs::check),
    ("glossary", glossary::check),
];

/// Runs every check on what git would commit.
pub fn tidy() -> Result<()> {
    let tree = Tree::of_repository(machine::root())?;
    let mut findings = Vec::new();
    for (name, check) in CHECKS {
        let mut found = check(&tree);
        found.sort();
        println!("{} tidy: {name}", if found.is_empty() { "✓" } else { "✗" });
        findings.append(&mut found);
    }
    for finding in &findings {
        println!("  {finding}");
    }
    match findings.len() {
        0 => Ok(()),
        count => bail!("tidy has {count} findings"),
    }
}

/// The lines of a Rust file that are code, numbered from 1: no comments, nothing of the tests at its end.
fn code_lines(file: &Source) -> impl Iterator<Item = (usize, &str)> {
    file.text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .take_while(|(_, line)| !line.starts_with("mod tests {"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number, line.split(" // ").next().unwrap_or(line)))
}

/// The child folders of a folder that hold files.
fn folders(tree: &Tree, parent: &str) -> Vec<String> {
    let mut names: Vec<String> = tree
        .paths
        .iter()
        .filter_map(|path| Some(path.strip_prefix(parent)?.split_once('/')?.0.to_owned()))
        .collect();
    names.dedup();
    names
}
