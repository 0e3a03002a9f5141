//! Running the notary: the crate `notary` judges files, this slice gives it a process of its own and what it needs from outside.
//!
//! Words: an *examination* is one file judged once; the *child* is the process in which it happens; a *question* is what it asks of
//! an authority, which the server *fetches* or takes from the *cache*; *trust* is the certificates and the table that an operator
//! gave.
//!
//! Invariants: no byte of a file or of an authority's answer is parsed in the server's own process; a child has limits of memory, time and
//! open files, and no configuration, database, network or environment; whatever becomes of it, no opinion is never a pass; what is
//! our own state (no place, no process) is not held against a file; only listed hosts are asked, and never an address inside; what is cached was relied on once and is verified again at each use.
//!
//! What it does not do: it knows no case and no registry, and keeps no file. What an opinion leads to is decided by `signatures`.

pub mod cache;
pub mod check;
pub mod command;
pub mod config;
mod fetcher;
mod process;
mod scripted;
pub mod service;
pub mod store;
mod trust;
mod watch;

pub use process::{Limits, Process, Program, run};
pub use scripted::{Asked, Scripted, sound, undecided};
pub use trust::TrustError;
pub use watch::METERS;

use crate::clock::Clock;
use crate::meters::Meters;
use cache::Cache;
use config::SignaturesConfig;
use fetcher::Fetcher;
use notary::{Evidence, Expectation, Opinion};
use shared::signatures::{Finding, Findings, Reason};

/// Who judges files.
#[derive(Clone, Debug)]
pub enum Notary {
    /// A process for each file.
    Process(Process),
    /// What a test says.
    Scripted(Scripted),
}

/// A configuration with which files cannot be judged.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// What is to be trusted cannot be read.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// Authorities cannot be asked.
    #[error("signatures.revocation_hosts: {0}")]
    Fetcher(String),
    /// The program that runs cannot be found.
    #[error("the program cannot be started again: {0}")]
    Program(#[from] std::io::Error),
    /// What is to be trusted cannot be passed on.
    #[error("signatures.anchors: {0}")]
    Given(#[from] serde_json::Error),
}

/// Why a file was not examined. It is our own state, and tells nothing about the file: it can be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotExamined {
    /// Too many others were being examined.
    #[error("no place was free in time")]
    Busy,
    /// No process could be made.
    #[error("no process could be made")]
    NoProcess,
}

/// Whether authorities are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Those that the configuration lists.
    Listed,
    /// None: only what was kept is known.
    Nobody,
}

impl Notary {
    /// As the configuration says. Nothing is started and nobody is asked.
    pub fn open(config: &SignaturesConfig, meters: &Meters, asking: Asking) -> Result<Self, SetupError> {
        let program = Program::ourselves(Limits::of(config))?;
        Self::with(config, program, meters, asking)
    }

    /// The same with another program: where tests run, ours is theirs.
    pub fn with(
        config: &SignaturesConfig,
        program: Program,
        meters: &Meters,
        asking: Asking,
    ) -> Result<Self, SetupError> {
        let given = trust::Given::read(config)?;
        let fetcher = match asking {
            Asking::Listed => Fetcher::new(config.hosts.clone(), config.fetch_timeout),
            Asking::Nobody => Ok(Fetcher::Offline),
        };
        let fetcher = fetcher.map_err(SetupError::Fetcher)?;
        let watch = watch::Watch::new(meters.clone());
        Ok(Self::Process(Process::new(
            config, program, &given, fetcher, watch,
        )?))
    }

    /// Whether any file can be found right: without an anchor each is refused as one of an unknown authority.
    pub fn has_anchors(&self) -> bool {
        match self {
            Self::Process(process) => process.has_anchors(),
            Self::Scripted(_) => true,
        }
    }

    /// Judges a file; see [`service::examine`].
    pub async fn examine(
        &self,
        cache: Cache<'_>,
        clock: &Clock,
        file: Vec<u8>,
        expectation: Expectation,
    ) -> Result<Opinion, NotExamined> {
        match self {
            Self::Process(process) => process.examine(cache, clock, file, &expectation).await,
            Self::Scripted(script) => script.examine(file, expectation),
        }
    }
}

/// What is told where the notary began and gave no opinion: it had enough of the file, and nothing else was checked. Whoever
/// sends such a file is told so; no person is asked to look at it, and nothing of it is kept.
pub fn no_opinion() -> Opinion {
    Opinion {
        findings: Findings {
            file: Finding::Failed(Reason::TooComplex),
            ..Findings::NONE
        },
        signer: None,
        evidence: Evidence::default(),
    }
}
