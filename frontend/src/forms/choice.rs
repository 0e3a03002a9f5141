//! What was chosen of an appointment before anybody said who they are, kept while the tab lives: every step has an address of
//! its own, and a reload or the back button loses nothing.
//!
//! Nothing of it is personal. It is forgotten when the place is held.

use crate::platform::{json, storage};
use serde::{Deserialize, Serialize};
use shared::centres::{CentreId, Mode, Procedure, Territory};
use shared::time::Timestamp;

const KEY: &str = "clavero.appointment";

/// What was chosen so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// In which province.
    pub province: Option<Territory>,
    /// What for.
    pub procedure: Option<Procedure>,
    /// How.
    pub mode: Option<Mode>,
    /// At which centre.
    pub centre: Option<CentreId>,
    /// When.
    pub starts_at: Option<Timestamp>,
}

impl Choice {
    /// What was kept, else nothing chosen.
    pub fn recall() -> Self {
        storage::session(KEY)
            .and_then(|text| json::read(&text))
            .unwrap_or_default()
    }

    /// Keeps it.
    pub fn keep(&self) {
        if let Some(text) = json::write(self) {
            storage::set_session(KEY, &text);
        }
    }

    /// Forgets it.
    pub fn forget() {
        storage::forget_session(KEY);
    }

    /// Notes what somebody needs who comes from a case of theirs; the rest stays as it was.
    pub fn intend(procedure: Procedure) {
        let kept = Self::recall();
        Self {
            procedure: Some(procedure),
            centre: None,
            starts_at: None,
            ..kept
        }
        .keep();
    }
}
