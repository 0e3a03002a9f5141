//! Copies of an installation, taken while it runs, and a new installation from one.
//!
//! Words: a *backup* is a folder with the database as it stood at one instant, every document's object, and what it is
//! (`backup.json`); `SHA256SUMS` lists what each file holds, and `SEAL` is its digest under a key of the master key. *Restoring* makes an
//! installation of it in an empty place.
//!
//! Invariants: a folder that bears the name is whole: it has another name until everything is on the disk. The master key is never in it: without the
//! key, what is kept by digests and seals stays closed, and a backup that somebody changed is not restored. Restoring writes over nothing, ends every
//! session (one that was ended since would be open again), and verifies the audit log up to the head that the backup names.
//!
//! What it does not do: it does not copy the master key, the configuration, nor the list of leaked passwords; it does not forget what retention deleted
//! since a backup was taken, which is for whoever keeps backups ([docs/OPERATIONS.md](../../../docs/OPERATIONS.md)).

mod engine;
mod files;
mod manifest;
mod restore;
pub mod store;
mod take;

pub use manifest::{Engine, Manifest};
pub use restore::{Restored, restore};
pub use take::{Taken, take};
