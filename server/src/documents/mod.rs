//! Files that are kept: encrypted, for a time, and never lost or swapped without being noticed.
//!
//! Words: a *document* is a file with a row; the *object* is its encrypted bytes, in a folder beside the database; *writing* makes the
//! object and gives a [`Written`], *keeping* makes the row from it; the *period* says how long it is kept, a *legal hold* keeps it
//! longer; *sweeping* deletes objects that no row knows.
//!
//! Invariants: each document is encrypted with a key of its own, and that key, wrapped, is in its row only: an object
//! without its row can be read by nobody, which also holds for copies of the folder. Id and class are part of the seal: an
//! object in another's place, cut short or changed is an error, never another document's bytes. An object is written before its row is
//! committed, and outside the transaction. Deleting first forgets the key, then deletes the object, then the row, and goes on
//! where it was cut off; a document under a legal hold is not deleted.
//!
//! What it does not do: it does not know what a document says, nor whether somebody may read it: that is its caller's business.

mod holds;
pub mod http;
pub mod job;
mod objects;
mod seal;
pub mod service;
pub mod store;

pub use objects::Documents;
pub use service::Written;

use crate::store::StoreError;

/// The size of a document at most, in bytes. What evidence may hold decides: two revocation lists of the longest kind, as text.
pub const MOST: usize = 48 * 1024 * 1024;

/// For how long a document is kept. How long that is, the policy says (`retention`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// As long as a request that brought nothing.
    Request,
    /// As long as the evidence of a signature.
    Signature,
    /// As long as the dossier that it belongs to.
    Dossier,
}

/// Why a document cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// It is larger than [`MOST`].
    #[error("the document is too large")]
    TooLarge,
    /// There is no such document, or it is being deleted.
    #[error("there is no such document")]
    Missing,
    /// It has a row and no object: the folder is not the one that belongs to the database, or somebody deleted it there.
    #[error("the document's object is gone")]
    Lost,
    /// The object is not what was written: changed, cut short, or another's.
    #[error("the document's object was changed")]
    Damaged,
    /// It was written under another master key.
    #[error("the document was written under another master key")]
    OtherKey,
    /// The folder does not do what it is asked.
    #[error("documents cannot be reached")]
    Unreachable(#[from] object_store::Error),
    /// The work was cut off, because the server stops.
    #[error("the work was cut off")]
    CutOff,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}
