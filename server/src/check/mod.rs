//! `clavero check`: the rules of the portal on lists, for people and for other programs.
//!
//! One input a line, one line of output each, fields separated by tabs. It needs no configuration and no database.

use anyhow::Context;
use clap::Subcommand;
use shared::identifiers::{Cedula, RucReport};
use shared::passwords::{Personal, Rules, Violation};
use shared::policy::Policy;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::leaks::Leaks;

/// What is checked. FILE is read line by line; `-` and nothing mean standard input.
#[derive(Debug, Subcommand)]
pub enum CheckCommand {
    /// RUCs. Prints: number, valid or invalid, kinds, check digit, reason.
    Ruc {
        /// The list.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Cédulas. Prints: number, valid or invalid, reason.
    Cedula {
        /// The list.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Passwords. Prints: line number, valid or invalid, broken rules. Never the password.
    Password {
        /// The list.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

/// Longest line that is looked at; what is longer is cut and can only be invalid.
const LONGEST_LINE: u64 = 4096;

/// Runs the command under the policy and the list of leaked passwords in force.
pub fn run(command: &CheckCommand, policy: &Policy, leaks: &Leaks) -> anyhow::Result<()> {
    check(command, policy, leaks, BufWriter::new(io::stdout().lock()))
}

fn check(command: &CheckCommand, policy: &Policy, leaks: &Leaks, out: impl Write) -> anyhow::Result<()> {
    match command {
        CheckCommand::Ruc { file } => each_line(file.as_deref(), out, |_, text, out| {
            writeln!(out, "{}\t{}", shown(text), RucReport::of(text))
        }),
        CheckCommand::Cedula { file } => each_line(file.as_deref(), out, |_, text, out| {
            match text.parse::<Cedula>() {
                Ok(_) => writeln!(out, "{}\tvalid\t", shown(text)),
                Err(reason) => {
                    writeln!(
                        out,
                        "{}\tinvalid\t{}",
                        shown(text),
                        shared::api::FieldCode::from(reason).as_str()
                    )
                }
            }
        }),
        CheckCommand::Password { file } => each_line(file.as_deref(), out, |number, text, out| {
            writeln!(out, "{number}\t{}", judged(text, &policy.password, leaks))
        }),
    }
}

/// `valid`, or `invalid` and the broken rules.
fn judged(password: &str, rules: &Rules, leaks: &Leaks) -> String {
    let broken: Vec<_> = rules
        .judge(password, &Personal::default(), leaks)
        .into_iter()
        .map(Violation::as_str)
        .collect();
    if broken.is_empty() {
        "valid\t".to_owned()
    } else {
        format!("invalid\t{}", broken.join(","))
    }
}

/// The input as it may stand in a line of fields: without tabs and other control characters.
fn shown(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

fn each_line<W: Write>(
    file: Option<&Path>,
    mut out: W,
    mut judge: impl FnMut(u64, &str, &mut W) -> io::Result<()>,
) -> anyhow::Result<()> {
    let input: Box<dyn Read> = match file {
        Some(path) if path != Path::new("-") => {
            Box::new(File::open(path).with_context(|| format!("{}: cannot be read", path.display()))?)
        }
        Some(_) | None => Box::new(io::stdin().lock()),
    };
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(out.flush()?);
        }
        if !line.ends_with(b"\n") && line.len() as u64 == LONGEST_LINE {
            input.skip_until(b'\n')?;
        }
        number += 1;
        let text = String::from_utf8_lossy(&line);
        judge(number, text.trim_end_matches(['\n', '\r']), &mut out)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::policy::Profile;

    fn checked(command: &CheckCommand) -> String {
        let mut out = Vec::new();
        check(command, &Policy::of(Profile::Y2026), &Leaks::built_in(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_vectors_are_told_as_they_are_written() {
        let vectors = include_str!("../../../tests/data/ruc.tsv");
        let vectors: Vec<Vec<_>> = vectors
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect())
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("numbers");
        let numbers: Vec<_> = vectors.iter().map(|vector| vector[0]).collect();
        std::fs::write(&path, numbers.join("\r\n")).unwrap();
        let told = checked(&CheckCommand::Ruc { file: Some(path) });
        assert_eq!(told.lines().count(), vectors.len());
        for (line, vector) in told.lines().zip(vectors) {
            let fields: Vec<_> = line.split('\t').collect();
            assert_eq!(fields.len(), 5, "{line}");
            assert_eq!(fields[..4], vector[..4], "{line}");
            assert_eq!(fields[4].is_empty(), vector[1] == "valid", "{line}");
        }
    }

    #[test]
    fn passwords_are_judged_and_not_shown() {
        let rules = Policy::of(Profile::Y2026).password;
        let leaks = Leaks::built_in();
        let told = judged("password", &rules, &leaks);
        assert!(
            told.starts_with("invalid\t") && told.contains("leaked") && !told.contains("password"),
            "{told}"
        );
        assert_eq!(judged("Tz9#kUx2!q", &rules, &leaks), "valid\t");
    }

    #[test]
    fn a_line_of_any_length_is_one_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list");
        std::fs::write(
            &path,
            [vec![b'1'; 10_000], b"\nb\r\n\xFF\nlast".to_vec()].concat(),
        )
        .unwrap();
        let mut lines = Vec::new();
        each_line(Some(&path), io::sink(), |number, text, _| {
            lines.push((number, text.len()));
            Ok(())
        })
        .unwrap();
        assert_eq!(lines, [(1, 4096), (2, 1), (3, '\u{FFFD}'.len_utf8()), (4, 4)]);
    }
}
