//! What a backup says of itself.

use crate::hexadecimal::{self, Hexadecimal};
use crate::keys::{Keys, Purpose};
use crate::store::is_postgres;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use shared::audit::Head;
use shared::time::Timestamp;
use std::path::Path;
use subtle::ConstantTimeEq;

/// The file that says what the backup is.
pub(super) const MANIFEST: &str = "backup.json";

/// The files of the backup and their digests, as `sha256sum --check` reads them.
pub(super) const SUMS: &str = "SHA256SUMS";

/// The seal of [`SUMS`].
pub(super) const SEAL: &str = "SEAL";

/// The folder of documents in it.
pub(super) const DOCUMENTS: &str = "documents";

/// The format that this version writes, and the only one that it reads.
pub(super) const FORMAT: u32 = 1;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// `clavero.db`, a database of SQLite.
    Sqlite,
    /// `clavero.dump`, in the custom format of `pg_dump`.
    Postgres,
}

impl Engine {
    /// Of a database's address.
    pub(super) fn of(address: &str) -> Self {
        if is_postgres(address) {
            Self::Postgres
        } else {
            Self::Sqlite
        }
    }

    /// The file of the database.
    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::Sqlite => "clavero.db",
            Self::Postgres => "clavero.dump",
        }
    }
}

/// What a backup is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Of the folder: [`FORMAT`].
    pub format: u32,
    /// The version that took it.
    pub version: String,
    /// Which database.
    pub engine: Engine,
    /// The last migration of its schema.
    pub schema: i64,
    /// When it was begun.
    pub taken_at: Timestamp,
    /// The head of the audit log before the database was copied: the copy has it, and perhaps more.
    pub audit_head: String,
    /// How many documents.
    pub documents: u64,
    /// Names the master key without which it is of no use.
    pub key: String,
    /// The generations of that key that were in use when it was taken: what was made with one of them is of no use without it.
    pub generations: Vec<u32>,
}

impl Manifest {
    /// Of a backup.
    ///
    /// # Errors
    /// Where there is none, or one of a later format.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        let path = folder.join(MANIFEST);
        let text = std::fs::read(&path).with_context(|| format!("{} is no backup", folder.display()))?;
        let manifest: Self =
            serde_json::from_slice(&text).with_context(|| format!("{} cannot be read", path.display()))?;
        anyhow::ensure!(
            manifest.format == FORMAT,
            "it is a backup of format {}, and this version reads format {FORMAT}",
            manifest.format
        );
        Ok(manifest)
    }

    /// The head that the copy has at least.
    pub(super) fn head(&self) -> anyhow::Result<Head> {
        let head = self.audit_head.parse();
        head.map_err(|_| anyhow::anyhow!("{MANIFEST} does not name a head of the audit log"))
    }
}

/// The name of a master key: it tells keys apart, and nothing of the key.
pub(super) fn name_of(keys: &Keys) -> String {
    let digest = keys.digest(Purpose::Backup, &[b"name"]);
    Hexadecimal(digest.first_chunk::<8>().unwrap_or(&[0; 8])).to_string()
}

/// The seal of the list of files.
pub(super) fn seal(keys: &Keys, sums: &[u8]) -> String {
    Hexadecimal(&keys.digest(Purpose::Backup, &[b"seal", sums])).to_string()
}

/// Whether a seal is of this list.
pub(super) fn is_sealed(keys: &Keys, sums: &[u8], seal: &str) -> bool {
    hexadecimal::read::<32>(seal.trim())
        .is_some_and(|seal| seal.ct_eq(&keys.digest(Purpose::Backup, &[b"seal", sums])).into())
}
