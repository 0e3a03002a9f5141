//! One child and what is said with it, under a deadline.

use super::frames::{self, HEAD, LONGEST_SAID, Said};
use super::program::Program;
use crate::clock::Stopwatch;
use crate::notary::NotExamined;
use crate::notary::watch::Why;
use serde::Serialize;
use std::io;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout};

/// How long a child that has said everything may take to end by itself.
const FAREWELL: Duration = Duration::from_millis(200);

/// A running child. Dropping it kills it.
pub(super) struct Conversation {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
    /// How long the child may still take. What the network takes is not counted.
    patience: Duration,
}

/// Why there is no opinion.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Too many others were being examined.
    #[error("no place was free in time")]
    Busy,
    /// No process could be made.
    #[error("no process could be made: {0}")]
    Spawn(#[source] io::Error),
    /// It took too long.
    #[error("its time was over")]
    Patience,
    /// It ended without an opinion.
    #[error("it ended: {0}")]
    Ended(ExitStatus),
    /// It said something else than it may.
    #[error("it broke the rules of the conversation")]
    Rules,
}

impl Failure {
    /// What is our own state, and says nothing about the file. A child that was started and ended without an opinion does.
    pub(super) const fn of_our_own(&self) -> Option<NotExamined> {
        match self {
            Self::Busy => Some(NotExamined::Busy),
            Self::Spawn(_) => Some(NotExamined::NoProcess),
            Self::Patience | Self::Ended(_) | Self::Rules => None,
        }
    }

    /// Why, as it is counted.
    pub(super) fn why(&self) -> Why {
        match self {
            Self::Busy => Why::Busy,
            Self::Spawn(_) => Why::Spawn,
            Self::Patience => Why::Time,
            Self::Ended(status) => ended(*status),
            Self::Rules => Why::Rules,
        }
    }
}

/// How a process ended. No memory and no stack both end by an abort.
#[cfg(unix)]
fn ended(status: ExitStatus) -> Why {
    use std::os::unix::process::ExitStatusExt;
    const ABORT: i32 = 6;
    const KILL: i32 = 9;
    const PROCESSOR: i32 = 24;
    match (status.signal(), status.code()) {
        (Some(ABORT), _) => Why::Memory,
        // The hard limit of processor time, which is the soft one here, kills.
        (Some(PROCESSOR | KILL), _) => Why::Processor,
        (Some(_), _) => Why::Signal,
        (None, Some(101)) => Why::Panic,
        (None, _) => Why::Refused,
    }
}

#[cfg(not(unix))]
fn ended(_: ExitStatus) -> Why {
    Why::Ended
}

impl Conversation {
    /// Starts a child with no environment, no file but the pipes, and nobody listening to its complaints.
    pub(super) fn begin(program: &Program, patience: Duration) -> Result<Self, Failure> {
        let mut command = program.command();
        command
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let mut child = command.spawn().map_err(Failure::Spawn)?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self {
                child,
                input,
                output,
                patience,
            }),
            _ => Err(Failure::Rules),
        }
    }

    /// Says frames of bytes, one after another.
    pub(super) async fn say(&mut self, frames: &[&[u8]]) -> Result<(), Failure> {
        let said = async {
            for bytes in frames {
                let head = frames::head(bytes.len()).ok_or(io::ErrorKind::InvalidInput)?;
                self.input.write_all(&head).await?;
                self.input.write_all(bytes).await?;
            }
            self.input.flush().await
        };
        let said = within(&mut self.patience, said).await?;
        match said {
            Ok(()) => Ok(()),
            Err(_) => Err(self.end().await),
        }
    }

    /// Hears what the child says next.
    pub(super) async fn hear(&mut self) -> Result<Said, Failure> {
        let heard = async {
            let mut head = [0; HEAD];
            self.output.read_exact(&mut head).await?;
            let length = frames::length(head, LONGEST_SAID).ok_or(io::ErrorKind::InvalidData)?;
            let mut bytes = vec![0; length];
            self.output.read_exact(&mut bytes).await?;
            Ok(bytes)
        };
        let heard: io::Result<Vec<u8>> = within(&mut self.patience, heard).await?;
        match heard {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| Failure::Rules),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(Failure::Rules),
            Err(_) => Err(self.end().await),
        }
    }

    /// The child has said everything: waits a moment for its end, so that it is not left as a zombie, and kills it otherwise.
    pub(super) async fn close(self) {
        let Self {
            mut child,
            input,
            output,
            ..
        } = self;
        drop((input, output));
        if tokio::time::timeout(FAREWELL, child.wait()).await.is_err() {
            let _gone = child.kill().await;
        }
    }

    /// Why the child went away.
    async fn end(&mut self) -> Failure {
        match within(&mut self.patience, self.child.wait()).await {
            Ok(Ok(status)) => Failure::Ended(status),
            Ok(Err(_)) => Failure::Rules,
            Err(failure) => failure,
        }
    }
}

/// Waits for the child's part, and counts the time.
async fn within<T>(patience: &mut Duration, work: impl Future<Output = T>) -> Result<T, Failure> {
    let since = Stopwatch::start();
    let done = tokio::time::timeout(*patience, work).await;
    *patience = patience.saturating_sub(since.elapsed());
    done.map_err(|_| Failure::Patience)
}

/// A frame of JSON.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec(value).map_err(|_| Failure::Rules)
}
