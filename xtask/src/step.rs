//! A step: a child process with a title. It says what it does, shows that it lives, and how long it took.

use crate::machine::{self, Watch};
use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

const TICK: Duration = Duration::from_millis(250);
/// How often a step tells that it lives where there is no terminal to draw on.
const HEARTBEAT: Duration = Duration::from_secs(30);
const TAIL: usize = 60;

/// What becomes of a step's output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Output {
    /// Kept; the last line is the progress, the end of it is shown if the step fails.
    Quiet,
    /// Shown as it comes.
    Shown,
}

/// What a step did.
pub struct Outcome {
    /// All lines of both streams, in the order they came.
    pub lines: Vec<String>,
    /// Whether it succeeded, and with which code it did not.
    pub status: std::process::ExitStatus,
}

/// A child that ends with its owner.
pub struct Running(pub(crate) Child);

impl Running {
    /// Starts a command.
    pub fn start(command: &mut Command) -> Result<Self> {
        command
            .spawn()
            .map(Self)
            .with_context(|| format!("cannot start {}", command.get_program().display()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a step that must succeed, and returns its lines.
pub fn run(title: &str, command: &mut Command, output: Output) -> Result<Vec<String>> {
    let outcome = attempt(title, command, output)?;
    if outcome.status.success() {
        return Ok(outcome.lines);
    }
    if output == Output::Quiet {
        let start = outcome.lines.len().saturating_sub(TAIL);
        for line in &outcome.lines[start..] {
            println!("    {line}");
        }
    }
    let words: Vec<_> = command.get_args().map(|word| word.to_string_lossy()).collect();
    bail!(
        "{title}: {} of {} {}",
        outcome.status,
        command.get_program().display(),
        words.join(" ")
    );
}

/// Runs a step that may fail.
pub fn attempt(title: &str, command: &mut Command, output: Output) -> Result<Outcome> {
    let watch = Watch::start();
    if command.get_current_dir().is_none() {
        command.current_dir(machine::root());
    }
    let mut child = command
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{title}: cannot start {}", command.get_program().display()))?;
    let lines = follow(title, &watch, &lines_of(&mut child), output);
    let status = child.wait()?;
    keep(title, &lines);
    let mark = if status.success() { "✓" } else { "✗" };
    println!("{mark} {title} ({})", seconds(watch.elapsed()));
    Ok(Outcome { lines, status })
}

/// Both streams of a child, line by line.
pub fn lines_of(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    if let Some(stream) = child.stdout.take() {
        forward(stream, sender.clone());
    }
    if let Some(stream) = child.stderr.take() {
        forward(stream, sender);
    }
    receiver
}

fn forward(stream: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut line = Vec::new();
        while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            line.clear();
            if sender.send(text).is_err() {
                return;
            }
        }
    });
}

fn follow(title: &str, watch: &Watch, incoming: &Receiver<String>, output: Output) -> Vec<String> {
    let terminal = std::io::stdout().is_terminal();
    let bar = (terminal && output == Output::Quiet).then(|| spinner(title));
    if bar.is_none() {
        println!("▸ {title} …");
    }
    let mut lines: Vec<String> = Vec::new();
    let mut told = Duration::ZERO;
    loop {
        match incoming.recv_timeout(TICK) {
            Ok(line) => {
                if output == Output::Shown {
                    println!("{line}");
                }
                lines.push(line);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        let last = lines
            .iter()
            .rev()
            .find(|line| !line.trim().is_empty())
            .map_or("", |line| line.trim());
        if let Some(bar) = &bar {
            bar.set_message(shortened(last));
            bar.tick();
        } else if output == Output::Quiet && watch.elapsed() >= told + HEARTBEAT {
            told = watch.elapsed();
            println!("  {}: {}", seconds(told), shortened(last));
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    lines
}

fn spinner(title: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {prefix} {elapsed} {wide_msg:.dim}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner()
        .with_style(style)
        .with_prefix(title.to_owned())
}

fn shortened(line: &str) -> String {
    line.chars()
        .filter(|character| !character.is_control())
        .take(100)
        .collect()
}

/// Keeps the whole output of a step where a person can read it afterwards.
fn keep(title: &str, lines: &[String]) {
    let name: String = title
        .chars()
        .map(|character| {
            if character.is_alphanumeric() {
                character
            } else {
                '-'
            }
        })
        .collect();
    let folder = machine::scratch().join("logs");
    let written = fs::create_dir_all(&folder)
        .and_then(|()| fs::File::create(folder.join(format!("{}.log", name.to_lowercase()))))
        .and_then(|mut file| lines.iter().try_for_each(|line| writeln!(file, "{line}")));
    if let Err(error) = written {
        println!("  (the log of this step could not be kept: {error})");
    }
}

/// A duration as people read it: `0.8 s`, `12 s`, `3 min 20 s`.
pub fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    match whole {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        10..120 => format!("{whole} s"),
        _ => format!("{} min {} s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_keeps_both_streams_and_its_status() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let mut outcome = attempt("both streams", &mut command, Output::Quiet).unwrap();
        outcome.lines.sort();
        assert_eq!(outcome.lines, ["err", "out"]);
        assert_eq!(outcome.status.code(), Some(3));
    }

    #[test]
    fn durations_read_well() {
        assert_eq!(seconds(Duration::from_millis(840)), "0.8 s");
        assert_eq!(seconds(Duration::from_secs(10)), "10 s");
        assert_eq!(seconds(Duration::from_secs(119)), "119 s");
        assert_eq!(seconds(Duration::from_secs(200)), "3 min 20 s");
    }
}
