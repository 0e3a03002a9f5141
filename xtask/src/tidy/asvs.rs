//! `docs/ASVS.md` keeps its promise: every requirement of levels 1 and 2 has one line, and what is called met says where.
//!
//! That the files and tests named there exist is for [`super::docs`] to find. Whether they prove what the line says is for people.

use super::Finding;
use crate::tree::{Source, Tree};
use std::collections::BTreeSet;

const DOCUMENT: &str = "docs/ASVS.md";
/// How many requirements of levels 1 and 2 version 5.0.0 has: 70 and 183.
const REQUIREMENTS: usize = 253;

/// Looks at the document.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.file(DOCUMENT)
        .map_or_else(Vec::new, |file| judge(file, REQUIREMENTS))
}

fn judge(file: &Source, expected: usize) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, line) in file.text.lines().enumerate() {
        let Some(row) = Row::read(line) else { continue };
        if !seen.insert(row.number) {
            findings.push(Finding::new(
                file,
                index + 1,
                format!("{} has two lines", row.number),
            ));
        }
        if let Some(why) = row.fault() {
            findings.push(Finding::new(file, index + 1, format!("{}: {why}", row.number)));
        }
    }
    if seen.len() != expected {
        let why = format!(
            "{} requirements have a line, and there are {expected}",
            seen.len()
        );
        findings.push(Finding::new(file, 1, why));
    }
    findings
}

/// `| 1.2.3 | level | asked | state | where or why |`
struct Row<'a> {
    number: &'a str,
    level: &'a str,
    state: &'a str,
    why: &'a str,
}

impl<'a> Row<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let cells: Vec<&str> = line
            .strip_prefix('|')?
            .strip_suffix('|')?
            .split('|')
            .map(str::trim)
            .collect();
        let [number, level, _asked, state, why] = cells[..] else {
            return None;
        };
        let numbers = number.split('.').all(|part| part.parse::<u8>().is_ok());
        (numbers && number.matches('.').count() == 2).then_some(Self {
            number,
            level,
            state,
            why,
        })
    }

    fn fault(&self) -> Option<&'static str> {
        if !["1", "2"].contains(&self.level) {
            return Some("the level is 1 or 2");
        }
        match self.state {
            "met" if !self.why.contains('`') || !self.why.contains('/') => {
                Some("what is met says in which file, in backticks")
            }
            "met" | "not met" | "not applicable" if self.why.is_empty() => Some("the reason is missing"),
            "met" | "not met" | "not applicable" => None,
            _ => Some("the state is met, not met or not applicable"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let file = Source {
            path: DOCUMENT.to_owned(),
            text: text.to_owned(),
        };
        judge(&file, 2).into_iter().map(|finding| finding.why).collect()
    }

    #[test]
    fn lines_that_say_where_or_why_pass() {
        let text = "| number | level | asked | state | where, or why |\n| --- | --- | --- | --- | --- |\n\
                    | 1.1.1 | 2 | x | met | `server/src/http/body.rs` |\n| 4.3.1 | 2 | x | not applicable | no GraphQL |\n";
        assert_eq!(faults(text), [""; 0]);
    }

    #[test]
    fn a_claim_without_a_place_a_state_of_its_own_and_a_gap_are_found() {
        assert_eq!(
            faults("| 1.1.1 | 2 | x | met | surely |\n| 1.1.2 | 2 | x | not met | |\n"),
            [
                "1.1.1: what is met says in which file, in backticks",
                "1.1.2: the reason is missing"
            ]
        );
        assert_eq!(
            faults("| 1.1.1 | 3 | x | not met | y |\n| 1.1.1 | 1 | x | mostly | y |\n"),
            [
                "1.1.1: the level is 1 or 2",
                "1.1.1 has two lines",
                "1.1.1: the state is met, not met or not applicable",
                "1 requirements have a line, and there are 2"
            ]
        );
    }
}
