//! The endpoints of legal holds. Right for all of them: hold documents. Which document it is, the audit log tells.

use super::DocumentClass;
use crate::endpoint;
use crate::identifiers::DocumentId;
use crate::staff::ActReason;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

endpoint!(
    /// What is held beyond its time.
    ListHeldDocuments, Get "/staff/documents/held", "List the documents under a legal hold.", () => HeldDocuments
);
endpoint!(
    /// Holds a document: whatever its time, it is not deleted. One that is held already, is being deleted, or is gone is unknown.
    HoldDocument, Post "/staff/documents/hold", "Hold a document beyond its time.", DocumentChoice => HeldDocuments
);
endpoint!(
    /// Ends the hold of a document; it goes when its time is over.
    ReleaseDocument, Post "/staff/documents/release", "End the hold of a document.", DocumentChoice => HeldDocuments
);

/// A document, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DocumentChoice {
    /// Which one.
    pub document: DocumentId,
    /// Why: the order, the proceeding, who asked.
    pub reason: ActReason,
}

/// What is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldDocuments {
    /// The server's time when it answered.
    pub now: Timestamp,
    /// Each of them, the one that is held longest first. The first thousand.
    pub documents: Vec<HeldDocument>,
}

/// A document that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeldDocument {
    /// Which one.
    pub id: DocumentId,
    /// What it is.
    pub class: DocumentClass,
    /// When it came.
    pub made_at: Timestamp,
    /// Since when it is held.
    pub held_at: Timestamp,
    /// When it would go.
    pub delete_after: Timestamp,
}
