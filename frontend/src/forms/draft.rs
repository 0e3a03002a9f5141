//! What was typed to identify an employer, kept while the tab lives, so that a reload or a lost connection costs nothing.
//!
//! Identifiers are personal: they are kept for this tab only and forgotten when a case begins.

use crate::platform::{json, storage};
use serde::{Deserialize, Serialize};

const KEY: &str = "clavero.identification";

/// The identification as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Identification {
    /// RUC or cédula.
    pub employer: String,
    /// Branch.
    pub branch: String,
    /// The representative's number.
    pub representative: String,
}

impl core::fmt::Debug for Identification {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Identification(••••)")
    }
}

/// What was kept, else nothing typed.
pub fn recall() -> Identification {
    storage::session(KEY)
        .and_then(|text| json::read(&text))
        .unwrap_or_default()
}

/// Keeps what is typed now.
pub fn keep(draft: &Identification) {
    if let Some(text) = json::write(draft) {
        storage::set_session(KEY, &text);
    }
}

/// Forgets it.
pub fn forget() {
    storage::forget_session(KEY);
}
