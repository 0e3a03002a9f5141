//! The endpoints of auditors: searching the log, verifying its chain, and taking a part of it along with its proof.
//!
//! What is searched is masked, unless the auditor says why it must not be; either is an act of its own. Verifying and
//! exporting go on from where the last answer ended, so that no request lasts long, however long the log is.

use super::{Actor, Head};
use crate::endpoint;
use crate::identifiers::{Branch, EmployerIdentifier, EventId, StaffId};
use crate::secrets::Secret;
use crate::sessions::Device;
use crate::sessions::api::HistoryCursor;
use crate::staff::{ActReason, DeedName, StaffName};
use crate::time::Timestamp;
use core::fmt;
use serde::{Deserialize, Serialize};

endpoint!(
    /// Right: read the audit log. Each search is an act; one with a reason shows what others see masked.
    SearchAudit, Post "/staff/audit/search", "Search the audit log, newest first.", AuditSearch => AuditPage
);
endpoint!(
    /// Right: read the audit log. Reads the next part of the chain and tells what does not fit.
    VerifyAudit, Post "/staff/audit/verification", "Verify the next part of the audit log's chain.",
    VerifyAsked => VerifyStep
);
endpoint!(
    /// Right: read the audit log. Sealed events as they stand, each with its seal, from one place of the chain on: whoever
    /// holds the key can verify them without this database (`clavero audit check FILE`).
    ExportAudit, Post "/staff/audit/export", "Export sealed events of the audit log with their seals.",
    ExportAsked => AuditExport
);

/// What is searched for. Everything that is given must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AuditSearch {
    /// An event's name.
    #[serde(default)]
    pub kind: Option<String>,
    /// Whose account or case.
    #[serde(default)]
    pub employer: Option<EmployerIdentifier>,
    /// The branch; only with an employer.
    #[serde(default)]
    pub branch: Option<Branch>,
    /// Who of the staff did it.
    #[serde(default)]
    pub staff: Option<StaffId>,
    /// What of their deeds: leaves only deeds of the staff.
    #[serde(default)]
    pub deed: Option<DeedName>,
    /// From this time on.
    #[serde(default)]
    pub from: Option<Timestamp>,
    /// Before this time.
    #[serde(default)]
    pub until: Option<Timestamp>,
    /// What [`AuditPage::next`] said; nothing for the newest.
    #[serde(default)]
    pub before: Option<HistoryCursor>,
    /// Why nothing is to be masked; nothing masks.
    #[serde(default)]
    pub reason: Option<ActReason>,
}

/// A page of what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// Whether it is masked.
    pub masking: Masking,
    /// What was found, newest first.
    pub entries: Vec<AuditEntry>,
    /// Where the next page begins; nothing at the end.
    pub next: Option<HistoryCursor>,
    /// The names that events have, for choosing one.
    pub kinds: Vec<String>,
}

/// Whether what could name somebody is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Masking {
    /// Employers are masked, sources are networks, and the officers' words are left out.
    Masked,
    /// A reason was given: everything is shown.
    Open,
}

/// An event, as an auditor reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Its row.
    pub id: EventId,
    /// The place in the chain; nothing until it is sealed.
    pub sequence: Option<i64>,
    /// When it happened.
    pub at: Timestamp,
    /// Its name.
    pub kind: String,
    /// In which quality somebody did it.
    pub actor: Actor,
    /// The officer who did it.
    pub officer: Option<AuditOfficer>,
    /// The officer's words, if there are any and nothing is masked.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub words: Option<Secret<String>>,
    /// The employer's number, masked or whole, where the event names an account.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub employer: Option<Secret<String>>,
    /// Where the request came from: a network, or the address where nothing is masked.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub source: Option<Secret<String>>,
    /// With what, where that is known.
    pub device: Option<Device>,
    /// What the event says beside its name, as JSON: numbers, times and words of ours.
    pub detail: String,
}

/// Somebody of the staff, as the log names them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditOfficer {
    /// Who.
    pub id: StaffId,
    /// Their name.
    pub name: StaffName,
}

/// Where the verification goes on, and what it is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VerifyAsked {
    /// What [`VerifyStep::next`] said; nothing for the beginning.
    #[serde(default)]
    pub after: Option<Head>,
    /// Heads that were kept elsewhere: they find a log that was cut off or written anew. At most 100.
    #[serde(default)]
    pub heads: Vec<Head>,
}

/// A part of the verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerifyStep {
    /// The place in the chain up to which it was read.
    pub read: i64,
    /// The last place of the chain.
    pub last: i64,
    /// What does not fit in this part, in the order of the chain. The last part tells also where the end differs.
    pub findings: Vec<AuditFinding>,
    /// How many events wait for their seal.
    pub waiting: i64,
    /// Where the next part begins; nothing when all was read.
    pub next: Option<Head>,
    /// The head that the events lead to, to be kept elsewhere. With the last part only.
    pub head: Option<Head>,
}

/// Something that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AuditFinding {
    /// The event at this place is not the one that was sealed there.
    Altered {
        /// The place.
        sequence: i64,
    },
    /// Events are missing between two places, both included.
    Missing {
        /// The first one missing.
        from: i64,
        /// The last one missing.
        to: i64,
    },
    /// An event stands at a place that no sealer gives (twice the same, or below 1).
    Misplaced {
        /// The place.
        sequence: i64,
    },
    /// The events do not end where the chain says it ends.
    EndDiffers {
        /// Where the chain says it ends.
        recorded: i64,
        /// Where the events end.
        found: i64,
    },
    /// The log ends before a head that was kept elsewhere.
    Truncated {
        /// The head's place.
        exported: i64,
        /// Where the events end.
        found: i64,
    },
    /// At the place of a head that was kept elsewhere stands another seal: the log was rewritten.
    Rewritten {
        /// The place.
        sequence: i64,
    },
}

/// For the command line; pages word it themselves.
impl fmt::Display for AuditFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Altered { sequence } => write!(f, "event {sequence} is not the one that was sealed"),
            Self::Missing { from, to } if from == to => write!(f, "event {from} is missing"),
            Self::Missing { from, to } => write!(f, "events {from} to {to} are missing"),
            Self::Misplaced { sequence } => write!(f, "an event stands at {sequence}, where none can be"),
            Self::EndDiffers { recorded, found } => {
                write!(
                    f,
                    "the chain was sealed up to event {recorded}, the events end at {found}"
                )
            }
            Self::Truncated { exported, found } => {
                write!(
                    f,
                    "a head was exported at event {exported}, the events end at {found}"
                )
            }
            Self::Rewritten { sequence } => write!(f, "event {sequence} differs from the exported head"),
        }
    }
}

/// What part of the log is taken along, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExportAsked {
    /// The place before the first event: 0 for the beginning, or the last place of the answer before.
    pub after: i64,
    /// Why. Sources are whole in an export: the seals are over them.
    pub reason: ActReason,
}

/// Sealed events with their proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditExport {
    /// The head before the first event: what its seal is over.
    pub before: Head,
    /// The events in the order of the chain, each a line of JSON with every column and its seal.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub lines: Vec<Secret<String>>,
    /// The head at the last of them.
    pub head: Head,
    /// The last place of the chain: more follows as long as it is beyond the head.
    pub last: i64,
}
