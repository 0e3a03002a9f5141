//! Running the notary: the crate `notary` judges files, this slice gives it a process of its own and what it needs from outside.
//!
//! Words: an *examination* is one file judged once; the *child* is the process in which it happens; a *question* is what it asks of
//! an authority, which the server *fetches* or takes from the *cache*; *trust* is the certificates and the table that an operator
//! gave.
//!
//! Invariants: no byte of a file or of an authority's answer is parsed in the server's own process; a child has limits of memory, time and
//! open files, and no configuration, database, network or environment; whatever becomes of it, no opinion is never a pass; only
//! listed hosts are asked, and never an address inside; what is cached was relied on once and is verified again at each use.
//!
//! What it does not do: it knows no case and no registry, and keeps no file. What an opinion leads to is decided by `signatures`.

mod scripted;
pub mod service;

pub use scripted::{Asked, Scripted, sound, undecided};

use notary::{Evidence, Opinion};
use shared::signatures::{Finding, Findings, Reason};

/// Who judges files.
#[derive(Clone, Debug)]
pub enum Notary {
    /// What a test says.
    Scripted(Scripted),
}

/// What is told where the notary gave no opinion: it is not known whether the file is sound, and nothing else was checked.
pub fn no_opinion() -> Opinion {
    Opinion {
        findings: Findings {
            file: Finding::Unknown(Reason::TooComplex),
            ..Findings::NONE
        },
        signer: None,
        evidence: Evidence::default(),
    }
}
