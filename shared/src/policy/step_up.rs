//! The section `[step_up]`: one table a rule, so that a file turns single ones on, off, or to another number.
//!
//! What the rules mean, and which of them a recovery meets, is [`crate::step_up`]'s.

use serde::{Deserialize, Serialize};

/// When a recovery asks for more than the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepUp {
    /// Failed assertions after which a case accepts no more of them; the other routes stay open.
    pub assertions: u8,
    /// A registered contact was changed.
    pub contact_changed: ContactChanged,
    /// The password was recovered before.
    pub recovery_repeated: RecoveryRepeated,
    /// The online recovery was suspended.
    pub often_suspended: OftenSuspended,
    /// The employer is a large one.
    pub many_workers: ManyWorkers,
    /// Answers failed from the same source.
    pub source_failing: SourceFailing,
}

/// A registered contact was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactChanged {
    /// Whether the rule is on.
    pub enabled: bool,
    /// Within how many days.
    pub days: u32,
}

/// The password was recovered before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryRepeated {
    /// Whether the rule is on.
    pub enabled: bool,
    /// From the how-manieth recovery on, the one asked for included: 2 for the second.
    pub recoveries: u32,
    /// Within how many days.
    pub days: u32,
}

/// The online recovery was suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OftenSuspended {
    /// Whether the rule is on.
    pub enabled: bool,
    /// More often than this.
    pub more_than: u32,
    /// Within how many days.
    pub days: u32,
}

/// The employer is a large one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManyWorkers {
    /// Whether the rule is on.
    pub enabled: bool,
    /// More workers than this.
    pub more_than: u32,
}

/// Answers failed from the same source (an IPv4 address, or the /64 of an IPv6 one).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceFailing {
    /// Whether the rule is on.
    pub enabled: bool,
    /// For how many different identifiers, or more.
    pub identifiers: u32,
    /// Within how many hours.
    pub hours: u32,
}

impl StepUp {
    /// The institution's numbers. Those of a source are ours: fewer would meet the customers of a mobile network, who
    /// share addresses.
    pub(super) const Y2026: Self = Self {
        assertions: 5,
        contact_changed: ContactChanged {
            enabled: true,
            days: 30,
        },
        recovery_repeated: RecoveryRepeated {
            enabled: true,
            recoveries: 2,
            days: 30,
        },
        often_suspended: OftenSuspended {
            enabled: true,
            more_than: 3,
            days: 90,
        },
        many_workers: ManyWorkers {
            enabled: true,
            more_than: 500,
        },
        source_failing: SourceFailing {
            enabled: true,
            identifiers: 10,
            hours: 24,
        },
    };
}
