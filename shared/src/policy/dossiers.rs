//! The section `[dossiers]`: four eyes, and the files of a dossier.

use super::ranges::{Number, number};
use core::time::Duration;
use serde::{Deserialize, Serialize};

/// What is presented at a counter, and what is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dossiers {
    /// How long a second officer may take to decide.
    pub approval_minutes: u32,
    /// For how long a change of a contact, a link for a new password and a passkey count together, in whichever visits they were:
    /// the second of them needs a second officer. A contact counts from when it was in force. As long as a recovery does not trust
    /// a new contact (`step_up.contact_changed.days`) by default; a shorter time lets one officer wait it out.
    pub four_eyes_hours: u32,
    /// How many files a dossier has at most.
    pub papers: u32,
    /// The most bytes of one file.
    pub paper_bytes: u32,
}

impl Dossiers {
    /// The institution's numbers.
    pub(super) const Y2026: Self = Self {
        approval_minutes: 15,
        four_eyes_hours: 720,
        papers: 20,
        paper_bytes: 10_485_760,
    };

    /// How long a second officer may take.
    pub fn approval_time(self) -> Duration {
        Duration::from_secs(u64::from(self.approval_minutes) * 60)
    }

    /// For how long the acts count together.
    pub fn four_eyes_window(self) -> Duration {
        Duration::from_hours(self.four_eyes_hours.into())
    }

    /// The section's numbers.
    pub(super) fn numbers(self) -> [Number; 4] {
        [
            number("dossiers.approval_minutes", self.approval_minutes, 1, 240),
            number("dossiers.four_eyes_hours", self.four_eyes_hours, 1, 2160),
            number("dossiers.papers", self.papers, 1, 100),
            number("dossiers.paper_bytes", self.paper_bytes, 65_536, 10_485_760),
        ]
    }
}
